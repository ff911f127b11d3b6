"""The stated prior on judged pairs that nobody wrote it for, beside plain search; both are printed."""

import sys
from pathlib import Path
from typing import Any

import pytest

from matching.evaluation.gold import decode_survey_of_gold
from matching.evaluation.judged_records import evaluate_ranking
from matching.evaluation.judgements import decode_judged
from matching.evaluation.report import ranking_table
from matching.jsonl import decode_offer, read_lines
from matching.ranking.prior import BASELINE, stated_prior
from matching.samples import load_samples
from matching.taxonomy.release import current_taxonomy
from matching.training.events import load_events
from tests.builders import HOME_PROVINCE, TODAY

SHARED = Path(__file__).parents[3] / "shared" / "data"
SAMPLES = Path(__file__).parents[2] / "matching" / "samples" / "data"


def read(path: Path, decode: Any) -> list[Any]:
    return read_lines(path.read_text(encoding="utf-8").splitlines(), decode, source=path.name)


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated set lies beside the project, not in it")
def test_the_prior_orders_the_annotated_pairs_clearly_better_than_plain_search() -> None:
    """M7: no pair that must be filtered is shown; order by person, clearly above BM25 on title and text."""
    offers = [offer for name in ("openings", "programmes", "loans") for offer in _dev_offers(name)]
    report = evaluate_ranking(
        read(SHARED / "surveys" / "dev_gold.jsonl", decode_survey_of_gold),
        offers,
        read(SHARED / "offers" / "dev_judgements.jsonl", decode_judged),
        stated_prior(),
        current_taxonomy(),
        as_of=TODAY,
        home=HOME_PROVINCE,
    )
    sys.stdout.write(ranking_table(report) + "\n")
    order = {name: measured["pairwise_accuracy"] for name, measured in report["rankers"].items()}
    assert report["must_filter"] == {"pairs": 3, "shown": []}
    assert order[BASELINE]["low"] > order["bm25"]["high"]
    assert order[BASELINE]["value"] > order["bm25 behind the rules"]["value"] + 0.05
    assert report["differences"][BASELINE]["pairwise_accuracy"]["low"] > 0.1


def _dev_offers(name: str) -> list[Any]:
    return read(SHARED / "offers" / f"dev_{name}.jsonl", decode_offer)


def test_the_prior_orders_the_samples_better_than_plain_search() -> None:
    events = load_events(SAMPLES)
    assert len(events.judged) == len(load_samples().judgements) >= 400
    report = evaluate_ranking(
        events.surveys,
        events.offers,
        events.judged,
        stated_prior(),
        current_taxonomy(),
        as_of=TODAY,
        home=HOME_PROVINCE,
    )
    sys.stdout.write(ranking_table(report) + "\n")
    for metric in ("ndcg_at_10", "pairwise_accuracy", "recall_at_10"):
        assert report["differences"][BASELINE][metric]["low"] > 0.02
    assert report["must_filter"]["shown"] == []
