"""The committed draw: people and offers around Phan Rí Cửa and Trà Tân, written by hand, and pairs judged of them.

Everybody and every firm in it is invented; the schemes of Decision 22/2023 are real, with their sources.
`people.jsonl`, `openings.jsonl`, `programmes.jsonl` and `loans.jsonl` are texts in their own right, with `truths.jsonl`
as what they are meant to say; `judgements.jsonl` is drawn from them: run `python -m matching.samples` after a change.
"""

from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from matching.domain.offer import Offer
from matching.jsonl import (
    decode_judgement,
    decode_offer,
    decode_survey,
    parse_object,
    read_lines,
    read_unique,
    write_lines,
)
from matching.samples.judged import judge
from matching.samples.records import Planted, Samples, Truth
from matching.taxonomy.release import Taxonomy

DATA = Path(__file__).parent / "data"
"""The folder of the committed draw."""

HOME_PROVINCE = "Lâm Đồng"
"""Where the communes of the committed draw lie."""

AS_OF = date(2026, 11, 23)
"""The day on which the committed draw is looked at."""

SEED = 20261123
"""Seed of the committed judgements."""

OFFER_FILES = ("openings.jsonl", "programmes.jsonl", "loans.jsonl")

T = TypeVar("T", Truth, Planted)


def load_samples() -> Samples:
    """Return the committed draw.

    Raises
    ------
    RecordsError
        A file was edited into something that the contract does not allow; file, line and key are named.
    """
    offers: list[Offer] = []
    for name in OFFER_FILES:
        offers += read_unique(_lines(name), decode_offer, source=name, key="offer_id")
    return Samples(
        surveys=tuple(read_unique(_lines("people.jsonl"), decode_survey, source="people.jsonl", key="person_id")),
        offers=tuple(offers),
        judgements=tuple(read_lines(_lines("judgements.jsonl"), decode_judgement, source="judgements.jsonl")),
        truths=_declared("truths.jsonl", Truth),
        planted=_declared("planted.jsonl", Planted),
    )


def draw_judgements(samples: Samples, taxonomy: Taxonomy) -> bytes:
    """Return `judgements.jsonl` as the committed seed gives it for the people and offers of *samples*."""
    judgements = judge(
        SEED,
        samples.surveys,
        samples.truths,
        samples.offers,
        planted=samples.planted,
        as_of=AS_OF,
        taxonomy=taxonomy,
        home_province=HOME_PROVINCE,
    )
    return write_lines(judgements)


def _declared(name: str, kind: type[T]) -> tuple[T, ...]:
    return tuple(msgspec.convert(parse_object(line), kind) for line in _lines(name))


def _lines(name: str) -> list[str]:
    path = DATA / name
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
