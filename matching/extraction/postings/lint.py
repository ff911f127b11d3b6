"""What a posting asks that the law does not allow, each with a sentence that names the law and its source.

An explicit exclusion holds the posting until it is corrected; a clause as postings often have it ("Nam, 18-45
tuổi") is only pointed out. `HOLDING_RULES` tells which is which.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from matching.domain.offer import Opening
from matching.domain.posting import AgeRead, FlagRead, GenderClauseRead, LawFlag, NumberRead, WageRead
from matching.domain.profile import Span
from matching.domain.vocabulary import GenderClause, WageUnit
from matching.errors import DataError
from matching.extraction.lexicon import Hit
from matching.extraction.postings.page import Page
from matching.law import Law

_EQUAL = "discrimination_grounds"

LAW_ROWS: dict[str, str] = {
    "record_slip_forbidden": "record_slip_2_may_be_asked",
    "record_slip_needs_basis": "record_slip_1_needs_legal_basis",
    "below_minimum_wage": "min_wage_region_IV",
    "sex_limit": _EQUAL,
    "sex_clause": _EQUAL,
    "age_limit": _EQUAL,
    "age_clause": _EQUAL,
    "religion_limit": _EQUAL,
    "religion_clause": _EQUAL,
    "marital_limit": _EQUAL,
    "marital_clause": _EQUAL,
    "maternity_limit": _EQUAL,
    "origin_limit": _EQUAL,
    "disability_limit": _EQUAL,
    "hiv_limit": _EQUAL,
    "keeps_identity_papers": "employer_may_keep_original_papers",
    "deposit_forbidden": "employer_may_ask_deposit",
}
"""The law row that each rule follows."""

HOLDING_RULES: frozenset[str] = frozenset(LAW_ROWS) - {
    "record_slip_needs_basis",
    "sex_clause",
    "age_clause",
    "religion_clause",
    "marital_clause",
}
"""Rules that hold a posting; the others are shown to the officer beside it."""


def holding(flags: Iterable[LawFlag]) -> tuple[LawFlag, ...]:
    """Return the flags that hold a posting."""
    return tuple(flag for flag in flags if flag.rule in HOLDING_RULES)


_SENTENCES = {
    "record_slip_forbidden": "Tin đòi Phiếu lý lịch tư pháp số 2; không ai được yêu cầu người lao động nộp phiếu này",
    "record_slip_needs_basis": (
        "Tin đòi Phiếu lý lịch tư pháp; chỉ được yêu cầu Phiếu số 1 khi có luật quy định, cần ghi rõ căn cứ"
    ),
    "sex_limit": "Tin chỉ nhận một giới; không được phân biệt đối xử vì giới tính",
    "sex_clause": "Tin ghi giới tính; nên bỏ nếu việc không bắt buộc: không được phân biệt đối xử vì giới tính",
    "age_limit": "Tin loại người theo tuổi; không được phân biệt đối xử vì tuổi tác",
    "age_clause": "Tin ghi khoảng tuổi; nên bỏ nếu việc không bắt buộc: không được phân biệt đối xử vì tuổi tác",
    "religion_limit": "Tin loại người theo tôn giáo; không được phân biệt đối xử vì tôn giáo, tín ngưỡng",
    "religion_clause": "Tin ưu tiên theo tôn giáo; không được phân biệt đối xử vì tôn giáo, tín ngưỡng",
    "marital_limit": "Tin đòi tình trạng hôn nhân, gia đình; không được phân biệt đối xử vì lý do này",
    "marital_clause": "Tin ưu tiên theo tình trạng hôn nhân, gia đình; không được phân biệt đối xử vì lý do này",
    "maternity_limit": "Tin loại người mang thai, sinh con; không được phân biệt đối xử vì thai sản",
    "origin_limit": "Tin loại người theo quê quán, dân tộc; không được phân biệt đối xử vì dân tộc, nguồn gốc xã hội",
    "disability_limit": "Tin loại người khuyết tật; không được phân biệt đối xử vì khuyết tật",
    "hiv_limit": "Tin hỏi hoặc loại người theo tình trạng HIV; không được phân biệt đối xử vì lý do này",
    "keeps_identity_papers": "Tin ghi giữ giấy tờ gốc; không được giữ bản chính giấy tờ, văn bằng của người lao động",
    "deposit_forbidden": "Tin đòi đặt cọc; nơi tuyển không được yêu cầu người lao động bảo đảm bằng tiền hay tài sản",
}

_SOFTENED = {"religion_limit": "religion_clause", "marital_limit": "marital_clause"}
"""What a limit becomes where it is only preferred."""
_PEOPLE = frozenset(
    {"nguoi", "dan", "que", "ng", "o", "tinh", "lao", "dong", "ung", "vien", "cac", "ho", "khau", "goc"}
)
"""What may stand between "không tuyển" and a province."""
_ORIGIN_REACH = 5
_FULL_TIME_HOURS = 7.0
_FULL_WEEK_DAYS = 5
_HOURS_A_DAY = 8
_LEAST_TYPED = {WageUnit.MONTH: 1_000_000, WageUnit.DAY: 30_000, WageUnit.HOUR: 3_000}
"""Sums below are slips of the pen, not wages."""
_ADULT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was read of a posting that the law has a say in."""

    wage: WageRead | None
    age: AgeRead | None
    gender: GenderClauseRead
    hours: NumberRead | None
    deposit: FlagRead | None


def lint(page: Page, opening: Opening, terms: Terms, law: Law, on: date) -> list[LawFlag]:
    """Return what the law in force on a day does not allow, each rule once, in the order of the text."""
    first: dict[str, Span | None] = {}
    for rule, span in (
        *_said(page),
        *_papers(page),
        *_turned_away(page),
        *_origin(page),
        *_sex(page, terms),
        *_age(page, terms),
        *_money(terms),
    ):
        if LAW_ROWS[rule] in law.rows and _holds(law, LAW_ROWS[rule], on):
            first.setdefault(rule, span)
    if "record_slip_forbidden" in first:
        first.pop("record_slip_needs_basis", None)
    flags = [LawFlag(rule=rule, text_vi=_sentence(rule, law, on), evidence=span) for rule, span in first.items()]
    flags += _pay(page, opening, terms, law, on)
    return sorted(flags, key=lambda flag: flag.evidence or (len(page.text) + len(page.folded), 0))


def _holds(law: Law, row: str, on: date) -> bool:
    """Whether a row is in force on a day: before it was passed a posting broke nothing."""
    try:
        law.row(row, on)
    except DataError:
        return False
    return True


def _sentence(rule: str, law: Law, on: date) -> str:
    return f"{_SENTENCES[rule]} ({law.source(LAW_ROWS[rule], on)})."


def _said(page: Page) -> Iterator[tuple[str, Span]]:
    """Yield the rules that a phrase breaks in so many words."""
    for hit in page.layer("lint"):
        if not hit.code or (hit.code == _PAPERS and _of_customers(page, hit.first)):
            continue
        preferred = page.preferred(hit.first, hit.stop)
        if preferred and hit.code not in _SOFTENED:
            continue
        yield _SOFTENED[hit.code] if preferred else hit.code, page.span(hit.first, hit.stop)


_IDENTITY = (
    r"(?:the can cuoc|can cuoc cong dan|can cuoc|cccd|cmnd|chung minh thu|chung minh|giay to tuy than|bang lai(?: xe)?|"
    r"gplx|so ho khau|ho chieu|so thuyen vien)"
)
_ORIGINAL = r"(?:goc|ban goc|ban chinh)"
_PAPER = rf"(?:{_IDENTITY}(?: {_ORIGINAL})?|(?:giay to|bang|bang tot nghiep|ho so) {_ORIGINAL})"
_PAPERS = "keeps_identity_papers"
_KEEPER = r"(?:cong ty|cty|chu|quan|phong bao ve)"
_LEFT = r"(?:nop lai|gui lai|de lai|giu lai)"
_KEPT_PAPER = re.compile(
    rf"(?<!\w)(?:{_PAPER} (?:thi |se |phai |duoc )?(?:{_LEFT}|(?:do |cho )?{_KEEPER} (?:se )?(?:giu|cam))"
    rf"|{_PAPER} do {_KEEPER} quan ly|{_LEFT} {_PAPER})(?!\w)"
)
"""A paper that stays with the employer, in either order: "CCCD gốc nộp lại phòng bảo vệ"."""


def _papers(page: Page) -> Iterator[tuple[str, Span]]:
    """Yield the rule where an original paper is to be left with the employer; customers' papers are left alone."""
    for match in _KEPT_PAPER.finditer(page.text):
        first, stop = page.at(match.start()), page.at(match.end() - 1) + 1
        denied = page.negated(first, reach=3) or page.inside("negator", first, stop)
        if not denied and not _of_customers(page, first):
            yield _PAPERS, page.of_text(*match.span())


def _of_customers(page: Page, i: int) -> bool:
    return "khach" in page.folded[slice(*page.sentence(i))]


def _origin(page: Page) -> Iterator[tuple[str, Span]]:
    """Yield a limit where people of a province or an ethnic group are turned away."""
    for cue in page.layer("turn_away"):
        for hit in page.following("origin", cue.stop, reach=_ORIGIN_REACH):
            if _PEOPLE.issuperset(page.folded[cue.stop : hit.first]):
                yield "origin_limit", page.span(cue.first, hit.stop)


def _sex(page: Page, terms: Terms) -> Iterator[tuple[str, Span]]:
    """Yield a limit where one sex alone is taken or turned away, a clause where a sex is merely written."""
    if terms.gender.value is GenderClause.NONE or terms.gender.evidence is None:
        return
    for hit in page.layer("gender"):
        cue = _excluding(page, hit.first) if hit.code in ("male", "female") else None
        if cue is not None:
            yield "sex_limit", page.span(min(cue.first, hit.first), max(cue.stop, hit.stop))
            return
    yield "sex_clause", terms.gender.evidence


def _turned_away(page: Page) -> Iterator[tuple[str, Span]]:
    """Yield a limit where people are turned away for a protected ground: "không nhận người bị khuyết tật"."""
    for ground in page.layer("ground"):
        begin = page.clause(ground.first)[0]
        before = [
            h for h in page.layer("turn_away") if begin <= h.first and 0 <= ground.first - h.stop <= _ORIGIN_REACH
        ]
        cue = next(iter((*before, *page.following("turn_away", ground.stop, reach=2))), None)
        if cue is not None:
            yield ground.code, page.span(min(cue.first, ground.first), max(cue.stop, ground.stop))


def _excluding(page: Page, first: int) -> Hit | None:
    """Return the words "chỉ tuyển", "không nhận" that stand before a syllable in its clause, or right after it."""
    begin = page.clause(first)[0]
    cues = [h for layer in ("only", "turn_away") for h in page.layer(layer) if begin <= h.first and h.stop <= first]
    after = page.right_after("turn_away", first + 1)
    return cues[-1] if cues else after[0] if after else None


def _age(page: Page, terms: Terms) -> Iterator[tuple[str, Span]]:
    """Yield a limit where an age alone is taken or turned away, a clause where ages beyond the law's are written."""
    if terms.age is None or (terms.age.max is None and (terms.age.min or 0) <= _ADULT):
        return
    start, end = terms.age.evidence
    first, stop = _syllable(page, start), _syllable(page, end - 1) + 1
    after = page.following("turn_away", stop, reach=3)
    cue = _excluding(page, first) or (after[0] if after else None)
    if cue is None:
        yield "age_clause", terms.age.evidence
    else:
        yield "age_limit", page.span(min(cue.first, first), max(cue.stop, stop))


def _syllable(page: Page, original: int) -> int:
    """Return the syllable at an offset of the original text."""
    low, high = 0, len(page.folded) - 1
    while low < high:
        middle = (low + high) // 2
        if page.span(middle, middle + 1)[1] <= original:
            low = middle + 1
        else:
            high = middle
    return low


def _money(terms: Terms) -> Iterator[tuple[str, Span]]:
    if terms.deposit is not None and terms.deposit.value:
        yield "deposit_forbidden", terms.deposit.evidence


def _pay(page: Page, opening: Opening, terms: Terms, law: Law, on: date) -> Iterator[LawFlag]:
    """Yield a flag where the best that full-time work pays is under the lowest regional minimum wage.

    Where the text is silent the fields speak, and the flag has no evidence.
    """
    if not _holds(law, LAW_ROWS["below_minimum_wage"], on) or not _is_full_time(page, opening, terms):
        return
    read = terms.wage
    if read is not None and (read.max_vnd or read.min_vnd):
        amount, unit, evidence = read.max_vnd or read.min_vnd, read.unit, read.evidence
    else:
        amount, unit, evidence = opening.wage_max_vnd or opening.wage_min_vnd, opening.wage_unit, None
    least = _minimum(unit, law, on)
    if amount is None or least is None or not _LEAST_TYPED[unit] <= amount < least:
        return
    unit_vi = {WageUnit.MONTH: "tháng", WageUnit.DAY: "ngày", WageUnit.HOUR: "giờ"}[unit]
    yield LawFlag(
        rule="below_minimum_wage",
        text_vi=(
            f"Lương {_dong(amount)}/{unit_vi} thấp hơn lương tối thiểu vùng thấp nhất, {_dong(least)}/{unit_vi}"
            f" ({law.source(LAW_ROWS['below_minimum_wage'], on)})."
        ),
        evidence=evidence,
    )


def _minimum(unit: WageUnit, law: Law, on: date) -> int | None:
    """Return the lowest minimum wage in a unit, None for units that have none."""
    if unit is WageUnit.MONTH:
        return law.minimum_wage_month("IV", on)
    if not _holds(law, "min_wage_hour_region_IV", on):
        return None
    hourly = law.minimum_wage_hour("IV", on)
    return {WageUnit.HOUR: hourly, WageUnit.DAY: hourly * _HOURS_A_DAY}.get(unit)


def _is_full_time(page: Page, opening: Opening, terms: Terms) -> bool:
    """Whether the work takes the whole week: nothing in text or fields says that it is less."""
    if page.layer("part_time") or (terms.hours is not None and terms.hours.value < _FULL_TIME_HOURS):
        return False
    if opening.days_per_week is not None and opening.days_per_week < _FULL_WEEK_DAYS:
        return False
    if opening.hours is None:
        return True
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in opening.hours.split("-"))
    return (end - start) % (24 * 60) / 60 >= _FULL_TIME_HOURS


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đ"
