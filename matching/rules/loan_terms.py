"""What a loan scheme lends, to whom it lends at all, and where; nothing here knows why a person may borrow."""

import numpy as np

from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.offer import Loan
from matching.domain.vocabulary import FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray
from matching.rules.courses import course_to_enrol_in
from matching.rules.rule import LOANS, BlockerRule, Rule, all_but
from matching.rules.words import day, money

_DECISION_22 = "22/2023"


def source_of(pairs: Pairs, row: int) -> str | None:
    """Return the decision a loan follows, or else where its terms were published, and the day they were taken."""
    loan = _record(pairs, row)
    cited = f"{loan.title} {loan.source or ''}"
    name = "Quyết định 22/2023/QĐ-TTg" if _DECISION_22 in cited else loan.source
    if name is None:
        return None
    return name if loan.as_of is None else f"{name} ({day(loan.as_of.toordinal())})"


def _record(pairs: Pairs, row: int) -> Loan:
    record = pairs.offers.records[pairs.offer[row]]
    if not isinstance(record, Loan):
        raise TypeError(f"offer [{record.offer_id}] is no loan")
    return record


def lends_to_persons(pairs: Pairs) -> BoolArray:
    """Pass unless the scheme lends to employers, (n_pairs,); a person is never sent to it."""
    return ~pairs.what.loan_to_employer


def _lends_to_employers(pairs: Pairs, row: int) -> Verdict:
    return Verdict(
        rule=LENDS_TO_PERSONS.name,
        wanted="person",
        offered="employer",
        text_vi="Vốn này dành cho cơ sở sản xuất kinh doanh vay, không cho cá nhân.",
        text_en="This money is lent to businesses, not to persons.",
        source=source_of(pairs, row),
    )


LENDS_TO_PERSONS = Rule(name="lends_to_persons", kinds=LOANS, passes=lends_to_persons, verdict=_lends_to_employers)


def ceiling_vnd(pairs: Pairs) -> FloatArray:
    """Return the most that the scheme lends to the person of each pair, VND, (n_pairs,); NaN without a ceiling.

    A ceiling a month is multiplied by the months of the programme the person is enrolled in. Where these are not
    known, one month is what is sure.
    """
    a_month, months = pairs.what.loan_max_month, pairs.who.training_months
    by_months = a_month * np.fmax(months, 1.0)
    return np.asarray(np.fmin(pairs.what.loan_max, by_months))


def amount_within_the_ceiling(pairs: Pairs) -> BoolArray:
    """Pass unless the sum asked for is above what the scheme lends, (n_pairs,).

    NB: a wish that names no sum passes, with the blocker "ask how much"; that less would do is not assumed but asked.
    """
    return ~(pairs.who.loan_vnd > ceiling_vnd(pairs))


def _over_the_ceiling(pairs: Pairs, row: int) -> Verdict:
    asked, ceiling = (
        float(pairs.people.loan_vnd[pairs.person[row]]),
        float(ceiling_vnd(pairs.where(np.array([row])))[0]),
    )
    (asked_vi, asked_en), (most_vi, most_en) = money(asked), money(ceiling)
    return Verdict(
        rule=AMOUNT_WITHIN_THE_CEILING.name,
        wanted=round(asked),
        offered=round(ceiling),
        text_vi=f"Muốn vay {asked_vi}, nơi này cho vay nhiều nhất {most_vi}; hỏi xem vay ít hơn có đủ không.",
        text_en=f"Asks for {asked_en}, at most {most_en} is lent here; ask whether less would do.",
        fix=Fix(kind=FixKind.ASK_PERSON),
        source=source_of(pairs, row),
    )


AMOUNT_WITHIN_THE_CEILING = Rule(
    name="amount_within_the_ceiling", kinds=LOANS, passes=amount_within_the_ceiling, verdict=_over_the_ceiling
)


def commune_of_the_loan(pairs: Pairs) -> BoolArray:
    """Pass unless the scheme names communes and the person's is none of them, (n_pairs,).

    NB: an unknown commune of the person passes, and so does a scheme with a commune whose name did not resolve;
    the blocker "ask" is said. A list that is empty serves no commune.
    """
    return ~_other_commune(pairs)


def _other_commune(pairs: Pairs) -> BoolArray:
    asked = zip(pairs.what.loan_communes, pairs.who.place.tolist(), strict=True)
    return np.array([_lies_outside(communes, home) for communes, home in asked], dtype=bool)


def _lies_outside(communes: tuple[int, ...] | None, home: int) -> bool:
    if communes is None or -1 in communes:
        return False
    return not communes or (home >= 0 and home not in communes)


def _serves_other_communes(pairs: Pairs, row: int) -> Verdict:
    return Verdict(
        rule=COMMUNE_OF_THE_LOAN.name,
        wanted=None,
        offered=_record(pairs, row).communes,
        text_vi="Quỹ này chỉ cho vay ở xã khác.",
        text_en="This fund lends in other communes only.",
        source=source_of(pairs, row),
    )


COMMUNE_OF_THE_LOAN = Rule(
    name="commune_of_the_loan", kinds=LOANS, passes=commune_of_the_loan, verdict=_serves_other_communes
)


def some_purpose_is_served(pairs: Pairs) -> BoolArray:
    """Pass unless the scheme's list of purposes is empty, (n_pairs,); how well a purpose fits only ranks."""
    return ~_no_purpose(pairs)


def _no_purpose(pairs: Pairs) -> BoolArray:
    return np.array([served == () for served in pairs.what.loan_purposes], dtype=bool)


def _serves_no_purpose(pairs: Pairs, row: int) -> Verdict:
    return Verdict(
        rule=SOME_PURPOSE_IS_SERVED.name,
        wanted=None,
        offered=(),
        text_vi="Nguồn vốn này hiện không cho vay vào việc nào.",
        text_en="This money is lent for no purpose at present.",
        source=source_of(pairs, row),
    )


SOME_PURPOSE_IS_SERVED = Rule(
    name="some_purpose_is_served", kinds=LOANS, passes=some_purpose_is_served, verdict=_serves_no_purpose
)


def enrolled_where_learners_borrow(pairs: Pairs) -> BoolArray:
    """Pass unless the scheme lends to learners and the person is enrolled in no programme, (n_pairs,).

    NB: only enrolments that the service recorded are known; one in a school elsewhere has to be entered.
    """
    for_learners = pairs.what.loan_enrolled == 1
    return all_but(pairs, for_learners.nonzero()[0], lambda some: ~some.who.enrolled)


def _not_enrolled(pairs: Pairs, row: int) -> Verdict:
    course = course_to_enrol_in(pairs, row)
    fix = Fix(kind=FixKind.ASK_PERSON) if course is None else Fix(kind=FixKind.PROGRAMME, offer_id=course)
    return Verdict(
        rule=ENROLLED_WHERE_LEARNERS_BORROW.name,
        wanted=False,
        offered=True,
        text_vi="Chỉ cho người đang học nghề vay: ghi danh một khóa học trước.",
        text_en="Lent to learners only: enrol in a course first.",
        fix=fix,
        source=source_of(pairs, row),
    )


ENROLLED_WHERE_LEARNERS_BORROW = Rule(
    name="enrolled_where_learners_borrow", kinds=LOANS, passes=enrolled_where_learners_borrow, verdict=_not_enrolled
)


def fund_not_empty(pairs: Pairs) -> BoolArray:
    """Pass unless the fund holds nothing, or less than the least it lends, (n_pairs,).

    NB: a balance that the lender does not tell is not "empty".
    """
    balance = pairs.what.loan_balance
    return ~((balance <= 0) | (balance < pairs.what.loan_min))


def _fund_is_empty(pairs: Pairs, row: int) -> Verdict:
    return Verdict(
        rule=FUND_NOT_EMPTY.name,
        wanted=None,
        offered=round(float(pairs.offers.loan_balance[pairs.offer[row]])),
        text_vi="Quỹ hiện đã cho vay hết; hỏi lại khi có người trả vốn.",
        text_en="The fund is lent out at present; ask again when money comes back.",
        source=source_of(pairs, row),
    )


FUND_NOT_EMPTY = Rule(name="fund_not_empty", kinds=LOANS, passes=fund_not_empty, verdict=_fund_is_empty)


def amount_to_be_asked(pairs: Pairs) -> BoolArray:
    """Say who asks for no sum, (n_pairs,)."""
    return np.asarray(np.isnan(pairs.who.loan_vnd))


def _ask_how_much(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=ASK_THE_AMOUNT.name,
        text_vi="Chưa rõ muốn vay bao nhiêu: hỏi số tiền và việc cần làm.",
        text_en="It is not known how much is needed: ask for the sum and its purpose.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


ASK_THE_AMOUNT = BlockerRule(name="ask_the_amount", kinds=LOANS, applies=amount_to_be_asked, blocker=_ask_how_much)


def less_than_is_lent(pairs: Pairs) -> BoolArray:
    """Say who asks for less than the least sum that is lent, (n_pairs,)."""
    asked, least = pairs.who.loan_vnd, pairs.what.loan_min
    return asked < least


def _ask_for_the_least(pairs: Pairs, row: int) -> Blocker:
    vi, en = money(float(pairs.offers.loan_min[pairs.offer[row]]))
    return Blocker(
        rule=LESS_THAN_IS_LENT.name,
        text_vi=f"Nơi này cho vay ít nhất {vi}: hỏi xem có cần đến chừng đó không.",
        text_en=f"At least {en} is lent here: ask whether that much is needed.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


LESS_THAN_IS_LENT = BlockerRule(
    name="less_than_is_lent", kinds=LOANS, applies=less_than_is_lent, blocker=_ask_for_the_least
)


def more_than_the_fund_holds(pairs: Pairs) -> BoolArray:
    """Say who asks for more than the fund holds at present, (n_pairs,)."""
    return pairs.who.loan_vnd > pairs.what.loan_balance


def _ask_the_fund(pairs: Pairs, row: int) -> Blocker:
    vi, en = money(float(pairs.offers.loan_balance[pairs.offer[row]]))
    return Blocker(
        rule=MORE_THAN_THE_FUND_HOLDS.name,
        text_vi=f"Quỹ hiện còn {vi}: hỏi quỹ có thể cho vay phần nào trước không.",
        text_en=f"The fund holds {en} at present: ask whether a part could be lent first.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


MORE_THAN_THE_FUND_HOLDS = BlockerRule(
    name="more_than_the_fund_holds", kinds=LOANS, applies=more_than_the_fund_holds, blocker=_ask_the_fund
)


def commune_to_be_asked(pairs: Pairs) -> BoolArray:
    """Say where a scheme names communes and the person's, or one of the scheme's, is not known, (n_pairs,)."""
    asked = zip(pairs.what.loan_communes, pairs.who.place.tolist(), strict=True)
    return np.array([_is_unclear(communes, home) for communes, home in asked], dtype=bool)


def _is_unclear(communes: tuple[int, ...] | None, home: int) -> bool:
    if not communes:
        return False
    return home < 0 or (-1 in communes and home not in communes)


def _ask_the_commune(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=ASK_THE_COMMUNE.name,
        text_vi="Quỹ chỉ cho vay ở một số xã: hỏi lại xã đang ở và nơi quỹ cho vay.",
        text_en="The fund lends in some communes only: ask where the person lives and where it lends.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


ASK_THE_COMMUNE = BlockerRule(
    name="ask_the_commune", kinds=LOANS, applies=commune_to_be_asked, blocker=_ask_the_commune
)
