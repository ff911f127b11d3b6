"""What a posting asks for and may do without: never a bar, said as something to settle."""

import numpy as np

from matching.domain.match import Blocker, Fix
from matching.domain.vocabulary import FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray
from matching.rules.rule import OPENINGS, BlockerRule, only

SKILL_KNOWN = 0.3
"""Strength from which a skill that follows from a trade counts as known."""

TRADE_NEAR = 0.5
"""Similarity from which years in one trade count as years in another."""


def fewer_years_than_asked(pairs: Pairs) -> BoolArray:
    """Say where a posting asks for years that the survey does not show in a trade like it, (n_pairs,)."""
    rows = (pairs.what.min_years > 0).nonzero()[0]
    return only(pairs, rows, lambda some: ~(_years_in_the_trade(some) >= some.what.min_years))


def _years_in_the_trade(pairs: Pairs) -> FloatArray:
    occupation = pairs.what.occupation
    years = pairs.people.experience_years[pairs.person, occupation]
    near = pairs.people.experience[pairs.person, occupation]
    return np.where((occupation >= 0) & (near >= TRADE_NEAR), years, np.nan)


def _ask_about_years(pairs: Pairs, row: int) -> Blocker:
    asked = f"{float(pairs.offers.min_years[pairs.offer[row]]):g}"
    return Blocker(
        rule=YEARS_ASKED.name,
        text_vi=f"Tin tuyển muốn có {asked.replace('.', ',')} năm kinh nghiệm: hỏi thêm người này và nơi tuyển.",
        text_en=f"The posting wants {asked} years of experience: ask the person and the employer.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


YEARS_ASKED = BlockerRule(name="years_asked", kinds=OPENINGS, applies=fewer_years_than_asked, blocker=_ask_about_years)


def no_skill_of_those_asked(pairs: Pairs) -> BoolArray:
    """Say where a posting that does not train asks for skills and the survey shows none of them, (n_pairs,)."""
    asks = pairs.what.skills[:, 0] >= 0
    rows = (asks & (pairs.what.trains != 1)).nonzero()[0]
    return only(pairs, rows, _knows_none)


def _knows_none(pairs: Pairs) -> BoolArray:
    asked = pairs.what.skills
    strength = np.where(asked >= 0, pairs.people.skills[pairs.person[:, None], asked], 0)
    none: BoolArray = strength.max(axis=1) < SKILL_KNOWN
    return none


def _ask_about_skills(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=SKILLS_ASKED.name,
        text_vi="Phiếu chưa nhắc đến kỹ năng mà tin tuyển cần: hỏi xem đã làm qua chưa.",
        text_en="The survey mentions none of the skills the posting asks for: ask whether they were ever used.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


SKILLS_ASKED = BlockerRule(
    name="skills_asked", kinds=OPENINGS, applies=no_skill_of_those_asked, blocker=_ask_about_skills
)


def less_schooling_than_asked(pairs: Pairs) -> BoolArray:
    """Say where a posting asks for a grade that the person has not finished or did not tell, (n_pairs,)."""
    asked = pairs.what.min_schooling
    short: BoolArray = pairs.who.schooling < asked
    return short & (asked > 0)


def _ask_about_schooling(pairs: Pairs, row: int) -> Blocker:
    asked = int(pairs.offers.min_schooling[pairs.offer[row]])
    return Blocker(
        rule=SCHOOLING_ASKED.name,
        text_vi=f"Tin tuyển muốn học xong lớp {asked}: gọi hỏi trước.",
        text_en=f"The posting wants grade {asked} finished: call first.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


SCHOOLING_ASKED = BlockerRule(
    name="schooling_asked", kinds=OPENINGS, applies=less_schooling_than_asked, blocker=_ask_about_schooling
)
