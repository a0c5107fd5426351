"""A newspaper that holds something of everything, so that no walk finds nothing."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.access.roles import Role
from tests.conftest import START, Clock
from tests.contract import seeding
from tests.contract.walking import Visitor
from tests.newsroom import Newsroom

# What the paths of unknown things are made of.
NOWHERE = {
    "code": "not-found",
    "source": "wire",
    "external_id": "1",
    "number": "1",
    **dict.fromkeys(
        (
            "article author section tag media slot policy menu asset picture file name"
            " sponsor embargoed token front sellers channel month key"
        ).split(),
        "no-such-thing",
    ),
}

_EMPTYING = frozenset({"database", "client", "newsroom", "make_key"})

_kept: dict[TestClient, Visitor] = {}


@pytest.fixture
def passer_by(client: TestClient, make_key: Callable[[Role], str]) -> Visitor:
    """Somebody who calls every route of an empty newspaper."""
    key = make_key(Role.admin)
    return Visitor(client, NOWHERE, {"Authorization": f"Bearer {key}"})


@pytest.fixture
def editor(newsroom: Newsroom, make_key: Callable[[Role], str]) -> Visitor:
    """Somebody who calls every route of a newspaper, and may change all of it."""
    admin = Newsroom(newsroom.client, make_key(Role.admin), newsroom.clock)
    values = NOWHERE | seeding.newspaper(admin) | seeding.keys(admin)
    return Visitor(admin.client, values, admin.headers)


@pytest.fixture
def visitor(
    request: pytest.FixtureRequest, session_client: TestClient, session_clock: Clock
) -> Visitor:
    """Somebody who calls every route of a newspaper, and changes nothing.

    Writing it takes a second, so that it is kept until another test empties it.
    """
    assert not _EMPTYING & set(request.fixturenames), "take `editor`: this is emptied"
    kept = _kept.get(session_client)
    if kept is None or not _is_still_there(kept):
        kept = request.getfixturevalue("editor")
        _kept[session_client] = kept
    session_clock.now = START
    session_client.headers.pop("Authorization", None)
    return kept


def _is_still_there(kept: Visitor) -> bool:
    """Tell whether nobody has emptied the database: the key is in it."""
    answer = kept.client.get("/manage/v1/tags?limit=1", headers=kept.headers)
    return bool(answer.status_code == 200)
