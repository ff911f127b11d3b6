"""Bodies and answers that are not records of the data contract."""

from typing import Any

import msgspec


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signs in."""

    user: str
    password: str


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A session; the token is shown this once."""

    token: str
    role: str
    communes: tuple[str, ...]
    expires_at: str


class TextToRead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text to read and forget."""

    text: str


class Commune(msgspec.Struct, frozen=True, kw_only=True):
    """A commune by code and name."""

    code: str
    name: str


class PersonInList(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the officer's list."""

    person_id: str
    commune: Commune
    surveyed_on: str
    employment_status: str
    occupations: tuple[str, ...]
    """Codes of the trades the person has worked in."""
    needs: tuple[str, ...]
    questions: int
    """Readings that wait for the officer's answer."""
    agreed_to_be_shown: bool


class PersonInFull(msgspec.Struct, frozen=True, kw_only=True):
    """One person, for their own officer."""

    person_id: str
    commune: Commune
    recorded_at: str
    recorded_by: str
    corrections: int
    """Versions of corrections so far; 0 none."""
    taxonomy: str
    survey: dict[str, Any]


class SurveyRecorded(msgspec.Struct, frozen=True, kw_only=True):
    """A survey was recorded and read."""

    person_id: str
    saved: str
    """`saved` new, `changed` a newer survey of a known person, `duplicate` the very same was there."""
    profile: dict[str, Any]


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """The profile with the correction applied."""

    version: int
    profile: dict[str, Any]


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the service can answer, and what is degraded."""

    ready: bool
    degraded: tuple[str, ...]
    model: str
    taxonomy: str
