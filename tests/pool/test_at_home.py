"""Work to take home is told from work at other people's houses."""

import pytest

from matching.pool.at_home import says_at_home
from matching.text.fold import fold


@pytest.mark.parametrize(
    "text",
    [
        "Nhận hàng may gia công về nhà, giao lại cuối tuần",
        "đan lát tại nhà",
        "Cho mang việc về nhà làm",
        "làm ở nhà được",
        "Đan giỏ lục bình, nhận nguyên liệu đem về nhà",
    ],
)
def test_a_posting_that_offers_it(text):
    assert says_at_home(text) and says_at_home(fold(text)) and says_at_home(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Làm việc tại nhà máy, ca ngày",
        "Phục vụ tại nhà hàng tiệc cưới",
        "Giúp việc tại nhà, bao ăn ở",
        "Chăm sóc người lớn tuổi tại nhà",
        "Lắp đặt máy lạnh tại nhà khách",
        "Không được mang hàng về nhà",
        "Có xe đưa về nhà sau ca",
        "Xây nhà ở dân dụng",
        "Bao ăn, ở nhà trọ công ty",
    ],
)
def test_a_posting_that_does_not(text):
    assert not says_at_home(text) and not says_at_home(fold(text))
