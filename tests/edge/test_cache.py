"""The response cache alone: what it keeps, shares, drops, and never shows."""

import asyncio
from collections.abc import Mapping

import pytest

from app.edge.keeping.cache import ResponseCache
from app.edge.keeping.entries import Entry
from app.edge.keeping.store import Address, Store
from app.edge.keeping.touched import Touched
from tests.edge.asgi import Origin, ask

pytestmark = pytest.mark.anyio

LIMIT = 1_000_000


class Gullible(Store):
    """The known-bad twin: it keeps whatever it gets."""

    def keep(self, address: Address, entry: Entry) -> bool:
        self._touched = Touched()
        return super().keep(address, entry)


def _cache(origin: Origin, store: Store | None = None) -> ResponseCache:
    store = store or Store(LIMIT)
    store.begin(0)
    return ResponseCache(origin, store=store, unseen=lambda: 0)


async def test_a_kept_answer_is_made_once() -> None:
    origin = Origin(story="Ferry returns")
    cache = _cache(origin)

    answers = [await ask(cache, "/v1/story") for _ in range(3)]

    assert [answer.body for answer in answers] == [b"Ferry returns"] * 3
    assert origin.rendered == 1


async def test_a_hundred_readers_at_once_make_one_rendering() -> None:
    origin = Origin(story="Ferry returns")
    cache = _cache(origin)
    origin.going_on.clear()
    readers = [asyncio.create_task(ask(cache, "/v1/story")) for _ in range(100)]
    await asyncio.sleep(0)
    origin.going_on.set()

    answers = await asyncio.gather(*readers)

    assert {answer.body for answer in answers} == {b"Ferry returns"}
    assert origin.rendered == 1


async def _shown_after_a_kill(store: Store) -> bytes:
    """Hold a reader between reading and answering, kill, and read again."""
    origin = Origin(story="A secret")
    cache = _cache(origin, store)
    origin.going_on.clear()
    slow = asyncio.create_task(ask(cache, "/v1/story"))
    waiting = asyncio.create_task(ask(cache, "/v1/story"))
    await asyncio.sleep(0)
    store.apply([origin.change("story", "(killed)")])
    late = asyncio.create_task(ask(cache, "/v1/story"))
    await asyncio.sleep(0)
    origin.going_on.set()
    await asyncio.gather(slow, waiting)
    shown = {(await late).body, (await ask(cache, "/v1/story")).body}
    return b" ".join(sorted(shown))


async def test_a_read_begun_before_a_kill_is_never_found_after_it() -> None:
    assert await _shown_after_a_kill(Store(LIMIT)) == b"(killed)"


async def test_a_cache_that_keeps_overtaken_reads_would_be_found_out() -> None:
    assert b"A secret" in await _shown_after_a_kill(Gullible(LIMIT))


async def test_a_row_that_an_answer_was_made_after_does_not_drop_it() -> None:
    origin = Origin(story="Ferry returns")
    cache = _cache(origin)
    row = origin.change("story", "Ferry is late")
    await ask(cache, "/v1/story")

    cache.store.apply([row])
    await ask(cache, "/v1/story")

    assert origin.rendered == 1


async def test_a_failure_is_shared_with_nobody() -> None:
    origin = Origin(story="No database")
    cache = _cache(origin)
    origin.status = 503
    origin.going_on.clear()
    readers = [asyncio.create_task(ask(cache, "/v1/story")) for _ in range(3)]
    await asyncio.sleep(0)
    origin.going_on.set()
    assert {answer.status for answer in await asyncio.gather(*readers)} == {503}

    origin.status = 200
    recovered = await ask(cache, "/v1/story")

    assert (recovered.status, origin.rendered) == (200, 4)


async def test_an_answer_that_breaks_off_holds_nobody_up() -> None:
    origin = Origin(story="Ferry returns")
    cache = _cache(origin)
    origin.going_on.clear()
    broken = asyncio.create_task(ask(cache, "/v1/story"))
    waiting = asyncio.create_task(ask(cache, "/v1/story"))
    await asyncio.sleep(0)
    broken.cancel()
    origin.going_on.set()

    assert (await waiting).body == b"Ferry returns"


@pytest.mark.parametrize(
    "more",
    [
        {"cache-control": "private, no-store"},
        {"cache-control": "no-store"},
        {"set-cookie": "reader=1"},
        {"content-encoding": "gzip"},
        {"content-length": str(LIMIT)},
    ],
)
async def test_what_is_not_for_everybody_is_not_kept(more: Mapping[str, str]) -> None:
    origin = Origin(story="For you alone")
    origin.more = dict(more)
    cache = _cache(origin)

    await ask(cache, "/v1/story")
    await ask(cache, "/v1/story")

    assert (origin.rendered, len(cache.store.entries)) == (2, 0)


@pytest.mark.parametrize("path", ["changes", "snapshot", "advance/articles", "preview"])
async def test_what_is_long_in_coming_waits_for_nobody(path: str) -> None:
    origin = Origin(**{path: "One reader's own"})
    cache = _cache(origin)

    await ask(cache, f"/v1/{path}")
    await ask(cache, f"/v1/{path}")

    assert origin.rendered == 2


async def test_who_shows_a_key_is_given_nothing_kept_and_leaves_nothing() -> None:
    origin = Origin(story="Ferry returns")
    cache = _cache(origin)
    key = {"Authorization": "Bearer bs_x"}

    await ask(cache, "/v1/story", headers=key)
    assert not cache.store.entries
    await ask(cache, "/v1/story")
    await ask(cache, "/v1/story", headers=key)

    assert origin.rendered == 3


async def test_nothing_is_kept_before_the_log_is_followed() -> None:
    origin = Origin(story="Ferry returns")
    cache = ResponseCache(origin, store=Store(LIMIT), unseen=lambda: 0)

    await ask(cache, "/v1/story")
    await ask(cache, "/v1/story")

    assert origin.rendered == 2


async def test_an_answer_says_how_far_the_log_was_followed() -> None:
    origin = Origin(story="Ferry returns")
    cache = _cache(origin)
    first = await ask(cache, "/v1/story")
    cache.store.apply([(1, ["other"]), (2, ["other"]), (9, ["a gap before it"])])

    second = await ask(cache, "/v1/story")

    positions = [a.headers["broadsheet-position"] for a in (first, second)]
    assert positions == ["0", "2"]
    assert origin.rendered == 1


async def test_head_is_answered_from_what_get_left() -> None:
    origin = Origin(story="Ferry returns")
    cache = _cache(origin)

    before = await ask(cache, "/v1/story", method="HEAD")
    full = await ask(cache, "/v1/story")
    after = await ask(cache, "/v1/story", method="HEAD")

    assert origin.rendered == 1
    assert (before.body, after.body) == (b"", b"")
    own = {"x-request-id"}
    for head in (before, after):
        assert {k: v for k, v in head.headers.items() if k not in own} == {
            k: v for k, v in full.headers.items() if k not in own
        }
