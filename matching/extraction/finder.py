"""The longest phrases of a dictionary in many texts at once, by letters alone: whole words, one pass in native code.

The survey reader needs more (accents, overlaps, gaps: see `lexicon`); this is for looking through large stores of text.
"""

from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import BytesAhoCorasick, MatchKind

_END = b"\x1e"
"""Ends each text of a batch."""

_PLAIN = bytes(byte if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
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
        distinct = dict.fromkeys(phrases)
        self.phrases = tuple(sorted(distinct, key=lambda phrase: phrase[0].isdigit()))
        self._known = frozenset(distinct)
        self._letters = sum(not phrase[0].isdigit() for phrase in distinct)
        self._longest = max((phrase.count(" ") + 1 for phrase in distinct), default=0)
        patterns = [f"{phrase} ".encode().title() for phrase in self.phrases]
        self._automaton = BytesAhoCorasick([*patterns, _END], matchkind=MatchKind.LeftmostLongest)

    def __len__(self) -> int:
        return len(self.phrases)

    def find(self, text: str) -> list[str]:
        """Return the phrases in one folded text, in its order."""
        return self.find_all((text,))[0]

    def find_all(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the phrases in each of many folded texts; faster a text than `find`."""
        phrases, letters, end = self.phrases, self._letters, len(self.phrases)
        titled = _titled(texts)
        found: list[list[str]] = []
        here: list[str] = []
        torn = False
        for number, at, _ in self._automaton.find_matches_as_indexes(titled):
            if number < letters:
                here.append(phrases[number])
            elif number < end:
                here.append(phrases[number])
                torn = torn or titled[at - 1 : at].isalnum()
            else:
                found.append(list(self._slowly(texts[len(found)])) if torn else here)
                here, torn = [], False
        return found

    def _slowly(self, text: str) -> Iterator[str]:
        """Yield the phrases of a text word by word: for one in which a number inside a word looked like a phrase."""
        for run in _plain(text).split("  "):
            words = run.split()
            first = 0
            while first < len(words):
                spans = range(min(len(words), first + self._longest), first, -1)
                stop = next((stop for stop in spans if " ".join(words[first:stop]) in self._known), 0)
                if stop:
                    yield " ".join(words[first:stop])
                first = stop or first + 1

    def between(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the words of each folded text that stand between its phrases, one string a stretch without marks.

        >>> PhraseFinder(["tho ho"]).between(["di lam tho ho muoi nam, roi", "tho ho"])
        [['di lam', 'muoi nam', 'roi'], []]
        """
        titled, end = _titled(texts), len(self.phrases)
        found: list[list[str]] = []
        here: list[str] = []
        last = 0
        for number, at, to in self._automaton.find_matches_as_indexes(titled):
            here += [run for run in titled[last:at].decode().lower().split("  ") if run.strip()]
            last = to
            if number == end:
                found.append([run.strip() for run in here])
                here = []
        return found


def _plain(text: str) -> str:
    return text.encode("ascii", "replace").translate(_PLAIN).decode()


def _titled(texts: Sequence[str]) -> bytes:
    """Return the texts with a capital for each word and a space and `_END` after each."""
    if not texts:
        return b""
    end = _END.decode()
    joined = f" {end}".join(texts)
    if joined.count(end) >= len(texts):
        joined = f" {end}".join([text.replace(end, " ") for text in texts])
    plain = f"{joined} {end}".encode("ascii", "replace").translate(_KEEPING_ENDS)
    return plain.title()


_KEEPING_ENDS = _PLAIN[: _END[0]] + _END + _PLAIN[_END[0] + 1 :]
