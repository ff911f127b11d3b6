"""The longest phrases of a dictionary in many texts at once, by letters alone: whole words, one pass in native code.

The survey reader needs more (accents, overlaps, gaps: see `lexicon`); this is for looking through large stores of text.
"""

from collections.abc import Iterable, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

_LINE = "\x1e"
"""Parts the texts of a batch."""


class PhraseFinder:
    """Finds phrases in folded text: from the left, the longest at each place, none inside another.

    A word stands between spaces of its own, so that two phrases side by side share nothing: patterns and texts have
    their spaces doubled, and every phrase begins and ends with one.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take *phrases*: folded words with single spaces between them.

        >>> PhraseFinder(["tho ho", "tho ho chinh", "phu"]).find("phu tho ho, tho ho chinh, tho hoa")
        ['phu', 'tho ho', 'tho ho chinh']
        """
        self.phrases = tuple(dict.fromkeys(phrases))
        patterns = [f" {phrase.replace(' ', '  ')} " for phrase in self.phrases]
        self._automaton = AhoCorasick([*patterns, _LINE], matchkind=MatchKind.LeftmostLongest)

    def __len__(self) -> int:
        return len(self.phrases)

    def find(self, text: str) -> list[str]:
        """Return the phrases in one folded text, in its order."""
        return self.find_all((text,))[0]

    def find_all(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the phrases in each of many folded texts; faster a text than `find`."""
        phrases, line = self.phrases, len(self.phrases)
        found: list[list[str]] = []
        here: list[str] = []
        for number, _, _ in self._automaton.find_matches_as_indexes(_spaced(texts)):
            if number == line:
                found.append(here)
                here = []
            else:
                here.append(phrases[number])
        return found

    def between(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the words of each folded text that stand between its phrases, one string a stretch.

        >>> PhraseFinder(["tho ho"]).between(["di lam tho ho muoi nam", "tho ho"])
        [['di lam', 'muoi nam'], []]
        """
        spaced, line = _spaced(texts), len(self.phrases)
        found: list[list[str]] = []
        here: list[str] = []
        last = 0
        for number, at, to in self._automaton.find_matches_as_indexes(spaced):
            if stretch := " ".join(spaced[last:at].split()):
                here.append(stretch)
            last = to
            if number == line:
                found.append(here)
                here = []
        return found


_BREAKS = str.maketrans(dict.fromkeys(",.;:!?()[]\"'/\\|-+*&%#@=<>\t\r\n", " "))
"""Marks become spaces; as no phrase has two spaces in a row, none goes across a mark that a space follows."""


def _spaced(texts: Sequence[str]) -> str:
    """Return the texts as lines with every space doubled."""
    lines = _LINE.join(texts)
    if lines.count(_LINE) >= len(texts):
        lines = _LINE.join([text.replace(_LINE, " ") for text in texts])
    return f" {lines.translate(_BREAKS).replace(' ', '  ').replace(_LINE, f' {_LINE} ')} {_LINE}"
