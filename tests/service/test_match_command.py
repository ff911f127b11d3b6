"""`viecgan match` and `viecgan allocate` answer by the model that the service would answer by."""

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from matching.errors import ModelNotFoundError
from matching.registry import promote
from matching.taxonomy.release import current_taxonomy
from service.cli import application
from tests.registry.store import saved

SAMPLES = Path(str(files("matching.samples") / "data"))


def asked(command: str, *options: str) -> Result:
    """The committed openings, and the first people of the committed ones."""
    people = b"".join((SAMPLES / "people.jsonl").read_bytes().splitlines(keepends=True)[:3])
    given = ["--people", "-", "--offers", str(SAMPLES / "openings.jsonl"), "--as-of", "2026-11-23"]
    return CliRunner().invoke(application(), [command, *given, *options], input=people)


@pytest.fixture
def release(tmp_path: Path) -> str:
    """A learnt release that serves in a folder of models which is not the working folder's."""
    name = saved(tmp_path / "releases").name
    taxonomy = current_taxonomy().release
    promote(tmp_path / "releases", name, at=datetime(2026, 11, 23, tzinfo=UTC), by="test", taxonomy_release=taxonomy)
    return name


def test_the_folder_of_models_is_the_one_that_is_set(
    release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VIECGAN_MODELS holds for matching and sharing seats too, wherever the command is given."""
    monkeypatch.chdir(tmp_path)
    answers = asked("match").stdout.splitlines()
    assert {json.loads(line)["model"] for line in answers} == {"baseline"}
    assert isinstance(asked("allocate", "--model", release).exception, ModelNotFoundError)
    monkeypatch.setenv("VIECGAN_MODELS", str(tmp_path / "releases"))
    answers = asked("match").stdout.splitlines()
    assert {json.loads(line)["model"] for line in answers} == {release}
    assert asked("allocate", "--model", release).exit_code == 0
