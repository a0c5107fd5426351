"""An answer is as new as somebody was told that it is, whoever is asked."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app import schema
from app.kit.db import Database
from app.kit.settings import Settings
from app.main import create_app
from tests import servers
from tests.catching_up import catch_up
from tests.conftest import on_postgresql
from tests.contract.problems import named_by, problem_of
from tests.newsroom import Newsroom

HEADER = "Broadsheet-At-Least"


def _settings(client: TestClient) -> Settings:
    assert isinstance(client.app, FastAPI)
    settings: Settings = client.app.state.settings
    return settings


@pytest.fixture(scope="module")
def elsewhere(session_client: TestClient) -> Iterator[TestClient]:
    """Another process with a cache of its own, which hears of changes by the log."""
    with TestClient(create_app(_settings(session_client))) as client:
        yield client


@pytest.fixture(scope="module")
def on_replica(
    session_client: TestClient, pytestconfig: pytest.Config
) -> Iterator[TestClient]:
    """A process that reads from a replica to which nothing has come yet."""
    settings = _settings(session_client)
    server = servers.server_for(pytestconfig).url
    assert server is not None
    with servers.new_database(server) as url:
        with Database(url) as database:
            schema.migrate(database)
        behind = settings.model_copy(update={"delivery_database_url": url})
        with TestClient(create_app(behind), raise_server_exceptions=False) as client:
            yield client


def test_what_another_process_keeps_is_passed_by_where_it_is_older(
    newsroom: Newsroom, client: TestClient, elsewhere: TestClient
) -> None:
    story = newsroom.published("Story 0")
    url = f"/v1/articles/{story['id']}"
    for number in range(1, 11):
        elsewhere.get(url)
        story = newsroom.publish(newsroom.edit(story, headline=f"Story {number}"))
        told = str(catch_up(client))
        answer = elsewhere.get(url, headers={HEADER: told})

        assert answer.json()["headline"] == f"Story {number}"
        assert int(answer.headers["Broadsheet-Position"]) >= int(told)


def test_what_is_kept_is_sent_where_it_is_new_enough(
    newsroom: Newsroom, client: TestClient, statements: list[str]
) -> None:
    url = f"/v1/articles/{newsroom.published()['id']}"
    client.get(url)
    told = str(catch_up(client))
    del statements[:]
    answer = client.get(url, headers={HEADER: told})

    assert answer.status_code == 200
    assert [each for each in statements if "documents" in each] == []


@on_postgresql
def test_the_primary_answers_where_a_replica_is_behind(
    newsroom: Newsroom, client: TestClient, on_replica: TestClient
) -> None:
    story = newsroom.published()
    told = str(catch_up(client))
    url = f"/v1/articles/{story['id']}"
    assert on_replica.get(url).status_code == 404

    for path in (url, "/v1/changes?after=0&include=documents", "/v1/snapshot"):
        right = client.get(path)
        answer = on_replica.get(path, headers={HEADER: told})
        assert (answer.status_code, answer.text) == (200, right.text)
        assert answer.headers["Broadsheet-Position"] == told


@on_postgresql
def test_what_is_not_there_says_as_of_when(
    newsroom: Newsroom, client: TestClient, on_replica: TestClient
) -> None:
    story = newsroom.publish(newsroom.edit(newsroom.published(), slug="moved"))
    newsroom.withdraw(newsroom.published("Gone", slug="gone"))
    told = str(catch_up(client))
    for path, status in (
        (f"/v1/articles/{story['id']}", 200),
        ("/v1/articles/ferry-returns", 308),
        ("/v1/articles/none", 404),
        ("/v1/none", 404),
        ("/v1/articles/gone", 410),
        ("/v1/articles?limit=x", 422),
    ):
        for method in ("GET", "HEAD"):
            answer = client.request(method, path, follow_redirects=False)
            assert answer.status_code == status, path
            assert answer.headers.get_list("Broadsheet-Position") == [told], path
    answer = on_replica.get("/v1/articles/gone", headers={HEADER: told})
    assert (answer.status_code, answer.headers["Broadsheet-Position"]) == (410, told)


@pytest.mark.parametrize("wanted", ["", "x", "-1", "1.0", "9" * 30, "9" * 5000])
def test_what_is_no_position_is_refused(client: TestClient, wanted: str) -> None:
    for path in ("/v1/articles", "/v1/changes"):
        answer = client.get(path, headers={HEADER: wanted})

        assert named_by(problem_of(answer)) == {HEADER}


def test_a_position_that_has_not_come_yet_is_refused(
    newsroom: Newsroom, client: TestClient
) -> None:
    newsroom.published()
    client.get("/v1/articles")
    beyond = str(catch_up(client) + 1)
    for path in ("/v1/articles", "/v1/changes", "/v1/snapshot"):
        problem = problem_of(client.get(path, headers={HEADER: beyond}))

        assert (problem["code"], named_by(problem)) == ("invalid", {HEADER})
