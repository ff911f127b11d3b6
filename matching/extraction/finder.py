"""The longest phrases of a dictionary in many texts at once, by letters alone: whole words, one pass in native code.

The survey reader needs more (accents, overlaps, gaps: see `lexicon`); this is for looking through large stores of text.
"""

from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

_END = "\x1e"
"""Ends each text of a batch."""

_FEIGNED = "\x1f"
"""In place of a phrase that begins with a number: the end of a longer number may feign it."""

_PLAIN = bytes(byte if (chr(byte).isalnum() and byte < 128) or chr(byte) == _END else 32 for byte in range(256))
"""Every mark becomes a space; no phrase has two in a row, so none goes across a mark that a space follows."""


class PhraseFinder:
    """Finds phrases in folded text: from the left, the longest at each place, none inside another.

    Words are titled ("Tho Ho "), so that a phrase begins only where a word does.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take *phrases*: folded words with single spaces between them.

        >>> PhraseFinder(["tho ho", "tho ho chinh", "phu"]).find("phu tho ho, tho ho chinh, tho hoa")
        ['phu', 'tho ho', 'tho ho chinh']
        """
        patterns = {f"{phrase} ".title(): phrase for phrase in phrases}
        self._known = frozenset(patterns.values())
        self._automaton = AhoCorasick([*patterns, _END], matchkind=MatchKind.LeftmostLongest, store_patterns=True)
        self._meaning = {titled: _FEIGNED if phrase[0].isdigit() else phrase for titled, phrase in patterns.items()}
        self._meaning[_END] = _END
        self._longest = max((phrase.count(" ") + 1 for phrase in self._known), default=0)

    def __len__(self) -> int:
        return len(self._known)

    def find(self, text: str) -> list[str]:
        """Return the phrases in one folded text, in its order."""
        return self.find_all((text,))[0]

    def find_all(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the phrases in each of many folded texts; faster a text than `find`."""
        phrases = [*map(self._meaning.__getitem__, self._automaton.find_matches_as_strings(_titled(texts)))]
        found: list[list[str]] = []
        start = 0
        for _ in texts:
            stop = phrases.index(_END, start)
            found.append(phrases[start:stop])
            start = stop + 1
        if start < len(phrases):
            return self.find_all(_without_ends(texts))
        if _FEIGNED in phrases:
            found = [
                [*self._word_by_word(text)] if _FEIGNED in here else here
                for text, here in zip(texts, found, strict=True)
            ]
        return found

    def _word_by_word(self, text: str) -> Iterator[str]:
        """Yield the phrases of one text, for a text with phrases that a number may have feigned."""
        for run in _titled((text,)).rstrip(_END).lower().split("  "):
            words = run.split()
            first = 0
            while first < len(words):
                stops = range(min(len(words), first + self._longest), first, -1)
                stop = next((stop for stop in stops if " ".join(words[first:stop]) in self._known), 0)
                if stop:
                    yield " ".join(words[first:stop])
                first = stop or first + 1

    def between(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the words of each folded text that stand between its phrases, one string a stretch without marks.

        >>> PhraseFinder(["tho ho"]).between(["di lam tho ho muoi nam, roi", "tho ho"])
        [['di lam', 'muoi nam', 'roi'], []]
        """
        titled = _titled(_without_ends(texts))
        found: list[list[str]] = []
        here: list[str] = []
        last = 0
        for _, at, to in self._automaton.find_matches_as_indexes(titled):
            here += [run.strip() for run in titled[last:at].lower().split("  ") if run.strip()]
            last = to
            if titled[at] == _END:
                found.append(here)
                here = []
        return found


def _titled(texts: Sequence[str]) -> str:
    """Return the texts with a capital for each word, and a space and `_END` after each."""
    if not texts:
        return ""
    return f"{f' {_END}'.join(texts)} {_END}".encode("ascii", "replace").translate(_PLAIN).title().decode()


def _without_ends(texts: Sequence[str]) -> list[str]:
    return [text.replace(_END, " ") for text in texts]
