"""The log holds all that was published, once, in the order in which it was committed.

Eight writers at two processes, an importer with batches and somebody with a transaction
that stays open; meanwhile the log is followed in every way there is.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import select, text

from app.changes import reading
from app.changes.models import Change
from app.kit.clock import system_clock
from app.kit.db import Database
from app.kit.patches import checked
from app.newsroom.articles.adding import NewStory
from app.newsroom.articles.schemas import ArticleCreate
from app.publishing import archiving
from app.publishing.archiving import ArchivedStory
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import OwnSettings, on_postgresql
from tests.newsroom import if_match
from tests.prove.figures import engine_of, report, size
from tests.reliability import fleet as fleets
from tests.reliability.crew import Crew, at_once
from tests.reliability.fleet import Fleet, publisher
from tests.reliability.following import Follower, by_long_poll, by_page, by_stream
from tests.reliability.forking import Forks
from tests.reliability.tailing import EarlyLog, Tail, is_contiguous

WRITERS = 8
STORIES = size(3, long=200)
IN_ONE_PROCESS = size(3, long=40)
BATCHES = size(2, long=40)
BATCH = 10
_FOR_LONG = text("SET LOCAL idle_in_transaction_session_timeout = 0")
"""Such a transaction is ended after a while; this one is to last."""

WAYS = (by_page, by_long_poll, by_stream, by_stream)


@dataclass(frozen=True)
class Act:
    """A release as its editor saw it: when it was asked for and when acknowledged."""

    asked: float
    acknowledged: float
    article: str
    release: int


def test_followers_hear_all_that_is_committed_once_and_in_order(
    forks: Forks, url: str
) -> None:
    key = fleets.found(url)
    with ExitStack() as open_:
        database = open_.enter_context(Database(url, threads=4))
        fleet = open_.enter_context(Fleet(forks, size=2, database_url=url))
        crews = [open_.enter_context(publisher(base, key)) for base in fleet.bases]
        section = crews[0].make("/sections", name="World")["id"]
        followers = [
            open_.enter_context(Follower(fleet.bases[number % 2], way))
            for number, way in enumerate(WAYS)
        ]
        open_.enter_context(_holding(database))
        told = at_once(
            [
                *(partial(_write, crews[n % 2], section) for n in range(WRITERS)),
                partial(_import, database, section),
            ]
        )
        acts = [act for each in told for act in each]
        last = _end(crews[0], database, followers)
        log = _log(database)

    gaps = [gap for each in followers for gap in each.gaps(last)]
    wrong = [*gaps, *_out_of_order(acts, log), *_unlogged(acts, log)]
    _report(database, acts, log, followers[-1], failures=len(wrong))
    assert is_contiguous([position for position, _, _ in log])
    assert len(log) == 1 + WRITERS * STORIES * 2 + BATCHES * BATCH + 2
    assert [fault for each in followers for fault in each.faults] == []
    assert wrong == []


def test_who_reads_the_table_itself_misses_nothing(
    crew: Crew, database: Database
) -> None:
    section = crew.make("/sections", name="World")["id"]

    with Tail(database, reading.after) as one, Tail(database, reading.after) as other:
        at_once([partial(_write, crew, section, IN_ONE_PROCESS)] * WRITERS)

    positions = [position for position, _, _ in _log(database)]
    assert is_contiguous(positions)
    assert one.seen == other.seen == positions


@on_postgresql  # SQLite has one writer at a time
def test_a_log_numbered_before_the_commit_is_caught_losing_rows(
    database: Database,
) -> None:
    log = EarlyLog(database)

    with Tail(database, log.after) as tail:
        at_once([partial(log.write, 25)] * WRITERS)

    with database.read() as session:
        written = [row.position for row in log.after(session, 0)]
    log.drop()
    assert len(written) == WRITERS * 25
    assert set(tail.seen) < set(written)


def test_what_is_logged_in_another_order_is_caught() -> None:
    """The known-bad twin of the order: what came first stands behind."""
    acts = [Act(0.0, 1.0, "a", 1), Act(2.0, 3.0, "b", 1), Act(2.5, 4.0, "c", 1)]

    right = [(1, "a", 1), (2, "c", 1), (3, "b", 1)]
    assert list(_out_of_order(acts, right)) == []
    wrong = [(1, "c", 1), (2, "a", 1), (3, "b", 1)]
    assert list(_out_of_order(acts, wrong)) == [f"1: {acts[2]}"]
    assert list(_unlogged(acts, right[1:])) == [str(acts[0])]


def _write(crew: Crew, section: str, stories: int = STORIES) -> list[Act]:
    """Write story after story, and release each of them twice."""
    acts = []
    for number in range(stories):
        story = crew.draft(f"Story {number}", section=section)
        for kicker in ("", "Port"):
            if kicker:
                story = crew.change("articles", story, kicker=kicker).json()
            asked = time.perf_counter()
            path = f"/manage/v1/articles/{story['id']}/publish"
            answer = crew.client.post(path, json={}, headers=if_match(story))
            acknowledged = time.perf_counter()
            assert answer.status_code == 200, answer.text
            story = answer.json()
            acts.append(Act(asked, acknowledged, story["id"], story["release"]))
    return acts


def _import(database: Database, section: str) -> list[Act]:
    """Load an archive in batches; each is one transaction."""
    acts = []
    site = Site.of(OwnSettings(database_url=database.url))
    for batch in range(BATCHES):
        now = system_clock()
        desk = Desk(now=now, by="import", site=site)
        stories = [
            ArchivedStory(
                story=NewStory(
                    data=checked(
                        ArticleCreate,
                        {"headline": f"Old {batch} {number}", "section": section},
                    ),
                    source="archive",
                    external_id=f"{batch} {number}",
                ),
                published_at=now - timedelta(days=number),
            )
            for number in range(BATCH)
        ]
        asked = time.perf_counter()
        with database.write() as session:
            loaded = archiving.publish(session, stories, desk)
            ids = [str(each.id) for each in loaded]
        acknowledged = time.perf_counter()
        acts += [Act(asked, acknowledged, each, 1) for each in ids]
        time.sleep(random.uniform(0, 0.05))  # noqa: S311 — no secret
    return acts


@contextmanager
def _holding(database: Database) -> Iterator[None]:
    """Keep a transaction open that has nothing to do with us.

    Of PostgreSQL it holds a number, so that no later one is the oldest that runs.
    """
    with database.aside() as reader:
        if database.is_sqlite:
            reader.execute(select(Change.position)).all()
            yield
            return
        reader.execute(_FOR_LONG)
        reader.execute(select(Change.position)).all()
        with database.engine.connect() as writer:
            writer.execute(_FOR_LONG)
            writer.execute(text("SELECT txid_current()"))
            yield


def _end(crew: Crew, database: Database, followers: Sequence[Follower]) -> int:
    """Let followers come to the end; answers how many rows there are by then."""
    crew.make("/tags", name="Last but one", listed=True)
    last = len(_log(database))
    for each in followers:
        each.end_at(last)
    crew.make("/tags", name="Last", listed=True)
    return last


def _log(database: Database) -> list[tuple[int, str, int | None]]:
    """Read the table: each position, and of what it is which release."""
    rows = select(Change.position, Change.resource_id, Change.version)
    with database.read() as session:
        found = session.execute(rows.order_by(Change.position)).all()
    return [(row.position, str(row.resource_id), row.version) for row in found]


def _out_of_order(
    acts: Sequence[Act], log: Sequence[tuple[int, str, int | None]]
) -> Iterator[str]:
    """Say what stands before something that was acknowledged before it was asked."""
    places = {(article, release): at for at, article, release in log}
    by_end = sorted(acts, key=lambda act: act.acknowledged)
    ended, highest = 0, 0
    for act in sorted(acts, key=lambda act: act.asked):
        while ended < len(by_end) and by_end[ended].acknowledged < act.asked:
            before = by_end[ended]
            highest = max(highest, places.get((before.article, before.release), 0))
            ended += 1
        at = places.get((act.article, act.release), highest + 1)
        if at <= highest:
            yield f"{at}: {act}"


def _unlogged(
    acts: Sequence[Act], log: Sequence[tuple[int, str, int | None]]
) -> Iterator[str]:
    """Say what was acknowledged and is not in the log once."""
    told = [(article, release) for _, article, release in log]
    counted = {each: told.count(each) for each in set(told)}
    yield from (str(a) for a in acts if counted.get((a.article, a.release)) != 1)


def _report(
    database: Database,
    acts: Sequence[Act],
    log: Sequence[tuple[int, str, int | None]],
    follower: Follower,
    *,
    failures: int,
) -> None:
    """Leave behind how long after its answer a release was heard of on a stream."""
    places = {(article, release): at for at, article, release in log}
    heard = [
        max(0.0, 1_000 * (follower.heard[at] - act.acknowledged))
        for act in acts
        if (at := places.get((act.article, act.release))) in follower.heard
    ]
    late = sorted(heard)
    report(
        "commit order",
        engine_of(database),
        iterations=len(log),
        failures=failures,
        heard_after_p50_ms=round(late[len(late) // 2], 1),
        heard_after_p99_ms=round(late[len(late) * 99 // 100], 1),
    )
