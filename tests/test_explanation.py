"""Sentences: complete, filled with the pair's own facts, the same contributions for everybody."""

import re
import unicodedata
from dataclasses import fields
from string import Formatter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import explanation
from matching.domain.match import Reason
from matching.domain.offer import Offer
from matching.domain.vocabulary import ConstraintCode, NeedCode, OfferKind
from matching.explanation import LEAST_CONTRIBUTION, SENTENCES, Audience, explain
from matching.explanation.employer_sentences import EMPLOYER_SENTENCES
from matching.explanation.evidence import Evidence
from matching.explanation.figures import EN, VI
from matching.explanation.missing import missing
from matching.explanation.names import Names
from matching.explanation.phrases import Phrases
from matching.explanation.sentence import Sentence
from matching.features import NAMES, matrix
from matching.features.measures import asks_for, constrained
from matching.pool.pairs import Pairs
from matching.ranking.additive import MICRO
from matching.ranking.prior import stated_prior
from matching.rules import passes
from matching.search import Searcher
from matching.search.reach import cells_in
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY, Person, held, loan, opening, pairs_of, person, programme

HOME = "Xã Phan Rí Cửa"
NAMED = Names.of(current_taxonomy())
WORDS = [
    text for s in [*SENTENCES.values(), *EMPLOYER_SENTENCES.values()] for f in fields(s) for text in getattr(s, f.name)
]


def explained(pairs: Pairs, *, audience: Audience = "officer", every: bool = False) -> tuple[tuple[Reason, ...], ...]:
    values = matrix(pairs)
    contributions = stated_prior().contributions(values)
    return explain(pairs, values, contributions, NAMED, audience=audience, every=every)


def said(feature: str, who: Person, offer: Offer, *, audience: Audience = "officer") -> tuple[str, str]:
    reasons = explained(pairs_of(who, offer), audience=audience, every=True)[0]
    return next((r.text_vi, r.text_en) for r in reasons if r.feature == feature)


def eligible(seed: int) -> Pairs:
    pairs = Pairs.cross(*pools.pools(seed, 6, 40), as_of=TODAY.toordinal())
    return pairs.where(passes(pairs))


def test_every_feature_has_its_sentences() -> None:
    assert sorted(SENTENCES) == sorted(NAMES)
    assert set(EMPLOYER_SENTENCES) < set(NAMES)


def test_every_phrase_that_a_sentence_asks_for_is_found_and_said() -> None:
    asked = {name.removeprefix("f.") for text in WORDS for _, name, _, _ in Formatter().parse(text) if name}
    assert {name for name in asked if not hasattr(Evidence, name)} == set()
    assert {name for name in asked if not callable(getattr(Phrases, name, None))} == set()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(("officer", "employer")))
def test_what_is_said_of_a_pair_does_not_depend_on_the_others(seed: int, audience: Audience) -> None:
    """Sentences that many pairs share are made once: each is the one that the pair would get alone, and anew."""
    pairs = eligible(seed)
    together = explained(pairs, audience=audience, every=True)
    for row, reasons in enumerate(together):
        explanation._reasons_of.cache_clear()
        assert explained(pairs.where(np.array([row])), audience=audience, every=True) == (reasons,)


@pytest.mark.parametrize("sentence", [*SENTENCES.values(), *EMPLOYER_SENTENCES.values()])
def test_sentences_are_whole_and_accented(sentence: Sentence) -> None:
    for vi, en in (sentence.good, sentence.bad):
        assert vi[0].isupper() or vi[0] == "{"
        assert en[0].isupper() or en[0] == "{"
        assert vi.endswith(".") and en.endswith(".")
        assert unicodedata.is_normalized("NFC", vi)
        assert vi.startswith("{") or re.search("[à-ỹđ]", vi), vi
        assert en.isascii()


def test_no_sentence_tells_of_anybodys_past() -> None:
    """P10: nothing a person or an employer meets holds a stigmatising word."""
    words = re.compile("đối tượng|tù|phạm|án tích|tiền án|offend|convict|prison|crim|sentence", re.IGNORECASE)
    assert [text for text in WORDS if words.search(text)] == []


def test_a_bad_reason_says_what_could_be_done() -> None:
    advice = re.compile("hỏi|gọi|xem|tìm|tính|bàn|xin|học|bắt đầu|làm lại|so với|nêu ra", re.IGNORECASE)
    plain = {"work_at_home", "night_shift_welcome"}  # nothing can be done about these, and nothing needs to be
    assert [name for name, s in SENTENCES.items() if name not in plain and not advice.search(s.bad[VI])] == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_every_reason_can_be_said_of_any_pair(seed: int) -> None:
    """No fact is missing, not a number, or left as a placeholder, in either language and for either reader."""
    pairs = eligible(seed)
    for audience in ("officer", "employer"):
        for reasons in explained(pairs, audience=audience, every=True):
            for reason in reasons:
                for text in (reason.text_vi, reason.text_en):
                    assert not re.search(r"(?<!vót )\bnan\b|None|[{}]|  ", text), text


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_every_sentence_can_be_said_both_ways(seed: int) -> None:
    """A trained model may weigh a feature the other way round from its reference: both sentences hold."""
    pairs = eligible(seed)
    values = matrix(pairs)
    known = np.where(np.isnan(values), 0, 1) * MICRO
    for contributions in (known, -known):
        for reasons in explain(pairs, values, contributions, NAMED, every=True):
            assert all(not re.search(r"(?<!vót )\bnan\b|[{}]", r.text_vi + r.text_en) for r in reasons)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_all_reasons_together_are_the_score(seed: int) -> None:
    """M4: contributions sum to the score within 1e-9."""
    pairs = eligible(seed)
    scores = stated_prior().score(matrix(pairs)) / MICRO
    sums = [sum(r.contribution for r in reasons) for reasons in explained(pairs, every=True)]
    np.testing.assert_allclose(sums, scores, atol=1e-9)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_the_strongest_come_first_and_trifles_are_left_out(seed: int) -> None:
    for short, full in zip(explained(eligible(seed)), explained(eligible(seed), every=True), strict=True):
        sizes = [abs(r.contribution) for r in full]
        assert sizes == sorted(sizes, reverse=True)
        assert list(short) == [r for r in full[:6] if abs(r.contribution) >= LEAST_CONTRIBUTION]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_an_employer_reads_the_same_contributions_and_less(seed: int) -> None:
    """M5: what is said depends on who asks, what counts does not."""
    pairs = eligible(seed)
    for officer, employer in zip(
        explained(pairs, every=True), explained(pairs, audience="employer", every=True), strict=True
    ):
        known = {r.feature: r.contribution for r in officer}
        assert all(known[r.feature] == r.contribution for r in employer)
        assert {r.feature for r in employer} <= set(EMPLOYER_SENTENCES)


def test_an_employer_reads_bands_and_nothing_of_limits_wages_or_needs() -> None:
    """P3, P5: no exact distance or years, no health, no money, no family."""
    who = person(
        commune=HOME,
        experience=[("7112", 8)],
        needs=["job", "loan"],
        constraints=["childcare", "debt", "low_literacy", "weak_health"],
        wage_floor_vnd_month=6_000_000,
    )
    offer = opening(commune="Xã Liên Hương", occupation="7112", min_years=2, hours="06:00-18:00", min_schooling_grade=9)
    reasons = explained(pairs_of(who, offer), audience="employer", every=True)[0]
    assert {r.feature for r in reasons} == {
        "occupation_exact",
        "occupation_similarity",
        "trade_years",
        "years_against_asked",
        "distance_km",
    }
    assert said("trade_years", who, offer, audience="employer") == (
        "Kinh nghiệm: 5–10 năm.",
        "Experience: 5–10 years.",
    )
    assert "km)" in said("distance_km", who, offer, audience="employer")[VI]


def test_sentences_name_the_evidence() -> None:
    mason = person(commune=HOME, experience=[("7112", 8)], transport="motorbike")
    offer = opening(commune=HOME, occupation="7112", wage_min_vnd=9_000_000, wage_max_vnd=13_000_000, wage_unit="month")
    vi, en = said("occupation_exact", mason, offer)
    assert "8 năm" in vi and "8 years" in en
    assert current_taxonomy().occupations.plain_vi[current_taxonomy().occupations.row["7112"]] in vi
    assert said("wage_known", mason, offer) == (
        "Lương ghi rõ: 9–13 triệu một tháng.",
        "The wage is stated: VND 9–13 million a month.",
    )
    assert said("distance_km", mason, offer)[VI] == "Gần nhà, cách khoảng 1 km."
    assert said("commute_minutes", mason, offer)[EN] == "About 5 minutes by motorbike."


def test_a_course_says_what_it_leads_to_and_what_it_costs() -> None:
    course = programme(licences_awarded=["driving_B"], fee_vnd=16_000_000, weeks=14, occupation="8322")
    assert said("programme_new_licence", person(), course)[VI] == "Học xong có giấy phép lái xe hạng B."
    assert said("programme_fee", person(), course)[VI].startswith("Học phí 16 triệu")
    assert said("loan_amount_fit", person(loan_vnd=20_000_000), loan(max_vnd=25_000_000))[EN] == (
        "Covers the VND 20 million asked for."
    )


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    pairs = pairs_of(person(), opening())
    values = matrix(pairs)
    contributions = np.zeros(values.shape, dtype=np.int64)
    contributions[0, NAMES.index("distance_km")] = -300_000
    reason = explain(pairs, values, contributions, NAMED)[0][0]
    assert (reason.text_vi, reason.text_en) == ("Chưa rõ cách nhà bao xa.", "Not known: how far it is.")


def test_only_what_would_help_is_asked_for() -> None:
    def asked(who: Person, *offers: Offer) -> list[str]:
        people, pool = pools.columns([who], offers)
        row = np.array([0])
        return [m.field for m in missing(people, row, pool, cells_in(pool).near(people, row))[0]]

    full = person(commune=HOME, transport="bus", needs=["job"], birth_year=1990, licences=[held("forklift")])
    assert asked(full, opening(commune=HOME, occupation="8332", licences_required=["driving_C"])) == []
    assert asked(person(), opening(commune=HOME)) == ["need", "commune", "transport"]
    assert asked(person(needs=["job"]), opening()) == []
    assert asked(person(needs=["job"]), opening(licences_required=["forklift"])) == ["licences"]
    assert asked(person(needs=["job"]), opening(physical=["heavy_lifting"])) == ["birth_year"]
    assert asked(person(needs=["loan"]), loan()) == ["loan.amount_vnd"]
    assert asked(person(needs=["loan"], loan_vnd=5_000_000), loan()) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_asked_for_is_what_would_change_an_answer_within_reach(seed: int) -> None:
    """The same as looking at every pair within reach, one by one."""
    people, offers = pools.pools(seed, 6, 12)
    rows = np.arange(len(people))
    searcher = Searcher(people, offers, stated_prior(), per="person", as_of=TODAY.toordinal())
    found = missing(people, rows, offers, cells_in(offers).near(people, rows))
    for row in rows.tolist():
        pairs = searcher.find(np.array([row]), k=1).judged
        assert [m.field for m in found[row]] == asked_pair_by_pair(pairs)


def asked_pair_by_pair(pairs: Pairs) -> list[str]:
    people, offers = pairs.people, pairs.offers
    person, offer = pairs.person, pairs.offer
    placed = offers.place[offer] >= 0
    papers = people.licences | people.licences_expired | people.licences_lost | people.licences_in_progress
    walks = constrained(pairs, ConstraintCode.NO_VEHICLE)
    is_loan = offers.kind[offer] == list(OfferKind).index(OfferKind.LOAN)
    asked = {
        "need": people.needs[person] == 0,
        "commune": (people.place[person] < 0) & placed,
        "transport": (people.transport[person] < 0) & ~walks & placed & (offers.housing[offer] != 1),
        "birth_year": (people.earliest_birth[person] == 0) & offers.barred_to_minors[offer],
        "licences": (papers[person] == 0) & (offers.licences_required[offer] != 0),
        "loan.amount_vnd": is_loan & asks_for(pairs, NeedCode.LOAN) & np.isnan(people.loan_vnd[person]),
    }
    return [name for name, mask in asked.items() if mask.any()]
