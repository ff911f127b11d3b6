"""Promises of the back-off: the nearest names by letters, with confidence that means something."""

import numpy as np
import pytest

from matching.extraction.backoff import BackOff, occupation_backoff
from matching.taxonomy.release import current_taxonomy
from matching.text.fold import fold

NAMES = (
    "thợ hàn",
    "thợ hàn khung sắt",
    "hàn điện",
    "thợ hồ",
    "phụ hồ",
    "thợ xây",
    "nuôi tôm",
    "nuôi tôm thẻ",
    "nuôi cá",
)
LABELS = ("7212", "7212", "7212", "7112", "9313", "7112", "6221", "6221", "6221")


@pytest.fixture(scope="module")
def small() -> BackOff:
    return BackOff(NAMES, LABELS)


def test_the_nearest_label_comes_first(small: BackOff) -> None:
    assert small.suggest("nuôi tôm sú")[0].code == "6221"
    assert small.suggest("tho han mig")[0].code == "7212"


def test_confidences_of_a_phrase_sum_to_one_at_most(small: BackOff) -> None:
    for text in ("thợ hàn", "thợ", "nuôi", "làm vườn"):
        found = small.suggest(text, k=3)
        assert sum(s.confidence for s in found) <= 1 + 1e-9
        assert all(0 <= s.confidence <= 1 for s in found)


def test_a_phrase_that_shares_nothing_has_no_suggestion(small: BackOff) -> None:
    assert small.suggest("qwerty") == ()
    assert small.suggest("") == ()


def test_accents_point_to_the_name_that_carries_them() -> None:
    found = BackOff(("thợ may", "thợ máy"), ("7531", "7233"))
    assert found.suggest("thợ máy dầu")[0].code == "7233"
    assert found.suggest("thợ may áo dài")[0].code == "7531"


def test_it_answers_alike_every_time() -> None:
    first, second = BackOff(NAMES, LABELS), BackOff(NAMES, LABELS)
    assert first.suggest("hàn cửa sắt") == second.suggest("hàn cửa sắt")


def test_held_out_aliases_are_among_the_top_three() -> None:
    """X1: on names it has never seen, at least four of five among three, and confidence as often right as it says."""
    aliases = current_taxonomy().occupations.aliases
    order = np.random.default_rng(7).permutation(len(aliases))
    held, kept = order[: len(order) // 5], order[len(order) // 5 :]
    known = BackOff([aliases[i].phrase for i in kept], [aliases[i].code for i in kept])
    seen = {fold(aliases[i].phrase) for i in kept}
    asked = [aliases[i] for i in held if fold(aliases[i].phrase) not in seen][:800]
    found = [known.suggest(alias.phrase) for alias in asked]
    top_3 = np.mean([alias.code in {s.code for s in best} for alias, best in zip(asked, found, strict=True)])
    confidence = np.array([best[0].confidence if best else 0.0 for best in found])
    right = np.array([bool(best) and best[0].code == alias.code for alias, best in zip(asked, found, strict=True)])
    assert top_3 >= 0.80
    assert abs(confidence.mean() - right.mean()) < 0.05
    assert right[confidence >= 0.9].mean() >= 0.9


def test_the_release_has_one_back_off_a_process() -> None:
    assert occupation_backoff(current_taxonomy()) is occupation_backoff(current_taxonomy())
