"""Offers of one kind in blocks (place cell x occupation), the best of each block first.

Members of a block stand in falling order of a value that the caller gives (the part of a score that no person
changes), so what can still reach a bound is a prefix of its block and is found by bisection.
"""

from dataclasses import dataclass

import numpy as np

from matching.pool.people import IntArray

_SMALL = 8
"""Members up to which a block is opened whole: bisecting it costs more than looking at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Rows in blocks, blocks in groups: a group is a place cell, a block an occupation in it."""

    order: IntArray
    """Position in the arrays given, by group, block and falling value, (n,)."""
    starts: IntArray
    """First and last-plus-one member of each block, (n_blocks + 1,)."""
    trade: IntArray
    """Occupation of each block, (n_blocks,); -1 unknown."""
    top: IntArray
    """Largest value of each block, (n_blocks,)."""
    cell: IntArray
    """Number of the group of each block, (n_blocks,)."""
    cell_starts: IntArray
    """First and last-plus-one block of each group, (n_cells + 1,)."""
    cell_top: IntArray
    """Largest value of each group, (n_cells,)."""
    keys: IntArray
    """Block and falling value as one ascending number, (n,)."""
    span: int
    highest: int

    @classmethod
    def of(cls, cell: IntArray, trade: IntArray, value: IntArray) -> "Blocks":
        """Return the blocks of rows that have a group (0 .. n_cells - 1, each of them met), a trade and a value."""
        n = len(cell)
        highest, lowest = (int(value.max()), int(value.min())) if n else (0, 0)
        span = highest - lowest + 2
        width = int(trade.max(initial=-1)) + 2
        named = cell.astype(np.int64) * width + (trade + 1)
        order = np.lexsort((-value, named))
        named, value = named[order], value[order]
        first = np.flatnonzero(np.diff(named, prepend=-1))
        starts = np.append(first, n)
        cells = named[first] // width
        cell_first = np.flatnonzero(np.diff(cells, prepend=-1))
        top = value[first]
        return cls(
            order=order.astype(np.int32),
            starts=starts,
            trade=(named[first] % width - 1).astype(np.int32),
            top=top,
            cell=cells.astype(np.int32),
            cell_starts=np.append(cell_first, len(first)),
            cell_top=np.maximum.reduceat(top, cell_first) if len(first) else top,
            keys=np.repeat(np.arange(len(first)), np.diff(starts)) * span + (highest - value),
            span=span,
            highest=highest,
        )

    @property
    def lowest(self) -> int:
        """The smallest value."""
        return self.highest - self.span + 2

    def __len__(self) -> int:
        return len(self.trade)

    def of_cells(self, cells: IntArray) -> IntArray:
        """Return the blocks of some groups."""
        return ranges(self.cell_starts[cells], self.cell_starts[cells + 1])

    def reaching(self, blocks: IntArray, floor: IntArray) -> IntArray:
        """Return the end of the prefix of each block whose values reach *floor*, both (m,).

        Small blocks are taken whole as soon as their best member reaches it.
        """
        begin, end = self.starts[blocks], self.starts[blocks + 1]
        stop: IntArray = np.where(self.top[blocks] >= floor, end, begin)
        large = np.flatnonzero((end - begin > _SMALL) & (stop > begin))
        fall = np.clip(self.highest - floor[large], -1, self.span - 1)
        stop[large] = np.searchsorted(self.keys, blocks[large] * self.span + fall, side="right")
        return stop


def ranges(start: IntArray, stop: IntArray) -> IntArray:
    """Return the numbers of half-open ranges one after the other.

    >>> ranges(np.array([3, 7]), np.array([5, 8])).tolist()
    [3, 4, 7]
    """
    sizes = stop - start
    numbers: IntArray = np.arange(sizes.sum()) + np.repeat(start - (np.cumsum(sizes) - sizes), sizes)
    return numbers
