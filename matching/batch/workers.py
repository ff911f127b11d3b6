"""Blocks of rows (of people who live near each other, of texts), spread over workers by joblib.

What a block is asked is a *task*: pools, model and question in one object that is called with rows. It is packed once
into one array of bytes, which joblib maps into the memory of its processes ("loky") or sends once to each ("dask"); a
process unpacks it once, and its columns stay views of that array.
"""

import pickle
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed

from matching.pool.people import IntArray, People

T = TypeVar("T")
Task = Callable[[IntArray], T]
"""From rows (of people, of texts) to what there is to say of them."""

_ALIGNED = 64
"""Bytes on a multiple of which every column begins."""


def in_blocks(task: Task[T], people: People, *, size: int, workers: int | None) -> tuple[list[T], IntArray]:
    """Ask a task about all people, *size* neighbours at a time.

    Parameters
    ----------
    task : callable
        Its answer for a person must not depend on who else is in the block.
    workers : int or None
        Processes; -1 one a core; None what `joblib.parallel_config` says.

    Returns
    -------
    parts : list
        What the task says of each block.
    at : int64 array, (n_people,)
        Where each person stands when the parts are joined.
    """
    order = np.argsort(people.place, kind="stable")
    blocks: list[IntArray] = [order[first : first + size] for first in range(0, len(order), size)]
    return spread(task, blocks, workers=workers), np.argsort(order)


def spread(task: Task[T], blocks: Sequence[IntArray], *, workers: int | None) -> list[T]:
    """Return what a task says of each block of rows; *workers* as for `in_blocks`."""
    if workers == 1 or len(blocks) < 2:
        return [task(rows) for rows in blocks]
    parcel = packed(task)
    mark = blake2b(parcel.data, digest_size=16).digest()
    return list(Parallel(n_jobs=workers)(delayed(_done)(parcel, mark, rows) for rows in blocks))


def packed(thing: object) -> npt.NDArray[np.uint8]:
    """Return an object as one array of bytes: how many pieces, where each ends, and the pieces, each aligned."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(thing, protocol=5, buffer_callback=buffers.append)
    pieces = [memoryview(head), *(buffer.raw() for buffer in buffers)]
    sizes = np.array([len(piece) for piece in pieces], dtype=np.int64)
    starts = _starts(sizes)
    parcel = np.zeros(int(starts[-1] + sizes[-1]), dtype=np.uint8)
    parcel[: 8 * (len(sizes) + 1)] = np.append(len(sizes), sizes).view(np.uint8)
    for start, piece in zip(starts.tolist(), pieces, strict=True):
        parcel[start : start + len(piece)] = np.frombuffer(piece, dtype=np.uint8)
    return parcel


def unpacked(parcel: npt.NDArray[np.uint8]) -> Any:
    """Return what `packed` packed; its arrays are views of the parcel."""
    count = int(parcel[:8].view(np.int64)[0])
    sizes = parcel[8 : 8 * (count + 1)].view(np.int64)
    starts = _starts(sizes)
    pieces = [parcel[start : start + size].data for start, size in zip(starts.tolist(), sizes.tolist(), strict=True)]
    return pickle.loads(pieces[0], buffers=pieces[1:])  # noqa: S301 - the parcel was packed by the process that asks


def _starts(sizes: Sequence[int] | npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    ends = np.cumsum(-(-np.append(8 * (len(sizes) + 1), sizes) // _ALIGNED) * _ALIGNED)
    starts: npt.NDArray[np.int64] = ends[:-1]
    return starts


_OPEN: dict[bytes, Any] = {}
"""The task this process works on, by the mark of its parcel."""


def _done(parcel: npt.NDArray[np.uint8], mark: bytes, rows: IntArray) -> Any:
    if mark not in _OPEN:
        _OPEN.clear()
        _OPEN[mark] = unpacked(parcel)
    return _OPEN[mark](rows)
