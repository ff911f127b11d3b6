"""Which parts of a reader may find something in a text: told once a text by the words and the layers that it holds."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from matching.extraction.reading import Reading

Part = TypeVar("Part", bound=Callable[..., Any])
Fact = TypeVar("Fact")

SIGNS: dict[Callable[..., Any], frozenset[str]] = {}
"""Without one of these, names of layers or words by their letters, a part finds nothing."""


def told_by(*signs: str) -> Callable[[Part], Part]:
    """Declare that a part finds nothing in a text without one of *signs*: names of layers, or words by their letters.

    The part itself stays as it is. A word that is spelt like a layer only lets it look in vain.
    """

    def declared(part: Part) -> Part:
        SIGNS[part] = frozenset(signs)
        return part

    return declared


def relevant(reading: Reading, parts: Iterable[Part]) -> list[Part]:
    """Return the parts that may find something in a text, in their order; each is declared by `told_by`."""
    nothing_of = reading.signs.isdisjoint
    return [part for part in parts if not nothing_of(SIGNS[part])]


def all_told(reading: Reading, parts: Iterable[Callable[[Reading], Iterable[Fact]]]) -> list[Fact]:
    """Return what the parts find in a text, part after part."""
    return [fact for part in relevant(reading, parts) for fact in part(reading)]
