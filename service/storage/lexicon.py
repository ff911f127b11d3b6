"""Verdicts on phrases that no alias read: versions only grow, taking one back is itself a version."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select, update

from matching.taxonomy.aliases import Alias
from service.errors import NotFoundError
from service.storage.rows import instant
from service.storage.schema import lexicon
from service.storage.versions import bump

CHANGES = "lexicon"
"""The counter that goes up with every verdict."""


class Verdict(StrEnum):
    """What became of a phrase."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    """It names no trade, or none that is worth an alias; it is not suggested again."""
    UNDONE = "undone"
    """An earlier verdict on the phrase was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """One version of the lexicon."""

    version: int
    at: str
    by: str
    verdict: Verdict
    phrase: str
    """As it is kept: NFC, lower case."""
    code: str | None
    """Unit group; None when the phrase was rejected."""
    region: str | None
    undone_in: int | None
    """The version that took this one back; its own number for an undoing, which cannot be undone."""

    @property
    def alias(self) -> Alias | None:
        """The phrase as an alias; None when it was not accepted."""
        if self.verdict is not Verdict.ACCEPTED or self.code is None or self.region is None:
            return None
        return Alias(phrase=self.phrase, code=self.code, region=self.region, source="speech")


class LexiconTable:
    """The verdicts; they are about words, so every actor's texts are read with all of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def history(self) -> list[VerdictRow]:
        """Return every version, oldest first."""
        rows = self._connection.execute(select(lexicon).order_by(lexicon.c.version))
        return [VerdictRow(**(row._asdict() | {"verdict": Verdict(row.verdict)})) for row in rows]

    def standing(self) -> list[VerdictRow]:
        """Return the verdicts that were not taken back, oldest first."""
        return [row for row in self.history() if row.undone_in is None]

    def accepted(self) -> list[Alias]:
        """Return the phrases that stand accepted."""
        return [row.alias for row in self.standing() if row.alias is not None]

    def accept(self, alias: Alias, *, by: str, at: datetime) -> int:
        """Keep a phrase as an alias; return the version."""
        return self._add(Verdict.ACCEPTED, alias.phrase, alias.code, alias.region, by=by, at=at)

    def reject(self, phrase: str, *, by: str, at: datetime) -> int:
        """Keep that a phrase is not to be suggested again; return the version."""
        return self._add(Verdict.REJECTED, phrase, None, None, by=by, at=at)

    def undo(self, version: int, *, by: str, at: datetime) -> int:
        """Take a verdict back; return the version that does.

        Raises
        ------
        NotFoundError
            There is no such version, or it was taken back before.
        """
        found = next((row for row in self.standing() if row.version == version), None)
        if found is None:
            raise NotFoundError
        undoing = self._add(Verdict.UNDONE, found.phrase, found.code, found.region, by=by, at=at)
        ended = (version, undoing)
        self._connection.execute(update(lexicon).where(lexicon.c.version.in_(ended)).values(undone_in=undoing))
        return undoing

    def _add(
        self, verdict: Verdict, phrase: str, code: str | None, region: str | None, *, by: str, at: datetime
    ) -> int:
        last = self._connection.execute(select(func.max(lexicon.c.version))).scalar_one()
        row = {"version": (last or 0) + 1, "at": instant(at), "by": by, "verdict": verdict.value}
        self._connection.execute(insert(lexicon).values(**row, phrase=phrase, code=code, region=region))
        bump(self._connection, CHANGES)
        return int(row["version"])
