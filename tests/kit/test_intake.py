"""The first look at a request: its id, its address, its body."""

import json

import pytest
from starlette.testclient import TestClient

from tests.newsroom import Newsroom


def test_every_answer_carries_a_request_id(client: TestClient) -> None:
    first, second = client.get("/health/live"), client.get("/nowhere")

    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert second.json()["request_id"] == second.headers["x-request-id"]


def test_a_request_id_of_the_client_is_kept(client: TestClient) -> None:
    response = client.get("/nowhere", headers={"X-Request-Id": "edge-1.a_B"})

    assert response.json()["request_id"] == "edge-1.a_B"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "é"])
def test_a_request_id_that_could_harm_a_log_is_replaced(
    client: TestClient, given: str
) -> None:
    headers = {"X-Request-Id": given.encode("latin-1")}

    response = client.get("/health/live", headers=headers)

    assert response.headers["x-request-id"] != given
    assert response.headers["x-request-id"].isalnum()


@pytest.mark.parametrize(
    "path",
    [
        "/v1/articles/%ff",
        "/v1/articles/%00",
        "/v1/resolve?path=%00",
        "/v1/resolve?path=%c3%28",
        "/v1/resolve?path=%ed%a0%80",
    ],
)
def test_an_address_that_is_not_text_is_malformed(
    client: TestClient, path: str
) -> None:
    response = client.get(path)

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


def test_an_address_is_at_most_8192_bytes_long(client: TestClient) -> None:
    fits = "/v1/articles?q=".ljust(8_193, "a")
    longer = fits + "a"

    assert client.get(fits).status_code == 422
    assert client.get(longer).status_code == 414


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": ""},
    ],
)
def test_only_plain_json_is_read(newsroom: Newsroom, headers: dict[str, str]) -> None:
    body = b'{"name": "Trade"}'

    refused = newsroom.request("POST", "/tags", content=body, headers=headers)

    assert refused.status_code == 415


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "Application/JSON", 'application/json; charset="UTF-8"'],
)
def test_json_is_json_however_it_is_spelt(newsroom: Newsroom, media_type: str) -> None:
    headers = {"Content-Type": media_type}

    made = newsroom.request("POST", "/tags", content=b'{"name": "T"}', headers=headers)

    assert made.status_code == 201


def test_a_body_beyond_the_limit_is_not_read(newsroom: Newsroom) -> None:
    body = json.dumps({"name": "x" * 2_000_000})
    headers = {"Content-Type": "application/json"}

    refused = newsroom.request("POST", "/tags", content=body, headers=headers)

    assert refused.status_code == 413


def test_a_body_in_pieces_is_counted_as_it_comes(newsroom: Newsroom) -> None:
    pieces = (b" " * 100_000 for _ in range(21))
    headers = {"Content-Type": "application/json"}

    refused = newsroom.request("POST", "/tags", content=pieces, headers=headers)

    assert refused.status_code == 413


def test_a_name_that_no_answer_can_spell_is_no_server_error(
    newsroom: Newsroom,
) -> None:
    body = b'{"name": "Trade", "\\ud800": 1}'
    headers = {"Content-Type": "application/json"}

    refused = newsroom.request("POST", "/tags", content=body, headers=headers)

    assert refused.status_code in (400, 422)
