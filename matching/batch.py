"""Many people at once: blocks of people who live near each other, spread over workers by joblib.

Each person's answer depends on nobody else's, so any number of workers, and any backend that joblib is configured for
(`joblib.parallel_config`: "loky" here, "dask" on a cluster), gives the same answers in the same order. A worker holds
one block's pairs and the pool of offers, which joblib shares between workers through memory-mapped files.
"""

from datetime import date

import numpy as np
from joblib import Parallel, delayed

from matching.domain.match import Recommendation
from matching.pool.offers import Offers
from matching.pool.people import People
from matching.recommender import Recommender, WhyNot

PEOPLE_A_BLOCK = 256
"""People whose answers one task builds."""


def recommend_many(
    recommender: Recommender,
    people: People,
    offers: Offers,
    *,
    as_of: date,
    k: int = 10,
    why_not: WhyNot = "none",
    workers: int | None = 1,
) -> tuple[Recommendation, ...]:
    """Return what `Recommender.recommend` returns per person, reckoned in blocks.

    Parameters
    ----------
    workers : int or None
        Processes; -1 one a core; None what `joblib.parallel_config` says.

    Returns
    -------
    tuple of Recommendation
        One a person, in the order of *people*; the same for any number of workers.
    """
    order = np.argsort(people.place, kind="stable")
    blocks = [order[first : first + PEOPLE_A_BLOCK] for first in range(0, len(order), PEOPLE_A_BLOCK)]
    done = Parallel(n_jobs=workers)(
        delayed(_block)(recommender, people.take(rows), offers, as_of, k, why_not) for rows in blocks
    )
    answers: list[Recommendation | None] = [None] * len(people)
    for rows, found in zip(blocks, done, strict=True):
        for row, answer in zip(rows.tolist(), found, strict=True):
            answers[row] = answer
    return tuple(answer for answer in answers if answer is not None)


def _block(
    recommender: Recommender, people: People, offers: Offers, as_of: date, k: int, why_not: WhyNot
) -> tuple[Recommendation, ...]:
    return recommender.recommend(people, offers, as_of=as_of, k=k, why_not=why_not)
