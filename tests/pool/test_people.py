"""Form and profile become one row of columns: the form first, unknown kept unknown."""

import pickle
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from matching.domain.bits import members_of
from matching.domain.vocabulary import ConstraintCode, LicenceCode
from matching.errors import DataError, UnknownCodeError
from matching.pool.build import people_from
from matching.pool.mentions import FROM_A_TRADE, Mention, Mentions
from matching.pool.people import TOLD, People
from matching.taxonomy.release import current_taxonomy
from tests.builders import TODAY, Person, bar, held, opening, pairs_of, person, programme, verdicts

TAXONOMY = current_taxonomy()


def people(*persons: Person, as_of: date = TODAY, **known) -> People:
    return people_from([p.survey for p in persons], [p.profile for p in persons], TAXONOMY, as_of=as_of, **known)


def row(code: str) -> int:
    return TAXONOMY.occupations.row[code]


def test_a_person_of_whom_nothing_is_known_has_no_zero_for_it():
    found = people(person())
    assert np.isnan([found.max_commute_km[0], found.wage_floor[0], found.loan_vnd[0], found.lat[0]]).all()
    assert [
        int(getattr(found, name)[0]) for name in ("place", "transport", "schooling", "not_before", "not_after")
    ] == ([-1] * 5)
    assert found.earliest_birth[0] == 0 and found.needs[0] == 0 and np.isnan(found.evidence_years[0])


def test_the_form_comes_first_and_the_text_fills_in():
    assert people(person(schooling_grade=9)).schooling[0] == 9
    told = Person(survey=person().survey, profile=replace(person().profile, schooling_grade=7))
    assert people(told).schooling[0] == 7


def test_licences_ticked_and_read_are_joined_with_all_they_cover():
    found = people(
        person(licences=[held("driving_C")], licences_read=[("forklift", "valid"), ("driving_D", "expired")])
    )
    has = set(members_of(int(found.licences[0]), LicenceCode))
    assert {"driving_C", "driving_C1", "driving_B", "forklift"} <= has and "driving_D" not in has
    assert members_of(int(found.licences_expired[0]), LicenceCode) == (LicenceCode.DRIVING_D,)


def test_experience_is_the_nearest_trade_by_similarity_with_its_years():
    found = people(person(experience=[("7112", 8), ("5141", 2), ("7112", 3)]))
    assert found.experience[0, row("7112")] == 1 and found.experience_years[0, row("7112")] == 8
    assert found.experience_years[0, row("5141")] == 2
    near = TAXONOMY.similarity[row("7112"), row("7111")]
    assert found.experience[0, row("7111")] == pytest.approx(near) and found.experience_years[0, row("7111")] == 8
    assert found.evidence_years[0] == 8


def test_years_are_unknown_where_no_trade_is_near_or_none_were_told():
    found = people(person(experience=["7112"]), person("P2"))
    assert np.isnan(found.experience_years).all() and (found.experience[1] == 0).all()


def test_an_uncertain_reading_counts_by_its_confidence():
    sure = person(experience=["7112"])
    unsure = tuple(replace(mention, confidence=0.5) for mention in sure.profile.occupations)
    read = Person(survey=sure.survey, profile=replace(sure.profile, occupations=unsure))
    assert people(read).experience[0, row("7112")] == pytest.approx(0.5)


def test_a_wish_is_not_experience_and_a_refusal_is_neither():
    found = people(person(wish=["5141"], refused=["7112"]))
    assert found.wish[0, row("5141")] == 1 and (found.experience == 0).all()
    assert found.refused[0, row("7112")] == 2 and found.refused[0, row("7111")] == 1
    assert found.refused[0, row("7121")] == 0


def test_skills_said_count_whole_and_skills_of_a_trade_less():
    if not len(TAXONOMY.skills):
        pytest.skip("the release defines no skills")
    central = int(TAXONOMY.skills.of_occupation[row("7112")].argmax())
    weight = float(TAXONOMY.skills.of_occupation[row("7112"), central])
    implied = people(person(experience=["7112"])).skills[0, central]
    assert implied == pytest.approx(FROM_A_TRADE * weight)
    said = people(person(experience=["7112"], skills=[TAXONOMY.skills.codes[central]])).skills[0, central]
    assert said == 1


def test_people_without_limits_are_flagged_as_such():
    found = people(
        person(), person("P2", refused=["7112"]), person("P3", barred=["7112"]),
        person("P4", court_bars=[bar("7112", until=date(2027, 1, 1))]),
        person("P5", court_bars=[bar("7112", until=TODAY)]),
    )  # fmt: skip
    assert found.closed_trades.tolist() == [0, 4, 2, 1, 0]
    assert found.barred_until.tolist() == [0, 0, 0, date(2027, 1, 1).toordinal(), 0]


def test_minor_is_dropped_once_the_years_that_explain_it_have_passed():
    boy = person(constraints=["minor"], birth_year=2009)
    bit = 1 << list(ConstraintCode).index(ConstraintCode.MINOR)
    assert people(boy, as_of=date(2027, 12, 31)).constraints[0] & bit
    assert not people(boy, as_of=date(2028, 1, 1)).constraints[0] & bit


def test_take_keeps_every_column_and_the_envelope_in_step():
    some = [person(f"P{i}", court_bars=[bar("7112", until=date(2027, 1, i + 1))]) for i in range(4)]
    rows = np.array([3, 1])
    taken, alone = people(*some).take(rows), people(some[3], some[1])
    assert taken.ids == ("P3", "P1") and taken.bar_days == alone.bar_days
    for name in ("barred", "barred_until", "experience", "constraints", "lat"):
        np.testing.assert_array_equal(getattr(taken, name), getattr(alone, name))
    assert len(taken.sealed) == 2


def test_a_pool_keeps_what_was_told_and_spreads_it_out_for_the_people_at_hand():
    """M13: 100,000 people are held in some tens of megabytes; a wide column takes a row only for those taken."""
    some = people(*(person(f"P{i}", experience=[("7112", 8), "5141"], skills=["ac_install"]) for i in range(50)))
    held = len(pickle.dumps(some)) - len(pickle.dumps(some.take(np.arange(0))))
    assert held / len(some) < 300
    assert some.take(np.array([7])).experience.shape == (1, len(TAXONOMY.occupations))
    assert len(pickle.dumps(some)) - len(pickle.dumps(some.take(np.arange(0)))) == held


def test_the_pool_has_no_column_for_what_a_model_may_not_see():
    names = set(People.__slots__)
    assert not [n for n in names if any(w in n for w in ("category", "complet", "sex", "gender", "name", "offence"))]
    assert "sealed" in names and "completed" not in repr(people(person()).sealed)


def test_surveys_and_profiles_that_do_not_belong_together_are_refused():
    with pytest.raises(DataError, match="side by side"):
        people_from([person("P1").survey], [person("P2").profile], TAXONOMY, as_of=TODAY)


def test_codes_that_the_release_does_not_know_are_refused():
    with pytest.raises(UnknownCodeError, match=r"\[0000\]"):
        people(person(experience=["0000"]))
    with pytest.raises(UnknownCodeError, match=r"\[P1\].*\[no_such_skill\]"):
        people(person(skills=["no_such_skill"]))


def test_nobody_and_nothing_make_an_empty_pool():
    assert len(people()) == 0
    assert len(pairs_of([], [opening()])) == 0 and len(pairs_of([person()], [])) == 0


def test_f1_numbers_beyond_all_sense_break_nothing():
    who = person(age_stated=5000, birth_year=1900, schooling_grade=12, max_commute_km=5000, wage_floor_vnd_month=1e10)
    huge = opening(headcount=10**17, min_age=10**9, max_age=-5, days_per_week=999, nights_away_per_trip=10**9)
    assert verdicts(who, huge) == []
    late = person(age_stated=1, surveyed_on=date(9999, 12, 31))
    assert "no_work_barred_to_minors" in verdicts(late, opening(occupation="9313"))
    assert verdicts(person(), programme(starts_on=date(1, 1, 1), weeks=1e300, min_age=10**9)) == ["not_closed"]


def test_a_digest_tells_apart_whatever_is_told_but_no_person_and_no_home():
    """What is kept by it is used again only for somebody of whom the very same is told."""
    told = people(person(experience=[("7112", 8)]))
    assert replace(told, ids=("P9",), place=told.place + 1, lat=told.lat + 1).digest() == told.digest()
    digests = {told.digest()}
    for name in TOLD:
        column = getattr(told, name)
        other = np.where(np.isnan(column), 1, column + 1) if column.dtype.kind == "f" else column + 1
        digests.add(replace(told, **{name: other.astype(column.dtype)}).digest())
    for name in ("did", "wished", "refusals", "bars", "bars_in_text", "said"):
        more = replace(told.trades, **{name: Mentions.of([[Mention(3, 0.5, 2.0)]])})
        digests.add(replace(told, trades=more).digest())
    assert len(digests) == 1 + len(TOLD) + 6
