"""What is to be trained and how: a small TOML file under review, like code."""

import re
import tomllib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from matching.errors import DataError

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
LOGISTIC = "logistic"
"""Prior-centred, sign-constrained logistic regression on pairs of a person's offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSpec:
    """A specification; with the same events it always gives the same release."""

    name: str
    """Beginning of the names of its releases."""
    as_of: date
    """The day for which the judged pairs are laid out: licences expire and openings close by it."""
    kind: str = LOGISTIC
    home_province: str | None = None
    """Province in which bare commune names are read; None: the one most names of the events stand in."""
    pull: tuple[float, ...] = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
    """How strongly weights are pulled towards the stated prior: candidates, chosen from by people-grouped folds."""
    folds: int = 5
    seed: int = 20261123
    """Deals people out to folds; nothing else is random."""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"name [{self.name}] must be of a-z, 0-9 and -, at most 40, and begin with a letter")
        if self.kind != LOGISTIC:
            raise ValueError(f"kind [{self.kind}] must be {LOGISTIC}")
        if not self.pull or not all(1e-4 <= pull <= 1e4 for pull in self.pull):
            raise ValueError(f"pull {list(self.pull)} must be one or more numbers between 0.0001 and 10000")
        if not 2 <= self.folds <= 20:
            raise ValueError(f"folds [{self.folds}] must be between 2 and 20")

    def as_record(self) -> dict[str, Any]:
        """Return the specification as JSON values, for a manifest."""
        return asdict(self) | {"as_of": self.as_of.isoformat(), "pull": list(self.pull)}


def load_spec(path: Path) -> TrainingSpec:
    """Read a specification.

    Raises
    ------
    DataError
        The file cannot be read, is no TOML, has an unknown key, or a value that is not allowed.
    """
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path.name}: the file cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: not TOML: {error}") from error
    return spec_of(record, source=path.name)


def spec_of(record: Any, *, source: str) -> TrainingSpec:
    """Return the specification that a TOML file or a manifest holds; raises DataError as `load_spec`."""
    known = set(TrainingSpec.__dataclass_fields__)
    if not isinstance(record, dict):
        raise DataError(f"{source}: a specification is a table")
    if unknown := sorted(set(record) - known):
        raise DataError(f"{source}: {unknown[0]}: unknown key; the known ones are {sorted(known)}")
    try:
        return msgspec.convert(record, TrainingSpec)
    except msgspec.ValidationError as error:
        raise DataError(f"{source}: {str(error).replace('`$.', '`')}") from error
