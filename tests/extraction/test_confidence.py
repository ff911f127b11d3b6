"""Promises of the confidences: what is stated is what was counted."""

import tomllib
from pathlib import Path

import pytest

from matching.extraction import confidence

TABLE = tomllib.loads(Path(confidence.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ROWS = [*TABLE["mention"].values(), *TABLE["posting"]]

CLOSE = 0.03
ENOUGH = 30
"""Counted readings from which the count itself is stated; fewer are stated more carefully."""


@pytest.mark.parametrize("row", ROWS)
def test_a_confidence_is_the_share_that_was_right(row: dict[str, float]) -> None:
    """X1: within three points where enough were counted, never above the count where few were."""
    if row["of"] >= ENOUGH:
        assert row["confidence"] == pytest.approx(row["right"] / row["of"], abs=CLOSE)
    elif row["of"]:
        assert row["confidence"] <= row["right"] / row["of"]


def test_worse_ways_of_reading_are_never_surer() -> None:
    ways = (confidence.AS_SPELT, confidence.WITHOUT_ACCENTS, confidence.MISSPELT, confidence.IMPLIED)
    assert list(ways) == sorted(ways, reverse=True)


def test_a_larger_share_is_never_less_sure() -> None:
    found = [confidence.of_best(share / 100) for share in range(101)]
    assert found == sorted(found)
