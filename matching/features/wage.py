"""What an opening pays, against the person's own floor and against what other openings of the pool pay."""

import numpy as np

from matching.domain.bits import positions
from matching.domain.vocabulary import OfferKind, PreferenceCode, WageUnit
from matching.features.measures import by_code, for_those, prefers, reckoned_once
from matching.pool.offers import Offers
from matching.pool.once import Once
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

_OPENING = positions(OfferKind)[OfferKind.OPENING]
_PAID_BY_DAY = by_code(*(np.nan if u is WageUnit.UNKNOWN else u is WageUnit.DAY for u in positions(WageUnit)))

MIN_COMPARABLE = 5
"""Openings of one occupation that must state a comparable wage before their median stands for it."""


def usual_wages(offers: Offers) -> FloatArray:
    """Return the wage that is usual for each occupation in this pool, VND a month, (n_occupations + 1,).

    By row in `Occupations` up to the last one met; the last entry is for all others. The median over the openings of
    the unit group that state a comparable wage and are not held; the median over all openings where these are fewer
    than `MIN_COMPARABLE`; NaN when no opening states one.
    """
    paid = middle_wages(offers)
    counted = np.flatnonzero((offers.kind == _OPENING) & ~offers.held & ~np.isnan(paid))
    usual = np.full(int(offers.occupation.max(initial=-1)) + 2, np.nan)
    if not len(counted):
        return usual
    usual[:] = _median(np.sort(paid[counted]))
    order = counted[np.lexsort((paid[counted], offers.occupation[counted]))]
    rows, starts, counts = np.unique(offers.occupation[order], return_index=True, return_counts=True)
    low, high = order[starts + (counts - 1) // 2], order[starts + counts // 2]
    many = (rows >= 0) & (counts >= MIN_COMPARABLE)
    usual[rows[many]] = ((paid[low] + paid[high]) / 2)[many]
    return usual


def _median(ascending: FloatArray) -> float:
    n = len(ascending)
    return float((ascending[(n - 1) // 2] + ascending[n // 2]) / 2)


def middle_wages(offers: Offers) -> FloatArray:
    """Return the middle of each offer's wage, or its one bound, VND a month, (n,); NaN when not comparable."""
    low, high = offers.wage_min, offers.wage_max
    return np.where(np.isnan(low), high, np.where(np.isnan(high), low, (low + high) / 2))


usual_of = Once(usual_wages)
"""The usual wages of a pool, reckoned once: every question sees the same medians, also while the pool grows."""


def wage_known(pairs: Pairs) -> FloatArray:
    """1 when the opening states a wage that can be compared with a month's, 0 when not (by share, by piece, unsaid)."""
    low, high = pairs.what.wage_min, pairs.what.wage_max
    return np.asarray(~(np.isnan(low) & np.isnan(high))).astype(np.float32)


def wage_to_floor(pairs: Pairs) -> FloatArray:
    """Return the best the opening pays, as a multiple of the lowest wage the person accepts."""
    return for_those(pairs.who.wage_floor > 0, lambda: _to_floor(pairs))


def _to_floor(pairs: Pairs) -> FloatArray:
    floor, best = pairs.who.wage_floor, np.fmax(pairs.what.wage_max, pairs.what.wage_min)
    multiple: FloatArray = best / np.where(floor > 0, floor, np.nan)
    return multiple.round(4)


def wage_to_usual(pairs: Pairs) -> FloatArray:
    """Return the middle of the opening's wage, as a multiple of what is usual for the occupation in this pool."""
    return reckoned_once(pairs, "wage_to_usual", _to_usual)


def _to_usual(pairs: Pairs) -> FloatArray:
    low, high = pairs.what.wage_min, pairs.what.wage_max
    middle = np.where(np.isnan(low), high, np.where(np.isnan(high), low, (low + high) / 2))
    usual, trade = usual_of(pairs.offers), pairs.what.occupation
    multiple: FloatArray = middle / usual.take(np.minimum(trade, len(usual) - 1))
    return multiple.round(4).astype(np.float32)


def higher_wage_wanted(pairs: Pairs) -> FloatArray:
    """Return the same multiple, for a person who asks for better pay."""
    return for_those(prefers(pairs, PreferenceCode.WANTS_HIGHER_WAGE), lambda: wage_to_usual(pairs))


def daily_pay_wanted(pairs: Pairs) -> FloatArray:
    """1 when a person who would like to be paid by the day is, 0 when the wage is of another unit."""
    wanted = prefers(pairs, PreferenceCode.WANTS_DAILY_PAY)
    return for_those(wanted, lambda: _PAID_BY_DAY.take(pairs.what.wage_unit))
