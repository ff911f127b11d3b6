"""What an analyst sees and decides: the releases of the ranking model, and which of them serves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.errors import DataError, ModelError
from matching.evaluation.gates import Gate
from matching.ranking.prior import BASELINE
from matching.registry import promote, releases, serving
from matching.registry.comparing import compare_releases
from matching.registry.serving import Entry
from matching.training.outcomes import Outcomes
from service import audit
from service.access import Actor
from service.errors import ConflictError, NotFoundError
from service.operations.exports import outcomes_by_person
from service.operations.house import House
from service.operations.pages import page_after
from service.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One release of the model."""

    name: str
    serving: bool
    created_on: date | None
    """None when the release is refused."""
    failed_gates: tuple[str, ...]
    """What it did not show when it was trained, as sentences."""
    refused: str | None
    """Why it may not serve; None when it may."""


def list_releases(house: House, *, limit: int | None = None, after: str | None = None) -> Sequence[ReleaseRow]:
    """Return the releases of the store, verified, the stated prior first; and say which one serves.

    Parameters
    ----------
    limit : int or None
        How many are told; one beyond says that there are more. None: all.
    after : str or None
        Name of the last one of the page before; None starts at the top.

    Raises
    ------
    NoCursorError
        There is no release of that name any more.
    """
    serving = house.matcher.model.name
    rows = [
        ReleaseRow(
            name=its.name,
            serving=its.name == serving,
            created_on=its.release.manifest.created_on if its.release else None,
            failed_gates=its.release.manifest.failed_gates if its.release else (),
            refused=its.refused,
        )
        for its in releases(house.matcher.model.models, taxonomy_release=house.taxonomy.release)
    ]
    return page_after(rows, lambda row: row.name, limit=limit, after=after)


def compared_with_serving(house: House, actor: Actor, name: str) -> tuple[Gate, ...] | None:
    """Hold a release against the learnt one that serves, on the outcomes of referrals that are on record.

    It may take some seconds, so it is done before anything is locked.

    Returns
    -------
    tuple of Gate or None
        None when the stated prior or that very release serves: then the gates of its training count.

    Raises
    ------
    ConflictError
        Too little became of referrals so far, or one of the two releases is not sound.
    """
    models, taxonomy = house.matcher.model.models, house.taxonomy
    champion = serving(models, taxonomy_release=taxonomy.release).release
    if champion in (BASELINE, name) or name not in _names(house):
        return None
    with house.database.store(actor) as store:
        known = outcomes_by_person(store)
    outcomes = [replace(its, person=key) for key, of_person in known.items() for its in of_person]
    try:
        return compare_releases(models, champion, name, Outcomes(outcomes), taxonomy, as_of=house.today()).gates
    except ModelError as error:
        raise ConflictError(str(error)) from error
    except DataError as error:
        raise ConflictError(
            f"[{champion}] serves: [{name}] must be compared with it first, and the outcomes of {len(known)} people "
            "say too little for that; compare them on other events: viecgan promote RELEASE --events DIR"
        ) from error


def promote_release(store: Store, house: House, name: str, *, compared: Sequence[Gate] | None = None) -> Entry:
    """Let a release serve, as `viecgan promote` does: every running service takes it up with the next query.

    The store of models has no transaction with the database: the decision is put on record first, and is taken back
    with it when the release is refused. A stop in between leaves the store's own history, which names who decided.

    Parameters
    ----------
    compared : sequence of Gate or None
        From `compared_with_serving`.

    Raises
    ------
    NotFoundError
        The store has no release of that name.
    ConflictError
        The release is not sound, or did not pass a gate. What served goes on serving.
    """
    if name not in _names(house):
        raise NotFoundError
    audit.record(store, "promote_release", at=house.now(), release=name)
    try:
        return promote(
            house.matcher.model.models,
            name,
            at=house.now(),
            by=store.actor.user,
            taxonomy_release=house.taxonomy.release,
            compared=compared,
        )
    except ModelError as error:
        raise ConflictError(str(error)) from error


def _names(house: House) -> frozenset[str]:
    found = releases(house.matcher.model.models, taxonomy_release=house.taxonomy.release)
    return frozenset(its.name for its in found)
