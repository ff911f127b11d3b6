"""Work that is looked for in vain: "nộp đơn ba nơi mà chưa nơi nào gọi", "kiếm hoài hổng ra"."""

from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.extraction.tenses import is_past

_SEEKS = {"xin": "xin", "kiem": "kiếm", "tim": "tìm", "hoi": "hỏi", "nop": "nộp", "gui": "gửi", "go": "gõ"}
_PLACES_OF_WORK = frozenset(
    {"viec", "vl", "cho", "don", "dau", "noi", "cong", "cty", "hang", "xuong", "so", "lam", "hoai", "khap", "may"}
)
"""Words for what is sought that tell of work."""
_OTHER_THINGS = frozenset({"vay", "von", "giay", "cap", "can", "tien", "tro", "thuoc", "nha", "hoc", "bang"})
"""Words for what is sought that do not."""
_COMES = frozenset({"duoc", "dc", "ra", "thay", "ai", "noi", "dau", "goi", "nhan", "tra", "keu", "hoi", "muon", "thue"})
"""Behind a negator these tell that nothing came of it."""
_REACH = 10
"""Syllables from a search to what came of it."""


@told_by(*_SEEKS)
def seeks_in_vain(reading: Reading) -> bool:
    """Whether work was looked for and none was found, up to now."""
    return bool(reading.denied) and any(
        _in_vain(reading, i) and reading.means(i, _SEEKS[reading.text.folded[i]]) and not is_past(reading, i)
        for i in reading.where(_SEEKS.keys())
    )


def _in_vain(reading: Reading, i: int) -> bool:
    words = reading.text.folded
    last = min(i + _REACH, reading.sentence_bounds(i)[1] - 1)
    came = [j for j in reading.denied if i + 2 <= j <= last and words[j] in _COMES]
    sought = words[i + 1 : min(came) - 1] if came else []
    return not _PLACES_OF_WORK.isdisjoint(sought) and _OTHER_THINGS.isdisjoint(sought)
