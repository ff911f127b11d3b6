"""What is wrong with a file or a row of it, said in both languages; the words stand in `problems.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.errors import ConflictError, FileError, InvalidError

WORDS = Path(__file__).parent / "problems.toml"

_QUOTED, _LONGEST_QUOTE = frozenset({"name", "column", "value"}), 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and what to do about it."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en

    def __getitem__(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


class CellError(Exception):
    """A cell that cannot be read exactly."""

    def __init__(self, said: Problem) -> None:
        self.said = said
        super().__init__(said.en)


def problem(key: str, **values: object) -> Problem:
    """Return the message of *key* with its ``{names}`` filled in; what a file says is cut where it is long.

    >>> problem("no_value", column="Ngày ghi").en
    'column "Ngày ghi" is empty; every row needs it'
    """
    words = _words()[key]
    short = {name: _short(value) if name in _QUOTED else value for name, value in values.items()}
    return Problem(words["vi"].format(**short), words["en"].format(**short))


def reported(error: Exception) -> Problem:
    """Return what a reader of records or an operation has against a row."""
    if isinstance(error, ConflictError):
        return problem("older", said=error)
    if isinstance(error, InvalidError) and error.path == "commune":
        return problem("no_commune", said=error)
    return problem("not_taken", said=error)


def refusal(*problems: Problem, kind: type[FileError] = FileError) -> FileError:
    """Return the error that tells all *problems* of a file."""
    return kind("\n".join(one.en for one in problems), vi="\n".join(one.vi for one in problems))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def _short(value: object) -> object:
    if not isinstance(value, str) or len(value) <= _LONGEST_QUOTE:
        return value
    return value[: _LONGEST_QUOTE - 1] + "…"
