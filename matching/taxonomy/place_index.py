"""All units of the country, old and new, under the names that they are looked up by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from matching.errors import UnknownCodeError
from matching.taxonomy.place_words import PROVINCE, cut, normal, unit_word_at
from matching.text.fold import fold

TODAY, BEFORE, EARLIER = 2, 1, 0
"""Standing of a name: in force; of before July 2025; of a commune that had been merged away even before that."""

_KINDS = {
    "Xã": "xa",
    "Phường": "phuong",
    "Thị trấn": "thi tran",
    "Đặc khu": "dac khu",
    "Huyện": "huyen",
    "Quận": "quan",
    "Thị xã": "thi xa",
    "Thành phố": "thanh pho",
    "Tỉnh": "tinh",
}


class Unit(NamedTuple):
    """One name of a commune, of today or of before."""

    name: str
    """Without the unit word."""
    kind: str
    """The unit word, folded; "" when it is not known."""
    row: int
    """The commune of today that it is, or mainly went to."""
    others: tuple[int, ...]
    """The other communes of today that took a part of it."""
    standing: int
    label: str | None
    """The full name of the old unit; None for a commune of today."""
    areas: frozenset[int]
    """The provinces and districts, old and new, that it may be said to lie in."""


class Area(NamedTuple):
    """A province, old or new, or a district (all of them are old)."""

    label: str
    level: int
    old: bool
    within: int | None
    """The old province of a district; None for a province."""


class AreaName(NamedTuple):
    """One name of an area: its own, or a nickname."""

    name: str
    kind: str
    area: int
    official: bool


class PlaceIndex:
    """Units and areas by key; filled once by the loader, then only read."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.areas: list[Area] = []
        self.rows_of_area: defaultdict[int, set[int]] = defaultdict(set)
        self.unit_keys: dict[str, list[Unit]] = {}
        self.area_keys: dict[str, list[AreaName]] = {}
        self._scopes: dict[int, dict[str, list[Unit]]] = {}
        self._homes: dict[str, tuple[frozenset[int], frozenset[int]]] = {}

    def add_area(self, full_name: str, *, level: int, old: bool, within: int | None = None) -> int:
        """Add an area under its own name; return its number."""
        area = len(self.areas)
        label = full_name if within is None else f"{full_name}, {self.areas[within].label}"
        self.areas.append(Area(label, level, old, within))
        self.name_area(area, full_name, official=True)
        return area

    def name_area(self, area: int, full_name: str, *, official: bool) -> None:
        """Let *full_name* (with or without its unit word) stand for *area*."""
        kind, name = split_name(full_name)
        self.area_keys.setdefault(key_of(name), []).append(AreaName(name, kind, area, official))

    def add_units(self, units: Sequence[Unit], *, keys: Sequence[str] | None = None) -> None:
        """Add units under their names, or under *keys* where given."""
        self.units += units
        for unit, key in zip(units, keys_of(unit.name for unit in units) if keys is None else keys, strict=True):
            self.unit_keys.setdefault(key, []).append(unit)

    def named(self, name: AreaName) -> list[Unit]:
        """Return the communes that have an area's name."""
        return self.unit_keys.get(key_of(name.name), [])

    def scope(self, area: int) -> dict[str, list[Unit]]:
        """Return the named units of one area by key (made when first asked for)."""
        if area not in self._scopes:
            inside: dict[str, list[Unit]] = {}
            for key, units in self.unit_keys.items():
                found = [unit for unit in units if unit.standing != EARLIER and area in unit.areas]
                if found:
                    inside[key] = found
            self._scopes[area] = inside
        return self._scopes[area]

    def home(self, province: str | None) -> tuple[frozenset[int], frozenset[int]]:
        """Return the areas that *province* names, and the new provinces that these lie in; empty for None.

        Raises
        ------
        UnknownCodeError
            No province, old or new, has this name.
        """
        if province is None:
            return frozenset(), frozenset()
        if province not in self._homes:
            own = frozenset(self._provinces_named(province))
            if not own:
                raise UnknownCodeError(
                    f"home province [{province}] is not a province, old or new: write one like Lâm Đồng"
                )
            rows = set().union(*(self.rows_of_area[area] for area in own))
            new = (i for i, area in enumerate(self.areas) if area.level == PROVINCE and not area.old)
            self._homes[province] = own, frozenset(i for i in new if self.rows_of_area[i] & rows)
        return self._homes[province]

    def _provinces_named(self, text: str) -> Iterator[int]:
        tokens = cut(text)
        word = unit_word_at(tokens, 0) if tokens else None
        for start in {0, word[0] if word else 0}:
            for name in self.area_keys.get("".join(tokens.keys[start:]), ()):
                if self.areas[name.area].level == PROVINCE:
                    yield name.area


def split_name(full_name: str) -> tuple[str, str]:
    """Return the kind of unit, folded ("" when none is written), and the name without its unit word.

    >>> split_name("Thị trấn Phan Rí Cửa"), split_name("Sài Gòn")
    (('thi tran', 'Phan Rí Cửa'), ('', 'Sài Gòn'))
    """
    first, _, rest = full_name.partition(" ")
    if rest and first in _KINDS:
        return _KINDS[first], rest
    second, _, name = rest.partition(" ")
    two_words = f"{first} {second}"
    if name and two_words in _KINDS:
        return _KINDS[two_words], name
    return "", full_name


def keys_of(names: Iterable[str]) -> list[str]:
    """Return the key of each name: folded letters and digits, nothing between them.

    >>> keys_of(["Phan Rí Cửa", "Ea H'leo", "Phan Rang - Tháp Chàm"])
    ['phanricua', 'eahleo', 'phanrangthapcham']
    """
    folded = fold("\n".join(names)).replace("'", "").replace("’", "").replace("-", " ")
    return [line.replace(" ", "") for line in normal(folded).split("\n")]


def key_of(name: str) -> str:
    """Return the key of one name."""
    return keys_of([name])[0]
