"""The phrases of a taxonomy release that the posting reader looks for."""

import re
from collections.abc import Iterator

from matching.extraction.lexicon import Entry, Lexicon
from matching.extraction.phrases import LICENCE, LICENCE_CLASS, OCCUPATION
from matching.taxonomy.release import Taxonomy

_WORD = re.compile(r"[^\W_]+|…")


def posting_lexicon(taxonomy: Taxonomy) -> Lexicon:
    """Return the lexicon of occupations, licences and the cues of postings."""
    return Lexicon(_entries(taxonomy))


def _entries(taxonomy: Taxonomy) -> Iterator[Entry]:
    for alias in taxonomy.occupations.aliases:
        yield Entry(layer=OCCUPATION, code=alias.code, phrase=_words(alias.phrase))
    for licence in taxonomy.licences.aliases:
        layer = LICENCE_CLASS if licence.needs_head else LICENCE
        yield Entry(layer=layer, code=licence.code, phrase=_words(licence.phrase))
    for cue in taxonomy.posting_wording.cues:
        yield Entry(layer=cue.kind, code=cue.code, phrase=_words(cue.phrase))


def _words(phrase: str) -> str:
    """Return a phrase as the syllables that a text is cut into: "9/12" is two of them."""
    return " ".join(_WORD.findall(phrase))
