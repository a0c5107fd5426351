"""F7 and F8: how soon every process answers anew, and how late the clock's work is."""

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from time import perf_counter, sleep

import httpx

from app.kit.clock import system_clock
from bench.comparing import CACHE, OURS
from bench.ground import Ground, editor
from bench.lines import Line
from bench.servers import serving

PROCESSES = 2
AHEAD = timedelta(seconds=1.5)
PATIENCE = 30.0


def kill(ground: Ground) -> tuple[float, str]:
    """Kill stories that every process has in memory, until none answers them."""
    with _newsroom(ground) as (editor_client, readers):
        times = [_killed(editor_client, readers, at) for at in range(ground.many(200))]
    return _p99(times), f"p99 of {len(times)} kills, {PROCESSES} processes"


def schedule(ground: Ground) -> tuple[float, str]:
    """Have stories come out at a time, and see when they do."""
    with _newsroom(ground) as (editor_client, readers):
        times = [_late(editor_client, readers[0], at) for at in range(ground.many(60))]
    if early := sum(time < 0 for time in times):
        raise RuntimeError(f"{early} of {len(times)} came out early")
    return _p99(times), f"p99 of {len(times)} releases, none of them early"


def _killed(
    editor_client: httpx.Client, readers: Sequence[httpx.Client], number: int
) -> float:
    story = _draft(editor_client, f"bench-kill-{number}")
    story = _verb(editor_client, story, "publish")
    address = f"/v1/articles/{story['id']}"
    for reader in readers:
        _until(reader, address, 200)
    _verb(editor_client, story, "kill", reason="A line of the bench.")
    started = perf_counter()
    for reader in readers:
        _until(reader, address, 410)
    return (perf_counter() - started) * 1000


def _late(editor_client: httpx.Client, reader: httpx.Client, number: int) -> float:
    story = _draft(editor_client, f"bench-late-{number}")
    due = system_clock() + AHEAD
    _verb(editor_client, story, "schedule", publish_at=due.isoformat())
    while (left := (due - system_clock()).total_seconds()) > 0.2:
        sleep(left - 0.2)
    _until(reader, f"/v1/articles/{story['id']}", 200)
    return (system_clock() - due).total_seconds() * 1000


def _draft(editor_client: httpx.Client, slug: str) -> dict[str, object]:
    stamp = system_clock().strftime("%H%M%S%f")
    story = {"headline": "Bench", "slug": f"{slug}-{stamp}", "section": "world"}
    answer = editor_client.post("/manage/v1/articles", json=story).raise_for_status()
    return dict(answer.json())


def _verb(
    editor_client: httpx.Client, story: dict[str, object], verb: str, **words: str
) -> dict[str, object]:
    answer = editor_client.post(
        f"/manage/v1/articles/{story['id']}/{verb}",
        json=words,
        headers={"If-Match": f'"v{story["version"]}"'},
    )
    return dict(answer.raise_for_status().json())


def _until(reader: httpx.Client, address: str, status: int) -> None:
    until = perf_counter() + PATIENCE
    while reader.get(address).status_code != status:
        if perf_counter() > until:
            raise RuntimeError(f"{address} never answered {status}")


@contextmanager
def _newsroom(ground: Ground) -> Iterator[tuple[httpx.Client, list[httpx.Client]]]:
    """Serve with every process caching and following, the first one for the editor."""
    settings = ground.settings(BROADSHEET_BACKGROUND="true", **CACHE)
    with ExitStack() as stack:
        key = stack.enter_context(editor(ground.url))
        servers = [
            stack.enter_context(serving(OURS, settings, is_factory=True))
            for _ in range(PROCESSES)
        ]
        clients = [
            stack.enter_context(
                httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30)
            )
            for server in (servers[0], *servers)
        ]
        clients[0].headers["Authorization"] = f"Bearer {key}"
        yield clients[0], clients[1:]


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[math.ceil(0.99 * len(times)) - 1]


LINES = [
    Line(
        name="F7",
        says="a kill, until every process answers anew",
        measure=kill,
        floor=250,
        aim=20,
        unit=" ms",
        less_is_better=True,
    ),
    Line(
        name="F8",
        says="a scheduled release, how late",
        measure=schedule,
        floor=1000,
        aim=100,
        unit=" ms",
        less_is_better=True,
    ),
]
