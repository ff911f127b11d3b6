"""Finds out how words are written, by which reading makes Vietnamese syllables of them. Nothing is guessed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.text.well_written import is_well_written
from service.intake.legacy import Writing, as_bytes, read

_TOKEN = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’–—…•→°²³\ufeff\u200b]+")
"""What stands between spaces, digits and punctuation; other signs, such as "®", stand in garbled words."""

_DONG = "₫"

_LONGEST = 12
"""Characters of a syllable, its marks apart; what is longer is not looked at, nor remembered."""

_LOST = re.compile(r"\ufffd|[^\W\d_]\?[^\W\d_]")
"""Letters that a program could not save, and wrote as a question mark."""

_MOST_BAD = 0.1
"""Share of words that may be no syllables: names of places and things from other languages."""

ENOUGH = 3
"""Words that tell how they are written without looking at others."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How well some words read in a writing."""

    words: int
    bad: int

    @property
    def is_good(self) -> bool:
        """Whether this may be how they are written."""
        return self.words > 0 and self.bad <= self.words * _MOST_BAD


class UndecidedError(Exception):
    """Two writings read the words equally well, or none does."""


def as_written(text: str, writing: Writing) -> str | None:
    """Return the words of a cell; None when they cannot be in this writing.

    >>> as_written("Thî hå", Writing.TCVN3), as_written("Thợ hồ", Writing.TCVN3)
    ('Thợ hồ', None)
    """
    if writing is Writing.UNICODE or text.isascii():
        return text
    data = as_bytes(text)
    return None if data is None else read(data, writing)


def is_open(text: str) -> bool:
    """Say whether it must be found out how a cell is written: letters that only Unicode has settle it."""
    return not text.isascii() and as_bytes(text) is not None


def has_lost_letters(text: str) -> bool:
    """Say whether letters were replaced by question marks when the cell was saved."""
    return _LOST.search(text) is not None


def decide(cells: Iterable[str], among: Sequence[Writing], *, likely: Writing | None = None) -> Writing:
    """Return the one writing in which the words of *cells* are Vietnamese.

    Parameters
    ----------
    likely : Writing or None
        Taken where another reads the words equally well; None: that is undecided.

    Raises
    ------
    UndecidedError
        No writing reads nearly all words, or several read them equally well and differently.
    """
    texts = sorted(set(cells))
    tallies = {writing: its for writing in among if (its := tally(texts, writing)).is_good}
    if not tallies:
        raise UndecidedError
    least = min(its.bad for its in tallies.values())
    best = [writing for writing, its in tallies.items() if its.bad == least]
    if likely in best:
        return likely
    if len({tuple(as_written(text, writing) for text in texts) for writing in best}) > 1:
        raise UndecidedError
    return best[0]


def reads_well(text: str, writing: Writing) -> bool:
    """Say whether every word of a cell with other than ASCII letters is a syllable in a writing."""
    its = tally([text], writing)
    return its.words > 0 and its.bad == 0


def tally(texts: Iterable[str], writing: Writing) -> Tally:
    """Count distinct words; a cell that cannot be in the writing counts with all its words as bad."""
    told = {token: good for text in set(texts) for token, good in _judged(text, as_written(text, writing))}
    return Tally(words=len(told), bad=sum(not good for good in told.values()))


def _judged(text: str, read_text: str | None) -> Iterable[tuple[str, bool]]:
    if read_text is None:
        return ((token, False) for token in _TOKEN.findall(text) if not token.isascii())
    tokens = (token for token in _TOKEN.findall(read_text) if not token.isascii() and token != _DONG)
    return ((token, len(token) <= _LONGEST and is_well_written(token)) for token in tokens)
