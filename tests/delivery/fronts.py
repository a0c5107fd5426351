"""Fronts as tests write and read them."""

from collections.abc import Mapping
from typing import Any

from starlette.testclient import TestClient

from tests.newsroom import Json, Newsroom, if_match


def put(desk: Newsroom, *containers: Json, key: str = "home", **more: object) -> Json:
    """Make or replace a front."""
    there = desk.request("GET", f"/fronts/{key}")
    headers = if_match(there.json()) if there.status_code == 200 else {}
    content = {"containers": list(containers), **more}
    return desk.send("PUT", f"/fronts/{key}", json=content, headers=headers)


def refused(desk: Newsroom, *containers: Json, key: str = "home") -> Json:
    """Try to make a front; answers the first fault."""
    answer = desk.request(
        "PUT", f"/fronts/{key}", json={"containers": list(containers)}
    )
    assert answer.status_code == 422, answer.text
    return dict(answer.json()["errors"][0])


def shown(client: TestClient, key: str = "home", **query: str) -> Json:
    answer = client.get(f"/v1/fronts/{key}", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def cards(front: Mapping[str, Any]) -> dict[str, list[str]]:
    """Name the stories of each container."""
    return {
        container["key"]: [card["article"]["slug"] for card in container["cards"]]
        for container in front["containers"]
    }


def of(*numbers: int) -> list[str]:
    return [f"story-{number}" for number in numbers]
