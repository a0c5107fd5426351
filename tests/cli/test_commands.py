"""Every command: what it says, and 0 done, 1 failed, 2 misused."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app import schema
from app.kit.db import Database
from tests.cli.conftest import Run

COMMANDS = [
    (),
    ("serve",),
    ("migrate",),
    ("demo",),
    ("render",),
    ("openapi",),
    ("doctor",),
    ("keys",),
    ("keys", "create"),
    ("keys", "list"),
    ("keys", "revoke"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words, "--help")

    assert ran.code == 0
    assert "Usage: broadsheet" in ran.out


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("publish",),
        ("migrate", "--fast"),
        ("migrate", "now"),
        ("serve", "--port", "0"),
        ("serve", "--port", "http"),
        ("serve", "--workers", "0"),
        ("demo", "--articles", "-1"),
        ("keys",),
        ("keys", "create"),
        ("keys", "create", "--name", "desk"),
        ("keys", "create", "--name", "desk", "--role", "boss"),
        ("keys", "create", "--name", " ", "--role", "editor"),
        ("keys", "create", "--name", "x" * 201, "--role", "editor"),
        ("keys", "create", "--name", "desk", "--role", "editor", "--scope", "A b"),
        ("keys", "revoke"),
        ("keys", "revoke", "not-an-id"),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_a_command_that_is_misused_ends_with_2_and_does_nothing(
    run: Run, folder: Path, words: tuple[str, ...]
) -> None:
    assert run(*words).code == 2
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("words", [("migrate",), ("doctor",), ("serve",), ("demo",)])
def test_an_unknown_setting_is_named_and_nothing_is_done(
    run: Run, folder: Path, words: tuple[str, ...]
) -> None:
    ran = run(*words, databse_url="sqlite:///typo.db")

    assert ran.code == 2
    assert "BROADSHEET_DATABSE_URL" in ran.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("database_url", "mysql://db", "use sqlite:///path or postgresql://"),
        ("database_url", "postgresql://db:port/x", "postgresql://user@host:port/name"),
        ("threads", "many", "valid integer"),
        ("site_url", "courier.example", "absolute http:// or https:// address"),
    ],
)
def test_a_bad_setting_is_named_in_a_sentence(
    run: Run, name: str, value: str, said: str
) -> None:
    ran = run("migrate", **{name: value})

    assert ran.code == 2
    assert ran.err.startswith(f"BROADSHEET_{name.upper()}: ")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_unknown_setting_in_a_dotenv_file_is_named(run: Run, folder: Path) -> None:
    (folder / ".env").write_text("BROADSHEET_SITENAME=x\n", "utf-8")

    ran = run("migrate")

    assert ran.code == 2
    assert "BROADSHEET_SITENAME" in ran.err


def test_migrating_makes_the_database_where_we_are(run: Run, folder: Path) -> None:
    first, second = run("migrate"), run("migrate")

    assert (first.code, second.code) == (0, 0)
    assert f"now at {schema.head()}" in first.out
    assert f"at {schema.head()} already" in second.out
    assert (folder / "var" / "broadsheet.db").is_file()


def test_migrating_works_on_both_databases(run: Run, url: str) -> None:
    assert run("migrate", database_url=url).code == 0

    with Database(url) as database:
        assert schema.current(database) == schema.head()


@pytest.mark.parametrize(
    "words", [("migrate",), ("keys", "list"), ("render",), ("demo", "--no-serve")]
)
def test_a_database_that_is_away_is_told_in_a_sentence_without_the_password(
    run: Run, words: tuple[str, ...]
) -> None:
    ran = run(*words, database_url="postgresql://ada:hush@127.0.0.1:1/paper")

    assert ran.code == 1
    assert "Connection refused" in ran.err
    assert "hush" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(run: Run) -> None:
    ran = run("migrate", database_url="sqlite:////dev/null/paper.db")

    assert ran.code == 1
    assert "/dev/null/paper.db cannot be made" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_file_that_is_no_database_is_told_in_a_sentence(
    run: Run, folder: Path
) -> None:
    (folder / "notes.db").write_text("Ferry returns on Monday. " * 50, "utf-8")

    ran = run("migrate", database_url="sqlite:///notes.db")

    assert ran.code == 1
    assert "file is not a database" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_tables_of_a_newer_program_are_left_alone(run: Run, folder: Path) -> None:
    run("migrate")
    url = "sqlite:///var/broadsheet.db"
    with Database(url) as database, database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    migrated, served = run("migrate"), run("serve")

    assert (migrated.code, served.code) == (1, 1)
    assert "9999" in migrated.err
    assert "a newer one has migrated them" in served.err
