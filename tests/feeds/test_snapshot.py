"""The whole newspaper as a copy: all of it, as it was at one position."""

import gzip
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import zstandard
from starlette.testclient import TestClient

from app.delivery.store import documents
from app.delivery.store.documents import Rendering
from app.feeds.log.asking import KINDS
from app.kit.db import COPIES, Database
from app.kit.ids import new_id
from tests.conftest import START
from tests.contract import seeding
from tests.contract.problems import API_URL, named_by, problem_of
from tests.feeds.copies import Copy, source
from tests.feeds.following import Json, page
from tests.newsroom import Newsroom

PATIENCE = 20
MANY = 250
LARGE_BYTES = 80_000


def snapshot(client: TestClient, query: str = "", **headers: str) -> list[Json]:
    """Read a snapshot line by line."""
    answer = client.get(f"/v1/snapshot{query}", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def fill(database: Database, *, size: int = LARGE_BYTES) -> None:
    """Make many documents public: when large, more than the sockets hold."""
    text = json.dumps({"text": "x" * size})
    with database.write() as session:
        for number in range(MANY):
            made = Rendering(
                id=new_id(),
                kind="tag",
                key=f"tag-{number}",
                label="Tag",
                shape="large",
                summary=b"{}",
                detail=text.encode(),
            )
            documents.put(session, made, version=1, now=START)


def test_it_holds_all_that_is_public_and_nothing_else(
    client: TestClient, newsroom: Newsroom, database: Database
) -> None:
    seeding.newspaper(newsroom)
    newsroom.withdraw(newsroom.published("Taken back", section="section-1"))
    lines = snapshot(client)

    copy = Copy()
    copy.begin(map(json.dumps, lines))
    assert copy.documents == source(database)
    assert "Not yet" not in str(lines)
    assert "Taken back" not in str(lines)
    changes = f"{API_URL}/v1/changes?after={copy.position}"
    assert lines[0]["changes"] == changes
    assert page(client, f"?after={copy.position}")["data"] == []
    # What others name comes before them.
    kinds = list(dict.fromkeys(line["kind"] for line in lines[1:-1]))
    assert kinds == [kind for kind in KINDS if kind in kinds]


def test_each_of_its_lines_says_where_to_ask_for_the_resource(
    client: TestClient, newsroom: Newsroom
) -> None:
    seeding.newspaper(newsroom)
    for line in snapshot(client)[1:-1]:
        if line["kind"] == "ads_txt":
            # Crawlers ask for it by its name, at the root.
            assert line["href"] is None
            continue
        answer = client.get(line["href"].removeprefix(API_URL))

        assert answer.json()["id"] == line["id"]
        if line["kind"] != "section":
            # That one names its children when it is read.
            assert answer.json() == line["document"]


def test_it_can_be_of_some_kinds(client: TestClient, newsroom: Newsroom) -> None:
    newsroom.published("Ferry returns")
    newsroom.tag("Trade", listed=True)

    lines = snapshot(client, "?kinds=tag,section")
    assert [line.get("kind") for line in lines] == [None, "tag", "section", None]
    problem = problem_of(client.get("/v1/snapshot?kinds=story"))
    assert named_by(problem) == {"kinds"}


def test_it_comes_in_the_coding_that_is_wanted(
    reader: httpx.Client, database: Database
) -> None:
    fill(database, size=100)
    zstd = zstandard.ZstdDecompressor().decompressobj()
    for accepted, coding, decode in (
        ("gzip, br, zstd", "zstd", zstd.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br", None, bytes),
    ):
        headers = {"Accept-Encoding": accepted}
        with reader.stream("GET", "/v1/snapshot", headers=headers) as answer:
            content = b"".join(answer.iter_raw())

        assert answer.headers.get("content-encoding") == coding
        assert answer.headers["vary"] == "Accept-Encoding, Authorization"
        copy = Copy()
        copy.begin(decode(content).decode().splitlines())
        assert copy.documents == source(database)


@contextmanager
def begun(reader: httpx.Client) -> Iterator[Iterator[str]]:
    """Begin to read a snapshot that does not fit into what lies between us."""
    plain = {"Accept-Encoding": "identity"}
    with reader.stream("GET", "/v1/snapshot", headers=plain) as answer:
        assert answer.status_code == 200
        lines = answer.iter_lines()
        first = next(lines)
        yield (line for part in ([first], lines) for line in part)


def test_who_follows_the_log_from_it_misses_nothing_that_happened_meanwhile(
    reader: httpx.Client, publisher: Newsroom, database: Database
) -> None:
    fill(database)
    killed = publisher.published("To be killed", section=publisher.section()["id"])
    moved = publisher.published("To be moved")
    copy = Copy()
    with begun(reader) as lines:
        publisher.verb(killed, "kill", reason="Court.")
        publisher.publish(publisher.edit(moved, slug="elsewhere"))
        publisher.published("New")
        copy.begin(lines)
    # It is of one moment, whatever has happened since.
    assert killed["id"] in copy.documents
    assert copy.documents[moved["id"]]["slug"] == "to-be-moved"
    query = f"/v1/changes?after={copy.position}&include=documents"
    copy.apply(reader.get(query).json())

    assert copy.documents == source(database)
    assert killed["id"] not in copy.documents


def test_few_copies_are_made_at_once_and_a_broken_one_makes_room(
    reader: httpx.Client, database: Database
) -> None:
    fill(database)
    with ExitStack() as several:
        for _ in range(COPIES):
            several.enter_context(begun(reader))
        refused = reader.get("/v1/snapshot")

    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "5"
    assert refused.json()["type"] == f"{API_URL}/docs/problems/unavailable"
    for _ in range(2 * COPIES):
        # What was broken off gives its place back, and so does a HEAD.
        _await_room(reader)


def _await_room(reader: httpx.Client) -> None:
    deadline = time.monotonic() + PATIENCE
    while reader.head("/v1/snapshot").status_code == 503:
        assert time.monotonic() < deadline
        time.sleep(0.02)
