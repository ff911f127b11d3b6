"""When something was: whether words for the past or for now stand last before it."""

from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading


def is_past(reading: Reading, first: int) -> bool:
    """Whether the last word for a time before a syllable is one for the past: "trước đi đào vàng, làm thuê"."""
    if "past" not in reading.hits and "learnt_inside" not in reading.hits:
        return False
    begin = reading.sentence_bounds(first)[0]
    past = [h.stop for h in reading.layers("past", "learnt_inside") if begin <= h.first <= first]
    if not past:
        return False
    now = [h.stop for h in nows(reading) if begin <= h.first <= first]
    return max(past) >= max(now, default=0)


def nows(reading: Reading) -> list[Hit]:
    """Return the words for "now": not the end of "trước giờ", nor a bare "nay" within its clause ("nghe nay")."""
    past = reading.layer("past")
    return [
        h
        for h in reading.layer("now")
        if not any(p.first < h.first < p.stop for p in past)
        and (h.exact or reading.text.folded[h.first] != "nay" or h.first in reading.clauses.starts)
    ]
