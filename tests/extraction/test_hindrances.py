"""Limits put together from two phrases: what is spoken of, and what is said of it (X10)."""

import pytest

from tests.extraction.conftest import Read


def limits(read: Read, text: str) -> set[str]:
    return {m.code.value for m in read(text).constraints}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("chiều muộn thì được chớ tối em không đứng quầy được", "no_night_shift"),
        ("trực khuya hả, thức khuya nỏ nổi", "no_night_shift"),
        ("Ca đêm: không", "no_night_shift"),
        ("y sĩ dặn kiêng khiêng vác", "no_heavy_lifting"),
        ("gánh gồng thì hết nổi rồi", "no_heavy_lifting"),
        ("lên mái là bủn rủn", "no_heights"),
        ("leo trụ điện thì em xin kiếu", "no_heights"),
        ("giữa nắng là nổi mẩn", "no_heat"),
        ("đứng nguyên ngày là sưng vù", "no_prolonged_standing"),
        ("đi tỉnh khác thì chịu", "near_home_only"),
        ("đi ghe dài ngày là không được", "no_overnight_away"),
    ],
)
def test_an_activity_and_that_it_cannot_be_done_make_a_limit(read: Read, text: str, limit: str) -> None:
    """A negator or an aversion before it, an inability or a symptom after it."""
    assert limits(read, text) == {limit}


@pytest.mark.parametrize(
    "text", ["không ngại thức khuya", "vác nặng được hết", "lên mái quen rồi", "leo trụ điện 5 năm", "đi xa cũng được"]
)
def test_an_activity_that_is_done_makes_none(read: Read, text: str) -> None:
    """What is not denied, or whose aversion is denied, is no limit."""
    assert limits(read, text) == set()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("chiếc xe cắm rồi", "no_vehicle"),
        ("Xe máy: hư", "no_vehicle"),
        ("đt cảm ứng thì không có", "no_smartphone"),
        ("Vốn liếng: không", "no_capital"),
        ("khai sinh mất sạch", "no_id_card"),
        ("chưa sắm được chiếc xe máy", "no_vehicle"),
    ],
)
def test_what_one_owns_no_longer_is_lacking(read: Read, text: str, limit: str) -> None:
    """A thing that begins its clause and what tells that it is gone; a label takes its answer over a colon."""
    assert limit in limits(read, text)


def test_the_things_of_a_trade_are_not_lacking(read: Read) -> None:
    """ "xe hư" is what a mechanic mends."""
    assert limits(read, "sửa xe hư, buôn xe cũ 3 năm") == set()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("cánh tay mặt teo", "limited_hand_use"),
        ("cổ tay trái bị cứng", "limited_hand_use"),
        ("chân mặt thì yếu", "no_prolonged_standing"),
        ("con mắt bên trái không thấy", "low_vision"),
        ("Mắt: mờ", "low_vision"),
        ("xương sống thoái hóa", "no_heavy_lifting"),
        ("noi thi duoc, viet ko duoc", "low_literacy"),
        ("Sức khoẻ: kém", "weak_health"),
    ],
)
def test_a_part_of_the_body_and_what_ails_it_make_a_limit(read: Read, text: str, limit: str) -> None:
    """Sides and little words may stand between the two."""
    assert limits(read, text) == {limit}


@pytest.mark.parametrize("text", ["tay nghề vững", "mẹ em chân yếu nhưng tự lo được", "gãy tay lành rồi"])
def test_skilled_hands_and_a_relatives_legs_are_no_limit(read: Read, text: str) -> None:
    assert not {"limited_hand_use", "no_prolonged_standing"} & limits(read, text)


def test_an_injury_is_told_by_what_it_keeps_from(read: Read) -> None:
    """The injury says more of the limit right behind it; by itself it is one."""
    assert limits(read, "trặc vai, đau vai vác không nổi") == {"no_heavy_lifting"}
    assert limits(read, "bị gãy chân nên không leo giàn được") == {"no_heights"}
    assert limits(read, "bị gãy chân") == {"no_prolonged_standing"}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("vác bao xi măng là lụi luôn", "no_heavy_lifting"),
        ("ra nắng tí là ngất", "no_heat"),
        ("cánh tay trái không giơ lên được", "limited_hand_use"),
        ("căn cước bị thất lạc hồi lũ", "no_id_card"),
    ],
)
def test_what_an_activity_leads_to_tells_that_it_cannot_be_done(read: Read, text: str, limit: str) -> None:
    assert [c.code.value for c in read(text).constraints] == [limit]


@pytest.mark.parametrize(
    "text", ["leo cao là nghề của tôi", "làm đêm là chuyện thường", "có dạy tối không", "làm không giấy tờ ký kết gì"]
)
def test_what_is_borne_or_asked_limits_nothing(read: Read, text: str) -> None:
    assert read(text).constraints == ()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("ngủ lại công trường thì không nhận", "no_overnight_away"),
        ("vác bao lúa thì hết nổi", "no_heavy_lifting"),
        ("bị phỏng co rút cánh tay", "limited_hand_use"),
        ("liệt cả hai chân", "no_prolonged_standing"),
        ("căn cước chưa nhận được", "no_id_card"),
        ("đừng xếp em ca khuya", "no_night_shift"),
    ],
)
def test_what_denies_may_stand_behind_an_object_or_before_the_limb(read: Read, text: str, limit: str) -> None:
    """X10: "thì" and "là" lead from what is done to what is said of it; an ailment may come first."""
    assert limit in limits(read, text)


def test_months_of_something_else_are_no_child(read: Read) -> None:
    """X10: "còn 9 tháng" tells how long, "con 9 tháng" how old."""
    assert "childcare" not in limits(read, "mua máy cày trả góp còn 9 tháng")
    assert "childcare" in limits(read, "có con 9 tháng")
