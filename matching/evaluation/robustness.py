"""What careless typing costs: the same answers without accents, in other Unicode forms, in capitals, with typos."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from matching.domain.profile import Profile
from matching.evaluation.counts import Counts
from matching.evaluation.extraction import Case, occupation_counts
from matching.text.fold import fold

_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS = "abcdeghiklmnopqrstuvxy"
_OLD_TONE = re.compile(
    "(o)([\u0300\u0301\u0303\u0309\u0323])([ae])(?!\\w)|(u)([\u0300\u0301\u0303\u0309\u0323])(y)(?!\\w)", re.I
)

TYPO_RATE = 0.10
"""Share of the words that get a typo."""

TYPO_SEEDS = (1, 2, 3, 4, 5)
"""Draws over which the cost of typos is averaged."""


def with_moved_tones(text: str) -> str:
    """Return *text* with the tone mark on the other vowel of a final oa, oe or uy: hòa becomes hoà.

    >>> with_moved_tones("khỏe, Thủy, hòa"), with_moved_tones("quý")
    ('khoẻ, Thuỷ, hoà', 'quý')
    """
    moved = _OLD_TONE.sub(
        lambda m: "".join((m[1] or m[4], m[3] or m[6], m[2] or m[5])), unicodedata.normalize("NFD", text)
    )
    return unicodedata.normalize("NFC", moved)


def with_typos(text: str, seed: int, *, rate: float = TYPO_RATE) -> str:
    """Return *text* with one wrong letter in a share of its words: left out, doubled or added, swapped, or another.

    Parameters
    ----------
    text : str
        Is composed to NFC first, so that a letter with its accents is one letter.
    seed : int
        The same seed and text give the same typos.
    rate : float
        Chance of a word of two or more letters to be hit.

    >>> with_typos("thợ hồ ba năm", 3, rate=1.0) == with_typos("thợ hồ ba năm", 3, rate=1.0)
    True
    """
    rng = np.random.default_rng([seed, *text.encode()])
    return _WORD.sub(
        lambda m: _mistyped(m.group(), rng) if rng.random() < rate else m.group(), unicodedata.normalize("NFC", text)
    )


def _mistyped(word: str, rng: np.random.Generator) -> str:
    """Return *word* with one edit: of the four kinds of typo each is as likely."""
    at = int(rng.integers(len(word)))
    letter = _LETTERS[int(rng.integers(len(_LETTERS)))]
    kind = int(rng.integers(4))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + letter + word[at:]
    if kind == 2:
        return word[:at] + letter + word[at + 1 :]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one way of typing does to the reading of occupations."""

    name: str
    f1: float
    lost: float
    """F1 of the texts as given, less this F1."""


DISTORTIONS: dict[str, tuple[Callable[[str], str], ...]] = {
    "no accents": (fold,),
    "NFD": (lambda text: unicodedata.normalize("NFD", text),),
    "upper case": (str.upper,),
    "tone position": (with_moved_tones,),
    "typos": tuple(partial(with_typos, seed=seed) for seed in TYPO_SEEDS),
}
"""Ways of typing; of several draws the counts add up."""


def robustness(cases: Sequence[Case], read: Callable[[str], Profile]) -> tuple[Cost, ...]:
    """Return the cost of each distortion in occupation F1 over *cases*.

    Parameters
    ----------
    cases : sequence of Case
        Their gold holds for every distortion: spans are not compared.
    read : callable
        Reads one text into a profile.
    """
    given = _f1(cases, read, (str,))
    return tuple(
        Cost(name=name, f1=f1, lost=given - f1)
        for name, distort in DISTORTIONS.items()
        for f1 in (_f1(cases, read, distort),)
    )


def _f1(cases: Sequence[Case], read: Callable[[str], Profile], distortions: Sequence[Callable[[str], str]]) -> float:
    total = Counts()
    for distort in distortions:
        for case in cases:
            text = distort(case.text)
            total += occupation_counts(replace(case, text=text, profile=read(text)))
    return total.f1


def robustness_report(costs: Sequence[Cost]) -> dict[str, Any]:
    """Return the costs as plain data for a report."""
    return {cost.name: {"f1": cost.f1, "lost": cost.lost} for cost in costs}
