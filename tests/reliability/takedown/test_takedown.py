"""A killed story is seen no more: four processes, a cache in front, all asking always.

What is judged is the order. Whoever asks the process that took the kill after it was
answered sees nothing of the story; of another process, no answer that is as new as the
kill shows it, and none at all once the process has said that it is that far. How long
that takes is told by the long form.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests import servers
from tests.newsroom import Json, paragraph
from tests.pictures.drawing import picture
from tests.prove.figures import FOLDER, report, size
from tests.reliability import fleet as fleets
from tests.reliability.crew import Crew
from tests.reliability.fleet import Fleet, publisher
from tests.reliability.forking import Forks
from tests.reliability.takedown.fronting import Front
from tests.reliability.takedown.probing import Place, Reader, reader_of

CANARY = "zqcanary"
PROCESSES = 4
KILLS = size(2, long=300)
LATE_MS = 1_000
CODINGS = ("identity", "gzip", "br", "zstd")
# Without a word from PostgreSQL it takes longest: the suite has only that one.
VARIANTS = {
    "sqlite": ("takedown", "SQLite"),
    "postgresql": ("takedown", "PostgreSQL"),
    "postgresql, muted": ("takedown unheard", "PostgreSQL"),
}


@dataclass(frozen=True)
class Paper:
    """An empty newspaper, and how its results are named."""

    variant: str
    settings: Json
    key: str


@pytest.fixture(params=[each for each in VARIANTS if FOLDER or each != "postgresql"])
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Paper]:
    # A stream that ends when it has told what there is can be read like a page.
    settings: Json = {"media_path": str(tmp_path / "media"), "stream_seconds": 0}
    kind = request.param.partition(",")[0]
    with ExitStack() as open_:
        empty = servers.empty_database(kind, request.config, tmp_path)
        url = open_.enter_context(empty)
        key = fleets.found(url)
        if request.param == "postgresql, muted":
            fleets.mute(url)
        yield Paper(request.param, {**settings, "database_url": url}, key)


@dataclass(frozen=True)
class Told:
    """A story, another one that leads to it, and where both are seen."""

    id: str
    other: str
    after: int
    """The position of the log before there was anything of it."""
    places: list[Place]


@dataclass
class Outcome:
    """What became of some kills."""

    kills: int = 0
    leaks: list[str] = field(default_factory=list)
    last_seen: list[float] = field(default_factory=list)
    """After how many milliseconds each other process was last asked in vain."""
    last_seen_in_front: list[float] = field(default_factory=list)


def test_a_killed_story_is_seen_no_more_by_whoever_asks(
    forks: Forks, paper: Paper
) -> None:
    with Fleet(forks, size=PROCESSES, **paper.settings) as fleet:
        outcome = _kill_and_look(fleet, paper, kills=KILLS)

    name, engine = VARIANTS[paper.variant]
    others, front = sorted(outcome.last_seen), sorted(outcome.last_seen_in_front)
    late = sum(each > LATE_MS for each in others)
    report(
        name,
        engine,
        iterations=outcome.kills,
        failures=len(outcome.leaks) + late,
        others_last_seen_p50_ms=round(others[len(others) // 2], 1),
        others_last_seen_p99_ms=round(others[len(others) * 99 // 100], 1),
        others_last_seen_max_ms=round(others[-1], 1),
        cache_in_front_p99_ms=round(front[len(front) * 99 // 100], 1),
    )
    assert outcome.leaks == []


@pytest.mark.parametrize("paper", ["sqlite"], indirect=True)
def test_a_process_that_keeps_without_asking_is_caught(
    forks: Forks, paper: Paper
) -> None:
    with Fleet(forks, size=2, kind="unforgetting", **paper.settings) as fleet:
        outcome = _kill_and_look(fleet, paper, kills=1)

    assert outcome.leaks != []


def _kill_and_look(fleet: Fleet, paper: Paper, *, kills: int) -> Outcome:
    outcome = Outcome()
    with Front(fleet.bases) as front, ExitStack() as open_:
        crews = [
            open_.enter_context(publisher(base, paper.key)) for base in fleet.bases
        ]
        crews[0].make("/sections", name="World")
        for number in range(kills):
            story = _tell(crews[0], number)
            _kill_one(crews, number % len(crews), story, front, outcome)
    return outcome


def _kill_one(
    crews: Sequence[Crew], taker: int, story: Told, front: Front, outcome: Outcome
) -> None:
    """Have everybody see a story, kill it, and judge what was seen then."""
    crew = crews[taker]
    with ExitStack() as open_:
        clients = [
            open_.enter_context(httpx.Client(base_url=each.client.base_url, timeout=30))
            for each in crews
        ]
        readers = [
            open_.enter_context(Reader(reader_of(client, coding), story.places))
            for client, coding in zip(clients, CODINGS, strict=False)
        ]
        readers.append(open_.enter_context(Reader(front.ask, story.places)))
        for reader in readers:
            reader.await_all_seen()

        kill = crew.send("POST", f"/articles/{story.id}/kill", {"note": "In error."})
        acked = time.perf_counter()
        assert kill.status_code == 200, kill.text
        position = _position_of(clients[taker], story)
        # From when on nothing of it may be seen at all: by process, the front last.
        ends = [_reached(client, position) for client in clients]
        ends[taker] = acked
        front.await_applied(position)
        ends.append(time.perf_counter())
        for reader in readers:
            reader.await_another_round()
    _judge(readers, ends, taker, position, outcome)
    outcome.kills += 1
    assert crew.send("POST", f"/articles/{story.other}/kill", {}).is_success


def _judge(
    readers: Sequence[Reader],
    ends: Sequence[float],
    taker: int,
    position: int,
    outcome: Outcome,
) -> None:
    """Note what was seen too late, and how late it was seen by the others."""
    for number, (reader, end) in enumerate(zip(readers, ends, strict=True)):
        seen = [look for look in reader.looks if look.is_seen]
        leaks = [look for look in seen if look.asked > end or look.position >= position]
        outcome.leaks += [f"{number} after {taker} took it: {look}" for look in leaks]
        last = max([0.0, *(1_000 * (look.asked - ends[taker]) for look in seen)])
        if number == len(readers) - 1:
            outcome.last_seen_in_front.append(last)
        elif number != taker:
            outcome.last_seen.append(last)


def _tell(crew: Crew, number: int) -> Told:
    """Publish a story, and another one that leads to it."""
    head = crew.client.get("/v1/changes?limit=1").headers
    before = int(head["Broadsheet-Position"])
    jpeg = {"Content-Type": "image/jpeg"}
    uploaded = crew.client.post("/manage/v1/uploads", content=picture(), headers=jpeg)
    media = uploaded.json()["id"]
    words = {"standfirst": CANARY, "body": [paragraph(f"{CANARY} at length. " * 99)]}
    slug = f"quay-{number}"
    draft = crew.make(
        "/articles",
        headline=CANARY,
        slug=slug,
        section="world",
        lead_media=media,
        **words,
    )
    story = crew.publish(draft).json()["id"]
    leads_on = [paragraph(), {"type": "related", "target_id": story}]
    other = crew.make(
        "/articles", headline=f"Other {number}", section="world", body=leads_on
    )
    assert crew.publish(other).status_code == 200
    shown = crew.client.get(f"/v1/articles/{story}").json()
    thumb = urlsplit(shown["lead_media"]["renditions"][0]["url"]).path
    # It is made by whoever is asked for it first, and by nobody else.
    assert crew.client.get(thumb).is_success
    log = f"/v1/changes?after={before}"
    path = f"/world/{slug}"
    places = [
        *_places(story, slug, other["id"]),
        Place(f"/v1/resolve?path={path}", '"found"'),
        Place(log, path),
        Place(f"{log}&include=documents", CANARY),
        Place(f"/v1/changes/stream?after={before}", path),
        Place(f"/v1/media/{media}", media),
        Place(thumb, ""),
    ]
    return Told(story, other["id"], before, places)


def _places(story: str, slug: str, other: str) -> list[Place]:
    """List where the words of a story are seen."""
    return [
        Place(path, CANARY)
        for path in (
            f"/v1/articles/{story}",
            f"/v1/articles/{slug}?body=html",
            "/v1/articles?limit=2",
            "/v1/articles?section=world&fields=id,headline",
            f"/v1/articles?ids={story}",
            f"/v1/articles/{other}",
            f"/v1/articles/{other}/related?by=section",
            f"/v1/articles/{story}/versions/1",
            "/v1/snapshot",
        )
    ] + [Place(f"/v1/articles/{story}/versions", '"version"')]


def _position_of(client: httpx.Client, story: Told) -> int:
    """Find where in the log the process that took a kill has put it."""
    rows = client.get(f"/v1/changes?after={story.after}").json()["data"]
    killed = {
        row["resource_id"]: row["position"]
        for row in rows
        if row["event"] == "article.killed"
    }
    return int(killed[story.id])


def _reached(client: httpx.Client, position: int) -> float:
    """Have a process come as far as this, and answer when that was."""
    wanted = {"Broadsheet-At-Least": str(position)}
    client.get("/v1/sections", headers=wanted).raise_for_status()
    return time.perf_counter()
