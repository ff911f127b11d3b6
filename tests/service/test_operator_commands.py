"""The operator's command line, from nothing to a restored copy."""

import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import service.cli as command_line
from service.errors import FileTooLargeError, ServiceError
from service.intake.legacy import Writing
from tests.service.examples import SURVEY
from tests.service.intake.made import HEADINGS, ROWS, csv_of, grid_bomb, written_as

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    application = command_line.application()

    def invoke(*words: str, text: str | None = None) -> Result:
        return CliRunner().invoke(application, list(words), input=text)

    return invoke


def test_every_command_explains_itself_with_an_example(run: Run):
    commands = (
        ["serve"], ["import"], ["backup"], ["restore"], ["erase"], ["users", "add"], ["users", "list"],
        ["users", "disable"], ["audit", "verify"], ["export", "training"],
    )  # fmt: skip
    for words in commands:
        shown = run(*words, "--help")
        assert shown.exit_code == 0
        assert "Example: viecgan " + " ".join(words) in " ".join(shown.stdout.split()), words


def test_the_package_is_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "argv", ["viecgan", "serve", "--help"])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_module("service.cli", run_name="__main__")
    assert "Example: viecgan serve" in " ".join(capsys.readouterr().out.split())


def test_a_whole_life(run: Run, tmp_path: Path):
    """F4, P7, P8: import, look, back up, erase, restore."""
    sheet = tmp_path / "a.jsonl"
    sheet.write_text(json.dumps(SURVEY) + "\n" + json.dumps(SURVEY | {"person_id": "PR-2", "birth_year": "x"}) + "\n")
    imported = run("import", "surveys", "a.jsonl")
    assert imported.exit_code == 1
    assert imported.stdout.strip() == "rows in 2, saved 1, changed 0, rejected 1, duplicate 0"
    assert "row 2" in imported.stderr
    assert "birth_year" in imported.stderr

    added = run("users", "add", "officer.ban", "officer", "--commune", "Phan Rí Cửa", text="mot-mat-khau-dai\n")
    assert added.exit_code == 0, added.stderr
    assert "officer.ban\tofficer\tactive\t22972" in run("users", "list").stdout
    run("users", "add", "coordinator.ban", "coordinator", "--province", "lam dong", text="mot-mat-khau-dai\n")
    line = next(line for line in run("users", "list").stdout.splitlines() if line.startswith("coordinator.ban"))
    assert len(line.split("\t")[3].split(",")) == 124
    run("users", "disable", "officer.ban")
    assert "disabled" in run("users", "list").stdout

    anchor = run("backup", "copy.db").stdout.split()[-1]
    erased = run("erase", "PR-1", "--yes")
    assert (erased.exit_code, erased.stdout.strip()) == (0, "erased: PR-1")
    assert run("restore", "copy.db", "--replace").stdout.strip().endswith("erased again 1")
    assert "saved 1" in run("import", "surveys", "a.jsonl").stdout
    verified = run("audit", "verify", "--anchor", anchor)
    assert verified.exit_code == 0
    assert verified.stdout.startswith("whole: ")


def test_a_sheet_is_brought_in_and_a_bomb_is_not(run: Run, tmp_path: Path):
    """F2, F3, F4: headings as communes type them, in an old encoding; a refusal makes no database."""
    (tmp_path / "bomb.xlsx").write_bytes(grid_bomb())
    refused = run("import", "surveys", "bomb.xlsx").exception
    assert isinstance(refused, FileTooLargeError)
    assert str(refused).startswith("bomb.xlsx: reading it takes more memory")
    assert not (tmp_path / "viecgan.db").exists()
    (tmp_path / "Cao Van Teo.csv").write_bytes(written_as(csv_of([HEADINGS, *ROWS]), Writing.VNI))
    imported = run("import", "surveys", "Cao Van Teo.csv")
    assert imported.stdout.strip() == "rows in 4, saved 4, changed 0, rejected 0, duplicate 0"
    assert "Cao Van Teo.csv: The words were read as VNI" in imported.stderr
    assert not any(b"Teo.csv" in path.read_bytes() for path in tmp_path.glob("viecgan.db*")), "P8: names of files stay"


@pytest.mark.parametrize(
    "words",
    [
        ["serve", "--samples", "--host", "0.0.0.0"],
        ["serve", "--database", "nonsense"],
        ["import", "surveys", "missing.jsonl"],
        ["import", "offers", "sheet.xlsx"],
        ["erase", "nobody", "--yes"],
        ["restore", "missing.db"],
        ["audit", "verify", "--anchor", "nothing"],
        ["users", "disable", "nobody"],
        ["users", "add", "x", "operator"],
        ["users", "add", "x", "officer"],
    ],
)
def test_a_refusal_is_a_sentence_and_exit_status_1(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["viecgan", *words])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("viecgan: ")
    assert "Traceback" not in said.err


def test_wrong_usage_is_exit_status_2(run: Run):
    assert run("import", "people", "a.jsonl").exit_code == 2
    assert run("serve", "--port", "x").exit_code == 2
    assert run("nonsense").exit_code == 2


def test_a_short_password_is_refused(run: Run):
    refused = run("users", "add", "admin.ban", "admin", text="kurz\n")
    assert isinstance(refused.exception, ServiceError)
    assert "admin.ban" not in run("users", "list").stdout


def test_lines_are_brought_in_from_standard_input(run: Run) -> None:
    imported = run("import", "surveys", "-", text=json.dumps(SURVEY) + "\n{}\n")
    told = "rows in 2, saved 1, changed 0, rejected 1, duplicate 0"
    assert (imported.exit_code, imported.stdout.strip()) == (1, told), imported.stderr
    assert "row 2" in imported.stderr


def test_an_export_of_nothing_is_told(run: Run) -> None:
    told = run("export", "training")
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "0 outcomes of 0 people\n")


def test_a_place_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for place, why in (("away/x.jsonl", "No such file or directory"), ("taken", "Is a directory")):
        told = run("extract", "-", "-o", place, text=json.dumps(SURVEY))
        assert (told.exit_code, told.stdout) == (1, "")
        assert told.stderr == f"{place}: the file cannot be written: {why}\n"
        assert not list(tmp_path.glob("**/*.part"))
