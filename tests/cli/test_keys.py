"""`broadsheet keys`: the key alone on the last line, and never again."""

import re

import pytest

from app.access import keys
from app.access.roles import Role
from app.kit.clock import system_clock
from app.kit.db import Database
from tests.cli.conftest import Run

URL = "sqlite:///var/broadsheet.db"


@pytest.fixture(autouse=True)
def migrated(run: Run) -> None:
    """A newspaper to make keys for."""
    run("migrate")


def test_a_made_key_stands_alone_on_the_last_line_and_is_valid(run: Run) -> None:
    ran = run("keys", "create", "--name", "desk", "--role", "editor")

    text = ran.lines[-1]
    assert ran.code == 0
    assert re.fullmatch(r"bs_\S+", text)
    with Database(URL) as database, database.read() as session:
        key = keys.find_valid(session, text, now=system_clock())
        assert key
        assert (key.name, key.role, key.scopes) == ("desk", Role.editor.name, [])


def test_a_key_keeps_the_scopes_it_was_made_with(run: Run) -> None:
    words = ("--scope", "wire:write", "--scope", "media", "--scope", "media")

    ran = run("keys", "create", "--name", "wire", "--role", "reporter", *words)

    with Database(URL) as database, database.read() as session:
        key = keys.find_valid(session, ran.lines[-1], now=system_clock())
        assert key
        assert key.scopes == ["media", "wire:write"]


@pytest.mark.parametrize("role", [role.name for role in Role])
def test_there_is_a_key_for_every_role(run: Run, role: str) -> None:
    assert run("keys", "create", "--name", "desk", "--role", role).code == 0


def test_the_list_names_every_key_and_shows_none(run: Run) -> None:
    made = [
        run("keys", "create", "--name", name, "--role", "editor").lines[-1]
        for name in ("desk", "[red]app[/red]")
    ]

    listed = run("keys", "list")

    assert listed.code == 0
    assert ["desk, editor" in line for line in listed.lines] == [True, False]
    assert "[red]app[/red]" in listed.lines[1]
    assert not [text for text in made if text in listed.out]


def test_a_revoked_key_is_worthless_and_listed_as_such(run: Run) -> None:
    made = run("keys", "create", "--name", "desk", "--role", "editor")
    key_id = made.out.split()[1]

    revoked = run("keys", "revoke", key_id)

    assert revoked.code == 0
    assert "desk" in revoked.out
    assert "revoked" in run("keys", "list").out
    with Database(URL) as database, database.read() as session:
        assert keys.find_valid(session, made.lines[-1], now=system_clock()) is None


def test_a_key_that_is_not_there_cannot_be_revoked(run: Run) -> None:
    ran = run("keys", "revoke", "018f3a00-0000-7000-8000-000000000000")

    assert (ran.code, ran.err) == (1, "No key has this id.\n")


def test_a_database_without_tables_is_told_how_to_get_them(run: Run, url: str) -> None:
    ran = run("keys", "create", "--name", "n", "--role", "editor", database_url=url)

    if url.startswith("sqlite"):
        assert ran.code == 0
    else:
        assert ran.code == 1
        assert "broadsheet migrate" in ran.err
