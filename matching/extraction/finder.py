"""The longest phrases of a dictionary in many texts at once, by letters alone: whole words, one pass in native code.

The survey reader needs more (accents, overlaps, gaps: see `lexicon`); this is for looking through large stores of text.
"""

from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

_END = "\x1e"
"""Ends each text of a batch."""

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
        self._automaton = AhoCorasick([*patterns, _END], matchkind=MatchKind.LeftmostLongest)
        # Within a word a number may feign the begin of a phrase: a text with None is looked at word by word.
        self._meaning = {titled: None if phrase[0].isdigit() else phrase for titled, phrase in patterns.items()}
        self._meaning[_END] = ""
        self._longest = max((phrase.count(" ") + 1 for phrase in self._known), default=0)

    def __len__(self) -> int:
        return len(self._known)

    def find(self, text: str) -> list[str]:
        """Return the phrases in one folded text, in its order."""
        return self.find_all((text,))[0]

    def find_all(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the phrases in each of many folded texts; faster a text than `find`."""
        found: list[list[str]] = []
        feigned: list[int] = []
        here: list[str] = []
        add = here.append
        for phrase in map(self._meaning.__getitem__, self._automaton.find_matches_as_strings(_titled(texts))):
            if phrase:
                add(phrase)
            elif phrase is not None:
                found.append(here)
                here = []
                add = here.append
            else:
                feigned.append(len(found))
        for i in feigned:
            found[i] = list(self._word_by_word(texts[i]))
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
        titled = _titled(texts)
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
    joined = f" {_END}".join(texts)
    if joined.count(_END) >= len(texts):
        joined = f" {_END}".join([text.replace(_END, " ") for text in texts])
    return f"{joined} {_END}".encode("ascii", "replace").translate(_PLAIN).title().decode()
