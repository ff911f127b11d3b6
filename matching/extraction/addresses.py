"""Exact addresses that no word announces: "tạm trú hẻm 45/2 đường Lê Lợi", "ở tổ 4 khu phố 2"."""

from collections.abc import Iterator

from matching.domain.profile import Span
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_LANES = ("hẻm", "ngõ", "ngách", "kiệt")
"""Before a number these are a lane."""
NUMBERED = frozenset({"hem", "ngo", "ngach", "kiet", "to"})
"""The letters of words that are an address with a number behind them."""
_LIVES = frozenset({"o", "tai", "tru", "nha", "c", "chi", "ngu", "tro"})
_PARTS = frozenset({"duong", "thon", "xom", "ap", "to", "kp", "khu", "pho", "phuong", "so", "nha", *NUMBERED})
"""Parts of an address; one of the former before "tổ 4", or another part after it, makes it one and no team."""


@told_by(*NUMBERED)
def lanes(reading: Reading) -> Iterator[Span]:
    """Yield a lane or a group of houses with its number, and what of the address stands around it."""
    text = reading.text
    taken = 0
    for i in [i for i in reading.where(NUMBERED) if i + 1 < len(text)]:
        numbered = text.folded[i + 1][0].isdigit() and not text.breaks[i]
        if i < taken or not numbered or not (reading.means(i, *_LANES) or _is_group(reading, i)):
            continue
        first = i - 2 if i > 1 and text.folded[i - 2] == "so" and text.folded[i - 1].isdigit() else i
        taken = _address_end(reading, i + 2)
        yield text.span(first, taken)


def _is_group(reading: Reading, i: int) -> bool:
    """Whether "tổ" before a number is a group of houses: "ở tổ 4", "tổ 4 khu phố 2"."""
    words = reading.text.folded
    lives = i > 0 and words[i - 1] in _LIVES
    return reading.means(i, "tổ") and (lives or not _PARTS.isdisjoint(words[i + 2 : i + 3]))


def _address_end(reading: Reading, i: int) -> int:
    """Return where an address ends from syllable *i* on: with its numbers, parts and names within the clause."""
    text = reading.text
    while i < len(text) and not text.breaks[i - 1]:
        word = text.folded[i]
        if not (word[0].isdigit() or word in _PARTS or text.typed(i)[:1].isupper()):
            break
        i += 1
    return i
