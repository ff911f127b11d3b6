"""Phrases that people put together: what is done, and what it is done to ("nuôi" + "dúi", "sửa" + "máy phát cỏ").

`things.csv` names things by class, each with the unit group of who works with it; `compositions.csv` says what
stands before and after a thing of a class, and for whom that is the work. An alias written by hand always wins.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from itertools import product
from pathlib import Path
from sys import intern

from matching.errors import TaxonomyError
from matching.taxonomy.aliases import Alias
from matching.taxonomy.tables import read_table

ALTERNATIVES = "/"
"""Between the phrases of a cell of which any may stand there; an empty one means that nothing need stand there."""


def compose_aliases(folder: Path, codes: Container[str], written: Container[str]) -> tuple[Alias, ...]:
    """Return every phrase that the two tables of *folder* put together and that is not among *written* phrases.

    Raises
    ------
    TaxonomyError
        A row names a code or class that does not exist, or one phrase would have two codes.
    """
    things = _things(folder / "things.csv", codes)
    composed: dict[str, Alias] = {}
    for where, phrase, code in _phrases(folder / "compositions.csv", codes, things):
        if phrase in written:
            continue
        alias = composed.setdefault(phrase, Alias(phrase=phrase, code=code, region="all", source="speech"))
        if alias.code != code:
            raise TaxonomyError(f"{where}: [{phrase}] would be {code} and is {alias.code} by a row above")
    return tuple(composed.values())


def _things(path: Path, codes: Container[str]) -> dict[str, list[tuple[str, str]]]:
    """Return the (thing, code) pairs of each class."""
    things: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line, (kind, thing, code) in read_table(path, ("class", "thing", "code")):
        _check(code, codes, f"{path.name}, line {line}")
        things[kind].append((thing, intern(code)))
    return dict(things)


def _phrases(
    path: Path, codes: Container[str], things: dict[str, list[tuple[str, str]]]
) -> Iterator[tuple[str, str, str]]:
    """Yield where a phrase comes from, the phrase and its code."""
    for line, (kind, before, after, code) in read_table(path, ("class", "before", "after", "code")):
        where = f"{path.name}, line {line}"
        if kind not in things:
            raise TaxonomyError(f"{where}, column class: [{kind}] has no things")
        if code:
            _check(code, codes, where)
        ends = product(before.split(ALTERNATIVES), after.split(ALTERNATIVES))
        for (first, last), (thing, own) in product(ends, things[kind]):
            yield where, f"{first} {thing} {last}".strip(), code or own


def _check(code: str, codes: Container[str], where: str) -> None:
    if code not in codes:
        raise TaxonomyError(f"{where}, column code: [{code}] is not defined")
