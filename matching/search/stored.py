"""An index on disk, in a folder of its own inside the snapshot it was made of, mapped and shared like the snapshot.

What can be told from the code is not stored: features, rules, tables of the model. So an index opens only for the code
that made it, and for the very pool, model and day: its stamp names them all.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from matching.domain.vocabulary import OfferKind
from matching.errors import SnapshotBrokenError
from matching.features.wage import usual_of
from matching.pool.arrays import MANIFEST, Array, open_arrays, save_arrays
from matching.pool.blocks import Blocks
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.ranking.additive import AdditiveModel
from matching.search.facets import FACETS, WAY, Steps, parts_of, rest_of
from matching.search.layers import Facet, Layer, Lists, OfferIndex, Sample, Ways
from matching.search.nobody import unknown_person

FOLDER = "index"

_ROOMS = ("domain", "features", "law", "pool", "ranking", "rules", "search")
"""Rooms of the package that an index depends on."""

_RECORDS: dict[str, type[Any]] = {
    "near": Blocks,
    "far": Blocks,
    "ways": Ways,
    "sample": Sample,
    "by_skill": Lists,
    "by_trade": Lists,
    "by_cell": Lists,
}
"""Fields that hold records of arrays."""

T = TypeVar("T")


def write_index(snapshot: Path, index: OfferIndex, offers: Offers, model: AdditiveModel, *, as_of: int) -> None:
    """Store an index inside the snapshot of its pool, in the place of the one that is there."""
    arrays = {"usual_wages": usual_of(offers), **dict(_arrays_of(index, "pool"))}
    for layer in index.layers:
        arrays |= dict(_arrays_of(layer, layer.kind.value))
        for facet in layer.facets:
            arrays |= dict(_arrays_of(facet, f"{layer.kind.value}.{facet.name}"))
    shutil.rmtree(snapshot / FOLDER, ignore_errors=True)
    save_arrays(snapshot / FOLDER, arrays, stamp=_stamp(snapshot, model, as_of))


def read_index(snapshot: Path, people: People, offers: Offers, model: AdditiveModel, *, as_of: int) -> OfferIndex:
    """Open the index that is stored inside the snapshot of a pool.

    Raises
    ------
    SnapshotBrokenError
        There is none, or it was cut short.
    SnapshotStaleError
        It was made of another pool, for another model or day, or by other code.
    """
    arrays = open_arrays(snapshot / FOLDER, stamp=_stamp(snapshot, model, as_of))
    try:
        layers = tuple(_layer(kind, arrays) for kind in OfferKind if f"{kind.value}.rows" in arrays)
        index: OfferIndex = _record(
            OfferIndex,
            arrays,
            "pool",
            steps=Steps(model),
            nobody=unknown_person(people),
            layers=layers,
            tables={},
            rings={},
            surroundings={},
            added={},
        )
        usual_of.keep(offers, arrays["usual_wages"])
    except KeyError as error:
        raise SnapshotBrokenError(f"[{snapshot / FOLDER}] holds no array of the name {error}") from error
    return index


def _layer(kind: OfferKind, arrays: Mapping[str, Array]) -> Layer:
    here = kind.value
    named = [name for name in FACETS if f"{here}.{name}.usual" in arrays]
    facets = tuple(_record(Facet, arrays, f"{here}.{name}", name=name, parts=parts_of(name, kind)) for name in named)
    rest = rest_of(kind, (*named, WAY))
    return _record(Layer, arrays, here, kind=kind, facets=facets, rest=rest, way_parts=parts_of(WAY, kind))


def _arrays_of(record: Any, name: str) -> Iterator[tuple[str, Array]]:
    """Yield the arrays and numbers of a record, and of those in it, each with its name."""
    for field in fields(record):
        value, path = getattr(record, field.name), f"{name}.{field.name}"
        if isinstance(value, np.ndarray | int):
            yield path, np.atleast_1d(value)
        elif field.name in _RECORDS and value is not None:
            yield from _arrays_of(value, path)


def _record(sort: type[T], arrays: Mapping[str, Array], prefix: str, /, **given: Any) -> T:
    """Return a record of what `_arrays_of` yielded; *given* are the fields that are not stored."""
    for field in fields(sort):  # type: ignore[arg-type]
        path = f"{prefix}.{field.name}"
        if field.name in _RECORDS:
            there = any(its.startswith(f"{path}.") for its in arrays)
            given[field.name] = _record(_RECORDS[field.name], arrays, path) if there else None
        elif field.name not in given:
            given[field.name] = int(arrays[path][0]) if field.type is int else arrays[path]
    return sort(**given)


def _stamp(snapshot: Path, model: AdditiveModel, as_of: int) -> dict[str, str]:
    return {
        "holds": "index",
        "pool": hashlib.sha256((snapshot / MANIFEST).read_bytes()).hexdigest(),
        "model": hashlib.sha256(model.to_json()).hexdigest(),
        "as_of": str(as_of),
        "code": _code(),
    }


@cache
def _code() -> str:
    """Return a hash of all that is written in the rooms that an index depends on."""
    package = Path(__file__).parents[1]
    files = sorted(path for room in _ROOMS for path in (package / room).rglob("*") if path.suffix in (".py", ".toml"))
    read = hashlib.sha256()
    for path in files:
        read.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return read.hexdigest()
