"""Whether queries are answered, and what is degraded."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from matching.ranking.prior import BASELINE
from service.operations.house import House
from service.storage.schema import versions


def degraded(house: House) -> tuple[bool, tuple[str, ...]]:
    """Return (whether queries are answered, what is degraded in words for the operator)."""
    try:
        with house.database.reading() as connection:
            connection.execute(select(versions)).all()
    except SQLAlchemyError as error:
        return False, (f"database: {type(error).__name__}",)
    faults = [f"model: {reason}" for reason in house.matcher.model.refused]
    if house.matcher.model.name == BASELINE:
        faults.append("model: the stated prior serves, no trained release is promoted")
    return True, tuple(faults)
