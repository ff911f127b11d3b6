"""The last grade of school that a person finished, as stated."""

from matching.extraction.cues import is_of_kin
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading

_HIGHEST_GRADE = 12

_CHILD = frozenset({"con", "be", "dua", "nho", "dau", "lon", "ut", "thu"})
"""Before a word for schooling these tell of a child: "con học lớp 3", "đứa lớn lớp 6"."""

_CHILDREN = frozenset({"con", "dua", "chau", "thang"})
"""Before those at the head of a clause these name a child: "con lớn vô lớp 1"."""

_NOT_THE_SPEAKER = frozenset({"toi", "tui", "em", "cai", "gai", "trai", "nho", "lon", "ut", "dau", "thi", "minh", "re"})
"""After "con" at the begin of a text these tell of a child; anything else of who speaks: "Con tên Ba, học lớp 4"."""

_THEN = frozenset({"tu", "nam", "hoi", "luc", "day", "mo", "dung", "nhiem"})
"""Before a grade these tell when something was, or who teaches: "từ năm lớp 8", "dạy lớp 5"."""
_LEFT = frozenset({"bo", "nghi", "thoi"})
"""Before "học" these make a year of school the one that was left: "bỏ học năm lớp 7"."""

_HALFWAY = frozenset({"giua", "do"})
"""Before a grade these tell that it was not finished: "bỏ học giữa lớp 9"."""

_UNFINISHED = frozenset({"do"})
"""Behind a grade: "học lớp 12 dở"."""
_SPANS = frozenset({"thang", "nam", "ngay", "tuan", "diem", "trieu", "tr", "ruoi", "gio", "h", "g"})
"""After a number these make it a time or a sum, not a grade: "bằng 12 tháng", "học xong 7 rưỡi"."""
_CLASSES = "lop"

_SPOKEN = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_AS_SPELT = {
    "mot": "một", "hai": "hai", "ba": "ba", "bon": "bốn", "tu": "tư", "nam": "năm", "sau": "sáu", "bay": "bảy",
    "tam": "tám", "chin": "chín", "muoi": "mười",
}  # fmt: skip
_BEYOND_TEN = 2
_DATES = frozenset({"ngoai", "nay", "kia", "truoc", "do", "roi", "ay"})
"""Behind "năm" these make it a year: "nghỉ lớp năm ngoái"."""

_LEVELS = {
    "thcs": 9, "thpt": 12, "ptth": 12, "ptcs": 9, "c1": 5, "c2": 9, "c3": 12,
    "tieu hoc": 5, "cap 1": 5, "cap 2": 9, "cap 3": 12, "cap mot": 5, "cap hai": 9, "cap ba": 12, "pho thong": 12,
}  # fmt: skip
"""Last grade of what schooling is told by, right behind a word for it: "Trình độ học vấn: THCS"."""
_IS_A_LEVEL = frozenset({"trinh", "hoc", "van", "vh", "hv", "td", "tdvh", "tdhv", "t"})
"""How the words begin that a level may follow."""
_NOT_FINISHED = frozenset({"do", "dang", "chua", "nua"})

_REACH = 3
"""Syllables between a wish and the schooling that it is for."""


def read_schooling(reading: Reading) -> int | None:
    """Return the last grade finished, None when the text does not say."""
    for hit in reading.layer("schooling"):
        if _of_another(reading, hit) or _is_wished(reading, hit) or _is_a_span(reading, hit):
            continue
        if hit.code != "grade":
            return int(hit.code)
        grade = _grade_near(reading, hit)
        if grade is not None:
            return grade
    return None


def _is_a_span(reading: Reading, hit: Hit) -> bool:
    """Whether the number that a phrase ends with is one of months or points: "học hết 12 tháng"."""
    words = reading.text.folded
    return words[hit.stop - 1].isdigit() and not _SPANS.isdisjoint(words[hit.stop : hit.stop + 1])


def _of_another(reading: Reading, hit: Hit) -> bool:
    """Whether a grade is a child's, or tells when something was, or who teaches it."""
    if hit.first == reading.clause_bounds(hit.first)[0]:
        return False
    before, first = reading.text.folded[hit.first - 1], reading.text.folded[max(0, hit.first - 3)]
    if before in _THEN:
        return not (before == "nam" and first in _LEFT)
    if before in _CHILD:
        return not _speaks(reading, before)
    opens = reading.clause_bounds(hit.first)[0]
    if reading.text.folded[opens] in _CHILDREN and reading.text.folded[opens + 1] in _CHILD:
        return True
    return is_of_kin(reading, hit.first)


def _is_wished(reading: Reading, hit: Hit) -> bool:
    begin = reading.clause_bounds(hit.first)[0]
    return any(begin <= h.first and 0 <= hit.first - h.stop < _REACH for h in reading.layer("want"))


def _speaks(reading: Reading, word: str) -> bool:
    """Whether a word for a child is who speaks: the text begins with it, and with no word that makes it a child's."""
    return reading.text.folded[0] == word == "con" and _NOT_THE_SPEAKER.isdisjoint(reading.text.folded[1:2])


def _grade_near(reading: Reading, hit: Hit) -> int | None:
    """Return the number that follows a word such as "lớp" within its sentence: "9/12" and "lop chin" are grade 9."""
    words = reading.text.folded
    level = _level(reading, hit)
    if level is not None:
        return level
    end = min(reading.sentence_bounds(hit.first)[1] + 1, len(reading.text))
    for i in range(hit.stop, min(hit.stop + 2, end)):
        word = words[i]
        following = () if reading.text.breaks[i] else words[i + 1 : i + 2]
        halfway = words[hit.first - 1] in _HALFWAY and hit.first > 0
        if word.isdigit() and 0 <= int(word) <= _HIGHEST_GRADE and not _SPANS & set(following):
            return int(word) - (halfway or not _UNFINISHED.isdisjoint(following))
        dated = word == "nam" and not _DATES.isdisjoint(following)
        if words[i - 1] == _CLASSES and word in _SPOKEN and not dated and reading.means(i, _AS_SPELT[word]):
            return _spoken(words[i : min(i + _BEYOND_TEN, end)]) - halfway
    return None


def _spoken(words: list[str]) -> int:
    """Return the grade that one or two number words tell: "mười hai" is 12."""
    tens = words[0] == "muoi" and words[1:2] and _SPOKEN.get(words[1], _HIGHEST_GRADE) <= _BEYOND_TEN
    return _SPOKEN[words[0]] + (_SPOKEN[words[1]] if tens else 0)


def _level(reading: Reading, hit: Hit) -> int | None:
    """Return the last grade of the level that follows a word for schooling: "Trình độ: THCS"."""
    words = reading.text.folded
    if words[hit.first] not in _IS_A_LEVEL or words[hit.stop - 1] == _CLASSES:
        return None
    for length in (1, 2):
        level = _LEVELS.get(" ".join(words[hit.stop : hit.stop + length]))
        if level is not None:
            return None if not _NOT_FINISHED.isdisjoint(words[hit.stop + length : hit.stop + length + 2]) else level
    return None
