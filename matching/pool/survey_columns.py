"""What form and profile of a person say together; the form comes first."""

import calendar
from datetime import date

from matching.domain.bits import mask
from matching.domain.profile import ConstraintMention, Profile
from matching.domain.survey import HeldLicence, Survey
from matching.domain.vocabulary import ConstraintCode, LicenceStatus
from matching.law import Law
from matching.taxonomy.licences import Licences


def minutes(clock: str) -> int:
    """Return the minutes after midnight of "HH:MM".

    >>> minutes("07:15")
    435
    """
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)


def years_before(day: date, years: int) -> date:
    """Return the same day *years* earlier; 29 February becomes 28 February.

    >>> years_before(date(2024, 2, 29), 1)
    datetime.date(2023, 2, 28)
    """
    year = max(day.year - years, date.min.year)
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def latest_birth(survey: Survey, profile: Profile) -> date | None:
    """Return the last day the person may have been born on; None when neither form nor text tells an age.

    When only the year is known this is 1 January of the next one, so that a person is of age from 1 January after
    the 18th year; an age in the text was true on the day of the survey. Where the two
    disagree the younger one counts: a limit that protects the young must not fall by a slip of the pen.
    """
    days = []
    if survey.birth_year is not None:
        days.append(date(survey.birth_year + 1, 1, 1))
    if profile.age_stated is not None:
        days.append(years_before(survey.surveyed_on, profile.age_stated))
    return max(days, default=None)


def constraint_mask(survey: Survey, profile: Profile, law: Law, as_of: date) -> int:
    """Return the mask of the constraints; `minor` is dropped once the years that explain it have passed."""
    held = mask(c.code for c in profile.constraints)
    born = latest_birth(survey, profile)
    if born is None:
        return held
    adult = int(law.number("adult_age", as_of))
    was_young = born > years_before(survey.surveyed_on, adult)
    is_adult = born <= years_before(as_of, adult)
    return held & ~mask([ConstraintCode.MINOR]) if was_young and is_adult else held


def latest_start(constraints: tuple[ConstraintMention, ...], code: ConstraintCode) -> int:
    """Return the latest time of a kind of constraint in minutes; -1 when none has a time."""
    return max((minutes(c.time) for c in constraints if c.code is code and c.time), default=-1)


def earliest_time(constraints: tuple[ConstraintMention, ...], *codes: ConstraintCode) -> int:
    """Return the earliest time of some kinds of constraint in minutes; -1 when none has a time."""
    return min((minutes(c.time) for c in constraints if c.code in codes and c.time), default=-1)


def licence_masks(survey: Survey, profile: Profile, licences: Licences, as_of: date) -> tuple[int, int, int, int]:
    """Return the masks of licences held, expired, lost and being obtained, each with the classes it covers.

    A licence ticked on the form is taken as the form says; the text adds those that the form does not name.
    """
    status = {m.code: m.status for m in reversed(profile.licences)}
    status |= {held.code: _status(held, as_of) for held in survey.licences}
    covered = [
        licences.satisfied_by(mask(code for code, its in status.items() if its is wanted))
        for wanted in (LicenceStatus.VALID, LicenceStatus.EXPIRED, LicenceStatus.LOST, LicenceStatus.IN_PROGRESS)
    ]
    held = covered[0]
    return held, covered[1] & ~held, covered[2] & ~held, covered[3] & ~held


def _status(held: HeldLicence, as_of: date) -> LicenceStatus:
    over = held.expires_on is not None and held.expires_on < as_of
    return LicenceStatus.EXPIRED if over and held.status is LicenceStatus.VALID else held.status


def day_before(day: date | None) -> int:
    """Return the ordinal of the day before; 0 for None."""
    return 0 if day is None else max(day.toordinal() - 1, 1)
