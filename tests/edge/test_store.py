"""What the cache holds: bounded, and dropped by any of the keys it depends on."""

import tracemalloc

from app.edge.keeping.entries import Entry, Header, entry_of
from app.edge.keeping.store import Store
from app.edge.keeping.touched import Touched


def _entry(*, position: int = 0, keys: str = "article:1", size: int = 5_000) -> Entry:
    headers: list[Header] = [
        (b"content-type", b"application/json"),
        (b"etag", b'"abc"'),
        (b"cache-control", b"public, max-age=15, stale-while-revalidate=30"),
        (b"cdn-cache-control", b"public, max-age=60, stale-if-error=600"),
        (b"surrogate-key", keys.encode()),
        (b"cache-groups", ", ".join(f'"{key}"' for key in keys.split()).encode()),
        (b"broadsheet-position", str(position).encode()),
        (b"vary", b"Accept-Encoding, Authorization"),
    ]
    return entry_of(headers, bytes(size))


def _address(number: int) -> tuple[bytes, bytes]:
    return f"/v1/articles/{number}".encode(), b""


def _store(limit: int = 1_000_000) -> Store:
    store = Store(limit)
    store.begin(0)
    return store


def test_a_key_drops_every_answer_that_depends_on_it() -> None:
    store = _store()
    store.keep(_address(1), _entry(keys="article:1 author:7"))
    store.keep(_address(2), _entry(keys="article:2 author:7"))
    store.keep(_address(3), _entry(keys="article:3"))

    store.apply([(1, ["author:7", "tag:9"])])

    assert list(store.entries) == [_address(3)]


def test_what_is_dropped_is_not_counted_any_more() -> None:
    store = _store()
    for number in range(9):
        store.keep(_address(number), _entry(keys=f"article:{number} articles"))
        store.keep(_address(number), _entry(keys=f"article:{number} articles"))

    store.apply([(1, ["articles"])])

    assert (store.bytes, len(store.entries)) == (0, 0)


def test_the_limit_counts_what_memory_is_really_taken() -> None:
    store = _store(limit=4_000_000)
    tracemalloc.start()
    for number in range(3_000):
        keys = " ".join(f"article:{number}-{other}" for other in range(number % 20))
        store.keep(_address(number), _entry(keys=keys or "articles", size=500 + number))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(store.entries) > 300
    assert store.bytes <= store.limit
    assert taken <= 1.1 * store.limit


def test_what_is_asked_for_again_stays_while_what_was_read_once_goes() -> None:
    store = _store(limit=100_000)
    store.keep(_address(0), _entry())
    for number in range(1, 100):
        store.keep(_address(number), _entry())
        store.entries[_address(0)].is_used = True

    assert _address(0) in store.entries
    assert _address(1) not in store.entries


def test_where_the_log_begins_anew_nothing_from_before_is_kept() -> None:
    store = _store()
    store.keep(_address(1), _entry(position=0))

    store.begin(1_000_000)

    assert not store.entries
    assert not store.keep(_address(1), _entry(position=7))
    assert store.keep(_address(1), _entry(position=1_000_000))


def test_what_cannot_be_judged_any_more_is_not_kept() -> None:
    touched = Touched(limit=3)
    for position in range(1, 6):
        touched.note(position, [f"article:{position}"])

    assert not touched.is_current(1, ["article:9"])
    assert touched.is_current(2, ["article:9"])
    assert touched.is_current(3, ["article:3"])
    assert not touched.is_current(3, ["article:3", "article:4"])


def test_rows_may_come_in_another_order_and_twice() -> None:
    touched = Touched()
    for position in (2, 1, 2, 1):
        touched.note(position, ["article:1"])

    assert not touched.is_current(1, ["article:1"])
    assert touched.is_current(2, ["article:1"])
