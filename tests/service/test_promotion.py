"""An analyst lets a release serve over HTTP: the gates of the command line, and the reason when it is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matching.registry import read_history, serving
from service import audit
from service.api.answers import write_cursor
from tests.registry.store import FAILED, rewritten, saved
from tests.service.conftest import World
from tests.service.referring import API


def post(world: World, release: str, **headers: str) -> Any:
    return world.client("analyst.one").post(f"{API}/releases/{release}/promotion", headers=headers)


def promotions(world: World) -> list[str]:
    """Return the releases whose promotion the audit names."""
    with world.house.database.reading() as connection:
        audit.verify(connection, world.house.database.keys)
        rows = connection.execute(audit.audit.select().where(audit.audit.c.action == "promote_release"))
        return [row.detail for row in rows]


def models_of(world: World) -> Path:
    return world.house.matcher.model.models


def test_a_release_that_passed_every_gate_serves_from_the_next_query_on(world: World) -> None:
    """M14, P7."""
    release = saved(models_of(world))
    assert world.house.matcher.model.name == "baseline"
    answer = post(world, release.name)
    told = answer.json()
    assert (answer.status_code, told["release"], told["by"]) == (200, release.name, "analyst.one")
    assert world.house.matcher.model.name == release.name
    [row] = [row for row in world.client("admin").get(f"{API}/releases").json()["items"] if row["serving"]]
    assert row["name"] == release.name
    assert promotions(world) == [f'{{"release":"{release.name}"}}']


def unsound(models: Path) -> str:
    name = saved(models).name
    (models / name / "model.json").write_text("{}")
    return name


def stale(models: Path) -> str:
    name = saved(models).name
    rewritten(models, name, lambda record: record.update(taxonomy_release="1999.1"))
    return name


def below_a_gate(models: Path) -> str:
    return saved(models, gate=FAILED).name


@pytest.mark.parametrize(
    ("made", "why"), [(unsound, "SHA-256"), (stale, "train it again"), (below_a_gate, "30 judged people")]
)
def test_a_bad_release_is_refused_with_the_reason_and_the_old_one_keeps_serving(
    world: World, made: Callable[[Path], str], why: str
) -> None:
    """F7; nothing is put on record for what did not happen."""
    models = models_of(world)
    answer = post(world, made(models))
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert why in answer.json()["detail"]
    assert str(models) not in answer.text
    assert world.house.matcher.model.name == "baseline"
    assert promotions(world) == []


def test_another_learnt_release_must_be_compared_with_the_one_that_serves(world: World) -> None:
    first, second = saved(models_of(world)), saved(models_of(world), near=0.7)
    assert post(world, first.name).status_code == 200
    answer = post(world, second.name)
    assert (answer.status_code, "must be compared" in answer.json()["detail"]) == (409, True)
    assert world.house.matcher.model.name == first.name


@pytest.mark.parametrize("name", ["ranking-0000000000", "..", ".", "%2e%2e", "a b", "x" * 300])
def test_a_name_that_is_no_release_answers_like_any_unknown_path(world: World, name: str) -> None:
    assert post(world, name).status_code == 404


def test_the_same_key_promotes_once(world: World) -> None:
    """F6."""
    release = saved(models_of(world))
    answers = [post(world, release.name, **{"Idempotency-Key": "once"}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert len(read_history(models_of(world))) == len(promotions(world)) == 1
    assert serving(models_of(world), taxonomy_release=world.house.taxonomy.release).release == release.name


def test_releases_are_listed_page_by_page(world: World) -> None:
    models = models_of(world)
    saved(models), saved(models, near=0.7)
    analyst = world.client("analyst.one")
    whole = analyst.get(f"{API}/releases").json()
    assert (len(whole["items"]), whole["next_cursor"]) == (3, None)
    first = analyst.get(f"{API}/releases?limit=2").json()
    rest = analyst.get(f"{API}/releases", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert first["items"] + rest["items"] == whole["items"]
    assert rest["next_cursor"] is None
    for wrong in ("limit=0", "limit=1000000000", "cursor=x", f"cursor={write_cursor('gone')}"):
        assert analyst.get(f"{API}/releases?{wrong}").status_code == 422
