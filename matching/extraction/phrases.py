"""The phrases of a taxonomy release as entries of the lexicon."""

from collections.abc import Iterator

from matching.extraction.lexicon import Entry, Lexicon
from matching.taxonomy.release import Taxonomy

OCCUPATION, SKILL, LICENCE, LICENCE_CLASS = "occupation", "skill", "licence", "licence_class"
"""Layers beside the kinds of cue; a class letter ("c", "b2") is a licence only after a head word."""


def lexicon_of(taxonomy: Taxonomy) -> Lexicon:
    """Return the lexicon of every phrase the release defines, and of those accepted since."""
    return Lexicon(_entries(taxonomy))


def _entries(taxonomy: Taxonomy) -> Iterator[Entry]:
    for alias in (*taxonomy.occupations.aliases, *taxonomy.occupations.composed, *taxonomy.accepted):
        yield Entry(layer=OCCUPATION, code=alias.code, phrase=alias.phrase)
    for alias in taxonomy.skills.aliases:
        yield Entry(layer=SKILL, code=alias.code, phrase=alias.phrase)
    for licence in taxonomy.licences.aliases:
        layer = LICENCE_CLASS if licence.needs_head else LICENCE
        yield Entry(layer=layer, code=licence.code, phrase=licence.phrase)
    for cue in taxonomy.wording.cues:
        yield Entry(layer=cue.kind, code=cue.code, phrase=cue.phrase)
