"""What a sentence says of a value alone: the same whoever and whatever it is about."""

from typing import Literal

import numpy as np

from matching.rules.words import kilometres

Language = Literal[0, 1]
VI: Language = 0
EN: Language = 1

Both = tuple[str, str]
"""A phrase in Vietnamese and in English."""

_HARDLY_PERCENT = 3
"""A wage that differs by less is called usual."""

Bands = tuple[tuple[float, Both], ...]
"""Upper end of each band, exclusive, and what it is called."""

_DISTANCE_BANDS: Bands = (
    (5, ("dưới 5 km", "under 5 km")),
    (15, ("5–15 km", "5–15 km")),
    (30, ("15–30 km", "15–30 km")),
    (np.inf, ("trên 30 km", "over 30 km")),
)


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


def _kilometres(distance: float) -> Both:
    words = "1 km" if distance < 1 else kilometres(distance)
    return words, words.replace(",", ".")


class Figures:
    """What can be said of one value: every property is a phrase in both languages, ready to stand in a sentence.

    Parameters
    ----------
    value : float
        The feature that is spoken of.
    """

    __slots__ = ("value",)

    def __init__(self, value: float) -> None:
        self.value = value

    @property
    def number(self) -> Both:
        """The feature's own value."""
        return numbers(self.value)

    @property
    def weeks(self) -> Both:
        """The feature's own value as weeks."""
        return weeks(self.value)

    @property
    def answers(self) -> Both:
        """How far the offer answers the need."""
        return ("Đúng", "Answers") if self.value >= 1 else ("Đáp ứng một phần", "Answers a part of")

    @property
    def km(self) -> Both:
        """The feature's own value as a distance; a kilometre within a commune."""
        return _kilometres(self.value)

    @property
    def distance_band(self) -> Both:
        """The feature's own value as a band of distance."""
        return band(self.value, _DISTANCE_BANDS)

    @property
    def minutes(self) -> Both:
        """The feature's own value as minutes, to the next five."""
        minutes = str(max(5, round(self.value / 5) * 5))
        return minutes, minutes

    @property
    def against_usual(self) -> Both:
        """The feature's own value, the wage as a multiple of what is usual, in percent."""
        percent = round((self.value - 1) * 100)
        if abs(percent) < _HARDLY_PERCENT:
            return "ngang mức thường thấy", "about what is usual"
        vi, en = ("cao hơn", "above") if percent > 0 else ("thấp hơn", "below")
        return f"{vi} mức thường thấy {abs(percent)}%", f"{abs(percent)}% {en} what is usual"
