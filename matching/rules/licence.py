"""Licences that an opening requires."""

from matching.domain.bits import members_of
from matching.domain.match import Fix, Verdict
from matching.domain.vocabulary import FixKind, LicenceCode, LicenceStatus
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray
from matching.rules.rule import OPENINGS, Rule, bit
from matching.taxonomy.release import current_taxonomy

_STATUS = {
    LicenceStatus.EXPIRED: ("giấy đã có hết hạn, cần gia hạn hoặc đổi lại", "the one held has expired: renew it"),
    LicenceStatus.LOST: ("giấy đã bị mất, cần xin cấp lại", "the one held was lost: ask for a new one"),
    LicenceStatus.IN_PROGRESS: ("đang học hoặc chờ cấp", "it is being obtained"),
    None: ("chưa thấy ghi là đã có, cần xác nhận hoặc học lấy", "no such paper is noted yet, confirm or obtain it"),
}


def licence_held(pairs: Pairs) -> BoolArray:
    """Pass when every licence that the opening requires is held and valid, or covered by a higher class, (n_pairs,).

    NB: a licence of which nothing is known counts as not held. Nobody has seen the paper: the officer does.
    """
    missing = pairs.what.licences_required & ~pairs.who.licences
    held: BoolArray = missing == 0
    return held


def _missing(pairs: Pairs, row: int) -> tuple[LicenceCode, ...]:
    required = int(pairs.offers.licences_required[pairs.offer[row]])
    return members_of(required & ~int(pairs.people.licences[pairs.person[row]]), LicenceCode)


def _licence_missing(pairs: Pairs, row: int) -> Verdict:
    return _about(pairs, row, _missing(pairs, row)[0])


def _licences_missing_too(pairs: Pairs, row: int) -> tuple[Verdict, ...]:
    return tuple(_about(pairs, row, licence) for licence in _missing(pairs, row)[1:])


def _about(pairs: Pairs, row: int, licence: LicenceCode) -> Verdict:
    status = _status(pairs, row, licence)
    names = current_taxonomy().licences
    said_vi, said_en = _STATUS[status]
    return Verdict(
        rule=LICENCE_HELD.name,
        wanted=None if status is None else status.value,
        offered=licence.value,
        text_vi=f"Cần {names.names_vi[licence]}: {said_vi}.",
        text_en=f"Needs a {names.names_en[licence]}: {said_en}.",
        fix=Fix(kind=FixKind.LICENCE, code=licence.value),
    )


def _status(pairs: Pairs, row: int, licence: LicenceCode) -> LicenceStatus | None:
    """Return what is known of a licence that is not held; None: nothing, or that it was never obtained."""
    people, person = pairs.people, pairs.person[row]
    for status, column in (
        (LicenceStatus.EXPIRED, people.licences_expired),
        (LicenceStatus.LOST, people.licences_lost),
        (LicenceStatus.IN_PROGRESS, people.licences_in_progress),
    ):
        if int(column[person]) & bit(licence):
            return status
    return None


LICENCE_HELD = Rule(
    name="licence_held",
    kinds=OPENINGS,
    passes=licence_held,
    verdict=_licence_missing,
    further=_licences_missing_too,
)
