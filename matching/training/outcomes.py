"""Outcomes of referrals as the service exports them: features in steps, a grade, and nothing else about anybody."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pandas as pd

from matching.domain.outcome import Outcome
from matching.errors import DataError
from matching.evaluation.ranking import Judged, Ranked, ranked_alone
from matching.features import NAMES
from matching.jsonl import parse_object, read_lines
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.ranking.additive import AdditiveModel
from matching.ranking.prior import stated_prior
from matching.taxonomy.release import Taxonomy
from matching.training.table import KEYS, features_of

OUTCOMES = "outcomes.jsonl"


def in_steps(features: FloatArray) -> dict[str, float]:
    """Return the features of one pair, (n_features,), rounded down to the thresholds of the stated prior.

    0 below the first one; what is unknown is left out. Learnt models keep the prior's thresholds, so no score and no
    lesson changes by it, and nobody can be told by a distance to the metre or a wage to the đồng.
    """
    known = [(name, float(value)) for name, value in zip(NAMES, features, strict=True) if not np.isnan(value)]
    return {name: _stairs()[name][bisect_right(_edges()[name], value)] for name, value in known}


@cache
def _stairs() -> dict[str, tuple[float, ...]]:
    """Return what a value of each step is told as."""
    return {name: (0.0, *shape.thresholds) for name, shape in stated_prior().shapes.items()}


@cache
def _edges() -> dict[str, list[float]]:
    """Return the thresholds as features are compared with them."""
    return {name: [float(np.float32(at)) for at in steps[1:]] for name, steps in _stairs().items()}


def decode_outcome(line: str | bytes) -> Outcome:
    """Read one outcome; raises DataError that names the key."""
    record = parse_object(line)
    if unknown := sorted(set(record) - {"person", "grade", "features"}):
        raise DataError(f"{unknown[0]}: unknown key; an outcome has person, grade and features")
    try:
        outcome = msgspec.convert(record, Outcome)
    except msgspec.ValidationError as error:
        raise DataError(str(error).replace("`$.", "`")) from error
    if strange := sorted(set(outcome.features) - set(NAMES)):
        raise DataError(f"features.{strange[0]}: not in the closed list of features; remove it")
    return outcome


def load_outcomes(path: Path) -> "Outcomes":
    """Read a file that `viecgan export training` wrote.

    Raises
    ------
    DataError
        The file cannot be read.
    RecordsError
        Lines cannot be read; all bad lines are listed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path.name}: the file cannot be read: {error.strerror}") from error
    found = read_lines(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), decode_outcome, source=path.name)
    return Outcomes(found, sha256=hashlib.sha256(content).hexdigest())


class Outcomes:
    """Outcomes to learn from (a `Source`), in an order that does not depend on that of the lines.

    Parameters
    ----------
    outcomes : sequence of Outcome
        Of one export.
    sha256 : str
        Of the file they were read from; "" where there is none.
    """

    def __init__(self, outcomes: Sequence[Outcome], *, sha256: str = "") -> None:
        self.outcomes = sorted(outcomes, key=lambda its: (its.person, msgspec.json.encode(its, order="deterministic")))
        self.files = {OUTCOMES: sha256}

    @property
    def n_people(self) -> int:
        """How many people they are about."""
        return len({its.person for its in self.outcomes})

    @property
    def sizes(self) -> dict[str, int]:
        """How many people and outcomes there are."""
        return {"people": self.n_people, "outcomes": len(self.outcomes)}

    @property
    def told(self) -> str:
        """What it is, in words."""
        return f"{len(self.outcomes)} outcomes of referrals of {self.n_people} people"

    @property
    def limits(self) -> str:
        """What outcomes cannot say."""
        return (
            "Outcomes say what became of those who were put forward, and nothing of offers nobody was put forward for."
        )

    def exam(self, _taxonomy: Taxonomy, *, as_of: date, home_province: str | None = None) -> "KnownOutcomes":  # noqa: ARG002
        """Lay the outcomes out; they hold no words to read and each has the features of its own day.

        Raises
        ------
        DataError
            There are none.
        """
        if not self.outcomes:
            raise DataError(f"{OUTCOMES}: holds no outcomes; an export begins with those of ten people")
        rows = [{name: its.features.get(name, np.nan) for name in NAMES} for its in self.outcomes]
        keys = [(its.person, f"{i:09}", its.grade) for i, its in enumerate(self.outcomes)]
        features = pd.DataFrame(rows, columns=list(NAMES), dtype=np.float32)
        return KnownOutcomes(table=pd.DataFrame(keys, columns=list(KEYS)).join(features))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOutcomes:
    """Outcomes as a table (an `Exam`): each is ranked among the person's own."""

    table: pd.DataFrame

    @property
    def found(self) -> Judged:
        """The grades of each person's outcomes."""
        return Judged(
            person=self.subject,
            grade=self.table["grade"].to_numpy(dtype=np.int64),
            must_filter=np.zeros(len(self.table), dtype=bool),
            n_people=len(self.people),
        )

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of the people, by position."""
        return tuple(dict.fromkeys(self.table["person_id"]))

    @property
    def subject(self) -> IntArray:
        """Position of the person of each outcome."""
        return pd.factorize(self.table["person_id"])[0]

    @property
    def groups(self) -> None:
        """Nothing is known of groups: an export says nothing about anybody but the features."""

    def scores(self, model: AdditiveModel, rows: BoolArray | None = None) -> FloatArray:
        """Return a model's scores of all outcomes, or of some."""
        features = features_of(self.table)
        return model.score(features if rows is None else features[rows]).astype(float)

    def beside(self) -> dict[str, FloatArray]:
        """Return nothing: there are no words that a plain search could read."""
        return {}

    def ranked(self, scores: FloatArray) -> Ranked:
        """Rank each person's outcomes among themselves."""
        return ranked_alone(self.found, scores)
