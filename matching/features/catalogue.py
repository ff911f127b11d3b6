"""The closed list of numbers that a model may see."""

from matching.features import chance, loan, need, place, programme, skill, terms, trade, wage, working_time
from matching.features.feature import ALL_KINDS, LOANS, OPENINGS, OPENINGS_AND_PROGRAMMES, PROGRAMMES, Feature

_NO_OCCUPATION = "the opening's occupation is unknown"
_NOT_WANTED = "the person did not ask for it, or the posting does not say"
_UNTOLD = "the posting does not say"
_NO_PLACE = "a place is unknown, or nobody travels daily (housing given, work at home)"

_TRADE = (
    Feature(function=trade.occupation_exact, sign=1, unit="0 or 1", kinds=OPENINGS, missing=_NO_OCCUPATION),
    Feature(function=trade.occupation_similarity, sign=1, unit="0 to 1", kinds=OPENINGS, missing=_NO_OCCUPATION),
    Feature(
        function=trade.trade_years,
        sign=1,
        unit="years",
        kinds=OPENINGS,
        missing="a related trade whose years are untold, or no occupation",
    ),
    Feature(
        function=trade.years_against_asked,
        sign=1,
        unit="share",
        kinds=OPENINGS,
        missing="the years asked for or the person's years are unknown",
    ),
    Feature(function=trade.wish_similarity, sign=1, unit="0 to 1", kinds=OPENINGS, missing=_NO_OCCUPATION),
    Feature(
        function=trade.refused_neighbour,
        sign=-1,
        unit="0 or 1",
        kinds=OPENINGS_AND_PROGRAMMES,
        missing="the offer's occupation is unknown",
    ),
    Feature(
        function=trade.trains_on_job,
        sign=1,
        unit="0 or 1",
        kinds=OPENINGS,
        missing="the person knows the work already, or the posting does not say",
    ),
    Feature(function=skill.skill_cover, sign=1, unit="share", kinds=OPENINGS, missing="no skill is asked for"),
    Feature(function=skill.skills_missing, sign=-1, unit="skills", kinds=OPENINGS, missing="no skill is asked for"),
)

_NEED = (
    Feature(function=need.need_fit, sign=1, unit="0, 0.5 or 1", kinds=ALL_KINDS, missing="no need was stated"),
    Feature(function=need.housing_wanted, sign=1, unit="0 or 1", kinds=OPENINGS_AND_PROGRAMMES, missing=_NOT_WANTED),
    Feature(
        function=need.meals_or_housing_wanted, sign=1, unit="0 or 1", kinds=OPENINGS_AND_PROGRAMMES, missing=_NOT_WANTED
    ),
)

_WAGE = (
    Feature(function=wage.wage_known, sign=1, unit="0 or 1", kinds=OPENINGS, missing="never"),
    Feature(
        function=wage.wage_to_floor,
        sign=1,
        unit="ratio",
        kinds=OPENINGS,
        missing="the person named no floor, or the wage cannot be compared",
    ),
    Feature(function=wage.wage_to_usual, sign=1, unit="ratio", kinds=OPENINGS, missing="the wage cannot be compared"),
    Feature(
        function=wage.higher_wage_wanted,
        sign=1,
        unit="ratio",
        kinds=OPENINGS,
        missing="the person did not ask for it, or the wage cannot be compared",
    ),
    Feature(function=wage.daily_pay_wanted, sign=1, unit="0 or 1", kinds=OPENINGS, missing=_NOT_WANTED),
)

_PLACE = (
    Feature(function=place.distance_km, sign=-1, unit="km", kinds=OPENINGS_AND_PROGRAMMES, missing=_NO_PLACE),
    Feature(
        function=place.commute_minutes,
        sign=-1,
        unit="minutes",
        kinds=OPENINGS_AND_PROGRAMMES,
        missing=f"{_NO_PLACE}; or the person's transport is unknown",
    ),
    Feature(
        function=place.housed_away_km,
        sign=-1,
        unit="km",
        kinds=OPENINGS_AND_PROGRAMMES,
        missing="no housing is given, or a place is unknown",
    ),
    Feature(
        function=place.same_commune,
        sign=1,
        unit="0 or 1",
        kinds=OPENINGS_AND_PROGRAMMES,
        missing="a place is unknown",
    ),
    Feature(function=place.transport_given, sign=1, unit="km", kinds=OPENINGS, missing=_NO_PLACE),
    Feature(function=place.work_at_home, sign=1, unit="0 or 1", kinds=OPENINGS, missing=_UNTOLD),
)

_TIME = (
    Feature(
        function=working_time.night_shift,
        sign=-1,
        unit="0 or 1",
        kinds=OPENINGS,
        missing="the posting does not say, or nights suit the person",
    ),
    Feature(function=working_time.night_shift_welcome, sign=1, unit="0 or 1", kinds=OPENINGS, missing=_NOT_WANTED),
    Feature(function=working_time.nights_away, sign=-1, unit="nights", kinds=OPENINGS, missing=_UNTOLD),
    Feature(
        function=working_time.hours_outside_care,
        sign=-1,
        unit="hours",
        kinds=OPENINGS,
        missing="the person looks after nobody, or the hours are unknown",
    ),
    Feature(function=working_time.part_time_wanted, sign=1, unit="0 or 1", kinds=OPENINGS, missing=_NOT_WANTED),
)

_TERMS = (
    Feature(function=terms.licence_used, sign=1, unit="0 or 1", kinds=OPENINGS, missing="no licence is required"),
    Feature(
        function=terms.papers_needed,
        sign=-1,
        unit="0 or 1",
        kinds=OPENINGS,
        missing="the person's papers are in order, or the contract is unknown",
    ),
    Feature(
        function=terms.reading_needed,
        sign=-1,
        unit="0 or 1",
        kinds=OPENINGS_AND_PROGRAMMES,
        missing="the person reads and writes",
    ),
    Feature(
        function=terms.schooling_gap,
        sign=-1,
        unit="grades",
        kinds=OPENINGS,
        missing="schooling is asked for and the person's is unknown",
    ),
    Feature(function=terms.strain, sign=-1, unit="demands", kinds=OPENINGS, missing="the person's health is not weak"),
    Feature(function=terms.stable_contract, sign=1, unit="0 to 3", kinds=OPENINGS, missing=_UNTOLD),
    Feature(function=terms.formal_contract_wanted, sign=1, unit="0 or 1", kinds=OPENINGS, missing=_NOT_WANTED),
    Feature(function=terms.seasonal_when_lasting_wanted, sign=-1, unit="0 or 1", kinds=OPENINGS, missing=_NOT_WANTED),
)

_PROGRAMME = (
    Feature(
        function=programme.programme_wished,
        sign=1,
        unit="0 to 1",
        kinds=PROGRAMMES,
        missing="the programme names no occupation",
    ),
    Feature(
        function=programme.programme_builds_on,
        sign=1,
        unit="0 to 1",
        kinds=PROGRAMMES,
        missing="the programme names no occupation",
    ),
    Feature(
        function=programme.programme_mastered,
        sign=-1,
        unit="0 or 1",
        kinds=PROGRAMMES,
        missing="the occupation, or the person's years in it, are unknown",
    ),
    Feature(
        function=programme.programme_new_skills, sign=1, unit="share", kinds=PROGRAMMES, missing="no skill is named"
    ),
    Feature(function=programme.programme_new_licence, sign=1, unit="0 or 1", kinds=PROGRAMMES, missing="never"),
    Feature(
        function=programme.programme_fee, sign=-1, unit="million VND", kinds=PROGRAMMES, missing="the fee is unknown"
    ),
    Feature(
        function=programme.fee_without_money,
        sign=-1,
        unit="million VND",
        kinds=PROGRAMMES,
        missing="the person did not say that money is short, or the fee is unknown",
    ),
    Feature(function=programme.programme_weeks, sign=-1, unit="weeks", kinds=PROGRAMMES, missing="length unknown"),
    Feature(function=programme.programme_support, sign=1, unit="0 to 4", kinds=PROGRAMMES, missing="never"),
    Feature(
        function=programme.programme_hours_conflict,
        sign=-1,
        unit="0 or 1",
        kinds=PROGRAMMES,
        missing="the timetable is unknown",
    ),
)

_LOAN = (
    Feature(
        function=loan.loan_amount_fit,
        sign=1,
        unit="share",
        kinds=LOANS,
        missing="the person named no sum, or the loan has no limits",
    ),
    Feature(
        function=loan.loan_purpose_fit,
        sign=1,
        unit="0 or 1",
        kinds=LOANS,
        missing="the loan is for any purpose, or the person's is unknown",
    ),
    Feature(function=loan.loan_rate, sign=-1, unit="percent a year", kinds=LOANS, missing="the rate is unknown"),
)

_CHANCE = (
    Feature(
        function=chance.seats_left,
        sign=1,
        unit="places",
        kinds=OPENINGS_AND_PROGRAMMES,
        missing="the number is unknown",
    ),
    Feature(function=chance.days_to_close, sign=1, unit="days", kinds=OPENINGS, missing="no last day is stated"),
    Feature(function=chance.fair_chance_pledge, sign=1, unit="0 or 1", kinds=OPENINGS, missing="nobody asked"),
    Feature(function=chance.response_rate, sign=1, unit="share", kinds=OPENINGS, missing="no introduction so far"),
    Feature(function=chance.record_clause, sign=-1, unit="0 to 2", kinds=OPENINGS, missing="the posting was not read"),
)

FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        *_TRADE,
        *_NEED,
        *_WAGE,
        *_PLACE,
        *_TIME,
        *_TERMS,
        *_PROGRAMME,
        *_LOAN,
        *_CHANCE,
    )
}
"""Every number a model may see. Nothing else about a person reaches a model: no name, sex, age, origin, belief,
health diagnosis, offence, category or date of release."""
