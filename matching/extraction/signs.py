"""Which parts of readers may find something in a text: told once a text by the words and the layers that it holds."""

from collections.abc import Callable, Iterable, Set
from typing import Any, TypeVar

Part = Callable[..., Any]
"""A part of a reader, declared by `told_by`."""

Declared = TypeVar("Declared", bound=Part)

TOLD: dict[str, frozenset[Part]] = {}
"""By sign, the name of a layer or a word by its letters: the parts that it lets look closer."""

_SIGNS: set[str] = set()
"""Those signs."""

_NOBODY: frozenset[Part] = frozenset()


def told_by(*signs: str) -> Callable[[Declared], Declared]:
    """Declare that a part finds nothing in a text without one of *signs*: names of layers, or words by their letters.

    The part itself stays as it is. A word that is spelt like a layer only lets it look in vain.
    """

    def declared(part: Declared) -> Declared:
        _SIGNS.update(signs)
        for sign in signs:
            TOLD[sign] = TOLD.get(sign, _NOBODY) | {part}
        return part

    return declared


def parts_told(signs: Iterable[str]) -> Set[Part]:
    """Return the parts that may find something in a text with these words and layers."""
    return _NOBODY.union(*map(TOLD.__getitem__, _SIGNS.intersection(signs)))
