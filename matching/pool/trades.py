"""What profile and form say of trades and skills, and the bars that stand, as mentions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matching.domain.bits import mask
from matching.domain.profile import Profile
from matching.domain.survey import CourtBar, Survey
from matching.domain.vocabulary import Assertion, LicenceCode
from matching.errors import UnknownCodeError
from matching.law import Law
from matching.pool.mentions import Mention, Mentions, Tables, Trades
from matching.taxonomy.occupations import Occupations
from matching.taxonomy.release import Taxonomy


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


def trades_of(profiles: Sequence[Profile], bars: Sequence[Bars], taxonomy: Taxonomy) -> Trades:
    """Return what people did, wish, refuse, may not do and can, one row a profile.

    Raises
    ------
    UnknownCodeError
        A profile names a unit group or a skill that the release does not define.
    """
    occupations = taxonomy.occupations
    tables = Tables(
        similarity=taxonomy.similarity, minor=occupations.minor, skills_of_trade=taxonomy.skills.of_occupation
    )
    return Trades(
        did=Mentions.of([_mentions(p, Assertion.EXPERIENCE, occupations) for p in profiles]),
        wished=Mentions.of([_mentions(p, Assertion.WISH, occupations) for p in profiles]),
        refusals=Mentions.of([_mentions(p, Assertion.REFUSED, occupations) for p in profiles]),
        bars=Mentions.of([[Mention(row=row) for row, _ in bar.days] for bar in bars]),
        bars_in_text=Mentions.of([[Mention(row=row) for row in bar.rows_in_text] for bar in bars]),
        said=Mentions.of([_skills(p, taxonomy) for p in profiles]),
        tables=tables,
    )


def _mentions(profile: Profile, assertion: Assertion, occupations: Occupations) -> list[Mention]:
    """Return the unit groups of one assertion, longest first, so that ties in nearness take the longer years."""
    found = [m for m in profile.occupations if m.assertion is assertion]
    found.sort(key=lambda m: -1.0 if m.years is None else m.years, reverse=True)
    return [
        Mention(occupations.row_of(m.code), m.confidence, float("nan") if m.years is None else m.years) for m in found
    ]


def _skills(profile: Profile, taxonomy: Taxonomy) -> list[Mention]:
    for skill in profile.skills:
        if skill.code not in taxonomy.skills.row:
            raise UnknownCodeError(f"profile of [{profile.person_id}]: skill [{skill.code}] is not in the release")
    return [Mention(taxonomy.skills.row[skill.code]) for skill in profile.skills]
