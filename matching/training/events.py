"""A folder of events: the people, the offers and the judged pairs that a model learns from."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from matching.domain.offer import Offer
from matching.domain.survey import Survey
from matching.errors import DataError, RecordsError
from matching.evaluation.gold import decode_survey_of_gold
from matching.evaluation.judgements import Graded, JudgedPair, decode_judged, graded
from matching.jsonl import MAX_PROBLEMS, decode_offer, read_lines
from matching.pool.records import Pools, pools_of
from matching.taxonomy.release import Taxonomy

T = TypeVar("T")

PEOPLE, JUDGEMENTS = "people.jsonl", "judgements.jsonl"
OFFERS = ("offers*.jsonl", "openings*.jsonl", "programmes*.jsonl", "loans*.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """What a folder holds; records stand by id, so the order of lines and files does not matter."""

    surveys: tuple[Survey, ...]
    offers: tuple[Offer, ...]
    judged: tuple[JudgedPair, ...]
    files: Mapping[str, str]
    """SHA-256 of each file that was read, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Events as columns."""

    pools: Pools
    graded: Graded


def load_events(folder: Path) -> Events:
    """Read `people.jsonl`, `judgements.jsonl` and the offers (`OFFERS`) of a folder.

    Raises
    ------
    DataError
        The folder lacks a file, or two records have the same id.
    RecordsError
        Lines cannot be read; all bad lines of a file are listed.
    """
    read = _Reader(folder)
    offers = [offer for pattern in OFFERS for offer in read.matching(pattern, decode_offer)]
    surveys = read.one(PEOPLE, decode_survey_of_gold)
    judged = read.one(JUDGEMENTS, decode_judged)
    if not offers:
        raise DataError(f"{folder.name}: holds no offers; expected a file such as openings.jsonl")
    _once([survey.person_id for survey in surveys], "person_id")
    _once([offer.offer_id for offer in offers], "offer_id")
    return Events(
        surveys=tuple(sorted(surveys, key=lambda s: s.person_id)),
        offers=tuple(sorted(offers, key=lambda o: o.offer_id)),
        judged=tuple(sorted(judged, key=lambda j: (j.person_id, j.offer_id))),
        files=dict(sorted(read.hashes.items())),
    )


def lay_out(events: Events, taxonomy: Taxonomy, *, as_of: date, home_province: str | None = None) -> Laid:
    """Read every text of the events and find the judged pairs in the columns; raises as `pools_of` and `graded`."""
    pools = pools_of(events.surveys, events.offers, taxonomy, as_of=as_of, home=home_province)
    return Laid(pools=pools, graded=graded(pools.people, pools.offers, events.judged, as_of=as_of))


class _Reader:
    """Reads the files of one folder and keeps their hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.hashes = folder, dict[str, str]()

    def matching(self, pattern: str, decode: Callable[[str | bytes], T]) -> list[T]:
        return [record for path in sorted(self.folder.glob(pattern)) for record in self.one(path.name, decode)]

    def one(self, name: str, decode: Callable[[str | bytes], T]) -> list[T]:
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise DataError(f"{self.folder.name}: {name} cannot be read: {error.strerror}") from error
        self.hashes[name] = hashlib.sha256(content).hexdigest()
        return read_lines(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), decode, source=name)


def _once(ids: list[str], key: str) -> None:
    seen: set[str] = set()
    problems = [f"events: {key} [{name}] stands twice" for name in ids if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    if problems:
        raise RecordsError(problems[:MAX_PROBLEMS])
