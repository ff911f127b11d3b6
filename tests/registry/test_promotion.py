"""Promotion needs evidence, is written at once, and can be taken back."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from matching.errors import ModelError
from matching.ranking.prior import BASELINE
from matching.registry import promote, read_history, rollback, serving
from matching.registry.serving import Entry
from tests.registry.store import FAILED, NOON, PASSED, TAXONOMY, rewritten, saved


def up(models: Path, name: str, **how: object) -> Entry:
    return promote(models, name, **{"at": NOON, "by": "test", "taxonomy_release": TAXONOMY, "compared": ()} | how)  # type: ignore[arg-type]


def back(models: Path) -> Entry:
    return rollback(models, at=NOON, by="test", taxonomy_release=TAXONOMY)


def now(models: Path) -> str:
    return serving(models, taxonomy_release=TAXONOMY).release


def test_serving_says_which_release_since_when_and_by_whom(tmp_path: Path) -> None:
    name = saved(tmp_path).name
    here = datetime(2026, 11, 23, 19, 0, 30, 5, tzinfo=timezone(timedelta(hours=7)))
    up(tmp_path, name, at=here, by='Nguyễn "A" \\ phân tích')
    record = tomllib.loads((tmp_path / "serving.toml").read_text(encoding="utf-8"))
    assert record["release"] == name
    assert record["since"] == here.replace(microsecond=0)
    assert record["by"] == 'Nguyễn "A" \\ phân tích'
    served = serving(tmp_path, taxonomy_release=TAXONOMY)
    assert (served.model.name, served.refused) == (name, ())
    assert served.entry is not None
    assert served.entry.by == record["by"]


def test_history_is_kept_and_rollback_goes_back_step_by_step(tmp_path: Path) -> None:
    a, b, c = (saved(tmp_path, near).name for near in (0.5, 0.6, 0.7))
    for name in (a, b, c):
        up(tmp_path, name)
    assert [back(tmp_path).release for _ in range(2)] == [b, a]
    assert now(tmp_path) == a
    up(tmp_path, c)
    assert [back(tmp_path).release for _ in range(2)] == [a, BASELINE]
    assert now(tmp_path) == BASELINE
    with pytest.raises(ModelError, match="nothing to go back to"):
        back(tmp_path)
    assert [entry.release for entry in read_history(tmp_path)] == [a, b, c, b, a, c, a, BASELINE]


def test_what_serves_by_default_is_the_stated_prior_and_it_is_the_first_of_all(tmp_path: Path) -> None:
    """M14: a model that learnt from invented people is not delivered to serve real ones."""
    shutil.copytree(Path(__file__).parents[2] / "models", tmp_path / "models")
    served = serving(tmp_path / "models", taxonomy_release=TAXONOMY)
    assert (served.release, served.refused) == (BASELINE, ())
    assert served.entry is not None
    with pytest.raises(ModelError, match="nothing to go back to"):
        back(tmp_path / "models")


def test_rollback_passes_over_a_release_that_is_no_longer_sound(tmp_path: Path) -> None:
    a, b, c = (saved(tmp_path, near).name for near in (0.5, 0.6, 0.7))
    for name in (a, b, c):
        up(tmp_path, name)
    (tmp_path / b / "model.json").unlink()
    assert back(tmp_path).release == a


def test_promoting_what_serves_changes_nothing(tmp_path: Path) -> None:
    name = saved(tmp_path).name
    first = up(tmp_path, name)
    assert up(tmp_path, name, at=NOON + timedelta(days=1), by="somebody else") == first
    assert len(read_history(tmp_path)) == 1


def test_a_release_that_failed_a_gate_may_not_serve(tmp_path: Path) -> None:
    name = saved(tmp_path, gate=FAILED).name
    with pytest.raises(ModelError, match="enough_people: wanted 30 judged people or more, found 7"):
        up(tmp_path, name)
    assert not (tmp_path / "serving.toml").exists()


def test_a_release_must_be_compared_with_the_learnt_one_that_serves(tmp_path: Path) -> None:
    old, new = saved(tmp_path, 0.5).name, saved(tmp_path, 0.6).name
    up(tmp_path, old, compared=None)
    with pytest.raises(ModelError, match="must be compared"):
        up(tmp_path, new, compared=None)
    with pytest.raises(ModelError, match="enough_people"):
        up(tmp_path, new, compared=(PASSED, FAILED))
    assert now(tmp_path) == old
    up(tmp_path, new, compared=(PASSED,))
    assert now(tmp_path) == new
    up(tmp_path, BASELINE, compared=None)
    assert now(tmp_path) == BASELINE
    assert back(tmp_path).release == new


def test_a_manifest_that_is_changed_after_promotion_no_longer_serves(tmp_path: Path) -> None:
    """F7: not even into one that would be sound."""
    name = saved(tmp_path).name
    up(tmp_path, name)
    rewritten(tmp_path, name, lambda record: record["gates"][0].update(measured="600"))
    served = serving(tmp_path, taxonomy_release=TAXONOMY)
    assert served.release == BASELINE
    assert "not the one that was promoted" in served.refused[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "release = ",
        'release = "x"',
        "\ufeff[[history]]",
        'release = "a"\nsince = 5\nby = "b"\nmanifest_sha256 = "c"\n[[history]]\naction = "promote"\nrelease = "a"\n'
        'since = 5\nby = "b"\nmanifest_sha256 = "c"',
    ],
)
def test_a_broken_serving_file_is_refused_and_what_served_goes_on(tmp_path: Path, text: str) -> None:
    name = saved(tmp_path).name
    up(tmp_path, name)
    running = serving(tmp_path, taxonomy_release=TAXONOMY)
    (tmp_path / "serving.toml").write_text(text, encoding="utf-8")
    kept = serving(tmp_path, taxonomy_release=TAXONOMY, keep=running)
    assert (kept.release, bool(kept.refused)) == (name, True)
    assert serving(tmp_path, taxonomy_release=TAXONOMY).release == BASELINE
    with pytest.raises(ModelError, match=r"serving\.toml"):
        up(tmp_path, BASELINE)


def test_a_serving_file_that_contradicts_its_history_is_refused(tmp_path: Path) -> None:
    a, b = saved(tmp_path, 0.5).name, saved(tmp_path, 0.6).name
    up(tmp_path, a)
    up(tmp_path, b)
    path = tmp_path / "serving.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(b, a, 1), encoding="utf-8")
    with pytest.raises(ModelError, match="not the last of the history"):
        read_history(tmp_path)


@pytest.mark.parametrize("by", ["", "  ", "two\nlines", "x" * 81])
def test_who_decides_is_named_on_one_line(tmp_path: Path, by: str) -> None:
    with pytest.raises(ModelError, match="by"):
        up(tmp_path, saved(tmp_path).name, by=by)


def test_an_instant_has_a_zone(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        up(tmp_path, saved(tmp_path).name, at=datetime(2026, 11, 23, 12))


def test_promotions_at_once_are_all_kept(tmp_path: Path) -> None:
    names = [saved(tmp_path, 0.5 + i / 10).name for i in range(6)]
    threads = [threading.Thread(target=up, args=(tmp_path, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = read_history(tmp_path)
    assert sorted(entry.release for entry in history) == sorted(names)
    assert now(tmp_path) == history[-1].release


_LOOP = """
import sys
from pathlib import Path
from tests.registry.store import saved
from tests.registry.test_promotion import back, up
models = Path(sys.argv[1])
names = [saved(models, 0.5 + i / 10).name for i in range(3)]
print("ready", flush=True)
while True:
    for name in names:
        up(models, name)
    for _ in range(2):
        back(models)
    (models / "serving.toml").unlink()
"""


def test_a_stop_at_any_moment_leaves_nothing_half_done(tmp_path: Path) -> None:
    """F5: killed in the middle of promotions, what serves is always a whole release."""
    for i in range(4):
        _killed_after(0.05 + 0.04 * i, tmp_path)
        served = serving(tmp_path, taxonomy_release=TAXONOMY)
        assert served.refused == ()
        assert served.entry is None or served.release == read_history(tmp_path)[-1].release
        up(tmp_path, BASELINE)


def _killed_after(seconds: float, models: Path) -> None:
    command = [sys.executable, "-c", _LOOP, str(models)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = process.stdout.readline().strip()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
    assert ready == "ready"
