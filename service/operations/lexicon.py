"""The lexicon that grows: verdicts on phrases, what they read in stored surveys, rows for the next release."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from matching.errors import DataError
from matching.extraction.growth import alias_of
from matching.extraction.lexicon import Lexicon
from matching.extraction.phrases import lexicon_of
from matching.taxonomy.accepted import with_accepted
from matching.taxonomy.aliases import Alias
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold
from service import audit
from service.access import OPERATOR
from service.errors import ConflictError, NotFoundError, OperatorError
from service.operations.corrections import Correction
from service.operations.house import House
from service.operations.recording import recorrect
from service.storage.lexicon import VerdictRow
from service.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What became of the stored surveys."""

    read: int
    """Surveys that another release, or other accepted phrases, had read."""
    changed: int
    """Profiles that are not what they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What officers said a phrase means, each for one person."""

    phrase: str
    code: str
    corrections: int
    obstacle: str | None
    """Why the phrase may not become an alias as it is; None when it may."""


def accept(house: House, phrase: str, code: str, *, by: str, region: str = "all") -> tuple[int, Alias]:
    """Let a phrase mean a unit group in every survey read from now on; return the version and the alias.

    Raises
    ------
    DataError
        The code is not defined, or the phrase may not become an alias: `matching.extraction.growth`.
    ConflictError
        The phrase was rejected.
    """
    _check_name(by)
    with house.database.store(OPERATOR, write=True) as store:
        taxonomy = taxonomy_now(house.taxonomy, store)
        alias = alias_of(phrase, code, region=region, taxonomy=taxonomy, lexicon=lexicon_of(taxonomy))
        _refuse_known(store, alias.phrase)
        version = store.lexicon.accept(alias, by=by, at=house.now())
        audit.record(store, "accept_phrase", at=house.now(), version=version, by=by)
    return version, alias


def reject(house: House, phrase: str, *, by: str) -> int:
    """Keep a phrase from being suggested again; return the version."""
    _check_name(by)
    kept = " ".join(phrase.lower().split())
    if not fold(kept):
        raise OperatorError("name the phrase that is rejected")
    with house.database.store(OPERATOR, write=True) as store:
        _refuse_known(store, kept)
        version = store.lexicon.reject(kept, by=by, at=house.now())
        audit.record(store, "reject_phrase", at=house.now(), version=version, by=by)
    return version


def undo(house: House, version: int, *, by: str) -> int:
    """Take a verdict back; return the version that does."""
    _check_name(by)
    with house.database.store(OPERATOR, write=True) as store:
        try:
            undoing = store.lexicon.undo(version, by=by, at=house.now())
        except NotFoundError:
            raise OperatorError(
                f"version {version} does not stand; `viecgan lexicon list` shows those that do"
            ) from None
        audit.record(store, "undo_phrase", at=house.now(), version=undoing, undoes=version, by=by)
    return undoing


def corrected(house: House) -> list[Corrected]:
    """Return the phrases for which officers corrected the trade to one unit group, the most frequent first.

    They are counted from the corrections themselves, so that a correction undone, or a person erased, leaves nothing.
    """
    with house.database.store(OPERATOR) as store:
        bodies = store.people.every_correction()
        taxonomy, verdicts = taxonomy_now(house.taxonomy, store), {fold(r.phrase) for r in store.lexicon.standing()}
    lexicon, said = lexicon_of(taxonomy), Counter[tuple[str, str]]()
    for body in bodies:
        its = msgspec.json.decode(body, type=Correction)
        codes = {str(fact["code"]) for fact in its.facts}
        if its.field == "occupations" and its.phrase is not None and len(codes) == 1:
            said[" ".join(its.phrase.lower().split()), codes.pop()] += 1
    return [
        Corrected(phrase=phrase, code=code, corrections=n, obstacle=_obstacle(phrase, code, taxonomy, lexicon))
        for (phrase, code), n in sorted(said.items(), key=lambda item: (-item[1], item[0]))
        if fold(phrase) not in verdicts
    ]


def _obstacle(phrase: str, code: str, taxonomy: Taxonomy, lexicon: Lexicon) -> str | None:
    try:
        alias_of(phrase, code, taxonomy=taxonomy, lexicon=lexicon)
    except DataError as error:
        return str(error)
    return None


def history(house: House) -> list[VerdictRow]:
    """Return every version of the lexicon, oldest first."""
    with house.database.store(OPERATOR) as store:
        return store.lexicon.history()


def for_next_release(house: House) -> Sequence[Alias]:
    """Return the accepted phrases that the release does not have yet, in the order of the alphabet."""
    with house.database.store(OPERATOR) as store:
        return taxonomy_now(house.taxonomy, store).accepted


def stored_texts(house: House) -> tuple[list[str], Taxonomy, frozenset[str]]:
    """Return the texts of the stored surveys, what they are read with now, and the rejected phrases, folded."""
    with house.database.store(OPERATOR) as store:
        texts = [person.survey.text for person in store.people.read_otherwise("")]
        rejected = (row.phrase for row in store.lexicon.standing() if row.alias is None)
        return texts, taxonomy_now(house.taxonomy, store), frozenset(map(fold, rejected))


def taxonomy_now(released: Taxonomy, store: Store) -> Taxonomy:
    """Return the release with the phrases that stand accepted."""
    return with_accepted(released, store.lexicon.accepted())


def reread(house: House) -> Reread:
    """Read the stored surveys again that other phrases had read; officers' corrections stay applied."""
    read, changed = 0, []
    with house.database.store(OPERATOR, write=True) as store:
        reader = house.surveys.current(store.connection)
        for person in store.people.read_otherwise(reader.taxonomy.sha256):
            profile = reader.read(person.survey)
            release = (reader.taxonomy.release, reader.taxonomy.sha256)
            store.people.set_reading(person, profile, taxonomy=release)
            read += 1
            if recorrect(store, person) != person.profile:
                changed.append(person.key)
        if read:
            audit.record(store, "reread_surveys", at=house.now(), subjects=changed, read=read)
    return Reread(read=read, changed=len(changed))


def _refuse_known(store: Store, phrase: str) -> None:
    for row in store.lexicon.standing():
        if fold(row.phrase) == fold(phrase):
            raise ConflictError(
                f"[{row.phrase}] was {row.verdict} in version {row.version} by {row.by}: undo that version first"
            )


def _check_name(by: str) -> None:
    if not by.strip() or len(by) > 80 or not by.isprintable():
        raise OperatorError("say who decides: --by NAME, 80 characters at most")
