"""Statements that every answer waits for: put together once, then handed to the driver as they are.

SQLAlchemy looks a statement up, binds its values and wraps its rows at each use. All of that is long gone from a
processor's caches when the next question wakes it, and then costs more than what the database does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Value = str | int
"""What goes in and comes out: texts and whole numbers are the same in every database and every driver."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A statement as one kind of database takes it."""

    text: str
    own: Mapping[str, Any]
    """Values that the statement itself holds, such as the communes of an actor."""
    order: Sequence[str] | None
    """Names of the values in their order; None where the driver takes them by name."""

    def values(self, given: Mapping[str, Value]) -> Any:
        its = {**self.own, **given}
        return its if self.order is None else [its[name] for name in self.order]


class Kept:
    """One statement, declared with SQLAlchemy like any other and run within its transactions.

    Parameters
    ----------
    statement : ClauseElement
        Its columns and parameters are texts and whole numbers.
    """

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._forms: dict[str, _Form] = {}

    def all(self, connection: Connection, **values: Value) -> list[SimpleNamespace]:
        """Return the rows, which have their columns as attributes.

        Raises
        ------
        DBAPIError
            What SQLAlchemy would raise, without the values.
        """
        cursor = self._executed(connection, values)
        try:
            names = [column[0] for column in cursor.description]
            return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def first(self, connection: Connection, **values: Value) -> SimpleNamespace | None:
        """Return the first row; None when there is none."""
        rows = self.all(connection, **values)
        return rows[0] if rows else None

    def run(self, connection: Connection, **values: Value) -> None:
        """Do what returns no rows."""
        self._executed(connection, values).close()

    def _executed(self, connection: Connection, values: Mapping[str, Value]) -> Any:
        form = self._forms.get(connection.dialect.name) or self._put_together(connection)
        cursor = connection.connection.cursor()
        driver = connection.dialect.loaded_dbapi
        try:
            cursor.execute(form.text, form.values(values))
        except driver.Error as error:
            cursor.close()
            raise DBAPIError.instance(form.text, None, error, driver.Error) from error
        return cursor

    def _put_together(self, connection: Connection) -> _Form:
        compiled = self._statement.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
        assert isinstance(compiled, SQLCompiler)
        form = _Form(text=str(compiled), own=compiled.params, order=compiled.positiontup)
        self._forms[connection.dialect.name] = form
        return form
