"""Phrases with several readings: the words around decide, else the officer is asked."""

from collections.abc import Iterable

from matching.domain.profile import Question
from matching.extraction.lexicon import Entry, Hit
from matching.extraction.reading import Reading
from matching.taxonomy.release import Taxonomy
from matching.taxonomy.wording import Sense

_LEADS = ("want", "wish", "need", "experience", "self")
"""Cues that the name of a work follows."""

_CONTEXT = 8
"""Syllables to each side in which a context word counts."""


def readings(hit: Hit) -> dict[str, tuple[Entry, ...]]:
    """Return the entries of a hit by reading (the phrase with its accents).

    One reading may carry several codes: "thợ điện nước" is two trades at once, not a choice between two.
    """
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in hit.entries:
        found[entry.phrase] = (*found.get(entry.phrase, ()), entry)
    return found


def decide(reading: Reading, hit: Hit, taxonomy: Taxonomy, trades: Iterable[Hit] = ()) -> tuple[str, ...] | Question:
    """Return the codes a phrase means, or the question that it leaves open.

    Parameters
    ----------
    reading, hit, taxonomy
        The text, the phrase in it, and the release that defines its readings.
    trades : iterable of Hit
        The trades of the text: a reading of the minor group of another one that is clear is the one that was meant.

    Returns
    -------
    tuple of str or Question
        () when the context says that the phrase is no occupation at all.
    """
    letters = reading.text.folded[hit.first : hit.stop]
    senses = () if hit.as_spelt else taxonomy.wording.senses.get(" ".join(letters), ())
    if not senses and len(hit.saying.entries) == 1:
        return (hit.code,)
    choices = {phrase: tuple(dict.fromkeys(e.code for e in entries)) for phrase, entries in readings(hit).items()}
    for sense in senses:
        if sense.reading not in choices:
            choices[sense.reading] = (sense.code,) if sense.code[:1].isdigit() else ()
    if len(set(choices.values())) == 1:
        return next(iter(choices.values()))
    scores = {sense.reading: _support(reading, hit, sense) for sense in senses if sense.reading in choices}
    best = max(scores.values(), default=0)
    winners = [r for r, score in scores.items() if score == best]
    if best > 0 and len({choices[r] for r in winners}) == 1:
        return choices[winners[0]]
    others = {other.code for other in trades if other is not hit and len(readings(other)) == 1}
    same = [codes for codes in choices.values() if not others.isdisjoint(codes)]
    if len(same) == 1:
        return same[0]
    akin = [codes for codes in choices.values() if any(code[:3] == other[:3] for code in codes for other in others)]
    if len(akin) == 1:
        return akin[0]
    named = {codes for codes in choices.values() if codes}
    if best == 0 and len(named) == 1 and _stands_as_work(reading, hit):
        return named.pop()
    return _question(reading, hit, choices)


def _stands_as_work(reading: Reading, hit: Hit) -> bool:
    """Whether the phrase stands where work is named: at the head of its clause, or right after a cue.

    "trong xe cung duoc" is work ("trông xe"), "ngoi trong xe" is not.
    """
    if hit.first == reading.clause_bounds(hit.first)[0]:
        return True
    return any(cue.stop == hit.first for cue in reading.layers(*_LEADS))


def _support(reading: Reading, hit: Hit, sense: Sense) -> int:
    """Return how many context words of a sense stand near the hit."""
    folded = reading.text.folded
    before = folded[max(0, hit.first - _CONTEXT) : hit.first]
    after = folded[hit.stop : hit.stop + _CONTEXT]
    around = f" {' '.join(before)} | {' '.join(after)} "
    return sum(f" {word} " in around for word in sense.context)


def _question(reading: Reading, hit: Hit, choices: dict[str, tuple[str, ...]]) -> Question:
    span = reading.span(hit)
    quoted = reading.text.source.original[slice(*span)]
    asked = " hay ".join(choices)
    candidates = tuple(dict.fromkeys(code for codes in choices.values() for code in codes))
    return Question(evidence=span, candidates=candidates, ask_vi=f'"{quoted}" là {asked}?')
