"""Work, lessons and papers that are asked for: an asking, and what it is for ("kiếm trại nào")."""

from collections.abc import Iterator

from matching.domain.profile import NeedMention
from matching.domain.vocabulary import ConstraintCode, LicenceStatus, NeedCode
from matching.extraction.hindrances import past
from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading

_SEEKS = frozenset({"kiem", "tim", "xin", "can", "muon", "mun", "mong", "nho", "ung"})
"""Words that seek; the last words of phrases of asking too."""
_MORE = frozenset(
    {
        "them", "duoc", "dc", "mot", "1", "cai", "gium", "gap", "lai", "co", "giup", "ho", "em", "tui", "cho", "ra",
        "nghe", "may", "vai", "chi",
    }
)  # fmt: skip
"""Between seeking and work: "cần thêm việc"."""

_LEARNS = frozenset({"hoc"})
_NO_LESSON = frozenset({"phi", "bong", "sinh", "het", "toi", "xong", "lop", "k", "ko", "khong"})
"""After "học" these tell of fees, pupils and former schooling."""

_HELPS = frozenset({"nho", "gium", "giup", "ho", "xin", "huong", "can", "muon", "mong", "de", "nghi"})
"""In a clause these ask for help with papers."""
_MAKES = frozenset({"lam", "cap", "doi", "lai", "giay", "bo", "sung"})
"""Before papers, or for a lost one, these tell what is asked."""
_PAPER_REACH = 3


def work_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield work that is sought: "kiếm vc trong xưởng", "xin tiệm nào cho phụ"; not by others, nor long ago."""
    sought = {h.first: h.stop for layer in ("work", "employer") for h in reading.layer(layer)}
    for i in reading.where(_SEEKS) if sought else ():
        begin, end = reading.clause_bounds(i)
        stop = sought.get(past(reading, i + 1, end, _MORE))
        if stop and stop <= end and not _of_others(reading, begin, i):
            yield NeedMention(code=NeedCode.JOB, evidence=reading.text.span(i, stop))


def learning_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield lessons that are asked for, in whatever: "muốn học bằng thuyền", "xin việc, học thêm nghề điện"."""
    words = reading.text.folded
    wants = {h.stop: h for h in reading.layer("want")}
    for i in reading.where(_LEARNS) if wants else ():
        begin, end = reading.clause_bounds(i)
        if i + 1 >= end or words[i + 1] in _NO_LESSON or not reading.means(i, "học"):
            continue
        want = wants.get(i)
        more = words[i + 1] == "them" and (i == begin or words[i - 1] == "de")
        if more and want is None:
            want = next((h for h in wants.values() if reading.sentence(h.first) == reading.sentence(i)), None)
        if want is not None and not reading.negated(want.first) and not _of_others(reading, begin, min(want.first, i)):
            yield NeedMention(code=NeedCode.TRAINING, evidence=reading.text.span(min(want.first, i), end))


def _of_others(reading: Reading, begin: int, i: int) -> bool:
    """Whether what stands before an asking in its clause says that it is denied, a relative's or over."""
    return any(
        begin <= h.first < i for layer in ("kin", "past", "negator") for h in reading.layer(layer)
    )  # "vợ kiếm việc", "không cần việc"


def papers_asked(reading: Reading) -> Iterator[NeedMention]:
    """Yield papers that somebody asks help with: "nhờ làm giấy tờ giùm", "bằng mất, xin làm lại"."""
    words = reading.text.folded
    for paper in reading.layer("possession"):
        begin, end = reading.clause_bounds(paper.first)
        first = max(begin, paper.first - _PAPER_REACH)
        made = [i for i in range(first, paper.first) if words[i] in _MAKES]
        if paper.code == ConstraintCode.NO_ID_CARD and made and not _HELPS.isdisjoint(words[begin:end]):
            yield NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.text.span(made[0], paper.stop))
    for status in reading.layer("licence_status"):
        if status.code in (LicenceStatus.LOST, LicenceStatus.EXPIRED):
            yield from _made_again(reading, status)


def _made_again(reading: Reading, status: Hit) -> Iterator[NeedMention]:
    """Yield "cho làm lại", "xin cấp lại" that ends its clause behind a lost paper in the same sentence or the next."""
    words = reading.text.folded
    end = reading.sentence_bounds(reading.sentence_bounds(status.first)[1])[1]
    for i in range(status.stop, end - 1):
        again = words[i] in ("lam", "cap", "doi") and words[i + 1] == "lai"
        begin, stop = reading.clause_bounds(i)
        if again and i + 2 == stop and words[i - 1] != "di" and not _HELPS.isdisjoint(words[begin:i]):
            yield NeedMention(code=NeedCode.DOCUMENTS, evidence=reading.text.span(begin, stop))
