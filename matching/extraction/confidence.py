"""How sure a reading is: counted on texts that were read by hand, kept as a table that a person can review."""

import tomllib
from bisect import bisect_right
from pathlib import Path

_TABLE = tomllib.loads((Path(__file__).parent / "confidence.toml").read_text(encoding="utf-8"))

AS_SPELT, WITHOUT_ACCENTS, MISSPELT, IMPLIED = (
    float(_TABLE["mention"][way]["confidence"]) for way in ("as_spelt", "without_accents", "misspelt", "implied")
)
"""Of a phrase with its accents, of one without, of one that was mended, and of a trade that no phrase names."""

_SHARES = [float(step["share"]) for step in _TABLE["posting"]]
_CONFIDENCES = [float(step["confidence"]) for step in _TABLE["posting"]]


def of_best(share: float) -> float:
    """Return how often the best unit group of a posting is right, by its share (0 to 1) of all that speaks for any.

    >>> of_best(0.2) <= of_best(0.5) <= of_best(0.9)
    True
    """
    return _CONFIDENCES[bisect_right(_SHARES, share) - 1]
