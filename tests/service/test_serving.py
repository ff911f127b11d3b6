"""Which model answers, and what happens when it cannot."""

from datetime import UTC, datetime

from matching.registry import promote
from matching.taxonomy.release import current_taxonomy
from service.operations.serving import recommender_of
from tests.service.conftest import World
from tests.service.examples import OPENING, SURVEY

API = "/api/v1"


def test_with_no_release_the_stated_prior_serves_and_says_so(world: World):
    """M14."""
    world.client("officer.phanri").post(f"{API}/surveys", json=SURVEY)
    assert world.client("officer.phanri").get(f"{API}/people/PR-1/matches").json()["model"] == "baseline"
    assert "stated prior" in world.client().get("/ready").json()["degraded"][0]


def test_a_broken_serving_file_is_refused_while_the_service_goes_on(world: World):
    """F7: the reason is named, the old model answers."""
    models = world.house.matcher.model.models
    models.mkdir()
    (models / "serving.toml").write_text("release = 'something")
    ready = world.client().get("/ready").json()
    assert ready["ready"] is True
    assert any("serving.toml" in fault for fault in ready["degraded"])
    officer = world.client("officer.phanri")
    officer.post(f"{API}/surveys", json=SURVEY)
    world.client("employer.one").post(f"{API}/openings", json=OPENING | {"offer_id": "J1"})
    assert officer.get(f"{API}/people/PR-1/matches").json()["matches"]


def test_a_promotion_is_seen_without_a_restart(world: World):
    model = world.house.matcher.model
    before = model.recommender()
    now = datetime(2026, 11, 23, tzinfo=UTC)
    promote(model.models, "baseline", at=now, by="analyst.one", taxonomy_release=current_taxonomy().release)
    assert model.recommender() is not before
    assert model.refused == ()
    rows = world.client("analyst.one").get(f"{API}/releases").json()["items"]
    assert [(row["name"], row["serving"], row["refused"]) for row in rows] == [("baseline", True, None)]


def test_the_command_line_gets_the_release_it_names(world: World):
    models = world.house.matcher.model.models
    assert recommender_of("baseline", models=models).model.name == "baseline"
    assert recommender_of(None, models=models).model.name == "baseline"
