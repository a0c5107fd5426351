"""Keys: shown once, stored as a digest, worthless from the moment of revoking."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.access import keys
from app.access.keys import NAME_LENGTH
from app.access.models import Key
from app.access.roles import Role
from app.kit.db import Database
from app.kit.errors import NotFound
from app.kit.ids import new_id
from app.tables import metadata
from tests.conftest import START

MakeKey = Callable[[Role], str]


def _status(client: TestClient, authorization: str | None) -> int:
    headers = {"Authorization": authorization} if authorization is not None else {}
    return int(client.get("/manage/v1/articles", headers=headers).status_code)


def test_a_key_has_a_prefix_256_random_bits_and_a_checksum(make_key: MakeKey) -> None:
    made = {make_key(Role.editor) for _ in range(50)}

    assert len(made) == 50
    assert all(re.fullmatch(r"bs_[A-Za-z0-9_-]{43}[0-9a-f]{8}", key) for key in made)


def test_a_key_opens_the_newsroom(client: TestClient, make_key: MakeKey) -> None:
    key = make_key(Role.reporter)

    assert _status(client, f"Bearer {key}") == 200
    assert _status(client, f"bearer  {key} ") == 200


@pytest.mark.parametrize(
    "spoilt",
    [
        "{key}x",
        "x{key}",
        "{key:.53}",
        "bs_",
        "",
        "bs_" + "a" * 43 + "00000000",
        "é" * 54,
        "{key} {key}",
    ],
)
def test_what_is_no_key_opens_nothing(
    client: TestClient, make_key: MakeKey, spoilt: str
) -> None:
    text = f"Bearer {spoilt.format(key=make_key(Role.admin))}"

    answer = client.get(
        "/manage/v1/articles", headers={"Authorization": text.encode("latin-1")}
    )

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("scheme", ["Basic {key}", "{key}", "Token {key}", "Bearer"])
def test_a_key_is_sent_as_a_bearer_token_only(
    client: TestClient, make_key: MakeKey, scheme: str
) -> None:
    assert _status(client, scheme.format(key=make_key(Role.admin))) == 401
    assert _status(client, None) == 401


def test_a_misspelt_key_is_refused_without_asking_the_database(
    client: TestClient, make_key: MakeKey, statements: list[str]
) -> None:
    key = make_key(Role.admin)
    statements.clear()

    assert _status(client, f"Bearer {key[:-1]}{'0' if key[-1] != '0' else '1'}") == 401
    assert not [each for each in statements if "keys" in each]


def test_a_copy_of_the_database_holds_no_usable_key(
    database: Database, make_key: MakeKey
) -> None:
    made = [make_key(role) for role in Role]

    with database.engine.connect() as connection:
        dump = "\n".join(
            repr(tuple(row))
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        )

    assert dump.count("bs_") == len(made)
    for key in made:
        assert key not in dump
        assert key[len("bs_") + 4 :] not in dump
        assert key.encode().hex() not in dump


def test_a_revoked_key_opens_nothing_from_the_next_request_on(
    client: TestClient, database: Database, make_key: MakeKey
) -> None:
    text, other = make_key(Role.editor), make_key(Role.editor)
    assert _status(client, f"Bearer {text}") == 200

    with database.write() as session:
        key = keys.find_valid(session, text, now=START)
        assert key
        keys.revoke(session, key.id, now=START)

    assert _status(client, f"Bearer {text}") == 401
    assert _status(client, f"Bearer {other}") == 200


def test_revoking_twice_keeps_the_first_time(
    database: Database, make_key: MakeKey
) -> None:
    make_key(Role.editor)
    with database.write() as session:
        [key] = keys.list_all(session)
        keys.revoke(session, key.id, now=START)
        keys.revoke(session, key.id, now=START + timedelta(days=1))

        assert key.revoked_at == START


def test_a_key_that_never_was_cannot_be_revoked(database: Database) -> None:
    with database.write() as session, pytest.raises(NotFound):
        keys.revoke(session, new_id(), now=START)


def test_keys_are_listed_oldest_first_revoked_ones_included(
    database: Database,
) -> None:
    with database.write() as session:
        for day, name in enumerate(["desk", "app", "importer"]):
            keys.create(
                session,
                name=name,
                role=Role.reporter,
                scopes=["read:drafts"],
                now=START + timedelta(days=day),
            )
        keys.revoke(session, keys.list_all(session)[1].id, now=START)

    with database.read() as session:
        listed = keys.list_all(session)
        assert [key.name for key in listed] == ["desk", "app", "importer"]
        assert [key.revoked_at for key in listed] == [None, START, None]
        assert listed[0].scopes == ["read:drafts"]
        assert len(listed[0].hint) < 10


def test_a_key_s_name_may_be_as_long_as_its_column(database: Database) -> None:
    with database.write() as session:
        name = "n" * NAME_LENGTH
        keys.create(session, name=name, role=Role.editor, now=START)

        assert session.scalars(select(Key.name)).all() == [name]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("read", True),
        ("articles:write", True),
        ("wire.reuters-1_x", True),
        ("", False),
        ("Read", False),
        (":read", False),
        ("read write", False),
        ("a" * 61, False),
    ],
)
def test_a_scope_is_a_plain_word(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert keys.is_scope(text) is is_one
