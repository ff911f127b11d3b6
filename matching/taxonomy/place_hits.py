"""Finds every name of a place in a text, with the words around it that bear on its reading."""

from collections.abc import Iterator
from typing import NamedTuple

from matching.taxonomy.place_index import EARLIER, AreaName, PlaceIndex, Unit
from matching.taxonomy.place_words import (
    COMMUNE,
    NOISE,
    PROVINCE,
    ROMAN,
    Tokens,
    UnitWord,
    cut,
    hamlet_word_at,
    name_agreement,
    unit_word_at,
)
from matching.text.fold import fold

_LONGEST_NAME = 6
"""Most tokens of a name."""

_MAX_TOKENS = 60
"""Of a longer text only so much is read: it is no address."""


class Hit(NamedTuple):
    """A stretch of the text that is a name; masks have one bit a token."""

    start: int
    stop: int
    mask: int
    word: UnitWord | None
    """The unit word right before it."""
    word_mask: int
    units: tuple[tuple[Unit, int], ...]
    """Communes of this name, each with how well its accents agree (2 or 1)."""
    areas: tuple[AreaName, ...]
    """Provinces and districts of this name."""


class Found(NamedTuple):
    """A text and what was found in it."""

    tokens: Tokens
    size: int
    """How many tokens were looked at."""
    hits: tuple[Hit, ...]
    area_hits: tuple[Hit, ...]
    """Those that name a district or a province, the longest first."""
    idle: int
    """Tokens that say nothing against a reading: unit words, hamlets, numbers, noise."""
    accented: bool

    def left_over(self, used: int) -> int:
        """Return the tokens that neither *used* nor anything idle explains."""
        return ((1 << self.size) - 1) & ~used & ~self.idle

    def segment(self, hit: Hit) -> int:
        """Return the mask of the tokens between the same commas as *hit*."""
        segments = self.tokens.segments
        return sum(1 << i for i in range(self.size) if segments[i] == segments[hit.start])

    def is_whole(self, area: Hit, used: int = 0) -> bool:
        """Say whether districts and provinces, and *used*, are all that stands between the same commas as *area*."""
        for hit in self.area_hits:
            used |= hit.mask
        return not self.left_over(used) & self.segment(area)


def find(index: PlaceIndex, text: str) -> Found:
    """Find the names in *text*."""
    tokens = cut(text)
    size = min(len(tokens), _MAX_TOKENS)
    words: dict[int, tuple[int, UnitWord]] = {}
    for start in range(size):
        word = unit_word_at(tokens, start)
        if word is not None and word[0] < size and tokens.segments[word[0]] == tokens.segments[start]:
            words.setdefault(word[0], (start, word[1]))
    idle, barred = _hamlets(tokens, size, {start for start, _ in words.values()})
    hits = tuple(_hits(index, tokens, size, words, barred))
    for stop, (start, _) in words.items():
        idle |= _mask(start, stop)
    for i in range(size):
        if tokens.keys[i].isdigit() or tokens.keys[i] in NOISE:
            idle |= 1 << i
    return Found(
        tokens=tokens,
        size=size,
        hits=hits,
        area_hits=tuple(sorted((hit for hit in hits if hit.areas), key=lambda hit: hit.start - hit.stop)),
        idle=idle,
        accented=any(fold(typed) != typed.lower() for typed in tokens.typed),
    )


def _mask(start: int, stop: int) -> int:
    return (1 << stop) - (1 << start)


def _hamlets(tokens: Tokens, size: int, word_starts: set[int]) -> tuple[int, int]:
    """Return the tokens that name a hamlet, a street or a house, and those where no other name can begin."""
    hamlets = barred = 0
    for start in range(size):
        stop = hamlet_word_at(tokens, start)
        if stop is None or stop > size:
            continue
        end = stop
        if stop < size and tokens.keys[stop].isdigit():
            end = stop + 1
            if end < size and end not in word_starts and tokens.typed[end].isalpha() and len(tokens.typed[end]) == 1:
                end += 1  # "thôn 3A"
        elif tokens.segments[-1] > 0:  # commas tell where its name ends
            while end < size and tokens.segments[end] == tokens.segments[start] and end not in word_starts:
                end += 1
        elif stop < size and stop not in word_starts:
            end = stop + 1
        hamlets |= _mask(start, end)
        barred |= _mask(stop, end)
    return hamlets, barred


def _hits(
    index: PlaceIndex, tokens: Tokens, size: int, words: dict[int, tuple[int, UnitWord]], barred: int
) -> Iterator[Hit]:
    for start in range(size):
        if barred >> start & 1:
            continue
        begins, word = words.get(start, (start, None))
        key = ""
        for stop in range(start + 1, min(start + _LONGEST_NAME, size) + 1):
            if tokens.segments[stop - 1] != tokens.segments[start]:
                break
            key += tokens.keys[stop - 1]
            if key.isdigit() and word is None:
                continue  # a number is a name after "phường" or "quận" only
            typed = tokens.typed[start:stop]
            units = tuple(_units(index, key, typed, word))
            areas = _areas(index, key, typed, word)
            if units or areas:
                yield Hit(start, stop, _mask(start, stop), word, _mask(begins, start), units, areas)


def _units(index: PlaceIndex, key: str, typed: tuple[str, ...], word: UnitWord | None) -> Iterator[tuple[Unit, int]]:
    if word is not None and not word.level & COMMUNE:
        return
    for unit in index.unit_keys.get(key, ()):
        agreed = 1 if unit.standing == EARLIER else name_agreement(typed, unit.name)
        if agreed:
            yield unit, agreed
    if word is not None and word.kind == "phuong" and typed[0].isascii() and key in ROMAN:
        for unit in index.unit_keys.get(ROMAN[key], ()):
            yield unit, 1


def _areas(index: PlaceIndex, key: str, typed: tuple[str, ...], word: UnitWord | None) -> tuple[AreaName, ...]:
    names = [name for name in index.area_keys.get(key, ()) if name_agreement(typed, name.name)]
    if word is None or not names:
        return tuple(names)
    # A district may have become a town since; but the city of Vĩnh Long is never the province.
    city = word.kind == "thanh pho"
    names = [name for name in names if index.areas[name.area].level & word.level and not (city and name.kind == "tinh")]
    if any(name.kind == word.kind for name in names):  # "TP Quảng Ninh" is not the district of that name
        names = [name for name in names if name.kind == word.kind or index.areas[name.area].level == PROVINCE]
    return tuple(names)
