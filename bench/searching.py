"""F6: search, against the same words asked of the engine itself."""

import statistics
from collections.abc import Callable
from time import perf_counter

import httpx
from sqlalchemy import text

from app.kit.db import Database
from bench.ground import Ground
from bench.lines import Line
from bench.servers import serving

WORD = "harbour"
BARE_SQLITE = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :word"
    " ORDER BY rank LIMIT 20"
)
BARE_POSTGRESQL = text(
    "SELECT id FROM search_entries, CAST(:word AS tsquery) q WHERE vector @@ q"
    " ORDER BY ts_rank(vector, q) DESC LIMIT 20"
)


def search(ground: Ground) -> tuple[float, str] | None:
    """Ask for a word over HTTP and of the engine in turn; None without a search."""
    asked = f"/v1/search?q={WORD}&limit=20"
    with (
        serving("app.main:application", ground.settings(), is_factory=True) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as client,
        Database(ground.url) as database,
        database.aside() as connection,
    ):
        if client.get(asked).status_code != 200:
            return None
        bare = BARE_SQLITE if database.is_sqlite else BARE_POSTGRESQL
        pairs = [
            (
                _timed(lambda: client.get(asked).raise_for_status()),
                _timed(lambda: connection.execute(bare, {"word": WORD}).all()),
            )
            for _ in range(ground.many(200))
        ]
    ours, engine = (statistics.median(times) for times in zip(*pairs, strict=True))
    return ours / engine, f"p50 {ours * 1000:.1f} ms against {engine * 1000:.1f} ms"


def _timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


LINES = [
    Line(
        name="F6",
        says="search, p50, against the engine's own query",
        measure=search,
        floor=1.5,
        aim=1.2,
        unit="×",
        less_is_better=True,
    )
]
