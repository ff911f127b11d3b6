"""Folders of arrays that appear whole and open at once: plain .npy files, mapped into memory, and a manifest.

What one process writes any number of processes may open; they share its pages.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from matching.errors import DataError, SnapshotBrokenError, SnapshotStaleError
from matching.jsonl import parse_object

Array = npt.NDArray[Any]

FORMAT = 1
"""Version of the folder's shape that this code writes and reads."""

MANIFEST = "manifest.json"

_PART = ".part-"
_NAME = re.compile(r"[a-z][a-z_.]{0,59}")


def save_arrays(
    folder: Path, arrays: Mapping[str, Array], *, stamp: Mapping[str, str], room: Mapping[str, int] | None = None
) -> None:
    """Write arrays as a new folder: a stop at any moment leaves the whole of it, or nothing under its name.

    Parameters
    ----------
    folder : Path
        Not there yet; give each snapshot a name of its own.
    arrays : mapping
        By name (a-z, "_" and "."); none holds objects.
    stamp : mapping
        What the arrays were made for: `open_arrays` asks for the same.
    room : mapping or None
        Rows of zeros to leave free at the end of some arrays; they take no room on the disk.

    Raises
    ------
    DataError
        The folder is there already.
    """
    if folder.exists():
        raise DataError(f"[{folder}] is there already; write to a new name")
    part = folder.with_name(_PART + folder.name)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    described = {name: _write(part / f"{name}.npy", array, (room or {}).get(name, 0)) for name, array in arrays.items()}
    manifest = {"format": FORMAT, "stamp": dict(stamp), "arrays": described}
    (part / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    _settle(part / MANIFEST)
    _settle(part)
    part.rename(folder)
    _settle(folder.parent)


def open_arrays(folder: Path, *, stamp: Mapping[str, str], writable: bool = False) -> dict[str, Array]:
    """Open a folder of arrays, mapped into memory; sizes are checked, contents are not (see `check_arrays`).

    Parameters
    ----------
    stamp : mapping
        What the arrays must have been made for.
    writable : bool
        Whether the arrays may be written to: pages that are written to become this process's own, and the files stay
        as they are.

    Raises
    ------
    SnapshotBrokenError
        The folder is missing, foreign, or not as large as its manifest says.
    SnapshotStaleError
        It was written by a newer version, or made for something else.
    """
    manifest = _manifest(folder)
    if manifest["format"] > FORMAT:
        raise SnapshotStaleError(
            f"[{folder}] has format [{manifest['format']}], newer than {FORMAT}; update, or rewrite"
        )
    for key in {**stamp, **manifest["stamp"]}:
        found, wanted = manifest["stamp"].get(key), stamp.get(key)
        if found != wanted:
            raise SnapshotStaleError(f"[{folder}] was made for {key} [{found}], not [{wanted}]; write a new one")
    return {name: _open(folder, name, its, writable) for name, its in manifest["arrays"].items()}


def check_arrays(folder: Path) -> None:
    """Read every byte and compare it with the manifest; raises SnapshotBrokenError that names the file."""
    for name, its in _manifest(folder)["arrays"].items():
        if _sha256(folder / f"{name}.npy") != its["sha256"]:
            raise SnapshotBrokenError(f"[{folder / name}.npy] is not what was written; write a new one")


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = parse_object(path.read_bytes())
    except (OSError, DataError) as error:
        raise SnapshotBrokenError(f"[{path}] cannot be read: {error}") from error
    arrays = manifest.get("arrays")
    known = isinstance(manifest.get("format"), int) and isinstance(manifest.get("stamp"), dict)
    if not known or not isinstance(arrays, dict) or not all(_is_described(*its) for its in arrays.items()):
        raise SnapshotBrokenError(f"[{path}] is not the manifest of a folder of arrays")
    return manifest


def _is_described(name: str, its: object) -> bool:
    return bool(_NAME.fullmatch(name)) and isinstance(its, dict) and set(its) == {"dtype", "shape", "bytes", "sha256"}


def _open(folder: Path, name: str, its: Mapping[str, Any], writable: bool) -> Array:
    path = folder / f"{name}.npy"
    try:
        size = path.stat().st_size
        if size != its["bytes"]:
            raise SnapshotBrokenError(f"[{path}] has {size} bytes, not [{its['bytes']}]; write a new one")
        mode: Any = ("c" if writable else "r") if 0 not in its["shape"] else None
        array: Array = np.load(path, mmap_mode=mode, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise SnapshotBrokenError(f"[{path}] cannot be opened: {error}") from error
    if array.dtype.str != its["dtype"] or list(array.shape) != its["shape"]:
        raise SnapshotBrokenError(f"[{path}] holds another array than its manifest says; write a new one")
    return array.view(np.ndarray)


def _write(path: Path, array: Array, room: int) -> dict[str, Any]:
    """Write an array, with rows of zeros behind it; return what the manifest says of it."""
    shape = (len(array) + room, *array.shape[1:])
    header = {"descr": np.lib.format.dtype_to_descr(array.dtype), "fortran_order": False, "shape": shape}
    with path.open("wb") as stream:
        np.lib.format.write_array_header_1_0(stream, header)
        begins = stream.tell()
        stream.write(np.ascontiguousarray(array).data)
        stream.truncate(begins + int(np.prod(shape)) * array.itemsize)
    _settle(path)
    size = path.stat().st_size
    return {"dtype": array.dtype.str, "shape": list(shape), "bytes": size, "sha256": _sha256(path)}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
