"""What steps and what they open sound like, in Vietnamese and English, with weeks and cost."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.domain.bits import mask, members_of
from matching.domain.match import Step, Unlock
from matching.domain.vocabulary import LicenceCode, OfferKind, Support
from matching.explanation.figures import Both, weeks
from matching.explanation.phrases import SUPPORT_NAMES
from matching.pool.offers import NO_ROWS, Offers
from matching.pool.once import Once
from matching.pool.people import BoolArray, IntArray, People
from matching.pool.texts import names_of
from matching.rules.rule import code
from matching.rules.words import listed, money
from matching.taxonomy.licences import Licences
from matching.unlocks.locks import Locks

MOST_OPENS = 100
"""Offers that are listed of what a path opens; the others are counted."""

_COUNTED = (
    (OfferKind.OPENING, "việc", ("opening", "openings")),
    (OfferKind.PROGRAMME, "lớp học", ("course", "courses")),
    (OfferKind.LOAN, "nguồn vốn", ("loan", "loans")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens:
    """What a sort of path opens, put into words once for all paths of that sort."""

    ids: tuple[str, ...]
    more: int
    said: Both
    loans: tuple[str, ...]
    """Those among it that lend to learners."""


class Telling:
    """Puts into words what opens for one person: the ids that may be listed are read and sorted once."""

    def __init__(self, locks: Locks) -> None:
        offers, first = locks.asked.offers, locks.first_by_id(MOST_OPENS)
        ids = _ids_of(offers, np.concatenate([*first, NO_ROWS]))
        order = sorted(range(len(ids)), key=ids.__getitem__)
        self._kinds = locks.kinds
        self._ids = [ids[i] for i in order]
        self._sort = np.repeat(np.arange(len(first)), [len(rows) for rows in first])[order]
        loans = {sort: int(first[sort][0]) for sort in locks.lends.nonzero()[0].tolist()}
        self._learners = {sort: offers.ids[row] for sort, row in loans.items() if offers.loan_enrolled[row] == 1}

    def opens(self, sorts: BoolArray) -> Opens:
        """Return what some sorts of locks are; at most `MOST_OPENS` offers are listed, by id."""
        kinds = self._kinds[sorts].sum(axis=0).tolist()
        ids = [self._ids[i] for i in sorts[self._sort].nonzero()[0][:MOST_OPENS].tolist()]
        return Opens(
            ids=tuple(ids),
            more=sum(kinds) - len(ids),
            said=_counts(kinds),
            loans=tuple(sorted(loan for sort, loan in self._learners.items() if sorts[sort])),
        )


def _ids_of(offers: Offers, rows: IntArray) -> list[str]:
    """Return the ids of some rows; of many openings the same come first for most people."""
    known, asked = _IDS(offers), rows.tolist()
    if None in map(known.get, asked):
        known.update(zip(asked, names_of(offers.ids, rows), strict=True))
    return list(map(known.__getitem__, asked))


_IDS: Once[dict[int, str]] = Once(lambda _: {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is said of a programme whoever asks."""

    title: str
    step: Step
    """The programme as a step; tuition that is paid for learners costs the person nothing."""
    awarded: int
    """Mask of licences."""
    terms: tuple[tuple[str, ...], tuple[str, ...]]
    """Weeks, fee and support, in Vietnamese and in English; nothing where nothing is known."""
    told: dict[tuple[int, tuple[str, ...]], tuple[Step, Both]]
    """What was told of it, by the licences that are new and the loans that are open for it."""

    @classmethod
    def of(cls, offers: Offers, row: int) -> "Course":
        """Return a programme of the pool, read once: what stands in a row stays as it is."""
        known = _COURSES(offers)
        if row not in known:
            known[row] = cls._read(offers, row)
        return known[row]

    def taken(self, held: int, loans: tuple[str, ...], licences: Licences) -> tuple[Step, Both]:
        """Return the programme as a step, and the phrase for finishing it.

        Parameters
        ----------
        held : int
            Mask of the licences that the person has already.
        loans : tuple of str
            What it opens to its learners; that counts where it costs anything.
        """
        key = self.awarded & ~held, loans if self.step.cost_vnd else ()
        if key not in self.told:
            gained, lent = key
            self.told[key] = replace(self.step, funded_by=lent), _say(self, gained, bool(lent), licences)
        return self.told[key]

    @classmethod
    def _read(cls, offers: Offers, row: int) -> "Course":
        length, fee, support = float(offers.weeks[row]), float(offers.fee[row]), int(offers.support[row])
        paid = bool(support & mask([Support.TUITION]))
        step = Step(
            kind="programme",
            offer_id=offers.ids[row],
            weeks=None if math.isnan(length) else length,
            cost_vnd=0 if paid else None if math.isnan(fee) else round(fee),
            support=tuple(s.value for s in members_of(support, Support)),
        )
        terms = _terms(step, fee)
        return cls(
            title=offers.records[row].title,
            step=step,
            awarded=int(offers.licences_awarded[row]),
            terms=(tuple(vi for vi, _ in terms), tuple(en for _, en in terms)),
            told={},
        )


_COURSES: Once[dict[int, Course]] = Once(lambda _: {})


def unlock(steps: tuple[Step, ...], said: Sequence[Both], opens: Opens) -> Unlock:
    """Return what a path opens; *said* has a phrase a step."""
    (vi, en), (opened_vi, opened_en) = said[0], opens.said
    for then_vi, then_en in said[1:]:
        vi, en = f"{vi}, rồi {_lowered(then_vi)}", f"{en}, then {_lowered(then_en)}"
    first, cost = steps[0], total([step.cost_vnd for step in steps])
    return Unlock(
        offer_id=first.offer_id or first.code or first.kind,
        opens=opens.ids,
        more=opens.more,
        text_vi=f"{vi}: mở thêm {opened_vi}.",
        text_en=f"{en} opens {opened_en}.",
        weeks=total([step.weeks for step in steps]),
        cost_vnd=None if cost is None else round(cost),
        steps=steps,
    )


def total(parts: Sequence[float | None]) -> float | None:
    """Return a sum; None when a part is unknown."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _lowered(said: str) -> str:
    return said[:1].lower() + said[1:]


def rank(count: int, weeks: float | None, cost_vnd: float | None, ids: tuple[str, ...]) -> tuple[object, ...]:
    """Return what unlocks are sorted by: what opens most, takes the fewest weeks, costs least; unknown comes last."""
    return -count, math.inf if weeks is None else weeks, math.inf if cost_vnd is None else cost_vnd, ids


def _say(course: Course, gained: int, funded: bool, licences: Licences) -> Both:
    """Return the phrase for finishing a programme, by the mask of licences that are *gained*."""
    new = members_of(gained, LicenceCode)
    gains_vi = f", có {listed([licences.names_vi[c] for c in new], 'và')}" if new else ""
    gains_en = f", with {listed([licences.names_en[c] for c in new], 'and')}" if new else ""
    vi, en = course.terms
    if funded:
        vi, en = (*vi, "vay được tiền học"), (*en, "a loan is open for it")
    terms_vi, terms_en = (f" ({', '.join(vi)})", f" ({', '.join(en)})") if vi else ("", "")
    return f"Học lớp “{course.title}”{terms_vi}{gains_vi}", f"Taking “{course.title}”{terms_en}{gains_en}"


def say_licence(code: LicenceCode, people: People, person: int, licences: Licences) -> Both:
    """Return the phrase for having a licence, by what became of the one the person had."""
    vi, en = licences.names_vi[code], licences.names_en[code]
    bit = mask([code])
    if int(people.licences_expired[person]) & bit:
        return f"Gia hạn {vi}", f"Renewing the {en}"
    if int(people.licences_lost[person]) & bit:
        return f"Xin cấp lại {vi}", f"Replacing the lost {en}"
    if int(people.licences_in_progress[person]) & bit:
        return f"Lấy xong {vi} đang chờ", f"Getting the {en} that is on its way"
    return f"Có {vi} (hỏi đã có chưa, hoặc học lấy)", f"Having a {en} (ask whether there is one, or obtain it)"


def say_vehicle() -> Both:
    """Return the phrase for having a vehicle."""
    return "Có xe máy để đi lại", "Having a motorbike to travel"


def say_card() -> Both:
    """Return the phrase for having an identity card made."""
    return "Làm căn cước ở xã", "Having the identity card made at the commune"


def say_loan(offers: Offers, row: int) -> Both:
    """Return the phrase for borrowing for the step that stands behind it."""
    title, rate = offers.records[row].title, float(offers.loan_rate[row])
    a_year = ("", "") if np.isnan(rate) else (f" ({rate:g} %/năm)", f" ({rate:g}% a year)")
    return f"Vay “{title}”{a_year[0]}", f"Borrowing from “{title}”{a_year[1]}"


def _terms(step: Step, fee: float) -> list[Both]:
    """Return weeks, fee and support of a programme."""
    terms = [] if step.weeks is None else [weeks(step.weeks)]
    if fee > 0:
        terms.append((f"học phí {money(fee)[0]}", f"fee {money(fee)[1]}"))
    elif step.cost_vnd == 0:
        terms.append(("miễn phí", "free"))
    if step.support:
        names = [SUPPORT_NAMES[Support(s)] for s in step.support]
        paid_vi, paid_en = listed([n[0] for n in names], "và"), listed([n[1] for n in names], "and")
        terms.append((f"được hỗ trợ {paid_vi}", f"{paid_en} paid"))
    return terms


def _counts(kinds: list[int]) -> Both:
    found = [(kinds[code(kind)], vi, en) for kind, vi, en in _COUNTED if kinds[code(kind)]]
    vi = listed([f"{n} {word}" for n, word, _ in found], "và")
    return vi, listed([f"{n} {words[n != 1]}" for n, _, words in found], "and")
