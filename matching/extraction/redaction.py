"""Words that others must not read: stigma, personal data, names of illnesses."""

import re
from collections.abc import Iterator, Sequence

from matching.domain.profile import Redaction, Span
from matching.domain.vocabulary import RedactionKind
from matching.extraction.addresses import NUMBERED, lanes
from matching.extraction.duties import reports
from matching.extraction.lexicon import Hit
from matching.extraction.phrases import LICENCE, LICENCE_CLASS, OCCUPATION, SKILL
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by
from matching.taxonomy.wording import GAP
from matching.text.quantities import QuantityKind

_PHONE = re.compile(r"(?<![\w.])(?:\+?84|0)(?:[ .\-]?\d){8,10}(?!\w)")
_IDENTITY = re.compile(r"(?<!\w)(?:\d[ .]?){8}\d(?:(?:[ .]?\d){3})?(?!\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
_INITIALS = re.compile(r"(?<!\w)(?:[A-ZĐ]\.){2,}(?:[A-ZĐ](?!\w))?")
_PATTERNS = (_PHONE, _IDENTITY, _EMAIL, _INITIALS)
_INITIAL, _LEAST_DIGITS = re.compile(r"\.[A-ZĐ]"), 9
"""Without the one or so many of the other, and without an "@", none of those can stand in a text."""

_NO_ADDRESS = (OCCUPATION, SKILL, "experience", "past", "now", "self", "wish", "want", "need", "status")
"""Layers whose phrases, at the begin of a clause, end an address; one with a capital is the name of a place."""

_WORKS = frozenset({"lam", "di", "biet", "chay"})
"""Before a trade these begin it."""

_AT = frozenset({"o"})

_RANKS = frozenset({"hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "ut", "ca"})
"""After a title one of these alone says which child somebody is: "anh Hai"."""
_NATIVE = frozenset({"Y", "A", "H", "K"})
"""Letters that begin names in the highlands: "Y Bliu", "H'Lan"."""
_LETTERS = frozenset(map(str.lower, _NATIVE))
_ELDERS = frozenset({"gia", "ama", "ami", "bok"})
"""Titles of the highlands."""

_OUT = frozenset({"ra"})
_SO_FAR = frozenset({"duoc", "dc"})
_UP_TO_NOW = frozenset({"nay", "roi", "ni"})
_BEFORE_OUT = frozenset({"moi", "ms", "vua", "em", "e", "toi", "tui", "chau", "minh", "con", "anh"})

_MAX_NAME, _FULL_NAME = 4, 3
"""Words of a name at most, and of a name that no word announces."""


def read_redactions(reading: Reading) -> list[Redaction]:
    """Return the stretches to hide, in the order of the text."""
    spans = [(_KINDS[part], span) for part in reading.relevant(_KINDS) for span in part(reading)]
    spans += [(RedactionKind.PII, span) for span in _numbered(reading)]
    found = dict.fromkeys(Redaction(kind=kind, evidence=span) for kind, span in spans)
    return sorted(found, key=lambda r: r.evidence)


@told_by(*_OUT)
def _released(reading: Reading) -> Iterator[Span]:
    """Yield how long somebody is out, where nothing tells out of what: "mới ra được 1 tháng"."""
    words = reading.text.folded
    for _, first, stop in reading.of_kind(QuantityKind.DURATION):
        begin = reading.clause_bounds(first)[0]
        out = first - 1 - (words[first - 1] in _SO_FAR)
        if out >= begin and words[out] in _OUT and (out == begin or words[out - 1] in _BEFORE_OUT):
            so_far = out < first - 1 or not _UP_TO_NOW.isdisjoint(words[stop : stop + 1])
            if so_far:
                yield reading.text.span(max(begin, out - 1), stop)


@told_by("health")
def _illnesses(reading: Reading) -> Iterator[Span]:
    """Yield the names of illnesses that stand in no words of stigma."""
    for hit in reading.layer("health"):
        if not reading.meets(hit, "stigma"):
            yield reading.span(hit)


@told_by("stigma")
def _stigma(reading: Reading) -> Iterator[Span]:
    """Yield stigma phrases that no innocent phrase contains; neighbours become one stretch."""
    innocent = reading.layer("not_stigma")
    ranges = [
        [hit.first, hit.stop] for hit in reading.layer("stigma")
        if not any(safe.holds(hit) or (safe.first == hit.first and _is_wide(hit)) for safe in innocent)
        and not _tells_of_a_licence(reading, hit)
    ]  # fmt: skip
    merged: list[list[int]] = []
    for first, stop in sorted(ranges):
        if merged and first <= merged[-1][1] + 1 and reading.sentence(first) == reading.sentence(merged[-1][0]):
            merged[-1][1] = max(stop, merged[-1][1])
        else:
            merged.append([first, stop])
    for first, stop in merged:
        yield reading.text.span(first, stop)


def _is_wide(hit: Hit) -> bool:
    """Whether a phrase has a gap, so that its begin says what it is about: "ở trại gà công nghiệp 2 năm"."""
    return GAP in hit.entries[0].phrase


def _tells_of_a_licence(reading: Reading, hit: Hit) -> bool:
    """Whether words typed without accents are the end of a licence: "bang lai het han tu 2023" holds "từ"."""
    begin = reading.clause_bounds(hit.first)[0]
    return (
        not hit.as_spelt
        and any(s.first <= hit.first < s.stop for s in reading.layer("licence_status"))
        and any(begin <= h.first < hit.first for h in reading.layers(LICENCE, LICENCE_CLASS, "licence_head"))
    )


def _numbered(reading: Reading) -> Sequence[Span]:
    """Return numbers of telephones and papers, addresses of mail, and initials."""
    original = reading.text.source.original
    digits = sum(map(len, filter(str.isdigit, reading.text.words)))
    if not (digits >= _LEAST_DIGITS or "@" in original or _INITIAL.search(original)):
        return ()
    taken: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(original):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
    return taken


@told_by("name_frame", *_AT, *NUMBERED)
def _addresses(reading: Reading) -> Iterator[Span]:
    """Yield exact addresses, those that a word announces first."""
    announced = reading.all_told((_announced, _streets))
    yield from announced
    for start, end in reading.all_told((lanes,)):
        if not any(start < stop and first < end for first, stop in announced):
            yield start, end


@told_by("name_frame")
def _announced(reading: Reading) -> Iterator[Span]:
    """Yield what follows a word such as "địa chỉ", when it has a number in it.

    It ends with its sentence, or at a comma after which the text tells of work or of a need.
    """
    for frame in reading.layer("name_frame"):
        if frame.code != "address" or frame.stop >= len(reading.text):
            continue
        end = reading.sentence_bounds(frame.stop)[1]
        clauses = [i for i in reading.clauses.starts if frame.stop < i < end]
        stop = next((i for i in clauses if _tells_of_work(reading, i)), end)
        if any(reading.text.folded[i][0].isdigit() for i in range(frame.stop, stop)):
            yield reading.text.span(frame.stop, stop)


@told_by(*_AT)
def _streets(reading: Reading) -> Iterator[Span]:
    """Yield a number and the street after it where somebody lives: "ở 15 Lê Lợi"."""
    text = reading.text
    for i in reading.where(_AT):
        number = i + 1
        lives = number + 1 < len(text) and text.folded[number].isdigit() and not text.breaks[i]
        if lives and not text.breaks[number] and _capital(reading, number + 1):
            yield text.span(number, _name_end(reading, number + 1))


def _tells_of_work(reading: Reading, i: int) -> bool:
    """Whether a trade, a need or the like begins at syllable *i*, which is not written like a name."""
    told = {hit.first for hit in reading.layers(*_NO_ADDRESS)}
    return (i in told or (reading.text.folded[i] in _WORKS and i + 1 in told)) and not _capital(reading, i)


@told_by("name_frame", "surname", "person_title", *_LETTERS)
def _names(reading: Reading) -> Iterator[Span]:
    """Yield names of persons: what follows a word such as "tên" or "gặp", and full names that begin with a surname."""
    taken = 0
    for first in sorted(reading.all_told((_framed, _surnames, _titled, _native))):
        stop = _name_end(reading, first)
        if first >= taken and stop > first:
            taken = stop
            yield reading.text.span(first, stop)


@told_by("name_frame")
def _framed(reading: Reading) -> Iterator[int]:
    """Yield where a name may begin after a word that announces one."""
    titles = {hit.first: hit.stop for hit in reading.layer("person_title")}
    surnames = {hit.first for hit in reading.layer("surname")}
    titles |= {hit.first: hit.stop for hit in reading.layer("kin")}
    for frame in reading.layer("name_frame"):
        first = frame.stop + (reading.text.folded[frame.stop : frame.stop + 1] == ["la"])
        first = titles.get(first, first)
        if frame.code != "name" or first >= len(reading.text):
            continue
        known = first in surnames and (not reading.text.breaks[first - 1] or _after_colon(reading, first))
        if _capital(reading, first) or (known and first + 1 < len(reading.text)):
            yield first


def _after_colon(reading: Reading, i: int) -> bool:
    """Whether only a colon stands before a word: "Họ tên: LÊ THỊ"."""
    text = reading.text
    return text.source.text[text.to[i - 1] : text.at[i]].strip() == ":"


@told_by("person_title")
def _titled(reading: Reading) -> Iterator[int]:
    """Yield where a name with a capital follows a title: "chú Ba Đen", "cai Tư Lợi".

    A capital within a sentence makes the title a name itself ("Bà Rịa"); one without its accents may be another word
    ("đi Quảng Ninh").
    """
    for title in reading.layer("person_title"):
        first, typed = title.stop, reading.text.typed(title.first).lower()
        if typed != title.entries[0].phrase and typed != "ong":
            continue
        begins = title.first == reading.sentence_bounds(title.first)[0]
        if (
            first < len(reading.text)
            and not reading.text.breaks[first - 1]
            and _capital(reading, first)
            and (_is_initial(reading, first) or (len(reading.text.folded[first]) > 1 and not _is_rank(reading, first)))
            and (begins or not reading.text.typed(title.first)[:1].isupper())
        ):
            yield first


def _is_initial(reading: Reading, i: int) -> bool:
    """Whether a letter stands for a name: "anh T."."""
    text = reading.text
    end = text.span(i, i + 1)[1]
    return len(text.folded[i]) == 1 and text.source.original[end : end + 1] in (".", ",")


def _is_rank(reading: Reading, i: int) -> bool:
    """Whether a word after a title is a rank among children and no name follows it: "anh Hai", not "anh Sáu Tân"."""
    return reading.text.folded[i] in _RANKS and _name_end(reading, i) == i + 1


@told_by(*_LETTERS)
def _native(reading: Reading) -> Iterator[int]:
    """Yield where a name of the highlands opens a sentence or follows a title: "Y Bliu, 25 tuổi", "Già A Brơi"."""
    text = reading.text
    titled = {i + 1 for i in reading.where(_ELDERS)}
    titled |= {h.stop for h in reading.layers("person_title", "kin")}
    for i in sorted(titled.union(reading.sentences.starts)):
        if i + 1 < len(text) and text.typed(i) in _NATIVE and not text.breaks[i] and _capital(reading, i + 1):
            yield i


@told_by("surname")
def _surnames(reading: Reading) -> Iterator[int]:
    """Yield where a surname with a capital begins a name of at least three words, unless it is a place."""
    for hit in reading.layer("surname"):
        full = _capital(reading, hit.first) and _name_end(reading, hit.first) - hit.first >= _FULL_NAME
        if full and not any(before.stop == hit.first for before in reading.layer("before_place")):
            yield hit.first


def _name_end(reading: Reading, first: int) -> int:
    """Return where a name that begins at *first* ends: with its capitals; typed without any, after three words."""
    stop = first + 1
    capital = _capital(reading, first)
    shouted = reading.text.typed(first).isupper()
    longest = min(first + (_MAX_NAME if capital or shouted else _FULL_NAME), len(reading.text))
    while stop < longest and not reading.text.breaks[stop - 1] and (not capital or _capital(reading, stop)):
        stop += 1
    return stop


def _capital(reading: Reading, i: int) -> bool:
    """Whether a word is written like a name: one capital, then small letters."""
    typed = reading.text.words[i]
    letters = reading.text.folded[i]
    return typed[:1].isupper() and letters.isalpha() and (len(letters) == 1 or not typed.isupper())


_KINDS = {
    _stigma: RedactionKind.STIGMA,
    _released: RedactionKind.STIGMA,
    reports: RedactionKind.STIGMA,
    _addresses: RedactionKind.PII,
    _names: RedactionKind.PII,
    _illnesses: RedactionKind.HEALTH,
}
"""What finds stretches to hide, and of which kind they are."""
