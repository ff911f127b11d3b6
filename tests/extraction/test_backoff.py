"""Promises of the back-off: the nearest names by letters, with confidence that means something."""

import subprocess
import sys
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.errors import TaxonomyError
from matching.extraction import backoff_store
from matching.extraction.backoff import NOTHING, BackOff, features
from matching.extraction.backoff_fitting import WORDS, fit, names_of
from matching.extraction.backoff_store import STORED, occupation_backoff, read
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
    return fit(NAMES, LABELS)


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
    found = fit(("thợ may", "thợ máy", "nuôi tôm", "phụ hồ"), ("7531", "7233", "6221", "9313"))
    assert found.suggest("thợ máy dầu")[0].code == "7233"
    assert found.suggest("thợ may áo dài")[0].code == "7531"


def test_it_answers_alike_every_time() -> None:
    first, second = fit(NAMES, LABELS), fit(NAMES, LABELS)
    assert first.suggest("hàn cửa sắt") == second.suggest("hàn cửa sắt")


def test_what_names_nothing_is_never_suggested_and_leaves_less_to_the_others() -> None:
    plain, knowing = fit(NAMES, LABELS), fit((*NAMES, "nuôi con nhỏ"), (*LABELS, NOTHING))
    assert knowing.suggest("nuôi con")[0].confidence < plain.suggest("nuôi con")[0].confidence
    assert NOTHING not in {found.code for found in knowing.suggest("nuôi con nhỏ")}


def test_held_out_aliases_are_among_the_top_three() -> None:
    """X1: on names it has never seen, at least four of five among three, and confidence as often right as it says."""
    aliases = current_taxonomy().occupations.aliases
    order = np.random.default_rng(7).permutation(len(aliases))
    held = [aliases[i] for i in order[: len(order) // 5]]
    out = {fold(alias.phrase) for alias in held}
    known, codes = zip(*[(n, c) for n, c in names_of(current_taxonomy()) if fold(n) not in out], strict=True)
    backoff, asked = fit(known, codes), held[:800]
    found = [backoff.suggest(alias.phrase) for alias in asked]
    top_3 = np.mean([alias.code in {s.code for s in best} for alias, best in zip(asked, found, strict=True)])
    confidence = np.array([best[0].confidence if best else 0.0 for best in found])  # "tcmn" is like no other name
    right = np.array([bool(best) and best[0].code == alias.code for alias, best in zip(asked, found, strict=True)])
    assert top_3 >= 0.80
    assert abs(confidence.mean() - right.mean()) < 0.05
    assert right[confidence >= 0.9].mean() >= 0.9


@cache
def stored() -> BackOff:
    return BackOff(read(STORED))


ASKED = ("đi phơi mực thuê cho vựa", "SỬA BƠM", "tho nam moc", "làm làm ăn", "Thợ Hồ", "x", "", "đi-bán vé số!")


def test_it_weighs_as_scikit_learn_does() -> None:
    """The nearness of a phrase to each name is that of scikit-learn's TF-IDF vectors, to a millionth."""
    ours = stored()
    names = ours.fitted.names
    # Terms that the fit left out as too common are left out here.
    kinds = (
        (TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), preprocessor=fold, max_df=0.06, sublinear_tf=True), 1),
        (TfidfVectorizer(ngram_range=(1, 2), preprocessor=fold, token_pattern=r"\w+", sublinear_tf=True), WORDS),
        (TfidfVectorizer(analyzer=lambda text: features("accents", text), sublinear_tf=True), WORDS),
    )
    whole = np.sqrt(sum(weight**2 for _, weight in kinds))
    known = sparse.hstack([vectorizer.fit_transform(names) * (weight / whole) for vectorizer, weight in kinds])
    asked = sparse.hstack([vectorizer.transform(ASKED) * (weight / whole) for vectorizer, weight in kinds])
    theirs = (asked @ known.T).toarray()
    assert max(abs(ours.nearness(text) - near).max() for text, near in zip(ASKED, theirs, strict=True)) < 1e-6


def test_the_stored_back_off_is_what_fitting_its_names_gives() -> None:
    ours = stored().fitted
    again = fit(ours.names, ours.labels).fitted
    for field in fields(ours):
        here, there = getattr(ours, field.name), getattr(again, field.name)
        if isinstance(here, np.ndarray):
            np.testing.assert_allclose(here, there, rtol=1e-6, atol=1e-9, err_msg=field.name)
        else:
            assert here == there, field.name


def test_the_stored_back_off_knows_the_release() -> None:
    """The lexicon reads the latest aliases by itself, so the back-off may lack a few, never many."""
    ours = stored().fitted
    release, known = set(names_of(current_taxonomy())), set(zip(ours.names, ours.labels, strict=True))
    moved = len(release ^ known) / len(release)
    assert moved <= 0.05, f"{moved:.0%} of the names have changed since the back-off was fitted: run `make backoff`"


def test_the_stored_back_off_is_small_and_is_served_without_scikit_learn() -> None:
    assert STORED.stat().st_size < 4e6
    code = "import sys, service.app; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_codes_that_a_release_lacks_are_refused_with_the_command_that_helps() -> None:
    release = current_taxonomy()
    row = {code: i for code, i in release.occupations.row.items() if code != "7112"}
    with pytest.raises(TaxonomyError, match=r"7112.*make backoff"):
        occupation_backoff(replace(release, occupations=replace(release.occupations, row=row)))


def test_what_is_written_is_read_again_and_in_the_same_bytes(small: BackOff, tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        backoff_store.write(small.fitted, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert BackOff(read(tmp_path / "one.npz")).suggest("hàn cửa sắt") == small.suggest("hàn cửa sắt")


def test_the_release_has_one_back_off_a_process() -> None:
    assert occupation_backoff(current_taxonomy()) is occupation_backoff(current_taxonomy())
