"""Health: whether the process runs, and whether it can serve reads."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.kit.settings import Settings
from app.main import create_app


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_all_is_well(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"


def test_being_alive_asks_the_database_nothing(
    client: TestClient, statements: list[str]
) -> None:
    client.get("/health/live")

    assert statements == []


def test_being_ready_asks_the_database_nothing_either(
    client: TestClient, statements: list[str]
) -> None:
    client.get("/health/ready")

    assert statements == []


def test_without_a_database_the_process_lives_but_is_not_ready() -> None:
    settings = Settings(
        database_url="postgresql://nobody@127.0.0.1:1/nothing", background=False
    )
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        live, ready = client.get("/health/live"), client.get("/health/ready")

    assert (live.status_code, ready.status_code) == (200, 503)
    assert ready.headers["content-type"] == "application/problem+json"
    assert int(ready.headers["retry-after"]) > 0
    assert "nobody" not in ready.text
    assert "refused" not in ready.text


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/empty.db", background=False)
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        ready = client.get("/health/ready")

    assert ready.status_code == 503
