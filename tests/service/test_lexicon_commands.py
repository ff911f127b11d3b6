"""Promises of `viecgan lexicon suggest` (X11)."""

import csv
import io
from pathlib import Path

from typer.testing import CliRunner

from service.cli import application


def test_phrases_that_surveys_use_and_no_alias_reads_come_out_as_rows(tmp_path: Path) -> None:
    surveys = tmp_path / "surveys.jsonl"
    surveys.write_text(
        '{"person_id": "P1", "text": "làm tằm và né ở nhà", "surveyed_on": "2026-11-02"}\nhồi đó tằm và né với anh\n',
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
