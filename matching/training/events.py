"""A folder of events: the people, the offers and the judged pairs that a model learns from."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from matching.domain.offer import Offer
from matching.domain.survey import Survey
from matching.errors import DataError, RecordsError
from matching.evaluation.comparison import bm25_scores
from matching.evaluation.gold import decode_survey_of_gold
from matching.evaluation.groups import Groups, groups_of
from matching.evaluation.judgements import JudgedPair, decode_judged, graded
from matching.evaluation.ranking import Contest, Ranked, contest, model_scores, ranked
from matching.jsonl import MAX_PROBLEMS, decode_offer, read_lines
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.pool.records import Pools, pools_of
from matching.ranking.additive import AdditiveModel
from matching.taxonomy.release import Taxonomy
from matching.training.exam import Source
from matching.training.outcomes import OUTCOMES, load_outcomes
from matching.training.table import training_table

T = TypeVar("T")

BM25 = "bm25"

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

    @property
    def sizes(self) -> dict[str, int]:
        """How many people, offers and judged pairs there are."""
        return {"people": len(self.surveys), "offers": len(self.offers), "judgements": len(self.judged)}

    @property
    def told(self) -> str:
        """What it is, in words."""
        return f"{len(self.judged)} judged pairs of {len(self.surveys)} people and {len(self.offers)} offers"

    @property
    def limits(self) -> str:
        """What judged pairs cannot say."""
        return "Judged pairs say what a judge thinks fits, not what became of it."

    def exam(self, taxonomy: Taxonomy, *, as_of: date, home_province: str | None = None) -> "JudgedTexts":
        """Read every text and find the judged pairs in the columns; raises as `pools_of` and `graded`."""
        pools = pools_of(self.surveys, self.offers, taxonomy, as_of=as_of, home=home_province)
        its = graded(pools.people, pools.offers, self.judged, as_of=as_of)
        return JudgedTexts(
            surveys={survey.person_id: survey for survey in self.surveys},
            pools=pools,
            taxonomy=taxonomy,
            table=training_table(its),
            found=contest(its),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedTexts:
    """Events as columns: each judged person with every offer of the events (an `Exam`)."""

    surveys: Mapping[str, Survey]
    """By person id."""
    pools: Pools
    taxonomy: Taxonomy
    table: pd.DataFrame
    found: Contest

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of the judged people, by position."""
        return self.found.people

    @property
    def subject(self) -> IntArray:
        """Position of the person of each pair."""
        return self.found.subject

    @property
    def groups(self) -> Groups:
        """The group of each judged person in each dimension."""
        row = {name: i for i, name in enumerate(self.pools.people.ids)}
        rows = np.array([row[name] for name in self.people], dtype=np.int64)
        surveys = [self.surveys[name] for name in self.people]
        return groups_of(surveys, self.pools.people.take(rows), self.taxonomy.places, as_of=self.pools.as_of)

    def scores(self, model: AdditiveModel, rows: BoolArray | None = None) -> FloatArray:
        """Return a model's scores of all pairs, or of some."""
        return model_scores(self.found.pairs if rows is None else self.found.pairs.where(rows), model)

    def beside(self) -> dict[str, FloatArray]:
        """Return what a plain search of titles and texts makes of the pairs."""
        return {BM25: bm25_scores(self.found, list(self.surveys.values()))}

    def ranked(self, scores: FloatArray) -> Ranked:
        """Rank all offers behind the rules."""
        return ranked(self.found, scores)


def load_source(folder: Path) -> Source:
    """Read what a folder holds to learn from: outcomes as the service exports them, or else judged texts.

    Raises
    ------
    DataError
        As `load_outcomes` and `load_events` do; or the folder holds both.
    """
    if not (folder / OUTCOMES).exists():
        return load_events(folder)
    if (folder / JUDGEMENTS).exists():
        raise DataError(f"{folder.name}: holds {OUTCOMES} and {JUDGEMENTS}; give each a folder of its own")
    return load_outcomes(folder / OUTCOMES)


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
