"""Many people at once: blocks of people who live near each other, spread over workers by joblib.

Each person's answer depends on nobody else's, so any number of workers, and any backend that joblib is configured for
(`joblib.parallel_config`: "loky" here, "dask" on a cluster), gives the same answers in the same order. See
`docs/decisions/0013` for what a worker holds.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from matching.batch.reading import read_many
from matching.batch.shortlisting import Shortlisting
from matching.batch.shortlists import Shortlists, joined
from matching.batch.workers import in_blocks
from matching.domain.match import Recommendation
from matching.pool.offers import Offers
from matching.pool.people import IntArray, People
from matching.ranking.additive import AdditiveModel
from matching.recommender import Also, Recommender, WhyNot

__all__ = ["Shortlists", "read_many", "recommend_many", "shortlist_many"]

PEOPLE_A_BLOCK = 256
"""People whose answers one task builds."""

T = TypeVar("T")


def shortlist_many(
    people: People, offers: Offers, model: AdditiveModel, *, as_of: date, k: int = 20, workers: int | None = 1
) -> Shortlists:
    """Return the best *k* of each kind for everybody, as columns: what `Searcher.find` shows and counts.

    Parameters
    ----------
    people, offers : the whole pools
    as_of : date
        The day the question is asked for.
    workers : int or None
        Processes; -1 one a core; None what `joblib.parallel_config` says.

    Returns
    -------
    Shortlists
        One list a person, in the order of *people*; the same for any number of workers.

    Raises
    ------
    ValueError
        *k* is negative.
    """
    if k < 0:
        raise ValueError(f"k [{k}] must be 0 or more")
    task = Shortlisting(people=people, offers=offers, model=model, as_of=as_of.toordinal(), k=k)
    parts, at = in_blocks(task, people, size=PEOPLE_A_BLOCK, workers=workers)
    return joined(parts, offers.ids).take(at)


def recommend_many(
    recommender: Recommender,
    people: People,
    offers: Offers,
    *,
    as_of: date,
    told: Callable[[Recommendation], T],
    k: int = 10,
    why_not: WhyNot = "none",
    also: Collection[Also] = (),
    workers: int | None = 1,
) -> tuple[T, ...]:
    """Return what `Recommender.recommend` returns per person, reckoned in blocks, as *told* puts it.

    Parameters
    ----------
    told : callable
        What is wanted of each answer, made where the answer is: bytes travel between processes, objects hardly do. It
        must be a function of a module.
    workers : int or None
        Processes; -1 one a core; None what `joblib.parallel_config` says.

    Returns
    -------
    tuple
        One a person, in the order of *people*; the same for any number of workers.
    """
    task = _Answering(
        recommender=recommender,
        people=people,
        offers=offers,
        as_of=as_of,
        k=k,
        why_not=why_not,
        also=tuple(also),
        told=told,
    )
    parts, at = in_blocks(task, people, size=PEOPLE_A_BLOCK, workers=workers)
    answers = [answer for part in parts for answer in part]
    return tuple(answers[i] for i in at.tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answering(Generic[T]):
    """A task: full answers with words."""

    recommender: Recommender
    people: People
    offers: Offers
    as_of: date
    k: int
    why_not: WhyNot
    also: tuple[Also, ...]
    told: Callable[[Recommendation], T]

    def __call__(self, rows: IntArray) -> list[T]:
        found = self.recommender.recommend(
            self.people.take(rows), self.offers, as_of=self.as_of, k=self.k, why_not=self.why_not, also=self.also
        )
        return [self.told(answer) for answer in found]
