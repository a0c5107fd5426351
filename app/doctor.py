"""The doctor: what an operator would check first, checked by the program."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from app import schema
from app.changes import reading
from app.changes.log import PUBLIC, log_position
from app.changes.models import Change
from app.edge.purging import lagging
from app.edge.purging.endpoints import Endpoint
from app.kit.clock import database_now
from app.kit.db import Database
from app.kit.settings import Settings
from app.publishing import removing, renewing
from app.publishing.models import Refresh
from app.publishing.site import Site
from app.publishing.timing import due
from app.tables import metadata

SKEW = timedelta(seconds=2)
PATIENCE = timedelta(minutes=10)
PURGE_PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True)
class Finding:
    """One thing that was checked, and how it is."""

    subject: str
    is_well: bool
    detail: str


def is_missing(settings: Settings) -> bool:
    """Tell whether there is no database file, without making one by looking."""
    path = settings.sqlite_path
    return path is not None and not path.exists()


def examine(database: Database, settings: Settings, *, now: datetime) -> list[Finding]:
    """Check everything that can be checked from here."""
    findings: list[Finding] = []
    try:
        findings += _tables(database)
        if all(finding.is_well for finding in findings):
            with database.read_primary() as session:
                findings += _contents(session, settings, now)
            findings += _replica(database, settings)
    except SQLAlchemyError as error:
        told = error.orig if isinstance(error, DBAPIError) else error
        detail = (str(told).splitlines() or [type(told).__name__])[0]
        findings.append(Finding("database", is_well=False, detail=detail))
    return findings


def _tables(database: Database) -> Iterator[Finding]:
    current, head = schema.current(database), schema.head()
    detail = f"at migration {current}"
    if current != head:
        detail = f"at {current or 'none'}, should be {head}: run `broadsheet migrate`"
    yield Finding("migrations", is_well=current == head, detail=detail)
    if current == head:
        present = set(inspect(database.engine).get_table_names())
        missing = sorted(metadata.tables.keys() - present)
        detail = f"missing: {', '.join(missing)}" if missing else "all are there"
        yield Finding("tables", is_well=not missing, detail=detail)


def _contents(session: Session, settings: Settings, now: datetime) -> Iterator[Finding]:
    if session.get_bind().dialect.name == "sqlite":
        yield _sqlite_journal(session)
        yield _sqlite_integrity(session)
    else:
        yield _clock_of_database(session, now)
    yield _clock_of_log(session, now)
    yield _log(session)
    yield _log_age(session, settings, now)
    yield _shapes(session, settings)
    yield _refreshes(session, now)
    yield _removals(session, now)
    yield _due(session)
    for endpoint in Endpoint.all_of(settings):
        yield _purges(session, endpoint, now)


def _sqlite_journal(session: Session) -> Finding:
    mode = session.scalar(text("PRAGMA journal_mode"))
    return Finding("journal", is_well=mode == "wal", detail=f"mode {mode}")


def _sqlite_integrity(session: Session) -> Finding:
    verdict = session.scalar(text("PRAGMA quick_check(1)"))
    return Finding("database file", is_well=verdict == "ok", detail=str(verdict))


def _clock_of_database(session: Session, now: datetime) -> Finding:
    theirs: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    offset = theirs.astimezone(UTC) - now
    detail = f"{offset.total_seconds():+.3f} s between the database and here"
    return Finding("clock", is_well=abs(offset) <= SKEW, detail=detail)


def _clock_of_log(session: Session, now: datetime) -> Finding:
    """A log row from the future: here, or where it was written, the clock is wrong."""
    latest = session.scalar(
        select(Change.at)
        .where(Change.stream == PUBLIC)
        .order_by(Change.position.desc())
        .limit(1)
    )
    is_well = latest is None or latest <= now + SKEW
    detail = "nothing yet" if latest is None else f"{latest:%Y-%m-%d %H:%M:%S}Z"
    if not is_well:
        detail += f", which lies ahead of this clock ({now:%Y-%m-%d %H:%M:%S}Z)"
    return Finding("last change", is_well=is_well, detail=detail)


def _log(session: Session) -> Finding:
    """Whether every row is there that the counter says has been kept."""
    extent = reading.extent(session)
    first, last, rows = session.execute(
        select(
            func.min(Change.position), func.max(Change.position), func.count()
        ).where(Change.stream == PUBLIC)
    ).one()
    expected = (extent.floor + 1, extent.head) if rows else (None, None)
    is_whole = rows == extent.head - extent.floor and (first, last) == expected
    detail = f"position {extent.head}, {rows} rows kept"
    if not is_whole:
        detail += f" of {extent.head - extent.floor} after {extent.floor}"
    return Finding("log", is_well=is_whole, detail=detail)


def _log_age(session: Session, settings: Settings, now: datetime) -> Finding:
    oldest = session.scalar(
        select(Change.at)
        .where(Change.stream == PUBLIC)
        .order_by(Change.position)
        .limit(1)
    )
    days = 0 if oldest is None else max((now - oldest).days, 0)
    is_well = days <= settings.log_days
    detail = f"the oldest row is {days} days old"
    if not is_well:
        detail += f", {settings.log_days} are to be kept: is a server running?"
    return Finding("log retention", is_well=is_well, detail=detail)


def _shapes(session: Session, settings: Settings) -> Finding:
    stale = renewing.count_stale(session, Site.of(settings).shape)
    detail = "all are of the current shape"
    if stale:
        detail = (
            f"{stale} were rendered by another version or with another name or"
            " address of the site: run `broadsheet render`"
        )
    return Finding("documents", is_well=not stale, detail=detail)


def _refreshes(session: Session, now: datetime) -> Finding:
    waiting = session.scalar(select(func.count()).select_from(Refresh)) or 0
    oldest = session.scalar(select(func.min(Refresh.requested_at)))
    if oldest is None or now - oldest <= PATIENCE:
        return Finding("refreshes", is_well=True, detail=f"{waiting} waiting")
    detail = f"{waiting} waiting since {oldest:%Y-%m-%d %H:%M}Z: is a server running?"
    return Finding("refreshes", is_well=False, detail=detail)


def _removals(session: Session, now: datetime) -> Finding:
    overdue = removing.count_due(session, before=now - PATIENCE)
    detail = "none overdue"
    if overdue:
        detail = f"{overdue} overdue: is a server running, and may it write there?"
    return Finding("files to remove", is_well=not overdue, detail=detail)


def _due(session: Session) -> Finding:
    """Whether something is due and not public: nobody runs the loop, or it fails."""
    now = database_now(session)
    overdue, failing = due.overdue(session, now), due.failing(session, now)
    if overdue.oldest is None or (now - overdue.oldest <= SKEW and not failing):
        return Finding("schedule", is_well=True, detail=f"{overdue.count} due")
    detail = f"{overdue.count} due since {overdue.oldest:%Y-%m-%d %H:%M:%S}Z"
    if not failing:
        return Finding(
            "schedule",
            is_well=False,
            detail=f"{detail}: is a server or worker running?",
        )
    told = "; ".join(f"{each.article_id}: {each.reason}" for each in failing[:3])
    return Finding(
        "schedule", is_well=False, detail=f"{detail}, {len(failing)} failing ({told})"
    )


def _purges(session: Session, endpoint: Endpoint, now: datetime) -> Finding:
    """Whether a cache in front has been told of all that changed."""
    subject, lag = f"purges at {endpoint.host}", lagging.of(session, endpoint)
    if lag is None:
        detail = "none were ever sent: is a server or worker running?"
        return Finding(subject, is_well=False, detail=detail)
    detail = f"{lag.changes} changes behind"
    if lag.since is None or now - lag.since <= PURGE_PATIENCE:
        return Finding(subject, is_well=True, detail=detail)
    why = f"{lag.attempts} attempts failed ({lag.error})"
    if not lag.attempts:
        why = "is a server or worker running?"
    detail += f", since {lag.since:%Y-%m-%d %H:%M:%S}Z: {why}"
    return Finding(subject, is_well=False, detail=detail)


def _replica(database: Database, settings: Settings) -> Iterator[Finding]:
    if settings.delivery_database_url is None:
        return
    with database.read_primary() as session:
        head = session.scalar(select(log_position())) or 0
    with database.read() as session:
        reached = session.scalar(select(log_position())) or 0
    behind = max(head - reached, 0)
    detail = f"{behind} positions behind the primary"
    yield Finding("replica", is_well=True, detail=detail)
