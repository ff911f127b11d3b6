"""Families of answers: a topic and its denial, who is cared for, how work is paid, what became of a paper."""

import pytest

from matching.domain.profile import Profile
from tests.extraction.conftest import Read


def _codes(profile: Profile) -> set[str]:
    facts = (*profile.constraints, *profile.needs, *profile.preferences)
    return {fact.code.value for fact in facts}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("lên thang là xây xẩm", "no_heights"),
        ("đứng nắng lâu là nhức đầu", "no_heat"),
        ("đừng xếp việc leo trèo", "no_heights"),
        ("cái chữ mình không biết", "low_literacy"),
        ("nhìn hột lúa không ra", "low_vision"),
        ("nói thiệt to mới nghe", "low_hearing"),
        ("mô có đi xa được", "near_home_only"),
        ("tối mắc giữ nội", "eldercare"),
        ("đi xa là lắc đầu", "near_home_only"),
        ("căn cước cũ hết hạn chưa đổi", "no_id_card"),
        ("còn thiếu họ 35 triệu", "debt"),
    ],
)
def test_a_limit_is_told_by_its_topic_and_what_becomes_of_it(read: Read, text: str, limit: str) -> None:
    """X10: what cannot be done, whoever says it and wherever they are from."""
    assert limit in _codes(read(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ai giao len về nhà móc thì em nhận", "job"),
        ("có lớp thì alo em", "training"),
        ("làm lại giấy thì phải lên đâu", "documents"),
        ("có án rồi thì người ta có cho đi không", "legal_info"),
        ("đêm hôm không răng cả", "night_shift_ok"),
        ("xa cũng được", "willing_to_relocate"),
    ],
)
def test_what_is_asked_for_may_be_said_without_asking(read: Read, text: str, code: str) -> None:
    """X7, X11: an offer to take what comes, a question where to go."""
    assert code in _codes(read(text))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("giờ đi móc bùn mướn trong xóm", "casual"),
        ("cửa khẩu vắng, không ai thuê nữa", "unemployed"),
        ("đạp xích lô chở khách ở Hội An mười hai năm ni", "self_employed"),
        ("có máy cày cho thuê", "unknown"),
    ],
)
def test_what_is_lived_on_is_told_by_how_work_is_done_now(read: Read, text: str, status: str) -> None:
    """X3: by the day for others, for oneself up to now, not at all."""
    assert read(text).employment_status.value == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("chưa có giấy an toàn thực phẩm", "none"),
        ("giấy tập huấn an toàn thực phẩm thì chưa có", "none"),
        ("chứng chỉ nấu ăn trôi theo trận lụt", "lost"),
        ("thi đậu bằng B rồi mà chưa được phát", "in_progress"),
        ("có giấy an toàn thực phẩm, chưa có vốn", "valid"),
    ],
)
def test_a_paper_is_denied_lost_or_awaited(read: Read, text: str, status: str) -> None:
    """X8: a paper that is named is not always held."""
    assert [paper.status.value for paper in read(text).licences if paper.status] == [status]


@pytest.mark.parametrize("text", ["cải tạo vuông tôm", "cửa khẩu vắng, không ai thuê nữa", "làm may ở trong làng"])
def test_everyday_words_tell_of_no_past(read: Read, text: str) -> None:
    """X14: no work, a pond dug anew, a village: nothing to hide and nobody turned away."""
    profile = read(text)
    assert not profile.redactions
    assert "stigma_barrier" not in _codes(profile)
