"""What no phrase of the release reads: the stretches between known phrases, by how many texts have them.

This is where a lexicon grows: what people say often and nobody reads yet is shown with the codes it may mean.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matching.extraction.backoff import BackOff, Suggestion
from matching.extraction.finder import PhraseFinder
from matching.extraction.lexicon import Lexicon
from matching.text.fold import fold
from matching.text.spelling import is_possible
from matching.text.syllables import syllables

_SHORTEST, _LONGEST = 2, 5
"""Words of a phrase that is listed."""

_SPELLINGS = 5
"""Texts that are looked at for the spelling of a phrase."""

_COLUMNS = ("alias", "code", "region", "source", "texts", "confidence", "others")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A phrase that people use and no alias reads."""

    phrase: str
    """As most of the texts that were looked at spell it, lower case."""
    texts: int
    """How many texts have it."""
    suggestions: tuple[Suggestion, ...]
    """What it may mean, best first; never empty."""


def finder_of(lexicon: Lexicon) -> PhraseFinder:
    """Return a finder of every phrase of *lexicon*, by letters alone."""
    return PhraseFinder(" ".join(map(fold, words)) for words in lexicon.phrases())


def unread_phrases(
    texts: Sequence[str],
    finder: PhraseFinder,
    backoff: BackOff,
    *,
    least_texts: int = 2,
    least_confidence: float = 0.5,
    most: int = 500,
) -> list[Unread]:
    """Return phrases that stand between known ones, those of most texts first.

    Parameters
    ----------
    texts : sequence of str
        Free texts of surveys or postings, as typed.
    finder, backoff
        The known phrases, and what guesses at others.
    least_texts : int
        Phrases of fewer texts are left out.
    least_confidence : float
        So are phrases that most likely name no trade: the confidence of the best guess.
    most : int
        How many of the most frequent phrases are guessed at.
    """
    where = _where(finder.between([" ".join(fold(text).split()) for text in texts]))
    often = {phrase: found for phrase, found in where.items() if len(found) >= least_texts}
    common = sorted(_whole(often), key=lambda phrase: (-len(often[phrase]), phrase))[:most]
    found = []
    for phrase in common:
        spelt = _spelt(phrase, [texts[i] for i in often[phrase][:_SPELLINGS]])
        suggestions = backoff.suggest(spelt)
        if suggestions and suggestions[0].confidence >= least_confidence:
            found.append(Unread(phrase=spelt, texts=len(often[phrase]), suggestions=suggestions))
    return found


def as_rows(found: Iterable[Unread]) -> str:
    """Return CSV whose first four columns are rows of `aliases.csv`; the rest says why, and is to be taken off."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in found:
        best, *others = one.suggestions
        rest = " ".join(f"{other.code}:{other.confidence:.2f}" for other in others)
        writer.writerow((one.phrase, best.code, "all", "speech", one.texts, f"{best.confidence:.2f}", rest))
    return out.getvalue()


def _where(stretches: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return the numbers of the texts that each run of words stands in."""
    where: dict[str, list[int]] = defaultdict(list)
    for number, here in enumerate(stretches):
        for phrase in sorted({phrase for stretch in here for phrase in _runs(stretch.split())}):
            where[phrase].append(number)
    return where


def _runs(words: Sequence[str]) -> Iterator[str]:
    for first in range(len(words)):
        for stop in range(first + _SHORTEST, min(first + _LONGEST, len(words)) + 1):
            if all(map(is_possible, words[first:stop])):
                yield " ".join(words[first:stop])


def _whole(often: dict[str, list[int]]) -> Iterator[str]:
    """Yield the phrases that are not merely a part of a longer one of as many texts."""
    parts = {
        part
        for phrase, found in often.items()
        for part in (phrase.partition(" ")[2], phrase.rpartition(" ")[0])
        if len(often.get(part, ())) == len(found)
    }
    return (phrase for phrase in often if phrase not in parts)


def _spelt(phrase: str, texts: Sequence[str]) -> str:
    """Return how most of *texts* spell a folded phrase; of those that tie, with the most accents."""
    words = phrase.split()
    spellings: Counter[str] = Counter()
    for text in texts:
        cut = syllables(text)
        for i in range(len(cut) - len(words) + 1):
            if cut.folded[i : i + len(words)] == words:
                spellings[" ".join(cut.words[i : i + len(words)]).lower()] += 1
    return max(spellings, key=lambda spelling: (spellings[spelling], not spelling.isascii(), spelling), default=phrase)
