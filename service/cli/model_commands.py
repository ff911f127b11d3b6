"""Commands of the model life cycle: train, evaluate, compare, promote, roll back, and the fairness report.

Reports go to standard output as one JSON object; the same as a table goes to standard error.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from matching.domain.offer import Offer
from matching.evaluation.browser import error_page
from matching.evaluation.calibration import calibration_report, occupation_answers
from matching.evaluation.extraction import Case, evaluate_extraction
from matching.evaluation.fairness import fairness as fairness_report
from matching.evaluation.gold import decode_gold_posting, decode_gold_survey, decode_survey_of_gold
from matching.evaluation.judged_records import evaluate_ranking
from matching.evaluation.judgements import decode_judged
from matching.evaluation.postings import PostingCase, evaluate_postings
from matching.evaluation.report import fairness_table, fields_table, gates_table, json_ready, ranking_table, table
from matching.evaluation.robustness import robustness, robustness_report
from matching.extraction.posting import PostingReader
from matching.extraction.survey import SurveyReader
from matching.jsonl import decode_offer, plain
from matching.law import current_law
from matching.ranking.prior import BASELINE
from matching.registry import promote, releases, rollback, serving
from matching.registry.comparing import HELD_OUT, Compared, compare_releases
from matching.registry.release import Listed
from matching.registry.saving import save
from matching.registry.serving import Entry
from matching.taxonomy.release import current_taxonomy
from matching.training.events import load_source
from matching.training.spec import load_spec
from matching.training.trainer import train as train_model
from service.cli.files import day, decoded, refuse, refuse_repeated, say, today, write
from service.operations.serving import recommender_of
from service.settings import from_environment

EventsFolder = Annotated[
    Path,
    typer.Option(
        "--events",
        help="Folder with outcomes.jsonl, as export training writes it; or with people.jsonl, judgements.jsonl and "
        "openings, programmes, loans or offers (*.jsonl).",
    ),
]
ModelsFolder = Annotated[
    Path | None, typer.Option("--models", help="Folder of releases; VIECGAN_MODELS or models when absent.")
]
People = Annotated[str, typer.Option("--people", help="Surveys (JSONL), gold files too; read on the fly.")]
OfferFiles = Annotated[list[str], typer.Option("--offers", help="Offers of any kind (JSONL); may be given again.")]
Gold = Annotated[str, typer.Option("--gold", help="Records (JSONL) with what was read by hand under the key gold.")]
Html = Annotated[
    Path | None, typer.Option("--html", help="Write a page here that shows each wrong reading in its text.")
]
AsOf = Annotated[str | None, typer.Option(help="The day to answer for, 2026-11-23; today in Vietnam when absent.")]
ModelName = Annotated[str | None, typer.Option("--model", help="A release; the one that serves when absent.")]
HomeProvince = Annotated[
    str | None,
    typer.Option(help="Province in which bare commune names are read; found from the files when absent."),
]
By = Annotated[str, typer.Option("--by", help="Who decides; it is written down.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")]

evaluate_app = typer.Typer(help="How good it is, as JSON and as a table.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(train)
    evaluate_app.command("extraction")(evaluate_surveys)
    evaluate_app.command("postings")(evaluate_openings)
    evaluate_app.command("ranking")(evaluate_order)
    app.add_typer(evaluate_app, name="evaluate")
    app.command()(compare)
    app.command("promote")(promote_release)
    app.command("rollback")(roll_back)
    app.command("releases")(list_releases)
    app.command()(fairness)


def train(
    spec: Annotated[Path, typer.Argument(help="What to train and how (TOML).")],
    events: EventsFolder,
    models: ModelsFolder = None,
    output: Output = None,
) -> None:
    """Learn a model from judged pairs and save it as a release; it does not serve before it is promoted.

    Example: viecgan train models/ranking.toml --events matching/samples/data
    """
    trained = train_model(load_spec(spec), load_source(events), current_taxonomy())
    store = _store(models)
    release = save(store, trained, created_on=today())
    say(ranking_table(trained.report))
    say(gates_table(trained.gates))
    say(f"saved as {store / release.name}; promote it with: viecgan promote {release.name}")
    record = {
        "release": release.name,
        "pull": trained.pull,
        "rows": trained.rows,
        "metrics": trained.report,
        "gates": plain(trained.gates),
    }
    _tell(record, output)


def evaluate_surveys(gold: Gold, html: Html = None, output: Output = None) -> None:
    """Hold what is read from surveys against what was read by hand: precision, recall and F1 a field.

    Told too: whether confidence means what it says, and what careless typing costs.

    Example: viecgan evaluate extraction --gold gold.jsonl --html wrong.html
    """
    reader = SurveyReader(current_taxonomy())
    records = decoded(gold, decode_gold_survey)
    profiles = reader.read_all(one.survey for one in records)
    cases = [
        Case(text=one.survey.text, style=one.style, gold=one.gold, profile=profile)
        for one, profile in zip(records, profiles, strict=True)
    ]
    costs = robustness(cases, lambda text: reader.read(replace(records[0].survey, text=text)))
    calibration = calibration_report(occupation_answers(cases))
    report = evaluate_extraction(cases) | {"calibration": calibration, "robustness": robustness_report(costs)}
    say(fields_table(report))
    say(table(("typed with", "occupations f1", "lost"), [(cost.name, cost.f1, cost.lost) for cost in costs]))
    if html is not None:
        html.write_text(error_page(cases), encoding="utf-8")
    _tell(report, output)


def evaluate_openings(gold: Gold, output: Output = None) -> None:
    """Hold what is read from postings against what was read by hand: precision, recall and F1 a field.

    Told too: the slices, how sure the best unit group is beside how often it is right, and, where the gold has
    law_flags, what the check of the law finds.

    Example: viecgan evaluate postings --gold gold.jsonl
    """
    reader = PostingReader(current_taxonomy(), current_law())
    cases = [
        PostingCase(
            opening=one.opening,
            gold=one.gold,
            read=reader.read(one.opening),
            licences_also_ok=one.licences_also_ok,
            law_flags=one.law_flags,
            law_flags_also_ok=one.law_flags_also_ok,
        )
        for one in decoded(gold, decode_gold_posting)
    ]
    report = evaluate_postings(cases)
    say(fields_table(report))
    _tell(report, output)


def evaluate_order(
    people: People,
    offers: OfferFiles,
    judgements: Annotated[str, typer.Option("--judgements", help="Judged pairs (JSONL), plain or with notes.")],
    model: ModelName = None,
    as_of: AsOf = None,
    home_province: HomeProvince = None,
    models: ModelsFolder = None,
    output: Output = None,
) -> None:
    """Hold the order of offers against judged pairs, beside BM25 on title and text.

    A judged pair has person_id, offer_id, grade (0 to 3) and, if it must never be shown, must_filter; or, with an
    annotator's notes, survey, item, grade and why.

    Example: viecgan evaluate ranking --people people.jsonl --offers openings.jsonl --judgements judgements.jsonl
    """
    taxonomy = current_taxonomy()
    surveys = decoded(people, decode_survey_of_gold, key="person_id")
    records = _offers(offers)
    judged = decoded(judgements, decode_judged)
    chosen = recommender_of(model, models=_store(models)).model
    report = evaluate_ranking(surveys, records, judged, chosen, taxonomy, as_of=day(as_of), home=home_province)
    say(ranking_table(report))
    _tell(report, output)


def compare(
    champion: Annotated[str, typer.Argument(help="The release to be held against.")],
    challenger: Annotated[str, typer.Argument(help="The release that would take its place.")],
    events: EventsFolder,
    as_of: AsOf = None,
    models: ModelsFolder = None,
    output: Output = None,
) -> None:
    """Compare two releases on judged people; neither is judged by people it has learnt from.

    Example: viecgan compare baseline ranking-3f9c2a71d0 --events matching/samples/data
    """
    found = _compared(_store(models), champion, challenger, events, as_of)
    say(ranking_table(found.report))
    say(gates_table(found.gates))
    record = {
        "champion": champion,
        "challenger": challenger,
        "evidence": dict(found.evidence),
        "metrics": found.report,
        "gates": plain(found.gates),
    }
    _tell(record, output)


def promote_release(
    release: Annotated[str, typer.Argument(help="The release that is to serve.")],
    by: By = "command line",
    events: Annotated[
        Path | None, typer.Option("--events", help="What it learnt from; wanted when another learnt release serves.")
    ] = None,
    models: ModelsFolder = None,
) -> None:
    """Let a release serve, if it is sound and passed every gate; a running service takes it up with the next query.

    Example: viecgan promote ranking-3f9c2a71d0 --by analyst.one
    """
    store, taxonomy = _store(models), current_taxonomy()
    gates = None
    champion = serving(store, taxonomy_release=taxonomy.release).release
    if events is not None and champion not in (BASELINE, release):
        found = _compared(store, champion, release, events, None)
        if found.evidence[release] != HELD_OUT:
            refuse(f"the events in {events.name} are not those that [{release}] learnt from; give those")
        say(gates_table(found.gates))
        gates = found.gates
    _tell_entry(promote(store, release, at=datetime.now(UTC), by=by, taxonomy_release=taxonomy.release, compared=gates))


def roll_back(by: By = "command line", models: ModelsFolder = None) -> None:
    """Let the release serve again that served before.

    Example: viecgan rollback --by analyst.one
    """
    taxonomy = current_taxonomy()
    _tell_entry(rollback(_store(models), at=datetime.now(UTC), by=by, taxonomy_release=taxonomy.release))


def list_releases(models: ModelsFolder = None) -> None:
    """List the releases of the store, one JSON object each: sound or refused and why, and which one serves.

    Example: viecgan releases
    """
    store, taxonomy = _store(models), current_taxonomy()
    now = serving(store, taxonomy_release=taxonomy.release)
    for reason in now.refused:
        say(f"refused: {reason}")
    found = releases(store, taxonomy_release=taxonomy.release)
    write((_json(_release(one, serves=one.name == now.release)) for one in found), None)


def fairness(
    people: People,
    offers: OfferFiles,
    model: ModelName = None,
    as_of: AsOf = None,
    home_province: HomeProvince = None,
    models: ModelsFolder = None,
    output: Output = None,
) -> None:
    """Say who gets offers and whom employers see, by groups that need no forbidden question.

    Example: viecgan fairness --people people.jsonl --offers openings.jsonl
    """
    surveys = decoded(people, decode_survey_of_gold, key="person_id")
    chosen = recommender_of(model, models=_store(models)).model
    report = fairness_report(surveys, _offers(offers), chosen, current_taxonomy(), as_of=day(as_of), home=home_province)
    say(fairness_table(report))
    _tell(report, output)


def _store(models: Path | None) -> Path:
    return models or from_environment().models


def _offers(names: list[str]) -> list[Offer]:
    records = [offer for name in names for offer in decoded(name, decode_offer, key="offer_id")]
    refuse_repeated(offer.offer_id for offer in records)
    return records


def _compared(store: Path, champion: str, challenger: str, events: Path, as_of: str | None) -> Compared:
    taxonomy, found = current_taxonomy(), load_source(events)
    return compare_releases(store, champion, challenger, found, taxonomy, as_of=None if as_of is None else day(as_of))


def _release(one: Listed, *, serves: bool) -> dict[str, Any]:
    record: dict[str, Any] = {"release": one.name, "serving": serves, "refused": one.refused}
    if one.release is None:
        return record
    manifest = one.release.manifest
    return record | {
        "created_on": manifest.created_on.isoformat(),
        "learnt": manifest.trained_on is not None,
        "failed_gates": list(manifest.failed_gates),
    }


def _tell(report: dict[str, Any], output: Path | None) -> None:
    write([_json(report)], output)


def _tell_entry(entry: Entry) -> None:
    say(f"{entry.release} serves from now on")
    write([_json(plain(entry) | {"since": entry.since.isoformat()})], None)


def _json(record: dict[str, Any]) -> bytes:
    return msgspec.json.encode(json_ready(record))
