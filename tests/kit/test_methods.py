"""HEAD answers wherever GET does, and a browser may read from any origin."""

import pytest
from starlette.testclient import TestClient

from tests.newsroom import Newsroom

VARYING = ("x-request-id", "date")


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/sections", "/health/live", "/x"])
def test_head_answers_as_get_does_without_the_body(
    newsroom: Newsroom, client: TestClient, path: str
) -> None:
    newsroom.published()

    got, headed = client.get(path), client.head(path)

    assert headed.status_code == got.status_code
    assert headed.content == b""
    assert [h for h in headed.headers.items() if h[0] not in VARYING] == [
        h for h in got.headers.items() if h[0] not in VARYING
    ]


def test_head_is_refused_where_get_is(newsroom: Newsroom, client: TestClient) -> None:
    assert client.head("/manage/v1/articles").status_code == 401


@pytest.mark.parametrize("path", ["/v1/articles", "/manage/v1/articles", "/nowhere"])
def test_a_preflight_is_answered_for_every_path(client: TestClient, path: str) -> None:
    headers = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }

    answer = client.options(path, headers=headers)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    allowed = answer.headers["access-control-allow-headers"].lower()
    assert {"authorization", "if-none-match", "if-match"} <= set(allowed.split(", "))


def test_any_origin_may_read_answers_and_problems(client: TestClient) -> None:
    for path in ("/v1/articles", "/v1/articles/nothing", "/openapi.json"):
        answer = client.get(path, headers={"Origin": "https://app.example"})

        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Link", "Location", "Broadsheet-Position"} <= set(exposed)
        assert "access-control-allow-credentials" not in answer.headers


def test_a_method_nobody_answers_says_which_are(client: TestClient) -> None:
    answer = client.post("/v1/articles", json={})

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
