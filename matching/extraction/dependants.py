"""Those who lean on the person, told round about: by what they cannot do, by whom they have, by who left them.

Each is put together from somebody to look after and one of these, in one sentence: "bố đi không vững", "cơm nước một
tay tôi", "vợ bỏ đi để lại ba đứa nhỏ".
"""

from collections.abc import Iterator

from matching.domain.profile import ConstraintMention
from matching.domain.vocabulary import ConstraintCode
from matching.extraction.duties import elders
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by

_BODILY = frozenset({"di", "dung", "ngoi", "day", "lai", "an", "tu", "lo", "cu", "dong", "nam", "nho", "nhin", "con"})
"""What somebody well does alone: "không tự đi lại được", "ngồi không vững"."""
_BEFORE = frozenset({"gia", "gio", "nay", "thi", "lai", "cung", "tui", "toi", "em", "minh", "chau", "yeu"}) | _BODILY
"""Between somebody to look after and what denies it."""
_ABLE = frozenset({"duoc", "dc", "noi", "vung", "xong", "ro", "thay"})
_ABLE_REACH = 4
_CLOSING = frozenset({"nua", "roi", "dau", "phai", "nen", "luon"})
"""After the inability nothing but one of these follows: "bố không lo được tiền học" tells of no illness."""

_SPEAKERS = frozenset({"toi", "tui", "em", "minh", "chau", "o", "e", "con"})
_ON_ONE = frozenset({("mot", "tay"), ("song", "nho"), ("trong", "vao"), ("nho", "vao"), ("1", "tay")})
"""Before the speaker these tell on whom others lean: "cơm nước một tay tôi"."""
_HANDS = frozenset({"tay", "nho", "vao"})

_CHILDREN = frozenset({"dua", "chau", "nhoc", "con"})
_NUMBERS = frozenset({"2", "3", "4", "5", "hai", "ba", "bon", "nam", "may", "bay", "dan", "lu"})
_SMALL = frozenset({"nho", "lau", "dai", "tho", "nheo", "choai", "sit", "lit", "mon"})
_ALONE = frozenset(
    {
        ("vo", "bo"), ("chong", "bo"), ("de", "lai"), ("mot", "minh"), ("don", "than"), ("chong", "mat"),
        ("vo", "mat"), ("chong", "chet"), ("vo", "chet"), ("ly", "di"), ("li", "di"), ("ly", "hon"), ("li", "hon"),
        ("mot", "nach"), ("1", "minh"), ("1", "nach"), ("ga", "trong"),
    }
)  # fmt: skip
"""Who has nobody to share it with: "vợ bỏ", "một nách"."""


@told_by("elder")
def _frail(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield elders who cannot do alone what the healthy do: "bố đi không vững", "bà không tự lo được"."""
    words = reading.text.folded
    for elder in elders(reading):
        end = reading.clause_bounds(elder.first)[1]
        i = reading.past(elder.stop, end, _BEFORE)
        if i not in (n.first for n in reading.layer("negator")):
            continue
        able = next((j for j in range(i + 1, min(i + 1 + _ABLE_REACH, end)) if words[j] in _ABLE), end)
        bodily = any(word in _BODILY for word in words[elder.stop : able])
        alone = bodily and _BEFORE.issuperset(words[i + 1 : able]) and reading.past(able + 1, end, _CLOSING) == end
        if able < end and alone:
            yield _mention(reading, ConstraintCode.ELDERCARE, elder.first, able + 1)


@told_by(*_ON_ONE)
def _leaning(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield elders who have the speaker only: "Mẹ chồng mù, sống nhờ em"."""
    words = reading.text.folded
    for i in reading.where(_HANDS):
        begin, end = reading.sentence_bounds(i)
        on_one = i > begin and tuple(words[i - 1 : i + 1]) in _ON_ONE
        if on_one and i + 1 < end and words[i + 1] in _SPEAKERS:
            cared_for = [h for h in elders(reading) if begin <= h.first < i]
            if cared_for:
                yield _mention(reading, ConstraintCode.ELDERCARE, cared_for[0].first, i + 2)


@told_by(*_ALONE)
def _left_with(reading: Reading) -> Iterator[ConstraintMention]:
    """Yield small children of somebody who is alone with them: "vợ bỏ đi để lại ba đứa lau nhau"."""
    words = reading.text.folded
    for i in reading.where(_CHILDREN):
        begin, end = reading.sentence_bounds(i)
        counted = i > begin and words[i - 1] in _NUMBERS
        small = next((j for j in range(i + 1, min(i + 3, end)) if words[j] in _SMALL), 0)
        if counted and small and any(tuple(words[j : j + 2]) in _ALONE for j in range(begin, end - 1)):
            yield _mention(reading, ConstraintCode.CHILDCARE, i - 1, small + 1)


def _mention(reading: Reading, code: ConstraintCode, first: int, stop: int) -> ConstraintMention:
    return ConstraintMention(code=code, evidence=reading.text.span(first, stop))


DEPENDANTS = (_frail, _leaning, _left_with)
"""What yields those who lean on the person, in no order."""
