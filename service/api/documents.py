"""The OpenAPI document: built from the routes, the contract's records and the examples.

Everybody may read it, so it says different things to different readers: every path stands in it, but the keys of
records about people are shown to those who work with people only. What an employer can read here is what any
job board would say.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from matching.domain.offer import Loan, Opening, Programme
from matching.domain.outcome import Outcome
from matching.domain.posting import PostingRead
from matching.domain.profile import Profile
from matching.domain.survey import Survey
from service.access import Role
from service.api.shapes import (
    Corrected,
    FundEntry,
    FundPage,
    IntroductionAsked,
    PersonInFull,
    PersonInList,
    Promoted,
    Ready,
    Referral,
    SignedIn,
    SignIn,
    SurveyRecorded,
    TextToRead,
)
from service.audit import Look
from service.operations.analyst import ReleaseRow
from service.operations.coordinator import Situation
from service.operations.corrections import CorrectionAsked
from service.operations.employer import Candidates
from service.operations.funds import ContributionAsked, LendingAsked, RepaymentAsked, ReversalAsked
from service.operations.introductions import AnswerAsked, Introduced, Sent
from service.operations.programmes import ProgrammesReport
from service.operations.referrals import ReferralAsked, StepAsked

REF = "#/components/schemas/"
RECORDS = (
    Survey, Profile, Opening, Programme, Loan, PostingRead, SignIn, SignedIn, TextToRead, PersonInList, PersonInFull,
    SurveyRecorded, CorrectionAsked, Corrected, Look, Situation, ProgrammesReport, Candidates,
    Introduced, IntroductionAsked, Referral, ReferralAsked, StepAsked, AnswerAsked, Ready,
    FundPage, FundEntry, ContributionAsked, LendingAsked, RepaymentAsked, ReversalAsked, Sent, Outcome, ReleaseRow,
    Promoted,
)  # fmt: skip

_READ_STRICTLY = ("Survey", "HeldLicence", "CourtBar", "Restricted", "Opening", "Programme", "Loan")
"""Records of the data contract that are posted: a key that they do not have is refused."""

OPEN: dict[str, Any] = {"security": []}
"""For `openapi_extra`: whoever asks need not be signed in."""

INSIDE = frozenset(
    {
        "Survey", "Profile", "SurveyRecorded", "PersonInFull", "PersonInList", "PeoplePage", "CorrectionAsked",
        "Corrected", "Matches", "Pair", "Look", "LooksPage", "Situation", "Loan", "LoanChanges", "Programme",
        "ProgrammeChanges", "ProgrammesReport", "OfferRecorded", "ReleasePage", "ReleaseRow", "Outcome", "OutcomePage",
        "Referral", "ReferralsPage", "ReferralAsked", "ReferralStep", "StepAsked", "AnswerAsked", "ConsentAsked",
        "FundPage", "FundEntry", "ContributionAsked", "LendingAsked", "RepaymentAsked", "ReversalAsked",
        "Sent", "SentPage", "Promoted",
    }
)  # fmt: skip
"""Shown in full to signed-in staff only."""

STAFF = frozenset({Role.OFFICER, Role.PROVIDER, Role.LENDER, Role.COORDINATOR, Role.ANALYST, Role.ADMIN})
"""Who reads the whole document."""

_PROBLEM = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


def takes(schema: str, example: Mapping[str, Any]) -> dict[str, Any]:
    """Return the documentation of a JSON body, for `openapi_extra`."""
    content = {"schema": {"$ref": REF + schema}, "example": dict(example)}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def gives(status: int, schema: str, example: Mapping[str, Any]) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of a JSON answer and of the problems beside it, for `responses`."""
    content = {"application/json": {"schema": {"$ref": REF + schema}, "example": dict(example)}}
    return {status: {"description": "Done.", "content": content}, **_problems()}


def _problems() -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": {"$ref": REF + "Problem"}}}
    said = {
        401: "Not signed in.",
        404: "There is nothing here for you.",
        409: "The state does not allow it.",
        422: "The request breaks its schema; `errors` names the field.",
    }
    return {status: {"description": text, "content": content} for status, text in said.items()}


NO_CONTENT: dict[int | str, dict[str, Any]] = {204: {"description": "Done."}, **_problems()}


def openapi_document(app: FastAPI, *, staff: bool) -> dict[str, Any]:
    """Return the document for those who work with people, or for everybody else."""
    document = get_openapi(
        title="Việc Gần",
        version=app.version,
        summary="Work, training and loans near home.",
        description=(
            "Sign in with `POST /api/v1/sessions` and send `Authorization: Bearer TOKEN`. Every refusal is a problem "
            "document. Lists page with `limit` and `cursor`. A write with an `Idempotency-Key` is done once."
        ),
        routes=app.routes,
    )
    document["components"] = {
        "schemas": _schemas(),
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    document["security"] = [{"token": []}]
    return document if staff else _for_outsiders(document)


def _schemas() -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components(RECORDS, ref_template=REF + "{name}")
    found: dict[str, Any] = dict(schemas)
    for name in ("Opening", "Programme", "Loan"):
        found[name + "Changes"] = _changes(found[name])
        found[name]["properties"]["kind"] = {"enum": [name.lower(), None]}
        found[name]["required"] = ["title"]
    found["Survey"]["required"].remove("person_id")
    for name in _READ_STRICTLY:
        found[name]["additionalProperties"] = False
    status = {"status": {"enum": ["open", "held", "closed"]}}
    checked = {"law_flags": {"type": "array", "items": {"$ref": REF + "LawFlag"}}, "posting_read": _ref("PostingRead")}
    found["OfferRecorded"] = {"type": "object", "properties": status}
    found["OpeningRecorded"] = {"type": "object", "properties": found["Opening"]["properties"] | status | checked}
    found["Matches"] = {"type": "object", "description": "Matches as the data contract gives them."}
    found["Pair"] = {"type": "object", "description": "A match with every reason, or an exclusion with every rule."}
    found["PeoplePage"], found["LooksPage"] = _page("PersonInList"), _page("Look")
    found["OfferPage"], found["OwnPage"] = _page("OpeningRecorded"), _page("OfferRecorded")
    found["ReferralsPage"] = _page("Referral")
    found["OutcomePage"], found["SentPage"] = _page("Outcome"), _page("Sent")
    found["IntroducedPage"], found["ReleasePage"] = _page("Introduced"), _page("ReleaseRow")
    found["Problem"] = _PROBLEM
    return found


def _changes(schema: Mapping[str, Any]) -> dict[str, Any]:
    fixed = ("offer_id", "employer_id", "provider_id", "lender_id")
    changeable = {name: its for name, its in schema["properties"].items() if name not in fixed}
    changeable["status"] = {"enum": ["open", "closed"]}
    return {"type": "object", "properties": changeable, "additionalProperties": False}


def _page(item: str) -> dict[str, Any]:
    items = {"type": "array", "items": _ref(item)}
    return {"type": "object", "properties": {"items": items, "next_cursor": {"type": ["string", "null"]}}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": REF + name}


def _for_outsiders(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document without the keys of records about people."""
    for path in document["paths"].values():
        for operation in path.values():
            for part in (operation.get("requestBody", {}), *operation["responses"].values()):
                for content in part.get("content", {}).values():
                    if content.get("schema", {}).get("$ref", "").removeprefix(REF) in INSIDE:
                        content.pop("example", None)
            if _names(operation) & INSIDE:
                operation.pop("description", None)
    schemas = document["components"]["schemas"]
    closed = {"type": "object", "description": "Its keys are shown to those who work with it, when signed in."}
    schemas.update(dict.fromkeys(INSIDE & set(schemas), closed))
    reached, todo = set[str](), _names(document["paths"])
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo |= _names(schemas[name])
    document["components"]["schemas"] = {name: its for name, its in schemas.items() if name in reached}
    return document


def _names(value: object) -> set[str]:
    """Return the schemas that a part of the document refers to."""
    if isinstance(value, dict):
        own = {value["$ref"].removeprefix(REF)} if isinstance(value.get("$ref"), str) else set()
        return own.union(*(_names(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(_names(item) for item in value))
    return set()
