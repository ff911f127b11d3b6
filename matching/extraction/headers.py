"""Which header a sentence stands under: "Nguyện vọng: 1. Làm lại căn cước. 2. Được học nghề"."""

import re

from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading

_BULLET = re.compile(r"[-–—*+•]\s*\Z")
_LONGEST_NUMBER = 2
"""Digits of the number of an item at most."""


def header_over(reading: Reading, i: int) -> Hit | None:
    """Return the header over syllable *i*: right before its sentence, or before the list that the sentence is of.

    None where no header stands before it, or where a sentence that is no item of a list stands between.
    """
    headers = {h.stop: h for h in reading.layer("header")}
    number = reading.sentence(i) if headers else 0
    while number > 0:
        start = reading.sentences[number]
        if start in headers:
            return headers[start]
        if _is_number(reading, number - 1):
            number -= 1
        elif _is_number(reading, number) or _after_bullet(reading, start):
            number -= 1  # what stands before is the item before, or the header
        else:
            return None
    return None


def _is_number(reading: Reading, sentence: int) -> bool:
    """Whether a sentence is only the number of an item: the "2" of "2. Được học nghề"."""
    first, stop = reading.sentence_bounds(reading.sentences[sentence])
    word = reading.text.folded[first]
    return stop - first == 1 and word.isdigit() and len(word) <= _LONGEST_NUMBER


def _after_bullet(reading: Reading, start: int) -> bool:
    text = reading.text
    return bool(_BULLET.search(text.source.text[text.to[start - 1] : text.at[start]]))
