"""Repairs a misspelt commune within the district or province that is stated, or the writer's own province."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matching.taxonomy.place_hits import Found
from matching.taxonomy.place_index import BEFORE, TODAY, PlaceIndex, Unit
from matching.taxonomy.place_words import COMMUNE, DISTRICT, name_agreement, unit_word_at
from matching.text.fold import agreement

_SHORTEST = 6
"""Fewest letters of a name in which one wrong letter is not another name."""


class Run(NamedTuple):
    """Tokens side by side that nothing explains."""

    typed: tuple[str, ...]
    keys: tuple[str, ...]
    marked: bool
    """Whether a commune's unit word stands before it."""


def unexplained(found: Found, used: int) -> list[Run]:
    """Return the runs of tokens that nothing explains; only those after a commune's unit word when there are such."""
    tokens, left = found.tokens, found.left_over(used)
    ends = {}
    for start in range(found.size):
        word = unit_word_at(tokens, start)
        if word is not None and word[1].level == COMMUNE:
            ends[word[0]] = True
    runs: list[Run] = []
    start = 0
    for stop in range(1, found.size + 1):
        inside = left >> (stop - 1) & 1
        if not inside:
            start = stop
        elif stop == found.size or not left >> stop & 1 or tokens.segments[stop] != tokens.segments[stop - 1]:
            runs.append(Run(tokens.typed[start:stop], tokens.keys[start:stop], start in ends))
            start = stop
    return [run for run in runs if run.marked] or runs


def repair(index: PlaceIndex, runs: Iterable[Run], areas: Sequence[int]) -> list[Unit]:
    """Return the units in *areas* that one of the runs is a slip of the pen for.

    A slip is one letter wrong, missing, added or swapped in a name of at least six, or one syllable with a wrong
    accent. Units of more than one commune: the slip cannot be told.
    """
    names: dict[str, list[Unit]] = {}
    for area in areas:
        for key, units in index.scope(area).items():
            names.setdefault(key, []).extend(units)
    found = [unit for run in runs for unit in _near(index, run, names)]
    wanted = BEFORE if any(index.areas[area].level == DISTRICT for area in areas) else TODAY
    return [unit for unit in found if unit.standing == wanted] or found


def _near(index: PlaceIndex, run: Run, names: dict[str, list[Unit]]) -> list[Unit]:
    key = "".join(run.keys)
    if len(key) < _SHORTEST:
        return []
    if any(name_agreement(run.typed, unit.name) for unit in index.unit_keys.get(key, ())):
        return []  # it is a name, only not of this district: not a slip of the pen
    near = process.extract(key, names.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
    likely = {
        name: [unit for unit in names[name] if _one_slip(run, unit)]
        for name, _, _ in near
        if _digits(name) == _digits(key)
    }
    exact = likely.get(key)
    return exact or [unit for units in likely.values() for unit in units]


def _digits(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _one_slip(run: Run, unit: Unit) -> bool:
    """Say whether all syllables but one agree with the unit's name (when they are cut in the same way)."""
    meant = unit.name.replace("-", " ").split()
    return len(meant) != len(run.typed) or sum(_differ(run.typed, meant)) <= 1


def _differ(typed: Iterable[str], meant: Iterable[str]) -> Iterator[bool]:
    for left, right in zip(typed, meant, strict=True):
        yield not agreement(left, right)
