"""One number about a pair, and what must be known about it before a model may see it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from matching.domain.vocabulary import OfferKind
from matching.pool.pairs import Pairs
from matching.pool.people import FloatArray

ALL_KINDS = frozenset(OfferKind)
OPENINGS = frozenset({OfferKind.OPENING})
PROGRAMMES = frozenset({OfferKind.PROGRAMME})
LOANS = frozenset({OfferKind.LOAN})
OPENINGS_AND_PROGRAMMES = OPENINGS | PROGRAMMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A named column that a model may use."""

    function: Callable[[Pairs], FloatArray]
    """From pairs of the kinds below to float32 (n_pairs,), NaN where unknown; its docstring is the documentation."""
    sign: int
    """+1: more is never worse. -1: more is never better. No model may break it."""
    unit: str
    """What one step of the number is: "km", "years", "0 or 1", "share" ..."""
    kinds: frozenset[OfferKind]
    """Kinds of offer it is about; NaN for the others."""
    missing: str
    """What NaN means, besides "about another kind"."""

    def __post_init__(self) -> None:
        if self.sign not in (-1, 1):
            raise ValueError(f"sign [{self.sign}] of {self.name} must be +1 or -1")

    @property
    def name(self) -> str:
        """The function's name is the column's name."""
        return self.function.__name__

    @property
    def meaning(self) -> str:
        """First paragraph of the function's docstring."""
        return (inspect.getdoc(self.function) or "").split("\n\n")[0].replace("\n", " ")
