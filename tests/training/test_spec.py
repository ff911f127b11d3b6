"""A specification is read strictly."""

from datetime import date
from pathlib import Path

import pytest

from matching.errors import DataError
from matching.training.spec import load_spec, spec_of

MODELS = Path(__file__).parents[2] / "models"


def written(folder: Path, text: str) -> Path:
    path = folder / "spec.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_specification_of_the_store_can_be_read() -> None:
    specs = [path for path in MODELS.glob("*.toml") if path.name != "serving.toml"]
    assert specs
    assert {load_spec(path).name for path in specs} == {path.stem for path in specs}


def test_a_specification_comes_back_from_its_record(tmp_path: Path) -> None:
    spec = load_spec(written(tmp_path, 'name = "a"\nas_of = 2026-11-23\npull = [1, 0.5]'))
    assert spec.as_of == date(2026, 11, 23)
    assert spec_of(spec.as_record(), source="manifest") == spec


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('name = "a"', "as_of"),
        ('name = "../a"\nas_of = 2026-11-23', "name"),
        ('name = "a"\nas_of = 2026-11-23\nfeatures = ["offence"]', "features"),
        ('name = "a"\nas_of = 2026-11-23\nkind = "forest"', "kind"),
        ('name = "a"\nas_of = 2026-11-23\npull = []', "pull"),
        ('name = "a"\nas_of = 2026-11-23\npull = [nan]', "pull"),
        ('name = "a"\nas_of = 2026-11-23\nfolds = 1', "folds"),
        ("name = ", "TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(DataError, match=what):
        load_spec(written(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.toml"):
        load_spec(tmp_path / "absent.toml")
