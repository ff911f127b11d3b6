"""Which unit groups a posting is for: the title first, then what it says it seeks, then the tasks it tells of."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from matching.domain.posting import LicenceAsked, PostingOccupation
from matching.domain.profile import Question, Span
from matching.domain.vocabulary import LicenceCode
from matching.extraction.backoff_store import occupation_backoff
from matching.extraction.confidence import of_best
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import OCCUPATION
from matching.extraction.postings.page import Page
from matching.extraction.senses import decide
from matching.taxonomy.release import Taxonomy

MOST = 5
"""Unit groups that are returned at most."""

_TITLE = (1.0, 0.55, 0.4, 0.3)
"""Weight of the first, second ... phrase of the title; the rest count like the last."""
_SOUGHT = 0.8
"""Weight of a phrase after "tuyển", "vị trí" in the text."""
_LEAD = 0.4
"""Weight of the phrase that the text begins with."""
_TASK = 0.14
"""Weight of a phrase elsewhere in the text."""
_SPECIFIC = (0.0, 0.5, 0.8, 1.0, 1.15, 1.25)
"""Weight by syllables: "nhân viên vận hành máy cnc" says more than "may"."""
_UMBRELLA = 0.3
"""Weight of a phrase that fits many trades ("công nhân sản xuất"): it yields to anything that is named beside it."""
_ALONE = 1.7
"""Tasks count that much more where the title names no trade."""
_ROLE = 0.8
_PRODUCT = 0.4
"""Weight of what is made beside an umbrella."""
_AROUND = " :-!,.–"
_PLACES_OF_WORK = frozenset(
    {
        "cua", "shop", "tiem", "quan", "xuong", "cong", "cty", "nha", "sieu", "xi", "trai", "vuon", "lo", "tap",
        "khach", "resort", "benh", "truong", "vua", "hop", "htx", "nong", "kho", "hang", "trang",
        "gara", "garage", "tram", "ben", "cang", "spa", "salon", "homestay", "mo", "doi", "chanh",
    }
)  # fmt: skip
"""First syllables of phrases that name an employer: "công ty giày da", "trại heo"."""
_EMPLOYER, _EMPLOYER_BESIDE, _EMPLOYER_ALONE = 0.3, 0.2, 0.45
"""Weight of a phrase that names the place that seeks: beside work in the title, in the text, where none is named."""
_CANTEEN = ["bep", "an"]
_HIRED = {"6310": "9201", "6320": "9202", "6330": "9203", "6340": "9206"}
"""Nobody hires people to live off their own field or catch: what a posting names so is done for wages."""
_BESIDE = 0.2
"""Weight of a phrase that names somebody else, a subject of study, or what is only preferred."""
_REPEATED = 0.5
"""Each further phrase of a unit group counts this much of the one before."""
_RECRUIT_REACH = 4
_SCHOOLS = frozenset({"nghiep", "bang", "chi", "cap", "dang", "hoc"})
"""Before "nghề" these make it what people have learnt: "tốt nghiệp nghề hàn"."""
_BACKOFF = 0.9
_SURE = 0.6
"""Below this score of the best unit group named in the title the back-off is asked too."""
_OPEN = 0.1
"""What is held back for "something else" when scores become confidences."""
_LEAST = 0.03

_REST_OF_TITLE = re.compile(
    r"\s+-\s|\s–\s|\s\|\s|(?<!\w)(?:muc luong|luong|thu nhap|up\s?to|tai|di|lam viec|khong yeu cau|khong can|"
    r"ko can|k can|\d+ nam kinh nghiem|kinh nghiem|luong|part\s?-?time|full\s?-?time|khu vuc|quan \d)(?!\w)"
)
_CALL = re.compile(
    r"(?<!\w)(?:can tuyen gap|can tuyen|tuyen dung|tuyen gap|tuyen|can gap|can|gap|so luong lon|\d+)(?!\w)\s*:?"
)
_NO_WORDS = re.compile(r"\A\W+")
_MERE_CALL = re.compile(
    r"(?:nhieu|cac|mot so|hang loat|nhung|\d+) (?:vi tri|viec|cong viec|chuc danh|nhan su|lao dong|nganh nghe)\b.*"
    r"|(?:lan|dot|thang|quy|nam) (?:thu )?\d+(?:\s?[/-]\s?\d+)*"
    r"|(?:nguoi|nguoi lam|nhan su|nhan cong|viec lam|viec|tho|ban|anh em)(?: gap| di lam)?",
    re.DOTALL,
)
"""What stands after "tuyển" where a title seeks people and names no work."""
_BEFORE_OPENING = frozenset({"vi", "tri", "so", "luong", "can", "tuyen", "gap"})
_AFTER_OPENING = re.compile(r"\s*(?:[:(\n;–-]|\Z|,?\s*(?:so luong|sl)?\s*:?\s*\d)")
"""Around a phrase in a line of the text these make the line one of several openings: "2/ Thợ ảnh: 6 triệu"."""
_CAR_DRIVER = "8322"
_DRIVES = {
    LicenceCode.DRIVING_C1: "8332", LicenceCode.DRIVING_C: "8332", LicenceCode.DRIVING_FC: "8332",
    LicenceCode.DRIVING_D: "8331", LicenceCode.DRIVING_E: "8331",
}  # fmt: skip
_DRIVES_ANYTHING = frozenset(
    {"lai xe", "tai xe", "nhan vien lai xe", "nv lai xe", "tai xe lai xe", "tuyen lai xe", "tuyen tai xe"}
)
"""Phrases that leave open what is driven."""
_LANGUAGES = frozenset({"han", "trung", "nhat"})
"""Beside "tiếng" these are languages, not welding."""
_OTHERS = frozenset(
    {
        "khach", "phong", "nganh", "nghiep", "hoc", "cho", "cac", "voi", "gui", "tai", "den", "cung", "vuc", "tac",
        "tro", "trong", "chuyen", "theo",
    }
)  # fmt: skip
_OTHER_PAIRS = frozenset(
    {
        "khach hang", "bo phan", "doi tac", "cung cap", "phoi hop", "bao cao", "lien he", "giam doc", "cap tren",
        "chuyen san", "ban giao", "yeu cau", "thiet bi", "don vi", "am hieu", "hieu biet", "sap xep", "tuyen sinh",
    }
)  # fmt: skip
"""Right before a phrase these make it a colleague, a customer, a subject of study, a place."""


@dataclass(slots=True)
class _Claim:
    """What speaks for one unit group."""

    score: float = 0.0
    heaviest: float = 0.0
    guessed: float = 0.0
    """Confidence of the back-off; 0 where it was not asked, or meant something else."""
    evidence: Span = (0, 0)

    def add(self, weight: float, span: Span, repeated: int) -> None:
        self.score += weight * _REPEATED**repeated
        if weight > self.heaviest:
            self.heaviest, self.evidence = weight, span


def read_occupations(page: Page, taxonomy: Taxonomy, licences: Sequence[LicenceAsked] = ()) -> list[PostingOccupation]:
    """Return the unit groups a posting may be for, best first, at most `MOST`; confidences sum to 1 at most.

    Parameters
    ----------
    licences : sequence
        What the posting requires: the class of a driving licence tells what a mere "lái xe" drives.
    """
    claims: dict[str, _Claim] = defaultdict(_Claim)
    times: dict[str, int] = defaultdict(int)
    for codes, weight, span in sorted(_named(page, taxonomy), key=lambda found: -found[1]):
        for code in (_HIRED.get(code, code) for code in codes):
            claims[code].add(weight / len(codes), span, times[code])
            times[code] += 1
    best = max(claims, key=lambda code: claims[code].score, default=None)
    if best == _CAR_DRIVER and page.of_folded(*claims[best].evidence) in _DRIVES_ANYTHING:
        for asked in licences:
            if asked.code in _DRIVES:
                claims[_DRIVES[asked.code]].add(1.1 * claims[best].score, asked.evidence, 0)
                break
    if max((c.heaviest for c in claims.values()), default=0.0) < _SURE:
        for guess, weight, span in _guessed(page, taxonomy):
            code = _HIRED.get(guess, guess)
            claims[code].add(weight, span, 0)
            claims[code].guessed = weight / _BACKOFF
    return _ranked(claims)


def _ranked(claims: dict[str, _Claim]) -> list[PostingOccupation]:
    """Return the claims best first: the best is as sure as its share has proved to be, the rest share what is left.

    Where nothing but the back-off speaks for the best, it is as sure as the back-off.
    """
    total = _OPEN + sum(claim.score for claim in claims.values())
    best = sorted(claims.items(), key=lambda found: (-found[1].score, found[0]))[:MOST]
    shares = [(code, claim, claim.score / total) for code, claim in best if claim.score / total >= _LEAST]
    if not shares:
        return []
    _, claim, first = shares[0]
    alone = claim.score <= _BACKOFF * claim.guessed
    sure = claim.guessed if alone else of_best(first)
    return [
        PostingOccupation(
            code=code,
            confidence=round(sure if i == 0 else min(sure, share * (1 - sure) / (1 - first)), 3),
            evidence=claim.evidence,
        )
        for i, (code, claim, share) in enumerate(shares)
    ]


def _named(page: Page, taxonomy: Taxonomy) -> Iterator[tuple[tuple[str, ...], float, Span]]:
    """Yield the unit groups that phrases name, each with its weight and span."""
    umbrellas = _umbrellas(page)
    in_title, listed, lead = 0, 0, _lead(page)
    named = [h for h in page.layer(OCCUPATION) if h.stop <= page.title_stop and (h.first, h.stop) not in umbrellas]
    specific = any(not _is_employer(page, h) for h in named)
    calls = not specific and _only_calls(page)
    task = _TASK if specific else _TASK * _ALONE
    place = _EMPLOYER if specific else _EMPLOYER_BESIDE if _text_names(page, lead, umbrellas) else _EMPLOYER_ALONE
    yield from _roles(page, lead)
    yield from _products(page, calls=calls)
    for hit in page.layer(OCCUPATION):
        codes = _codes(page, hit, taxonomy)
        if not codes:
            continue
        weight = _SPECIFIC[min(hit.stop - hit.first, len(_SPECIFIC) - 1)]
        if (hit.first, hit.stop) in umbrellas:
            weight *= _UMBRELLA
        if hit.first < page.title_stop:
            beside = _is_beside(page, hit) if in_title else False
            weight *= _BESIDE if beside else _TITLE[min(in_title, len(_TITLE) - 1)]
            employer = _is_employer(page, hit)
            weight *= place if employer else 1.0
            in_title += not employer and (hit.first, hit.stop) not in umbrellas
        else:
            if calls and _is_listed(page, hit):
                weight *= _SOUGHT * _TITLE[min(listed, len(_TITLE) - 1)]
                listed += 1
            else:
                weight *= _SOUGHT if _is_sought(page, hit) else _LEAD if hit.first == lead else task
            weight *= _BESIDE if _is_beside(page, hit) else 1.0
        yield codes, weight, page.span(hit.first, hit.stop)


def _only_calls(page: Page) -> bool:
    """Whether the title says that people are sought and no more, or with a word for many trades."""
    span = _phrase_of_title(page)
    return span is None or _is_umbrella(page, span)


def _umbrellas(page: Page) -> set[tuple[int, int]]:
    """Return where words for many trades stand, with the call before them: "công nhân", "tuyển công nhân"."""
    found = {(h.first, h.stop) for h in page.layer("umbrella")}
    calls = {h.stop: h.first for h in page.layer("recruit")}
    called = {(calls[end], stop) for first, stop in found for end in (first, stop) if end in calls}
    return found | called


def _text_names(page: Page, lead: int, umbrellas: Set[tuple[int, int]]) -> bool:
    """Whether the text begins with work, or says which work it seeks."""
    named = [h for h in page.layer(OCCUPATION) if h.first >= page.title_stop and (h.first, h.stop) not in umbrellas]
    return any(h.first == lead or (_is_sought(page, h) and not _is_beside(page, h)) for h in named)


def _is_employer(page: Page, hit: Hit) -> bool:
    """Whether the phrase tells who seeks: "quán cà phê cần người", "shop thời trang tuyển nhân viên"."""
    if hit.first == 0 and page.folded[:2] == _CANTEEN:
        return True
    reach = page.title_stop if page.folded[hit.first] in _PLACES_OF_WORK else 1
    return any(hit.stop <= h.first < hit.stop + reach and h.stop <= page.title_stop for h in page.layer("recruit"))


def _lead(page: Page) -> int:
    """Return the first syllable of the text, after a salary column."""
    for start in page.lines:
        stop = page.line(start)[1]
        if start >= page.title_stop and not any(
            start <= page.at(q.at) < stop <= start + 6 for q in page.reading.quantities
        ):
            return start
    return page.title_stop


def _roles(page: Page, lead: int) -> Iterator[tuple[tuple[str, ...], float, Span]]:
    """Yield words that name a trade only where somebody is sought: "cần 2 bạn nữ phục vụ"."""
    known = [(h.first, h.stop) for h in page.layer(OCCUPATION)]
    for hit in page.layer("role"):
        if any(first <= hit.first and hit.stop <= stop for first, stop in known) or _is_beside(page, hit):
            continue
        if hit.first == 0 and _is_employer(page, hit):
            continue
        if page.folded[hit.first] in _LANGUAGES and "tieng" in page.folded[slice(*page.sentence(hit.first))]:
            continue
        if hit.first < page.title_stop:
            yield hit.codes, _TITLE[1] * _ROLE, page.span(hit.first, hit.stop)
        elif _is_sought(page, hit) or hit.first == lead:
            weight = _LEAD if hit.first == lead else _SOUGHT
            yield hit.codes, weight * _ROLE, page.span(hit.first, hit.stop)


def _products(page: Page, *, calls: bool) -> Iterator[tuple[tuple[str, ...], float, Span]]:
    """Yield what a factory makes where workers are sought for it without more: "công ty điện tử tuyển công nhân".

    Where the title is a mere call the workers may stand in the text.
    """
    known = [(h.first, h.stop) for h in page.layer(OCCUPATION)]
    hits = [h for h in page.layer("product") if not any(f < h.stop and h.first < s for f, s in known)]
    for hit in hits:
        begin, stop = page.sentence(hit.first)
        if calls and hit.first < page.title_stop:
            stop = len(page.folded)
        if page.inside("umbrella", begin, stop) and (
            hit.first < page.title_stop or page.inside("recruit", begin, stop)
        ):
            yield hit.codes, _PRODUCT, page.span(hit.first, hit.stop)
            return


def _codes(page: Page, hit: Hit, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the codes a phrase means: by the words around it, all of them where these leave it open."""
    if len(hit.codes) == 1 and hit.as_spelt:
        return hit.codes
    decided = decide(page.reading, hit, taxonomy)
    return decided.candidates if isinstance(decided, Question) else decided


def _is_sought(page: Page, hit: Hit) -> bool:
    """Whether a word for recruiting stands before a phrase: "cần tuyển 5 thợ hàn", "vị trí: bảo vệ"."""
    calls = page.near("recruit", hit.first, hit.first, before=_RECRUIT_REACH)
    return any(h.stop <= hit.first and page.folded[h.first - 1 if h.first else 0] not in _SCHOOLS for h in calls)


def _is_listed(page: Page, hit: Hit) -> bool:
    """Whether a phrase is a line's heading in a list of openings: "1. Thợ hàn CO2", "- Thủ kho: 1 người"."""
    begin = page.line(hit.first)[0]
    before = page.folded[begin : hit.first]
    leads = all(word.isdigit() or len(word) == 1 or word in _BEFORE_OPENING for word in before)
    return leads and _AFTER_OPENING.match(page.text, page.reading.text.to[hit.stop - 1]) is not None


def _is_beside(page: Page, hit: Hit) -> bool:
    """Whether a phrase names a colleague, a customer, a subject or a preference instead of the work."""
    if page.preferred(hit.first, hit.stop):
        return True
    before = page.folded[max(page.sentence(hit.first)[0], hit.first - 2) : hit.first]
    return bool(before) and (before[-1] in _OTHERS or " ".join(before) in _OTHER_PAIRS)


def _guessed(page: Page, taxonomy: Taxonomy) -> Iterator[tuple[str, float, Span]]:
    """Yield what the back-off makes of the title, or of what the text says it seeks where the title is a mere call."""
    span = _phrase_of_title(page)
    if span is None and not page.layer(OCCUPATION) and not page.layer("role"):
        span = _phrase_of_text(page)
    if span is None or (_is_umbrella(page, span) and page.layer(OCCUPATION)):
        return
    at, to = page.of_text(*span)
    for found in occupation_backoff(taxonomy).suggest(page.reading.text.source.original[at:to]):
        yield found.code, _BACKOFF * found.confidence, (at, to)


def _is_umbrella(page: Page, span: tuple[int, int]) -> bool:
    """Whether nothing but a word for many trades stands in a range of the folded text."""
    first, stop = page.at(span[0]), page.at(span[1] - 1) + 1
    return any(h.first <= first + 1 and stop - 1 <= h.stop for h in page.layer("umbrella") if h.stop > first)


def _phrase_of_title(page: Page) -> tuple[int, int] | None:
    """Return the range of the folded title that names the work: without call, wage and place."""
    if page.title_stop == 0:
        return None
    to = page.reading.text.to[page.title_stop - 1]
    at = 0
    seeks = [h for h in page.layer("recruit") if h.first > 0 and h.stop <= page.title_stop]
    if not seeks and page.folded[:2] == _CANTEEN:
        return None
    if seeks and (page.folded[0] in _PLACES_OF_WORK or _is_mere_call(page, seeks[-1].stop, to)):
        at = page.reading.text.to[seeks[0].stop - 1]
    at += len(page.text[at:to]) - len(_NO_WORDS.sub("", page.text[at:to]))
    while call := _CALL.match(page.text, at, to):
        at = call.end()
        at += len(page.text[at:to]) - len(page.text[at:to].lstrip(" :-!,."))
    rest = _REST_OF_TITLE.search(page.text, at, to)
    if rest and rest.start() > at:
        to = rest.start()
    said = page.text[at:to].strip(_AROUND)
    return (at, to) if said and not _MERE_CALL.fullmatch(said) else None


def _is_mere_call(page: Page, first: int, to: int) -> bool:
    """Whether nothing but a call stands from a syllable to the end of the title: "resort tuyển nhiều vị trí"."""
    at = page.reading.text.at[first] if first < page.title_stop else to
    said = page.text[at:to].strip(_AROUND)
    umbrella = any(h.first == first and h.stop == page.title_stop for h in page.layer("umbrella"))
    return not said or umbrella or _MERE_CALL.fullmatch(said) is not None


def _phrase_of_text(page: Page) -> tuple[int, int] | None:
    """Return the clause after the first word for recruiting in the text."""
    for hit in page.layer("recruit"):
        if hit.first >= page.title_stop and hit.stop < page.clause(hit.first)[1]:
            stop = min(page.clause(hit.first)[1], hit.stop + 8)
            return page.reading.text.at[hit.stop], page.reading.text.to[stop - 1]
    return None
