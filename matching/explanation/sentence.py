"""What can be said about one feature, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Sentences in two languages; ``{f.name}`` stands for a property of `matching.explanation.facts.Facts`."""

    good: tuple[str, str]
    """When the feature raises the score: Vietnamese, English."""
    bad: tuple[str, str]
    """When it lowers the score; says what could be done where something can."""
    unknown: tuple[str, str]
    """What is not known, when that moves the score: a noun phrase for "Chưa rõ ..." and "... is not known"."""
