"""Whether lessons are spoken of."""

from matching.extraction.reading import Reading

_EXAM = "thi"
_LEARNING = frozenset({"hoc", "hc", _EXAM})
_EXAMINED = (["bang"], ["lay"], ["chung"], ["nang"], ["lai"], ["cap"], ["do"], ["len"], ["tay"], ["gplx"])
"""Behind "thi" without accents these are what one sits for: "thi bang B2"."""


def learns(reading: Reading, begin: int, end: int) -> bool:
    """Whether a stretch tells of learning: "học", or "thi" where it is no "thì" that lost its accent."""
    words = reading.text.folded
    return any(
        words[i] != _EXAM
        or (reading.means(i, _EXAM) and (not reading.text.is_bare or words[i + 1 : i + 2] in _EXAMINED))
        for i in range(begin, end)
        if words[i] in _LEARNING
    )
