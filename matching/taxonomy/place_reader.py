"""Reads a place as people write it: finds every name in the text, then the reading that explains most of it.

    "thôn 1, xa Dong Ha, Duc Linh"
      ├── hits        Đông Hà (a ward in Quảng Trị, old communes in Hà Giang and Bình Thuận), Đức Linh (commune, district)
      ├── readings    each commune hit with the districts and provinces in the text that it lies in
      └── decision    the reading that explains most; if several are left: accents, home province, unit word, standing
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from matching.taxonomy.place_index import BEFORE, EARLIER, TODAY, AreaName, PlaceIndex, Unit
from matching.taxonomy.place_repair import Wanted, repair
from matching.taxonomy.place_words import (
    COMMUNE,
    DISTRICT,
    NOISE,
    PROVINCE,
    Tokens,
    UnitWord,
    cut,
    hamlet_word_at,
    name_agreement,
    unit_word_at,
)
from matching.text.fold import fold

MAX_CANDIDATES = 10

_LONGEST_NAME = 6
"""Most tokens of a name."""

_MAX_TOKENS = 60
"""Of a longer text only so much is read: it is no address."""


class PlaceReading(NamedTuple):
    """What a text was read as, in rows of the commune table."""

    row: int | None
    old_unit: str | None
    candidates: tuple[tuple[int, str | None], ...]
    """(row, full name of the old unit or None), best first."""


class _Hit(NamedTuple):
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


class _Text(NamedTuple):
    """A text with all that was found in it."""

    tokens: Tokens
    hits: tuple[_Hit, ...]
    area_hits: tuple[_Hit, ...]
    """Those that name a district or a province, the longest first."""
    idle: int
    """Tokens that say nothing against a reading: unit words, hamlets, numbers, noise."""
    accented: bool


class _Reading(NamedTuple):
    """A commune hit with the areas in the text that it lies in."""

    hit: _Hit
    unit: Unit
    used: int
    """Tokens that it explains."""
    context: tuple[_Hit, ...]
    rank: tuple[int, int, int, int]
    """Tokens of names explained, accents, home province, unit word."""


_UNKNOWN = PlaceReading(None, None, ())


def read_place(index: PlaceIndex, text: str, home_province: str | None) -> PlaceReading:
    """Return the commune that *text* names, or what it may mean.

    Raises
    ------
    UnknownCodeError
        `home_province` is not a province.
    """
    home = index.home(home_province)
    found = _find(index, cut(text))
    readings = _readings(index, found, home)
    best = _best(readings, index)
    if best:
        rows = {reading.unit.row for reading in best}
        doubt = _doubt(index, found, best[0])
        if doubt is None and len(rows) == 1:
            return _decided(best[0].unit)
        if doubt == "foreign":
            return _UNKNOWN
        if doubt != "area":
            return PlaceReading(None, None, _listed(best, readings))
    areas = _stated_areas(index, found, home)
    wanted = _wanted(found, areas)
    repaired = repair(index, wanted, [a for a, _ in areas] or sorted(home[0]) or sorted(home[1]))
    if len({unit.row for unit in repaired}) == 1:
        return _decided(repaired[0])
    if repaired:
        return PlaceReading(None, None, _unique((unit.row, unit.label) for unit in repaired))
    return _area_alone(index, found, areas, best, readings, bool(wanted))


def _find(index: PlaceIndex, tokens: Tokens) -> _Text:
    """Find the names, unit words and hamlets in the text."""
    size = min(len(tokens), _MAX_TOKENS)
    words: dict[int, tuple[int, UnitWord]] = {}
    for start in range(size):
        word = unit_word_at(tokens, start)
        if word is not None and word[0] <= size:
            words.setdefault(word[0], (start, word[1]))
    hamlets, barred = _hamlets(tokens, size, {start for start, _ in words.values()})
    hits = tuple(_hits(index, tokens, size, words, barred))
    idle = hamlets
    for stop, (start, _) in words.items():
        idle |= (1 << stop) - (1 << start)
    for i in range(size):
        if tokens.keys[i].isdigit() or tokens.keys[i] in NOISE:
            idle |= 1 << i
    accented = any(fold(typed) != typed.lower() for typed in tokens.typed)
    area_hits = sorted((hit for hit in hits if hit.areas), key=lambda hit: hit.start - hit.stop)
    return _Text(tokens, hits, tuple(area_hits), idle, accented)


def _hamlets(tokens: Tokens, size: int, word_starts: set[int]) -> tuple[int, int]:
    """Return the tokens that name a hamlet, a street or a number, and those where no commune's name can begin."""
    hamlets = barred = 0
    for start in range(size):
        stop = hamlet_word_at(tokens, start)
        if stop is None or stop > size:
            continue
        end = stop
        if stop < size and tokens.keys[stop].isdigit():
            end = stop + 1
        elif tokens.segments[-1] > 0:  # commas tell where its name ends
            while end < size and tokens.segments[end] == tokens.segments[start] and end not in word_starts:
                end += 1
        elif stop < size and stop not in word_starts:
            barred |= 1 << stop
        hamlets |= (1 << end) - (1 << start)
        barred |= (1 << end) - (1 << stop)
    return hamlets, barred


def _hits(
    index: PlaceIndex, tokens: Tokens, size: int, words: dict[int, tuple[int, UnitWord]], barred: int
) -> Iterator[_Hit]:
    for start in range(size):
        if barred >> start & 1:
            continue
        before = words.get(start)
        word = before[1] if before else None
        level = word.level if word else COMMUNE | DISTRICT | PROVINCE
        key = ""
        for stop in range(start + 1, min(start + _LONGEST_NAME, size) + 1):
            if tokens.segments[stop - 1] != tokens.segments[start]:
                break
            key += tokens.keys[stop - 1]
            if key.isdigit() and word is None:
                continue  # a number is a name after "phường" or "quận" only
            typed = tokens.typed[start:stop]
            units = tuple(_agreeing(index.unit_keys.get(key, ()), typed)) if level & COMMUNE else ()
            areas = tuple(
                name
                for name in index.area_keys.get(key, ())
                if index.areas[name.area].level & level and name_agreement(typed, name.name)
            )
            if units or areas:
                mask = (1 << stop) - (1 << start)
                word_mask = (1 << start) - (1 << before[0]) if before else 0
                yield _Hit(start, stop, mask, word, word_mask, units, areas)


def _agreeing(units: Sequence[Unit], typed: tuple[str, ...]) -> Iterator[tuple[Unit, int]]:
    for unit in units:
        agreed = 1 if unit.standing == EARLIER else name_agreement(typed, unit.name)
        if agreed:
            yield unit, agreed


def _readings(index: PlaceIndex, found: _Text, home: tuple[frozenset[int], frozenset[int]]) -> list[_Reading]:
    """Return each commune hit with its context; only hits with a commune's unit word when there are such hits."""
    hits = [hit for hit in found.hits if hit.units]
    marked = [hit for hit in hits if hit.word is not None]
    return [
        _reading(index, found, hit, unit, agreed, home) for hit in marked or hits for unit, agreed in hit.units
    ]


def _reading(
    index: PlaceIndex, found: _Text, hit: _Hit, unit: Unit, agreed: int, home: tuple[frozenset[int], frozenset[int]]
) -> _Reading:
    same_word = hit.word is not None and hit.word.kind == unit.kind
    used = hit.mask | (hit.word_mask if hit.word is not None else 0)
    names = hit.stop - hit.start
    context = []
    for area in found.area_hits:
        if not area.mask & used and any(name.area in unit.areas for name in area.areas):
            used |= area.mask | area.word_mask
            names += area.stop - area.start
            context.append(area)
    at_home = 2 if unit.areas & home[0] else 1 if unit.areas & home[1] else 0
    exact = agreed if found.accented and unit.standing != EARLIER else 1
    return _Reading(hit, unit, used, tuple(context), (names, exact, at_home, int(same_word)))


def _best(readings: Sequence[_Reading], index: PlaceIndex) -> list[_Reading]:
    """Return the readings that nothing tells apart, the preferred first; empty when there is none."""
    if not readings:
        return []
    top = max(reading.rank for reading in readings)
    best = [reading for reading in readings if reading.rank == top]
    if any(reading.unit.standing != EARLIER for reading in best):
        best = [reading for reading in best if reading.unit.standing != EARLIER]
    best.sort(key=lambda reading: _preference(index, reading))
    chosen: list[_Reading] = []
    for reading in best:
        # In one province a name of today beats the same name of before (in an old address: the other way round).
        if not any(
            other.unit.standing != reading.unit.standing and _provinces(index, other) & _provinces(index, reading)
            for other in chosen
        ):
            chosen.append(reading)
    return chosen


def _preference(index: PlaceIndex, reading: _Reading) -> tuple[bool, int]:
    old_address = any(_is_old(index, reading.unit, hit) for hit in reading.context)
    return (reading.unit.standing == TODAY) == old_address, reading.unit.row


def _is_old(index: PlaceIndex, unit: Unit, hit: _Hit) -> bool:
    """Say whether an area that a unit lies in is one of before July 2025 (a district, or a province that is gone)."""
    return all(index.areas[name.area].old for name in hit.areas if name.area in unit.areas)


def _provinces(index: PlaceIndex, reading: _Reading) -> set[int]:
    return {area for area in reading.unit.areas if index.areas[area].level == PROVINCE and not index.areas[area].old}


def _doubt(index: PlaceIndex, found: _Text, reading: _Reading) -> str | None:
    """Say why the best reading may not be taken as it is.

    Returns
    -------
    str or None
        "area": it is a province, or perhaps a district; "conflict": it does not lie where the text says;
        "foreign": it is but some words of a text about something else; None: no doubt.
    """
    hit = reading.hit
    for area in found.area_hits:
        if not area.mask & reading.used and (area.word is not None or area.start >= hit.stop):
            return "conflict"
    if hit.word is not None:
        return None
    size = len(found.tokens)
    left_over = ((1 << size) - 1) & ~reading.used & ~found.idle
    levels = {index.areas[name.area].level for name in hit.areas}
    if PROVINCE in levels and not reading.context and (DISTRICT not in levels or any(n.official for n in hit.areas if index.areas[n.area].level == PROVINCE)):
        return "area"
    before = left_over & (hit.mask & -hit.mask) - 1
    if DISTRICT in levels and before and not any(not _is_old(index, reading.unit, area) for area in reading.context):
        return "area"
    if reading.context:
        return None
    segment = found.tokens.segments[hit.start]
    beside = sum(1 for i in range(size) if left_over >> i & 1 and found.tokens.segments[i] == segment)
    length = hit.stop - hit.start
    return "foreign" if beside > (length if length > 1 else 0) else None


def _decided(unit: Unit) -> PlaceReading:
    return PlaceReading(unit.row, unit.label, tuple((row, unit.label) for row in unit.others[:MAX_CANDIDATES]))


def _listed(best: Sequence[_Reading], readings: Sequence[_Reading]) -> tuple[tuple[int, str | None], ...]:
    rest = sorted(readings, key=lambda r: (tuple(-x for x in r.rank), -r.unit.standing, r.unit.row))
    return _unique((reading.unit.row, reading.unit.label) for reading in [*best, *rest])


def _unique(found: Iterator[tuple[int, str | None]]) -> tuple[tuple[int, str | None], ...]:
    """Return at most ten candidates, one a commune."""
    kept: dict[int, str | None] = {}
    for row, label in found:
        if len(kept) == MAX_CANDIDATES:
            break
        kept.setdefault(row, label)
    return tuple(kept.items())
