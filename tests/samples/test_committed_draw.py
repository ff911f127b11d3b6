"""The committed draw: people, offers and judged pairs that anybody can look at on the first run."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

import pytest

from matching.domain.offer import Loan, Opening, Programme
from matching.domain.vocabulary import Borrower, Category
from matching.law import current_law
from matching.pool.build import unknown_skills
from matching.samples import Samples, load_samples
from matching.samples.committed import AS_OF, DATA, HOME_PROVINCE, draw_judgements
from matching.taxonomy.release import Taxonomy, current_taxonomy

PHAN_RI_CUA, TRA_TAN = "22972", "23227"
STIGMA = re.compile(
    "đối tượng|tù nhân|phạm nhân|án tích|tiền án|tiền sự|ra tù|đi tù|hoàn lương|lầm lỗi|lý lịch tư pháp"
)


@pytest.fixture(scope="module")
def samples() -> Samples:
    return load_samples()


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return current_taxonomy()


def openings(samples: Samples) -> list[Opening]:
    return [offer for offer in samples.offers if isinstance(offer, Opening)]


def loans(samples: Samples) -> list[Loan]:
    return [offer for offer in samples.offers if isinstance(offer, Loan)]


def places(samples: Samples) -> Iterable[str]:
    for survey in samples.surveys:
        assert survey.commune is not None
        yield survey.commune
    for offer in samples.offers:
        if isinstance(offer, Loan):
            yield from offer.communes or ()
        else:
            assert offer.commune is not None
            yield offer.commune


def test_there_is_enough_of_everything_to_try_the_product_on(samples: Samples) -> None:
    kinds = Counter(type(offer) for offer in samples.offers)
    assert len(samples.surveys) >= 80
    assert kinds[Opening] >= 70
    assert kinds[Programme] >= 16
    assert kinds[Loan] >= 6
    assert len(samples.judgements) >= 500
    assert 0.6 <= sum(survey.agreed_to_be_shown for survey in samples.surveys) / len(samples.surveys) <= 0.72


def test_every_place_resolves_to_one_commune_of_the_province(samples: Samples, taxonomy: Taxonomy) -> None:
    """M11: old and new names, with and without accents and unit words."""
    read = {text: taxonomy.places.resolve(text, home_province=HOME_PROVINCE) for text in places(samples)}
    assert [text for text, place in read.items() if place.commune_code is None] == []
    assert {place.province for place in read.values()} == {"Tỉnh Lâm Đồng"}
    assert len({place.commune_code for place in read.values()}) >= 15
    assert sum(place.old_unit is not None for place in read.values()) >= 15


def test_each_officer_of_the_samples_has_own_people_and_own_openings(samples: Samples, taxonomy: Taxonomy) -> None:
    def count(texts: Iterable[str | None]) -> Counter[int]:
        return Counter(taxonomy.places.row_of(text, home_province=HOME_PROVINCE) for text in texts)

    people = count(survey.commune for survey in samples.surveys)
    jobs = count(opening.commune for opening in openings(samples))
    for code in (PHAN_RI_CUA, TRA_TAN):
        assert people[taxonomy.places.row[code]] >= 20
        assert jobs[taxonomy.places.row[code]] >= 10


def test_the_fund_of_tra_tan_lends_in_tra_tan_only(samples: Samples, taxonomy: Taxonomy) -> None:
    (fund,) = (loan for loan in loans(samples) if loan.lender_id == "F-tratan")
    assert fund.communes is not None
    rows = {taxonomy.places.row_of(text, home_province=HOME_PROVINCE) for text in fund.communes}
    assert rows == {taxonomy.places.row[TRA_TAN]}


def test_every_code_is_defined_and_one_free_skill_is_kept(samples: Samples, taxonomy: Taxonomy) -> None:
    known = taxonomy.occupations.row
    named = {offer.occupation for offer in samples.offers if not isinstance(offer, Loan)} - {None}
    named |= {trade.code for truth in samples.truths for trade in truth.trades}
    named |= {truth.loan_purpose for truth in samples.truths} - {None}
    named |= {code for loan in loans(samples) for code in loan.purposes or ()}
    assert {code for code in named if code not in known} == set()
    assert unknown_skills(samples.offers, taxonomy) == {"JO-031": ("cửa Xingfa",)}


def test_the_loans_of_decision_22_carry_the_amounts_of_the_law_and_their_source(samples: Samples) -> None:
    """M9: category, 60 months, 100 million, 4 million a month of training; every answer can name its source."""
    law = current_law()
    by_id = {loan.offer_id: loan for loan in loans(samples)}
    business, training, firms = (by_id[f"LN-00{n}"] for n in (1, 2, 3))
    assert business.max_vnd == law.value("decision_22_person_max", on=AS_OF)
    assert business.max_months_since_completion == law.value("decision_22_months_since_completion_max", on=AS_OF)
    assert business.eligible_categories == (Category.COMPLETED, Category.AMNESTIED)
    assert training.max_vnd_month == law.value("decision_22_training_month_max", on=AS_OF)
    assert training.must_be_enrolled
    assert firms.borrower is Borrower.EMPLOYER
    assert all(loan.source and loan.as_of for loan in loans(samples))


def test_job_seekers_and_people_who_came_home_are_the_same_record(samples: Samples) -> None:
    """P5: nothing but the sealed field tells them apart; ids and places are shared."""
    sealed = [survey for survey in samples.surveys if survey.restricted is not None]
    ordinary = [survey for survey in samples.surveys if survey.restricted is None]
    assert len(ordinary) >= 20
    assert {s.restricted.category for s in sealed if s.restricted is not None} == set(Category)
    assert {s.person_id[:4] for s in ordinary} & {s.person_id[:4] for s in sealed} != set()
    assert all(re.fullmatch(r"P-[A-Z]{2,3}-\d{3}", survey.person_id) for survey in samples.surveys)


def test_no_offer_speaks_of_a_past_but_the_two_written_to_be_caught(samples: Samples) -> None:
    """P2, P10: what employers wrote is clean, except a demand for a record slip and a refusal in words."""
    spoken = {
        offer.offer_id
        for offer in samples.offers
        if STIGMA.search(f"{offer.title}\n{'' if isinstance(offer, Loan) else offer.text}".lower())
    }
    assert spoken == {"JO-083", "JO-088"}


def test_a_few_openings_break_the_law_each_in_its_own_way(samples: Samples) -> None:
    """M15: slip no. 2, below the least wage, sex and age, identity card kept, deposit."""
    by_id = {opening.offer_id: opening for opening in openings(samples)}
    assert {planted.breach for planted in samples.planted} == {
        "record_slip", "minimum_wage", "sex_or_age", "identity_card", "deposit",
    }  # fmt: skip
    assert {planted.offer_id for planted in samples.planted} <= set(by_id)
    cheap = next(planted.offer_id for planted in samples.planted if planted.breach == "minimum_wage")
    assert (by_id[cheap].wage_max_vnd or 0) < current_law().value("min_wage_region_IV", on=AS_OF)


def test_the_judged_pairs_are_what_the_documented_seed_draws(samples: Samples, taxonomy: Taxonomy) -> None:
    """M13: `python -m matching.samples` gives the committed bytes on any machine."""
    assert draw_judgements(samples, taxonomy) == (DATA / "judgements.jsonl").read_bytes()


def test_judged_pairs_are_grouped_by_person_and_of_mixed_grades(samples: Samples) -> None:
    people = [judgement.person_id for judgement in samples.judgements]
    changes = sum(a != b for a, b in pairwise(people)) + 1
    assert changes == len(set(people))
    grades: dict[str, list[int]] = defaultdict(list)
    for judgement in samples.judgements:
        grades[judgement.person_id].append(judgement.grade)
    assert all(6 <= len(its) <= 10 for its in grades.values())
    assert sum(len(set(its)) > 1 for its in grades.values()) >= 0.95 * len(grades)
    assert set(Counter(j.grade for j in samples.judgements)) == {0, 1, 2, 3}


def test_judged_pairs_name_people_and_offers_of_the_draw_once(samples: Samples) -> None:
    pairs = Counter((judgement.person_id, judgement.offer_id) for judgement in samples.judgements)
    assert set(pairs.values()) == {1}
    assert {person for person, _ in pairs} <= {survey.person_id for survey in samples.surveys}
    assert {offer for _, offer in pairs} <= {offer.offer_id for offer in samples.offers}


def test_truths_stand_beside_their_surveys_and_declare_every_kind_of_fact(samples: Samples) -> None:
    assert [truth.person_id for truth in samples.truths] == [survey.person_id for survey in samples.surveys]
    assert {trade.assertion.value for truth in samples.truths for trade in truth.trades} == {
        "experience", "wish", "refused", "barred",
    }  # fmt: skip
    assert len({need for truth in samples.truths for need in truth.needs}) >= 8
    assert len({limit for truth in samples.truths for limit in truth.constraints}) >= 20
    assert {licence.status.value for truth in samples.truths for licence in truth.licences} >= {
        "valid", "expired", "lost", "in_progress", "none",
    }  # fmt: skip
