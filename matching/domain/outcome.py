"""What is known afterwards about a pair: a judged grade, from which models learn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How well one offer fits one person, as somebody judged it."""

    person_id: str
    offer_id: str
    grade: int
    """0 must not be proposed or does not fit, 1 possible, 2 good, 3 exactly right."""
