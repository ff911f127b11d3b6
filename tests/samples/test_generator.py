"""The seeded generator: a commune or a province of any size, and what is declared to be true of it."""

from collections import Counter
from datetime import date, timedelta

import pytest

from matching.domain.offer import Loan, Opening, Programme
from matching.domain.vocabulary import Assertion, LicenceStatus, NeedCode
from matching.errors import UnknownCodeError
from matching.jsonl import decode_offer, decode_survey, dump, write_lines
from matching.samples import Samples, generate
from matching.samples.committed import HOME_PROVINCE
from matching.samples.tables import clauses, communes, market, postings
from matching.taxonomy.release import current_taxonomy

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def samples() -> Samples:
    return generate(11, people=300, openings=400, programmes=40, loans=12, judged=60)


def everything(samples: Samples) -> bytes:
    return b"".join(write_lines(x) for x in (samples.surveys, samples.offers, samples.judgements, samples.truths))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(samples: Samples) -> None:
    """M13: replay."""
    again = generate(11, people=300, openings=400, programmes=40, loans=12, judged=60)
    assert everything(again) == everything(samples)
    assert everything(generate(12, people=5, openings=5)) != everything(generate(11, people=5, openings=5))


def test_the_first_ones_stay_the_same_when_more_are_asked_for(samples: Samples) -> None:
    few = generate(11, people=20, openings=30, programmes=1, loans=1, judged=0)
    assert few.surveys == samples.surveys[:20]
    assert few.truths == samples.truths[:20]
    assert few.offers[:30] == samples.offers[:30]


def test_it_makes_as_many_of_each_kind_as_asked() -> None:
    samples = generate(3, people=7, openings=6, programmes=5, loans=4, judged=2)
    kinds = Counter(type(offer) for offer in samples.offers)
    assert (len(samples.surveys), kinds[Opening], kinds[Programme], kinds[Loan]) == (7, 6, 5, 4)
    assert len({judgement.person_id for judgement in samples.judgements}) <= 2
    assert generate(3, people=0, openings=0, programmes=0, loans=0).offers == ()


def test_what_it_makes_is_read_back_by_the_contract(samples: Samples) -> None:
    assert [decode_survey(dump(survey)) for survey in samples.surveys] == list(samples.surveys)
    assert [decode_offer(dump(offer)) for offer in samples.offers] == list(samples.offers)


def test_every_place_it_writes_resolves_to_the_commune_that_is_meant() -> None:
    """M11."""
    places = current_taxonomy().places
    for commune in communes():
        read = {text: places.resolve(text, home_province=HOME_PROVINCE).commune_code for text in commune.spellings}
        assert set(read.values()) == {commune.code}, read


def test_people_and_offers_can_be_spread_over_any_communes() -> None:
    places = current_taxonomy().places
    codes = [code for code, province in zip(places.codes, places.provinces, strict=True) if "Cà Mau" in province][:5]
    samples = generate(5, people=40, openings=40, places=codes)
    texts = {survey.commune for survey in samples.surveys} | {
        offer.commune for offer in samples.offers if not isinstance(offer, Loan)
    }
    assert {places.resolve(text or "").commune_code for text in texts} == set(codes)
    with pytest.raises(UnknownCodeError, match="00000"):
        generate(5, people=1, places=["00000"])


def test_texts_are_written_in_all_styles_and_hardly_repeat(samples: Samples) -> None:
    texts = [survey.text for survey in samples.surveys]
    bare = sum(text.isascii() for text in texts)
    assert 0.15 < bare / len(texts) < 0.45
    assert any("hổng" in text.lower() for text in texts)
    assert any("N/vọng" in text for text in texts)
    assert any(" dc" in text or " đc" in text for text in texts)
    assert len(set(texts)) == len(texts)


def test_the_declared_truths_agree_with_the_form(samples: Samples) -> None:
    for survey, truth in zip(samples.surveys, samples.truths, strict=True):
        assert survey.person_id == truth.person_id
        assert survey.surveyed_on <= AS_OF
        for ticked in survey.licences:
            assert [(licence.code, licence.status) for licence in truth.licences] == [(ticked.code, ticked.status)]
        if survey.birth_year is not None:
            age = survey.surveyed_on.year - survey.birth_year
            assert all((trade.years or 0) <= max(1, age - 17) for trade in truth.trades)
        assert bool(survey.court_bars) == any(trade.assertion is Assertion.BARRED for trade in truth.trades)
        assert (NeedCode.LOAN in truth.needs) == (truth.loan_vnd is not None)


def test_openings_tell_their_terms_and_some_leave_them_open(samples: Samples) -> None:
    posted = [offer for offer in samples.offers if isinstance(offer, Opening)]
    assert all(opening.text and opening.title for opening in posted)
    assert all((opening.wage_min_vnd or 0) <= (opening.wage_max_vnd or 0) for opening in posted)
    assert {opening.wage_unit.value for opening in posted} >= {"month", "day", "hour", "share"}
    for name in ("occupation", "wage_min_vnd", "hours", "housing", "record_clause", "fair_chance_pledge"):
        said = sum(getattr(opening, name) is not None for opening in posted)
        assert 0 < said < len(posted), name
    assert any((opening.opens_on or AS_OF) > AS_OF for opening in posted)
    assert any((opening.closes_on or AS_OF) < AS_OF for opening in posted)


def test_a_small_share_of_openings_breaks_the_law_and_says_which(samples: Samples) -> None:
    posted = {offer.offer_id: offer for offer in samples.offers if isinstance(offer, Opening)}
    assert 0 < len(samples.planted) < 0.05 * len(posted)
    for planted in samples.planted:
        sentences = postings()["breach"][planted.breach]
        assert sum(sentence in posted[planted.offer_id].text for sentence in sentences) == 1
    innocent = posted.keys() - {planted.offer_id for planted in samples.planted}
    forbidden = [sentence for sentences in postings()["breach"].values() for sentence in sentences]
    assert not any(sentence in posted[offer_id].text for offer_id in innocent for sentence in forbidden)


def test_the_day_is_a_parameter() -> None:
    """Law 2 of the house: no clock."""
    samples = generate(4, people=30, openings=30, as_of=date(2027, 5, 1))
    assert all(
        date(2027, 5, 1) - timedelta(days=181) < survey.surveyed_on <= date(2027, 5, 1) for survey in samples.surveys
    )
    assert any(
        offer.opens_on > date(2027, 3, 1) for offer in samples.offers if isinstance(offer, Opening) and offer.opens_on
    )


def test_every_situation_of_the_market_has_its_words() -> None:
    """A licence that a trade asks for can be told by a person, in each status, and by a posting."""
    asked = {trade.licence.value for trade in market() if trade.licence is not None}
    assert asked <= clauses()["licence_name"].keys()
    assert asked - {"boat_captain"} <= postings()["licence_name"].keys()
    assert {status.value for status in LicenceStatus} == clauses()["licence"].keys()
    assert all(len(texts) >= 3 for lists in (clauses()["need"], clauses()["constraint"]) for texts in lists.values())
    assert {trade.code for trade in market()} <= set(current_taxonomy().occupations.codes)
