"""Commands that let the lexicon grow: what surveys say and no phrase reads, with the codes it may mean."""

from pathlib import Path
from typing import Annotated

import typer

from matching.errors import DataError
from matching.evaluation.gold import decode_survey_of_gold
from matching.extraction.backoff import occupation_backoff
from matching.extraction.phrases import lexicon_of
from matching.extraction.unread import as_rows, finder_of, unread_phrases
from matching.taxonomy.release import current_taxonomy
from service.cli.files import decoded, say, write

lexicon_app = typer.Typer(help="The phrases that texts are read with.", no_args_is_help=True)

Files = Annotated[list[str], typer.Argument(help="Surveys (JSONL) or plain text, one a line; - is standard input.")]
LeastTexts = Annotated[int, typer.Option(min=1, help="Leave out phrases of fewer texts.")]
LeastConfidence = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out what is less likely a trade.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    lexicon_app.command("suggest")(suggest)
    lexicon_app.callback()(_phrases)
    app.add_typer(lexicon_app, name="lexicon")


def _phrases() -> None:
    """Look at the phrases that texts are read with."""


def suggest(
    files: Files, least_texts: LeastTexts = 2, least_confidence: LeastConfidence = 0.5, output: Output = None
) -> None:
    """List phrases that no alias reads, the most frequent first, with the codes they may mean, as CSV.

    The first four columns are rows for aliases.csv: check them, take the rest off, and add them to the next release.

    Example: viecgan lexicon suggest surveys.jsonl
    """
    texts = [text for name in files for text in decoded(name, _text_of)]
    taxonomy = current_taxonomy()
    found = unread_phrases(
        texts,
        finder_of(lexicon_of(taxonomy)),
        occupation_backoff(taxonomy),
        least_texts=least_texts,
        least_confidence=least_confidence,
    )
    say(f"{len(texts)} texts, {len(found)} phrases that no alias reads")
    write((line.encode() for line in as_rows(found).splitlines()), output)


def _text_of(line: str | bytes) -> str:
    """Return the text of a survey, or of a line of plain text."""
    try:
        text = line.decode() if isinstance(line, bytes) else line
    except UnicodeDecodeError as error:
        raise DataError(f"is not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    return decode_survey_of_gold(line).text if text.lstrip().startswith("{") else text
