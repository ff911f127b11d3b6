"""Promises of `viecgan lexicon suggest` (X11)."""

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import application


def test_phrases_that_surveys_use_and_no_alias_reads_come_out_as_rows(tmp_path: Path) -> None:
    surveys = tmp_path / "surveys.jsonl"
    surveys.write_text(
        '{"person_id": "P1", "text": "làm men rượu cần ở nhà", "surveyed_on": "2026-11-02"}\n'
        "hồi đó men rượu cần với anh\n",
        encoding="utf-8",
    )
    told = CliRunner().invoke(application(), ["lexicon", "suggest", str(surveys), "--least-confidence", "0"])
    assert told.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert all(row["region"] == "all" and row["source"] == "speech" and len(row["code"]) == 4 for row in rows)
    assert all(row["texts"] == "2" for row in rows)
    assert rows


def test_a_file_that_is_not_text_is_refused_by_line(tmp_path: Path) -> None:
    surveys = tmp_path / "surveys.txt"
    surveys.write_bytes(b"th\xff\n")
    told = CliRunner().invoke(application(), ["lexicon", "suggest", str(surveys)])
    assert told.exit_code == 1
    assert "line 1" in str(told.exception) + told.output


def run(database: Path, *words: str) -> str:
    told = CliRunner().invoke(application(), ["lexicon", *words, "--database", f"sqlite:///{database}"])
    assert told.exit_code == 0, told.output + str(told.exception)
    return told.stdout


def test_the_loop_from_a_verdict_to_rows_for_the_next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    database = tmp_path / "viecgan.db"
    assert "version 1: [vắt nhựa tằm lôm] is 6210" in run(
        database, "accept", "Vắt nhựa tằm lôm", "6210", "--by", "Lan", "--region", "south"
    )
    assert "version 2" in run(database, "reject", "trời mưa hoài", "--by", "Lan")
    assert run(database, "export").splitlines() == ["alias,code,region,source", "vắt nhựa tằm lôm,6210,south,speech"]
    assert run(database, "suggest").splitlines() == ["alias,code,region,source,texts,confidence,others"]
    assert "read again 0, changed 0" in run(database, "reread")
    assert "version 1 is undone" in run(database, "undo", "1", "--by", "Lan")
    assert run(database, "export").splitlines() == ["alias,code,region,source"]
    rows = list(csv.DictReader(io.StringIO(run(database, "list"))))
    assert [(row["version"], row["verdict"], row["undone_in"]) for row in rows] == [
        ("1", "accepted", "3"), ("2", "rejected", ""), ("3", "undone", "3"),
    ]  # fmt: skip
