"""The watcher: everybody in the process hears of a commit, once and in order."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.changes import log
from app.changes.log import Entry
from app.changes.reading import LogRow
from app.changes.watching import Watcher
from app.kit.db import COPIES, Database
from app.kit.ids import new_id
from tests.conftest import START, empty, on_postgresql

PATIENCE = 20
LISTENED_TO = text("SELECT pg_listening_channels()")
MUTE = """
    CREATE SCHEMA muted;
    CREATE FUNCTION muted.pg_notify(text, text) RETURNS void LANGUAGE sql AS '';
    SET LOCAL search_path = muted, pg_catalog, public
"""


class Note:
    """A follower that writes down what it is told."""

    def __init__(self) -> None:
        self.heard: list[int | str] = []

    def apply(self, rows: Sequence[LogRow]) -> None:
        self.heard += [row.position for row in rows]

    def forget(self) -> None:
        self.heard.append("forget")


def _record(session: Session, rows: int = 1) -> None:
    for _ in range(rows):
        entry = Entry(event="tag.created", kind="tag", resource_id=new_id(), at=START)
        log.record(session, entry)


def _write(database: Database, rows: int = 1) -> None:
    with database.write() as session:
        _record(session, rows)


def _watched(
    database: Database, scenario: Callable[[Watcher, Note], Awaitable[None]]
) -> None:
    """Play a scenario with a watcher that has begun, and a follower."""

    async def play() -> None:
        watcher, note = Watcher(database), Note()
        watcher.subscribe(note)
        watcher.start()
        try:
            async with asyncio.timeout(3 * PATIENCE):
                await watcher.catch_up()
                await scenario(watcher, note)
        finally:
            watcher.stop()

    asyncio.run(play())


def test_a_follower_hears_of_every_row_once_and_in_order(database: Database) -> None:
    _write(database, 3)

    async def scenario(watcher: Watcher, note: Note) -> None:
        assert watcher.position == 3
        for _ in range(20):
            await asyncio.to_thread(_write, database, 2)
        assert await watcher.reached(43, within=PATIENCE)
        assert note.heard == ["forget", *range(4, 44)]
        assert len(watcher.ring.after(3) or []) == 40

    _watched(database, scenario)


def test_many_rows_at_once_come_in_several_looks(database: Database) -> None:
    async def scenario(watcher: Watcher, note: Note) -> None:
        await asyncio.to_thread(_write, database, 1201)
        assert await watcher.reached(1201, within=PATIENCE)
        assert note.heard == ["forget", *range(1, 1202)]

    _watched(database, scenario)


def test_who_waits_is_woken_by_a_commit(database: Database) -> None:
    async def scenario(watcher: Watcher, note: Note) -> None:
        waiting = [
            asyncio.create_task(watcher.moved(0, within=PATIENCE)) for _ in range(200)
        ]
        assert not await watcher.moved(0, within=0.05)
        await asyncio.to_thread(_write, database)
        assert all(await asyncio.gather(*waiting))
        assert not await watcher.reached(2, within=0)

    _watched(database, scenario)


def test_catching_up_leaves_nothing_of_an_own_commit_unapplied(
    database: Database,
) -> None:
    async def scenario(watcher: Watcher, note: Note) -> None:
        for number in range(1, 21):
            await asyncio.to_thread(_write, database)
            assert await watcher.catch_up() == number
            assert note.heard[-1] == number

    _watched(database, scenario)


def test_whoever_waits_is_let_go_when_the_process_ends(database: Database) -> None:
    async def scenario(watcher: Watcher, note: Note) -> None:
        waiting = asyncio.create_task(watcher.moved(0, within=PATIENCE))
        await asyncio.sleep(0)
        watcher.drain()
        assert not await waiting
        assert watcher.is_draining

    _watched(database, scenario)


def test_another_log_under_the_same_name_is_not_mistaken_for_this_one(
    database: Database,
) -> None:
    _write(database, 5)

    async def scenario(watcher: Watcher, note: Note) -> None:
        await asyncio.to_thread(empty, database)
        await asyncio.to_thread(_write, database, 6)
        assert await watcher.catch_up() == 6
        assert note.heard[-1] == "forget" or note.heard[-6:] == [*range(1, 7)]
        assert note.heard.count("forget") == 2

    _watched(database, scenario)


def test_a_log_that_jumped_ahead_has_rows_that_nobody_saw(database: Database) -> None:
    _write(database, 5)

    async def scenario(watcher: Watcher, note: Note) -> None:
        def restore() -> None:
            with database.engine.begin() as connection:
                move = "UPDATE positions SET position = :p, floor = :p"
                connection.execute(text(move), {"p": 1_000_005})

        await asyncio.to_thread(restore)
        assert await watcher.catch_up() == 1_000_005
        assert note.heard == ["forget", "forget"]

    _watched(database, scenario)


@on_postgresql
def test_a_lost_notification_is_made_good(database: Database) -> None:
    def write_muted() -> None:
        with database.write() as session:
            session.execute(text(MUTE))
            _record(session)
            session.flush()

    async def scenario(watcher: Watcher, note: Note) -> None:
        await asyncio.to_thread(write_muted)
        assert await watcher.reached(1, within=PATIENCE)

    try:
        _watched(database, scenario)
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA muted CASCADE"))


@on_postgresql
def test_a_watcher_outlives_its_connection(database: Database) -> None:
    def cut() -> None:
        with database.engine.begin() as connection:
            cut = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(text(cut))

    async def scenario(watcher: Watcher, note: Note) -> None:
        await asyncio.to_thread(cut)
        await asyncio.to_thread(_write, database, 2)
        assert await watcher.reached(2, within=PATIENCE)
        assert note.heard == ["forget", 1, 2]

    _watched(database, scenario)


@on_postgresql
def test_no_connection_of_the_pool_goes_on_listening(database: Database) -> None:
    async def scenario(watcher: Watcher, note: Note) -> None:
        with database.aside() as connection:
            assert connection.scalars(LISTENED_TO).all() == []

    _watched(database, scenario)
    with ExitStack() as taken:
        for _ in range(COPIES):
            connection = taken.enter_context(database.aside())
            assert connection.scalars(LISTENED_TO).all() == []
