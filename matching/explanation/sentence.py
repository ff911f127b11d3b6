"""What can be said about one feature, as data, and the way from there to words."""

from dataclasses import dataclass
from string import Formatter

from matching.explanation.facts import Facts
from matching.explanation.figures import Figures
from matching.explanation.trade_facts import TradeFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Sentences in two languages; ``{f.name}`` stands for a property of `matching.explanation.facts.Facts`."""

    good: tuple[str, str]
    """When the feature raises the score: Vietnamese, English."""
    bad: tuple[str, str]
    """When it lowers the score; says what could be done where something can."""
    unknown: tuple[str, str]
    """What is not known, when that moves the score: a noun phrase for "Chưa rõ ..." and "... is not known"."""


_NARROWEST = (Figures, TradeFacts, Facts)


class Template:
    """A sentence in two languages that was read once, and is filled with the facts of many pairs.

    >>> way = Template(("Cách {f.km}.", "{f.km} away."))
    >>> way.of.__name__, way.filled(Figures(2.5))
    ('Figures', ('Cách 2,5 km.', '2.5 km away.'))
    """

    __slots__ = ("_en", "_names", "_vi", "of")

    def __init__(self, both: tuple[str, str]) -> None:
        named = list(dict.fromkeys(name for words in both for _, name, _, _ in Formatter().parse(words) if name))
        self._names = tuple(name.removeprefix("f.") for name in named)
        self._vi, self._en = (_numbered(words, named) for words in both)
        self.of = next((its for its in _NARROWEST if all(hasattr(its, name) for name in self._names)), Facts)
        """What its facts are of: a value, a person and a trade, or a pair."""

    def filled(self, facts: Figures) -> tuple[str, str]:
        """Return the sentence that says some facts."""
        phrases = [getattr(facts, name) for name in self._names]
        return self._vi.format(*[vi for vi, _ in phrases]), self._en.format(*[en for _, en in phrases])


def _numbered(words: str, names: list[str]) -> str:
    for i, name in enumerate(names):
        words = words.replace(f"{{{name}}}", f"{{{i}}}")
    return words
