"""The main query: search (reach, rules, features, scores), the best k, and why."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from operator import or_
from typing import Any, Literal, TypeVar

import numpy as np

from matching.domain.bits import positions
from matching.domain.match import AlmostEligible, Exclusion, Match, OneFixAway, Recommendation
from matching.domain.vocabulary import OfferKind
from matching.explanation import Audience, explain
from matching.explanation.missing import missing
from matching.explanation.names import Names
from matching.features import matrix
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, IntArray, People
from matching.pool.texts import names_of
from matching.ranking.additive import MICRO, AdditiveModel
from matching.ranking.prior import stated_prior
from matching.rules import blockers, blocking, failing, passes, why_not
from matching.search import Found, Searcher, Side
from matching.taxonomy.release import Taxonomy
from matching.unlocks import almost_eligible, unlocks, ways

WhyNot = Literal["none", "near", "all"]
"""Which exclusions are told: only their number; those within reach; or those of the whole pool, with every reason."""

Also = Literal["ways", "almost"]
"""What is told beside a person's matches when it is asked for."""

MOST_ALMOST = 50
"""Offers one fix away that are listed; the others are counted."""

_FEW_OFFERS = 4_096
"""A pool up to this size is judged whole, as far as it is within reach: an index would not pay."""

_SUBJECTS_AT_ONCE = 64
"""Answers built together: memory grows with this, not with the pool."""

T = TypeVar("T")

_KINDS = tuple(positions(OfferKind))


class Recommender:
    """Answers what fits whom.

    Parameters
    ----------
    taxonomy : Taxonomy
        Names for the sentences; the release from which the pools were built.
    model : AdditiveModel or None
        None: the stated prior, which says so by its name.
    """

    def __init__(self, taxonomy: Taxonomy, model: AdditiveModel | None = None) -> None:
        self.names = Names.of(taxonomy)
        self.model = stated_prior() if model is None else model

    def recommend(
        self,
        people: People,
        offers: Offers,
        *,
        as_of: date,
        k: int = 10,
        per: Side = "person",
        why_not: WhyNot = "none",
        rows: IntArray | None = None,
        audience: Audience = "officer",
        with_unlocks: bool = True,
        also: Collection[Also] = (),
    ) -> tuple[Recommendation, ...]:
        """Return the best *k* of each kind per person, or per offer, best first, with reasons.

        Parameters
        ----------
        people, offers : the whole pools
            Wages are compared within *offers*: ask for one offer by *rows*, not by a pool of one.
        as_of : date
            The day the question is asked for.
        per : "person" or "offer"
        why_not : "none", "near" or "all"
            "all" judges the whole pool and gives every reason; otherwise what is out of reach is only counted, and with
            "none" also what could no longer be among the best (`not_judged`).
        rows : int (n,) or None
            Whose answers are asked for: rows of the asking side; None everybody.
        audience : "officer" or "employer"
            An employer reads less, and no blockers; scores do not depend on it.
        with_unlocks : bool
            Whether to look, per person, for programmes that would open offers.
        also : collection of "ways" and "almost"
            Told per person beside: paths of up to two steps, and the offers that are one fix away. Each looks at
            every offer within reach.

        Returns
        -------
        tuple of Recommendation
            One for each of *rows*, in that order; each accounts for every row of the other side.

        Raises
        ------
        ValueError
            Exclusions were asked for an employer, who is never told why somebody does not fit; or k is negative.
        """
        if audience == "employer" and why_not != "none":
            raise ValueError('an employer is never told why somebody does not fit: ask with why_not="none"')
        if k < 0:
            raise ValueError(f"k [{k}] must be 0 or more")
        searcher = Searcher(people, offers, self.model, per=per, as_of=as_of.toordinal())
        subjects = _everybody(people if per == "person" else offers) if rows is None else np.asarray(rows)
        answers: list[Recommendation] = []
        for first in range(0, len(subjects), _SUBJECTS_AT_ONCE):
            asked = subjects[first : first + _SUBJECTS_AT_ONCE]
            if why_not == "none" and offers.n_standing > _FEW_OFFERS:
                found = searcher.best(asked, k=k)
            else:
                found = searcher.find(asked, k=k, everything=why_not == "all")
            told = self._told(found, len(asked), why=why_not, audience=audience)
            if per == "person":
                told = map(or_, told, self._beside(found, asked, with_unlocks=with_unlocks, also=also))
            ids = people.ids if per == "person" else offers.ids
            answers += (
                Recommendation(subject_id=ids[row], as_of=as_of, model=self.model.name, **its)
                for row, its in zip(asked.tolist(), told, strict=True)
            )
        return tuple(answers)

    def pair(self, people: People, offers: Offers, *, person: int, offer: int, as_of: date) -> Match | Exclusion:
        """Return what there is to say about one pair of rows, near or not.

        Returns
        -------
        Match or Exclusion
            The score with every reason (rank 1: it was compared with nothing), or every failing rule with its fix.
        """
        one = Pairs(
            people=people,
            offers=offers,
            person=np.array([person]),
            offer=np.array([offer]),
            as_of=as_of.toordinal(),
        )
        if not passes(one)[0]:
            return Exclusion(person_id=people.ids[person], offer_id=offers.ids[offer], verdicts=why_not(one, 0))
        score = self.model.score(matrix(one))
        return next(self._matches(one, score, np.zeros(1, dtype=np.int64), audience="officer", every=True))[1]

    def _told(self, found: Found, n: int, *, why: WhyNot, audience: Audience) -> Iterator[dict[str, Any]]:
        """Yield what is told of each of *n* subjects of one piece of a search: matches, and what is no match."""
        told = self._matches(found.shown, found.score, found.shown_of, audience=audience, every=why == "all")
        matches = _by_subject(told, n)
        excluded = _by_subject(_exclusions(found) if why != "none" else iter(()), n)
        for i in range(n):
            yield {
                "matches": matches[i],
                "not_shown": int(found.not_shown[i]),
                "excluded": tuple(sorted(excluded[i], key=lambda e: (e.offer_id, e.person_id))),
                "excluded_count": int(found.excluded_count[i]),
                "not_near": int(found.not_near[i]),
                "not_judged": int(found.not_judged[i]),
            }

    def _beside(
        self, found: Found, rows: IntArray, *, with_unlocks: bool, also: Collection[Also]
    ) -> Iterator[dict[str, Any]]:
        """Yield what stands beside each person's matches: what to ask, and what programmes would open."""
        near, asked = found.near, replace(found.shown, person=rows, offer=np.zeros_like(rows))
        asks = missing(asked.people, rows, asked.offers, near)
        opened = unlocks(asked, near, self.names.licences) if with_unlocks else [((), 0)] * len(rows)
        for i, (asks_of, (opens, more)) in enumerate(zip(asks, opened, strict=True)):
            beside: dict[str, Any] = {"missing": asks_of, "unlocks": opens, "unlocks_not_listed": more}
            if also:
                one = asked.where(np.array([i])), near[i : i + 1]
                beside["ways"] = ways(*one, self.names.licences) if "ways" in also else None
                beside["almost"] = self._almost(*one) if "almost" in also else None
            yield beside

    def _almost(self, asked: Pairs, near: BoolArray) -> AlmostEligible:
        """Return the offers that are one fix away from one person, by what the pair would score."""
        found = almost_eligible(asked, near, self.names.licences)
        pairs, score = found.pairs, self.model.score(matrix(found.pairs))
        ids = [pairs.offers.ids[row] for row in pairs.offer.tolist()]
        order = sorted(range(len(ids)), key=lambda i: (-int(score[i]), ids[i]))
        told = [
            OneFixAway(
                offer_id=ids[i],
                kind=_KINDS[pairs.offers.kind[pairs.offer[i]]],
                score=int(score[i]) / MICRO,
                rule=verdict.rule,
                fix=verdict.fix,
                text_vi=verdict.text_vi,
                text_en=verdict.text_en,
            )
            for i in order[:MOST_ALMOST]
            if (verdict := found.told[i]()).fix is not None
        ]
        return AlmostEligible(almost=tuple(told), almost_not_listed=len(order) - len(told))

    def _matches(
        self, pairs: Pairs, score: IntArray, subject: IntArray, *, audience: Audience, every: bool
    ) -> Iterator[tuple[int, Match]]:
        """Yield (subject, match) of pairs that stand by subject and best first."""
        values = matrix(pairs)
        contributions = self.model.contributions(values)
        reasons = explain(pairs, values, contributions, self.names, audience=audience, every=every)
        said = blocking(pairs) & (audience == "officer")
        ids = names_of(pairs.people.ids, pairs.person), names_of(pairs.offers.ids, pairs.offer)
        columns = (subject, pairs.what.kind, score / MICRO, np.asarray(said.any(axis=1)))
        rank, last = 0, -1
        for row, (of, kind, points, blocked, person_id, offer_id) in enumerate(
            zip(*(column.tolist() for column in columns), *ids, strict=True)
        ):
            rank, last = (rank + 1 if of == last else 1), of
            yield (
                of,
                Match(
                    rank=rank,
                    person_id=person_id,
                    offer_id=offer_id,
                    kind=_KINDS[kind],
                    score=points,
                    reasons=reasons[row],
                    blockers=blockers(pairs, row, said[row]) if blocked else (),
                ),
            )


def _everybody(side: People | Offers) -> IntArray:
    """Return all rows that count."""
    return np.arange(len(side)) if isinstance(side, People) else side.standing()


def _exclusions(found: Found) -> Iterator[tuple[int, Exclusion]]:
    """Yield (subject, exclusion) with every failing rule."""
    pairs = found.excluded
    failed = failing(pairs)
    for row, of in enumerate(found.excluded_of.tolist()):
        yield (
            of,
            Exclusion(
                person_id=pairs.people.ids[pairs.person[row]],
                offer_id=pairs.offers.ids[pairs.offer[row]],
                verdicts=why_not(pairs, row, failed[row]),
            ),
        )


def _by_subject(records: Iterator[tuple[int, T]], n: int) -> list[tuple[T, ...]]:
    """Return the records of each of *n* subjects, in order."""
    found: list[list[T]] = [[] for _ in range(n)]
    for of, record in records:
        found[of].append(record)
    return [tuple(its) for its in found]
