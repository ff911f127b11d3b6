"""The wide columns of people: how near each unit group is to what they did, wish, refuse or may not do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.domain.bits import mask
from matching.domain.profile import OccupationMention, Profile
from matching.domain.survey import CourtBar, Survey
from matching.domain.vocabulary import Assertion, LicenceCode
from matching.errors import UnknownCodeError
from matching.law import Law
from matching.pool.people import BoolArray, FloatArray, IntArray
from matching.taxonomy.occupations import Occupations
from matching.taxonomy.release import Taxonomy

FROM_A_TRADE = 0.6
"""Strength of a skill that only follows from a trade, for a skill that is central to it; 1 when it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """What a person may not do on one day."""

    days: tuple[tuple[int, int], ...] = ()
    """(occupation row, ordinal of the day the bar ends) of the standing bars that an officer entered."""
    rows_in_text: tuple[int, ...] = ()
    """Occupation rows closed by bars that only the text tells of."""
    licences: int = 0
    licences_in_text: int = 0
    """Masks of the licences that serve only such work."""


def standing_bars(survey: Survey, profile: Profile, occupations: Occupations, law: Law, as_of: date) -> Bars:
    """Return the bars that stand on a day.

    A bar of the text counts for its minor group, one on driving for all road driving. What an officer entered for a
    minor group, even if it has ended, settles the text for that group: it was confirmed, and ends on its day.

    Raises
    ------
    UnknownCodeError
        A bar names a unit group that the release does not define; the message names the person.
    """
    entered = {code for bar in survey.court_bars for code in bar.occupations}
    standing = _last_days(survey.court_bars, as_of)
    settled = {code[:3] for code in entered}
    driving = law.words("road_driving", as_of)
    told = [m.code for m in profile.occupations if m.assertion is Assertion.BARRED]
    groups = {code[:3] for code in told} | {code[:3] for code in driving if set(told) & set(driving)}
    open_groups = sorted(groups - settled)
    in_text = [row for group in open_groups for row in occupations.rows_of_group(group)]
    try:
        return Bars(
            days=tuple((occupations.row_of(code), until) for code, until in sorted(standing.items())),
            rows_in_text=tuple(in_text),
            licences=_serving(standing, law, as_of),
            licences_in_text=_serving([occupations.codes[row] for row in in_text], law, as_of),
        )
    except UnknownCodeError as error:
        raise UnknownCodeError(f"survey of [{survey.person_id}], court_bars: {error}") from error


def _last_days(bars: Iterable[CourtBar], as_of: date) -> dict[str, int]:
    """Return the last day of each unit group's standing bars; `until` itself is open again."""
    days: dict[str, int] = {}
    for bar in bars:
        if bar.until > as_of:
            for code in bar.occupations:
                days[code] = max(days.get(code, 0), bar.until.toordinal())
    return days


def _serving(codes: Iterable[str], law: Law, as_of: date) -> int:
    """Return the mask of the driving classes that serve the unit groups."""
    driving = law.words("road_driving", as_of)
    classes = [name for code in codes if code in driving for name in law.words(f"licences_of_{code}", as_of)]
    return mask(LicenceCode(name) for name in classes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trades:
    """The wide columns of `People`, and the narrow ones that follow from them."""

    experience: FloatArray
    experience_years: FloatArray
    wish: FloatArray
    refused: IntArray
    barred: BoolArray
    barred_in_text: BoolArray
    skills: FloatArray
    evidence_years: FloatArray
    closed_trades: IntArray


def trades_of(profiles: Sequence[Profile], bars: Sequence[Bars], taxonomy: Taxonomy) -> Trades:
    """Return the wide columns of people, one row a profile.

    Raises
    ------
    UnknownCodeError
        A profile names a unit group that the release does not define.
    """
    n, n_occ = len(profiles), len(taxonomy.occupations)
    experience, wish = np.zeros((n, n_occ), np.float32), np.zeros((n, n_occ), np.float32)
    years = np.full((n, n_occ), np.nan, np.float32)
    refused = np.zeros((n, n_occ), np.int8)
    barred, in_text = np.zeros((n, n_occ), bool), np.zeros((n, n_occ), bool)
    skills = np.zeros((n, len(taxonomy.skills)), np.float32)
    for i, (profile, bar) in enumerate(zip(profiles, bars, strict=True)):
        did, wished = _mentions(profile, Assertion.EXPERIENCE), _mentions(profile, Assertion.WISH)
        experience[i], years[i] = _nearest(did, taxonomy)
        wish[i], _ = _nearest(wished, taxonomy)
        refused[i] = _refusals(_mentions(profile, Assertion.REFUSED), taxonomy.occupations)
        barred[i, [row for row, _ in bar.days]] = True
        in_text[i, list(bar.rows_in_text)] = True
        skills[i] = _strengths(profile, did, taxonomy)
    flags = barred.any(axis=1) * 1 + in_text.any(axis=1) * 2 + (refused > 0).any(axis=1) * 4
    return Trades(
        experience=experience,
        experience_years=years,
        wish=wish,
        refused=refused,
        barred=barred,
        barred_in_text=in_text,
        skills=skills,
        evidence_years=np.array([_longest(p) for p in profiles], dtype=np.float32),
        closed_trades=flags.astype(np.int8),
    )


def _mentions(profile: Profile, assertion: Assertion) -> list[OccupationMention]:
    """Return the mentions of one assertion, longest first, so that ties in nearness take the longer years."""
    found = [m for m in profile.occupations if m.assertion is assertion]
    return sorted(found, key=lambda m: -1.0 if m.years is None else m.years, reverse=True)


def _nearest(mentions: Sequence[OccupationMention], taxonomy: Taxonomy) -> tuple[FloatArray, FloatArray]:
    """Return the similarity of the nearest mention to each unit group, (n_occ,), and the years in it."""
    occupations = taxonomy.occupations
    if not mentions:
        return np.zeros(len(occupations), np.float32), np.full(len(occupations), np.nan, np.float32)
    rows = [occupations.row_of(m.code) for m in mentions]
    confidence = np.array([m.confidence for m in mentions], dtype=np.float32)
    years = np.array([np.nan if m.years is None else m.years for m in mentions], dtype=np.float32)
    near = taxonomy.similarity[rows] * confidence[:, None]
    best = near.argmax(axis=0)
    value = near[best, np.arange(len(occupations))]
    return value, np.where(value > 0, years[best], np.nan).astype(np.float32)


def _refusals(mentions: Sequence[OccupationMention], occupations: Occupations) -> IntArray:
    refused = np.zeros(len(occupations), np.int8)
    for mention in mentions:
        row = occupations.row_of(mention.code)
        refused[occupations.minor == occupations.minor[row]] |= 1
        refused[row] = 3
    return np.minimum(refused, 2)


def _strengths(profile: Profile, did: Sequence[OccupationMention], taxonomy: Taxonomy) -> FloatArray:
    strength = np.zeros(len(taxonomy.skills), np.float32)
    for mention in did:
        row = taxonomy.occupations.row_of(mention.code)
        implied = np.float32(FROM_A_TRADE * mention.confidence) * taxonomy.skills.of_occupation[row]
        np.maximum(strength, implied, out=strength)
    for skill in profile.skills:
        row = taxonomy.skills.row.get(skill.code, -1)
        if row < 0:
            raise UnknownCodeError(f"profile of [{profile.person_id}]: skill [{skill.code}] is not in the release")
        strength[row] = 1.0
    return strength


def _longest(profile: Profile) -> float:
    years = [m.years for m in _mentions(profile, Assertion.EXPERIENCE) if m.years is not None]
    return max(years, default=float("nan"))
