"""Commands that read texts and match people with offers: files in, JSON lines out."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import msgspec
import numpy as np
import typer

from matching.allocation import Allocation, EmptyOffer, Mode, Policy, Shares, UnmatchedPerson, allocate
from matching.batch import read_many, recommend_many
from matching.extraction.posting import PostingReader
from matching.extraction.survey import SurveyReader
from matching.jsonl import decode_offer, decode_posting, decode_survey, dump, dump_recommendation, plain
from matching.law import current_law
from matching.pool.pairs import Pairs
from matching.pool.records import Pools
from matching.recommender import Also, Recommender
from matching.search.reach import cells_in
from matching.taxonomy.release import current_taxonomy
from matching.unlocks.commune import GUARANTEE, Counting, best_together, licences_of, programmes_of
from service.cli.files import STANDARD, day, decoded, refuse_repeated, write
from service.operations.serving import recommender_of
from service.settings import from_environment

InputFile = Annotated[str, typer.Argument(help="A JSONL file; - is standard input.")]
OutputFile = Annotated[Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")]
PeopleFile = Annotated[str, typer.Option("--people", help="Surveys (JSONL); they are read on the fly.")]
OfferFiles = Annotated[list[str], typer.Option("--offers", help="Offers of any kind (JSONL); may be given again.")]
AsOf = Annotated[str | None, typer.Option(help="The day to answer for, 2026-11-23; today in Vietnam when absent.")]
ModelName = Annotated[str | None, typer.Option("--model", help="A release; the one that serves when absent.")]
HomeProvince = Annotated[
    str | None,
    typer.Option(help="Province in which bare commune names are read; found from the files when absent."),
]


class Per(StrEnum):
    """Who asks."""

    PERSON = "person"
    OFFER = "offer"


class WhyNot(StrEnum):
    """Which exclusions are listed."""

    ALL = "all"
    NEAR = "near"
    NONE = "none"


class Beside(StrEnum):
    """What is told beside a person's matches: paths of up to two steps, offers that are one fix away."""

    WAYS = "ways"
    ALMOST = "almost"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("extract")(extract)
    app.command("read-posting")(read_posting)
    app.command("place")(place)
    app.command("match")(match)
    app.command("allocate")(allocate_seats)
    app.command("unlocks")(unlocks)


def extract(file: InputFile = STANDARD, output: OutputFile = None) -> None:
    """Read surveys (JSONL) into profiles (JSONL), in the same order.

    Example: viecgan extract surveys.jsonl -o profiles.jsonl
    """
    surveys = decoded(file, decode_survey)
    reader = SurveyReader(current_taxonomy())
    write(map(dump, reader.read_all(surveys)), output)


def read_posting(file: InputFile = STANDARD, output: OutputFile = None) -> None:
    """Read openings (JSONL with offer_id, title, text) into what they say (JSONL).

    Example: viecgan read-posting openings.jsonl
    """
    openings = decoded(file, decode_posting)
    reader = PostingReader(current_taxonomy(), current_law())
    write((dump(reader.read(opening)) for opening in openings), output)


def place(
    text: Annotated[list[str], typer.Argument(help="A commune, in any spelling, old or new.")],
    home_province: Annotated[str | None, typer.Option(help="Province in which bare names are read.")] = None,
) -> None:
    """Find the commune that each text names; one JSON object a text.

    Example: viecgan place "xa Dong Ha, Duc Linh" "TT Phan Rí Cửa, Tuy Phong, Bình Thuận"
    """
    places = current_taxonomy().places
    write((dump(places.resolve(one, home_province=home_province)) for one in text), None)


def match(
    people: PeopleFile,
    offers: OfferFiles,
    k: Annotated[int, typer.Option(min=1, help="Proposals of each kind.")] = 10,
    per: Annotated[Per, typer.Option(help="One answer a person, or one an offer.")] = Per.PERSON,
    as_of: AsOf = None,
    model: ModelName = None,
    why_not: Annotated[WhyNot, typer.Option(help="Exclusions to list: all, near (within reach), none.")] = WhyNot.NEAR,
    also: Annotated[list[Beside] | None, typer.Option(help="Beside a person's matches; may be given again.")] = None,
    home_province: HomeProvince = None,
    output: OutputFile = None,
) -> None:
    """Say what fits each person (or each offer), with reasons, and why the rest does not.

    Example: viecgan match --people people.jsonl --offers openings.jsonl --offers loans.jsonl --k 5
    """
    pools = _pools(people, offers, as_of, home_province)
    recommender = _recommender(model)
    beside: list[Also] = [one.value for one in also or ()]
    if per is Per.PERSON:
        lines = recommend_many(
            recommender,
            pools.people,
            pools.offers,
            as_of=pools.as_of,
            told=dump_recommendation,
            k=k,
            why_not=why_not.value,
            also=beside,
            workers=-1 if len(pools.people) >= _MANY_PEOPLE else 1,
        )
    else:
        found = recommender.recommend(
            pools.people, pools.offers, as_of=pools.as_of, k=k, per="offer", why_not=why_not.value, also=beside
        )
        lines = tuple(dump_recommendation(answer, per="offer") for answer in found)
    write(lines, output)


def allocate_seats(
    people: PeopleFile,
    offers: OfferFiles,
    mode: Annotated[
        Mode,
        typer.Option(
            help="best; stable: nobody would rather swap; hardest-first: people with few options before others."
        ),
    ] = Mode.BEST,
    largest_loss: Annotated[float, typer.Option(min=0, help="Of the total score, for hardest-first.")] = 0.01,
    opening_share: Annotated[
        float | None, typer.Option(min=0, max=1, help="Largest share of all placements at one offer.")
    ] = None,
    employer_share: Annotated[
        float | None, typer.Option(min=0, max=1, help="Largest share at one employer or provider.")
    ] = None,
    options: Annotated[int, typer.Option(min=0, help="Live options to find for everybody, in the last line.")] = 0,
    people_a_seat: Annotated[int, typer.Option(min=1, help="People for whom one seat may be an option.")] = 3,
    congestion: Annotated[
        int, typer.Option(min=0, help="How people crowd at offers, beside everybody's best of this many; 0: not told.")
    ] = 0,
    as_of: AsOf = None,
    model: ModelName = None,
    home_province: HomeProvince = None,
    output: OutputFile = None,
) -> None:
    """Share the seats: as many people placed as possible, then the largest total score.

    Example: viecgan allocate --people people.jsonl --offers openings.jsonl --mode hardest-first --options 3
    """
    policy = Policy(
        mode=mode,
        largest_loss=largest_loss,
        shares=Shares(opening=opening_share, employer=employer_share),
        options=options,
        people_a_seat=people_a_seat,
        shortlist=congestion,
    )
    pools = _pools(people, offers, as_of, home_province)
    found = allocate(pools.people, pools.offers, _recommender(model).model, as_of=pools.as_of, policy=policy)
    write(_lines(found, policy), output)


def unlocks(people: PeopleFile, offers: OfferFiles, as_of: AsOf = None, home_province: HomeProvince = None) -> None:
    """Say which ten programmes, and which ten licences, would open most for all these people together.

    Example: viecgan unlocks --people people.jsonl --offers openings.jsonl --offers programmes.jsonl
    """
    pools = _pools(people, offers, as_of, home_province)
    everybody, taxonomy = np.arange(len(pools.people)), current_taxonomy()
    asked = Pairs(
        people=pools.people,
        offers=pools.offers,
        person=everybody,
        offer=everybody * 0,
        as_of=pools.as_of.toordinal(),
    )
    near = cells_in(pools.offers).near(pools.people, everybody)
    for kind, opens in (("programme", programmes_of), ("licence", licences_of)):
        covered = opens(asked, near, taxonomy.licences)
        for counting in get_args(Counting):
            chosen = best_together(covered, counting=counting)
            told = [{"key": one.key, "pairs": one.pairs, "people": one.people} for one in chosen]
            answer = {"kind": kind, "counting": counting, "guarantee": round(GUARANTEE, 3), "chosen": told}
            write([msgspec.json.encode(answer)], None)


_MANY_PEOPLE = 512
_MANY_TEXTS = 8_192
"""From here the start of a process a core is paid back; one that reads has to lay out the taxonomy's phrases first."""


def _pools(people: str, offers: list[str], as_of: str | None, home_province: str | None) -> Pools:
    """Read the files; two offers of one id in any of them are refused."""
    surveys = decoded(people, decode_survey, key="person_id")
    records = [offer for name in offers for offer in decoded(name, decode_offer, key="offer_id")]
    refuse_repeated([offer.offer_id for offer in records])
    workers = -1 if len(surveys) + len(records) >= _MANY_TEXTS else 1
    return read_many(surveys, records, current_taxonomy(), as_of=day(as_of), home=home_province, workers=workers)


def _recommender(model: str | None) -> Recommender:
    """Return what answers: of a release in the service's folder of models, by default the one that serves there."""
    return recommender_of(model, models=from_environment().models)


def _lines(found: Allocation, policy: Policy) -> Iterator[bytes]:
    """Yield a line a placement, then the rest with the smallest change that would create a match."""
    yield from (dump(placement) for placement in found.placements)
    left: tuple[UnmatchedPerson | EmptyOffer, ...] = (*found.unmatched_people, *found.empty_offers)
    last = {
        "unmatched_people": [person.person_id for person in found.unmatched_people],
        "empty_offers": [offer.offer_id for offer in found.empty_offers],
        "total": found.total,
        "changes": [plain(one.change) for one in left if one.change is not None],
    }
    if policy.mode is not Mode.BEST:
        last |= {"best_placed": found.best_placed, "best_total": found.best_total}
    if policy.options:
        last["options"] = plain(found.options)
    if policy.shortlist:
        last["congestion"] = plain(dict(found.congestion))
    yield msgspec.json.encode(last)
