"""The skills a posting names, against those of the person."""

import numpy as np

from matching.features.measures import reckoned_once
from matching.pool.layout import MAX_SKILLS
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray

HELD = 0.3
"""Strength from which a skill counts as there: said, or central enough to a trade the person has done."""


_ONCE = np.ones(MAX_SKILLS, dtype=np.int8)


def strengths(pairs: Pairs) -> FloatArray:
    """Return the person's strength in each skill of the offer, (n_pairs, `MAX_SKILLS`); 0 where none is named."""
    return reckoned_once(pairs, "skills", _strengths)


def _strengths(pairs: Pairs) -> FloatArray:
    asked, skills = pairs.what.skills, pairs.people.skills
    strength = skills.ravel().take(pairs.person[:, None] * skills.shape[1] + asked)
    return np.where(asked >= 0, strength, np.float32(0))


def skills_named(pairs: Pairs) -> FloatArray:
    """Return how many skills the offer names, (n_pairs,); NaN where none."""
    return reckoned_once(pairs, "skills_named", _named)


def _named(pairs: Pairs) -> FloatArray:
    count = _count(pairs.what.skills >= 0)
    return np.where(count > 0, count, np.nan)


def held(pairs: Pairs, least: float) -> IntArray:
    """Return in how many skills of the offer the person's strength is at least *least*, above 0, (n_pairs,)."""
    return _count(strengths(pairs) >= least)


def _count(which: BoolArray) -> IntArray:
    """Return how many of a row's few columns hold, (n_pairs,): a product is quicker than a sum along so short a row."""
    count: IntArray = which.view(np.int8) @ _ONCE
    return count


def skill_cover(pairs: Pairs) -> FloatArray:
    """Share of the skills asked for that the person has, weighted by how sure each is."""
    share: FloatArray = strengths(pairs).sum(axis=1) / skills_named(pairs)
    return share.round(4).astype(np.float32)


def skills_missing(pairs: Pairs) -> FloatArray:
    """How many of the skills asked for the person does not seem to have."""
    return (skills_named(pairs) - held(pairs, HELD)).astype(np.float32)
