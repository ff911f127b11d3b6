"""How people say things: the reading rules of the extractor, as tables.

`wording.csv` gives phrases by kind (a need, a constraint, a negator, a word of stigma ...);
`ambiguities.csv` gives the readings of phrases that fold to the same letters, with context words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from sys import intern

from msgspec import Struct

from matching.domain.vocabulary import (
    ConstraintCode,
    EmploymentStatus,
    LicenceStatus,
    NeedCode,
    PreferenceCode,
)
from matching.errors import TaxonomyError
from matching.taxonomy.occupations import Occupations
from matching.taxonomy.tables import read_table

GAP = "…"
"""Stands in a phrase for up to `MAX_GAP` syllables of the same clause."""
MAX_GAP = 4

_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")
"""Stand in a row for one of several words: "{đem|lấy} {hàng|đồ} về nhà {may|đan}" is eight phrases."""

CLASSES = {"NEG": "negator", "KIN": "kin", "WANT": "want", "SELF": "self", "ELDER": "elder", "CHILD": "child"}
"""Capital words of a phrase stand for any phrase of a kind."""

KINDS: dict[str, frozenset[str] | None] = {
    "negator": None,
    "kin": None,
    "self": None,
    "want": None,
    "need": frozenset(NeedCode),
    "constraint": frozenset(ConstraintCode),
    "cancels": frozenset(ConstraintCode),
    "activity": frozenset(ConstraintCode),
    "averse": None,
    "unable": None,
    "symptom": None,
    "possession": frozenset(ConstraintCode),
    "gone": None,
    "overcome": None,
    "limb": frozenset(ConstraintCode),
    "ailment": None,
    "elder": None,
    "sick": None,
    "care": frozenset({"child", "elder", "both"}),
    "child": None,
    "duty": frozenset({"reporting_duty", "fixed_appointment"}),
    "regular": None,
    "creditor": None,
    "pay": None,
    "daily": None,
    "staff": None,
    "work": None,
    "employer": None,
    "request": frozenset(NeedCode),
    "preference": frozenset(PreferenceCode),
    "condition": frozenset(PreferenceCode),
    "status": frozenset(EmploymentStatus),
    "wish": None,
    "experience": None,
    "refuse": None,
    "declined": None,
    "quit": None,
    "resume": None,
    "deny": None,
    "bar": None,
    "other": None,
    "workplace": None,
    "learnt_inside": None,
    "generic_work": None,
    "stigma": None,
    "not_stigma": None,
    "health": None,
    "surname": None,
    "person_title": None,
    "before_place": None,
    "name_frame": frozenset({"name", "phone", "id", "address"}),
    "years_context": frozenset({"not_years", "ago", "since"}),
    "money_role": frozenset({"loan", "wage", "debt", "instalment", "price", "income", "need"}),
    "licence_head": frozenset({"driving", "way", "welding", "boat", "trade", "other"}),
    "licence_status": frozenset(LicenceStatus),
    "schooling": frozenset({"grade", *map(str, range(13))}),
    "time_limit": frozenset({"not_before", "not_after", "fixed_appointment"}),
    "contrast": None,
    "plain": None,
    "past": None,
    "now": None,
    "header": frozenset({"occupation", "need", "schooling", "status", "skill", "licence", "other"}),
}
"""The kinds of cue, each with the codes it may carry (None: no code is checked)."""


class Cue(Struct, frozen=True, kw_only=True, gc=False):
    """A phrase that says something about the words around it, or is a fact itself."""

    phrase: str
    kind: str
    code: str
    leads: bool = True
    """Whether it is the first phrase of its row: the others say the same in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One reading of an ambiguous folded phrase."""

    reading: str
    code: str
    """Unit group, or a word for a reading that is no occupation."""
    context: frozenset[str]
    """Folded words that point to this reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The cue tables of a release."""

    cues: tuple[Cue, ...]
    """Every cue; a phrase may hold one `GAP` and words of `CLASSES`."""
    senses: dict[str, tuple[Sense, ...]]
    """Readings by folded phrase."""


def load_wording(folder: Path, occupations: Occupations) -> Wording:
    """Load `wording.csv` and `ambiguities.csv`.

    Raises
    ------
    TaxonomyError
        A phrase is empty or repeated, or a kind or code is not defined.
    """
    cues = tuple(_read_cues(folder / "wording.csv"))
    return Wording(cues=cues, senses=_read_senses(folder / "ambiguities.csv", occupations))


def _read_cues(path: Path) -> list[Cue]:
    seen: set[tuple[str, str, str]] = set()
    cues = []
    for line, (phrase, kind, code, _note) in read_table(path, ("phrase", "kind", "code", "note")):
        where = f"{path.name}, line {line}"
        if kind not in KINDS:
            raise TaxonomyError(f"{where}, column kind: [{kind}] is not one of {sorted(KINDS)}")
        allowed = KINDS[kind]
        if allowed is not None and code not in allowed:
            raise TaxonomyError(f"{where}, column code: [{code}] is not one of {sorted(allowed)}")
        for number, said in enumerate(phrases_of(phrase)):
            if not said.strip() or said.count(GAP) > 1:
                raise TaxonomyError(f"{where}, column phrase: [{said}] is empty or has more than one {GAP}")
            if (said, kind, code) in seen:
                raise TaxonomyError(f"{where}: [{said}] stands twice as {kind} {code}")
            seen.add((said, kind, code))
            cues.append(Cue(phrase=said, kind=intern(kind), code=intern(code), leads=number == 0))
    return cues


def phrases_of(row: str) -> Iterator[str]:
    """Yield the phrases that a row stands for: every choice of its alternatives."""
    parts = _ALTERNATIVES.split(row)  # at odd places stands what was between braces
    for words in product(*(part.split("|") if i % 2 else [part] for i, part in enumerate(parts))):
        yield "".join(words)


def _read_senses(path: Path, occupations: Occupations) -> dict[str, tuple[Sense, ...]]:
    senses: dict[str, list[Sense]] = defaultdict(list)
    for line, (folded, reading, code, context) in read_table(path, ("folded", "reading", "code", "context")):
        if code[:1].isdigit() and code not in occupations.row:
            raise TaxonomyError(f"{path.name}, line {line}, column code: [{code}] is not defined")
        words = frozenset(word.replace("_", " ") for word in context.split())
        senses[folded].append(Sense(reading=reading, code=code, context=words))
    return {folded: tuple(found) for folded, found in senses.items()}
