"""What an analyst sees: the releases of the ranking model."""

from dataclasses import dataclass

from service.operations.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release of the model."""

    name: str
    serving: bool


def list_releases(house: House) -> tuple[Release, ...]:
    """Return the releases in order of names, and which one serves."""
    return (Release(name=house.matcher.recommender.model.name, serving=True),)
