"""Whether a learner can tell from what an employer sees who came back from prison and who did not (P5)."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from matching.domain.survey import Restricted, Survey
from matching.domain.vocabulary import Category
from matching.jsonl import dump
from matching.samples import generate
from service.access import Actor, Role
from service.intake.rows import Row
from service.operations.employer import CandidateCard, find_candidates
from service.operations.importing import import_surveys
from tests.service.conftest import PHAN_RI, World
from tests.service.examples import OPENING

TOLD = (
    "Em mới chấp hành xong án phạt về địa phương.",
    "Tôi ra tù được nửa năm nay.",
    "Có tiền án nên đi xin đâu người ta cũng ngại.",
    "Dạ con mãn hạn tù về, bị người ta kỳ thị.",
    "Moi duoc dac xa dip 2/9, chua ai nhan.",
    "Hàng tháng phải lên xã trình diện công an.",
    "Trước kia lầm lỗi, giờ muốn làm lại cuộc đời.",
    "Thuộc diện đối tượng tái hòa nhập cộng đồng.",
    "Sợ chủ biết mình từng ở trại giam.",
    "Con đang chấp hành án treo, ngày 5 hàng tháng đi trình diện.",
)
NOT_TOLD = (
    "Em mới về lại địa phương.",
    "Tôi người gốc ở đây.",
    "Đường vô xóm giờ dễ đi.",
    "Dạ con cảm ơn cán bộ nhiều.",
    "Cho em hoi them ti.",
    "Hàng tháng xóm có họp dân phố.",
    "Trước kia xóm vắng, giờ đông vui.",
    "Xóm mình thuộc diện khu dân cư mới.",
    "Mong cán bộ để ý giúp.",
    "Con đang ở với ngoại, ngày nào cũng vui.",
)
"""As long and as many, and of nothing in particular."""

PEOPLE = 100
AT_MOST = 0.55
DAY = date(2026, 11, 23)


def twins() -> Iterator[tuple[bool, Survey]]:
    """Yield each person twice: once with words and a category that tell, once with others and none."""
    chance = random.Random(5)
    for number, person in enumerate(generate(7, people=PEOPLE, openings=0, as_of=DAY).surveys):
        end = chance.random() < 0.5
        for told, words in ((True, TOLD), (False, NOT_TOLD)):
            also = chance.choice(words)
            text = f"{person.text} {also}" if end else f"{also} {person.text}"
            sealed = Restricted(category=chance.choice(list(Category)), completed_on=date(2025, 3, 1)) if told else None
            yield told, replace(
                person, person_id=f"{number}-{told}", text=text, restricted=sealed, agreed_to_be_shown=True,
                court_bars=(), commune=None,
            )  # fmt: skip


def words_of(card: CandidateCard) -> str:
    """Return all that a card says, but its id and its place: among equals that is drawn."""
    return dump(replace(card, candidate="", rank=0)).decode()


@pytest.fixture
def cards(world: World) -> list[tuple[int, bool, CandidateCard]]:
    """(pair, whether it was told, card) of all who are shown for an opening that anybody could fill."""
    house, asked = world.house, list(twins())
    officer = Actor(user="officer.phanri", role=Role.OFFICER, communes=(PHAN_RI,))
    rows = [Row(number=number, record=survey) for number, (_, survey) in enumerate(asked)]
    assert import_surveys(house, rows, name=".csv", actor=officer).saved == len(asked)
    world.client("employer.one").post("/api/v1/openings", json=OPENING | {"offer_id": "J1"})
    employer = Actor(user="employer.one", role=Role.EMPLOYER)
    shown = find_candidates(house, employer, "J1", k=len(asked), as_of=DAY).items
    with house.database.store(officer) as store:
        everybody = store.people.page(limit=len(asked))
    whose = {house.database.keys.candidate("J1", row.key): row.person_id.split("-") for row in everybody}
    return [(int(whose[card.candidate][0]), whose[card.candidate][1] == "True", card) for card in shown]


def auc(cards: list[tuple[int, bool, CandidateCard]], words: list[str]) -> float:
    """Return how well a learner tells people whom it did not see apart; 0.5 is guessing."""
    pairs, told = (np.array([card[i] for card in cards]) for i in (0, 1))
    learner = make_pipeline(CountVectorizer(ngram_range=(1, 2), token_pattern=r"[^\s\",:{}]+"), LogisticRegression())
    scores = cross_val_predict(learner, words, told, groups=pairs, cv=GroupKFold(5), method="predict_proba")[:, 1]
    return float(roc_auc_score(told, scores))


def test_no_learner_tells_from_cards_who_came_back(cards: list[tuple[int, bool, CandidateCard]]) -> None:
    """P5: by no word of a card, nor by whether there is one; it would if every third card told."""
    told = [its for _, its, _ in cards]
    assert len(cards) > PEOPLE, "enough to learn from"
    assert abs(np.mean(told) - 0.5) <= AT_MOST - 0.5
    words = [words_of(card) for _, _, card in cards]
    assert 1 - AT_MOST <= auc(cards, words) <= AT_MOST
    leaking = [
        f"{its} reports" if told and pair % 3 == 0 else its for its, (pair, told, _) in zip(words, cards, strict=True)
    ]
    assert auc(cards, leaking) > AT_MOST
