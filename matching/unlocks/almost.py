"""Offers that are one fix away: the fix is done, every rule is asked again, and all pass.

What a fix does is written here as columns, one function a rule; nothing is inferred from the number of verdicts. One
fix may settle two verdicts (a day on which a bar ends and the person is of age), and one verdict may have no fix.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from matching.domain.bits import mask, members_of
from matching.domain.match import Fix, Verdict
from matching.domain.vocabulary import ConstraintCode, FixKind, LicenceCode, NeedCode
from matching.pool.by_cell import everything
from matching.pool.coded import Coded
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray, People
from matching.rules import RULES, failing, passes
from matching.taxonomy.licences import Licences

_AGES = (
    "no_work_barred_to_minors",
    "of_working_age",
    "no_night_work_of_minors",
    "adult_where_adults_are_asked",
    "old_enough_for_the_course",
)
_BY_DAY = (*_AGES, "open_already", "no_court_bar", "within_the_months_of_the_loan")
"""Rules that a later day may make pass; no other rule that fails today passes by waiting."""

_COLUMN = {rule.name: i for i, rule in enumerate(RULES)}
_VERDICT = {rule.name: rule.verdict for rule in RULES}
_IN_TEXT = 2
_GROWN_UP = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Almost:
    """Pairs of one person that one fix would make pass."""

    pairs: Pairs
    told: tuple[Callable[[], Verdict], ...]
    """Says of each what has to be settled, with its fix."""


def almost_eligible(asked: Pairs, near: BoolArray, licences: Licences) -> Almost:
    """Return every offer within reach that is barred today and that one fix alone would open, by row of the pool.

    Where several fixes would do, the one of the first verdict is told.

    Parameters
    ----------
    asked : Pairs
        One pair: the person, with any offer.
    near : bool (1, n_cells)
        Cells within reach.
    licences : Licences
        What each licence covers.
    """
    _, rows = everything.within(asked.offers, near)
    rows = np.sort(rows)
    pairs = replace(asked, person=np.repeat(asked.person, len(rows)), offer=rows)
    failed = failing(pairs)
    barred = np.flatnonzero(failed.any(axis=1))
    pairs, failed = pairs.where(barred), failed[barred]
    found: dict[int, tuple[int, int, Callable[[int], Verdict]]] = {}
    for column, order, opened, verdict in _tried(pairs, failed, licences):
        for row in opened.tolist():
            if row not in found or (column, order) < found[row][:2]:
                found[row] = column, order, verdict
    at = sorted(found)
    told = tuple(partial(found[row][2], row) for row in at)
    return Almost(pairs=pairs.where(np.array(at, dtype=np.int64)), told=told)


_Tried = tuple[int, int, IntArray, Callable[[int], Verdict]]
"""Column of the rule, place among its verdicts, rows that the fix opens, and what is said of such a row."""


def _tried(pairs: Pairs, failed: BoolArray, licences: Licences) -> Iterator[_Tried]:
    """Yield what each fix opens."""
    yield from _asking(pairs, failed)
    yield from _licensed(pairs, failed, licences)
    yield from _waiting(pairs, failed)


def _asking(pairs: Pairs, failed: BoolArray) -> Iterator[_Tried]:
    """Yield what one question to the person or the employer opens."""
    for rule, settled in _SETTLED.items():
        rows = np.flatnonzero(failed[:, _COLUMN[rule]])
        if len(rows):
            opened = rows[passes(settled(pairs.where(rows)))]
            if rule in _AGES:
                asks = [fix is not None and fix.kind is FixKind.ASK_PERSON for fix in _fixes(rule, pairs, opened)]
                opened = opened[np.array(asks, dtype=bool)]
            yield _COLUMN[rule], 0, opened, partial(_VERDICT[rule], pairs)


def _fixes(rule: str, pairs: Pairs, rows: IntArray) -> list[Fix | None]:
    """Return the fix of one rule for some rows; ages are asked once for offers of one least age and last day."""
    first = same = np.arange(len(rows))
    if rule in _AGES:
        alike = np.stack((pairs.what.min_age[rows], pairs.what.closes_on[rows]), axis=1)
        _, first, same = np.unique(alike, axis=0, return_index=True, return_inverse=True)
    told = [_VERDICT[rule](pairs, row).fix for row in rows[first].tolist()]
    return [told[i] for i in same.reshape(-1).tolist()]


def _licensed(pairs: Pairs, failed: BoolArray, licences: Licences) -> Iterator[_Tried]:
    """Yield what each licence that lacks somewhere opens by itself."""
    column = _COLUMN["licence_held"]
    rows = np.flatnonzero(failed[:, column])
    lacking = pairs.offers.licences_required[pairs.offer[rows]] & ~pairs.people.licences[pairs.person[rows]]
    for licence in members_of(int(np.bitwise_or.reduce(lacking, initial=0)), LicenceCode):
        its = rows[(lacking & mask([licence])) != 0]
        held = pairs.people.licences | licences.covers[licence]
        opened = its[passes(replace(pairs.where(its), people=replace(pairs.people, licences=held)))]
        yield column, list(LicenceCode).index(licence), opened, partial(_about, pairs, licence)


def _about(pairs: Pairs, licence: LicenceCode, row: int) -> Verdict:
    told = RULES[_COLUMN["licence_held"]].verdicts(pairs, row)
    return next(verdict for verdict in told if verdict.offered == licence.value)


def _waiting(pairs: Pairs, failed: BoolArray) -> Iterator[_Tried]:
    """Yield what a day opens on which some rule passes by itself."""
    others = np.delete(failed, [_COLUMN[name] for name in _BY_DAY], axis=1)
    days: dict[tuple[date, str], list[int]] = {}
    for name in _BY_DAY:
        rows = np.flatnonzero(~others.any(axis=1) & failed[:, _COLUMN[name]])
        for row, fix in zip(rows.tolist(), _fixes(name, pairs, rows), strict=True):
            if fix is not None and fix.on is not None:
                days.setdefault((fix.on, name), []).append(row)
    for (on, name), its in days.items():
        rows = np.array(its, dtype=np.int64)
        opened = rows[passes(replace(pairs.where(rows), as_of=on.toordinal()))]
        yield _COLUMN[name], 0, opened, partial(_VERDICT[name], pairs)


def _person(change: Callable[[People], dict[str, Any]]) -> Callable[[Pairs], Pairs]:
    return lambda pairs: replace(pairs, people=replace(pairs.people, **change(pairs.people)))


def _offer(**columns: Any) -> Callable[[Pairs], Pairs]:
    """Return how an answer of the employer changes the offers of some pairs."""

    def changed(pairs: Pairs) -> Pairs:
        offers = pairs.offers.take(pairs.offer)
        return replace(pairs, offers=replace(offers, **_filled(offers, columns)), offer=np.arange(len(pairs)))

    return changed


def _filled(offers: Offers, columns: dict[str, Any]) -> dict[str, Any]:
    filled = {}
    for name, value in columns.items():
        whole = np.full_like(getattr(offers, name)[:], value)
        filled[name] = Coded.of(whole) if isinstance(getattr(offers, name), Coded) else whole
    return filled


def _of_age(people: People) -> dict[str, Any]:
    return {
        "earliest_birth": np.full_like(people.earliest_birth, _GROWN_UP),
        "constraints": people.constraints & ~mask([ConstraintCode.MINOR]),
    }


_SETTLED: dict[str, Callable[[Pairs], Pairs]] = {
    "something_is_asked_for": _person(lambda p: {"needs": p.needs & ~mask([NeedCode.NONE])}),
    "no_bar_told_in_the_survey": _person(lambda p: {"closed_trades": p.closed_trades & ~_IN_TEXT}),
    "within_reach": _person(
        lambda p: {
            "max_commute_km": np.full_like(p.max_commute_km, np.nan),
            "constraints": p.constraints & ~mask([ConstraintCode.NEAR_HOME_ONLY]),
        }
    ),
    "amount_within_the_ceiling": _person(lambda p: {"loan_vnd": np.full_like(p.loan_vnd, np.nan)}),
    "enrolled_where_learners_borrow": _person(lambda p: {"enrolled": np.ones_like(p.enrolled)}),
    **dict.fromkeys(_AGES, _person(_of_age)),
    "posting_keeps_the_law": _offer(held=False),
    "can_be_done_at_home": _offer(at_home=1),
    "no_night_shift": _offer(night_shift=0),
    "hours_fit": _offer(start=-1, end=-1),
    "wage_reaches_the_floor": _offer(wage_max=np.nan),
}
"""What a pair looks like when the question of a rule's fix was answered as hoped."""
