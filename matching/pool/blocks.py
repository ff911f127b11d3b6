"""Rows in blocks (group x occupation), the best of each block first.

Members of a block stand in falling order of a value that the caller gives (the part of a score that no person
changes), so what can still reach a bound is a prefix of its block and is found by bisection.
"""

from dataclasses import dataclass

import numpy as np

from matching.pool.people import IntArray

_SMALL = 32
"""Members up to which a block is opened whole: bisecting it costs more than looking at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Rows in blocks, blocks in groups: a group is a place or a sort of place, a block an occupation in it."""

    order: IntArray
    """Position in the arrays given, by group, block and falling value, (n,) int32."""
    keys: IntArray
    """Block and falling value of each member as one ascending number, (n,)."""
    base: IntArray
    """What the block adds to the keys of its members, beside how far their values lie below `highest`, (n_blocks,)."""
    starts: IntArray
    """First and last-plus-one member of each block, (n_blocks + 1,)."""
    group: IntArray
    """Number of the group of each block, (n_blocks,) int32."""
    trade: IntArray
    """Occupation of each block, (n_blocks,) int32."""
    top: IntArray
    """Largest value of each block, (n_blocks,)."""
    group_starts: IntArray
    """First and last-plus-one block of each group, (n_groups + 1,)."""
    highest: int
    lowest: int

    @classmethod
    def of(cls, group: IntArray, trade: IntArray, value: IntArray, n_groups: int) -> "Blocks":
        """Return the blocks of rows that have a group (0 .. n_groups - 1), a trade (0 ..) and a value, all (n,)."""
        highest, lowest = int(value.max(initial=0)), int(value.min(initial=0))
        span = highest - lowest + 1
        width = int(trade.max(initial=0)) + 1
        keys = (group.astype(np.int64) * width + trade) * span + (highest - value)
        order = np.argsort(keys)
        keys = keys[order]
        named = keys // span
        first = np.flatnonzero(np.diff(named, prepend=-1))
        named = named[first]
        return cls(
            order=order.astype(np.int32),
            keys=keys,
            base=named * span,
            starts=np.append(first, len(keys)),
            group=(named // width).astype(np.int32),
            trade=(named % width).astype(np.int32),
            top=highest - (keys[first] - named * span),
            group_starts=np.searchsorted(named, np.arange(n_groups + 1) * width),
            highest=highest,
            lowest=lowest,
        )

    def __len__(self) -> int:
        return len(self.trade)

    def of_groups(self, first: IntArray, stop: IntArray) -> IntArray:
        """Return the blocks of some half-open ranges of groups."""
        return ranges(self.group_starts[first], self.group_starts[stop])

    def reaching(self, blocks: IntArray, added: IntArray, floor: int) -> tuple[IntArray, IntArray, IntArray]:
        """Return the members of some blocks that reach *floor* when what is *added* to their block is counted in.

        Parameters
        ----------
        blocks, added : int (m,)
            Blocks, and what is added to the values of each.

        Returns
        -------
        members, sums, trade : int (n,)
            Value and what is added to it, and the occupation, of each member.
        """
        begin, stop = self.starts[blocks], self.starts[blocks + 1]
        large = np.flatnonzero(stop - begin > _SMALL)
        if len(large):
            fall = np.clip(self.highest - floor + added[large], -1, self.highest - self.lowest)
            stop[large] = np.searchsorted(self.keys, self.base[blocks[large]] + fall, side="right")
        sizes = stop - begin
        which = np.arange(len(blocks)).repeat(sizes)
        members = np.arange(len(which)) + (begin - (sizes.cumsum() - sizes)).take(which)
        sums = (self.base[blocks] + self.highest + added).take(which) - self.keys.take(members)
        able = (sums >= floor).nonzero()[0]
        return members[able], sums[able], self.trade[blocks].take(which[able])


def ranges(start: IntArray, stop: IntArray) -> IntArray:
    """Return the numbers of half-open ranges one after the other.

    >>> ranges(np.array([3, 7]), np.array([5, 8])).tolist()
    [3, 4, 7]
    """
    sizes = stop - start
    numbers: IntArray = np.arange(sizes.sum()) + np.repeat(start - (np.cumsum(sizes) - sizes), sizes)
    return numbers
