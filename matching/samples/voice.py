"""Who is typing: the same clauses with full accents, none, southern words, text-message spelling, or as a form."""

import random
import re
from collections.abc import Sequence

from matching.text.fold import fold

STYLES = ("standard", "southern", "no_diacritics", "mixed", "teencode", "officer")
WEIGHTS = (30, 20, 24, 8, 8, 10)
"""How often each style is met, in percent; about a third of real forms come without accents."""

_SOUTHERN = {
    "không": ("hổng", "hông", "không"),
    "chưa": ("chưa",),
    "về": ("về", "dìa"),
    "chứ": ("chớ",),
    "tôi": ("tui",),
    "nữa": ("nữa",),
    "vậy": ("dậy",),
    "với": ("với", "dới"),
    "bố": ("ba",),
}
_TEEN = {
    "không": ("k", "ko", "kg"),
    "được": ("dc", "đc"),
    "gì": ("gì", "j"),
    "rồi": ("r", "rồi"),
    "với": ("vs", "với"),
    "muốn": ("muốn", "mún"),
    "biết": ("biết", "bít"),
    "người": ("ng", "người"),
    "triệu": ("tr",),
}
_WORD = re.compile(r"\w+")
_MIXED_SHARE = 0.5


def type_out(clauses: Sequence[str], style: str, rng: random.Random) -> str:
    """Return the clauses as somebody of a style types them, one after the other."""
    if style == "no_diacritics":
        return fold(_joined(clauses, rng, neat=False))
    if style == "mixed":
        return _joined([fold(c) if rng.random() < _MIXED_SHARE else c for c in clauses], rng, neat=False)
    if style == "southern":
        return _joined([_swap(c, _SOUTHERN, rng) for c in clauses], rng, neat=True)
    if style == "teencode":
        return _joined([_swap(c, _TEEN, rng) for c in clauses], rng, neat=False).lower()
    return _joined(clauses, rng, neat=True)


def _joined(clauses: Sequence[str], rng: random.Random, *, neat: bool) -> str:
    """Join clauses by full stops and commas; neat writers begin sentences with a capital and end the last one."""
    text = ""
    for i, clause in enumerate(clauses):
        comma = i > 0 and rng.random() < (0.25 if neat else 0.5)
        first = clause if comma or not neat else clause[:1].upper() + clause[1:]
        text += ("" if i == 0 else ", " if comma else ". ") + first
    return text + "." if neat else text


def _swap(clause: str, words: dict[str, tuple[str, ...]], rng: random.Random) -> str:
    return _WORD.sub(lambda m: rng.choice(words[m[0]]) if m[0] in words else m[0], clause)
