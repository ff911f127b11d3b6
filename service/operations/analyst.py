"""What an analyst sees and decides: the releases of the ranking model, and which of them serves."""

from dataclasses import dataclass
from datetime import date

from matching.errors import ModelError
from matching.registry import promote, releases
from matching.registry.serving import Entry
from service import audit
from service.errors import ConflictError, NotFoundError
from service.operations.house import House
from service.storage.store import Store


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


def promote_release(store: Store, house: House, name: str) -> Entry:
    """Let a release serve, as `viecgan promote` does: every running service takes it up with its next query.

    The store of models has no transaction with the database: the decision is put on record first, and is taken back
    with it when the release is refused. A stop in between leaves the store's own history, which names who decided.

    Raises
    ------
    NotFoundError
        The store has no release of that name.
    ConflictError
        The release is not sound, did not pass a gate, or another learnt one serves and was not compared with it: that
        takes the events of both, on the command line. What served goes on serving.
    """
    models, taxonomy = house.matcher.model.models, house.taxonomy.release
    if name not in {its.name for its in releases(models, taxonomy_release=taxonomy)}:
        raise NotFoundError
    audit.record(store, "promote_release", at=house.now(), release=name)
    try:
        return promote(models, name, at=house.now(), by=store.actor.user, taxonomy_release=taxonomy)
    except ModelError as error:
        raise ConflictError(str(error)) from error
