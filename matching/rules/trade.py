"""Whether the person still wants the trade."""

from matching.domain.match import Verdict
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import WORK_AND_TRAINING, Rule, all_but, pairs_with

_REFUSES = 4
_THE_GROUP_ITSELF = 2


def trade_not_refused(pairs: Pairs) -> BoolArray:
    """Pass unless the person does not want to do the offer's work any more (its own unit group), (n_pairs,).

    NB: neighbouring trades of the same minor group pass and rank far lower; minds change, and are asked again.
    """
    return all_but(pairs, pairs_with(pairs, "closed_trades", _REFUSES), _is_refused)


def _is_refused(pairs: Pairs) -> BoolArray:
    occupation = pairs.what.occupation
    refused: BoolArray = pairs.people.refused[pairs.person, occupation] == _THE_GROUP_ITSELF
    return refused & (occupation >= 0)


def _refuses(pairs: Pairs, row: int) -> Verdict:
    return Verdict(
        rule=TRADE_NOT_REFUSED.name,
        wanted="refused",
        offered=pairs.offers.records[pairs.offer[row]].title,
        text_vi="Đã cho biết không muốn làm nghề này nữa.",
        text_en="Said that this is no longer the work they want.",
    )


TRADE_NOT_REFUSED = Rule(name="trade_not_refused", kinds=WORK_AND_TRAINING, passes=trade_not_refused, verdict=_refuses)
