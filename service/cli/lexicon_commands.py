"""Commands that let the lexicon grow: what surveys say and no phrase reads, with the codes it may mean."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from matching.errors import DataError
from matching.evaluation.gold import decode_survey_of_gold
from matching.extraction.backoff_store import occupation_backoff
from matching.extraction.phrases import lexicon_of
from matching.extraction.unread import as_rows, finder_of, unread_phrases
from matching.taxonomy.release import current_taxonomy
from matching.text.fold import fold
from service.app import build_house
from service.cli.files import decoded, say, write
from service.cli.operator_commands import DatabaseUrl, settings_of
from service.intake.outgoing import csv_text
from service.operations import lexicon as growth
from service.operations.house import House

lexicon_app = typer.Typer(help="The phrases that texts are read with.", no_args_is_help=True)

Files = Annotated[
    list[str] | None,
    typer.Argument(help="Surveys (JSONL) or plain text, one a line; - is standard input; none: the stored surveys."),
]
Phrase = Annotated[str, typer.Argument(help="As people type it, best with its accents.")]
By = Annotated[str, typer.Option("--by", help="Who decides.", metavar="NAME")]
LeastTexts = Annotated[int, typer.Option(min=1, help="Leave out phrases of fewer texts.")]
LeastConfidence = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out what is less likely a trade.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for name, command in (
        ("suggest", suggest), ("corrected", corrected), ("accept", accept), ("reject", reject), ("undo", undo),
        ("list", list_verdicts), ("export", export), ("reread", reread),
    ):  # fmt: skip
        lexicon_app.command(name)(command)
    app.add_typer(lexicon_app, name="lexicon")


def suggest(
    files: Files = None,
    least_texts: LeastTexts = 2,
    least_confidence: LeastConfidence = 0.5,
    output: Output = None,
    database: DatabaseUrl = None,
) -> None:
    """List phrases that no alias reads, the most frequent first, with the codes they may mean, as CSV.

    `viecgan lexicon accept` lets one count from now on. Phrases that were rejected are left out.

    Example: viecgan lexicon suggest surveys.jsonl
    """
    taxonomy, rejected = current_taxonomy(), frozenset[str]()
    if files:
        texts = [text for name in files for text in decoded(name, _text_of)]
    else:
        texts, taxonomy, rejected = growth.stored_texts(_house(database))
    found = unread_phrases(
        texts,
        finder_of(lexicon_of(taxonomy)),
        occupation_backoff(taxonomy),
        least_texts=least_texts,
        least_confidence=least_confidence,
    )
    found = [one for one in found if fold(one.phrase) not in rejected]
    say(f"{len(texts)} texts, {len(found)} phrases that no alias reads")
    write((line.encode() for line in as_rows(found).splitlines()), output)


def corrected(database: DatabaseUrl = None) -> None:
    """List phrases for which officers corrected the trade, with what keeps a phrase from being accepted, as CSV.

    Example: viecgan lexicon corrected
    """
    rows = [(one.phrase, one.code, one.corrections, one.obstacle) for one in growth.corrected(_house(database))]
    _write_csv([("alias", "code", "corrections", "obstacle"), *rows], None)


def accept(
    phrase: Phrase,
    code: Annotated[str, typer.Argument(help="The unit group (VSCO 2020, four digits) that it means.")],
    by: By,
    region: Annotated[str, typer.Option(help="Where people say it.")] = "all",
    database: DatabaseUrl = None,
) -> None:
    """Let a phrase mean a trade in every survey that is read from now on; stored profiles stay as they are.

    Example: viecgan lexicon accept "bắt ốc hương" 6340 --by "Nguyễn Lan"
    """
    version, alias = growth.accept(_house(database), phrase, code, by=by, region=region)
    if alias.phrase.isascii():
        say(f"[{alias.phrase}] is kept without accents: texts that type them are not read with it")
    typer.echo(
        f"version {version}: [{alias.phrase}] is {alias.code}; `viecgan lexicon reread` reads stored surveys anew"
    )


def reject(phrase: Phrase, by: By, database: DatabaseUrl = None) -> None:
    """Keep a phrase from being suggested again.

    Example: viecgan lexicon reject "trời mưa hoài" --by "Nguyễn Lan"
    """
    typer.echo(f"version {growth.reject(_house(database), phrase, by=by)}: not suggested again")


def undo(
    version: Annotated[int, typer.Argument(help="What `list` shows.", min=1)], by: By, database: DatabaseUrl = None
) -> None:
    """Take a verdict back: surveys are read as before it.

    Example: viecgan lexicon undo 12 --by "Nguyễn Lan"
    """
    typer.echo(f"version {growth.undo(_house(database), version, by=by)}: version {version} is undone")


def list_verdicts(database: DatabaseUrl = None) -> None:
    """List every verdict with who gave it and when, as CSV, oldest first.

    Example: viecgan lexicon list
    """
    rows: list[Sequence[object]] = [("version", "at", "by", "verdict", "phrase", "code", "region", "undone_in")]
    rows += [
        (r.version, r.at, r.by, r.verdict, r.phrase, r.code, r.region, r.undone_in)
        for r in growth.history(_house(database))
    ]
    _write_csv(rows, None)


def export(output: Output = None, database: DatabaseUrl = None) -> None:
    """Write the accepted phrases as rows of aliases.csv, to be reviewed and added to the next release.

    Example: viecgan lexicon export -o accepted.csv
    """
    aliases = growth.for_next_release(_house(database))
    rows = [(a.phrase, a.code, a.region, a.source) for a in aliases]
    _write_csv([("alias", "code", "region", "source"), *rows], output)


def reread(database: DatabaseUrl = None) -> None:
    """Read stored surveys again that other phrases had read; officers' corrections stay applied.

    Example: viecgan lexicon reread
    """
    done = growth.reread(_house(database))
    typer.echo(f"read again {done.read}, changed {done.changed}")


def _house(database: str | None) -> House:
    return build_house(settings_of(database))


def _write_csv(rows: Iterable[Sequence[object]], output: Path | None) -> None:
    write((line.encode() for line in csv_text(rows).removesuffix("\n").split("\n")), output)


def _text_of(line: str | bytes) -> str:
    """Return the text of a survey, or of a line of plain text."""
    try:
        text = line.decode() if isinstance(line, bytes) else line
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    return decode_survey_of_gold(line).text if text.lstrip().startswith("{") else text
