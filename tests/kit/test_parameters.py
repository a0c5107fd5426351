"""A query parameter that is not declared is refused, by name and with advice."""

import pytest
from starlette.testclient import TestClient


def test_a_misspelt_parameter_is_told_the_nearest_name(client: TestClient) -> None:
    refused = client.get("/v1/articles?sektion=world")

    [fault] = refused.json()["errors"]
    assert refused.status_code == 422
    assert fault["parameter"] == "sektion"
    assert "Did you mean section?" in fault["detail"]
    assert "published_after" in fault["detail"]


def test_a_parameter_that_is_one_is_not_given_twice(client: TestClient) -> None:
    refused = client.get("/v1/articles?limit=5&limit=6")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["parameter"] == "limit"


def test_a_repeatable_parameter_is_repeated(client: TestClient) -> None:
    assert client.get("/v1/articles?tag=a&tag=-b").status_code == 200


@pytest.mark.parametrize("name", ["key", "token", "api_key", "Access_Token"])
def test_a_key_in_an_address_is_refused_and_not_repeated(
    client: TestClient, name: str
) -> None:
    refused = client.get(f"/v1/articles?{name}=bs_secret")

    assert refused.status_code == 422
    assert "Authorization" in refused.json()["errors"][0]["detail"]
    assert "bs_secret" not in refused.text


def test_several_faults_are_told_at_once(client: TestClient) -> None:
    refused = client.get("/v1/articles?limit=5&limit=6&sort=asc&color=red")

    named = [fault["parameter"] for fault in refused.json()["errors"]]
    assert sorted(named) == ["color", "limit", "sort"]


def test_no_answer_repeats_a_value(client: TestClient) -> None:
    refused = client.get("/v1/articles?colour=UNSPEAKABLE&limit=UNSPEAKABLE")

    assert "UNSPEAKABLE" not in refused.text


def test_a_query_of_too_many_fields_is_malformed(client: TestClient) -> None:
    query = "&".join(["tag=a"] * 201)

    assert client.get(f"/v1/articles?{query}").status_code == 400


@pytest.mark.parametrize("path", ["/v1/menus", "/health/live", "/v1/sections"])
def test_where_nothing_is_declared_nothing_is_taken(
    client: TestClient, path: str
) -> None:
    assert client.get(f"{path}?cache=no").status_code == 422
