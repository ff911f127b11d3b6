"""Phrases put together from what is done and what it is done to (X1)."""

from datetime import date
from pathlib import Path

import pytest

from matching.domain.survey import Survey
from matching.errors import TaxonomyError
from matching.extraction.survey import SurveyReader
from matching.taxonomy.compositions import compose_aliases
from matching.taxonomy.release import current_taxonomy

THINGS = "class,thing,code\nanimal,dúi,6129\nanimal,gà,6122\n"


def tables(folder: Path, compositions: str, things: str = THINGS) -> Path:
    (folder / "things.csv").write_text(things, encoding="utf-8")
    (folder / "compositions.csv").write_text(f"class,before,after,code\n{compositions}", encoding="utf-8")
    return folder


def composed(folder: Path, *written: str) -> dict[str, str]:
    return {alias.phrase: alias.code for alias in compose_aliases(folder, {"6122", "6129", "9202"}, written)}


def test_every_way_of_saying_it_is_put_together_with_every_thing(tmp_path: Path) -> None:
    folder = tables(tmp_path, "animal,nuôi/trại,,\nanimal,coi,thuê/mướn,9202\n")
    assert composed(folder) == {
        "nuôi dúi": "6129", "nuôi gà": "6122", "trại dúi": "6129", "trại gà": "6122",
        "coi dúi thuê": "9202", "coi gà thuê": "9202", "coi dúi mướn": "9202", "coi gà mướn": "9202",
    }  # fmt: skip


def test_a_phrase_written_by_hand_wins(tmp_path: Path) -> None:
    assert composed(tables(tmp_path, "animal,nuôi,,\n"), "nuôi gà") == {"nuôi dúi": "6129"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("animal,nuôi,,1234\n", r"compositions.csv, line 2, column code: \[1234\]"),
        ("plant,trồng,,\n", r"compositions.csv, line 2, column class: \[plant\]"),
        ("animal,nuôi,,\nanimal,nuôi,,9202\n", r"compositions.csv, line 3: \[nuôi dúi\] would be 9202 and is 6129"),
    ],
)
def test_a_row_that_contradicts_is_named(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(TaxonomyError, match=message):
        composed(tables(tmp_path, rows))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("truoc nuoi dui 2 nam", "6129"),
        ("trước hái măng cụt mướn cho vựa", "9201"),
        ("từng bán bánh bột lọc", "5212"),
        ("biet sua may cua xich", "7233"),
        ("đã vận hành máy lu rung ở công trường, đúng hơn là lái xe lu rung", "8342"),
        ("có nuôi 20 con heo thịt", "6121"),
        ("trồng chừng 200 gốc bưởi da xanh", "6112"),
        ("nhà 8 sào cà phê", "6112"),
        ("lên rừng hái lá thuốc nam bán", "6340"),
        ("làm khâu đóng thùng bên công ty bánh", "9321"),
        ("lm cn go 2 nam", "7523"),
        ("hồi đó đi ghe chụp mực", "6223"),
        ("phụ lò bánh tráng", "7512"),
        ("thu nhap bap benh do hang tuan phai ra tram", None),
        ("muon duoc hoc nghe mien phi", None),
    ],
)
def test_what_nobody_listed_is_read(text: str, code: str | None) -> None:
    reader = SurveyReader(current_taxonomy())
    profile = reader.read(Survey(person_id="p", text=text, surveyed_on=date(2026, 11, 2)))
    assert [mention.code for mention in profile.occupations] == ([] if code is None else [code])
