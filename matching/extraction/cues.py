"""Words that say how the work named after them stands to the person, in the order of the text."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from matching.domain.vocabulary import Assertion, NeedCode
from matching.extraction.lexicon import Hit
from matching.extraction.loans import borrowed
from matching.extraction.reading import Reading
from matching.extraction.signs import told_by


class Mode(Enum):
    """How what follows a cue stands to the person."""

    EXPERIENCE = Assertion.EXPERIENCE
    WISH = Assertion.WISH
    REFUSED = Assertion.REFUSED
    BARRED = Assertion.BARRED
    DENIED = None
    """"không biết hàn": nothing of the person's."""
    OTHER = ""
    """Somebody else's work."""

    def __init__(self, said: Assertion | str | None) -> None:
        self.assertion = said if isinstance(said, Assertion) else None
        """What is told of the person; None when nothing is."""


class Spoken(NamedTuple):
    """The phrases of trades and of skills, each with how it stands to the person, in the order of the text."""

    trades: dict[Hit, Mode]
    skills: dict[Hit, Mode]


class Cue(Struct, frozen=True, gc=False):
    """A phrase that sets a mode, at syllables [first, stop); a struct as `Hit` is."""

    first: int
    stop: int
    kind: str
    strength: int
    """Where cues overlap the stronger one speaks."""
    mode: Mode


_KINDS = {
    "experience": (2, Mode.EXPERIENCE),
    "past": (0, Mode.EXPERIENCE),
    "now": (0, Mode.EXPERIENCE),
    "self": (0, Mode.EXPERIENCE),
    "learnt_inside": (2, Mode.EXPERIENCE),
    "wish": (3, Mode.WISH),
    "want": (1, Mode.WISH),
    "refuse": (5, Mode.REFUSED),
    "deny": (4, Mode.DENIED),
    "bar": (5, Mode.BARRED),
    "other": (3, Mode.OTHER),
    "kin": (3, Mode.OTHER),
}
"""Strength and mode of each kind of cue."""

STRONG, LOUD = 3, 4
"""Strength of a cue that a weak one after it does not silence, and of one that speaks of the phrases in it too."""

_ASKED = frozenset({NeedCode.JOB, NeedCode.TRAINING, NeedCode.LOAN})
"""Needs after which a trade is what is asked for."""

_WITH_KIN = frozenset(
    {"phu", "giup", "voi", "cung", "theo", "cho", "nuoi", "cham", "do", "cua", "gui", "o", "nho", "tiep", "lo"}
)
"""Before a relative these make the relative a companion or a reason, not the one who works."""

SPEAKERS = {"em": "em", "chau": "cháu", "toi": "tôi", "tui": "tui", "minh": "mình"}
"""How people name themselves, by the letters."""

_SPOKEN_OF = frozenset({"anh", "chi", "ong", "ba", "co", "bac", "chu", "cau", "di", "cu"})
"""The first word of a text that an officer writes about the person: "anh làm thợ lặn ..."."""


_LETS, _AS_FOR = "cho", "con"
_LEAST_SAID = 3
"""Syllables of a clause in which somebody asks or acts."""
_ASKS_FOR = frozenset({*SPEAKERS, "con", "e", "chi", "anh", "bac", "chu", "co", "ba", "ong", "di", "o"})
"""After "cho" at the head of a clause these ask for the speaker."""

_OTHERS = {
    "ba": {"bả"}, "ong": {"ổng"}, "anh": {"ảnh"}, "bo": {"bố"}, "ma": {"má", "mạ"}, "tia": {"tía"}, "no": {"nó"},
    "han": {"hắn"}, "bam": {"bầm"}, "me": {"mẹ", "mệ"}, "thim": {"thím", "thim"}, "cha": {"cha"},
}  # fmt: skip
"""Who acts where a clause begins so, by the letters and as spelt: third persons and parents."""

_OPENING = frozenset({_LETS, _AS_FOR, *_OTHERS})

_FIRST_OF = attrgetter("first")

Cues = Mapping[int, Sequence[Cue]]
"""The cues of each clause, by its first syllable."""


def cues_by_clause(reading: Reading) -> Cues:
    """Return the cues of each clause that has any, by its first syllable, in the order of the text."""
    clauses: dict[int, list[Cue]] = defaultdict(list)
    bounds = reading.clauses.bounds
    for cue in _cues(reading):
        clauses[bounds[cue.first][0]].append(cue)
    return clauses


def _cues(reading: Reading) -> list[Cue]:
    """Return the cues in the order of the text; of overlapping ones the stronger or longer stays."""
    hits = reading.hits
    found: list[Cue] = []
    for kind in filter(hits.__contains__, _KINDS):
        strength, mode = _KINDS[kind]
        tells = _DOUBTED.get(kind)
        for hit in hits[kind]:
            if tells is None or tells(reading, hit):
                found.append(Cue(hit.first, hit.stop, kind, strength, mode))
    if _opening in reading.parts:
        found += _opening(reading)
    if "money_role" in hits:
        found += [_cue(first, stop, "want") for first, stop in borrowed(reading)]
    if "need" in hits:
        found += [_cue(h.first, h.stop, "wish") for h in hits["need"] if h.code in _ASKED]
    taken = 0
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda c: (-c.strength, c.first - c.stop)):
        places = (1 << cue.stop) - (1 << cue.first)
        if not taken & places:
            taken |= places
            kept.append(cue)
    return sorted(_with_those_named_by(kept) if "kin" in hits else kept, key=_FIRST_OF)


def _cue(first: int, stop: int, kind: str) -> Cue:
    return Cue(first, stop, kind, *_KINDS[kind])


@told_by(*_OPENING)
def _opening(reading: Reading) -> Iterator[Cue]:
    """Yield the cues that are some only at the head of a clause.

    Somebody asks to be let do something ("Cho tôi làm bảo vệ"), or somebody else acts: "Bả chằm lá", "còn ổng đi biển".
    """
    folded = reading.text.folded
    for begin in reading.clauses.starts:
        if folded[begin] not in _OPENING or reading.clauses.bounds[begin][1] - begin < _LEAST_SAID:
            continue
        if folded[begin] == _LETS:
            if folded[begin + 1] in _ASKS_FOR and reading.means(begin, _LETS):
                yield _cue(begin, begin + 2, "wish")
            continue
        who = begin + (folded[begin] == _AS_FOR)
        if folded[who] in _OTHERS and reading.text.typed(who).lower() in _OTHERS[folded[who]]:
            yield _cue(who, who + 1, "other")


def _is_another(reading: Reading, other: Hit) -> bool:
    """Whether a word for somebody else counts nothing, and is none for the person whom an officer writes about."""
    return not is_counting(reading, other) and (other.first > 0 or not _is_spoken_of(reading))


def _is_spoken_of(reading: Reading) -> bool:
    """Whether the text opens with who it is about, and nobody speaks of themselves in it: "Bác làm thợ khảm ..."."""
    if reading.text.folded[0] not in _SPOKEN_OF:
        return False
    return not reading.meant(SPEAKERS)


def _with_those_named_by(cues: list[Cue]) -> list[Cue]:
    """Return cues with who is named right after a relative as a part of the relative: "chị dâu em"."""
    owners = {cue.first: cue for cue in cues if cue.kind == "self"}
    named = [cue for cue in cues if cue.kind == "kin" and cue.stop in owners]
    if not named:
        return cues
    others = [cue for cue in cues if cue not in named and cue not in [owners[kin.stop] for kin in named]]
    return [*others, *(replace(kin, stop=owners[kin.stop].stop) for kin in named)]


def _is_relative(reading: Reading, kin: Hit) -> bool:
    """Whether a relative who acts is no part of how the speakers name themselves: "vợ chồng em"."""
    return acts(reading, kin) and not any(h.holds(kin) for h in reading.layer("self"))


_THREE = "ba"
_COUNTED = frozenset(
    {
        "dua", "chau", "con", "be", "nam", "thang", "ngay", "tuan", "muoi", "tram", "nguoi", "sao", "buoi",
        "ao", "chuc", "long", "dan", "lua", "thung", "ho", "cap", "bay", "gia", "giong", "loai", "mau", "cong",
    }
)  # fmt: skip
"""After "ba" these make it a number."""


def is_counting(reading: Reading, kin: Hit) -> bool:
    """Whether a word for a father counts what follows: "ba sào ruộng"."""
    words = reading.text.folded
    return words[kin.stop - 1] == _THREE and not _COUNTED.isdisjoint(words[kin.stop : kin.stop + 1])


def acts(reading: Reading, kin: Hit) -> bool:
    """Whether a relative is the one who acts: not a companion ("với má"), not the end of its clause, not a couple."""
    if is_counting(reading, kin):
        return False
    before = reading.text.folded[kin.first - 1] if kin.first > reading.sentence_bounds(kin.first)[0] else ""
    with_self = any(s.first <= kin.first and kin.stop < s.stop + (s.first < kin.first) for s in reading.layer("self"))
    return before not in _WITH_KIN and reading.clause_bounds(kin.first)[1] > kin.stop and not with_self


def is_of_kin(reading: Reading, first: int) -> bool:
    """Whether a relative who acts stands before a syllable in its clause, and no word for the person after it."""
    relatives = reading.layer("kin")
    if not relatives:
        return False
    begin = reading.clause_bounds(first)[0]
    kin = [h.stop for h in relatives if begin <= h.first < first and acts(reading, h)]
    return bool(kin) and not any(kin[-1] <= h.first < first for h in reading.layer("self"))


_DOUBTED: dict[str, Callable[[Reading, Hit], bool]] = {"kin": _is_relative, "other": _is_another}
"""Kinds of which a phrase is a cue only where this tells so."""
