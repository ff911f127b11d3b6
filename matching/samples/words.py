"""Words for trades, from the taxonomy's aliases: only those that mean one trade, with or without accents."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from matching.samples.tables import clauses, market
from matching.taxonomy.release import Taxonomy
from matching.text.fold import fold

_MOST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeWords:
    """How one trade is named."""

    works: tuple[str, ...]
    """Verb phrases: "làm thợ hồ", "nuôi tôm"."""
    names: tuple[str, ...]
    """Names for a course or a title: "thợ hồ", "nuôi tôm"."""
    titles: tuple[str, ...]
    """Names as postings write them."""
    tasks: tuple[str, ...]
    """Skills of the trade in plain words."""
    skills: tuple[str, ...]
    """Codes of these skills."""


def trade_words(taxonomy: Taxonomy) -> dict[str, TradeWords]:
    """Return the words of every trade of the market."""
    meanings: dict[str, set[str]] = defaultdict(set)
    for alias in taxonomy.occupations.aliases:
        meanings[fold(alias.phrase)].add(alias.code)
    wanted = {trade.code for trade in market()}
    speech: dict[str, list[str]] = defaultdict(list)
    written: dict[str, list[str]] = defaultdict(list)
    for alias in taxonomy.occupations.aliases:
        clear = len(meanings[fold(alias.phrase)]) == 1 and alias.region in ("all", "south")
        if alias.code in wanted and clear and 2 <= len(alias.phrase.split()) <= _MOST_WORDS:
            if alias.source == "speech":
                speech[alias.code].append(alias.phrase)
            elif alias.source == "posting":
                written[alias.code].append(alias.phrase)
    return {code: _words(code, speech[code], written[code], taxonomy) for code in sorted(wanted)}


def _words(code: str, speech: Iterable[str], written: Iterable[str], taxonomy: Taxonomy) -> TradeWords:
    row = taxonomy.occupations.row[code]
    plain = taxonomy.occupations.plain_vi[row].split(" hay ")[0].split(",")[0]
    works = tuple(dict.fromkeys(work for phrase in speech if (work := _work(phrase)) is not None))
    names = tuple(work for work in works if work.split()[0] not in ("làm", "đi", "theo", "phụ"))
    titles = tuple(phrase for phrase in written if _work(phrase) is not None)
    named = taxonomy.skills.of_occupation[row].nonzero()[0].tolist()
    return TradeWords(
        works=works or (_work(plain) or f"làm {plain}",),
        names=names or (plain,),
        titles=titles or (plain,),
        tasks=tuple(_short(taxonomy.skills.names_vi[i]) for i in named),
        skills=tuple(taxonomy.skills.codes[i] for i in named),
    )


def _work(phrase: str) -> str | None:
    """Return a verb phrase made of an alias; None for the names of things and places."""
    first = phrase.split()[0]
    if first in clauses()["first_word"]["verb"]:
        return phrase
    return f"làm {phrase}" if first in clauses()["first_word"]["person"] else None


def _short(name: str) -> str:
    """Return the first of a skill's names, or all where the first alone is one word."""
    first = name.split(",")[0]
    told = first if " " in first else name
    return told[0].lower() + told[1:]
