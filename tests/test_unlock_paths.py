"""Two steps, the same rules: what opens only together, and nothing that is open already."""

from dataclasses import replace
from itertools import combinations
from math import ceil

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matching.domain.bits import mask
from matching.domain.match import Unlock, Ways
from matching.domain.vocabulary import ConstraintCode, LicenceCode, OfferKind
from matching.pool.offers import Offers
from matching.pool.pairs import Pairs
from matching.pool.people import People
from matching.rules import passes
from matching.search.reach import cells_in
from matching.taxonomy.release import current_taxonomy
from matching.unlocks import ways
from matching.unlocks.paths import MOST_PATHS
from tests import pools
from tests.builders import TODAY, held, loan, opening, person, programme

LICENCES = current_taxonomy().licences
HOME = "Xã Phan Rí Cửa"
NEXT = "Xã Bắc Bình"
DAY = TODAY.toordinal()
Move = tuple[str, str]
"""Kind and name of one step."""


def found(people: People, offers: Offers, row: int = 0) -> Ways:
    asked = Pairs(people=people, offers=offers, person=np.array([row]), offer=np.array([0]), as_of=DAY)
    return ways(asked, cells_in(offers).near(people, asked.person, everything=True), LICENCES)


def told(*given: object) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(s.offer_id or s.code or s.kind for s in path.steps): path.opens
        for path in found(*pools.columns([given[0]], list(given[1:]))).paths  # type: ignore[arg-type, list-item]
    }


FIRST_NEEDED = (ConstraintCode.NO_ID_CARD, ConstraintCode.NO_CAPITAL, ConstraintCode.DEBT)
FIRST = {"document", "loan"}
"""Steps that open nothing themselves: another one waits for them."""


def steps_of(path: Unlock) -> list[Move]:
    return [(step.kind, step.offer_id or step.code or "") for step in path.steps]


class Reference:
    """Every step and every two steps, one person changed by hand, every rule asked about every offer."""

    def __init__(self, people: People, offers: Offers) -> None:
        self.people, self.offers = people, offers
        self.open = self.allowed(people)
        self.moves: list[Move] = [("vehicle", "")]
        barred = np.array(sorted(set(range(len(offers))) - self.open), dtype=np.int64)
        asked = int(np.bitwise_or.reduce(offers.licences_required[barred], initial=0)) & ~int(people.licences[0])
        self.moves += [("licence", code.value) for code in LicenceCode if asked & mask([code])]
        self.moves += [
            ("programme", offers.ids[i]) for i in range(len(offers)) if offers.records[i].kind is OfferKind.PROGRAMME
        ]

    def allowed(self, who: People) -> set[int]:
        rows = np.arange(len(self.offers))
        return set(rows[passes(Pairs(people=who, offers=self.offers, person=rows * 0, offer=rows, as_of=DAY))].tolist())

    def after(self, who: People, move: Move) -> People | None:
        """The person after a step; None where it cannot be taken."""
        kind, name = move
        if kind == "vehicle":
            none = mask([ConstraintCode.NO_VEHICLE])
            return replace(who, transport=np.zeros_like(who.transport), constraints=who.constraints & ~none)
        if kind == "licence":
            return replace(who, licences=who.licences | LICENCES.covers[LicenceCode(name)])
        row = self.offers.ids.index(name)
        if row not in self.allowed(who):
            return None
        given = LICENCES.satisfied_by(int(self.offers.licences_awarded[row]))
        then = replace(who, licences=who.licences | given)
        if not who.enrolled[0]:
            weeks = float(self.offers.weeks[row])
            months = np.nan if np.isnan(weeks) else ceil(weeks / (52 / 12))
            then = replace(then, enrolled=np.array([True]), training_months=np.array([months], dtype=np.float32))
        return then

    def opened(self, *path: Move) -> set[int]:
        """What a path opens; nothing where it cannot be taken."""
        who: People | None = self.people
        for move in path:
            who = None if who is None else self.after(who, move)
        return set() if who is None else self.allowed(who) - self.open

    def follows(self, one: Move, other: Move) -> bool:
        if one[0] != "programme" or other[0] != "programme":
            return True
        first, last = (self.offers.records[self.offers.ids.index(name)] for _, name in (one, other))
        if last.starts_on is None:
            return True
        begins = first.starts_on.toordinal() if first.starts_on else DAY
        return first.weeks is not None and begins + first.weeks * 7 <= last.starts_on.toordinal() - 1

    def best_moves(self) -> list[Move]:
        """Every step; of programmes that give this person the same, the shortest, then the cheapest."""
        best: dict[object, tuple[object, Move]] = {}
        for move in self.moves:
            then = self.after(self.people, move)
            gives: object = move
            order: object = ()
            if then is not None and move[0] == "programme":
                row = self.offers.ids.index(move[1])
                record = self.offers.records[row]
                cost = 0 if "tuition" in record.support else record.fee_vnd
                months = ceil((record.weeks or 0) / (52 / 12)), record.weeks is None
                gives = LICENCES.satisfied_by(int(self.offers.licences_awarded[row])), months
                order = record.weeks is None, record.weeks or 0, cost is None, cost or 0, move[1]
            best[gives] = min(best.get(gives, (order, move)), (order, move))  # type: ignore[type-var]
        return [move for _, move in best.values()]

    def lenders(self, move: Move) -> set[str]:
        """Loans that this person may take for what a step costs, when it is begun; none where it costs nothing."""
        kind, name = move
        who = self.after(self.people, move)
        if kind == "licence" or who is None:
            return set()
        lent = {i for i, record in enumerate(self.offers.records) if record.kind is OfferKind.LOAN}
        if kind == "vehicle":
            lent -= set(np.flatnonzero(self.offers.loan_enrolled[:] == 1).tolist())
        else:
            record = self.offers.records[self.offers.ids.index(name)]
            if not record.fee_vnd or "tuition" in record.support:
                return set()
            who = replace(who, loan_vnd=np.array([record.fee_vnd], dtype=np.float64))
        return {self.offers.ids[i] for i in lent & self.allowed(who)}

    def two(self) -> set[frozenset[int]]:
        """What two steps open that neither opens alone."""
        sets = set()
        for one, other in combinations(self.moves, 2):
            for path in ((one, other), (other, one)):
                if self.follows(*path):
                    new = self.opened(*path) - self.opened(one) - self.opened(other)
                    sets |= {frozenset(new)} - {frozenset()}
        return sets


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
@example(69)
def test_paths_open_exactly_what_the_rules_allow_after_both_steps_and_not_after_one(seed: int) -> None:
    """M6: against every two steps tried by hand."""
    people, offers = pools.pools(seed, 1, 25)
    answer, by_hand = found(people, offers), Reference(people, offers)
    assert sum(answer.open_today.values()) == len(by_hand.open)
    assert answer.paths_not_listed == 0 or len(answer.paths) == MOST_PATHS
    ids = {offer_id: row for row, offer_id in enumerate(offers.ids)}
    for path in answer.paths:
        steps = steps_of(path)
        expected = by_hand.opened(*(step for step in steps if step[0] not in FIRST))
        if len(steps) > 1 and steps[0][0] not in FIRST:
            assert by_hand.follows(*steps)
            expected = expected - by_hand.opened(steps[0]) - by_hand.opened(steps[1])
        assert {ids[name] for name in path.opens} == expected, steps
    if not answer.paths_not_listed:
        two = [path for path in answer.paths if len(path.steps) > 1 and path.steps[0].kind not in FIRST]
        assert {frozenset(ids[name] for name in path.opens) for path in two} == by_hand.two()
        papers = {s[1] for s in by_hand.moves if s[0] == "licence" and by_hand.opened(s)}
        assert papers == {path.steps[-1].code for path in answer.paths if path not in two} - {None}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(FIRST_NEEDED))
def test_a_card_or_a_loan_comes_first_exactly_where_the_other_step_waits_for_it(
    seed: int, lacking: ConstraintCode
) -> None:
    """M6, M7: of every step that opens something, against each loan tried by hand; loans keep all their rules."""
    people, offers = pools.pools(seed, 1, 25)
    people = replace(people, constraints=people.constraints | mask([lacking]))
    answer, by_hand = found(people, offers), Reference(people, offers)
    if answer.paths_not_listed:
        return
    first = [path for path in answer.paths if path.steps[0].kind in FIRST]
    card = bool(people.constraints[0] & mask([ConstraintCode.NO_ID_CARD]))
    assert {path.steps[0].kind for path in first} <= {"document" if card else "loan"}
    short = [move for move in by_hand.best_moves() if by_hand.opened(move)]
    lenders = {move: {"id_card"} if card else by_hand.lenders(move) for move in short}
    told = {steps_of(path)[1]: {steps_of(path)[0][1], *path.steps[0].alike} for path in first}
    assert told == {move: loans for move, loans in lenders.items() if loans}


def test_two_courses_open_what_needs_both_their_licences() -> None:
    both = opening("J1", licences_required=["driving_B", "forklift"])
    courses = [
        programme("T1", weeks=8, fee_vnd=2_000_000, licences_awarded=["driving_B"]),
        programme("T2", weeks=2, fee_vnd=500_000, licences_awarded=["forklift"]),
    ]
    answer = found(*pools.columns([person()], [both, *courses]))
    path = next(p for p in answer.paths if [s.kind for s in p.steps] == ["programme", "programme"])
    assert path.opens == ("J1",)
    assert (path.weeks, path.cost_vnd) == (10, 2_500_000)
    assert answer.open_today == {"opening": 0, "programme": 2, "loan": 0}


def test_a_course_that_begins_before_the_other_ends_is_no_second_step() -> None:
    both = opening("J1", licences_required=["driving_B", "forklift"])
    early = programme("T1", weeks=8, licences_awarded=["driving_B"], starts_on=TODAY.replace(day=30))
    late = programme("T2", weeks=8, licences_awarded=["forklift"], starts_on=TODAY.replace(month=12))
    assert ("T1", "T2") not in told(person(), both, early, late)
    later = replace(late, starts_on=TODAY.replace(year=2027))
    assert told(person(), both, early, later)["T1", "T2"] == ("J1",)


def test_a_licence_that_expired_is_renewed() -> None:
    lorry = opening("J1", licences_required=["driving_C"])
    answer = found(*pools.columns([person(licences=[held("driving_C", "expired")])], [lorry]))
    assert answer.paths[0].text_vi == "Gia hạn giấy phép lái xe hạng C: mở thêm 1 việc."
    assert (answer.paths[0].offer_id, answer.paths[0].weeks) == ("driving_C", None)


def test_a_vehicle_opens_what_only_the_way_closes_and_a_loan_may_pay_for_it() -> None:
    """Near home means 5 km on foot and 15 km with a vehicle."""
    walker = person(commune=HOME, needs=["job"], constraints=["near_home_only", "no_vehicle"])
    far = opening("J1", commune=NEXT)
    answer = found(*pools.columns([walker], [far, loan("L1"), programme("T1", commune=NEXT)]))
    path = answer.paths[0]
    assert [s.kind for s in path.steps] == ["vehicle"]
    assert path.opens == ("J1", "T1") and path.steps[0].funded_by == ("L1",)
    assert path.text_vi == "Có xe máy để đi lại: mở thêm 1 việc và 1 lớp học."


def test_who_lacks_an_identity_card_gets_it_before_the_course() -> None:
    """M6: the course opens the work, and is not begun without the card; how long a card takes is not known."""
    lifts = opening("J1", licences_required=["forklift"])
    course = programme("T1", title="Xe nâng", weeks=2, licences_awarded=["forklift"])
    paths = found(*pools.columns([person(constraints=["no_id_card"])], [lifts, course])).paths
    path = next(p for p in paths if p.steps[1].kind == "programme")
    assert steps_of(path) == [("document", "id_card"), ("programme", "T1")]
    assert (path.opens, path.weeks, path.cost_vnd) == (("J1",), None, None)
    assert (
        path.text_vi == "Làm căn cước ở xã, rồi học lớp “Xe nâng” (2 tuần), có chứng chỉ lái xe nâng: mở thêm 1 việc."
    )


def test_who_is_short_of_money_borrows_for_the_course_that_costs() -> None:
    """M6, M9: a loan that may not be had, or is too small for the fee, pays for nothing."""
    lifts = opening("J1", licences_required=["forklift"])
    course = programme("T1", title="Xe nâng", weeks=2, fee_vnd=3_000_000, licences_awarded=["forklift"])
    enough = loan("L2", title="Quỹ xã", annual_rate_pct=6.6, max_vnd=10_000_000)
    others = [loan("L1", max_vnd=2_000_000), loan("L3", annual_rate_pct=7), loan("L4", balance_vnd=0)]
    owes = person(constraints=["debt"])
    path = found(*pools.columns([owes], [lifts, course, enough, *others])).paths[0]
    assert steps_of(path) == [("loan", "L2"), ("programme", "T1")] and path.steps[0].alike == ("L3",)
    assert (path.weeks, path.cost_vnd) == (2, 3_000_000)
    assert path.text_en.startswith("Borrowing from “Quỹ xã” (6.6% a year), then taking “Xe nâng” (2 weeks, fee")
    assert ("L2", "T1") not in told(person(), lifts, course, enough)
    taught_free = programme("T1", fee_vnd=3_000_000, support=["tuition"], licences_awarded=["forklift"])
    assert ("L2", "T1") not in told(owes, lifts, taught_free, enough)
