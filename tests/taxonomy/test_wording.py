"""The table of what people say: each row a phrase, or a family of phrases that differ in a word."""

from pathlib import Path

import pytest

from matching.errors import TaxonomyError
from matching.taxonomy.release import DATA, current_taxonomy
from matching.taxonomy.tables import read_table
from matching.taxonomy.wording import load_wording, phrases_of

HEADER = "phrase,kind,code,note\n"


def phrases(folder: Path, rows: str) -> list[str]:
    (folder / "wording.csv").write_text(HEADER + rows, encoding="utf-8")
    (folder / "ambiguities.csv").write_text("folded,reading,code,context\n", encoding="utf-8")
    return [cue.phrase for cue in load_wording(folder, current_taxonomy().occupations).cues]


def test_a_row_stands_for_every_choice_of_its_words(tmp_path: Path) -> None:
    assert phrases(tmp_path, "{đem|lấy} … về {nhà|chỗ trọ} may,constraint,home_based_only,\n") == [
        "đem … về nhà may",
        "đem … về chỗ trọ may",
        "lấy … về nhà may",
        "lấy … về chỗ trọ may",
    ]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("{đem|lấy} về,refuse,,\nlấy về,refuse,,\n", r"line 3: \[lấy về\] stands twice"),
        ("… {đem|lấy …} về,refuse,,\n", r"line 2.*more than one"),
        ("{đem|} ,refuse,,\n", r"line 2.*is empty"),
        ("đem về,refusal,,\n", r"line 2, column kind"),
        ("nợ,constraint,debts,\n", r"line 2, column code"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, rows: str, fault: str) -> None:
    with pytest.raises(TaxonomyError, match=rf"wording\.csv, {fault}"):
        phrases(tmp_path, rows)


def test_no_row_stands_for_so_many_phrases_that_the_release_grows_too_large() -> None:
    """Each phrase takes memory; a wider row is better said with a gap or a class ("SELF")."""
    rows = read_table(DATA / "wording.csv", ("phrase", "kind", "code", "note"))
    assert [row for _, (row, *_) in rows if sum(1 for _ in phrases_of(row)) > 700] == []
