"""Whether the wage reaches the person's own floor."""

import numpy as np

from matching.domain.match import Fix, Verdict
from matching.domain.vocabulary import FixKind
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray
from matching.rules.rule import OPENINGS, Rule, all_but, pairs_whose
from matching.rules.words import about


def wage_reaches_the_floor(pairs: Pairs) -> BoolArray:
    """Pass unless the best that the opening pays in a month is under the person's floor, (n_pairs,).

    NB: a wage by agreement, by the piece or by share passes, and so does one without an upper end: the best that it
    pays is not known. Meals, housing and allowances are not counted in.
    """
    rows = pairs_whose(pairs, lambda who: np.isfinite(who.wage_floor))
    return all_but(pairs, rows, lambda some: _best(some) < some.who.wage_floor)


def _best(pairs: Pairs) -> FloatArray:
    """Return the most that the opening pays, VND a month, (n_pairs,); NaN when that is not known."""
    high = pairs.what.wage_max
    return np.where(np.isnan(high), high, np.fmax(high, pairs.what.wage_min))


def _under_the_floor(pairs: Pairs, row: int) -> Verdict:
    floor = float(pairs.people.wage_floor[pairs.person[row]])
    best = float(_best(pairs.where(np.array([row])))[0])
    (best_vi, best_en), (floor_vi, floor_en) = about(best), about(floor)
    return Verdict(
        rule=WAGE_REACHES_THE_FLOOR.name,
        wanted=round(floor),
        offered=round(best),
        text_vi=f"Trả cao nhất khoảng {best_vi} một tháng, dưới mức {floor_vi} đang cần; hỏi có trả thêm không.",
        text_en=f"Pays at most about {best_en} a month, under the {floor_en} needed; ask whether they pay more.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


WAGE_REACHES_THE_FLOOR = Rule(
    name="wage_reaches_the_floor", kinds=OPENINGS, passes=wage_reaches_the_floor, verdict=_under_the_floor
)
