"""What the posting itself does: break the law, or ask things that need a call first."""

import numpy as np

from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import FixKind, GenderClause, RecordClause
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.age import years_old
from matching.rules.rule import OPENINGS, BlockerRule, Rule, code, only


def posting_keeps_the_law(pairs: Pairs) -> BoolArray:
    """Pass unless the posting is held for something that the law does not allow, (n_pairs,).

    NB: only what the posting writes is judged; what an employer does and does not write is not seen.
    """
    return ~pairs.what.held


def _is_held(pairs: Pairs, row: int) -> Verdict:
    offer = pairs.offer[row]
    rules = pairs.offers.held_rules[offer]
    faults = "; ".join(text.rstrip(".") for text in pairs.offers.held_texts[offer])
    return Verdict(
        rule=POSTING_KEEPS_THE_LAW.name,
        wanted=None,
        offered=rules,
        text_vi=f"Tin này đang được giữ lại cho đến khi nơi tuyển sửa: {faults}.",
        text_en=f"The posting is held until the employer corrects it: {', '.join(rules)}.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


POSTING_KEEPS_THE_LAW = Rule(
    name="posting_keeps_the_law", kinds=OPENINGS, passes=posting_keeps_the_law, verdict=_is_held
)


def outside_the_ages_asked(pairs: Pairs) -> BoolArray:
    """Say where the person is, or may be, outside the ages a posting asks for, (n_pairs,).

    An upper limit is a blocker also where the age is not known. A lower limit of 18 is the law's, not a clause.
    """
    low, high = pairs.what.min_age, pairs.what.max_age
    rows = ((high >= 0) | (low > 0)).nonzero()[0]
    return only(pairs, rows, _outside)


def _outside(pairs: Pairs) -> BoolArray:
    low, high = pairs.what.min_age, pairs.what.max_age
    age = years_old(pairs)
    return np.where(age < 0, high >= 0, ((high >= 0) & (age > high)) | ((low > 0) & (age < low)))


def _ask_about_age(pairs: Pairs, row: int) -> Blocker:
    low, high = int(pairs.offers.min_age[pairs.offer[row]]), int(pairs.offers.max_age[pairs.offer[row]])
    asked_vi = " ".join(([f"từ {low}"] if low > 0 else []) + ([f"đến {high}"] if high >= 0 else []))
    asked_en = " ".join(([f"from {low}"] if low > 0 else []) + ([f"to {high}"] if high >= 0 else []))
    return Blocker(
        rule=AGE_CLAUSE_OF_THE_POSTING.name,
        text_vi=f"Tin tuyển ghi tuổi {asked_vi}: gọi hỏi trước.",
        text_en=f"The posting names ages {asked_en}: call first.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


AGE_CLAUSE_OF_THE_POSTING = BlockerRule(
    name="age_clause_of_the_posting", kinds=OPENINGS, applies=outside_the_ages_asked, blocker=_ask_about_age
)


def names_a_sex(pairs: Pairs) -> BoolArray:
    """Say where a posting asks for one sex, (n_pairs,); the person's is not known here, and never is."""
    named: BoolArray = pairs.what.gender_clause != code(GenderClause.NONE)
    return named


def _ask_about_sex(pairs: Pairs, row: int) -> Blocker:
    male = int(pairs.offers.gender_clause[pairs.offer[row]]) == code(GenderClause.MALE)
    return Blocker(
        rule=SEX_CLAUSE_OF_THE_POSTING.name,
        text_vi=f"Tin tuyển ghi chỉ nhận {'nam' if male else 'nữ'}: gọi hỏi trước.",
        text_en=f"The posting asks for {'men' if male else 'women'} only: call first.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


SEX_CLAUSE_OF_THE_POSTING = BlockerRule(
    name="sex_clause_of_the_posting", kinds=OPENINGS, applies=names_a_sex, blocker=_ask_about_sex
)


def asks_about_the_past(pairs: Pairs) -> BoolArray:
    """Say where a posting has a clause about a candidate's background, (n_pairs,)."""
    return pairs.what.record_clause > code(RecordClause.NONE)


def _ask_about_background(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=RECORD_CLAUSE_OF_THE_POSTING.name,
        text_vi="Tin tuyển có yêu cầu về lý lịch: cán bộ gọi hỏi trước.",
        text_en="The posting asks about background: the officer calls first.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


RECORD_CLAUSE_OF_THE_POSTING = BlockerRule(
    name="record_clause_of_the_posting", kinds=OPENINGS, applies=asks_about_the_past, blocker=_ask_about_background
)
