"""Licences: names, what a higher class covers, and how people call them."""

from dataclasses import dataclass
from pathlib import Path

from matching.domain.bits import mask, members_of
from matching.domain.vocabulary import LicenceCode
from matching.errors import TaxonomyError
from matching.taxonomy.tables import read_table
from matching.taxonomy.wording import phrases_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceAlias:
    """A phrase for a licence, or for a letter class that counts only after a word like "bằng"."""

    phrase: str
    code: LicenceCode
    needs_head: bool
    """Whether the phrase is a licence only after a head word ("bằng", "gplx", "giấy phép lái xe" ...)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licences:
    """The licences of a release, in the order of `LicenceCode`."""

    names_vi: dict[LicenceCode, str]
    names_en: dict[LicenceCode, str]
    covers: dict[LicenceCode, int]
    """Mask of every licence that holding one satisfies, itself among them."""
    aliases: tuple[LicenceAlias, ...]

    def satisfied_by(self, held: int) -> int:
        """Return the mask of all that a mask of held licences satisfies."""
        total = 0
        for code in members_of(held, LicenceCode) if held else ():
            total |= self.covers[code]
        return total


def load_licences(folder: Path) -> Licences:
    """Load `licences.csv` and `licence_aliases.csv`.

    Raises
    ------
    TaxonomyError
        A code of the vocabulary is missing, repeated or not defined.
    """
    path = folder / "licences.csv"
    rows: dict[LicenceCode, tuple[str, str, frozenset[LicenceCode]]] = {}
    for line, (code, name_vi, name_en, covers, _source) in read_table(
        path, ("code", "name_vi", "name_en", "covers", "source")
    ):
        where = f"{path.name}, line {line}"
        licence = _known(code, where)
        if licence in rows:
            raise TaxonomyError(f"{where}, column code: [{code}] stands twice")
        rows[licence] = (name_vi, name_en, frozenset(_known(c, where) for c in covers.split()))
    if missing := set(LicenceCode) - set(rows):
        raise TaxonomyError(f"{path.name}: no row for {sorted(missing)}")
    direct = {code: row[2] for code, row in rows.items()}
    return Licences(
        names_vi={code: row[0] for code, row in rows.items()},
        names_en={code: row[1] for code, row in rows.items()},
        covers={code: mask(_closure(code, direct)) for code in rows},
        aliases=tuple(_aliases(folder / "licence_aliases.csv")),
    )


def _known(code: str, where: str) -> LicenceCode:
    try:
        return LicenceCode(code)
    except ValueError:
        raise TaxonomyError(f"{where}: licence [{code}] is not in the vocabulary") from None


def _closure(code: LicenceCode, direct: dict[LicenceCode, frozenset[LicenceCode]]) -> frozenset[LicenceCode]:
    found: set[LicenceCode] = set()
    waiting = [code]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(direct[current])
    return frozenset(found)


def _aliases(path: Path) -> list[LicenceAlias]:
    seen: set[str] = set()
    aliases = []
    for line, (row, code, needs_head) in read_table(path, ("alias", "code", "needs_head")):
        where = f"{path.name}, line {line}"
        for phrase in phrases_of(row):
            if phrase in seen:
                raise TaxonomyError(f"{where}, column alias: [{phrase}] stands twice")
            seen.add(phrase)
            aliases.append(LicenceAlias(phrase=phrase, code=_known(code, where), needs_head=needs_head == "1"))
    return aliases
