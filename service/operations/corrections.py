"""An officer's corrections of what was read: kept by phrase, applied again to every later reading.

A correction says what one phrase of the text means in one list of the profile ("tho may" among the occupations
is 7231), or what one of the scalar fields is. It replaces the facts of that list whose evidence touches the
phrase, wherever the person's text holds the same phrase, and touches nothing else. Versions only grow: taking
one back is itself a version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from matching.domain.profile import (
    ConstraintMention,
    LicenceMention,
    LoanWish,
    NeedMention,
    OccupationMention,
    PreferenceMention,
    Profile,
    SkillMention,
    Span,
)
from matching.domain.vocabulary import EmploymentStatus
from matching.taxonomy.release import Taxonomy
from matching.text.fold import canonical
from matching.text.syllables import Syllables, syllables
from service.errors import InvalidError

FACTS: dict[str, type[Any]] = {
    "occupations": OccupationMention,
    "skills": SkillMention,
    "licences": LicenceMention,
    "needs": NeedMention,
    "constraints": ConstraintMention,
    "preferences": PreferenceMention,
    "loan": LoanWish,
}
"""Fields that are read from a phrase, with the record of one fact."""

SCALARS: dict[str, Any] = {
    "employment_status": EmploymentStatus,
    "schooling_grade": int | None,
    "age_stated": int | None,
}
"""Fields that hold one value."""

FieldName = Literal[
    "occupations", "skills", "licences", "needs", "constraints", "preferences", "loan",
    "employment_status", "schooling_grade", "age_stated",
]  # fmt: skip


class CorrectionAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an officer sends: a correction, or the version that is to be taken back."""

    field: FieldName | None = None
    evidence: Span | None = None
    facts: list[dict[str, Any]] | None = None
    value: str | int | None = None
    undo: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction as it is kept."""

    field: str
    phrase: str | None = None
    """The words concerned, as typed; None for a scalar."""
    facts: tuple[dict[str, Any], ...] = ()
    """The facts of the phrase, without evidence; none when it says nothing of this kind."""
    value: str | int | None = None


def read_correction(asked: CorrectionAsked, text: str, taxonomy: Taxonomy) -> Correction:
    """Check what an officer sent against the survey's text and the taxonomy release.

    Raises
    ------
    InvalidError
        A span outside the text, a fact that breaks its schema, a code that the release does not define.
    """
    if asked.field is None:
        raise InvalidError("name the field that is corrected, or the version to undo", path="field")
    if asked.field in SCALARS:
        return _scalar(asked)
    if asked.evidence is None or asked.facts is None:
        raise InvalidError(f"[{asked.field}] needs evidence (a span of the text) and facts (a list)", path="evidence")
    start, end = asked.evidence
    if not 0 <= start < end <= len(text) or not len(syllables(text[start:end])):
        raise InvalidError(f"[{start}, {end}) is no phrase of the text", path="evidence")
    if asked.field == "loan" and len(asked.facts) > 1:
        raise InvalidError("a phrase asks for one loan at most", path="facts")
    for i, fact in enumerate(asked.facts):
        _fact(asked.field, fact, (start, end), path=f"facts[{i}]")
        _check_code(asked.field, fact, taxonomy, path=f"facts[{i}]")
    return Correction(field=asked.field, phrase=text[start:end], facts=tuple(asked.facts))


def apply(corrections: Sequence[Correction], profile: Profile, text: str) -> Profile:
    """Return *profile* (read from *text*) with the corrections applied in order."""
    cut = syllables(text)
    for correction in corrections:
        if correction.phrase is None:
            value = msgspec.convert(correction.value, SCALARS[correction.field])
            profile = replace(profile, **{correction.field: value})
            continue
        for span in _occurrences(correction.phrase, cut):
            profile = _corrected(profile, correction, span)
    return profile


def _corrected(profile: Profile, correction: Correction, span: Span) -> Profile:
    new = [_fact(correction.field, fact, span, path="facts") for fact in correction.facts]
    if correction.field == "loan":
        old = () if profile.loan is None else (profile.loan,)
        loans = [loan for loan in old if not _touch(loan.evidence, span)] + new
        changed = replace(profile, loan=loans[-1] if loans else None)
    else:
        kept = [fact for fact in getattr(profile, correction.field) if not _touch(fact.evidence, span)]
        facts: Any = tuple(sorted([*kept, *new], key=lambda fact: fact.evidence))
        changed = replace(profile, **{correction.field: facts})
    if correction.field != "occupations":
        return changed
    return replace(changed, questions=tuple(q for q in profile.questions if not _touch(q.evidence, span)))


def _occurrences(phrase: str, cut: Syllables) -> list[Span]:
    """Return where the same syllables stand in a text; accents must agree, case and tone-mark position need not."""
    wanted = _spelt(syllables(phrase))
    spelt = _spelt(cut)
    starts = [i for i in range(len(spelt) - len(wanted) + 1) if spelt[i : i + len(wanted)] == wanted]
    return [cut.span(i, i + len(wanted)) for i in starts]


def _spelt(cut: Syllables) -> list[str]:
    return [canonical(cut.typed(i)) for i in range(len(cut))]


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _fact(field: str, fact: dict[str, Any], span: Span, *, path: str) -> Any:
    kind = FACTS[field]
    unknown = set(fact) - set(kind.__dataclass_fields__) | set(fact) & {"evidence", "confidence"}
    if unknown:
        raise InvalidError(f"{sorted(unknown)} cannot stand in a fact of {field}", path=path)
    try:
        return msgspec.convert(fact | {"evidence": list(span)}, kind)
    except msgspec.ValidationError as error:
        raise InvalidError(str(error).replace("`$.", f"`{path}."), path=path) from error


def _check_code(field: str, fact: dict[str, Any], taxonomy: Taxonomy, *, path: str) -> None:
    known = {"occupations": taxonomy.occupations.row, "skills": taxonomy.skills.row}.get(field)
    if known is not None and fact["code"] not in known:
        raise InvalidError(f"[{fact['code']}] is not defined in release {taxonomy.release}", path=f"{path}.code")
    purpose = fact.get("purpose") if field == "loan" else None
    if purpose is not None and purpose not in taxonomy.occupations.row:
        raise InvalidError(f"[{purpose}] is not defined in release {taxonomy.release}", path=f"{path}.purpose")


def _scalar(asked: CorrectionAsked) -> Correction:
    field = str(asked.field)
    if asked.facts is not None or asked.evidence is not None:
        raise InvalidError(f"[{field}] is one value: send value, not evidence and facts", path="value")
    try:
        msgspec.convert(asked.value, SCALARS[field])
    except msgspec.ValidationError as error:
        raise InvalidError(str(error), path="value") from error
    limits = {"schooling_grade": (0, 12), "age_stated": (0, 120)}.get(field)
    if limits and isinstance(asked.value, int) and not limits[0] <= asked.value <= limits[1]:
        raise InvalidError(f"[{asked.value}] must be between {limits[0]} and {limits[1]}", path="value")
    return Correction(field=field, value=asked.value)
