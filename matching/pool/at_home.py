"""Whether a posting says that its work can be done at the worker's own home."""

import re

from matching.text.fold import fold

_OTHER_HOUSES = "may|hang|xuong|kho|khach|thuoc|nghi|tro|chu|dan|van|tre|rieng|ga|bep|nguoi|be|an|gia|phat|thau|nuoc"
"""Words after "nhà" that make it another house: nhà máy, nhà hàng, nhà xưởng, nhà của khách ..."""

_CLAUSE = re.compile(r"[.,;:!?\n()/+-]+")
_AT_HOME = re.compile(rf"\b(?:(tai|o)|ve) nha\b(?! (?:cua )?(?:{_OTHER_HOUSES})\b)")

_SERVICE = re.compile(r"\b(?:giup viec|cham|sua|lap dat|giao|ve sinh|don|day|nau|trong|kham|tu van|xe|phuc vu)\b")
"""Work at other people's homes, or a bus home."""

_TAKE = re.compile(r"\b(?:nhan|mang|dem|dua|lay|lanh|cho)\b")
_WORK = re.compile(r"\b(?:lam|gia cong|viec)\b")
_DENIAL = re.compile(r"\b(?:khong|ko|hong|k|chua)\b")


def says_at_home(text: str) -> bool:
    """Say whether a posting offers work to take home or to do at home.

    It cannot know what the employer would agree to: silence is not a no.

    >>> says_at_home("Làm theo sản phẩm, có thể mang về nhà.")
    True
    >>> says_at_home("Làm việc tại nhà máy; không làm tại nhà.")
    False
    """
    clauses = (clause for clause in _CLAUSE.split(fold(text)) if "nha" in clause)
    return any(_clause_says(" ".join(re.findall(r"\w+", clause))) for clause in clauses)


def _clause_says(clause: str) -> bool:
    for found in _AT_HOME.finditer(clause):
        before = clause[: found.start()]
        if _SERVICE.search(before) or _DENIAL.search(before):
            continue
        where = found.group(1)
        if where == "tai" or (where == "o" and _WORK.search(before)) or (where is None and _TAKE.search(before)):
            return True
    return False
