"""M15: postings that break the law are held and say why; clean ones pass."""

from datetime import date
from typing import Any

import pytest

from matching.domain.offer import Opening
from matching.domain.vocabulary import WageUnit
from matching.extraction.posting import HOLDING_RULES, PostingReader
from matching.extraction.postings.lint import LAW_ROWS, holding
from matching.law import current_law
from matching.pool.build import offers_from
from matching.taxonomy.release import current_taxonomy

READER = PostingReader(current_taxonomy(), current_law())
TODAY = date(2026, 11, 23)


def rules(text: str, *, title: str = "Tuyển dụng", on: date = TODAY, **fields: Any) -> set[str]:
    read = READER.read(Opening(offer_id="J", title=title, text=text, **fields), as_of=on)
    return {flag.rule for flag in read.law_flags}


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Chỉ tuyển nữ 18-35 tuổi", {"sex_limit", "age_limit"}),
        ("Nữ miễn liên hệ, chỉ nhận nam sức khỏe tốt", {"sex_limit"}),
        ("Không nhận người trên 40 tuổi", {"age_limit"}),
        ("Trên 45 tuổi miễn liên hệ", {"age_limit"}),
        ("nop phieu ly lich tu phap so 2", {"record_slip_forbidden"}),
        ("Lương 3 triệu/tháng, làm 8 tiếng", {"below_minimum_wage"}),
        ("Lương 120k/ngày làm 8 tiếng", {"below_minimum_wage"}),
        ("Lương 15k/giờ", {"below_minimum_wage"}),
        ("Giữ CMND gốc khi vào làm", {"keeps_identity_papers"}),
        ("Giữ căn cước gốc trong thời gian thử việc", {"keeps_identity_papers"}),
        ("Đặt cọc 1 triệu khi nhận đồng phục", {"deposit_forbidden"}),
        ("Không tuyển người Thanh Hóa, Nghệ An", {"origin_limit"}),
        ("không nhận người dân tộc", {"origin_limit"}),
        ("Chưa lập gia đình, không mang thai", {"marital_limit", "maternity_limit"}),
        ("Không theo đạo", {"religion_limit"}),
    ],
)
def test_what_excludes_people_holds_the_posting(text: str, broken: set[str]) -> None:
    assert rules(text) == broken
    assert broken <= HOLDING_RULES


@pytest.mark.parametrize(
    ("text", "pointed_out"),
    [
        ("Nam, 18-45 tuổi", {"sex_clause", "age_clause"}),
        ("Hồ sơ có phiếu lý lịch tư pháp số 1", {"record_slip_needs_basis"}),
        ("Ưu tiên người đã lập gia đình", {"marital_clause"}),
    ],
)
def test_what_postings_merely_write_is_pointed_out_and_shown(text: str, pointed_out: set[str]) -> None:
    assert rules(text) == pointed_out
    assert not pointed_out & HOLDING_RULES


@pytest.mark.parametrize(
    "text",
    [
        "Nam/nữ từ 18 tuổi trở lên, lương 8 triệu",
        "Không nhận người dưới 18 tuổi",
        "Hồ sơ: sơ yếu lý lịch, CCCD photo",
        "Mang CCCD bản gốc để đối chiếu",
        "Không giữ giấy tờ gốc, không cọc, không giam lương",
        "Không cần lý lịch tư pháp",
        "Không phân biệt tôn giáo, vùng miền",
        "Tư vấn khách đặt cọc căn hộ",
        "Lương 3 triệu/tháng, làm 4 tiếng mỗi buổi sáng",
        "Lương 25k/giờ",
        "Thử việc 2 tháng lương 3 triệu, chính thức 7 triệu",
        "Không nhận người có hình xăm",
    ],
)
def test_a_clean_posting_passes(text: str) -> None:
    assert rules(text) == set()


def test_a_wage_in_the_fields_is_judged_where_the_text_is_silent() -> None:
    read = READER.read(
        Opening(offer_id="J", title="Phụ hồ", wage_max_vnd=3_000_000, wage_unit=WageUnit.MONTH), as_of=TODAY
    )
    (flag,) = read.law_flags
    assert flag.rule == "below_minimum_wage"
    assert flag.evidence is None
    assert "3.700.000" in flag.text_vi
    assert "Nghị định 293/2025/NĐ-CP" in flag.text_vi


def test_work_of_a_few_hours_is_not_held_for_a_monthly_wage() -> None:
    low = {"wage_max_vnd": 3_000_000, "wage_unit": WageUnit.MONTH}
    assert rules("Phụ bếp", hours="07:00-11:00", **low) == set()
    assert rules("Phụ bếp", days_per_week=3, **low) == set()
    assert rules("Phụ bếp", hours="07:00-17:00", **low) == {"below_minimum_wage"}


def test_a_posting_is_judged_by_the_law_of_its_day() -> None:
    """The ban on slip no. 2 begins on 1 July 2026."""
    asks = "Nộp phiếu lý lịch tư pháp số 2"
    assert rules(asks, on=date(2026, 6, 30)) == set()
    assert rules(asks, on=date(2026, 7, 1)) == {"record_slip_forbidden"}


def test_every_flag_names_an_act_in_force_and_every_rule_has_its_law() -> None:
    law = current_law()
    read = READER.read(
        Opening(
            offer_id="J",
            title="Bảo vệ",
            text="Chỉ tuyển nam dưới 30 tuổi, không theo đạo, độc thân. Cọc 1 triệu, giữ CCCD gốc. Lương 3 triệu.",
        ),
        as_of=TODAY,
    )
    assert len(read.law_flags) == 7
    for flag in read.law_flags:
        assert law.source(LAW_ROWS[flag.rule], TODAY) in flag.text_vi
    assert {law.row(name, TODAY).name for name in LAW_ROWS.values()} == set(LAW_ROWS.values())


def test_only_flags_that_hold_take_an_offer_from_the_pool() -> None:
    """J024 is held, "Nam, 18-45 tuổi" is shown with a blocker."""
    offers = [
        Opening(offer_id="A", title="Nhân viên bán hàng", text="Chỉ tuyển nam dưới 30 tuổi"),
        Opening(offer_id="B", title="Nhân viên bán hàng", text="Nam, 18-45 tuổi"),
    ]
    reads = {offer.offer_id: READER.read(offer, as_of=TODAY) for offer in offers}
    pool = offers_from(offers, reads, current_taxonomy(), as_of=TODAY)
    assert pool.held.tolist() == [True, False]
    assert list(pool.held_rules) == [("sex_limit", "age_limit"), ()]
    assert holding(reads["B"].law_flags) == ()


def test_no_flag_speaks_of_who_the_programme_is_for() -> None:
    """P2: an employer reads these sentences."""
    read = READER.read(
        Opening(offer_id="J", title="Bảo vệ", text="Nộp lý lịch tư pháp số 2, không tiền án"), as_of=TODAY
    )
    for flag in read.law_flags:
        assert "đối tượng" not in flag.text_vi
        assert "án" not in flag.text_vi.lower().split()
