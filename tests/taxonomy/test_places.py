"""Places: what people write resolves to the commune of today, or is asked about (M11)."""

import csv
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import UnknownCodeError
from matching.taxonomy.places import Places, load_places
from matching.text.fold import fold

DATA = Path(__file__).parents[2] / "matching" / "taxonomy" / "data"
HOME = "Lâm Đồng"


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(DATA)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def address(unit: dict[str, str]) -> str:
    return ", ".join(filter(None, (unit["name"], unit["district"], unit["province"])))


def read(places: Places, text: str, home: str | None = None) -> str | None:
    """Return "commune | province" or None."""
    found = places.resolve(text, home_province=home)
    return found.commune and f"{found.commune} | {found.province}"


PHAN_RI_CUA, TRA_TAN = "Xã Phan Rí Cửa | Tỉnh Lâm Đồng", "Xã Trà Tân | Tỉnh Lâm Đồng"


# --- what must resolve -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("xa Dong Ha, Duc Linh", TRA_TAN),
        ("TT Phan Rí Cửa, Tuy Phong, Bình Thuận", PHAN_RI_CUA),
        ("thi tran phan ri cua", PHAN_RI_CUA),
        ("X. ĐÔNG HÀ - H. ĐỨC LINH - T. BÌNH THUẬN", TRA_TAN),
        ("dong ha duc linh lam dong", TRA_TAN),
        ("Xã Đông Hà\nhuyện Đức Linh", TRA_TAN),
        ("Đông Hà (Đức Linh)", TRA_TAN),
        ("xã Đông Hà (nay là xã Trà Tân), tỉnh Lâm Đồng", TRA_TAN),
        ("phan ri cua tuy phong binh thuan", PHAN_RI_CUA),
        ("Bình Thuận, Tuy Phong, Phan Rí Cửa", PHAN_RI_CUA),
        ("PhanRiCua", PHAN_RI_CUA),
    ],
)
def test_the_two_communes_of_the_pilot_are_found_however_they_are_written(
    places: Places, text: str, commune: str
) -> None:
    """M11."""
    assert read(places, text) == commune


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Tổ 5, KP Song Thanh 1, thị trấn Phan Rí Cửa", PHAN_RI_CUA),
        ("thôn 3A Đông Hà, Đức Linh", TRA_TAN),
        ("tổ 3 ấp Bình Thuận xã Đông Hà huyện Đức Linh", TRA_TAN),
        ("số 12 Trần Hưng Đạo, P. Phú Thủy, TP. Phan Thiết, Bình Thuận", "Phường Phú Thủy | Tỉnh Lâm Đồng"),
        ("thôn Lạc Trị, Tuy Phong", "Xã Tuy Phong | Tỉnh Lâm Đồng"),
    ],
)
def test_hamlets_streets_and_house_numbers_before_the_commune_do_not_lead_astray(
    places: Places, text: str, commune: str
) -> None:
    """M11."""
    assert read(places, text) == commune


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("P.4, Q.3, TP.HCM", "Phường Bàn Cờ | Thành phố Hồ Chí Minh"),
        ("p4q3 sài gòn", "Phường Bàn Cờ | Thành phố Hồ Chí Minh"),
        ("Phường 04 Quận 3 TPHCM", "Phường Bàn Cờ | Thành phố Hồ Chí Minh"),
        ("Côn Đảo, BRVT", "Đặc khu Côn Đảo | Thành phố Hồ Chí Minh"),
        ("Ea Kar, Đắc Lắc", "Xã Ea Kar | Tỉnh Đắk Lắk"),
        ("eakar daklak", "Xã Ea Kar | Tỉnh Đắk Lắk"),
        ("Đắk Mil, Đắk Nông", "Xã Đức Lập | Tỉnh Lâm Đồng"),
        ("xã Cà Ná, Thuận Nam, Ninh Thuận", "Xã Cà Ná | Tỉnh Khánh Hòa"),
        ("phường Vỹ Dạ, Thừa Thiên Huế", "Phường Vỹ Dạ | Thành phố Huế"),
        ("phường Long Trường, Quận 9", "Phường Long Trường | Thành phố Hồ Chí Minh"),
        ("Phường Đức Nghĩa, Phan Thiết", "Phường Phan Thiết | Tỉnh Lâm Đồng"),
        ("Phường I, Vị Thanh", "Phường Vị Thanh | Thành phố Cần Thơ"),
    ],
)
def test_old_provinces_nicknames_and_numbered_wards_are_understood(places: Places, text: str, commune: str) -> None:
    """M11."""
    assert read(places, text) == commune


def test_the_old_unit_is_told_only_when_one_was_named(places: Places) -> None:
    """M11."""
    old = places.resolve("TT Phan Rí Cửa, Tuy Phong, Bình Thuận")
    assert old.old_unit == "Thị trấn Phan Rí Cửa, Huyện Tuy Phong, Tỉnh Bình Thuận"
    assert places.resolve("Xã Phan Rí Cửa, Lâm Đồng").old_unit is None
    assert places.resolve("Phan Rí Cửa").old_unit is None


def test_a_divided_old_unit_goes_to_its_main_commune_and_names_the_other(places: Places) -> None:
    """M11: "Phong Phú, Tuy Phong" is in two communes of today."""
    found = places.resolve("xã Phong Phú, Tuy Phong, Bình Thuận")
    assert found.commune == "Xã Phan Rí Cửa"
    assert [candidate.commune for candidate in found.candidates] == ["Xã Tuy Phong"]


def test_what_was_renamed_in_2026_is_found_under_both_names(places: Places) -> None:
    """M11."""
    today = "Phường Long Thành | Thành phố Đồng Nai"
    assert read(places, "Phường Long Thành, TP Đồng Nai") == read(places, "xã Long Thành, tỉnh Đồng Nai") == today


# --- every unit of the country ---------------------------------------------------------------------------------------


def test_every_commune_of_today_resolves_to_its_own_code(places: Places) -> None:
    """M11: all 3,321, by the names of today and of July 2025, of the commune and of its province."""
    assert len(places) == 3321
    became_cities = {row["name"] for row in rows("place_renamings.csv") if row["level"] == "province"}
    assert became_cities
    for row in rows("places.csv"):
        provinces = [row["province"]]
        if row["province"] in became_cities:
            provinces.append(row["province"].replace("Thành phố", "Tỉnh"))
        for name in filter(None, (row["name"], row["earlier_name"])):
            for province in provinces:
                assert places.resolve(f"{name}, {province}").commune_code == row["code"], (name, province)


def test_every_old_unit_resolves_to_the_commune_it_became(places: Places) -> None:
    """M11: all 10,040, and each is named as it was."""
    old = rows("old_places.csv")
    assert len(old) == 10040
    for row in old:
        found = places.resolve(address(row))
        assert (found.commune_code, found.old_unit) == (row["communes"].split("|")[0], address(row))


def test_without_accents_a_unit_resolves_to_itself_or_is_asked_about(places: Places) -> None:
    """M11: only names that differ by accents alone are left open, and then both are offered."""
    left_open = 0
    texts = [(f"{row['name']}, {row['province']}", row["code"]) for row in rows("places.csv")]
    texts += [(address(row), row["communes"].split("|")[0]) for row in rows("old_places.csv")]
    for text, code in texts:
        found = places.resolve(fold(text))
        if found.commune_code is None:
            left_open += 1
            assert code in [candidate.commune_code for candidate in found.candidates], text
        else:
            assert found.commune_code == code, text
    assert left_open < 60


SPELLINGS = (str.upper, str.lower, lambda t: unicodedata.normalize("NFD", t), lambda t: f"  {t.replace(', ', ' - ')} ")


def test_case_unicode_form_and_separators_change_nothing(places: Places) -> None:
    """M11."""
    for row in rows("old_places.csv")[::23]:
        expected = places.resolve(address(row)).commune_code
        for spelt in SPELLINGS:
            assert places.resolve(spelt(address(row))).commune_code == expected, spelt(address(row))


def test_the_order_of_the_levels_changes_nothing(places: Places) -> None:
    """M11."""
    for row in rows("old_places.csv")[::23]:
        reverse = ", ".join(reversed(address(row).split(", ")))
        assert places.resolve(reverse).commune_code == row["communes"].split("|")[0], reverse


# --- what is left open -----------------------------------------------------------------------------------------------


def test_a_bare_name_of_several_provinces_is_asked_about(places: Places) -> None:
    """M11: Đông Hà."""
    found = places.resolve("Đông Hà")
    assert found.commune_code is None
    offered = [(candidate.commune, candidate.province) for candidate in found.candidates]
    assert ("Phường Đông Hà", "Tỉnh Quảng Trị") in offered
    assert ("Xã Trà Tân", "Tỉnh Lâm Đồng") in offered
    assert len(offered) <= 10


@pytest.mark.parametrize("home", ["Lâm Đồng", "tinh lam dong", "Bình Thuận"])
def test_a_bare_name_is_read_in_the_home_province_old_or_new(places: Places, home: str) -> None:
    """M11."""
    assert read(places, "Đông Hà", home) == TRA_TAN
    assert read(places, "Đông Hà", "Quảng Trị") == "Phường Đông Hà | Tỉnh Quảng Trị"
    assert read(places, "Đông Hà, Quảng Trị", home) == "Phường Đông Hà | Tỉnh Quảng Trị"


def test_the_home_province_does_not_overrule_a_unit_word_that_fits_elsewhere(places: Places) -> None:
    """M11: the ward of Đông Hà is in Quảng Trị; at home it was a commune."""
    found = places.resolve("Phường Đông Hà", home_province=HOME)
    assert found.commune_code is None
    assert {"Xã Trà Tân", "Phường Đông Hà"} <= {candidate.commune for candidate in found.candidates}


def test_an_unknown_home_province_is_refused(places: Places) -> None:
    with pytest.raises(UnknownCodeError, match=r"\[Atlantis\]"):
        places.resolve("Đông Hà", home_province="Atlantis")


def test_one_name_twice_in_the_home_province_is_asked_about_unless_the_district_decides(places: Places) -> None:
    """M11: there were three communes Tân Hà in what is Lâm Đồng today."""
    assert len({c.commune for c in places.resolve("Tân Hà", home_province=HOME).candidates[:3]}) == 3
    assert read(places, "Tân Hà", HOME) is None
    assert read(places, "Tân Hà, Hàm Tân", HOME) == "Xã Hàm Tân | Tỉnh Lâm Đồng"
    assert read(places, "Tân Hà, Đức Linh", HOME) == TRA_TAN


def test_a_name_of_today_beats_the_same_old_name_of_its_province(places: Places) -> None:
    """M11: Xã Hòa Thắng of today, not the part of the old one that went elsewhere."""
    found = places.resolve("Hòa Thắng", home_province=HOME)
    assert (found.commune, found.old_unit) == ("Xã Hòa Thắng", None)


def test_phan_ri_cua_is_not_phan_ri_thanh(places: Places) -> None:
    """M11: what accents and letters say is not bent."""
    assert read(places, "Phan Rí Thành", HOME) == "Xã Bắc Bình | Tỉnh Lâm Đồng"
    assert places.row_of("Phan Rí", home_province=HOME) == -1


def test_typed_accents_tell_apart_what_folds_to_the_same(places: Places) -> None:
    """M11."""
    assert read(places, "Cẩm Giang, Hải Phòng") == "Xã Cẩm Giang | Thành phố Hải Phòng"
    assert read(places, "Cẩm Giàng, Hải Phòng") == "Xã Cẩm Giàng | Thành phố Hải Phòng"
    assert read(places, "Cam Giang, Hai Phong") is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("huyện Đức Linh", "Xã Đức Linh"),
        ("TP Phan Thiết", "Phường Phan Thiết"),
        ("huyện Tuy Phong, tỉnh Bình Thuận", "Xã Tuy Phong"),
    ],
)
def test_a_district_alone_is_no_commune_and_offers_its_communes(places: Places, text: str, first: str) -> None:
    """M11."""
    found = places.resolve(text)
    assert found.commune_code is None
    assert found.candidates[0].commune == first
    assert 1 < len(found.candidates) <= 10


def test_a_district_that_became_one_commune_is_that_commune(places: Places) -> None:
    """M11."""
    found = places.resolve("huyện Phú Quý")
    assert (found.commune, found.old_unit) == ("Đặc khu Phú Quý", "Huyện Phú Quí, Tỉnh Bình Thuận")


@pytest.mark.parametrize("text", ["Quận 1", "Bình Thuận", "Lâm Đồng", "Sài Gòn", "Phường 1"])
def test_a_numbered_ward_or_a_province_alone_is_left_open(places: Places, text: str) -> None:
    """M11."""
    found = places.resolve(text, home_province=HOME)
    assert found.commune_code is None
    assert 1 < len(found.candidates) <= 10


def test_a_name_that_is_also_a_commune_of_today_is_the_commune(places: Places) -> None:
    """M11: Đức Linh was a district and is a commune."""
    assert read(places, "Đức Linh") == "Xã Đức Linh | Tỉnh Lâm Đồng"
    assert read(places, "Phan Thiết, Bình Thuận") == "Phường Phan Thiết | Tỉnh Lâm Đồng"


def test_a_commune_that_does_not_lie_where_the_text_says_is_asked_about(places: Places) -> None:
    """M11: no silent choice between the name and the district."""
    for text in ("Đông Hà, Cà Mau", "Phan Rí Cửa, Bắc Bình, Bình Thuận"):
        found = places.resolve(text, home_province=HOME)
        assert found.commune_code is None
        assert found.candidates


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "....", "12345", "xã", "không rõ", "khong biet dia chi", "Atlantis", "ấp Đông Hà"),
        "lot vo lua hat dieu, lam tai nha, mat kem",
        "ko biet chu chi biet ky ten. lam muon lam re",
    ],
)
def test_what_names_no_commune_gives_nothing_at_all(places: Places, text: str) -> None:
    """M11: never a guess."""
    found = places.resolve(text, home_province=HOME)
    assert (found.text, found.commune_code, found.old_unit, found.lat, found.candidates) == (text, None, None, None, ())
    assert places.row_of(text, home_province=HOME) == -1


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    places = _shared()
    found = places.resolve(text, home_province=HOME)
    assert found.text == text
    assert (found.commune_code is None) == (places.row_of(text, home_province=HOME) == -1)
    assert len(found.candidates) <= 10


_LOADED: list[Places] = []


def _shared() -> Places:
    """Fixtures of a module do not mix with drawn examples."""
    if not _LOADED:
        _LOADED.append(load_places(DATA))
    return _LOADED[0]


# --- slips of the pen ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "home", "commune"),
    [
        ("Phan Ri Cuaa, Tuy Phong", None, PHAN_RI_CUA),
        ("phna ri cua", HOME, PHAN_RI_CUA),
        ("Phan Rí Cữa", HOME, PHAN_RI_CUA),
        ("phan ris cuwar", HOME, PHAN_RI_CUA),
        ("ddoong haf, ddwcs linh", None, TRA_TAN),
    ],
)
def test_a_slip_is_repaired_within_the_stated_district_or_at_home(
    places: Places, text: str, home: str | None, commune: str
) -> None:
    """M11."""
    assert read(places, text, home) == commune


def test_a_slip_is_not_repaired_where_nothing_says_which_province(places: Places) -> None:
    """M11."""
    assert read(places, "Phan Ri Cuaa") is None
    assert read(places, "phan ris cuwar") is None


def test_a_slip_between_two_equally_near_names_is_asked_about(places: Places) -> None:
    """M11: "Hoằng Thah" may be Hoằng Thanh or Hoằng Thành."""
    found = places.resolve("hoang thah, Hoằng Hóa, Thanh Hóa")
    assert found.commune_code is None
    assert {"Xã Hoằng Thanh", "Xã Hoằng Lộc"} <= {candidate.commune for candidate in found.candidates}


def test_a_longer_name_misspelt_is_not_read_as_the_shorter_one(places: Places) -> None:
    """M11: Vĩnh Trạch and Vĩnh Trạch Đông were neighbours."""
    old_unit = places.resolve("Vĩnh Trạch Donng, TP Bạc Liêu, Bạc Liêu").old_unit
    assert old_unit == "Xã Vĩnh Trạch Đông, Thành phố Bạc Liêu, Tỉnh Bạc Liêu"


def test_an_unknown_commune_of_a_known_district_is_not_that_district(places: Places) -> None:
    """M11: a commune that was not understood is asked about, though Tuy Phong is a commune too."""
    found = places.resolve("Lạc Trị, Tuy Phong")
    assert found.commune_code is None
    assert found.candidates[0].commune == "Xã Tuy Phong"


def test_reading_a_place_is_quick(places: Places) -> None:
    """Far below a millisecond each; the bound is wide for slow machines."""
    texts = [address(row) for row in rows("old_places.csv")[::20]]
    start = time.process_time()
    for text in texts:
        places.row_of(text)
    assert (time.process_time() - start) / len(texts) < 0.001
