"""What a step gives a person, and the person as they would be with it."""

from dataclasses import dataclass, fields, replace

import numpy as np

from matching.domain.bits import mask, positions
from matching.domain.vocabulary import ConstraintCode, Transport
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.rules import passes
from matching.taxonomy.licences import Licences

_WEEKS_A_MONTH = 52 / 12
_UNKNOWN = -1
_RIDES = positions(Transport)[Transport.MOTORBIKE]
_NO_VEHICLE = mask([ConstraintCode.NO_VEHICLE])


@dataclass(frozen=True, slots=True, kw_only=True)
class Gains:
    """What each of some steps, or paths of steps, gives, one row each."""

    licences: IntArray
    """Mask of licences with all that they cover, (n,) int64."""
    enrols: BoolArray
    """Whether the person is enrolled by it, (n,)."""
    months: FloatArray
    """Begun months of that programme, (n,); NaN unknown or none."""
    rides: BoolArray
    """Whether the person has a motorbike or a car from then on, (n,)."""

    def __len__(self) -> int:
        return len(self.licences)

    def where(self, rows: IntArray | BoolArray) -> "Gains":
        """Return the gains of some rows."""
        return Gains(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def then(self, other: "Gains") -> "Gains":
        """Return what two steps give together, row by row; the first programme is the one enrolled in."""
        return Gains(
            licences=self.licences | other.licences,
            enrols=self.enrols | other.enrols,
            months=np.where(self.enrols, self.months, other.months),
            rides=self.rides | other.rides,
        )

    def alike(self) -> tuple[IntArray, IntArray]:
        """Return a row of each sort that gives the same, (n_sorts,), and the sort of each row, (n,)."""
        columns = self.licences, self.enrols, np.where(np.isnan(self.months), _UNKNOWN, self.months), self.rides
        number: dict[tuple[float, ...], int] = {}
        sort = [number.setdefault(its, len(number)) for its in zip(*(c.tolist() for c in columns), strict=True)]
        first = np.full(len(number), -1)
        first[sort[::-1]] = np.arange(len(sort))[::-1]
        return first, np.array(sort, dtype=np.int64)

    def together(self) -> "Gains":
        """Return all that is given, one row: every licence, and the months of the longest programme."""
        months = np.max(self.months, where=~np.isnan(self.months), initial=1, keepdims=True)
        return Gains(
            licences=np.bitwise_or.reduce(self.licences, keepdims=True),
            enrols=np.array([self.enrols.any()]),
            months=months,
            rides=np.array([self.rides.any()]),
        )

    @classmethod
    def joined(cls, parts: "list[Gains]") -> "Gains":
        """Return gains one after the other."""
        return cls(**{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(cls)})


def of_programmes(offers: Offers, rows: IntArray, licences: Licences) -> tuple[Gains, IntArray]:
    """Return what programmes give to those who finish them: their licences, and the enrolment.

    Returns
    -------
    Gains
        One row a sort of programmes that give the same.
    array of int
        The sort of each programme, (n,).
    """
    awarded, months = offers.licences_awarded[rows].tolist(), np.ceil(offers.weeks[rows] / _WEEKS_A_MONTH)
    months[np.isnan(months)] = _UNKNOWN
    covered = {held: licences.satisfied_by(held) for held in set(awarded)}
    given = zip([covered[held] for held in awarded], months.tolist(), strict=True)
    number: dict[tuple[int, float], int] = {}
    sort = np.array([number.setdefault(its, len(number)) for its in given], dtype=np.intp)
    lengths = np.array([length for _, length in number], dtype=months.dtype)
    lengths[lengths == _UNKNOWN] = np.nan
    return replace(enrolments(lengths), licences=np.array([mask for mask, _ in number], dtype=np.int64)), sort


def enrolments(months: FloatArray) -> Gains:
    """Return what programmes of some lengths give beside licences, one row a length; NaN unknown."""
    n = len(months)
    return Gains(
        licences=np.zeros(n, dtype=np.int64),
        enrols=np.ones(n, dtype=bool),
        months=months,
        rides=np.zeros(n, dtype=bool),
    )


def of_papers(masks: IntArray, *, rides: bool = False) -> Gains:
    """Return what licences give that a person obtains without a programme of the pool (0: none), one row a mask."""
    n = len(masks)
    return Gains(
        licences=masks.astype(np.int64),
        enrols=np.zeros(n, dtype=bool),
        months=np.full(n, np.nan, dtype=np.float32),
        rides=np.full(n, rides),
    )


def afterwards(people: People, person: IntArray, gains: Gains) -> People:
    """Return people as they would be with what they gain, one row a gain; *person* (n,) says whose each is.

    Somebody who is enrolled already stays in that programme: the months are its own.
    """
    then = people.alone(int(person[0])) if len(person) == 1 else people.take(person)
    months = np.where(then.enrolled | ~gains.enrols, then.training_months, gains.months)
    had = ~gains.licences
    return replace(
        then,
        licences=then.licences | gains.licences,
        licences_expired=then.licences_expired & had,
        licences_lost=then.licences_lost & had,
        licences_in_progress=then.licences_in_progress & had,
        enrolled=then.enrolled | gains.enrols,
        training_months=months.astype(then.training_months.dtype),
        transport=np.where(gains.rides, _RIDES, then.transport).astype(then.transport.dtype),
        constraints=np.where(gains.rides, then.constraints & ~_NO_VEHICLE, then.constraints),
    )


def with_gain(asked: Pairs, gain: Gains) -> Pairs:
    """Return one pair with its person as they would be with one gain."""
    return replace(asked, people=afterwards(asked.people, asked.person, gain), person=np.zeros_like(asked.person))


def with_offers(asked: Pairs, rows: IntArray, offers: Offers | None = None) -> Pairs:
    """Return the person of one pair with some rows of a pool of offers; None: of the same pool."""
    person = asked.person.repeat(len(rows))
    return replace(asked, person=person, offer=rows, offers=asked.offers if offers is None else offers)


def allowed(asked: Pairs, rows: IntArray, offers: Offers | None = None) -> Pairs:
    """Return the pairs of `with_offers` that pass every rule."""
    pairs = with_offers(asked, rows, offers)
    return pairs.where(passes(pairs))
