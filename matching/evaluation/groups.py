"""Groups of people that can be compared without asking for what must not be asked.

There is no sex, ethnicity, religion, offence or category here. What can be seen is how the officer's text was typed
and what the form says for matching anyway: accents, length, dialect, age band, commune, the way to work. Where a
group fares worse, the reading of its texts or the offers at its place are to blame, and both can be mended.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from matching.domain.survey import Survey
from matching.pool.people import People
from matching.taxonomy.places import Places
from matching.text.fold import fold

MIN_GROUP = 10
"""People that a group must have to be reported; smaller ones are joined in `REST`."""

REST = "(smaller groups)"
UNKNOWN = "unknown"

_LONG_TEXT = 25
_DIALECTS = {
    "south": frozenset(
        ["tui", "hổng", "hông", "hong", "hok", "zậy", "dzậy", "chớ", "vô", "mướn", "ghe", "xài", "bển", "nè", "má"]
    ),
    "centre": frozenset(["rứa", "chừ", "nớ", "ni", "hỉ", "bầy"]),
    "north": frozenset(["thế", "đấy", "nhé", "lợn", "ngô", "giời"]),
}
"""Everyday words by which a dialect is heard; each means the same wherever it stands in such a text."""

Groups = Mapping[str, Sequence[str]]
"""The group of each person, by dimension."""


def groups_of(surveys: Sequence[Survey], people: People, places: Places, *, as_of: date) -> Groups:
    """Return the group of each person in each dimension, small groups joined (see `MIN_GROUP`).

    Parameters
    ----------
    surveys, people
        The same people in the same order, as given and as columns.
    """
    dimensions = {
        "accents": [accents(s.text) for s in surveys],
        "length": ["long" if len(s.text.split()) >= _LONG_TEXT else "short" for s in surveys],
        "dialect": [dialect(s.text) for s in surveys],
        "age": [age_band(s.birth_year, as_of) for s in surveys],
        "commune": [_commune(row, places) for row in people.place.tolist()],
        "transport": [s.transport.value if s.transport else UNKNOWN for s in surveys],
    }
    return {name: _joined(labels) for name, labels in dimensions.items()}


def accents(text: str) -> str:
    """Return "full" or "few or none": whether the words carry the accents they would need.

    In running Vietnamese more than half of the words carry one; a text in which fewer than a third do was typed
    without most of them.

    >>> accents("di bien 5 nam"), accents("Đi biển 5 năm")
    ('few or none', 'full')
    """
    typed = [word for word in text.lower().split() if any(char.isalpha() for char in word)]
    marked = sum(fold(word) != word for word in typed)
    return "full" if marked * 3 >= max(len(typed), 1) else "few or none"


def dialect(text: str) -> str:
    """Return the dialect whose words stand in the text most: "south", "centre", "north", or "unmarked".

    >>> dialect("Tui hổng biết mần gì"), dialect("Muốn tìm việc gần nhà")
    ('south', 'unmarked')
    """
    typed = [word.strip(".,;:!?()") for word in text.lower().split()]
    heard = {name: sum(word in marks for word in typed) for name, marks in _DIALECTS.items()}
    best = max(heard, key=lambda name: heard[name])
    return best if heard[best] else "unmarked"


def age_band(birth_year: int | None, as_of: date) -> str:
    """Return "under 25", "25 to 44", "45 and over", or "unknown"."""
    if birth_year is None:
        return UNKNOWN
    age = as_of.year - birth_year
    return "under 25" if age < 25 else "25 to 44" if age < 45 else "45 and over"


def _commune(row: int, places: Places) -> str:
    return f"{places.communes[row]}, {places.provinces[row]}" if row >= 0 else UNKNOWN


def _joined(labels: Sequence[str]) -> Sequence[str]:
    """Join groups of fewer than `MIN_GROUP`; a rest that stays small takes the smallest other group along.

    So no small group can be found by subtracting the others from the whole.
    """
    count = Counter(labels)
    rest = {name for name, n in count.items() if n < MIN_GROUP}
    while rest and sum(count[name] for name in rest) < MIN_GROUP and len(rest) < len(count):
        rest.add(min((name for name in count if name not in rest), key=lambda name: (count[name], name)))
    return [REST if label in rest else label for label in labels]
