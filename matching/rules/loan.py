"""Who may borrow: the only rules that read category and date of completion (see `matching.pool.restricted`)."""

from datetime import date

import numpy as np

from matching.domain.bits import members_of
from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import Category, FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray
from matching.pool.restricted import Sealed
from matching.rules.loan_terms import source_of
from matching.rules.rule import LOANS, BlockerRule, Rule, all_but
from matching.rules.words import day

_EPOCH = date(1970, 1, 1).toordinal()


def _restricted(pairs: Pairs) -> tuple[IntArray, IntArray]:
    """Return category (-1 unknown) and ordinal of the day of completion (0 unknown) of each pair, (n_pairs,)."""
    sealed = pairs.people.sealed
    if not isinstance(sealed, Sealed):
        return np.full(len(pairs), -1), np.zeros(len(pairs), dtype=np.int64)
    return sealed.category[pairs.person], sealed.completed_on[pairs.person]


def on_the_list_of_the_loan(pairs: Pairs) -> BoolArray:
    """Pass when the scheme is open to everybody, or to people whose certificate is like this person's, (n_pairs,).

    NB: where nothing is known of a certificate the pair passes, with the blocker "confirm the certificate"; a scheme
    that is open to nobody passes nobody. The certificate itself is seen by the lender.
    """
    return ~_not_on_the_list(pairs)


def _not_on_the_list(pairs: Pairs) -> BoolArray:
    allowed = pairs.what.loan_categories.astype(np.int64)
    category, _ = _restricted(pairs)
    known = category >= 0
    listed = (allowed >> np.where(known, category, 0)) & 1 == 1
    barred: BoolArray = np.where(known, ~listed, allowed == 0)
    return barred & (allowed >= 0)


def _other_certificate(pairs: Pairs, row: int) -> Verdict:
    allowed = members_of(int(pairs.offers.loan_categories[pairs.offer[row]]), Category)
    return Verdict(
        rule=ON_THE_LIST_OF_THE_LOAN.name,
        wanted=None,
        offered=tuple(category.value for category in allowed),
        text_vi="Nguồn vốn này chưa áp dụng cho trường hợp này; xem các quỹ khác ở xã.",
        text_en="This money is not open to this case yet; see the other funds of the commune.",
        source=source_of(pairs, row),
    )


ON_THE_LIST_OF_THE_LOAN = Rule(
    name="on_the_list_of_the_loan", kinds=LOANS, passes=on_the_list_of_the_loan, verdict=_other_certificate
)


def within_the_months_of_the_loan(pairs: Pairs) -> BoolArray:
    """Pass from the day of completion to the same day of the month so many months later, both included, (n_pairs,).

    A month that has no such day ends on its last one. NB: an unknown day passes, with the blocker "confirm".
    """
    return all_but(pairs, (pairs.what.loan_max_months >= 0).nonzero()[0], _outside_the_months)


def _outside_the_months(pairs: Pairs) -> BoolArray:
    _, completed = _restricted(pairs)
    late = months_later(completed, pairs.what.loan_max_months) < pairs.as_of
    return (completed > 0) & (late | (completed > pairs.as_of))


def months_later(ordinals: IntArray, months: IntArray) -> IntArray:
    """Return the ordinals of the same days of the month *months* later, or of that month's last day, (n,).

    >>> from datetime import date
    >>> found = months_later(np.array([date(2021, 8, 31).toordinal()]), np.array([6]))
    >>> date.fromordinal(int(found[0]))
    datetime.date(2022, 2, 28)
    """
    days = (np.asarray(ordinals, dtype=np.int64) - _EPOCH).astype("datetime64[D]")
    first = days.astype("datetime64[M]")
    target = first + np.asarray(months, dtype=np.int64)
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    offset = np.minimum((days - first.astype("datetime64[D]")).astype(np.int64), length - 1)
    last: IntArray = target.astype("datetime64[D]").astype(np.int64) + offset + _EPOCH
    return last


def _months_passed(pairs: Pairs, row: int) -> Verdict:
    one = pairs.where(np.array([row]))
    months, (_, completed) = int(one.offers.loan_max_months[one.offer[0]]), _restricted(one)
    last, first = int(months_later(completed, np.array([months]))[0]), int(completed[0])
    early = first > pairs.as_of
    return Verdict(
        rule=WITHIN_THE_MONTHS_OF_THE_LOAN.name,
        wanted=date.fromordinal(pairs.as_of).isoformat(),
        offered=date.fromordinal(first if early else last).isoformat(),
        text_vi=f"Vay được từ {day(first)}."
        if early
        else f"Thời hạn {months} tháng để vay vốn này đã hết {day(last)}.",
        text_en=f"Open from {day(first)}." if early else f"The {months} months for this loan ended on {day(last)}.",
        fix=Fix(kind=FixKind.DATE, on=date.fromordinal(first)) if early else None,
        source=source_of(pairs, row),
    )


WITHIN_THE_MONTHS_OF_THE_LOAN = Rule(
    name="within_the_months_of_the_loan", kinds=LOANS, passes=within_the_months_of_the_loan, verdict=_months_passed
)


def certificate_to_be_confirmed(pairs: Pairs) -> BoolArray:
    """Say where the scheme asks for a certificate, or counts months from its day, and that is not known, (n_pairs,)."""
    category, completed = _restricted(pairs)
    listed: BoolArray = pairs.what.loan_categories >= 0
    counted: BoolArray = pairs.what.loan_max_months >= 0
    return (listed & (category < 0)) | (counted & (completed < 1))


def _confirm_the_certificate(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=CONFIRM_THE_CERTIFICATE.name,
        text_vi="Cần xem giấy chứng nhận và ngày ghi trên giấy trước khi lập hồ sơ vay.",
        text_en="The certificate and its date have to be seen before the loan is applied for.",
        fix=Fix(kind=FixKind.DOCUMENT, code=CERTIFICATE),
    )


CERTIFICATE = "certificate"
"""Code of the paper in a fix of kind `document`."""

CONFIRM_THE_CERTIFICATE = BlockerRule(
    name="confirm_the_certificate",
    kinds=LOANS,
    applies=certificate_to_be_confirmed,
    blocker=_confirm_the_certificate,
)
