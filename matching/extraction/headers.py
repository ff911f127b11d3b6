"""Which header a sentence stands under: "Nguyện vọng: 1. Làm lại căn cước. 2. Được học nghề"."""

import re
from collections.abc import Sequence

from matching.extraction.lexicon import Hit
from matching.text.syllables import Syllables

_BULLET = re.compile(r"[-–—*+•]\s*\Z")
_LONGEST_NUMBER = 2
"""Digits of the number of an item at most."""


def headers_over(text: Syllables, sentences: Sequence[int], headers: Sequence[Hit]) -> dict[int, Hit]:
    """Return the headers of sentences, by their first syllables: right before one, or before the list it is an item of.

    A sentence has none where none stands before it, or where a sentence that is no item of a list stands between.

    Parameters
    ----------
    text : Syllables
        The text.
    sentences : sequence of int
        First syllable of each of its sentences.
    headers : sequence of Hit
        The phrases that may be headers.
    """
    over: dict[int, Hit] = {}
    ends = {header.stop: header for header in headers}
    if ends.keys().isdisjoint(sentences):
        return over
    stops = (*sentences[1:], len(text))
    for number, start in enumerate(sentences[1:], start=1):
        before = sentences[number - 1]
        if start in ends:
            over[start] = ends[start]
        elif before in over and (
            _is_number(text, before, start) or _is_number(text, start, stops[number]) or _after_bullet(text, start)
        ):
            over[start] = over[before]  # what stands before is the header, or the item before
    return over


def _is_number(text: Syllables, first: int, stop: int) -> bool:
    """Whether a sentence is only the number of an item: the "2" of "2. Được học nghề"."""
    word = text.folded[first]
    return stop - first == 1 and word.isdigit() and len(word) <= _LONGEST_NUMBER


def _after_bullet(text: Syllables, start: int) -> bool:
    return bool(_BULLET.search(text.source.text[text.to[start - 1] : text.at[start]]))
