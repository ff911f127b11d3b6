"""Where a file comes from: the province that bare commune names are read in when nobody names one."""

from collections import Counter
from collections.abc import Iterable

from matching.taxonomy.places import Places


def home_province(texts: Iterable[str | None], places: Places) -> str | None:
    """Return the province that most of the texts resolve to without help; None when none resolves.

    "Xã Trà Tân" alone may be in Lâm Đồng or Đà Nẵng; beside "Xã Phan Rí Cửa" it is in Lâm Đồng. The answer depends
    on what the texts are, not on their order: a tie goes to the name that sorts first.
    """
    counts: Counter[str] = Counter()
    for text, times in Counter(text for text in texts if text).items():
        row = places.row_of(text)
        if row >= 0:
            counts[places.provinces[row]] += times
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None
