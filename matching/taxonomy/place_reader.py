"""Reads a place as people write it: of all readings of a text, the one that explains most of it.

"thôn 1, xa Dong Ha, Duc Linh"
  ├── hits        Đông Hà (a ward in Quảng Trị, old communes in Hà Giang and Bình Thuận), Đức Linh (commune, district)
  ├── readings    each commune of such a name, with the districts and provinces of the text that it lies in
  └── decision    the reading that explains most; then accents, home province, unit word and order decide
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matching.taxonomy.place_hits import Found, Hit, find
from matching.taxonomy.place_index import EARLIER, TODAY, PlaceIndex, Unit
from matching.taxonomy.place_repair import repair, unexplained
from matching.taxonomy.place_words import DISTRICT, PROVINCE, untelex

MAX_CANDIDATES = 10

Homes = tuple[frozenset[int], frozenset[int]]
"""The areas that the home province names, and the new provinces that these lie in."""

Candidates = tuple[tuple[int, str | None], ...]
"""(row, full name of the old unit or None), best first, one a commune."""


class PlaceReading(NamedTuple):
    """What a text was read as, in rows of the commune table; row None: unknown or left open."""

    row: int | None
    old_unit: str | None
    candidates: Candidates


class Rank(NamedTuple):
    """What makes one reading better than another, in this order."""

    sound: bool
    """It is not the bare name of a province."""
    tokens: int
    """Tokens of names that it explains."""
    accents: int
    """How well the accents agree, when any were typed."""
    home: int
    """2 in the home province, 1 in the new province that this lies in."""
    unit_word: bool
    """The commune has the unit word that was typed."""
    in_order: bool
    """The commune stands before its district and province."""


_AT_HOME = Rank._fields.index("home")


class Reading(NamedTuple):
    """A commune of a hit's name, with the areas in the text that it lies in."""

    hit: Hit
    unit: Unit
    used: int
    """Mask of the tokens that it explains."""
    context: tuple[Hit, ...]
    old_address: bool
    """Whether an area of the context is surely one of before July 2025: a district, or a province that is gone."""
    rank: Rank


_UNKNOWN = PlaceReading(None, None, ())


def read_place(index: PlaceIndex, text: str, home_province: str | None) -> PlaceReading:
    """Return the commune that *text* names, or what it may mean.

    Raises
    ------
    UnknownCodeError
        `home_province` is not a province.
    """
    home = index.home(home_province)
    reading = _read(index, find(index, text), home)
    if reading.row is None and text.isascii():
        plain = untelex(text)
        if plain != text.lower():
            again = _read(index, find(index, plain), home, repaired=True)
            return again if again.row is not None else reading
    return reading


def _read(index: PlaceIndex, found: Found, home: Homes, *, repaired: bool = False) -> PlaceReading:
    """Read what was found; a repaired text is believed only where it says, or home says, which province is meant."""
    readings = _readings(index, found, home)
    best = _best(index, readings)
    if not best or _is_area(index, found, best[0]) or _is_foreign(found, best[0]):
        return _read_area(index, found, home, readings)
    if len({reading.unit.row for reading in best}) > 1 or _is_contradicted(found, best[0]):
        return PlaceReading(None, None, _candidates(best, readings))
    if repaired and not best[0].context and not best[0].rank.home:
        return _UNKNOWN
    return _longer_name(index, found, home, best[0]) or _decided(best[0].unit)


def _longer_name(index: PlaceIndex, found: Found, home: Homes, reading: Reading) -> PlaceReading | None:
    """Read "Vĩnh Trạch Donng" as the misspelt longer name, not as Vĩnh Trạch; None when it is none."""
    hit = reading.hit
    beside = (hit.mask << 1 | hit.mask >> 1) & ~hit.mask
    if not found.left_over(reading.used) & found.segment(hit) & beside:
        return None
    stated = {name.area for area in reading.context for name in area.areas} & reading.unit.areas
    smallest = [area for area in stated if index.areas[area].level == DISTRICT] or sorted(stated)
    around = reading.used & ~hit.mask & ~hit.word_mask
    return _repaired(index, found, around, smallest or sorted(home[0]) or sorted(home[1]))


def _repaired(index: PlaceIndex, found: Found, used: int, areas: Sequence[int]) -> PlaceReading | None:
    units = repair(index, unexplained(found, used), areas)
    if len({unit.row for unit in units}) == 1:
        return _decided(units[0])
    return PlaceReading(None, None, _unique((unit.row, unit.label) for unit in units)) if units else None


def _readings(index: PlaceIndex, found: Found, home: Homes) -> list[Reading]:
    """Return each commune that may be meant; where unit words of communes stand, only those after such a word."""
    hits = [hit for hit in found.hits if hit.units]
    marked = [hit for hit in hits if hit.word is not None]
    return [_reading(index, found, hit, *named, home) for hit in marked or hits for named in hit.units]


def _reading(index: PlaceIndex, found: Found, hit: Hit, unit: Unit, agreed: int, home: Homes) -> Reading:
    used = hit.mask | hit.word_mask
    tokens = hit.stop - hit.start
    context: list[Hit] = []
    taken: list[list[int]] = []
    for area_hit in found.area_hits:
        areas = [] if area_hit.mask & used else _taken(index, unit, area_hit, taken)
        if areas:
            used |= area_hit.mask | area_hit.word_mask
            tokens += area_hit.stop - area_hit.start
            context.append(area_hit)
            taken.append(areas)
    in_province = any(PROVINCE in _levels(index, area) for area in context)
    rank = Rank(
        sound=hit.word is not None or in_province or not _is_province(index, hit),
        tokens=tokens,
        accents=agreed if found.accented else 1,
        home=2 if unit.areas & home[0] else 1 if unit.areas & home[1] else 0,
        unit_word=hit.word is not None and hit.word.kind == unit.kind,
        in_order=all(area.start >= hit.stop for area in context),
    )
    return Reading(hit, unit, used, tuple(context), _is_old(index, unit, context, taken), rank)


def _taken(index: PlaceIndex, unit: Unit, hit: Hit, taken: Sequence[list[int]]) -> list[int]:
    """Return which of the unit's areas a hit names; one that another hit names is not named again.

    A name of a city and its province is the city's first: "Phường 1, Vĩnh Long, Vĩnh Long".
    """
    areas = [name.area for name in hit.areas if name.area in unit.areas and not any(name.area in t for t in taken)]
    return [area for area in areas if index.areas[area].level == DISTRICT] or areas


def _is_old(index: PlaceIndex, unit: Unit, context: Sequence[Hit], taken: Sequence[list[int]]) -> bool:
    """Say whether an area of the context is surely one of before July 2025."""
    named = {area for areas in taken for area in areas}
    for hit, areas in zip(context, taken, strict=True):
        possible = {name.area for name in hit.areas if name.area in unit.areas and name.area not in named}
        if all(index.areas[area].old for area in [*areas, *possible]):
            return True
    return False


def _levels(index: PlaceIndex, hit: Hit) -> set[int]:
    return {index.areas[name.area].level for name in hit.areas}


def _is_province(index: PlaceIndex, hit: Hit) -> bool:
    """Say whether a name, standing alone, is a province's: its own, or a nickname that is no district's name."""
    levels = _levels(index, hit)
    return PROVINCE in levels and (
        DISTRICT not in levels or any(name.official and index.areas[name.area].level == PROVINCE for name in hit.areas)
    )


def _best(index: PlaceIndex, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings that nothing tells apart, the preferred first; empty when there are none."""
    if not readings:
        return []
    top = max(reading.rank for reading in readings)
    equal = [reading for reading in readings if reading.rank == top]
    equal.sort(key=_standing_order)
    if not top.unit_word:  # "Phường Đông Hà" written where Đông Hà is a "xã": home does not decide alone
        equal += [r for r in readings if r.rank.unit_word and r.rank[:_AT_HOME] == top[:_AT_HOME]]
    best: list[Reading] = []
    for reading in equal:
        if reading.unit.standing == EARLIER and best:
            continue
        # In one province a name of today beats the same name of before; in an old address the other way round.
        rivals = (r for r in best if r.unit.standing != reading.unit.standing)
        if not any(_new_provinces(index, rival) & _new_provinces(index, reading) for rival in rivals):
            best.append(reading)
    return best


def _standing_order(reading: Reading) -> tuple[int, int]:
    if reading.unit.standing == EARLIER:
        return 2, reading.unit.row
    return int((reading.unit.standing == TODAY) == reading.old_address), reading.unit.row


def _new_provinces(index: PlaceIndex, reading: Reading) -> set[int]:
    areas = index.areas
    return {area for area in reading.unit.areas if areas[area].level == PROVINCE and not areas[area].old}


def _is_area(index: PlaceIndex, found: Found, reading: Reading) -> bool:
    """Say whether the name is rather a province's, or a district's whose commune is written but not understood."""
    hit = reading.hit
    if hit.word is not None:
        return False
    if not reading.rank.sound or any(_is_part(hit, area) for area in found.area_hits):
        return True
    districts = {name.area for name in hit.areas if index.areas[name.area].level == DISTRICT}
    if districts and not (districts & reading.unit.areas or reading.context or reading.rank.home):
        return True  # "Krông Pa": a district of Gia Lai as well as a commune of Phú Yên
    stated = {name.area for area in reading.context for name in area.areas}
    if not districts or (stated and all(index.areas[district].within not in stated for district in districts)):
        return False  # "Tuy Phong, Lâm Đồng": the district of that name lay elsewhere, so the commune is meant
    before = (1 << hit.start) - 1
    lower = before if reading.rank.in_order else ~before
    return bool(found.left_over(reading.used) & lower)


def _is_part(hit: Hit, area: Hit) -> bool:
    """Say whether a name is but a part of an area's, like Thuận Nam in Hàm Thuận Nam, or runs into one."""
    if area.word is not None and hit.mask & area.word_mask:
        return True
    return hit.mask != area.mask and hit.mask & area.mask == hit.mask


def _is_foreign(found: Found, reading: Reading) -> bool:
    """Say whether the name is but some words of a text about something else."""
    hit = reading.hit
    if hit.word is not None or reading.context:
        return False
    left = found.left_over(reading.used)
    if hit.stop - hit.start == 1:
        return left != 0
    length = hit.stop - hit.start
    return (left & found.segment(hit)).bit_count() > length or left.bit_count() > 3 * length


def _is_contradicted(found: Found, reading: Reading) -> bool:
    """Say whether the text puts the commune into a district or province that it does not lie in."""
    return any(
        not area.mask & reading.used
        and (area.word is not None or (area.start >= reading.hit.stop and found.is_whole(area, reading.used)))
        for area in found.area_hits
    )


def _read_area(index: PlaceIndex, found: Found, home: Homes, readings: Sequence[Reading]) -> PlaceReading:
    """Read a text whose commune is misspelt, unknown or missing."""
    areas, used = _stated_areas(index, found, home)
    runs = unexplained(found, used)
    if areas or len(runs) == 1:
        repaired = _repaired(index, found, used, areas or sorted(home[0]) or sorted(home[1]))
        if repaired is not None:
            return repaired
    if found.left_over(used).bit_count() > used.bit_count():
        return _UNKNOWN  # a text about something else
    rows = set().union(*(index.rows_of_area[area] for area in areas))
    if len(rows) == 1 and not runs:  # all of the district became one commune
        return PlaceReading(rows.pop(), index.areas[areas[0]].label, ())
    named = [unit for hit in found.hits for name in hit.areas for unit in index.named(name) if unit.row in rows]
    own_name = [r for r in readings if r.hit.areas and r.unit.standing != EARLIER and (not runs or r.unit.row in rows)]
    listed = [*_candidates((), own_name)]
    listed += [(unit.row, None) for unit in named if unit.standing == TODAY]
    return PlaceReading(None, None, _unique([*listed, *((row, None) for row in sorted(rows))]))


def _stated_areas(index: PlaceIndex, found: Found, home: Homes) -> tuple[list[int], int]:
    """Return the smallest areas that the text states, and the mask of the tokens that state them."""
    whole = [hit for hit in found.area_hits if hit.word is not None or found.is_whole(hit)]
    used = 0
    levels: dict[int, set[int]] = {DISTRICT: set(), PROVINCE: set()}
    for hit in whole or found.area_hits:
        if not hit.mask & used:
            used |= hit.mask | hit.word_mask
            for name in hit.areas:
                levels[index.areas[name.area].level].add(name.area)
    provinces, districts = sorted(levels[PROVINCE]), sorted(levels[DISTRICT])
    for around in (provinces, sorted(home[0])):
        rows = set().union(*(index.rows_of_area[area] for area in around))
        districts = [area for area in districts if index.rows_of_area[area] & rows] or districts
    return districts or provinces, used


def _decided(unit: Unit) -> PlaceReading:
    return PlaceReading(unit.row, unit.label, tuple((row, unit.label) for row in unit.others[:MAX_CANDIDATES]))


def _candidates(best: Sequence[Reading], readings: Iterable[Reading]) -> Candidates:
    most = max((reading.rank.tokens for reading in readings), default=0)
    rest = [reading for reading in readings if reading.rank.tokens == most]
    rest.sort(key=lambda r: (*(-x for x in r.rank), -r.unit.standing, r.unit.row))
    return _unique((reading.unit.row, reading.unit.label) for reading in [*best, *rest])


def _unique(found: Iterable[tuple[int, str | None]]) -> Candidates:
    kept: dict[int, str | None] = {}
    for row, label in found:
        kept.setdefault(row, label)
        if len(kept) == MAX_CANDIDATES:
            break
    return tuple(kept.items())
