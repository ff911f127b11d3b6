"""Promises of reading what a posting gives and asks in the many ways it is put: rides, beds, teaching, years, hours.

All phrases are invented; each stands for a way of building a phrase, and each way has its look-alikes.
"""

from datetime import date
from typing import Any

import pytest

from matching.domain.offer import Opening
from matching.extraction.posting import PostingReader
from matching.law import current_law
from matching.taxonomy.release import current_taxonomy

READER = PostingReader(current_taxonomy(), current_law())


def value(field: str, text: str) -> Any:
    """Return what a posting with *text* says of a field, None when it does not say."""
    found = READER.read(Opening(offer_id="J", title="Tuyển dụng", text=text), as_of=date(2026, 11, 23))
    read = getattr(found, field)
    return None if read is None else read.value


@pytest.mark.parametrize(
    ("field", "text", "stated"),
    [
        ("transport_provided", "Xe ca đón tại ngã ba xã", True),
        ("transport_provided", "nha xa thi co ghe cua chu ruoc", True),
        ("transport_provided", "Sáng có xe công ty chở đi, chiều chở về", True),
        ("transport_provided", "khoi lo xe, xe cho ve moi ngay", True),
        ("transport_provided", "chủ qua rước, khỏi lo đi lại", True),
        ("housing", "có phòng riêng ngay sau quán", True),
        ("housing", "chủ cho mượn chòi ở", True),
        ("housing", "Ngủ lầu hai, giờ giấc thoải mái", True),
        ("housing", "ko ton tien tro, dien nuoc tu tra", True),
        ("housing", "công ty có dãy trọ cho ai ở xa", True),
        ("meals", "Cơm giữa buổi xưởng đãi", True),
        ("meals", "an doc duong nha xe chiu", True),
        ("meals", "com tu nau, bep co san", False),
        ("trains_on_job", "Chưa biết đan: tổ trưởng kèm hai tuần", True),
        ("trains_on_job", "mới vô được chỉ mấy ngày", True),
        ("trains_on_job", "ai yếu tay có nhóm kèm một tháng", True),
        ("min_years", "Hàn được một năm là nhận", 1),
        ("min_years", "biết ghép gỗ 2 năm trở lên", 2),
        ("min_years", "đã chạy xe ben ít nhất 36 tháng", 3),
        ("min_years", "có tay nghề 1 năm trở lên; chưa có thì vào lớp đào tạo", 0),
        ("min_schooling_grade", "không đòi hỏi chữ nghĩa", 0),
        ("min_schooling_grade", "phải học xong cấp 2", 9),
        ("hours_per_day", "Sáng vào 7h, chiều ra 16h30, nghỉ trưa 1 tiếng 30", 8),
        ("hours_per_day", "sáng 6 giờ làm, chiều 3 giờ nghỉ, trưa nghỉ 1 tiếng", 8),
        ("hours_per_day", "lam 7h toi 5h, nghi trua 2 tieng", 8),
        ("rotating_shifts", "1 tuần ngày 1 tuần đêm", True),
        ("night_shift", "đi cạo mủ, bắt đầu từ 1h khuya", True),
        ("night_shift", "nửa đêm xuất bến, sáng về", True),
    ],
)
def test_a_field_is_read_however_it_is_put(field: str, text: str, stated: float) -> None:
    """X1: what is given and asked is read whoever gives it, in whichever order, with accents or without."""
    assert value(field, text) == stated


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("transport_provided", "lái xe đón khách tại bến"),
        ("transport_provided", "Việc: đưa đi đón về các cháu nhỏ"),
        ("transport_provided", "lo xe chở hàng đi tỉnh"),
        ("housing", "thợ xây nhà riêng trong phố"),
        ("housing", "Giấc ngủ gác lại, đơn nhiều"),
        ("trains_on_job", "nghỉ phép chỉ 3 ngày"),
        ("trains_on_job", "kèm hai tuần lương làm cọc"),
        ("min_years", "chua biet lam thi thoi"),
        ("min_years", "Bằng C còn hạn trên 1 năm"),
        ("min_years", "chưa có thì không dạy"),
        ("hours_per_day", "sáng mở cửa, chiều đóng cửa"),
        ("rotating_shifts", "tuần nghỉ một ngày"),
        ("night_shift", "làm từ 1h trưa, không chạy khuya"),
    ],
)
def test_a_look_alike_says_nothing(field: str, text: str) -> None:
    """X1: the same words about guests, goods, holidays or papers are not read as what is given or asked."""
    assert value(field, text) in (None, False)
