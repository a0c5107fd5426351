"""Keys over HTTP: shown once, replaced with an overlap, counted, for admins alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.access.models import Key, KeyUse, Outcome
from app.access.roles import Role
from app.access.uses import Uses
from app.kit.db import Database
from tests.conftest import START, Clock
from tests.newsroom import Json, Newsroom

WIRE = {"name": "Harbour Wire", "role": "reporter", "scopes": ["embargo"]}


@pytest.fixture
def admin(
    client: TestClient, make_key: Callable[[Role], str], clock: Clock
) -> Newsroom:
    return Newsroom(client, make_key(Role.admin), clock)


def opens(client: TestClient, text: str) -> bool:
    """Tell whether a key opens the newsroom."""
    headers = {"Authorization": f"Bearer {text}"}
    answer = client.get("/manage/v1/tags", headers=headers)
    assert answer.status_code in (200, 401)
    return bool(answer.status_code == 200)


def test_a_made_key_opens_what_it_is_for_and_is_shown_once(
    admin: Newsroom, client: TestClient
) -> None:
    made = admin.send("POST", "/keys", json=WIRE)

    assert opens(client, made["text"])
    assert made["text"].startswith(made["hint"])
    shown = admin.send("GET", f"/keys/{made['id']}")
    assert "text" not in shown
    assert (shown["role"], shown["scopes"]) == ("reporter", ["embargo"])
    [first, _] = admin.send("GET", "/keys")["data"]
    assert first == shown


def test_a_key_s_text_is_stored_nowhere(admin: Newsroom, database: Database) -> None:
    headers = {"Idempotency-Key": "once"}
    made = admin.send("POST", "/keys", json=WIRE, headers=headers)
    again = admin.request("POST", "/keys", json=WIRE, headers=headers)

    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == {**made, "text": None}
    with database.read() as session:
        stored = [*session.scalars(select(Outcome.answer))]
        assert len(session.scalars(select(Key)).all()) == 2
    assert made["text"].encode() not in b"".join(stored)


def test_a_key_ends_at_its_time(
    admin: Newsroom, client: TestClient, clock: Clock
) -> None:
    ends = (START + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    made = admin.send("POST", "/keys", json={**WIRE, "expires_at": ends})
    assert opens(client, made["text"])
    clock.advance(minutes=59, seconds=59)
    assert opens(client, made["text"])
    clock.advance(seconds=1)
    assert not opens(client, made["text"])
    past = admin.request("POST", "/keys", json={**WIRE, "expires_at": ends})
    assert past.json()["errors"][0]["pointer"] == "/expires_at"


def test_a_revoked_key_opens_nothing_from_the_next_request_on(
    admin: Newsroom, client: TestClient
) -> None:
    made = admin.send("POST", "/keys", json=WIRE)
    assert opens(client, made["text"])
    over = admin.send("POST", f"/keys/{made['id']}/revoke", json={})
    assert over["revoked_at"]
    assert not opens(client, made["text"])
    assert admin.send("POST", f"/keys/{made['id']}/revoke", json={}) == over


def test_both_hold_while_a_key_is_replaced(
    admin: Newsroom, client: TestClient, clock: Clock
) -> None:
    old = admin.send("POST", "/keys", json=WIRE)
    new = _rotated(admin, old, overlap_hours=2)

    assert new["predecessor_id"] == old["id"]
    assert (new["name"], new["role"], new["scopes"]) == tuple(WIRE.values())
    assert [opens(client, each["text"]) for each in (old, new)] == [True, True]
    clock.advance(hours=2)
    assert [opens(client, each["text"]) for each in (old, new)] == [False, True]


def test_two_hold_at_a_time(admin: Newsroom, clock: Clock) -> None:
    old = admin.send("POST", "/keys", json=WIRE)
    new = _rotated(admin, old, overlap_hours=2)

    for each in (old, new):
        refused = admin.request("POST", f"/keys/{each['id']}/rotate", json={})
        assert refused.status_code == 409
        assert refused.json()["type"].endswith("/two-keys-hold")
    clock.advance(hours=2)
    over = admin.request("POST", f"/keys/{old['id']}/rotate", json={})
    assert over.json()["type"].endswith("/key-is-over")
    assert _rotated(admin, new)["predecessor_id"] == new["id"]


def test_an_overlap_does_not_prolong_a_key(admin: Newsroom) -> None:
    ends = (START + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    old = admin.send("POST", "/keys", json={**WIRE, "expires_at": ends})
    new = _rotated(admin, old, overlap_hours=9)
    assert admin.send("GET", f"/keys/{old['id']}")["expires_at"] == ends
    assert new["expires_at"] == ends


@pytest.mark.parametrize("role", [each for each in Role if each < Role.admin])
def test_keys_are_for_admins(
    client: TestClient, make_key: Callable[[Role], str], clock: Clock, role: Role
) -> None:
    other = Newsroom(client, make_key(role), clock)
    for method, path, content in (
        ("GET", "/keys", None),
        ("POST", "/keys", {**WIRE, "role": "admin"}),
    ):
        assert other.request(method, path, json=content).status_code == 403


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        ({**WIRE, "role": "owner"}, "/role"),
        ({**WIRE, "scopes": ["A B"]}, "/scopes/0"),
        ({**WIRE, "name": ""}, "/name"),
        ({**WIRE, "digest": "x"}, "/digest"),
    ],
)
def test_what_is_no_key_is_not_made(
    admin: Newsroom, content: Json, pointer: str
) -> None:
    refused = admin.request("POST", "/keys", json=content)
    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


def test_an_unknown_key_is_not_found(admin: Newsroom) -> None:
    for ref in ("no", "01890a5d-ac96-774b-bcce-b302099a8057"):
        assert admin.request("GET", f"/keys/{ref}").status_code == 404
        for verb in ("rotate", "revoke"):
            answer = admin.request("POST", f"/keys/{ref}/{verb}", json={})
            assert answer.status_code == 404


def test_uses_are_counted_by_day(
    admin: Newsroom, client: TestClient, clock: Clock, database: Database
) -> None:
    made = admin.send("POST", "/keys", json=WIRE)
    app = client.app
    assert isinstance(app, FastAPI)
    uses: Uses = app.state.key_uses
    uses.write(database)
    for _ in range(3):
        opens(client, made["text"])
    uses.write(database)
    clock.advance(days=1)
    opens(client, made["text"])
    uses.write(database)
    uses.write(database)

    with database.read() as session:
        counted = session.execute(
            select(KeyUse.day, KeyUse.requests)
            .join(Key, Key.id == KeyUse.key_id)
            .where(Key.name == "Harbour Wire")
            .order_by(KeyUse.day)
        )
        days = [date(2026, 11, 23), date(2026, 11, 24)]
        assert list(map(tuple, counted)) == list(zip(days, (3, 1), strict=True))
    told = admin.send("GET", f"/keys/{made['id']}")["last_used_at"]
    assert told == "2026-11-24T09:00:00Z"


def _rotated(admin: Newsroom, key: Json, **how: int) -> Json:
    return admin.send("POST", f"/keys/{key['id']}/rotate", json=how)
