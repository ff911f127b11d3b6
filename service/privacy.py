"""What must never be read by the wrong eyes: keyed ids, coarse numbers, and the words that are never said.

Three things live here because they are promises, not features: ids that cannot be joined across openings
or turned back into a person, bands instead of exact figures on a card, and the check that no word of
stigma stands in anything a person or an employer meets.
"""

import hashlib
import re
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.text.fold import agreement, fold
from service.errors import SettingsError

MIN_CELL = 10
"""Counts of people below this are not told."""

STIGMA = (
    "đối tượng",
    "tù nhân",
    "phạm nhân",
    "tội phạm",
    "phạm tội",
    "án tích",
    "tiền án",
    "tiền sự",
    "án phạt",
    "ra tù",
    "mãn hạn",
    "tha tù",
    "đặc xá",
    "hoàn lương",
    "lầm lỗi",
    "tái hòa nhập",
    "trại giam",
    "nhà tù",
    "returnee",
    "ex offender",
    "offender",
    "offence",
    "convict",
    "conviction",
    "convicted",
    "prison",
    "prisoner",
    "inmate",
    "parole",
    "criminal",
    "amnestied",
    "amnesty",
    "reintegration",
    "court bar",
    "court bars",
    "stigma",
)
"""Phrases that tell of a conviction; they stand in no employer answer, header, error, page or document."""

_INNOCENT = ("dự án", "đồ án", "đề án", "phương án", "đáp án", "tương đối")
"""Words that end in the first half of such a phrase: "dự án tích hợp" is an integrated project."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes ids that only this installation can make again.

    One secret, one derived key a purpose, so that an id made for one purpose says nothing about another.
    """

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) < 32:
            raise SettingsError("the installation's secret must have at least 32 bytes")

    def candidate(self, opening_id: str, person_key: str) -> str:
        """Return the id of a person on the cards of one opening; another opening gives another id."""
        return self._id("candidate", opening_id, person_key)

    def pseudonym(self, person_key: str) -> str:
        """Return the name under which the audit knows a person; it outlives the person's erasure."""
        return self._id("audit-subject", person_key)

    def exported(self, day: date, person_key: str) -> str:
        """Return the name of a person in the training exports of one day; another day gives another."""
        return self._id("export", day.isoformat(), person_key)

    def page_token(self, session_hash: str) -> str:
        """Return the token that a browser's writes must carry, bound to its session."""
        return self._id("page-token", session_hash)

    def tried(self, user: str, origin: str) -> str:
        """Return the name under which tries to sign in are counted; "" is from anywhere."""
        return self._id("tried", user, origin)

    def origin(self, user: str, origin: str) -> str:
        """Return the name under which it is remembered that a user signed in from a network."""
        return self._id("origin", user, origin)

    def seal(self, message: bytes) -> str:
        """Return the keyed digest of an audit entry, as 64 hexadecimal digits."""
        return self._digest("audit-chain", message, 32).hex()

    def head(self, entries: int, seal: str) -> str:
        """Return the keyed digest of the audit's length and last seal."""
        return self._digest("audit-head", f"{entries}|{seal}".encode(), 32).hex()

    def fingerprint(self) -> str:
        """Return a short mark by which a backup knows whether it belongs to this secret."""
        return self._id("fingerprint", "")

    def _id(self, purpose: str, *parts: str) -> str:
        message = b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)
        return b32encode(self._digest(purpose, message, 15)).decode().lower()

    def _digest(self, purpose: str, message: bytes, size: int) -> bytes:
        key = hashlib.blake2b(purpose.encode(), key=self.secret[:64], digest_size=32).digest()
        return hashlib.blake2b(message, key=key, digest_size=size).digest()


def stigma_words(text: str, phrases: Sequence[str] = STIGMA) -> tuple[str, ...]:
    """Return the phrases of *phrases* that stand in *text*, with or without accents, whole words only.

    A typed accent that contradicts the phrase is another word: "tư nhân" (private) is not "tù nhân".

    >>> stigma_words("Phan tich doi tuong khach hang")
    ('đối tượng',)
    >>> stigma_words("doanh nghiệp tư nhân")
    ()
    """
    typed = _WORD.findall(text.replace("_", " "))
    for phrase in _INNOCENT:
        for at in _places(phrase, typed):
            typed[at + 1] = ""
    return tuple(phrase for phrase in phrases if _places(phrase, typed))


def _places(phrase: str, typed: Sequence[str]) -> list[int]:
    """Return where the words of *phrase* stand among the words typed."""
    wanted = phrase.split()
    folded, plain = [fold(word) for word in typed], [fold(word) for word in wanted]
    return [
        i
        for i in range(len(folded) - len(plain) + 1)
        if folded[i : i + len(plain)] == plain and all(map(agreement, typed[i : i + len(plain)], wanted))
    ]


def years_band(years: float | None) -> str | None:
    """Return how long somebody has worked, coarsely; None when it is not known.

    >>> years_band(8), years_band(0.5), years_band(None)
    ('5-10', '0-1', None)
    """
    if years is None or years != years:
        return None
    return _band(years, ((1, "0-1"), (3, "1-3"), (5, "3-5"), (10, "5-10")), "10+")


def distance_band(distance_km: float | None) -> str | None:
    """Return how far somebody lives, coarsely, in km; None when either place is unknown.

    The bands are those of the sentences in `matching.explanation`, so that the two together tell no more.

    >>> distance_band(3.0), distance_band(70.0)
    ('0-5', '30+')
    """
    if distance_km is None or distance_km != distance_km:
        return None
    return _band(distance_km, ((5, "0-5"), (15, "5-15"), (30, "15-30")), "30+")


def count_band(count: int) -> str:
    """Return a count of people as an employer may know it.

    >>> count_band(0), count_band(9), count_band(10)
    ('0', '1-9', '10+')
    """
    return _band(count, ((1, "0"), (MIN_CELL, "1-9")), "10+")


def _band(value: float, bands: Sequence[tuple[float, str]], last: str) -> str:
    return next((name for limit, name in bands if value < limit), last)
