"""Whether the offer can be taken up on the day the question is asked for."""

from datetime import date

from matching.domain.match import Fix, Verdict
from matching.domain.vocabulary import FixKind, OfferKind
from matching.pool.closing import WITHDRAWN
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import ALL_KINDS, WORK_AND_TRAINING, Rule, code
from matching.rules.words import day

_PROGRAMME = code(OfferKind.PROGRAMME)


def not_closed(pairs: Pairs) -> BoolArray:
    """Pass until the last day of an opening, or the day before a programme starts, (n_pairs,).

    A loan is closed by hand only; an offer that was withdrawn or replaced by a newer one fails on any day.
    NB: an offer without a closing day is taken to be open; nobody may have told us that it was filled.
    """
    closes_on = pairs.what.closes_on
    stays_open: BoolArray = closes_on == 0
    return stays_open | (closes_on >= pairs.as_of)


def _is_closed(pairs: Pairs, row: int) -> Verdict:
    offer = pairs.offer[row]
    last = int(pairs.offers.closes_on[offer])
    withdrawn = last == WITHDRAWN
    vi, en = _WITHDRAWN if withdrawn else _closed_words(int(pairs.offers.kind[offer]) == _PROGRAMME, last)
    return Verdict(
        rule=NOT_CLOSED.name,
        wanted=_iso(pairs.as_of),
        offered=None if withdrawn else _iso(last),
        text_vi=vi,
        text_en=en,
    )


_WITHDRAWN = "Tin này đã được rút hoặc thay bằng tin mới.", "This offer was withdrawn or replaced by a newer one."


def _closed_words(is_programme: bool, last: int) -> tuple[str, str]:
    if is_programme:
        return f"Khóa học đã khai giảng ngày {day(last + 1)}.", f"The course started on {day(last + 1)}."
    return f"Đã hết hạn nhận từ sau {day(last)}.", f"Closed after {day(last)}."


NOT_CLOSED = Rule(name="not_closed", kinds=ALL_KINDS, passes=not_closed, verdict=_is_closed)


def open_already(pairs: Pairs) -> BoolArray:
    """Pass from the day on which the offer opens, (n_pairs,); an offer without such a day is open."""
    return pairs.what.opens_on <= pairs.as_of


def _opens_later(pairs: Pairs, row: int) -> Verdict:
    first = int(pairs.offers.opens_on[pairs.offer[row]])
    return Verdict(
        rule=OPEN_ALREADY.name,
        wanted=_iso(pairs.as_of),
        offered=_iso(first),
        text_vi=f"Bắt đầu nhận từ ngày {day(first)}.",
        text_en=f"Opens on {day(first)}.",
        fix=fix_on(pairs, row, first),
    )


OPEN_ALREADY = Rule(name="open_already", kinds=WORK_AND_TRAINING, passes=open_already, verdict=_opens_later)


def fix_on(pairs: Pairs, row: int, ordinal: int) -> Fix | None:
    """Return the fix "wait until that day"; None when the offer will have closed by then."""
    closes_on = int(pairs.offers.closes_on[pairs.offer[row]])
    if closes_on and ordinal > closes_on:
        return None
    return Fix(kind=FixKind.DATE, on=date.fromordinal(ordinal))


def _iso(ordinal: int) -> str:
    return date.fromordinal(int(ordinal)).isoformat()
