"""The short way to an article answers as the long one does, or not at all."""

from collections.abc import Callable

import pytest
from httpx import Response
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.kit.db import Database
from tests.newsroom import Newsroom, paragraph

OF_THE_MOMENT = {"x-request-id", "date"}


@pytest.fixture
def long_ways(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often the long way was gone."""
    gone: list[str] = []
    open_session: Callable[[], object] = database.reading_session

    def counted() -> object:
        gone.append("session")
        return open_session()

    monkeypatch.setattr(database, "reading_session", counted)
    return gone


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}])
@pytest.mark.parametrize("by", ["id", "slug"])
def test_both_ways_answer_the_same(
    newsroom: Newsroom,
    client: TestClient,
    long_ways: list[str],
    by: str,
    headers: dict[str, str],
) -> None:
    story = newsroom.published(body=[paragraph("It rained."), paragraph("Again.")])
    url = f"/v1/articles/{story[by]}"
    short = client.get(url, headers=headers)
    assert long_ways == []
    long = client.get(f"{url}?body=blocks", headers=headers)
    assert len(long_ways) == 1

    assert short.status_code == (304 if headers else 200)
    assert (short.status_code, short.content) == (long.status_code, long.content)
    assert _lasting(short) == _lasting(long)


def test_what_is_not_plain_goes_the_long_way(
    newsroom: Newsroom, client: TestClient, long_ways: list[str]
) -> None:
    url = f"/v1/articles/{newsroom.published()['id']}"
    keyed = client.get(url, headers={"Authorization": "Bearer bs_none"})
    assert keyed.headers["cache-control"] == "private, no-store"
    waited = client.get(url, headers={"Broadsheet-At-Least": "999999"})
    assert waited.status_code == 422
    assert client.get("/v1/articles/nowhere").status_code == 404
    assert len(long_ways) == 3


def test_a_lost_connection_is_looked_for_the_long_way(
    newsroom: Newsroom,
    client: TestClient,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = newsroom.published()

    def lost() -> None:
        raise OperationalError("SELECT", {}, Exception("server closed"))

    monkeypatch.setattr(database, "glance", lost)
    assert client.get(f"/v1/articles/{story['id']}").status_code == 200


def _lasting(answer: Response) -> dict[str, str]:
    return {k: v for k, v in answer.headers.items() if k not in OF_THE_MOMENT}
