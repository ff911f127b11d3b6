"""What a challenger must show before it may serve."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

METRICS = ("ndcg_at_10", "pairwise_accuracy")
"""Measures of order: no challenger may be clearly worse in one, and slices tell them."""

WHOLE = (*METRICS, "recall_at_10")
"""Measures of which the mean gain must be above 0: order, and what an officer finds among the ten that are shown."""

MIN_PEOPLE = 30
MIN_ORDERED_PAIRS = 200
"""Fewer judged pairs of different grades say too little about anything."""

WORST_LOSS = 0.02
"""How much worse the lower end of the interval of a measure may be: the challenger is then not clearly worse."""

WORST_GROUP_LOSS = 0.05
"""How much any group of people may lose on average, however much the others gain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One condition, met or not."""

    name: str
    passed: bool
    wanted: str
    measured: str


def gates(report: Mapping[str, Any], *, challenger: str) -> tuple[Gate, ...]:
    """Hold a comparison (as by `compare`, the champion as reference) against every condition.

    Returns
    -------
    tuple of Gate
        Always all of them; the challenger may be promoted when all have passed.
    """
    gain = report["differences"][challenger]
    shown = report["must_filter"]["shown"]
    found = [
        _at_least("enough_people", report["people"], MIN_PEOPLE, "judged people"),
        _at_least("enough_ordered_pairs", report["ordered_pairs"], MIN_ORDERED_PAIRS, "pairs of different grades"),
        Gate(name="nothing_forbidden_is_shown", passed=not shown, wanted="0 pairs", measured=f"{len(shown)} pairs"),
    ]
    found += [_not_clearly_worse(metric, gain[metric]) for metric in METRICS]
    mean = sum(gain[metric]["value"] for metric in WHOLE) / len(WHOLE)
    found.append(
        Gate(name="better_on_the_whole", passed=bool(mean > 0), wanted="mean gain above 0", measured=f"{mean:+.4f}")
    )
    return (*found, _no_group_loses(report, challenger))


def _at_least(name: str, value: int, wanted: int, what: str) -> Gate:
    return Gate(name=name, passed=value >= wanted, wanted=f"{wanted} {what} or more", measured=f"{value}")


def _not_clearly_worse(metric: str, gain: Mapping[str, float]) -> Gate:
    return Gate(
        name=f"{metric}_not_clearly_worse",
        passed=bool(gain["low"] >= -WORST_LOSS),
        wanted=f"lower end of the gain -{WORST_LOSS} or more",
        measured=f"gain {gain['value']:+.4f}, lower end {gain['low']:+.4f}",
    )


def _no_group_loses(report: Mapping[str, Any], challenger: str) -> Gate:
    champion, metric = report["reference"], METRICS[0]
    losses = [
        (told["rankers"][challenger][metric] - told["rankers"][champion][metric], f"{dimension} {name}")
        for dimension, groups in report["slices"].items()
        for name, told in groups.items()
    ]
    known = [(gain, name) for gain, name in losses if gain == gain]
    worst, where = min(known, default=(0.0, "no group is large enough"))
    return Gate(
        name="no_group_left_behind",
        passed=bool(worst >= -WORST_GROUP_LOSS),
        wanted=f"no group's {metric} falls by more than {WORST_GROUP_LOSS}",
        measured=f"{worst:+.4f} ({where})",
    )
