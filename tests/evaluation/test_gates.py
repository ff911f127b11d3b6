"""A challenger is promoted only when everything speaks for it."""

from typing import Any

import pytest

from matching.evaluation.gates import gates


def report(**changes: Any) -> dict[str, Any]:
    gain = {"value": 0.02, "low": 0.001, "high": 0.04}
    told: dict[str, Any] = {
        "people": 60,
        "ordered_pairs": 900,
        "reference": "baseline",
        "differences": {"new": {"ndcg_at_10": gain, "pairwise_accuracy": gain, "recall_at_10": gain}},
        "must_filter": {"pairs": 3, "shown": []},
        "slices": {
            "accents": {
                "none": {
                    "people": 20,
                    "rankers": {"baseline": {"ndcg_at_10": 0.8}, "new": {"ndcg_at_10": 0.81}},
                }
            }
        },
    }
    return told | changes


def failed(told: dict[str, Any]) -> list[str]:
    return [gate.name for gate in gates(told, challenger="new") if not gate.passed]


def test_a_challenger_that_is_better_for_everybody_passes() -> None:
    assert failed(report()) == []


@pytest.mark.parametrize(
    ("change", "gate"),
    [
        ({"people": 29}, "enough_people"),
        ({"ordered_pairs": 199}, "enough_ordered_pairs"),
        ({"must_filter": {"pairs": 3, "shown": [["P1", "J1"]]}}, "nothing_forbidden_is_shown"),
        (
            {
                "slices": {
                    "accents": {
                        "none": {
                            "people": 20,
                            "rankers": {"baseline": {"ndcg_at_10": 0.8}, "new": {"ndcg_at_10": 0.7}},
                        }
                    }
                }
            },
            "no_group_left_behind",
        ),
    ],
)
def test_one_thing_against_it_is_enough(change: dict[str, Any], gate: str) -> None:
    assert failed(report(**change)) == [gate]


NOTHING = float("nan")


@pytest.mark.parametrize(
    ("gain", "gates_failed"),
    [
        ({"value": -0.05, "low": -0.01, "high": 0.01}, ["better_on_the_whole"]),
        ({"value": 0.001, "low": -0.03, "high": 0.03}, ["ndcg_at_10_not_clearly_worse"]),
        (
            {"value": NOTHING, "low": NOTHING, "high": NOTHING},
            ["ndcg_at_10_not_clearly_worse", "better_on_the_whole"],
        ),
    ],
)
def test_a_loss_a_doubt_or_nothing_known_is_no_gain(gain: dict[str, float], gates_failed: list[str]) -> None:
    good = {"value": 0.02, "low": 0.001, "high": 0.04}
    told = report(differences={"new": {"ndcg_at_10": gain, "pairwise_accuracy": good, "recall_at_10": good}})
    assert failed(told) == gates_failed
