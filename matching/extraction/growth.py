"""What a phrase must be before it becomes an alias: it names a trade, and nothing else is read from its letters."""

import unicodedata
from collections.abc import Iterable

from matching.domain.vocabulary import RedactionKind
from matching.errors import PhraseError
from matching.extraction.lexicon import Hit, Lexicon
from matching.extraction.phrases import LICENCE, LICENCE_CLASS, OCCUPATION, SKILL
from matching.extraction.reading import Reading, read_text
from matching.extraction.redaction import read_redactions
from matching.taxonomy.aliases import REGIONS, Alias
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold
from matching.text.spelling import is_possible

_MOST_WORDS = 8
_LEAST_LETTERS = 5
"""Of a phrase of one word, which must be no Vietnamese syllable."""

_BESIDE_A_TRADE = frozenset({OCCUPATION, SKILL, LICENCE, LICENCE_CLASS, "experience", "status", "not_stigma"})
"""Layers in which the very words of a trade may stand too."""

_TELLS_HOW = frozenset({"negator", "deny", "refuse", "bar", "want", "wish", "need", "kin", "other", "learnt_inside"})
"""Layers that tell how a trade stands to the person; they are read by themselves."""

_REDACTED = {
    RedactionKind.STIGMA: "tells of the past",
    RedactionKind.PII: "names a person or a number",
    RedactionKind.HEALTH: "names an illness",
}


def alias_of(phrase: str, code: str, *, region: str = "all", taxonomy: Taxonomy, lexicon: Lexicon) -> Alias:
    """Return a phrase as an alias of a unit group, in the spelling in which it is kept: NFC, lower case.

    Parameters
    ----------
    phrase : str
        As people type it, best with its accents: a text may leave them out, the phrase then matches all the same.
    code : str
        Unit group that the phrase means.
    region : str
        Where people say it: one of `REGIONS`.
    taxonomy, lexicon
        What is read today: the release, phrases accepted since among them.

    Raises
    ------
    UnknownCodeError
        The release has no such unit group.
    PhraseError
        The phrase is too short, tells more than a trade, must be hidden, or is read already; the message says what
        to do instead.
    """
    taxonomy.occupations.row_of(code)
    if region not in REGIONS:
        raise PhraseError(f"region [{region}] is not one of {sorted(REGIONS)}")
    kept = " ".join(unicodedata.normalize("NFC", phrase).lower().split())
    reading = read_text(kept, lexicon)
    _check_words(kept, reading)
    _check_what_it_tells(kept, reading)
    _check_unread(kept, code, reading)
    _check_bare(kept, code, read_text(fold(kept), lexicon), taxonomy)
    return Alias(phrase=kept, code=code, region=region, source="speech")


def _check_words(phrase: str, reading: Reading) -> None:
    words = reading.text.words
    if not 1 <= len(words) <= _MOST_WORDS or " ".join(words) != phrase:
        raise PhraseError(f"[{phrase}]: write 1 to {_MOST_WORDS} words of one trade, without marks between them")
    if any(char.isdigit() for char in phrase):
        raise PhraseError(f"[{phrase}] holds a number: leave years, sums and classes out, they are read by themselves")
    if len(words) == 1 and (len(phrase) < _LEAST_LETTERS or is_possible(fold(phrase))):
        raise PhraseError(f"[{phrase}] is one short word that stands in many others: give the whole phrase")


def _check_what_it_tells(phrase: str, reading: Reading) -> None:
    redactions = read_redactions(reading)
    if redactions:
        why = _REDACTED[redactions[0].kind]
        raise PhraseError(f"[{phrase}] holds words that {why} and are hidden: give the words of the trade only")
    for hit in _in_any(reading, _TELLS_HOW):
        if hit.first == 0 and hit.exact == hit.stop:
            said = " ".join(reading.text.words[: hit.stop])
            raise PhraseError(f"[{phrase}] begins with [{said}], which is read by itself: give the words of the trade")


def _check_unread(phrase: str, code: str, reading: Reading) -> None:
    """Refuse a phrase that is read as a whole, whatever it is read as."""
    for hit in _in_any(reading, reading.hits):
        if not _is_whole(hit, reading):
            continue
        if hit.layer not in _BESIDE_A_TRADE:
            raise PhraseError(f"[{phrase}] is read already, as a phrase about [{hit.layer}]: it names no trade")
        if hit.layer == OCCUPATION and code in hit.codes:
            raise PhraseError(f"[{phrase}] is read already as {code}: there is nothing to accept")
        if hit.layer == OCCUPATION:
            raise PhraseError(
                f"[{phrase}] is read already as {', '.join(hit.codes)}: undo that if it was accepted, "
                f"or correct its row in aliases.csv for the next release"
            )


def _check_bare(phrase: str, code: str, bare: Reading, taxonomy: Taxonomy) -> None:
    """Refuse a phrase that without its accents is spelt like one with another meaning."""
    hits = [hit for hit in bare.layer(OCCUPATION) if _is_whole(hit, bare)]
    others = {f"{entry.phrase} ({entry.code})" for hit in hits for entry in hit.entries if entry.code != code}
    others |= {f"{s.reading} ({s.code})" for s in taxonomy.wording.senses.get(fold(phrase), ()) if s.code != code}
    if others:
        raise PhraseError(
            f"[{phrase}] without its accents is [{fold(phrase)}], which may be {', '.join(sorted(others))}: "
            f"add its readings to ambiguities.csv for the next release, with the words that tell them apart"
        )


def _in_any(reading: Reading, layers: Iterable[str]) -> list[Hit]:
    return [hit for layer in sorted(layers) for hit in reading.layer(layer)]


def _is_whole(hit: Hit, reading: Reading) -> bool:
    return (hit.first, hit.stop) == (0, len(reading.text))
