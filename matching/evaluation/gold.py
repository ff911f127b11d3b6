"""Lines of gold files: records of the contract with an annotator's keys beside them."""

import json
from dataclasses import dataclass
from typing import Any

from matching.domain.offer import Opening
from matching.domain.survey import Survey
from matching.errors import DataError
from matching.jsonl import decode_posting, decode_survey, parse_object

_BESIDE = ("gold", "style", "licences_also_ok", "law_flags", "law_flags_also_ok", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSurvey:
    """A survey, what an annotator read in it, and how it is written."""

    survey: Survey
    gold: dict[str, Any]
    style: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPosting:
    """An opening and what an annotator read in its title and text."""

    opening: Opening
    gold: dict[str, Any]
    licences_also_ok: tuple[str, ...] = ()
    """Licences whose reading counts neither for nor against."""
    law_flags: tuple[str, ...] | None = None
    """What breaks the law, by the annotator's names; None when the annotator did not look for it."""
    law_flags_also_ok: tuple[str, ...] = ()
    """Flags that count neither for nor against."""


def decode_gold_survey(line: str | bytes) -> GoldSurvey:
    """Read one survey with `gold` and `style`; raises DataError that names the key."""
    rest, beside = _split(line)
    style = beside.get("style") or ()
    return GoldSurvey(survey=decode_survey(rest), gold=_gold(beside), style=tuple(str(name) for name in style))


def decode_gold_posting(line: str | bytes) -> GoldPosting:
    """Read one opening with `gold`; other keys of the annotator stand there or beside it.

    Raises DataError that names the key.
    """
    rest, beside = _split(line)
    gold = _gold(beside)
    told = gold | beside
    return GoldPosting(
        opening=decode_posting(rest),
        gold=gold,
        licences_also_ok=_names(told.get("licences_also_ok"), "code"),
        law_flags=None if told.get("law_flags") is None else _names(told["law_flags"], "rule"),
        law_flags_also_ok=_names(told.get("law_flags_also_ok"), "rule"),
    )


def _names(items: Any, key: str) -> tuple[str, ...]:
    """Return the names of a list of names, or of records that hold them under a key beside their evidence."""
    return tuple(str(item[key] if isinstance(item, dict) else item) for item in items or ())


def decode_survey_of_gold(line: str | bytes) -> Survey:
    """Read one survey, whether or not an annotator's keys stand beside it; raises DataError that names the key."""
    return decode_survey(_split(line)[0])


def _split(line: str | bytes) -> tuple[str, dict[str, Any]]:
    record = parse_object(line)
    beside = {key: record.pop(key) for key in _BESIDE if key in record}
    return json.dumps(record, ensure_ascii=False), beside


def _gold(beside: dict[str, Any]) -> dict[str, Any]:
    gold = beside.get("gold")
    if not isinstance(gold, dict):
        raise DataError("gold: missing; a line of a gold file has what was read by hand under this key")
    return gold
