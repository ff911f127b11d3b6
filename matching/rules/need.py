"""Whether the person asks for anything at all."""

from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import FixKind, NeedCode
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import ALL_KINDS, BlockerRule, Rule, all_but, bit, everywhere, pairs_whose

_NONE = bit(NeedCode.NONE)


def something_is_asked_for(pairs: Pairs) -> BoolArray:
    """Pass unless the person said that nothing is needed, and nothing else, (n_pairs,).

    NB: no need stated is not "none": it passes, and the officer is told to ask. What was said on the day of the
    survey is taken to hold until the person is asked again.
    """
    return all_but(pairs, pairs_whose(pairs, lambda who: who.needs == _NONE), everywhere)


def _nothing_is_asked_for(_pairs: Pairs, _row: int) -> Verdict:
    return Verdict(
        rule=SOMETHING_IS_ASKED_FOR.name,
        wanted=NeedCode.NONE.value,
        offered=None,
        text_vi="Đã cho biết hiện không cần giới thiệu gì; hỏi lại khi gặp.",
        text_en="Said that nothing is needed for now; ask again at the next meeting.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


SOMETHING_IS_ASKED_FOR = Rule(
    name="something_is_asked_for", kinds=ALL_KINDS, passes=something_is_asked_for, verdict=_nothing_is_asked_for
)


def need_not_stated(pairs: Pairs) -> BoolArray:
    """Say where the survey states no need, (n_pairs,)."""
    silent: BoolArray = pairs.who.needs == 0
    return silent


def _ask_what_is_needed(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=ASK_WHAT_IS_NEEDED.name,
        text_vi="Phiếu chưa nói cần gì: hỏi xem cần việc làm, học nghề hay vay vốn.",
        text_en="The survey does not say what is needed: ask whether it is work, training or a loan.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


ASK_WHAT_IS_NEEDED = BlockerRule(
    name="ask_what_is_needed", kinds=ALL_KINDS, applies=need_not_stated, blocker=_ask_what_is_needed
)
