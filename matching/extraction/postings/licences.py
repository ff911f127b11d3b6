"""Licences that a posting requires; those it only prefers, pays for or hands out are left."""

import re

from matching.domain.posting import LicenceAsked
from matching.domain.vocabulary import LicenceCode
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import LICENCE, LICENCE_CLASS
from matching.extraction.postings.page import Page

_HEAD_REACH = 4
"""Syllables between "bằng lái" and the class it is of: "bằng lái xe từ B2"."""
_BETWEEN = frozenset(
    {
        "xe",
        "o",
        "to",
        "oto",
        "hoi",
        "tai",
        "tu",
        "hang",
        "dau",
        "loai",
        "lai",
        "toi",
        "thieu",
        "it",
        "nhat",
        "khach",
        "con",
    }
)
_CERTIFICATE = re.compile(
    r"(?<!\w)(?<!neu )(?<!hoac )(?<!nhung )(?:co|can|phai co|yeu cau|bat buoc)\s(?:co\s)?chung chi\s"
    r"(?!ve|nhu|tieng|tin|anh|ngoai|toeic|ielts|lien|quoc te|bang|van bang|chuyen|dao tao|khac)\w+(?:\s\w+)?"
    r"|(?<!\w)(?<!neu )(?:giay )?chung (?:chi|nhan) (?:van hanh|hanh nghe|ky nang nghe) \w+(?:\s\w+)?"
    r"|(?<!\w)(?:tot nghiep|tn) (?:(?:truong|lop|khoa|so cap|trung cap|cao dang) )?nghe \w+(?:\s\w+){0,2}"
)
_OWN_PAPERS = frozenset({"ho", "so", "the", "bang"})
"""First syllables of papers without a code that are asked for by name: "hộ chiếu thuyền viên", "thẻ hướng dẫn viên";
a certificate without one is of a trade, of a language or of a school, as its words tell."""
_LIST = frozenset({"hoac", "hay", "va"})
_CERTIFICATES_OF_SCHOOLS = frozenset({"tieng", "tin", "anh", "ngoai"})
"""After "bằng B" these make it a diploma of English or computing."""
_OWNED = frozenset({"co", "can", "so", "huu", "phai", "cau", "buoc", "va"})
"""Before "bằng xe máy" these make it a licence, not the means ("giao hàng bằng xe máy")."""
_WEAK_HEADS = frozenset({"hang", "dau", "giay phep"})
_DRIVING = frozenset({"lai", "xe", "tai", "gplx", "blx"})
"""A weak head counts only where the sentence speaks of driving: rooms and customers have classes too."""
_DRIVERS = frozenset({"tai xe", "lai xe", "bac tai"})
_SAFETY = ["an", "toan"]
_VEHICLES = ("bang xe may", "bang o to", "bang xe tai", "bang container", "bang cau")


def read_licences(page: Page) -> list[LicenceAsked]:
    """Return the licences that are required, each once; of alternatives ("C hoặc E") the first."""
    classes = _classes(page)
    named = [(LicenceCode(h.code), h.first, h.stop) for h in page.layer(LICENCE) if _is_licence(page, h)]
    named = [n for n in named if not any(_says_more(n, found) for found in classes)]
    named = [n for n in named if n[0] is not LicenceCode.OTHER or _is_own_paper(page, *n[1:])]
    named += _other_certificates(page, [(first, stop) for _, first, stop in (*named, *classes)])
    asked: dict[LicenceCode, LicenceAsked] = {}
    for code, first, stop in sorted([*named, *classes], key=lambda found: found[1]):
        if _required(page, first, stop):
            asked.setdefault(code, LicenceAsked(code=code, evidence=page.span(first, _with_upwards(page, stop))))
    return list(asked.values())


def _classes(page: Page) -> list[tuple[LicenceCode, int, int]]:
    """Return class letters that stand after a word for a licence; in a list of alternatives only the first."""
    found: list[tuple[LicenceCode, int, int]] = []
    last = -10
    for hit in page.layer(LICENCE_CLASS):
        head = _head(page, hit)
        follows = last >= 0 and (hit.first - last == 0 or (hit.first - last == 1 and page.folded[last] in _LIST))
        if follows and page.folded[hit.first - 1] != "va":
            last = hit.stop
        elif head is not None or follows or _of_driver(page, hit):
            found.append((LicenceCode(hit.code), hit.first if head is None else head.first, hit.stop))
            last = hit.stop
    return found


def _other_certificates(page: Page, taken: list[tuple[int, int]]) -> list[tuple[LicenceCode, int, int]]:
    """Return certificates that the taxonomy has no name for: "chứng chỉ vận hành lò hơi" is one of a trade."""
    found = []
    for match in _CERTIFICATE.finditer(page.text):
        first = page.at(match.start())
        last = page.at(match.end() - 1) + 1
        if all(stop <= first or last <= start for start, stop in taken):
            found.append((LicenceCode.TRADE_CERTIFICATE, first, last))
    return found


def _head(page: Page, hit: Hit) -> Hit | None:
    """Return the word for a licence that a class letter belongs to."""
    after = page.folded[hit.stop] if hit.stop < len(page.folded) else ""
    if after in _CERTIFICATES_OF_SCHOOLS:
        return None
    begin = page.sentence(hit.first)[0]
    welding = hit.code.startswith("welding")
    for head in page.layer("licence_head"):
        if begin <= head.first and head.stop <= hit.first <= head.stop + _HEAD_REACH:
            between = page.folded[head.stop : hit.first]
            certificate = page.folded[head.first] == "chung"
            weak = " ".join(page.folded[head.first : head.stop]) in _WEAK_HEADS and not _is_mark(page, head)
            driven = not weak or bool(_DRIVING & set(page.folded[slice(*page.sentence(hit.first))]))
            if driven and all(word in _BETWEEN for word in between) and (welding or not certificate):
                return head
    return None


def _is_own_paper(page: Page, first: int, stop: int) -> bool:
    """Whether a paper without a code of its own is asked for by its name: a passbook, a card of labour safety."""
    words = page.folded[first:stop]
    return words[0] in _OWN_PAPERS or any(words[i : i + 2] == _SAFETY for i in range(len(words)))


def _is_mark(page: Page, head: Hit) -> bool:
    """Whether the head was typed "dấu": what drivers call the class that is stamped into their licence."""
    return head.as_spelt and page.folded[head.first : head.stop] == ["dau"]


def _of_driver(page: Page, hit: Hit) -> bool:
    """Whether a class is a driver's: "tài xế B2", "biết chạy xe, có A1"; "anh lái xe e" has none."""
    start, end = page.span(hit.first, hit.stop)
    typed = page.reading.text.source.original[start:end]
    before = page.folded[max(page.clause(hit.first)[0], hit.first - 2) : hit.first]
    if before[-1:] == ["co"] and len(typed) > 1:
        return bool(_DRIVING & set(page.folded[slice(*page.sentence(hit.first))]))
    return " ".join(before) in _DRIVERS and (len(typed) > 1 or typed.isupper())


def _is_licence(page: Page, hit: Hit) -> bool:
    """Whether the phrase is a paper: "bằng xe máy" may also tell how one travels."""
    if " ".join(page.folded[hit.first : hit.stop]) not in _VEHICLES:
        return True
    return hit.first == page.clause(hit.first)[0] or page.folded[hit.first - 1] in _OWNED


def _says_more(named: tuple[LicenceCode, int, int], found: tuple[LicenceCode, int, int]) -> bool:
    """Whether a class letter tells what a general phrase leaves open: "bằng lái ô tô, tối thiểu C"."""
    family = named[0].split("_")[0]
    alike = family in ("driving", "welding") and found[0].startswith(family)
    return alike and found[1] <= named[2] + 1 and named[1] < found[2]


def _required(page: Page, first: int, stop: int) -> bool:
    if (first and page.folded[first - 1] == "neu") or page.folded[stop : stop + 2] == ["neu", "co"]:
        return False
    return not page.preferred(first, stop) and not page.near("not_licence", first, stop, before=5, after=4)


def _with_upwards(page: Page, stop: int) -> int:
    """Return where "trở lên" right after a class ends, else *stop*."""
    return stop + 2 if page.folded[stop : stop + 2] == ["tro", "len"] else stop
