"""What can be said about one feature, as data, and the way from there to words."""

from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Sentences in two languages; ``{f.name}`` stands for a property of `matching.explanation.facts.Facts`."""

    good: tuple[str, str]
    """When the feature raises the score: Vietnamese, English."""
    bad: tuple[str, str]
    """When it lowers the score; says what could be done where something can."""
    unknown: tuple[str, str]
    """What is not known, when that moves the score: a noun phrase for "Chưa rõ ..." and "... is not known"."""


class Template:
    """A sentence in two languages that was read once, and is filled with the facts of many pairs.

    >>> from types import SimpleNamespace
    >>> way = Template(("Cách {f.km}.", "{f.km} away."))
    >>> way.filled(SimpleNamespace(km=("2,5 km", "2.5 km")))
    ('Cách 2,5 km.', '2.5 km away.')
    """

    __slots__ = ("_en", "_names", "_vi", "asked", "fixed")

    def __init__(self, both: tuple[str, str]) -> None:
        asked = [name for words in both for _, name, _, _ in Formatter().parse(words) if name]
        named = list(dict.fromkeys(asked))
        self._names = tuple(name.removeprefix("f.") for name in named)
        self._vi, self._en = (_numbered(words, named) for words in both)
        self.asked = frozenset(self._names)
        """The facts that it says."""
        self.fixed = None if named else both
        """The sentence itself where it says the same of every pair."""

    def filled(self, facts: object) -> tuple[str, str]:
        """Return the sentence about one pair."""
        phrases = [getattr(facts, name) for name in self._names]
        return self._vi.format(*[vi for vi, _ in phrases]), self._en.format(*[en for _, en in phrases])


def _numbered(words: str, names: list[str]) -> str:
    for i, name in enumerate(names):
        words = words.replace(f"{{{name}}}", f"{{{i}}}")
    return words
