"""Fields of an offer come before its text; what neither says stays unknown."""

from datetime import date

import numpy as np
import pytest

from matching.domain.offer import Opening
from matching.domain.posting import (
    AgeRead,
    FlagRead,
    LicenceAsked,
    NumberRead,
    PostingOccupation,
    PostingRead,
    RecordClauseRead,
    WageRead,
)
from matching.domain.vocabulary import Contract, LicenceCode, OfferKind, RecordClause, WageUnit
from matching.errors import UnknownCodeError
from matching.extraction.posting import PostingReader
from matching.law import current_law
from matching.pool import packing
from matching.pool.build import offers_from, offers_streamed, unknown_skills
from matching.pool.layout import MAX_SKILLS
from matching.pool.offers import Offers
from matching.rules.rule import bit, code
from matching.taxonomy.release import current_taxonomy
from tests.builders import TODAY, loan, opening, programme
from tests.pool.same import assert_same

TAXONOMY = current_taxonomy()
SPAN = (0, 1)

READ = PostingRead(
    offer_id="J1",
    occupations=(PostingOccupation(code="8332", confidence=0.9, evidence=SPAN),),
    wage=WageRead(min_vnd=300_000, max_vnd=400_000, unit=WageUnit.DAY, negotiable=False, evidence=SPAN),
    age=AgeRead(min=18, max=45, evidence=SPAN),
    min_years=NumberRead(value=3, evidence=SPAN),
    licences_required=(LicenceAsked(code=LicenceCode.DRIVING_C, evidence=SPAN),),
    min_schooling_grade=NumberRead(value=9, evidence=SPAN),
    night_shift=FlagRead(value=True, evidence=SPAN),
    housing=FlagRead(value=True, evidence=SPAN),
    meals=FlagRead(value=False, evidence=SPAN),
    transport_provided=FlagRead(value=True, evidence=SPAN),
    trains_on_job=FlagRead(value=True, evidence=SPAN),
    record_clause=RecordClauseRead(value=RecordClause.HARD, evidence=SPAN),
)


def offers(*records, reads=(), **known) -> Offers:
    return offers_from(records, {r.offer_id: r for r in reads}, TAXONOMY, as_of=TODAY, **known)


def test_what_the_fields_leave_open_is_taken_from_the_text():
    found = offers(opening(), reads=[READ])
    assert found.occupation[0] == TAXONOMY.occupations.row["8332"]
    assert found.wage_min[0] == 300_000 * 26 and found.wage_max[0] == 400_000 * 26
    assert found.wage_unit[0] == code(WageUnit.DAY)
    assert (found.min_age[0], found.max_age[0], found.min_years[0], found.min_schooling[0]) == (18, 45, 3, 9)
    assert found.licences_required[0] == bit(LicenceCode.DRIVING_C)
    flags = (found.night_shift, found.housing, found.meals, found.transport_provided, found.trains)
    assert [int(flag[0]) for flag in flags] == [1, 1, 0, 1, 1]
    assert found.record_clause[0] == code(RecordClause.HARD)


def test_the_fields_win_over_the_text():
    own = opening(
        occupation="9313", wage_min_vnd=5_000_000, wage_max_vnd=6_000_000, wage_unit="month", min_age=16, max_age=60,
        min_years=0, licences_required=["forklift"], min_schooling_grade=0, night_shift=False, housing=False,
        meals=True, transport_provided=False, trains_on_job=False, record_clause="none",
    )  # fmt: skip
    found = offers(own, reads=[READ])
    assert found.occupation[0] == TAXONOMY.occupations.row["9313"]
    assert (found.wage_min[0], found.wage_max[0]) == (5_000_000, 6_000_000)
    assert (found.min_age[0], found.max_age[0], found.min_years[0], found.min_schooling[0]) == (16, 60, 0, 0)
    assert found.licences_required[0] == bit(LicenceCode.FORKLIFT)
    flags = (found.night_shift, found.housing, found.meals, found.transport_provided, found.trains)
    assert [int(flag[0]) for flag in flags] == [0, 0, 1, 0, 0]
    assert found.record_clause[0] == code(RecordClause.NONE)


def test_an_opening_that_says_nothing_is_unknown_not_no():
    found = offers(opening())
    for name in ("occupation", "place", "seats", "start", "end", "nights_away", "night_shift", "at_home", "contract",
                 "min_age", "max_age", "trains", "housing", "meals", "transport_provided", "pledge"):  # fmt: skip
        assert getattr(found, name)[0] == -1, name
    for name in ("wage_min", "wage_max", "min_years", "response_rate", "lat", "lon"):
        assert np.isnan(getattr(found, name)[0]), name
    assert found.opens_on[0] == found.closes_on[0] == 0 and not found.held[0]


@pytest.mark.parametrize("unit", ["piece", "share", "unknown"])
def test_m10_wages_that_cannot_be_compared_are_unknown_never_zero(unit):
    found = offers(opening(wage_min_vnd=6_000_000, wage_max_vnd=15_000_000, wage_unit=unit))
    assert np.isnan(found.wage_min[0]) and np.isnan(found.wage_max[0]) and found.wage_unit[0] == code(WageUnit(unit))


def test_m10_a_wage_without_a_unit_takes_the_one_of_the_text():
    found = offers(opening(wage_max_vnd=400_000), reads=[READ])
    assert found.wage_max[0] == 400_000 * 26 and np.isnan(found.wage_min[0])


def test_a_programme_closes_the_day_before_it_starts_and_its_support_counts():
    found = offers(
        programme(starts_on=date(2026, 12, 7), support=["housing"], capacity=20, licences_awarded=["forklift"])
    )
    assert found.closes_on[0] == date(2026, 12, 6).toordinal() and found.seats[0] == 20
    assert (found.housing[0], found.meals[0], found.licences_awarded[0]) == (1, -1, bit(LicenceCode.FORKLIFT))


def test_of_loans_no_list_is_everybody_and_an_empty_list_is_nobody():
    found = offers(loan(), loan("L2", eligible_categories=[], communes=[], purposes=[]))
    assert found.loan_categories[:].tolist() == [-1, 0]
    assert found.loan_communes[:] == (None, ()) and found.loan_purposes[:] == (None, ())
    assert np.isnan(found.loan_balance[:]).all()


def test_the_communes_of_a_loan_are_places_whatever_their_spelling():
    found = offers(loan(communes=["Xã Trà Tân", "xa tra tan", "không đâu cả"]), home_province="Lâm Đồng")
    (rows,) = found.loan_communes
    assert rows is not None and len(rows) == 2 and rows[0] == -1
    assert TAXONOMY.places.communes[rows[1]] == "Xã Trà Tân"


def test_kinds_share_one_table_and_take_keeps_them_in_step():
    found = offers(opening(contract="seasonal"), programme(weeks=12), loan(max_vnd=5))
    assert found.kind.tolist() == [code(kind) for kind in OfferKind]
    taken = found.take(np.array([2, 0]))
    assert taken.ids == ("L1", "J1") and taken.loan_max[0] == 5 and taken.contract[1] == code(Contract.SEASONAL)
    assert taken.held_texts[:] == ((), ()) and taken.skills[:].shape == (2, MAX_SKILLS)


def test_an_unknown_occupation_is_refused_by_the_name_of_the_offer():
    for record in (opening("J7", occupation="0000"), programme("J7", occupation="0000"), loan("J7", purposes=["0000"])):
        with pytest.raises(UnknownCodeError, match=r"\[J7\].*\[0000\]"):
            offers(record)


def test_unknown_skills_are_kept_in_the_record_and_reported():
    records = [opening(skills=["no_such_skill", "nor_this"]), programme(skills_taught=["no_such_skill"]), loan()]
    assert unknown_skills(records, TAXONOMY) == {"J1": ("no_such_skill", "nor_this"), "T1": ("no_such_skill",)}
    found = offers(*records)
    assert (found.skills[:] == -1).all() and found.records[0].skills == ("no_such_skill", "nor_this")


def test_how_an_employer_answers_is_told_from_outside():
    found = offers(
        opening(employer_id="E1"), opening("J2", employer_id="E2"), opening("J3"), response_rates={"E1": 0.5}
    )
    assert found.response_rate[0] == 0.5 and np.isnan(found.response_rate[1:]).all()


def test_work_barred_to_minors_follows_the_trade_read_from_the_text_too():
    read = PostingRead(offer_id="J1", occupations=(PostingOccupation(code="7212", confidence=0.9, evidence=SPAN),))
    assert offers(opening(), reads=[read]).barred_to_minors[0]
    assert not offers(opening(occupation="5141"), reads=[read]).barred_to_minors[0]
    assert offers(opening(occupation="5141", physical=["heavy_lifting"])).barred_to_minors[0]


@pytest.mark.parametrize(
    ("hours", "night"),
    [("22:00-06:00", 1), ("19:00-23:30", 0), ("00:00-03:00", 1), ("04:00-12:00", 0), ("20:00-01:00", 1), (None, -1)],
)
def test_night_work_by_hours_where_nobody_says(hours, night):
    assert offers(opening(hours=hours)).night_shift[0] == night


@pytest.mark.parametrize("n", [0, 1, 6, 7])
def test_offers_that_come_one_after_the_other_make_the_same_columns(n: int, monkeypatch: pytest.MonkeyPatch):
    """However many stand side by side at a time; what holds a posting and what a loan is for is kept apart."""
    monkeypatch.setattr(packing, "_AT_ONCE", 3)
    held = "Chỉ tuyển nam. Không nhận người có tiền án."
    drawn = [
        opening(offer_id="J1"),
        loan(offer_id="L1"),
        opening(offer_id="J0", text=held),
        programme(offer_id="T1"),
        opening(offer_id="J2", skills=["5"]),
        loan(offer_id="L2", purposes=["6111"]),
        opening(offer_id="J3", text=held),
    ][:n]
    reader = PostingReader(TAXONOMY, current_law())
    reads = {its.offer_id: reader.read(its) for its in drawn if isinstance(its, Opening)}
    streamed = ((its, reads.get(its.offer_id)) for its in drawn)
    at_once = offers_from(drawn, reads, TAXONOMY, as_of=TODAY)
    assert_same(offers_streamed(streamed, TAXONOMY, as_of=TODAY), at_once)
    if n == 7:
        assert len(at_once.held_rules[2]) > 0
