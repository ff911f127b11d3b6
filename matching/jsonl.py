"""The contract's files in and out: one JSON object a line, every bad line reported by file, line and key."""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_type_hints

import msgspec

from matching.domain.match import Exclusion, Match, Recommendation, Verdict
from matching.domain.offer import Loan, Offer, Opening, Programme
from matching.domain.outcome import Judgement
from matching.domain.survey import Survey
from matching.domain.vocabulary import OfferKind
from matching.errors import DataError, RecordsError

T = TypeVar("T")

MAX_PROBLEMS = 50
"""Bad lines listed before reading stops."""

MAX_NESTING = 32
"""Levels of lists and objects in one line; the contract's deepest record has four."""

_INT64_DIGITS = 18

_KINDS: dict[str, Any] = {
    OfferKind.OPENING: Opening,
    OfferKind.PROGRAMME: Programme,
    OfferKind.LOAN: Loan,
}


def decode_survey(line: str | bytes) -> Survey:
    """Read one survey; raises DataError that names the key."""
    return _convert(parse_object(line), Survey)


def decode_offer(line: str | bytes) -> Offer:
    """Read one offer of any kind; raises DataError that names the key."""
    record = parse_object(line)
    kind = record.pop("kind", None)
    if kind not in _KINDS:
        raise DataError(f"kind: [{kind}] is not one of {sorted(_KINDS)}")
    offer: Offer = _convert(record, _KINDS[kind])
    return offer


def decode_posting(line: str | bytes) -> Opening:
    """Read one opening of which only `offer_id`, `title` and `text` need to be given."""
    record = parse_object(line)
    if record.pop("kind", OfferKind.OPENING) != OfferKind.OPENING:
        raise DataError("kind: only openings are read as postings")
    return _convert(record, Opening)


def decode_judgement(line: str | bytes) -> Judgement:
    """Read one judged pair; raises DataError that names the key."""
    return _convert(parse_object(line), Judgement)


def parse_object(line: str | bytes) -> dict[str, Any]:
    """Parse one JSON object strictly.

    Raises
    ------
    DataError
        Not UTF-8, not JSON, not an object, a repeated key, NaN, an integer beyond 64 bits, a lone surrogate,
        a NUL, or more than `MAX_NESTING` levels.
    """
    try:
        text = line.decode("utf-8") if isinstance(line, bytes) else line
        record = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_int64)
    except UnicodeDecodeError as error:
        raise DataError(f"byte {error.start} is not UTF-8; save the file as UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise DataError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise DataError(f"expected a JSON object, got {type(record).__name__}")
    _check_values(record, "$", MAX_NESTING)
    return record


def read_lines(lines: Iterable[str | bytes], decode: Callable[[str | bytes], T], *, source: str) -> list[T]:
    """Decode every line that is not blank, and report all bad ones together.

    Raises
    ------
    RecordsError
        One message for each bad line ("FILE, line N: key: what"), 50 at most.
    """
    records: list[T] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(decode(line))
        except DataError as error:
            problems.append(f"{source}, line {number}: {error}")
            if len(problems) == MAX_PROBLEMS:
                problems.append(f"{source}: more bad lines may follow; the first {MAX_PROBLEMS} are listed")
                break
    if problems:
        raise RecordsError(problems)
    return records


def read_unique(lines: Iterable[str | bytes], decode: Callable[[str | bytes], T], *, source: str, key: str) -> list[T]:
    """Like `read_lines`, and refuse two records with the same *key*."""
    records = read_lines(lines, decode, source=source)
    seen: set[str] = set()
    problems = []
    for record in records:
        value = getattr(record, key)
        if value in seen:
            problems.append(f"{source}: {key} [{value}] stands twice; give each record its own")
        seen.add(value)
    if problems:
        raise RecordsError(problems[:MAX_PROBLEMS])
    return records


def plain(value: object) -> Any:
    """Return a domain record as JSON-ready values, in the contract's shape and order of keys.

    >>> from matching.domain.vocabulary import NeedCode
    >>> from matching.domain.profile import NeedMention
    >>> plain(NeedMention(code=NeedCode.JOB, evidence=(0, 8)))
    {'code': 'job', 'evidence': [0, 8]}
    """
    special = _SPECIAL.get(type(value))
    if special is not None:
        return special(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _field_names(type(value))}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def dump(value: object) -> bytes:
    """Return one record as a line of the contract's JSON, without the newline."""
    return msgspec.json.encode(plain(value))


def write_lines(records: Iterable[object]) -> bytes:
    """Return records as JSONL."""
    return b"".join(dump(record) + b"\n" for record in records)


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def _verdict(verdict: Verdict) -> dict[str, Any]:
    names = ("rule", "wanted", "offered", "fixable", "fix", "text_vi", "text_en", "source")
    return {name: plain(getattr(verdict, name)) for name in names}


def _match(match: Match) -> dict[str, Any]:
    names = ("rank", "offer_id", "kind", "score", "reasons", "blockers")
    return {name: plain(getattr(match, name)) for name in names}


def _exclusion(exclusion: Exclusion) -> dict[str, Any]:
    return {"offer_id": exclusion.offer_id, "verdicts": plain(exclusion.verdicts)}


def _offer(offer: Offer) -> dict[str, Any]:
    names = _field_names(type(offer))  # type: ignore[arg-type]
    return {"offer_id": offer.offer_id, "kind": offer.kind.value} | {n: plain(getattr(offer, n)) for n in names}


_SPECIAL: dict[type, Callable[[Any], Any]] = {
    Verdict: _verdict,
    Match: _match,
    Exclusion: _exclusion,
    Opening: _offer,
    Programme: _offer,
    Loan: _offer,
}
"""Records whose JSON is not simply their fields."""


def dump_recommendation(found: Recommendation, *, per: Literal["person", "offer"] = "person") -> bytes:
    """Return an answer in the contract's JSON, encoded in one pass; per offer the roles are turned."""
    subject, other = ("person_id", "offer_id") if per == "person" else ("offer_id", "person_id")
    answer: dict[str, Any] = {subject: found.subject_id, "as_of": found.as_of, "model": found.model}
    answer["matches"] = [
        {
            "rank": match.rank,
            other: getattr(match, other),
            "kind": match.kind,
            "score": match.score,
            "reasons": match.reasons,
            "blockers": match.blockers,
        }
        for match in found.matches
    ]
    answer["not_shown"] = found.not_shown
    answer["excluded"] = [{other: getattr(e, other), "verdicts": plain(e.verdicts)} for e in found.excluded]
    if found.excluded_count != len(found.excluded):
        answer["excluded_count"] = found.excluded_count
    answer |= {"not_near": found.not_near, "not_judged": found.not_judged}
    if per == "person":
        answer |= {"unlocks": found.unlocks, "missing": found.missing}
        if found.unlocks_not_listed:
            answer["unlocks_not_listed"] = found.unlocks_not_listed
    for beside in (found.ways, found.almost):
        if beside is not None:
            answer |= {one.name: getattr(beside, one.name) for one in fields(beside)}
    return _ENCODER.encode(answer)


_ENCODER = msgspec.json.Encoder()


def _convert(record: dict[str, Any], kind: type[T]) -> T:
    """Build a domain record: unknown keys are refused, null means the same as absent."""
    _check_keys(record, kind, "")
    try:
        return msgspec.convert(_without_nulls(record), kind)
    except msgspec.ValidationError as error:
        raise DataError(str(error).replace("`$.", "`").replace("`$`", "the record")) from error


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _check_keys(record: Any, kind: Any, path: str) -> None:
    """Refuse keys that the record, or a record inside it, does not define."""
    known = _record_fields(kind)
    for key, value in record.items():
        if key not in known:
            raise DataError(f"{path}{key}: unknown key; the known ones are {sorted(known)}")
        inner = known[key]
        for i, item in enumerate(value if isinstance(value, list) else [value]):
            if inner is not None and isinstance(item, dict):
                where = f"{path}{key}[{i}]." if isinstance(value, list) else f"{path}{key}."
                _check_keys(item, inner, where)


@cache
def _record_fields(kind: type) -> dict[str, type | None]:
    """Return the fields of a record, each with the record type inside it (None when it holds none)."""
    hints = get_type_hints(kind)
    return {f.name: _inner(hints[f.name]) for f in fields(kind)}


def _inner(hint: Any) -> type | None:
    if is_dataclass(hint) and isinstance(hint, type):
        return hint
    return next((found for arg in get_args(hint) if (found := _inner(arg)) is not None), None)


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        keys = [key for key, _ in pairs]
        raise DataError(f"{next(k for k in keys if keys.count(k) > 1)}: the key stands twice")
    return record


def _no_constant(name: str) -> None:
    raise DataError(f"[{name}] is not a JSON number")


def _int64(digits: str) -> int:
    if len(digits) > _INT64_DIGITS:
        raise DataError(f"[{digits[:_INT64_DIGITS]}...] is too large a number")
    return int(digits)


def _check_values(value: Any, path: str, levels: int) -> None:
    """Refuse what no record of the contract holds and no store can keep."""
    if levels == 0:
        raise DataError(f"{path}: nested deeper than {MAX_NESTING} levels")
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value if not char.isascii()):
            raise DataError(f"{path}: NUL or half a surrogate pair in the text; remove the character")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise DataError(f"{path}: [{value}] is not a finite number")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_values(item, f"{path}.{key}", levels - 1)
    elif isinstance(value, list):
        for i, item in enumerate(value):
            _check_values(item, f"{path}[{i}]", levels - 1)
