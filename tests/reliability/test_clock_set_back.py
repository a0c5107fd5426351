"""A clock that is set back under a server: nothing is lost, doubled or taken for old.

The log, revisions and cursors count; they do not ask for the time. What a story says
of its own time does not go back.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from app.changes.log import PUBLIC
from app.changes.models import Change
from app.kit.db import Database
from tests.newsroom import Json
from tests.reliability import papers
from tests.reliability.clocks import HOUR, SetClock, preloaded
from tests.reliability.crew import Crew
from tests.reliability.mortal import Mortal, Waiting
from tests.reliability.tailing import is_contiguous

STORIES = 4
BROADSHEET = Path(sys.executable).with_name("broadsheet")


@pytest.fixture(scope="module")
def preload() -> dict[str, str]:
    return preloaded()


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> SetClock:
    """The clock that the server lives by."""
    return SetClock(tmp_path_factory.mktemp("clock") / "clock")


@pytest.fixture(scope="module")
def waiting(preload: dict[str, str], clock: SetClock) -> Iterator[Waiting]:
    with Waiting({**preload, **clock.environment}) as waiting:
        yield waiting


@dataclass(frozen=True)
class SetBack:
    """A newspaper whose clock was set back, and what a reader had of it before."""

    crew: Crew
    database: Database
    before: list[Json]
    after: list[Json]
    page: Json
    answer: httpx.Response
    upto: int

    @property
    def changed(self) -> Json:
        """The story that was changed after the clock was set back."""
        return self.before[0]

    def get(self, path: str, **headers: str) -> httpx.Response:
        response = self.crew.client.get(path, headers=headers)
        assert response.is_success or response.status_code == 304, response.text
        return response

    def follow(self, page: Json) -> list[Json]:
        """Read what stands on a page and on all that come after it."""
        rows = list(page["data"])
        while page["links"]["next"]:
            following = urlsplit(page["links"]["next"])
            page = self.get(f"{following.path}?{following.query}").json()
            rows += page["data"]
        return rows

    def listed(self, path: str) -> list[str]:
        """Name what a list shows, page by page, in the order of the ids."""
        return sorted(each["id"] for each in self.follow(self.get(path).json()))

    def written(self) -> list[tuple[int, float]]:
        """Read the log from the table: positions and times."""
        rows = select(Change.position, Change.at).where(Change.stream == PUBLIC)
        with self.database.read() as session:
            found = session.execute(rows.order_by(Change.position)).all()
        return [(position, at.timestamp()) for position, at in found]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def paper(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    waiting: Waiting,
    clock: SetClock,
) -> Iterator[SetBack]:
    """A newspaper with stories written before and after its clock was set back."""
    folder = tmp_path_factory.mktemp("set-back")
    with papers.founded(request.param, request.config, folder) as paper:
        url, headers = paper.database.url, paper.newsroom.headers
        with (
            Mortal(waiting, url),
            httpx.Client(base_url=waiting.url, headers=headers, timeout=60) as client,
        ):
            yield _set_back(Crew(client), paper.database, clock)


def _set_back(crew: Crew, database: Database, clock: SetClock) -> SetBack:
    clock.step_to(ahead=2 * HOUR)
    section = crew.read("/sections")["data"][0]["id"]
    before = [_published(crew, section) for _ in range(STORIES)]
    page = crew.client.get("/v1/articles?limit=2").json()
    answer = crew.client.get(f"/v1/articles/{before[0]['id']}")
    upto = int(answer.headers["Broadsheet-Position"])

    clock.step_to(ahead=0)
    changed = crew.change("articles", before[0], headline="Ferry is late")
    crew.publish(changed.json())
    after = [_published(crew, section) for _ in range(STORIES)]
    return SetBack(crew, database, before, after, page, answer, upto)


def _published(crew: Crew, section: str) -> Json:
    return dict(crew.publish(crew.draft("Ferry returns", section=section)).json())


def test_the_log_goes_on_where_it_was(paper: SetBack) -> None:
    first = paper.get("/v1/changes?after=0&limit=3").json()
    positions = [row["position"] for row in paper.follow(first)]

    assert is_contiguous(positions)
    assert positions == [position for position, _ in paper.written()]
    times = [at for _, at in paper.written()]
    assert times != sorted(times)


def test_a_follower_who_goes_on_misses_nothing(paper: SetBack) -> None:
    first = paper.get(f"/v1/changes?after={paper.upto}&limit=3").json()
    positions = [row["position"] for row in paper.follow(first)]

    assert positions == [at for at, _ in paper.written() if at > paper.upto]


def test_a_follower_who_goes_by_the_time_is_caught(paper: SetBack) -> None:
    written = paper.written()
    last = max(at for position, at in written if position <= paper.upto)

    found = [position for position, at in written if at > last]

    assert found != [position for position, _ in written if position > paper.upto]


@pytest.mark.parametrize("surface", ["/v1", "/manage/v1"])
def test_a_list_shows_every_story_once(paper: SetBack, surface: str) -> None:
    stories = [*paper.before, *paper.after]

    listed = paper.listed(f"{surface}/articles?limit=3")

    assert listed == sorted(each["id"] for each in stories)


def test_pages_that_were_begun_before_lose_and_double_nothing(paper: SetBack) -> None:
    seen = [each["id"] for each in paper.follow(paper.page)]
    before = {each["id"] for each in paper.before}

    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_revisions_are_numbered_on(paper: SetBack) -> None:
    story = paper.crew.read(f"/articles/{paper.changed['id']}")
    kept = paper.crew.read(f"/articles/{story['id']}/revisions")["data"]

    numbers = [each["number"] for each in kept]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert story["revision"] == max(numbers)
    assert story["headline"] == "Ferry is late"


def test_whoever_asks_by_time_hears_of_a_change(paper: SetBack) -> None:
    since = paper.answer.headers["Last-Modified"]
    path = f"/v1/articles/{paper.changed['id']}"

    answer = paper.get(path, **{"If-Modified-Since": since})

    assert answer.status_code == 200
    assert answer.json()["headline"] == "Ferry is late"
    again = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert paper.get(path, **again).status_code == 304


def test_a_story_is_not_changed_before_it_was_published(paper: SetBack) -> None:
    old = paper.answer.json()

    new = paper.get(f"/v1/articles/{paper.changed['id']}").json()

    assert new["published_at"] == old["published_at"]
    assert new["updated_at"] >= old["updated_at"]
    assert new["version"] > old["version"]


# SQLite has no second clock to compare with.
@pytest.mark.parametrize("paper", ["postgresql"], indirect=True)
def test_the_doctor_finds_the_clock(
    paper: SetBack, preload: dict[str, str], tmp_path: Path
) -> None:
    behind = SetClock(tmp_path / "clock", ahead=-HOUR)
    url = {"BROADSHEET_DATABASE_URL": paper.database.url}

    done = subprocess.run(
        [BROADSHEET, "doctor"],
        cwd=tmp_path,
        env={**os.environ, **url, **preload, **behind.environment},
        capture_output=True,
        text=True,
        check=False,
    )

    failed = {
        line.removeprefix("FAIL").partition(":")[0].strip()
        for line in done.stdout.splitlines()
        if line.startswith("FAIL")
    }
    assert done.returncode == 1
    assert failed >= {"last change", "clock"}
