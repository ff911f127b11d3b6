"""What a programme asks of those who enter."""

from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import PROGRAMMES, BlockerRule, Rule


def schooling_for_the_course(pairs: Pairs) -> BoolArray:
    """Pass unless the person is known to have finished fewer grades than the programme asks for, (n_pairs,).

    NB: unknown schooling passes, with the blocker "ask"; certificates of other schooling are not compared.
    """
    schooling, asked = pairs.who.schooling, pairs.what.min_schooling
    return (schooling < 0) | (schooling >= asked)


def _too_little_schooling(pairs: Pairs, row: int) -> Verdict:
    asked = int(pairs.offers.min_schooling[pairs.offer[row]])
    has = int(pairs.people.schooling[pairs.person[row]])
    return Verdict(
        rule=SCHOOLING_FOR_THE_COURSE.name,
        wanted=has,
        offered=asked,
        text_vi=f"Lớp này nhận người học xong lớp {asked}; hiện ghi là lớp {has}.",
        text_en=f"The course takes people who finished grade {asked}; grade {has} is noted.",
    )


SCHOOLING_FOR_THE_COURSE = Rule(
    name="schooling_for_the_course",
    kinds=PROGRAMMES,
    passes=schooling_for_the_course,
    verdict=_too_little_schooling,
)


def schooling_has_to_be_known(pairs: Pairs) -> BoolArray:
    """Say where a programme asks for a grade and the person's is not known, (n_pairs,)."""
    asks: BoolArray = pairs.what.min_schooling > 0
    return asks & (pairs.who.schooling < 0)


def _ask_the_grade(pairs: Pairs, row: int) -> Blocker:
    asked = int(pairs.offers.min_schooling[pairs.offer[row]])
    return Blocker(
        rule=ASK_THE_SCHOOLING.name,
        text_vi=f"Hỏi đã học đến lớp mấy: lớp này cần học xong lớp {asked}.",
        text_en=f"Ask for the last grade finished: the course asks for grade {asked}.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


ASK_THE_SCHOOLING = BlockerRule(
    name="ask_the_schooling", kinds=PROGRAMMES, applies=schooling_has_to_be_known, blocker=_ask_the_grade
)
