"""Who may call: each role more than the one before, and no route by oversight."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.testclient import TestClient

from app.access.callers import (
    AtLeast,
    Public,
    UndeclaredRoute,
    every_route_declares_its_caller,
)
from app.access.roles import Role
from app.kit.db import Database
from app.kit.settings import Settings
from app.main import create_app
from tests.newsroom import Newsroom

MakeKey = Callable[[Role], str]

WRONG = {"Authorization": "Bearer bs_x"}


@pytest.fixture
def keyed(database: Database, backend_url: str) -> Iterator[TestClient]:
    """The same newspaper, for holders of keys only."""
    settings = Settings(
        database_url=backend_url, public_access="keys", background=False, threads=2
    )
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_each_role_may_do_more_than_the_one_before() -> None:
    assert Role.reporter < Role.editor < Role.publisher < Role.admin


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.reporter, 403),
        (Role.editor, 200),
        (Role.publisher, 200),
        (Role.admin, 200),
    ],
)
def test_a_reporter_writes_and_an_editor_also_publishes(
    client: TestClient, newsroom: Newsroom, make_key: MakeKey, role: Role, status: int
) -> None:
    newsroom.section()
    headers = {"Authorization": f"Bearer {make_key(role)}"}
    story = {"headline": "Ferry returns", "section": "world"}

    saved = client.post("/manage/v1/articles", json=story, headers=headers)
    published = client.post(
        f"/manage/v1/articles/{saved.json()['id']}/publish",
        json={},
        headers={**headers, "If-Match": saved.headers["etag"]},
    )

    assert saved.status_code == 201
    assert published.status_code == status


def test_a_refused_role_is_told_which_is_needed(
    client: TestClient, newsroom: Newsroom, make_key: MakeKey
) -> None:
    draft = newsroom.draft()

    refused = client.post(
        f"/manage/v1/articles/{draft['id']}/publish",
        json={},
        headers={
            "Authorization": f"Bearer {make_key(Role.reporter)}",
            "If-Match": '"v1"',
        },
    )

    assert refused.status_code == 403
    assert "editor" in refused.json()["detail"]
    assert newsroom.send("GET", f"/articles/{draft['id']}")["state"] == "draft"


def test_an_application_with_an_undeclared_route_does_not_start() -> None:
    app = FastAPI()
    inner = APIRouter()

    @inner.get("/secret")
    def secret() -> str:
        return "told to anybody"

    outer = APIRouter(prefix="/manage")
    outer.include_router(inner)
    app.include_router(outer)

    with pytest.raises(UndeclaredRoute, match="/manage/secret"):
        every_route_declares_its_caller(app)


@pytest.mark.parametrize("rule", [Public(), AtLeast(Role.reporter)])
def test_a_declaration_on_the_router_is_one_for_its_routes(rule: Public) -> None:
    app = FastAPI()
    router = APIRouter(dependencies=[Depends(rule)])

    @router.get("/told")
    def told() -> str:
        return "to whom it may concern"

    app.include_router(router)

    every_route_declares_its_caller(app)


def test_with_public_access_by_key_nobody_reads_without_one(
    keyed: TestClient, newsroom: Newsroom, make_key: MakeKey
) -> None:
    article = newsroom.published()
    headers = {"Authorization": f"Bearer {make_key(Role.reporter)}"}

    for path in ("/v1/articles", f"/v1/articles/{article['id']}", "/v1/sections"):
        assert keyed.get(path).status_code == 401
        assert keyed.get(path, headers=WRONG).status_code == 401
        assert keyed.get(path, headers=headers).status_code == 200


def test_with_public_access_by_key_no_cache_keeps_what_was_read(
    keyed: TestClient, newsroom: Newsroom, make_key: MakeKey
) -> None:
    newsroom.published()
    headers = {"Authorization": f"Bearer {make_key(Role.reporter)}"}

    answer = keyed.get("/v1/articles", headers=headers)

    assert answer.headers["cache-control"] == "private, no-store"
    assert "cdn-cache-control" not in answer.headers


def test_health_and_reference_stay_open(keyed: TestClient) -> None:
    for path in ("/health/live", "/health/ready", "/docs", "/openapi.json"):
        assert keyed.get(path).status_code == 200
