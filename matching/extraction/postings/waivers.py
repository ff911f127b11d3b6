"""What a posting says it does not ask: practice, diplomas, or both at once ("không yc bằng cấp, kinh nghiệm")."""

import re

from matching.domain.profile import Span
from matching.extraction.postings.page import Page

PRACTICE = r"(?:kinh nghiem|kinh ngiem|kn|exp|tay nghe|nghe(?! nghiep))"
DIPLOMA = (
    r"(?:bang cap|trinh do(?! ngoai| tieng| chuyen)|hoc van|trinh do hoc van|trinh do van hoa|van hoa|hoc cao|"
    r"chu nghia|hoc hanh)"
)
"""Regular expressions of what may be asked, in folded text."""

_NOT = r"(?:khong|ko|k|kg|hong|chua|mien|khoi|chang)"
_ASKED = r"(?:yeu cau|yc|can(?: thiet)?|doi hoi|doi|bat buoc|quan trong|phan biet|xet|tinh)"
_THING = rf"(?:(?:ve|co|phai|biet|den|toi|nhieu) ){{0,3}}(?:{PRACTICE}|{DIPLOMA})"
_AND = r"(?:\s*[,/&+-]\s*|\s+(?:(?:va|hay|hoac|cung nhu)\s+)?)"
_THINGS = rf"{_THING}(?:{_AND}{_THING}){{0,5}}"
_WAIVED = re.compile(
    rf"(?<!\w)(?:{_NOT} {_ASKED} {_THINGS}|{_THINGS}\s?[:\-]?\s?(?:thi |la )?{_NOT} {_ASKED}(?! {_THING}))(?!\w)"
)
_IN_A_FORM = r"\s*[:\-]\s*(?:khong|ko|k|chua)(?: co)?(?=\s*(?:[\n.,;)]|\Z))"


def waiver(page: Page, thing: str) -> Span | None:
    """Return where a thing is not asked, in a sentence or in a line of a form; None when nothing says so.

    Parameters
    ----------
    thing : str
        `PRACTICE` or `DIPLOMA`.
    """
    for found in _WAIVED.finditer(page.text):
        if re.search(thing, page.text[slice(*found.span())]):
            return page.of_text(*found.span())
    form = re.search(rf"(?<!\w)(?:so nam )?{thing}{_IN_A_FORM}", page.text)
    return None if form is None else page.of_text(*form.span())
