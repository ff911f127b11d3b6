"""Promises of the posting reader's table: every fault names file, line and column."""

from pathlib import Path

import pytest

from matching.errors import TaxonomyError
from matching.taxonomy.posting_wording import KINDS, load_posting_wording
from matching.taxonomy.release import current_taxonomy

HEADER = "phrase,kind,code\n"


def load(folder: Path, rows: str) -> list[tuple[str, str, str]]:
    (folder / "posting_wording.csv").write_text(HEADER + rows, encoding="utf-8")
    wording = load_posting_wording(folder, current_taxonomy().occupations)
    return [(cue.phrase, cue.kind, cue.code) for cue in wording.cues]


def test_rows_are_read_in_their_order(tmp_path: Path) -> None:
    rows = "bao ăn,meals,yes\nphục vụ,role,5131\nưu tiên,prefer,\n"
    assert load(tmp_path, rows) == [("bao ăn", "meals", "yes"), ("phục vụ", "role", "5131"), ("ưu tiên", "prefer", "")]


def test_a_row_stands_for_every_choice_of_its_alternatives(tmp_path: Path) -> None:
    assert load(tmp_path, "{bao|lo} cơm,meals,yes\n") == [("bao cơm", "meals", "yes"), ("lo cơm", "meals", "yes")]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("bao ăn,supper,yes\n", r"line 2, column kind: \[supper\]"),
        ("bao ăn,meals,maybe\n", r"line 2, column code: \[maybe\]"),
        ("ưu tiên,prefer,yes\n", r"line 2, column code: \[yes\]"),
        ("phục vụ,role,0000\n", r"line 2, column code: \[0000\]"),
        (" ,meals,yes\n", "line 2, column phrase"),
        ("giữ … của … gốc,lint,keeps_identity_papers\n", "line 2, column phrase"),
        ("bao ăn,meals,yes\nbao ăn,meals,yes\n", "line 3.*stands twice"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, rows: str, fault: str) -> None:
    with pytest.raises(TaxonomyError, match=rf"posting_wording\.csv, {fault}"):
        load(tmp_path, rows)


def test_every_kind_of_the_release_is_used() -> None:
    used = {cue.kind for cue in current_taxonomy().posting_wording.cues}
    assert used == set(KINDS)
