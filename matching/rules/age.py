"""Legal ages: work closed to people under 18, the least working age, ages that an entry asks for."""

from datetime import date
from functools import lru_cache

import numpy as np

from matching.domain.match import Blocker, Fix, Verdict
from matching.domain.vocabulary import ConstraintCode, FixKind, OfferKind
from matching.law import LawRow, current_law
from matching.pool.pairs import Pairs, Rows
from matching.pool.people import BoolArray, IntArray, People
from matching.pool.survey_columns import years_before
from matching.rules.dates import fix_on
from matching.rules.rule import (
    OPENINGS,
    PROGRAMMES,
    WORK_AND_TRAINING,
    BlockerRule,
    Rule,
    all_but,
    bit,
    code,
    everywhere,
    only,
    pairs_whose,
)

_OLDEST = 128

_MINOR = bit(ConstraintCode.MINOR)
_MINORS = "minors"


@lru_cache(maxsize=64)
def _born_by(as_of: int) -> IntArray:
    """Return, for each number of years, the last day of birth of those who are that old, (128,)."""
    today = date.fromordinal(as_of)
    return np.array([years_before(today, years).toordinal() for years in range(_OLDEST)], dtype=np.int32)


def years_old(pairs: Pairs) -> IntArray:
    """Return the years that the person is at least old, (n_pairs,); -1 unknown."""
    born = pairs.who.earliest_birth
    years = np.searchsorted(-_born_by(pairs.as_of), -born, side="right") - 1
    return np.where(born > 0, years, -1)


def youngest_of_that_age(born: int, as_of: int) -> int:
    """Return the last day of birth of those who are as old in whole years: all rules take them for equals.

    Who was born on no known day, or is not born yet on the day *as_of*, stands alone.
    """
    if not 0 < born <= as_of:
        return born
    days = _born_by(as_of)
    return int(days[np.searchsorted(-days, -born, side="right") - 1])


def is_minor(who: People | Rows, as_of: int) -> BoolArray:
    """Say who is under 18 as far as is known: by year of birth or age, or because the survey says so."""
    said: BoolArray = (who.constraints & _MINOR) != 0
    young: BoolArray = who.earliest_birth > _born_by(as_of)[_adult_age(as_of)]
    return said | young


def _minors_among(pairs: Pairs) -> IntArray:
    """Return the rows whose person is under 18; several rules ask it of the same pairs."""
    known: IntArray | None = pairs.memo.get(_MINORS)
    if known is None:
        known = pairs.memo[_MINORS] = pairs_whose(pairs, lambda who: is_minor(who, pairs.as_of))
    return known


@lru_cache(maxsize=64)
def _adult_age(as_of: int) -> int:
    return int(current_law().number("adult_age", date.fromordinal(as_of)))


@lru_cache(maxsize=64)
def _working_age(as_of: int) -> int:
    return int(current_law().number("working_age_min", date.fromordinal(as_of)))


def _old_enough_fix(pairs: Pairs, row: int, years: int) -> Fix | None:
    """Return the day from which the person is *years* old; when only "under 18" is known: ask."""
    born = int(pairs.people.earliest_birth[pairs.person[row]])
    if not born or born <= int(_born_by(pairs.as_of)[years]):
        return Fix(kind=FixKind.ASK_PERSON)
    return fix_on(pairs, row, _birthday(date.fromordinal(born), years).toordinal())


def _birthday(born: date, years: int) -> date:
    """Return the day on which somebody turns that old; who was born on 29 February turns on 1 March."""
    year = min(born.year + years, date.max.year)
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _from_day(fix: Fix | None) -> tuple[str, str]:
    """Return how a sentence goes on that names the day of a fix."""
    if fix is not None and fix.on is not None:
        return f"; được nhận từ {fix.on:%d/%m/%Y}", f"; possible from {fix.on:%d/%m/%Y}"
    if fix is not None:
        return "; hỏi lại năm sinh", "; ask for the year of birth"
    return "", ""


def _too_young(rule: str, pairs: Pairs, row: int, years: int, said: tuple[str, str], source: str | None) -> Verdict:
    fix = _old_enough_fix(pairs, row, years)
    age = int(years_old(pairs.where(np.array([row])))[0])
    later = _from_day(fix)
    return Verdict(
        rule=rule,
        wanted=age if 0 <= age < years else None,
        offered=years,
        text_vi=f"{said[0]}{later[0]}.",
        text_en=f"{said[1]}{later[1]}.",
        fix=fix,
        source=source,
    )


def no_work_barred_to_minors(pairs: Pairs) -> BoolArray:
    """Pass unless the person is under 18 and the law closes the work to minors; its courses too, (n_pairs,).

    NB: an unknown age passes, with the blocker "ask the age". Article 147 also names places (building sites, bars,
    hotels): a place is not known from an occupation, so the officer is told to look at it (see `minor_at_work`).
    """
    return all_but(pairs, _minors_among(pairs), lambda some: some.what.barred_to_minors)


def _barred_to_minors(pairs: Pairs, row: int) -> Verdict:
    said = ("Pháp luật chưa cho người dưới 18 tuổi làm việc này", "The law keeps this work for people of 18 and over")
    return _too_young(
        NO_WORK_BARRED_TO_MINORS.name, pairs, row, _adult_age(pairs.as_of), said, _article_147(pairs, row)
    )


def _article_147(pairs: Pairs, row: int) -> str:
    """Return the paragraph that closes the work; heavy lifting where the unit group itself is open."""
    record = pairs.offers.records[pairs.offer[row]]
    named = _closed_to_minors(pairs.as_of).get(getattr(record, "occupation", None) or "")
    if named:
        return named.source
    return current_law().source("barred_to_minors_heavy_loads", date.fromordinal(pairs.as_of))


@lru_cache(maxsize=64)
def _closed_to_minors(as_of: int) -> dict[str, LawRow]:
    return current_law().barred_to_minors(date.fromordinal(as_of))


NO_WORK_BARRED_TO_MINORS = Rule(
    name="no_work_barred_to_minors", kinds=WORK_AND_TRAINING, passes=no_work_barred_to_minors, verdict=_barred_to_minors
)


def of_working_age(pairs: Pairs) -> BoolArray:
    """Pass unless the person is known to be younger than the least working age, (n_pairs,).

    NB: light work that the law allows from 13 is not told apart: nobody under 15 is proposed for an opening.
    """
    latest = _born_by(pairs.as_of)[_working_age(pairs.as_of)]
    return all_but(pairs, pairs_whose(pairs, lambda who: who.earliest_birth > latest), everywhere)


def _below_working_age(pairs: Pairs, row: int) -> Verdict:
    on, least = date.fromordinal(pairs.as_of), _working_age(pairs.as_of)
    said = (f"Chưa đủ {least} tuổi để đi làm", f"Not yet {least}, the age from which one may work")
    return _too_young(OF_WORKING_AGE.name, pairs, row, least, said, current_law().source("working_age_min", on))


OF_WORKING_AGE = Rule(name="of_working_age", kinds=OPENINGS, passes=of_working_age, verdict=_below_working_age)


def no_night_work_of_minors(pairs: Pairs) -> BoolArray:
    """Pass unless the person is under 18 and the opening has night work, (n_pairs,).

    NB: the few callings in which the law lets minors work at night (stage, sport) are not told apart.
    """
    return all_but(pairs, _minors_among(pairs), lambda some: some.what.night_shift == 1)


def _night_work_of_a_minor(pairs: Pairs, row: int) -> Verdict:
    said = ("Pháp luật chưa cho người dưới 18 tuổi làm ca đêm", "The law does not let people under 18 work at night")
    source = current_law().source("minor_night_work", date.fromordinal(pairs.as_of))
    return _too_young(NO_NIGHT_WORK_OF_MINORS.name, pairs, row, _adult_age(pairs.as_of), said, source)


NO_NIGHT_WORK_OF_MINORS = Rule(
    name="no_night_work_of_minors", kinds=OPENINGS, passes=no_night_work_of_minors, verdict=_night_work_of_a_minor
)


def adult_where_adults_are_asked(pairs: Pairs) -> BoolArray:
    """Pass unless an opening takes people from 18 and the person is under 18, (n_pairs,).

    NB: ages that an opening asks for above 18 are a clause of the posting and exclude nobody by themselves.
    """
    return all_but(pairs, _minors_among(pairs), lambda some: some.what.min_age >= _adult_age(some.as_of))


def _adults_asked(pairs: Pairs, row: int) -> Verdict:
    said = ("Nơi tuyển chỉ nhận người đủ 18 tuổi", "The employer takes people of 18 and over")
    return _too_young(ADULT_WHERE_ADULTS_ARE_ASKED.name, pairs, row, _adult_age(pairs.as_of), said, None)


ADULT_WHERE_ADULTS_ARE_ASKED = Rule(
    name="adult_where_adults_are_asked", kinds=OPENINGS, passes=adult_where_adults_are_asked, verdict=_adults_asked
)


def old_enough_for_the_course(pairs: Pairs) -> BoolArray:
    """Pass unless the person is known to be younger than the programme takes people, (n_pairs,).

    NB: somebody who is only known to be under 18 fails what starts at 18, and passes what starts earlier.
    """
    asked = np.minimum(pairs.what.min_age, _OLDEST - 1)
    young: BoolArray = pairs.who.earliest_birth > _born_by(pairs.as_of)[asked]
    minor = is_minor(pairs.who, pairs.as_of)
    return np.asarray((asked <= 0) | ~(young | (minor & (asked >= _adult_age(pairs.as_of)))))


def _too_young_for_the_course(pairs: Pairs, row: int) -> Verdict:
    asked = int(pairs.offers.min_age[pairs.offer[row]])
    said = (f"Lớp này nhận người từ đủ {asked} tuổi", f"The course takes people from {asked}")
    return _too_young(OLD_ENOUGH_FOR_THE_COURSE.name, pairs, row, asked, said, None)


OLD_ENOUGH_FOR_THE_COURSE = Rule(
    name="old_enough_for_the_course",
    kinds=PROGRAMMES,
    passes=old_enough_for_the_course,
    verdict=_too_young_for_the_course,
)


def age_has_to_be_known(pairs: Pairs) -> BoolArray:
    """Say where nothing is known of the age and the law or the programme sets one, (n_pairs,)."""
    unknown = pairs_whose(pairs, lambda who: (who.earliest_birth == 0) & ~is_minor(who, pairs.as_of))
    return only(pairs, unknown, _sets_an_age)


def _sets_an_age(pairs: Pairs) -> BoolArray:
    course: BoolArray = pairs.what.kind != code(OfferKind.OPENING)
    asked: BoolArray = pairs.what.min_age > 0
    return np.asarray((course & asked) | pairs.what.barred_to_minors)


def _ask_the_age(_pairs: Pairs, _row: int) -> Blocker:
    return Blocker(
        rule=ASK_THE_AGE.name,
        text_vi="Hỏi năm sinh trước: việc này có quy định về tuổi.",
        text_en="Ask for the year of birth first: there is an age rule here.",
        fix=Fix(kind=FixKind.ASK_PERSON),
    )


ASK_THE_AGE = BlockerRule(
    name="ask_the_age", kinds=WORK_AND_TRAINING, applies=age_has_to_be_known, blocker=_ask_the_age
)


def minor_at_work(pairs: Pairs) -> BoolArray:
    """Say where somebody under 18 would work: shorter hours, and a place to look at, (n_pairs,)."""
    return is_minor(pairs.who, pairs.as_of)


def _look_at_the_place(pairs: Pairs, _row: int) -> Blocker:
    law, on = current_law(), date.fromordinal(pairs.as_of)
    a_day, a_week = law.number("minor_hours_day_max", on), law.number("minor_hours_week_max", on)
    return Blocker(
        rule=MINOR_AT_WORK.name,
        text_vi=f"Dưới 18 tuổi: làm không quá {a_day} giờ/ngày, {a_week} giờ/tuần; cán bộ xem nơi làm việc trước.",
        text_en=f"Under 18: at most {a_day} hours a day and {a_week} a week; the officer looks at the workplace first.",
        fix=Fix(kind=FixKind.ASK_EMPLOYER),
    )


MINOR_AT_WORK = BlockerRule(name="minor_at_work", kinds=OPENINGS, applies=minor_at_work, blocker=_look_at_the_place)
