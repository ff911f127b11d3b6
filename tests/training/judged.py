"""Invented judgements: people whose wishes differ from the stated prior in a known way."""

from dataclasses import replace

import numpy as np

from matching.evaluation.judgements import Graded
from matching.features import matrix
from matching.pool.pairs import Pairs
from matching.ranking.additive import MICRO, AdditiveModel
from matching.ranking.prior import stated_prior
from matching.rules import passes
from tests.builders import TODAY
from tests.pools import pools


def wishes(**times: float) -> AdditiveModel:
    """The stated prior with some tables made steeper (or flat) by a factor."""
    prior = stated_prior()
    shapes = {
        name: replace(shape, values=tuple(round(v * times.get(name, 1.0), 6) for v in shape.values))
        for name, shape in prior.shapes.items()
    }
    return AdditiveModel(shapes, name="wishes")


def judged(
    true: AdditiveModel, *, seed: int, n_people: int = 60, each: int = 10, noise: float = 0.3, times: float = 1
) -> Graded:
    """Judgements of pairs that pass every rule, graded by a true model (turned round if *times* is -1) plus noise."""
    rng = np.random.default_rng(seed)
    people, offers = pools(seed, n_people, 80)
    every = Pairs.cross(people, offers, as_of=TODAY.toordinal())
    passing = np.flatnonzero(passes(every))
    picked = np.concatenate(
        [
            rng.choice(own, min(each, len(own)), replace=False)
            for row in range(n_people)
            if len(own := passing[every.person[passing] == row]) > 1
        ]
    )
    pairs = every.where(np.sort(picked))
    score = times * true.score(matrix(pairs)) / MICRO + rng.normal(0, noise, len(pairs))
    grade = np.digitize(score, np.quantile(score, (0.4, 0.65, 0.85)))
    return Graded(pairs=pairs, grade=grade, must_filter=np.zeros(len(pairs), dtype=bool))
