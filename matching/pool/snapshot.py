"""A pool of offers on disk, open at once: columns are mapped into memory, ids and records are read when asked for."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import EnumType
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from matching.domain import vocabulary
from matching.jsonl import dump
from matching.pool.arrays import Array, open_arrays, save_arrays
from matching.pool.layout import CODED, PLAIN, TERMS, THROUGH
from matching.pool.offers import Offers, Table
from matching.pool.texts import Ids, Lines, Records
from matching.taxonomy.release import Taxonomy

_OBJECTS: dict[str, Any] = {
    "loan_communes": tuple[tuple[int, ...] | None, ...],
    "loan_purposes": tuple[tuple[int, ...] | None, ...],
    "held_rules": tuple[tuple[str, ...], ...],
    "held_texts": tuple[tuple[str, ...], ...],
}
"""Tables that hold no numbers; they stand as JSON."""

_ROOM = 16
"""One row in so many is left free for offers that are added while it is served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a snapshot holds, opened."""

    rows: Mapping[str, Array]
    """As `Offers.rows`, each with free rows at its end, (capacity,)."""
    offers: Offers


def save_offers(folder: Path, offers: Offers, *, taxonomy: Taxonomy, as_of: date) -> None:
    """Write a snapshot as a new folder, whole or not at all.

    Parameters
    ----------
    taxonomy, as_of : as they were when the columns were built

    Raises
    ------
    DataError
        The folder is there already.
    """
    ids = offers.ids if isinstance(offers.ids, Ids) else Ids.of(offers.ids)
    records = offers.records
    lines = records.lines if isinstance(records, Records) else Lines.of(dump(record) for record in records)
    arrays: dict[str, Array] = dict(offers.rows)
    room = dict.fromkeys(arrays, len(offers) // _ROOM + 1024)
    for name, table in offers.tables.items():
        arrays[_of(name)] = table if isinstance(table, np.ndarray) else _bytes(msgspec.json.encode(table))
    arrays |= {"ids": ids.lines.data, "ids.starts": ids.lines.starts, "ids.order": ids.order}
    arrays |= {"records": lines.data, "records.starts": lines.starts}
    save_arrays(folder, arrays, stamp=stamp(taxonomy, as_of), room=room)


def open_offers(folder: Path, *, taxonomy: Taxonomy, as_of: date) -> Offers:
    """Open a snapshot for reading.

    Raises
    ------
    SnapshotBrokenError
        It is missing, foreign or cut short.
    SnapshotStaleError
        It is of another day, release of the taxonomy, or version of this code.
    """
    return open_stored(folder, taxonomy=taxonomy, as_of=as_of, writable=False).offers


def open_stored(folder: Path, *, taxonomy: Taxonomy, as_of: date, writable: bool) -> Stored:
    """Open a snapshot with the free rows of its columns; see `open_offers` and `open_arrays`."""
    arrays = open_arrays(folder, stamp=stamp(taxonomy, as_of), writable=writable)
    n = len(arrays["ids.order"])
    rows = {name: arrays[name] for name in (*PLAIN, *(code for code in THROUGH.values() if code not in PLAIN))}
    tables: dict[str, Table] = {name: _table(name, arrays[_of(name)]) for name in THROUGH}
    ids = Ids(Lines(arrays["ids"], arrays["ids.starts"]), arrays["ids.order"])
    records = Records(Lines(arrays["records"], arrays["records.starts"]), rows["kind"])
    offers = Offers.of(ids, records, {name: its[:n] for name, its in rows.items()}, tables, snapshot=folder)
    return Stored(rows=rows, offers=offers)


def stamp(taxonomy: Taxonomy, as_of: date) -> dict[str, str]:
    """Return what the columns of a pool depend on besides the offers: law of the day, release, and this code."""
    return {"holds": "offers", "as_of": as_of.isoformat(), "taxonomy": taxonomy.sha256, "layout": _LAYOUT}


def _layout() -> str:
    """Return a hash of the columns, their types and the order of every closed vocabulary that they hold codes of."""
    closed: dict[str, list[Any]] = {
        name: list(its) for name, its in vars(vocabulary).items() if isinstance(its, EnumType)
    }
    said = repr((sorted(closed.items()), PLAIN, CODED, TERMS, THROUGH))
    return hashlib.sha256(said.encode()).hexdigest()


def _of(name: str) -> str:
    """Return the name of the table of a column's values."""
    return f"{name}.values"


def _table(name: str, array: Array) -> Table:
    return msgspec.json.decode(array.tobytes(), type=_OBJECTS[name]) if name in _OBJECTS else array


def _bytes(text: bytes) -> Array:
    return np.frombuffer(text, dtype=np.uint8)


_LAYOUT = _layout()
