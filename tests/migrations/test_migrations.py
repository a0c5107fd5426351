"""The tables come from the migrations, on both databases, up and down."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from app import schema
from app.kit.db import Database
from tests.migrations.revisions import FILES, REVISIONS


def test_migrations_are_numbered_without_a_gap_and_named_after_their_number() -> None:
    numbers = [path.name[:4] for path in FILES]

    assert numbers == [f"{number:04}" for number in range(1, len(FILES) + 1)]
    assert numbers == REVISIONS
    for path in FILES:
        assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", path.name)


def test_a_new_database_has_no_revision(empty: Database) -> None:
    assert schema.current(empty) is None


def test_migrating_builds_the_tables_that_the_code_has(empty: Database) -> None:
    schema.migrate(empty)

    assert schema.current(empty) == schema.head() == REVISIONS[-1]
    schema.check(empty)


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    schema.migrate(empty)
    before = _shape(empty)

    schema.migrate(empty)

    assert _shape(empty) == before


def test_two_that_migrate_at_once_both_find_it_done(empty: Database) -> None:
    command = [str(Path(sys.executable).with_name("broadsheet")), "migrate"]
    environment = os.environ | {"BROADSHEET_DATABASE_URL": empty.url}

    running = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for _ in range(2)
    ]
    said = [process.communicate()[0].decode() for process in running]

    assert [process.returncode for process in running] == [0, 0], said
    schema.check(empty)


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_migration_can_be_taken_back_and_made_again(
    empty: Database, revision: str
) -> None:
    index = REVISIONS.index(revision)
    before = REVISIONS[index - 1] if index else "base"
    schema.migrate(empty, to=revision)
    built = _shape(empty)

    schema.downgrade(empty, to=before)
    taken_back = _shape(empty)
    schema.migrate(empty, to=revision)

    assert taken_back != built
    assert _shape(empty) == built


def test_everything_can_be_taken_back(empty: Database) -> None:
    schema.migrate(empty)

    schema.downgrade(empty, to="base")

    assert set(_shape(empty)) <= {"alembic_version", "sqlite_sequence"}
    schema.migrate(empty)
    schema.check(empty)


@pytest.mark.parametrize(
    ("revision", "is_known"), [(None, True), ("0001", True), ("9999", False)]
)
def test_a_revision_of_a_newer_program_is_told_from_ours(
    revision: str | None,
    is_known: bool,  # noqa: FBT001
) -> None:
    assert schema.is_known(revision) is is_known


def _shape(database: Database) -> dict[str, list[str]]:
    """Name every table with its columns, indexes and constraints."""
    found = inspect(database.engine)
    return {
        table: sorted(
            [
                *(
                    f"{column['name']} {column['type']} {column['nullable']}"
                    for column in found.get_columns(table)
                ),
                *(str(index["name"]) for index in found.get_indexes(table)),
                *(str(key["name"]) for key in found.get_unique_constraints(table)),
                *(str(key["name"]) for key in found.get_foreign_keys(table)),
            ]
        )
        for table in found.get_table_names()
    }
