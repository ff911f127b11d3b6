"""What a model learns from and is held against, wherever it comes from: judged texts, or outcomes of referrals."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from matching.evaluation.groups import Groups
from matching.evaluation.ranking import Judged, Ranked
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.ranking.additive import AdditiveModel
from matching.taxonomy.release import Taxonomy


class Exam(Protocol):
    """Graded pairs of people and offers, laid out; n_scored of them get a score."""

    @property
    def table(self) -> pd.DataFrame:
        """What there is to learn from: see `matching.training.table`."""

    @property
    def found(self) -> Judged:
        """The grades that a ranking is measured on."""

    @property
    def people(self) -> Sequence[str]:
        """Ids of the people of `found`, by position."""

    @property
    def subject(self) -> IntArray:
        """Position of the person of each pair that gets a score, (n_scored,)."""

    @property
    def groups(self) -> Groups | None:
        """The group of each person in each dimension; None where nothing is known of groups."""

    def scores(self, model: AdditiveModel, rows: BoolArray | None = None) -> FloatArray:
        """Return a model's scores of all pairs, or of those in *rows* (n_scored,), float64."""

    def beside(self) -> Mapping[str, FloatArray]:
        """Return what models are compared with besides each other: scores (n_scored,) by name."""

    def ranked(self, scores: FloatArray) -> Ranked:
        """Rank by *scores* (n_scored,), as the product does."""


class Source(Protocol):
    """Records to learn from, as they were read."""

    @property
    def files(self) -> Mapping[str, str]:
        """SHA-256 of each file that was read, by name."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many records of each sort there are."""

    @property
    def told(self) -> str:
        """What it is, in words: "400 judged pairs of 60 people and 50 offers"."""

    @property
    def limits(self) -> str:
        """What such records cannot say, in a sentence."""

    def exam(self, taxonomy: Taxonomy, *, as_of: date, home_province: str | None = None) -> Exam:
        """Lay the records out."""
