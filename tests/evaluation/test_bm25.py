"""BM25 is the formula of the books, so that what is compared with it is compared with something."""

import math
from collections import Counter

import numpy as np
import pytest

from matching.evaluation.bm25 import Bm25, words

DOCUMENTS = (
    "Phụ hồ công trình nhà dân\nTrộn hồ, chuyển gạch, công nhật",
    "Thợ may công nghiệp\nMay áo khoác xuất khẩu",
    "",
    "Đi bạn ghe lưới",
)


def by_hand(query: str, row: int, *, k1: float = 1.2, b: float = 0.75) -> float:
    counted = [Counter(words(text)) for text in DOCUMENTS]
    length = [sum(count.values()) for count in counted]
    mean = sum(length) / len(length)
    score = 0.0
    for word in words(query):
        holding = sum(word in count for count in counted)
        if not holding:
            continue
        idf = math.log(1 + (len(counted) - holding + 0.5) / (holding + 0.5))
        times = counted[row][word]
        score += idf * times * (k1 + 1) / (times + k1 * (1 - b + b * length[row] / mean))
    return score


@pytest.mark.parametrize("query", ["phu ho", "hồ hồ hồ", "may may công nhân", "không có từ nào"])
def test_scores_are_those_of_the_formula(query: str) -> None:
    scores = Bm25(DOCUMENTS).scores([query])[0]
    assert scores == pytest.approx([by_hand(query, row) for row in range(len(DOCUMENTS))], abs=1e-12)


def test_a_text_without_accents_finds_as_much() -> None:
    index = Bm25(DOCUMENTS)
    assert np.array_equal(index.scores(["thợ may công nghiệp"]), index.scores(["tho may cong nghiep"]))


def test_nothing_to_search_and_nothing_asked() -> None:
    assert Bm25(["", ""]).scores(["gì đó", ""]).tolist() == [[0.0, 0.0], [0.0, 0.0]]
