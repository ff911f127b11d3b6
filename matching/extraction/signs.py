"""Which parts of readers may find something in a text: told once a text by the words and layers that it holds."""

from collections.abc import Callable, Iterable, Set
from typing import Any, TypeVar

Part = Callable[..., Any]
"""A part of a reader, declared by `told_by`."""

Declared = TypeVar("Declared", bound=Part)

Sign = str | tuple[str, str]
"""The name of a layer, a word by its letters, or two words of which the second stands right behind the first."""

TOLD: dict[Sign, frozenset[Part]] = {}
"""The parts that a sign lets look closer."""

_SIGNS: set[Sign] = set()
"""Those signs."""

_NOBODY: frozenset[Part] = frozenset()


def told_by(*signs: Sign) -> Callable[[Declared], Declared]:
    """Declare that a part finds nothing in a text without one of *signs*: layers, words, or pairs of words.

    The part itself stays as it is. A word that is spelt like a layer only lets it look in vain, and so does a pair
    with a break between its words.
    """

    def declared(part: Declared) -> Declared:
        _SIGNS.update(signs)
        for sign in signs:
            TOLD[sign] = TOLD.get(sign, _NOBODY) | {part}
        return part

    return declared


def parts_told(signs: Iterable[Sign]) -> Set[Part]:
    """Return the parts that may find something in a text with these words, neighbours and layers."""
    return _NOBODY.union(*map(TOLD.__getitem__, _SIGNS.intersection(signs)))
