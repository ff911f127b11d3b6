"""A survey's text cut into stretches: what was read from it, what is hidden, and the words between."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matching.domain.profile import Profile, Span

MARKED = ("questions", "occupations", "skills", "licences", "needs", "loan", "constraints", "preferences")
"""Lists whose evidence is shown, the most telling first: where two overlap, the first one counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some words and what they were read as."""

    text: str
    """Empty when the words are hidden."""
    kind: str = ""
    """One of `MARKED`, "hidden", or "" for words between."""
    codes: tuple[str, ...] = ()


def stretches(text: str, profile: Profile) -> list[Stretch]:
    """Cut *text* at the edges of evidence; hidden words give no text, whatever else was read from them."""
    marks = list(_marks(profile))
    edges = sorted({0, len(text), *(edge for _, _, span in marks for edge in span)})
    found: list[Stretch] = []
    for start, end in pairwise(edges):
        over = [(kind, code) for kind, code, span in marks if span[0] <= start and end <= span[1]]
        kind = over[0][0] if over else ""
        codes = tuple(dict.fromkeys(code for its, code in over if its == kind and code))
        shown = "" if kind == "hidden" else text[start:end]
        if found and (found[-1].kind, found[-1].codes) == (kind, codes):
            found[-1] = Stretch(text=found[-1].text + shown, kind=kind, codes=codes)
        else:
            found.append(Stretch(text=shown, kind=kind, codes=codes))
    return found


def _marks(profile: Profile) -> Iterator[tuple[str, str, Span]]:
    """Yield (kind, code, span) of everything read, the kinds in the order in which they count."""
    for redaction in profile.redactions:
        yield "hidden", "", redaction.evidence
    for kind in MARKED:
        value: Any = getattr(profile, kind)
        for fact in (value,) if kind == "loan" else value:
            if fact is not None:
                yield kind, getattr(fact, "code", ""), fact.evidence
