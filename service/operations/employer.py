"""What an employer may know of the people who fit an own opening: cards built field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.domain.bits import members_of
from matching.domain.match import Match
from matching.domain.offer import Opening
from matching.domain.profile import Profile
from matching.domain.vocabulary import Assertion, ConstraintCode, LicenceCode, PreferenceCode
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.taxonomy.places import distance_km
from matching.taxonomy.release import Taxonomy
from service import audit
from service.access import Actor
from service.errors import NotOpenError
from service.operations.house import House
from service.operations.matcher import Shown
from service.privacy import count_band, distance_band, years_band
from service.storage.rows import OfferRow, OfferStatus

_LIMITS_OF_TIME = frozenset(
    {
        ConstraintCode.NO_NIGHT_SHIFT,
        ConstraintCode.NO_OVERNIGHT_AWAY,
        ConstraintCode.HOME_BASED_ONLY,
        ConstraintCode.CHILDCARE,
        ConstraintCode.ELDERCARE,
        ConstraintCode.NOT_BEFORE,
        ConstraintCode.NOT_AFTER,
    }
)
"""Limits that make somebody available by day only; which of them it is stays with the officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A code of the taxonomy with its names."""

    code: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReason:
    """Why a person is proposed; it never quotes the survey."""

    feature: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCard:
    """All that an employer may see of a person; adding a field here is a privacy decision."""

    candidate: str
    """Opaque, different for every opening."""
    rank: int
    occupations: tuple[Named, ...]
    skills: tuple[Named, ...]
    licences: tuple[Named, ...]
    years_band: str | None
    """"0-1", "1-3", "3-5", "5-10" or "10+" years; None unknown."""
    distance_band: str | None
    """"0-5", "5-15", "15-30" or "30+" km; None unknown."""
    availability: str
    """"any_time", "daytime" or "unknown"."""
    reasons: tuple[CardReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The cards of one opening, best first."""

    opening_id: str
    items: tuple[CandidateCard, ...]
    more: str
    """How many more would fit: "0", "1-9" or "10+"."""


def find_candidates(house: House, actor: Actor, opening_id: str, *, k: int, as_of: date) -> Candidates:
    """Return cards for an own, open, lawful opening, and put on record whose card was shown.

    Raises
    ------
    NotFoundError
        There is no own opening of that id.
    NotOpenError
        It is closed, or held because its posting breaks the law.
    """
    with house.database.store(actor) as store:
        check_open(store.offers.get(opening_id), as_of)
        found, shown, opening = house.matcher.for_opening(store.connection, opening_id, k=k, as_of=as_of)
    cards = tuple(_card(house, shown, opening, match) for match in found.matches)
    with house.database.store(actor, write=True) as store:
        subjects = [match.person_id for match in found.matches]
        audit.record(
            store, "find_candidates", at=house.now(), subjects=subjects, opening=opening_id, model=found.model, k=k
        )
    return Candidates(opening_id=opening_id, items=cards, more=count_band(found.not_shown))


def check_open(row: OfferRow, as_of: date) -> None:
    """Raise NotOpenError when an offer is closed, held, or not open on that day."""
    offer = row.offer
    if row.status is OfferStatus.HELD:
        raise NotOpenError("The posting breaks the law and is held; see law_flags of the opening and put it right.")
    early = isinstance(offer, Opening) and offer.opens_on is not None and offer.opens_on > as_of
    if is_over(row, as_of) or early:
        raise NotOpenError("The opening is not open.")


def is_over(row: OfferRow, as_of: date) -> bool:
    """Say whether an offer is closed, or its last day is over."""
    offer = row.offer
    over = isinstance(offer, Opening) and offer.closes_on is not None and offer.closes_on < as_of
    return row.status is OfferStatus.CLOSED or over


def _card(house: House, shown: Shown, opening: Offers, match: Match) -> CandidateCard:
    profile = shown.rows[match.person_id].profile
    people = shown.people
    row = people.ids.index(match.person_id)
    taxonomy = house.taxonomy
    return CandidateCard(
        candidate=house.database.keys.candidate(match.offer_id, match.person_id),
        rank=match.rank,
        occupations=_occupations(taxonomy, profile),
        skills=_skills(taxonomy, profile),
        licences=_licences(taxonomy, int(people.licences[row])),
        years_band=years_band(float(people.evidence_years[row])),
        distance_band=distance_band(_distance(people, row, opening)),
        availability=_availability(profile),
        reasons=tuple(CardReason(feature=r.feature, text_vi=r.text_vi, text_en=r.text_en) for r in match.reasons),
    )


def _occupations(taxonomy: Taxonomy, profile: Profile) -> tuple[Named, ...]:
    codes = dict.fromkeys(m.code for m in profile.occupations if m.assertion is Assertion.EXPERIENCE)
    table = taxonomy.occupations
    return _named(codes, table.row, table.plain_vi, table.plain_en)


def _skills(taxonomy: Taxonomy, profile: Profile) -> tuple[Named, ...]:
    codes = dict.fromkeys(m.code for m in profile.skills)
    table = taxonomy.skills
    return _named(codes, table.row, table.names_vi, table.names_en)


def _licences(taxonomy: Taxonomy, held: int) -> tuple[Named, ...]:
    table = taxonomy.licences
    return tuple(
        Named(code=code.value, name_vi=table.names_vi[code], name_en=table.names_en[code])
        for code in members_of(held, LicenceCode)
        if code is not LicenceCode.OTHER
    )


def _named(
    codes: Sequence[str] | dict[str, None], row: dict[str, int], vi: Sequence[str], en: Sequence[str]
) -> tuple[Named, ...]:
    """Return the codes that the release defines, with their names; a free code may hold anything and is left out."""
    return tuple(
        Named(code=code, name_vi=vi[row[code]], name_en=en[row[code]]) for code in sorted(codes) if code in row
    )


def _distance(people: People, row: int, opening: Offers) -> float:
    return float(distance_km(people.lat[row], people.lon[row], opening.lat[0], opening.lon[0]))


def _availability(profile: Profile) -> str:
    if any(c.code in _LIMITS_OF_TIME for c in profile.constraints):
        return "daytime"
    if any(p.code is PreferenceCode.NIGHT_SHIFT_OK for p in profile.preferences):
        return "any_time"
    return "unknown"
