"""Wages of different units made comparable, honestly: what cannot be compared stays unknown."""

from matching.domain.vocabulary import WageUnit

WORK_DAYS_A_MONTH = 26
"""Days of a full month at six days a week, as wages by the day are counted in Vietnam."""

HOURS_A_DAY = 8
"""Normal hours of a day (Labour Code 2019, article 105)."""

_WEEKS_A_MONTH = 52 / 12


def monthly(amount_vnd: float, unit: WageUnit, *, days_per_week: int | None = None) -> float | None:
    """Return what *amount_vnd* a *unit* comes to in a month, in VND.

    None when the unit cannot be compared with a month (by the piece, by share of the catch, not stated).

    >>> monthly(300_000, WageUnit.DAY)
    7800000.0
    >>> monthly(5_000_000, WageUnit.SHARE) is None
    True
    """
    days = WORK_DAYS_A_MONTH if days_per_week is None else min(WORK_DAYS_A_MONTH, round(days_per_week * _WEEKS_A_MONTH))
    if unit is WageUnit.MONTH:
        return float(amount_vnd)
    if unit is WageUnit.DAY:
        return float(amount_vnd) * days
    if unit is WageUnit.HOUR:
        return float(amount_vnd) * HOURS_A_DAY * days
    return None
