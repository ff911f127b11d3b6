"""Closed sets as bit masks: member i of an enum is bit i."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)


@cache
def positions(members: type[E]) -> dict[E, int]:
    """Return the bit (and code) of each member, in the order of declaration.

    >>> from matching.domain.vocabulary import OfferKind
    >>> positions(OfferKind)[OfferKind.PROGRAMME]
    1
    """
    return {member: i for i, member in enumerate(members)}


def mask(members: Iterable[StrEnum]) -> int:
    """Return the bit mask of *members* (0 for none).

    >>> from matching.domain.vocabulary import Physical
    >>> mask([Physical.HEAVY_LIFTING, Physical.HEIGHTS])
    5
    """
    total = 0
    for member in members:
        total |= 1 << positions(type(member))[member]
    return total


def members_of(value: int, members: type[E]) -> tuple[E, ...]:
    """Return the members whose bits are set in *value*, in the order of declaration.

    >>> from matching.domain.vocabulary import Physical
    >>> [m.value for m in members_of(5, Physical)]
    ['heavy_lifting', 'heights']
    """
    return tuple(member for member, i in positions(members).items() if value >> i & 1)
