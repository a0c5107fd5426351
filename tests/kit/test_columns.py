"""Instants and ids come back from both databases as they went in, and in order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from app.kit.columns import Id, Instant
from app.kit.db import Database

KOLKATA = timezone(timedelta(hours=5, minutes=30))

MOMENTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1700, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1970, 1, 1, microsecond=1, tzinfo=UTC),
    datetime(2024, 11, 3, 5, 29, 59, 123_456, tzinfo=KOLKATA),
    datetime(2199, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]

IDS = [
    UUID(int=0),
    UUID(int=1),
    UUID("00000000-0000-7000-8000-00000000ff00"),
    UUID("018f3a00-0000-7000-8000-000000000000"),
    UUID("7fffffff-ffff-ffff-ffff-ffffffffffff"),
    UUID("80000000-0000-0000-0000-000000000000"),
    UUID(int=2**128 - 1),
]


@pytest.fixture
def table(database: Database) -> Iterator[Table]:
    """A table of its own with a column of each type."""
    made = Table(
        "scratch",
        MetaData(),
        Column("number", Integer, primary_key=True),
        Column("at", Instant()),
        Column("ref", Id()),
    )
    made.create(database.engine)
    yield made
    made.drop(database.engine)


def test_an_instant_comes_back_to_the_microsecond_and_in_utc(
    database: Database, table: Table
) -> None:
    with database.engine.begin() as connection:
        connection.execute(insert(table), [{"at": moment} for moment in MOMENTS])
        found = connection.scalars(select(table.c.at).order_by(table.c.number)).all()

    assert found == MOMENTS
    assert {moment.tzinfo for moment in found} == {UTC}


def test_instants_sort_and_compare_as_time_does(
    database: Database, table: Table
) -> None:
    newest_first = [{"at": moment} for moment in reversed(MOMENTS)]
    with database.engine.begin() as connection:
        connection.execute(insert(table), newest_first)
        ordered = connection.scalars(select(table.c.at).order_by(table.c.at)).all()
        earlier = connection.scalars(
            select(table.c.at).where(table.c.at < datetime(1970, 1, 1, tzinfo=UTC))
        ).all()

    assert ordered == MOMENTS
    assert sorted(earlier) == MOMENTS[:3]


def test_a_moment_without_a_time_zone_is_refused(
    database: Database, table: Table
) -> None:
    naive = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001

    with (
        database.engine.begin() as connection,
        pytest.raises(StatementError, match="time zone"),
    ):
        connection.execute(insert(table), [{"at": naive}])


def test_an_id_comes_back_and_sorts_as_its_number_does(
    database: Database, table: Table
) -> None:
    with database.engine.begin() as connection:
        connection.execute(insert(table), [{"ref": each} for each in reversed(IDS)])
        ordered = connection.scalars(select(table.c.ref).order_by(table.c.ref)).all()
        one = connection.scalars(select(table.c.ref).where(table.c.ref == IDS[2])).all()

    assert ordered == IDS
    assert one == [IDS[2]]


def test_nothing_comes_back_as_nothing(database: Database, table: Table) -> None:
    with database.engine.begin() as connection:
        connection.execute(insert(table), [{"at": None, "ref": None}])
        row = connection.execute(select(table.c.at, table.c.ref)).one()

    assert tuple(row) == (None, None)
