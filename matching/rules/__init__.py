"""May this person take this offer, and if not: why, and what would fix it.

Being ineligible is an answer: a failing rule gives a `Verdict` with what was wanted, what was offered and what would
make it pass. `RULES` and `BLOCKERS` are closed. A rule judges pairs of its kinds only and states in its docstring
what it cannot know; an unknown is never read as a no.
"""

import numpy as np

from matching.domain.bits import positions
from matching.domain.match import Blocker, Verdict
from matching.domain.vocabulary import OfferKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.age import (
    ADULT_WHERE_ADULTS_ARE_ASKED,
    ASK_THE_AGE,
    MINOR_AT_WORK,
    NO_NIGHT_WORK_OF_MINORS,
    NO_WORK_BARRED_TO_MINORS,
    OF_WORKING_AGE,
    OLD_ENOUGH_FOR_THE_COURSE,
)
from matching.rules.asked import SCHOOLING_ASKED, SKILLS_ASKED, YEARS_ASKED
from matching.rules.body import BODY_TO_BE_ASKED, NO_DEMAND_AGAINST_THE_BODY
from matching.rules.court_bar import NO_BAR_TOLD_IN_THE_SURVEY, NO_COURT_BAR
from matching.rules.dates import NOT_CLOSED, OPEN_ALREADY
from matching.rules.licence import LICENCE_HELD
from matching.rules.loan import CONFIRM_THE_CERTIFICATE, ON_THE_LIST_OF_THE_LOAN, WITHIN_THE_MONTHS_OF_THE_LOAN
from matching.rules.loan_terms import (
    AMOUNT_WITHIN_THE_CEILING,
    ASK_THE_AMOUNT,
    ASK_THE_COMMUNE,
    COMMUNE_OF_THE_LOAN,
    ENROLLED_WHERE_LEARNERS_BORROW,
    FUND_NOT_EMPTY,
    LENDS_TO_PERSONS,
    LESS_THAN_IS_LENT,
    MORE_THAN_THE_FUND_HOLDS,
    SOME_PURPOSE_IS_SERVED,
)
from matching.rules.need import ASK_WHAT_IS_NEEDED, SOMETHING_IS_ASKED_FOR
from matching.rules.papers import PAPERS_FIRST
from matching.rules.place import CAN_BE_DONE_AT_HOME, CLASS_IS_AWAY_FROM_HOME, HOUSING_TO_BE_FOUND, WITHIN_REACH
from matching.rules.posting import (
    AGE_CLAUSE_OF_THE_POSTING,
    POSTING_KEEPS_THE_LAW,
    RECORD_CLAUSE_OF_THE_POSTING,
    SEX_CLAUSE_OF_THE_POSTING,
)
from matching.rules.programme import ASK_THE_SCHOOLING, SCHOOLING_FOR_THE_COURSE
from matching.rules.rule import BlockerRule, Rule
from matching.rules.schedule import APPOINTMENT_TO_SETTLE, CARE_AT_NIGHT, HOURS_FIT, NO_NIGHT_SHIFT, NO_NIGHTS_AWAY
from matching.rules.seats import SEATS_LEFT
from matching.rules.trade import TRADE_NOT_REFUSED
from matching.rules.wage import WAGE_REACHES_THE_FLOOR

RULES: tuple[Rule, ...] = (
    SOMETHING_IS_ASKED_FOR,
    NOT_CLOSED,
    OPEN_ALREADY,
    SEATS_LEFT,
    POSTING_KEEPS_THE_LAW,
    NO_COURT_BAR,
    NO_BAR_TOLD_IN_THE_SURVEY,
    NO_WORK_BARRED_TO_MINORS,
    OF_WORKING_AGE,
    NO_NIGHT_WORK_OF_MINORS,
    ADULT_WHERE_ADULTS_ARE_ASKED,
    OLD_ENOUGH_FOR_THE_COURSE,
    SCHOOLING_FOR_THE_COURSE,
    LICENCE_HELD,
    TRADE_NOT_REFUSED,
    WITHIN_REACH,
    CAN_BE_DONE_AT_HOME,
    NO_NIGHTS_AWAY,
    NO_NIGHT_SHIFT,
    HOURS_FIT,
    NO_DEMAND_AGAINST_THE_BODY,
    WAGE_REACHES_THE_FLOOR,
    LENDS_TO_PERSONS,
    ON_THE_LIST_OF_THE_LOAN,
    WITHIN_THE_MONTHS_OF_THE_LOAN,
    AMOUNT_WITHIN_THE_CEILING,
    COMMUNE_OF_THE_LOAN,
    SOME_PURPOSE_IS_SERVED,
    ENROLLED_WHERE_LEARNERS_BORROW,
    FUND_NOT_EMPTY,
)
"""Every rule; verdicts come in this order, what nobody can change first."""

BLOCKERS: tuple[BlockerRule, ...] = (
    ASK_WHAT_IS_NEEDED,
    PAPERS_FIRST,
    ASK_THE_AGE,
    MINOR_AT_WORK,
    ASK_THE_SCHOOLING,
    CLASS_IS_AWAY_FROM_HOME,
    CONFIRM_THE_CERTIFICATE,
    ASK_THE_AMOUNT,
    LESS_THAN_IS_LENT,
    MORE_THAN_THE_FUND_HOLDS,
    ASK_THE_COMMUNE,
    APPOINTMENT_TO_SETTLE,
    CARE_AT_NIGHT,
    BODY_TO_BE_ASKED,
    HOUSING_TO_BE_FOUND,
    YEARS_ASKED,
    SKILLS_ASKED,
    SCHOOLING_ASKED,
    AGE_CLAUSE_OF_THE_POSTING,
    SEX_CLAUSE_OF_THE_POSTING,
    RECORD_CLAUSE_OF_THE_POSTING,
)
"""Everything that is said beside a shown match; the person's own matters first, then the posting's."""


def passes(pairs: Pairs) -> BoolArray:
    """Return which pairs pass every rule, (n_pairs,); see `failing` for all rules of every pair."""
    passing = np.zeros(len(pairs), dtype=bool)
    for kind, rows, its in pairs.by_kind():
        passing[rows] = _passes(its, _RULES_OF[kind])
    return passing


def _passes(pairs: Pairs, rules: tuple[Rule, ...]) -> BoolArray:
    """Return which pairs of one kind pass; when most have failed, only the others are put to the later rules."""
    left, rows = pairs, np.arange(len(pairs))
    passing = np.ones(len(pairs), dtype=bool)
    for rule in rules:
        passing &= rule.passes(left)
        n = np.count_nonzero(passing)
        if 2 * n < len(passing):
            left, rows, passing = left.where(passing), rows[passing], np.ones(n, dtype=bool)
            if not n:
                break
    found = np.zeros(len(pairs), dtype=bool)
    found[rows[passing]] = True
    return found


def failing(pairs: Pairs) -> BoolArray:
    """Return which rules each pair fails, (n_pairs, n_rules), columns in the order of `RULES`."""
    failed = np.zeros((len(pairs), len(RULES)), dtype=bool)
    for kind, rows, its in pairs.by_kind():
        for rule in _RULES_OF[kind]:
            failed[rows, _COLUMN[rule.name]] = ~rule.passes(its)
    return failed


def why_not(pairs: Pairs, row: int, failed: BoolArray | None = None) -> tuple[Verdict, ...]:
    """Return what every failing rule says about one pair; () when it passes.

    Parameters
    ----------
    failed : array or None
        The row of `failing(pairs)`, (n_rules,), when it is at hand; None: the rules are asked again.
    """
    if failed is None:
        failed = failing(pairs.where(np.array([row])))[0]
    return tuple(verdict for column in failed.nonzero()[0] for verdict in RULES[column].verdicts(pairs, row))


def blocking(pairs: Pairs) -> BoolArray:
    """Return which blockers are said of each pair, (n_pairs, n_blockers), columns in the order of `BLOCKERS`."""
    about: BoolArray = _BLOCKERS_ABOUT[pairs.what.kind]
    said = np.zeros((len(pairs), len(BLOCKERS)), dtype=bool)
    for column in np.flatnonzero(about.any(axis=0)).tolist():
        said[:, column] = BLOCKERS[column].applies(pairs)
    return said & about


def blockers(pairs: Pairs, row: int, said: BoolArray | None = None) -> tuple[Blocker, ...]:
    """Return what has to be settled before one pair can work.

    Parameters
    ----------
    said : array or None
        The row of `blocking(pairs)`, (n_blockers,), when it is at hand; None: the blockers are asked again.
    """
    if said is None:
        said = blocking(pairs.where(np.array([row])))[0]
    return tuple(BLOCKERS[column].blocker(pairs, row) for column in said.nonzero()[0])


_RULES_OF = tuple(tuple(rule for rule in RULES if kind in rule.kinds) for kind in positions(OfferKind))
_BLOCKERS_ABOUT = np.array([[kind in rule.kinds for rule in BLOCKERS] for kind in positions(OfferKind)])
"""By code of `OfferKind`: what is put to its pairs."""
_COLUMN = {rule.name: i for i, rule in enumerate(RULES)}
