"""Phrases that people or postings use for an occupation or a skill."""

from collections.abc import Iterable
from pathlib import Path
from sys import intern

from msgspec import Struct

from matching.errors import TaxonomyError
from matching.taxonomy.tables import read_table

REGIONS = frozenset({"all", "south", "centre", "north", "highlands"})
SOURCES = frozenset({"speech", "posting", "official", "misspelling", "shorthand"})


class Alias(Struct, frozen=True, kw_only=True, gc=False):
    """A phrase that people or postings use for an occupation or a skill."""

    phrase: str
    code: str
    region: str
    source: str


def read_aliases(path: Path, known: Iterable[str]) -> tuple[Alias, ...]:
    """Read a table of aliases and check it against the codes that it may name.

    Raises
    ------
    TaxonomyError
        An alias is empty, repeated for its code, or names a code, region or source that does not exist.
    """
    codes = frozenset(known)
    seen: set[tuple[str, str]] = set()
    aliases = []
    for line, (phrase, code, region, source) in read_table(path, ("alias", "code", "region", "source")):
        where = f"{path.name}, line {line}"
        if not phrase.strip():
            raise TaxonomyError(f"{where}: the alias is empty")
        if code not in codes:
            raise TaxonomyError(f"{where}, column code: [{code}] is not defined")
        if region not in REGIONS or source not in SOURCES:
            raise TaxonomyError(f"{where}: region [{region}] or source [{source}] is not one of the closed sets")
        if (phrase, code) in seen:
            raise TaxonomyError(f"{where}: [{phrase}] stands twice for {code}")
        seen.add((phrase, code))
        aliases.append(Alias(phrase=phrase, code=intern(code), region=intern(region), source=intern(source)))
    return tuple(aliases)
