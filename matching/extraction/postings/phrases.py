"""The phrases of a taxonomy release that the posting reader looks for."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from matching.extraction.lexicon import NAMED, Entry, Hit, Lexicon, longest
from matching.extraction.phrases import LICENCE, LICENCE_CLASS
from matching.taxonomy.release import Taxonomy

_WORD = re.compile(r"[^\W_]+|…")
_WORKERS = frozenset(
    {"tuyen", "can", "gap", "cong", "nhan", "vien", "tho", "lao", "dong", "nguoi", "nv", "cn", "nvkt", "ktv", "ld"}
)
"""Words for people who work, whatever at: before a trade they add nothing to it."""


def continued(named: Sequence[Hit], folded: Sequence[str]) -> list[Hit]:
    """Return the occupations that stand, without overlaps: where one goes on as a more exact one, the more exact.

    "công nhân may giày" is "may giày", not "công nhân may": what stands before it only says that people work.
    """
    hits = sorted(named, key=lambda hit: (hit.first, hit.stop))
    found = list(hits)
    for i, hit in enumerate(hits):
        for other in hits[i + 1 :]:
            if other.first >= hit.stop:
                break
            if (
                hit.first < other.first
                and hit.stop < other.stop
                and _WORKERS.issuperset(folded[hit.first : other.first])
            ):
                exact = other.exact + other.first - hit.first
                found.append(replace(other, first=hit.first, exact=exact))
    return longest(found)


def posting_lexicon(taxonomy: Taxonomy) -> Lexicon:
    """Return the lexicon of occupations, licences and the cues of postings."""
    return Lexicon(_entries(taxonomy))


def _entries(taxonomy: Taxonomy) -> Iterator[Entry]:
    for alias in taxonomy.occupations.aliases:
        yield Entry(layer=NAMED, code=alias.code, phrase=_words(alias.phrase))
    for licence in taxonomy.licences.aliases:
        layer = LICENCE_CLASS if licence.needs_head else LICENCE
        yield Entry(layer=layer, code=licence.code, phrase=_words(licence.phrase))
    for cue in taxonomy.posting_wording.cues:
        yield Entry(layer=cue.kind, code=cue.code, phrase=_words(cue.phrase))


def _words(phrase: str) -> str:
    """Return a phrase as the syllables that a text is cut into: "9/12" is two of them."""
    return " ".join(_WORD.findall(phrase))
