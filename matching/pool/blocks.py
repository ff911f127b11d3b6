"""Rows in blocks (parts of groups), the best of each block first.

Members of a block stand in falling order of a value that the caller gives (the part of a score that no person
changes), so what can still reach a bound is a prefix of its block; how long it is, is looked up.
"""

from dataclasses import dataclass

import numpy as np

from matching.pool.people import IntArray

_SMALL = 32
"""Members up to which a block is opened whole: looking up how far to open it costs more than looking at it."""

_COLUMNS = 256
"""Numbers of members that are kept of each larger block, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Rows in blocks, blocks in groups: a group is a way or a sort of way, a block what is of one occupation there."""

    order: IntArray
    """Position in the arrays given, by group, block and falling value, (n,) int32."""
    level: IntArray
    """Which value each member has, (n,)."""
    levels: IntArray
    """The values that are met, falling, (n_levels,)."""
    starts: IntArray
    """First and last-plus-one member of each block, (n_blocks + 1,)."""
    group: IntArray
    """Number of the group of each block, (n_blocks,) int32."""
    part: IntArray
    """Which part of its group each block is, (n_blocks,) int32."""
    top: IntArray
    """Largest value of each block, (n_blocks,)."""
    group_starts: IntArray
    """First and last-plus-one block of each group, (n_groups + 1,)."""
    large: IntArray
    """Row in `ends` of each block that is not small, -1 of the others, (n_blocks,) int32."""
    ends: IntArray
    """Last-plus-one member of each large block among the first so many levels, (n_large, n_columns) int32."""
    stride: int
    """How many levels lie between two columns."""

    @classmethod
    def of(cls, group: IntArray, part: IntArray, value: IntArray, n_groups: int) -> "Blocks":
        """Return the blocks of rows that have a group (0 .. n_groups - 1), a part of it and a value, all (n,)."""
        levels, level = np.unique(-value, return_inverse=True)
        span, width = len(levels) + 1, int(part.max(initial=0)) + 1
        keys = (group.astype(np.int64) * width + part) * span + level
        order = np.argsort(keys)
        keys, level = keys[order], level[order]
        named = keys // span
        first = np.flatnonzero(np.diff(named, prepend=-1))
        named, starts = named[first], np.append(first, len(keys))
        large = np.flatnonzero(np.diff(starts) > _SMALL)
        stride = -(-len(levels) // _COLUMNS)
        columns = np.arange(0, len(levels) + stride, stride)
        row = np.full(len(named), -1, dtype=np.int32)
        row[large] = np.arange(len(large))
        return cls(
            order=order.astype(np.int32),
            level=level.astype(np.min_scalar_type(len(levels))),
            levels=-levels,
            starts=starts,
            group=(named // width).astype(np.int32),
            part=(named % width).astype(np.int32),
            top=-levels[level[first]],
            group_starts=np.searchsorted(named, np.arange(n_groups + 1) * width),
            large=row,
            ends=np.searchsorted(keys, named[large, None] * span + np.minimum(columns, len(levels))).astype(np.int32),
            stride=stride,
        )

    def __len__(self) -> int:
        return len(self.part)

    def reaching(self, blocks: IntArray, added: IntArray, floor: int) -> tuple[IntArray, IntArray, IntArray]:
        """Return the members of some blocks that reach *floor* when what is *added* to their block is counted in.

        Parameters
        ----------
        blocks, added : int (m,)
            Blocks, and what is added to the values of each.

        Returns
        -------
        members, sums, block : int (n,)
            Value and what is added to it, and the block, of each member.
        """
        begin, stop = self.starts.take(blocks), self.starts.take(blocks + 1)
        row = self.large.take(blocks)
        large = (row >= 0).nonzero()[0]
        if len(large):
            reached = (-self.levels).searchsorted(added[large] - floor, side="right")
            stop[large] = self.ends[row[large], -(-reached // self.stride)]
        sizes = stop - begin
        which = np.arange(len(blocks)).repeat(sizes)
        members = np.arange(len(which)) + (begin - (sizes.cumsum() - sizes)).take(which)
        sums = self.levels.take(self.level.take(members)) + added.take(which)
        able = (sums >= floor).nonzero()[0]
        return members.take(able), sums.take(able), blocks.take(which.take(able))


def ranges(start: IntArray, stop: IntArray) -> IntArray:
    """Return the numbers of half-open ranges one after the other.

    >>> ranges(np.array([3, 7]), np.array([5, 8])).tolist()
    [3, 4, 7]
    """
    sizes = stop - start
    shift: IntArray = (start - sizes.cumsum() + sizes).repeat(sizes)
    return np.arange(len(shift)) + shift
