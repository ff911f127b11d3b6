"""Judged pairs: two shapes of file in, rows of a pool out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import numpy as np

from matching.errors import DataError, RecordsError
from matching.jsonl import MAX_PROBLEMS, parse_object
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray, People

MAX_GRADE = 3

_NOTE_KEYS = frozenset({"survey", "item", "grade", "why", "synthetic", "judge"})
_MUST_FILTER = "must be filtered"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """How well one offer fits one person, as somebody judged it."""

    person_id: str
    offer_id: str
    grade: int
    """0 does not fit, 1 possible, 2 good, 3 exactly right."""
    must_filter: bool = False
    """Whether the law or the person's own limit forbids to show the pair at all; its grade is 0."""

    def __post_init__(self) -> None:
        if not 0 <= self.grade <= MAX_GRADE:
            raise ValueError(f"grade [{self.grade}] must be 0, 1, 2 or {MAX_GRADE}")
        if self.must_filter and self.grade:
            raise ValueError(f"grade [{self.grade}] of a pair that must be filtered must be 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """Judged pairs as rows of a pool, by person id and offer id."""

    pairs: Pairs
    grade: IntArray
    """0 to 3, (n_pairs,)."""
    must_filter: BoolArray
    """(n_pairs,)."""

    def __len__(self) -> int:
        return len(self.grade)


def decode_judged(line: str | bytes) -> JudgedPair:
    """Read one judged pair of either shape.

    The plain shape has `person_id`, `offer_id`, `grade` and, if the pair must never be shown, `must_filter`. The shape
    of annotators' notes has `survey`, `item`, `grade`, `why` (and `synthetic`, `judge`); there a reason that says
    "MUST be filtered" stands for `must_filter`.

    Raises
    ------
    DataError
        With the key that is wrong.

    Examples
    --------
    >>> decode_judged('{"survey": "S9", "item": "J1", "grade": 0, "why": "court bar: MUST be filtered"}').must_filter
    True
    """
    record = parse_object(line)
    if "survey" in record or "item" in record:
        record = _of_notes(record)
    if unknown := sorted(set(record) - {"person_id", "offer_id", "grade", "must_filter"}):
        raise DataError(f"{unknown[0]}: unknown key; a judged pair has person_id, offer_id, grade and must_filter")
    try:
        return msgspec.convert(record, JudgedPair)
    except msgspec.ValidationError as error:
        raise DataError(str(error).replace("`$.", "`")) from error


def _of_notes(record: dict[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(record) - _NOTE_KEYS):
        raise DataError(f"{unknown[0]}: unknown key; a judgement with notes has {sorted(_NOTE_KEYS)}")
    names = {"person_id": "survey", "offer_id": "item", "grade": "grade"}
    plain = {name: record[noted] for name, noted in names.items() if noted in record}
    return plain | {"must_filter": _MUST_FILTER in str(record.get("why", "")).lower()}


def graded(people: People, offers: Offers, judged: Sequence[JudgedPair], *, as_of: date) -> Graded:
    """Find the judged pairs in two pools, sorted by person id and offer id (the order of lines does not matter).

    Raises
    ------
    RecordsError
        A pair names somebody or something that the pools do not hold, or is judged twice.
    """
    person_row = {name: i for i, name in enumerate(people.ids)}
    offer_row = {name: i for i, name in enumerate(offers.ids)}
    problems = [f"judgements: no survey of person_id [{j.person_id}]" for j in judged if j.person_id not in person_row]
    problems += [f"judgements: no offer of offer_id [{j.offer_id}]" for j in judged if j.offer_id not in offer_row]
    times = Counter((j.person_id, j.offer_id) for j in judged)
    problems += [f"judgements: [{p}] and [{o}] are judged {n} times; keep one" for (p, o), n in times.items() if n > 1]
    if problems:
        raise RecordsError(problems[:MAX_PROBLEMS])
    ordered = sorted(judged, key=lambda j: (j.person_id, j.offer_id))
    pairs = Pairs(
        people=people,
        offers=offers,
        person=np.array([person_row[j.person_id] for j in ordered], dtype=np.int64),
        offer=np.array([offer_row[j.offer_id] for j in ordered], dtype=np.int64),
        as_of=as_of.toordinal(),
    )
    return Graded(
        pairs=pairs,
        grade=np.array([j.grade for j in ordered], dtype=np.int64),
        must_filter=np.array([j.must_filter for j in ordered], dtype=bool),
    )
