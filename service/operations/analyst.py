"""What an analyst sees: the releases of the ranking model."""

from dataclasses import dataclass
from datetime import date

from matching.registry import releases
from service.operations.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One release of the model."""

    name: str
    serving: bool
    created_on: date | None
    """None when the release is refused."""
    failed_gates: tuple[str, ...]
    """What it did not show when it was trained, as sentences."""
    refused: str | None
    """Why it may not serve; None when it may."""


def list_releases(house: House) -> tuple[ReleaseRow, ...]:
    """Return every release of the store, verified, the stated prior first; and say which one serves."""
    serving = house.matcher.model.name
    return tuple(
        ReleaseRow(
            name=its.name,
            serving=its.name == serving,
            created_on=its.release.manifest.created_on if its.release else None,
            failed_gates=its.release.manifest.failed_gates if its.release else (),
            refused=its.refused,
        )
        for its in releases(house.matcher.model.models, taxonomy_release=house.taxonomy.release)
    )
