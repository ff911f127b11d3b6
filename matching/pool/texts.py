"""Ids and records of a million offers without a million objects: bytes one after the other, read when asked for."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

import msgspec
import numpy as np
import numpy.typing as npt

from matching.domain.bits import positions
from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.vocabulary import OfferKind
from matching.errors import SnapshotBrokenError
from matching.pool.people import IntArray

T = TypeVar("T")
Bytes = npt.NDArray[np.uint8]

_KINDS = {OfferKind.OPENING: Opening, OfferKind.PROGRAMME: Programme, OfferKind.LOAN: Loan}
_DECODERS: tuple[Any, ...] = tuple(msgspec.json.Decoder(_KINDS[kind]) for kind in positions(OfferKind))


class Lazy(Sequence[T], Generic[T]):
    """A sequence whose elements are made when they are asked for."""

    def read(self, row: int) -> T:
        """Return the element of a row, 0 <= row < len."""
        raise NotImplementedError

    @overload
    def __getitem__(self, row: int) -> T: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[T, ...]: ...
    def __getitem__(self, row: int | slice) -> T | tuple[T, ...]:
        if isinstance(row, slice):
            return tuple(self.read(i) for i in range(*row.indices(len(self))))
        n = len(self)
        if not -n <= row < n:
            raise IndexError(f"row [{row}] of {n}")
        return self.read(int(row) % n)

    def many(self, rows: IntArray) -> list[T]:
        """Return the elements of some rows, (m,)."""
        return [self.read(row) for row in rows.tolist()]


class Lines(Lazy[bytes]):
    """Lines of bytes in one array.

    Parameters
    ----------
    data : uint8 (n_bytes,)
    starts : int64 (n + 1,)
        Where each line begins, and the last one ends.
    """

    def __init__(self, data: Bytes, starts: IntArray) -> None:
        self.data, self.starts = data, starts

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> "Lines":
        """Return lines put one after the other."""
        written = Written()
        for line in lines:
            written.add(line)
        return written.lines()

    def take(self, rows: IntArray, *, more: Iterable[bytes] = ()) -> "Lines":
        """Return the lines of *rows* (m,), copied run by run, and *more* behind them."""
        starts, ends = self.starts[rows], self.starts[rows + 1]
        first = np.flatnonzero(np.append(True, starts[1:] != ends[:-1])[: len(rows)])
        stops = ends[np.append(first[1:], len(rows))[: len(first)] - 1]
        runs = [self.data[begin:end] for begin, end in zip(starts[first].tolist(), stops.tolist(), strict=True)]
        behind = Lines.of(more)
        sizes = np.concatenate(([0], ends - starts, np.diff(behind.starts)))
        return Lines(np.concatenate((*runs, behind.data)), np.cumsum(sizes, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def read(self, row: int) -> bytes:
        """Return the bytes of a row."""
        return self.data[self.starts[row] : self.starts[row + 1]].tobytes()


class Written:
    """Lines that are put one after the other."""

    def __init__(self) -> None:
        self._data, self._starts = bytearray(), array("q", [0])

    def add(self, line: bytes) -> None:
        """Put one more line behind the others."""
        self._data += line
        self._starts.append(len(self._data))

    def lines(self) -> Lines:
        """Return them without a copy; nothing can be added from then on."""
        return Lines(np.frombuffer(self._data, dtype=np.uint8), np.frombuffer(self._starts, dtype=np.int64))


class Ids(Lazy[str]):
    """Ids, found by halving: `find` reads some twenty of a million.

    Parameters
    ----------
    lines : Lines
    order : int (n,)
        Rows in the order of their ids' bytes.
    """

    def __init__(self, lines: Lines, order: IntArray) -> None:
        self.lines, self.order = lines, order

    @classmethod
    def of(cls, ids: Iterable[str]) -> "Ids":
        """Return ids in order."""
        return cls.of_lines(Lines.of(name.encode() for name in ids))

    @classmethod
    def of_lines(cls, lines: Lines) -> "Ids":
        """Return ids that are lines already."""
        return cls(lines, np.array(sorted(range(len(lines)), key=list(lines).__getitem__), dtype=np.int32))

    def __len__(self) -> int:
        return len(self.order)

    def read(self, row: int) -> str:
        """Return the id of a row."""
        return self.lines.read(row).decode()

    def many(self, rows: IntArray) -> list[str]:
        """Return the ids of some rows."""
        data = self.lines.data.data
        ends = zip(self.lines.starts.take(rows).tolist(), self.lines.starts.take(rows + 1).tolist(), strict=True)
        return [str(data[begin:end], "utf-8") for begin, end in ends]

    def find(self, value: str) -> int | None:
        """Return the row of an id; None when there is none."""
        wanted = value.encode()
        at = bisect_left(self.order, wanted, key=lambda row: self.lines.read(int(row)))
        row = int(self.order[at]) if at < len(self) else -1
        return None if row < 0 or self.lines.read(row) != wanted else row

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the row of an id; raises ValueError when there is none."""
        row = self.find(str(value))
        if row is None or row not in range(*slice(start, stop).indices(len(self))):
            raise ValueError(f"[{value}] is not in the pool")
        return row

    def __contains__(self, value: object) -> bool:
        return self.find(str(value)) is not None


def names_of(ids: Sequence[str], rows: IntArray) -> list[str]:
    """Return the ids of some rows, (m,): read all at once where they are made when they are asked for."""
    return ids.many(rows) if isinstance(ids, Lazy) else [ids[row] for row in rows.tolist()]


class Records(Lazy[Offer]):
    """Offers as lines of the contract's JSON.

    Parameters
    ----------
    lines : Lines
    kind : int (n,)
        Code of `OfferKind` of each.
    """

    def __init__(self, lines: Lines, kind: IntArray) -> None:
        self.lines, self.kind = lines, kind

    def __len__(self) -> int:
        return len(self.lines)

    def read(self, row: int) -> Offer:
        """Return the offer of a row; raises SnapshotBrokenError when its line cannot be read."""
        try:
            offer: Offer = _DECODERS[self.kind[row]].decode(self.lines.read(row))
        except msgspec.MsgspecError as error:
            raise SnapshotBrokenError(f"the record of row [{row}] cannot be read ({error}); write a new one") from error
        return offer
