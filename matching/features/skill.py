"""The skills a posting names, against those of the person."""

import numpy as np

from matching.features.measures import when
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray

HELD = 0.3
"""Strength from which a skill counts as there: said, or central enough to a trade the person has done."""


def strengths(pairs: Pairs) -> tuple[FloatArray, BoolArray]:
    """Return the person's strength in each skill of the offer, and which of the columns hold a skill.

    Both (n_pairs, `MAX_SKILLS`).
    """
    known: tuple[FloatArray, BoolArray] | None = pairs.memo.get("skills")
    if known is None:
        known = pairs.memo["skills"] = _strengths(pairs)
    return known


def _strengths(pairs: Pairs) -> tuple[FloatArray, BoolArray]:
    asked = pairs.offers.skills[pairs.offer]
    named = asked >= 0
    person, row = pairs.person, np.maximum(asked, 0)
    if len(person) and (person == person[0]).all():
        return np.where(named, pairs.people.skills[person[0]].take(row), np.float32(0)), named
    return np.where(named, pairs.people.skills[person[:, None], row], np.float32(0)), named


def skill_cover(pairs: Pairs) -> FloatArray:
    """Share of the skills asked for that the person has, weighted by how sure each is."""
    strength, named = strengths(pairs)
    count = named.sum(axis=1)
    return when(count > 0, np.round(strength.sum(axis=1) / np.maximum(count, 1), 4))


def skills_missing(pairs: Pairs) -> FloatArray:
    """How many of the skills asked for the person does not seem to have."""
    strength, named = strengths(pairs)
    return when(named.sum(axis=1) > 0, (named & (strength < HELD)).sum(axis=1))
