"""Which unit groups a posting is for: the title first, then what it says it seeks, then the tasks it tells of."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from matching.domain.posting import PostingOccupation
from matching.domain.profile import Question, Span
from matching.extraction.backoff import occupation_backoff
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
_TASK = 0.14
"""Weight of a phrase elsewhere in the text."""
_SPECIFIC = (0.0, 0.5, 0.8, 1.0, 1.15, 1.25)
"""Weight by syllables: "nhân viên vận hành máy cnc" says more than "may"."""
_UMBRELLA = 0.3
"""Weight of a phrase that fits many trades ("công nhân sản xuất"): it yields to anything that is named beside it."""
_BESIDE = 0.2
"""Weight of a phrase that names somebody else, a subject of study, or what is only preferred."""
_REPEATED = 0.5
"""Each further phrase of a unit group counts this much of the one before."""
_RECRUIT_REACH = 4
_BACKOFF = 0.9
_SURE = 0.6
"""Below this score of the best unit group named in the title the back-off is asked too."""
_OPEN = 0.2
"""What is held back for "something else" when scores become confidences."""
_LEAST = 0.03

_REST_OF_TITLE = re.compile(
    r"\s+-\s|\s–\s|\s\|\s|(?<!\w)(?:muc luong|luong|thu nhap|up\s?to|tai|di lam|lam viec|khong yeu cau|khong can|"
    r"ko can|k can|\d+ nam kinh nghiem|kinh nghiem|luong|part\s?-?time|full\s?-?time|khu vuc|quan \d)(?!\w)"
)
_CALL = re.compile(
    r"(?<!\w)(?:can tuyen gap|can tuyen|tuyen dung|tuyen gap|tuyen|can gap|can|gap|so luong lon|\d+)(?!\w)\s*:?"
)
_STUDY = frozenset({"nganh", "nghiep", "hoc"})


@dataclass(slots=True)
class _Claim:
    """What speaks for one unit group."""

    score: float = 0.0
    heaviest: float = 0.0
    evidence: Span = (0, 0)

    def add(self, weight: float, span: Span, repeated: int) -> None:
        self.score += weight * _REPEATED**repeated
        if weight > self.heaviest:
            self.heaviest, self.evidence = weight, span


def read_occupations(page: Page, taxonomy: Taxonomy) -> list[PostingOccupation]:
    """Return the unit groups a posting may be for, best first, at most `MOST`; confidences sum to 1 at most."""
    claims: dict[str, _Claim] = defaultdict(_Claim)
    times: dict[str, int] = defaultdict(int)
    for codes, weight, span in sorted(_named(page, taxonomy), key=lambda found: -found[1]):
        for code in codes:
            claims[code].add(weight / len(codes), span, times[code])
            times[code] += 1
    if max((c.heaviest for c in claims.values()), default=0.0) < _SURE:
        for code, weight, span in _guessed(page, taxonomy):
            claims[code].add(weight, span, 0)
    return _ranked(claims)


def _ranked(claims: dict[str, _Claim]) -> list[PostingOccupation]:
    total = _OPEN + sum(claim.score for claim in claims.values())
    best = sorted(claims.items(), key=lambda found: (-found[1].score, found[0]))[:MOST]
    return [
        PostingOccupation(code=code, confidence=round(claim.score / total, 3), evidence=claim.evidence)
        for code, claim in best
        if claim.score / total >= _LEAST
    ]


def _named(page: Page, taxonomy: Taxonomy) -> Iterator[tuple[tuple[str, ...], float, Span]]:
    """Yield the unit groups that phrases name, each with its weight and span."""
    umbrellas = {(h.first, h.stop) for h in page.layer("umbrella")}
    in_title = 0
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
            in_title += 1
        else:
            weight *= _SOUGHT if _is_sought(page, hit) else _TASK
            weight *= _BESIDE if _is_beside(page, hit) else 1.0
        yield codes, weight, page.span(hit.first, hit.stop)


def _codes(page: Page, hit: Hit, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the codes a phrase means: by the words around it, all of them where these leave it open."""
    if len(hit.codes) == 1 and hit.exact == hit.stop - hit.first:
        return hit.codes
    decided = decide(page.reading, hit, taxonomy)
    return decided.candidates if isinstance(decided, Question) else decided


def _is_sought(page: Page, hit: Hit) -> bool:
    """Whether a word for recruiting stands before a phrase: "cần tuyển 5 thợ hàn", "vị trí: bảo vệ"."""
    return any(h.stop <= hit.first for h in page.near("recruit", hit.first, hit.first, before=_RECRUIT_REACH))


def _is_beside(page: Page, hit: Hit) -> bool:
    """Whether a phrase names a colleague, a customer, a subject or a preference instead of the work."""
    if page.preferred(hit.first, hit.stop):
        return True
    before = page.near("beside_the_work", hit.first, hit.first, before=2)
    return any(h.stop == hit.first or page.folded[h.stop - 1] in _STUDY for h in before)


def _guessed(page: Page, taxonomy: Taxonomy) -> Iterator[tuple[str, float, Span]]:
    """Yield what the back-off makes of the title, or of what the text says it seeks where the title is a mere call."""
    span = _phrase_of_title(page) or _phrase_of_text(page)
    if span is None:
        return
    at, to = page.of_text(*span)
    for found in occupation_backoff(taxonomy).suggest(page.reading.text.source.original[at:to]):
        yield found.code, _BACKOFF * found.confidence, (at, to)


def _phrase_of_title(page: Page) -> tuple[int, int] | None:
    """Return the range of the folded title that names the work: without call, wage and place."""
    if page.title_stop == 0:
        return None
    to = page.reading.text.to[page.title_stop - 1]
    at = 0
    while call := _CALL.match(page.text, at, to):
        at = call.end()
        at += len(page.text[at:to]) - len(page.text[at:to].lstrip(" :-!,."))
    rest = _REST_OF_TITLE.search(page.text, at, to)
    if rest and rest.start() > at:
        to = rest.start()
    return (at, to) if page.text[at:to].strip() else None


def _phrase_of_text(page: Page) -> tuple[int, int] | None:
    """Return the clause after the first word for recruiting in the text."""
    for hit in page.layer("recruit"):
        if hit.first >= page.title_stop and hit.stop < page.clause(hit.first)[1]:
            stop = min(page.clause(hit.first)[1], hit.stop + 8)
            return page.reading.text.at[hit.stop], page.reading.text.to[stop - 1]
    return None
