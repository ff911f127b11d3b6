"""Numbers as a person reads them, in Vietnamese and English."""

from typing import Literal

Language = Literal[0, 1]
VI: Language = 0
EN: Language = 1

Both = tuple[str, str]
"""A phrase in Vietnamese and in English."""

Bands = tuple[tuple[float, Both], ...]
"""Upper end of each band, exclusive, and what it is called."""


def band(value: float, bands: Bands) -> Both:
    """Return the first band whose upper end lies above *value*."""
    return next(words for end, words in bands if value < end)


def number(value: float, language: Language) -> str:
    """Return a number with at most one decimal.

    >>> number(8.0, VI), number(2.5, VI), number(2.5, EN)
    ('8', '2,5', '2.5')
    """
    figure = f"{round(float(value), 1):g}"
    return figure.replace(".", ",") if language == VI else figure


def numbers(value: float) -> Both:
    """Return a number in both languages."""
    return number(value, VI), number(value, EN)


def weeks(length: float) -> Both:
    """Return a number of weeks in both languages.

    >>> weeks(1), weeks(2.5)
    (('1 tuần', '1 week'), ('2,5 tuần', '2.5 weeks'))
    """
    return f"{number(length, VI)} tuần", f"{number(length, EN)} week" + ("" if length == 1 else "s")
