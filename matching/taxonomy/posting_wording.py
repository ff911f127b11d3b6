"""How postings say things: the reading rules of the posting reader, as one table.

`posting_wording.csv` gives phrases by kind: what introduces a wage, what asks for a sex or a diploma, what promises
a bed or a meal, what the law does not allow. Phrases may hold one `GAP` of up to `MAX_GAP` syllables, and rows
alternatives: "{bao|lo} cơm" is two phrases.
"""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from matching.errors import TaxonomyError
from matching.taxonomy.occupations import Occupations
from matching.taxonomy.tables import read_table
from matching.taxonomy.wording import GAP, Cue, phrases_of

_YES_NO = frozenset({"yes", "no"})

_UNIT_GROUPS: frozenset[str] = frozenset()
"""Stands for the codes of the release: a word that names a trade only after "tuyển", what a factory makes."""

KINDS: dict[str, frozenset[str] | None] = {
    "prefer": None,
    "advantage": None,
    "negator": None,
    "recruit": None,
    "only": None,
    "turn_away": None,
    "gender": frozenset({"male", "female", "both", "neither"}),
    "wage": frozenset({"wage", "income", "base", "other"}),
    "negotiable": None,
    "paid_by": frozenset({"piece", "share", "day", "hour"}),
    "age": None,
    "no_experience": None,
    "experience": None,
    "not_experience": None,
    "schooling": frozenset({"grade", "college", "vocational", *map(str, range(13))}),
    "schooling_head": None,
    "schooling_other": None,
    "licence_head": None,
    "not_licence": None,
    "night": _YES_NO,
    "rotation": _YES_NO,
    "overtime": None,
    "rest": None,
    "housing": _YES_NO,
    "meals": _YES_NO,
    "transport": _YES_NO,
    "training": _YES_NO,
    "training_other": None,
    "deposit": _YES_NO,
    "deposit_other": None,
    "record": frozenset({"soft", "hard", "none"}),
    "part_time": None,
    "umbrella": None,
    "role": _UNIT_GROUPS,
    "product": _UNIT_GROUPS,
    "origin": None,
    "ground": frozenset({"religion_limit", "marital_limit", "maternity_limit", "disability_limit", "hiv_limit"}),
    "lint": frozenset(
        {
            "record_slip_forbidden", "record_slip_needs_basis", "religion_limit", "marital_limit", "maternity_limit",
            "keeps_identity_papers", "origin_limit", "disability_limit", "hiv_limit", "",
        }
    ),
}  # fmt: skip
"""The kinds of cue, each with the codes it may carry (None: no code is used)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingWording:
    """The cue table of the posting reader."""

    cues: tuple[Cue, ...]


def load_posting_wording(folder: Path, occupations: Occupations) -> PostingWording:
    """Load `posting_wording.csv`.

    Raises
    ------
    TaxonomyError
        A phrase is empty or repeated, or a kind or code is not defined; the message names file, line and column.
    """
    path = folder / "posting_wording.csv"
    seen: set[tuple[str, str, str]] = set()
    cues = []
    for line, (phrase, kind, code) in read_table(path, ("phrase", "kind", "code")):
        where = f"{path.name}, line {line}"
        if kind not in KINDS:
            raise TaxonomyError(f"{where}, column kind: [{kind}] is not one of {sorted(KINDS)}")
        if code not in _allowed(kind, occupations):
            raise TaxonomyError(f"{where}, column code: [{code}] is not a code of {kind}")
        for said in phrases_of(phrase):
            if not said.strip() or said.count(GAP) > 1:
                raise TaxonomyError(f"{where}, column phrase: [{said}] is empty or has more than one {GAP}")
            if (said, kind, code) in seen:
                raise TaxonomyError(f"{where}: [{said}] stands twice as {kind} {code}")
            seen.add((said, kind, code))
            cues.append(Cue(phrase=said, kind=kind, code=code))
    return PostingWording(cues=tuple(cues))


def _allowed(kind: str, occupations: Occupations) -> Container[str]:
    """Return the codes that a kind may carry."""
    codes = KINDS[kind]
    if codes is None:
        return frozenset({""})
    return occupations.row if codes is _UNIT_GROUPS else codes
