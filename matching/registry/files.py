"""Writing so that a stop at any moment leaves the old state or the new one, never a half."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_PART = ".part-"


@contextmanager
def alone(models: Path) -> Iterator[None]:
    """Hold the store for writing; others wait. The lock goes with the process, however it ends."""
    models.mkdir(parents=True, exist_ok=True)
    folder = os.open(models, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another, whole."""
    part = path.with_name(_PART + path.name)
    _write(part, content)
    part.replace(path)
    _settle(path.parent)


def new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder with files that appears at once; remains of an earlier try are cleared away."""
    part = folder.with_name(_PART + folder.name)
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(parents=True)
    for name, content in files.items():
        _write(part / name, content)
    _settle(part)
    part.rename(folder)
    _settle(folder.parent)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Wait until names in *folder* are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
