"""A pool on disk opens whole, at once and for its own day, or not at all."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import DataError, SnapshotBrokenError, SnapshotStaleError
from matching.pool import arrays
from matching.pool.arrays import check_arrays, open_arrays, save_arrays
from matching.pool.live import LivePool
from matching.pool.snapshot import open_offers, save_offers
from matching.pool.texts import Ids
from matching.taxonomy.release import current_taxonomy
from tests import pools
from tests.builders import TODAY, opening
from tests.pool.same import assert_same

TAXONOMY = current_taxonomy()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _, offers = pools.pools(4, 0, 50)
    save_offers(tmp_path / "pool", offers, taxonomy=TAXONOMY, as_of=TODAY)
    return tmp_path / "pool"


def opened(folder: Path, **other):
    return open_offers(folder, **{"taxonomy": TAXONOMY, "as_of": TODAY, **other})


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(0, 60))
def test_a_snapshot_opens_as_it_was_written(seed: int, n: int) -> None:
    _, offers = pools.pools(seed, 0, n)
    with TemporaryDirectory() as place:
        first, again = Path(place) / "first", Path(place) / "again"
        save_offers(first, offers, taxonomy=TAXONOMY, as_of=TODAY)
        assert_same(opened(first), offers)
        save_offers(again, opened(first), taxonomy=TAXONOMY, as_of=TODAY)
        check_arrays(again)
        assert_same(opened(again), offers)
        assert (first / "manifest.json").read_bytes() == (again / "manifest.json").read_bytes()


def test_an_open_snapshot_cannot_be_written_to(folder: Path) -> None:
    with pytest.raises(ValueError, match="read-only"):
        opened(folder).closes_on[0] = 1


def test_what_a_served_pool_writes_stays_in_its_process(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    pool = LivePool.open(folder, TAXONOMY, as_of=TODAY)
    pool.close(0, as_of=TODAY)
    pool.add(opening("new"))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_ids_are_found_without_reading_them_all(folder: Path) -> None:
    ids = opened(folder).ids
    assert isinstance(ids, Ids)
    assert [ids.index(name) for name in ids] == list(range(50))
    assert "nobody" not in ids and "" not in ids and ids[-1] == ids[49] and ids[:2] == (ids[0], ids[1])
    with pytest.raises(ValueError, match="nobody"):
        ids.index("nobody")
    with pytest.raises(IndexError):
        ids[50]


def test_a_snapshot_of_another_day_or_release_is_stale(folder: Path) -> None:
    with pytest.raises(SnapshotStaleError, match="as_of"):
        opened(folder, as_of=date(2026, 11, 24))
    with pytest.raises(SnapshotStaleError, match="taxonomy"):
        opened(folder, taxonomy=replace(TAXONOMY, sha256="other"))


def test_a_snapshot_of_a_newer_version_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "FORMAT", arrays.FORMAT - 1)
    with pytest.raises(SnapshotStaleError, match="newer"):
        opened(folder)


@pytest.mark.parametrize("name", ["kind.npy", "records.npy", "skills.values.npy", "ids.order.npy"])
def test_a_snapshot_that_was_cut_short_is_refused(folder: Path, name: str) -> None:
    os.truncate(folder / name, (folder / name).stat().st_size - 1)
    with pytest.raises(SnapshotBrokenError, match=name):
        opened(folder)


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b'{"format": 1, "stamp": {}, "arrays": {"../x": {}}}', b"\xff"]
)
def test_a_foreign_folder_is_refused(folder: Path, manifest: bytes) -> None:
    (folder / "manifest.json").write_bytes(manifest)
    with pytest.raises(SnapshotBrokenError, match="manifest"):
        opened(folder)
    with pytest.raises(SnapshotBrokenError):
        opened(folder / "nowhere")


def test_an_array_of_objects_is_never_loaded(folder: Path) -> None:
    """F7: nothing that can run code is read."""
    np.save(folder / "kind.npy", np.array([{}], dtype=object), allow_pickle=True)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["arrays"]["kind"]["bytes"] = (folder / "kind.npy").stat().st_size
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(SnapshotBrokenError, match="kind"):
        opened(folder)


def test_a_changed_byte_is_found_when_everything_is_read(folder: Path) -> None:
    check_arrays(folder)
    path = folder / "wage_min.npy"
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    with pytest.raises(SnapshotBrokenError, match="wage_min"):
        check_arrays(folder)


def test_a_stop_while_writing_leaves_nothing_under_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F5: a part is not a snapshot, and the next try clears it away."""
    written = []

    def stops(path: Path, array: np.ndarray, room: int) -> dict:
        if written:
            raise KeyboardInterrupt
        written.append(path)
        return write(path, array, room)

    write = arrays._write
    two = {"one": np.arange(3), "two": np.arange(4)}
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(arrays, "_write", stops)
        save_arrays(tmp_path / "index", two, stamp={})
    assert not (tmp_path / "index").exists()
    save_arrays(tmp_path / "index", two, stamp={})
    assert open_arrays(tmp_path / "index", stamp={})["two"].tolist() == [0, 1, 2, 3]
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
    with pytest.raises(DataError, match="already"):
        save_arrays(tmp_path / "index", two, stamp={})


def test_indexes_have_folders_of_their_own_in_a_snapshot(folder: Path) -> None:
    save_arrays(folder / "index", {"codes": np.arange(5, dtype=np.int16)}, stamp={"model": "prior"})
    assert open_arrays(folder / "index", stamp={"model": "prior"})["codes"].dtype == np.int16
    with pytest.raises(SnapshotStaleError, match="model"):
        open_arrays(folder / "index", stamp={"model": "other"})
    assert len(opened(folder)) == 50
