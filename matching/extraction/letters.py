"""Words as letters: a phrase or a text becomes a string, with one character for each of its syllables.

There are two alphabets. By what words fold to, phrases are found; by how they are typed, accents are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import prod

from matching.text.fold import agreement, canonical, fold
from matching.text.remembered import Remembered

UNKNOWN = "\u0001"
"""In place of a word that no phrase has."""

_CONTRADICTED = "\u0002"
"""In place of a word as typed whose accents contradict every phrase that has its syllable."""

_FIRST = 0x80
"""Code point of the first letter; most of them then take two bytes of an automaton, none takes one."""


class Letters:
    """The letters of the words of phrases."""

    def __init__(self) -> None:
        self.folded: dict[str, str] = {}
        """By folded syllable."""
        self._words: dict[str, str] = {}
        """By word of a phrase, with its accents."""
        self._spellings: dict[str, list[str]] = {}
        """The words of phrases of each folded syllable."""
        self._typed: dict[str, str] = {}
        """How words are typed that agree with one of a phrase, by their canonical spelling; there are not many."""
        self._both = Remembered(self._read, 65536)

    def learnt(self, words: Iterable[str]) -> str:
        """Return what the words of a phrase fold to; letters that are new are made."""
        return "".join([self._words.get(word) or self._learn(word) for word in words])

    def _learn(self, word: str) -> str:
        folded = fold(word)
        self._spellings.setdefault(folded, []).append(word)
        self._words[word] = letter = self.folded.setdefault(folded, chr(_FIRST + len(self.folded)))
        return letter

    def is_word(self, word: str) -> bool:
        """Whether a phrase has a word, with just these accents."""
        return word in self._words

    def read(self, words: Iterable[str]) -> tuple[str, str]:
        """Return what the words of a text fold to, and how they are typed.

        Strings of the second alphabet are equal only where all that a phrase may ask of the words is equal.
        """
        both = "".join(map(self._both.__getitem__, words))
        return both[::2], both[1::2]

    def _read(self, word: str) -> str:
        folded = fold(word)
        if folded not in self.folded:
            return UNKNOWN * 2
        if not any(agreement(word, spelling) for spelling in self._spellings[folded]):
            return self.folded[folded] + _CONTRADICTED
        return self.folded[folded] + self._typed.setdefault(canonical(word), chr(_FIRST + len(self._typed)))


def letters_behind(patterns: Sequence[str]) -> dict[str, str]:
    """Return the letters that stand right behind each letter in *patterns*."""
    behind: dict[str, set[str]] = defaultdict(set)
    for one, other in set(pairwise(UNKNOWN.join(patterns))):
        behind[one].add(other)
    return {one: "".join(others - {UNKNOWN}) for one, others in behind.items() if one != UNKNOWN}


def letters_before(behind: Mapping[str, str]) -> dict[str, str]:
    """Return the letters that stand right before each letter, given those behind."""
    before: dict[str, list[str]] = defaultdict(list)
    for one, others in behind.items():
        for other in others:
            before[other].append(one)
    return {other: "".join(ones) for other, ones in before.items()}


def usualness(patterns: Sequence[str]) -> Callable[[str], float]:
    """Return what tells how usual letters are, by how often *patterns* have each of them."""
    often = Counter("".join(patterns))
    total = often.total()
    return lambda letters: prod(often[letter] / total for letter in letters)
