"""Sessions: one that reads a snapshot, one that writes and commits in time.

Nothing else in the program calls `commit`. A write runs what was put on its
before-commit list last, inside the same transaction: that is how the change log
takes its position at the very end, in commit order.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Annotated, Self, TypeVar

from anyio import Semaphore, WouldBlock, fail_after
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from app.kit import engines
from app.kit.clock import CLOCK, Clock
from app.kit.errors import Unavailable

BeforeCommit = Callable[[Session], None]
Made = TypeVar("Made")
AfterCommit = Callable[[Session], None]

TURN_SECONDS = 10
ASIDE = 4
COPIES = 2
RETRY = {"Retry-After": "2"}

_BEFORE_COMMIT = "before_commit"


class Database:
    """The two engines of a process: reads of one snapshot, and writes."""

    def __init__(
        self,
        url: str,
        *,
        read_url: str | None = None,
        threads: int = 16,
        clock: Clock | None = None,
    ):
        self.url = url
        self._info = {CLOCK: clock}
        self.is_sqlite = url.startswith("sqlite")
        self.turns = Semaphore(threads)
        self._turns_aside = Semaphore(COPIES)
        self.after_commit: list[AfterCommit] = []
        if self.is_sqlite:
            path = Path(url.removeprefix("sqlite:///"))
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = engines.sqlite(url, begin=engines.WRITING, size=1)
            self._reader = engines.sqlite(url, begin=engines.READING, size=threads)
        else:
            self._writer = engines.postgresql(url, size=threads)
            self._reader = engines.of_one_snapshot(
                engines.postgresql(read_url or url, size=threads)
            )

        # For what reads for longer than a request may: it takes no connection away.
        if self.is_sqlite:
            self._aside = engines.sqlite(url, begin=engines.READING, size=ASIDE)
        else:
            self._aside = engines.postgresql(read_url or url, size=ASIDE)

        self._glances = engines.of_one_statement(read_url or url, size=threads)
        self._fresh = self._reader
        if not self.is_sqlite and read_url:
            self._fresh = engines.of_one_snapshot(self._writer)

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations."""
        return self._writer

    @property
    def reading_engines(self) -> tuple[Engine, Engine]:
        """The engines of public reads: of one snapshot, and of one statement."""
        return self._reader, self._glances

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read one snapshot; whatever was changed by mistake is rolled back."""
        with self.reading_session() as session:
            yield session

    def reading_session(self) -> Session:
        """Open a session on one snapshot, to be closed by whoever asked for it."""
        return Session(self._reader, autoflush=False, info=self._info)

    def glance(self) -> Connection:
        """Connect for one SELECT, to be closed by whoever asked for it."""
        return self._glances.connect()

    def aside(self) -> Connection:
        """Connect to where reads go, beside the pool that requests wait for."""
        return self._aside.connect()

    def aside_session(self) -> Session:
        """Open a session on one snapshot there, to be closed by who had the turn."""
        engine = self._aside
        if not self.is_sqlite:
            engine = engines.of_one_snapshot(engine)
        return Session(engine, autoflush=False, info=self._info)

    @contextmanager
    def turn_aside(self) -> Iterator[None]:
        """Take one of the few turns at reading for long; nobody waits for one."""
        try:
            self._turns_aside.acquire_nowait()
        except WouldBlock:
            busy = "Too many copies are being made."
            raise Unavailable(busy, headers={"Retry-After": "5"}) from None
        try:
            yield
        finally:
            self._turns_aside.release()

    @contextmanager
    def read_primary(self) -> Iterator[Session]:
        """Read one snapshot that is behind no commit, also where replicas serve."""
        with self.primary_session() as session:
            yield session

    def primary_session(self) -> Session:
        """Open a session as `read_primary` does, to be closed by whoever asked."""
        return Session(self._fresh, autoflush=False, info=self._info)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Write in one transaction, committed at the end of the block."""
        with Session(self._writer, expire_on_commit=False, info=self._info) as session:
            yield session
            for run in session.info.pop(_BEFORE_COMMIT, []):
                run(session)
            session.commit()
            # Nobody has been told of the commit yet: whatever this process holds in
            # memory follows it before anybody can.
            for follow in self.after_commit:
                follow(session)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until it is one's turn to take a thread and a connection."""
        try:
            with fail_after(TURN_SECONDS):
                await self.turns.acquire()
        except TimeoutError:
            raise Unavailable("Too many requests wait.", headers=RETRY) from None
        try:
            yield
        finally:
            self.turns.release()

    async def in_turn(self, look: Callable[[Session], Made]) -> Made:
        """Read in a thread, from where nothing may wait for the database."""
        async with self.turn():
            return await run_in_threadpool(_reading, self.reading_session, look)

    async def in_turn_at_primary(self, look: Callable[[Session], Made]) -> Made:
        """Read so what is behind no commit."""
        async with self.turn():
            return await run_in_threadpool(_reading, self.primary_session, look)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()

    def dispose(self) -> None:
        """Close every connection."""
        self._writer.dispose()
        self._reader.dispose()
        self._aside.dispose()
        self._glances.dispose()


def _reading(
    open_session: Callable[[], Session], look: Callable[[Session], Made]
) -> Made:
    with open_session() as session:
        return look(session)


def before_commit(session: Session, run: BeforeCommit) -> None:
    """Have something done last in the session's transaction, once."""
    waiting: list[BeforeCommit] = session.info.setdefault(_BEFORE_COMMIT, [])
    if run not in waiting:
        waiting.append(run)


def hold(session: Session, name: str) -> None:
    """Let nobody else hold this name until the transaction ends.

    For what no row stands for yet. SQLite needs nothing: it has one writer.
    """
    if session.get_bind().dialect.name == "postgresql":
        key = func.hashtextextended(name, 0)
        session.execute(select(func.pg_advisory_xact_lock(key)))


def try_hold(session: Session, name: str) -> bool:
    """As `hold`, but where somebody else holds the name say so instead of waiting."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    key = func.hashtextextended(name, 0)
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(key))))


def read_at_primary(request: Request) -> None:
    """Have everything that this request reads be behind no commit."""
    request.state.reads_primary = True


def reads_primary(request: Request) -> bool:
    """Tell whether a request has to read what is behind no commit."""
    return getattr(request.state, "reads_primary", False)


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def _turn(request: Request) -> AsyncIterator[None]:
    """Let in as many requests at once as there are threads and connections.

    A request gives its thread back between its steps, but not its connection: were
    more let in, all threads could come to wait for connections whose holders wait
    for a thread.
    """
    async with _database(request).turn():
        yield


Turn = Annotated[None, Depends(_turn, scope="function")]


async def _read_session(request: Request, _turn: Turn) -> AsyncIterator[Session]:
    # A session connects at its first statement, in the thread of the endpoint, and
    # only where it did is there something to close: hops between threads cost more
    # than a read.
    database = _database(request)
    behind_none = reads_primary(request)
    opened = database.primary_session if behind_none else database.reading_session
    async with _closing(opened()) as session:
        yield session


async def _primary_session(request: Request, _turn: Turn) -> AsyncIterator[Session]:
    async with _closing(_database(request).primary_session()) as session:
        yield session


@asynccontextmanager
async def _closing(session: Session) -> AsyncIterator[Session]:
    try:
        yield session
    finally:
        if session.in_transaction():
            await run_in_threadpool(session.close)


def _write_session(request: Request, _turn: Turn) -> Iterator[Session]:
    with _database(request).write() as session:
        yield session


ReadSession = Annotated[Session, Depends(_read_session, scope="function")]
"""A snapshot of the database that nothing can be written through."""

PrimaryReadSession = Annotated[Session, Depends(_primary_session, scope="function")]
"""As `ReadSession`, but behind no commit: for keys, and for what editors see."""

WriteSession = Annotated[Session, Depends(_write_session, scope="function")]
"""A transaction that is committed before the response leaves."""
