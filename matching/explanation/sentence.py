"""What can be said about one feature, as data, and the way from there to words."""

from dataclasses import dataclass
from string import Formatter
from typing import Any

from matching.explanation.evidence import Evidence
from matching.explanation.phrases import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Sentences in two languages; ``{f.name}`` stands for a phrase of `matching.explanation.phrases.Phrases`."""

    good: tuple[str, str]
    """When the feature raises the score: Vietnamese, English."""
    bad: tuple[str, str]
    """When it lowers the score; says what could be done where something can."""
    unknown: tuple[str, str]
    """What is not known, when that moves the score: a noun phrase for "Chưa rõ ..." and "... is not known"."""


class Template:
    """A sentence in two languages that was read once, and is filled with what was found of many pairs."""

    __slots__ = ("_en", "_vi", "asks")

    def __init__(self, both: tuple[str, str]) -> None:
        named = list(dict.fromkeys(name for words in both for _, name, _, _ in Formatter().parse(words) if name))
        self.asks = tuple(name.removeprefix("f.") for name in named)
        """The phrases that stand in it."""
        self._vi, self._en = (_numbered(words, named) for words in both)

    def found(self, evidence: Evidence, row: int, value: float) -> tuple[Any, ...]:
        """Return what decides the sentence about one pair and a *value* of its feature."""
        evidence.row, evidence.value = row, value
        return tuple([getattr(evidence, name) for name in self.asks]) if self.asks else ()

    def filled(self, found: tuple[Any, ...], phrases: Phrases) -> tuple[str, str]:
        """Return the sentence that says what was found."""
        said = [getattr(phrases, name)(its) for name, its in zip(self.asks, found, strict=True)]
        return self._vi.format(*[vi for vi, _ in said]), self._en.format(*[en for _, en in said])


def _numbered(words: str, names: list[str]) -> str:
    for i, name in enumerate(names):
        words = words.replace(f"{{{name}}}", f"{{{i}}}")
    return words
