"""The coordinator's counts."""

from typing import Any

import pytest

from tests.service.conftest import PHAN_RI, TRA_TAN, World
from tests.service.examples import OPENING, PROGRAMME, SURVEY

API = "/api/v1"


def record(world: World, officer: str, count: int, text: str, start: int = 0) -> None:
    client = world.client(officer)
    for i in range(start, start + count):
        body = SURVEY | {"person_id": f"R{i}", "text": text, "commune": None}
        assert client.post(f"{API}/surveys", json=body).status_code == 201


def report(world: World, commune: str | None = None) -> Any:
    query = {} if commune is None else {"commune": commune}
    return world.client("coordinator.lamdong").get(f"{API}/reports/situation", params=query).json()


def cells(found: dict[str, Any]) -> dict[str, int | None]:
    return {"people": found["people"]} | {f"need {c['code']}": c["people"] for c in found["needs"]}


def test_counts_of_ten_and_more_are_told(world: World):
    record(world, "officer.phanri", 12, "lam phu ho 4 nam, can viec lam")
    found = report(world, PHAN_RI)
    assert found["people"] == 12
    assert cells(found)["need job"] == 12
    trades = {t["code"]: t for t in found["trades"]}
    assert trades["931"]["experienced"] == 12


def test_counts_under_ten_are_not_told(world: World):
    """P6."""
    record(world, "officer.phanri", 9, "lam phu ho 4 nam, can viec lam")
    found = report(world, PHAN_RI)
    assert found["people"] is None
    assert all(count is None for count in cells(found).values())


def test_a_small_commune_cannot_be_subtracted_from_the_province(world: World):
    """P6: 15 here, 4 there: the sum of 19 would give the 4 away."""
    record(world, "officer.phanri", 15, "lam phu ho 4 nam, can viec lam")
    record(world, "officer.tratan", 4, "lam phu ho 4 nam, can viec lam")
    whole, large, small = report(world), report(world, PHAN_RI), report(world, TRA_TAN)
    for key in cells(whole):
        assert cells(small)[key] is None
        assert cells(whole)[key] is None or cells(large)[key] is None


def test_seats_stand_beside_needs(world: World):
    record(world, "officer.phanri", 10, "lam phu ho 4 nam, can viec lam")
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"headcount": 4})
    needs = {c["code"]: c for c in report(world, PHAN_RI)["needs"]}
    assert (needs["job"]["people"], needs["job"]["seats"]) == (10, 4)
    trades = {t["code"]: t for t in report(world, PHAN_RI)["trades"]}
    assert (trades["931"]["seats"], trades["931"]["gap"]) == (4, 6)


@pytest.mark.parametrize("commune", ["Xã Phan Rí Cửa", "phan ri cua", PHAN_RI])
def test_a_commune_is_named_by_code_or_name(world: World, commune: str):
    assert report(world, commune)["commune"] == PHAN_RI


def test_a_commune_elsewhere_does_not_exist(world: World):
    """P1."""
    client = world.client("coordinator.lamdong")
    elsewhere = client.get(f"{API}/reports/situation", params={"commune": "Phường Bến Thành, Hồ Chí Minh"})
    assert elsewhere.status_code == 404


def test_a_report_names_nobody(world: World):
    """P1."""
    record(world, "officer.phanri", 12, "lam phu ho 4 nam, can viec lam")
    assert "R1" not in world.client("coordinator.lamdong").get(f"{API}/reports/situation").text


def test_what_opens_most_for_a_commune_is_told_in_totals(world: World):
    """P6: ten and more people; nobody's name, and nothing of another commune."""
    record(world, "officer.phanri", 12, "lam phu ho 4 nam, can viec lam")
    record(world, "officer.tratan", 9, "lam phu ho 4 nam, can viec lam", start=20)
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"licences_required": ["forklift"]})
    course = PROGRAMME | {"offer_id": "T1", "licences_awarded": ["forklift"], "starts_on": None}
    assert world.client("provider.one").post(f"{API}/programmes", json=course).status_code == 201
    coordinator = world.client("coordinator.lamdong")
    found = coordinator.get(f"{API}/reports/programmes", params={"commune": PHAN_RI}).json()
    assert [(one["code"], one["people"], one["pairs"]) for one in found["programmes"]] == [("T1", 12, 12)]
    assert [(one["code"], one["people"], one["pairs"]) for one in found["licences"]] == [("forklift", 12, 12)]
    small = coordinator.get(f"{API}/reports/programmes", params={"commune": TRA_TAN}).json()
    assert small["programmes"] == small["licences"] == []
    assert found["guarantee"] == 0.632
    elsewhere = coordinator.get(f"{API}/reports/programmes", params={"commune": "Phường Bến Thành, Hồ Chí Minh"})
    assert elsewhere.status_code == 404
    assert world.client("officer.phanri").get(f"{API}/reports/programmes?commune={PHAN_RI}").status_code == 404
