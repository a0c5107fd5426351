"""The forms of a kept answer: each with its own validator, each a reason for 304."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from app.edge.keeping.cache import ResponseCache
from app.edge.keeping.conditional import Conditional
from app.edge.keeping.store import Store
from app.kit import codings
from app.kit.codings import CODINGS
from tests.edge.asgi import Answer, Origin, ask

pytestmark = pytest.mark.anyio

TEXT = "The ferry came back on Monday. " * 100
MOMENT = {"x-request-id", "broadsheet-position"}
OF_THE_BODY = {"content-type", "content-length", "content-encoding"}


async def _cache(text: str = TEXT) -> ResponseCache:
    store = Store(1_000_000)
    store.begin(0)
    return ResponseCache(_origin(text), store=store, unseen=lambda: 0)


def _origin(text: str = TEXT) -> Origin:
    origin = Origin(story=text)
    origin.more = {"last-modified": "Mon, 23 Nov 2026 09:00:00 GMT"}
    return origin


async def _get(cache: ResponseCache, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await ask(cache, "/v1/story", headers=named)


@pytest.mark.parametrize("coding", CODINGS)
async def test_each_form_is_other_bytes_under_another_tag(coding: str) -> None:
    cache = await _cache()
    plain = await _get(cache)

    encoded = await _get(cache, accept_encoding=coding)

    assert encoded.body == codings.compress(coding, TEXT.encode())
    assert encoded.headers["content-encoding"] == coding
    assert encoded.headers["content-length"] == str(len(encoded.body))
    assert encoded.headers["etag"] == plain.headers["etag"][:-1] + f'-{coding}"'
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]


@pytest.mark.parametrize("text", ["Short.", "".join(map(chr, range(48, 48 + 900)))])
async def test_what_a_coding_saves_nothing_of_is_sent_as_it_is(text: str) -> None:
    cache = await _cache(text)

    answer = await _get(cache, accept_encoding="gzip")

    assert answer.body == text.encode() or len(answer.body) < len(text.encode())
    is_encoded = "content-encoding" in answer.headers
    assert answer.headers["etag"].endswith('-gzip"') == is_encoded


async def test_a_form_is_made_once_and_counted() -> None:
    cache = await _cache()
    await _get(cache)
    before = cache.store.bytes

    first = await _get(cache, accept_encoding="br")
    counted = cache.store.bytes
    second = await _get(cache, accept_encoding="br")

    assert first.body == second.body
    assert counted > before + len(first.body)
    assert cache.store.bytes == counted
    cache.store.begin(0)
    assert cache.store.bytes == 0


@pytest.mark.parametrize("accepted", ["identity", *CODINGS])
@pytest.mark.parametrize("held", ["identity", *CODINGS])
async def test_who_holds_any_form_is_sent_none(accepted: str, held: str) -> None:
    cache = await _cache()
    etag = (await _get(cache, accept_encoding=held)).headers["etag"]
    full = await _get(cache, accept_encoding=accepted)

    for condition in (etag, f"W/{etag}", f'"x", {etag}'):
        short = await _get(cache, accept_encoding=accepted, if_none_match=condition)

        assert (short.status, short.body) == (304, b"")
        assert _repeated(short) == _repeated(full) | {"etag": etag}


@pytest.mark.parametrize(
    "condition",
    [
        {"if-none-match": "*"},
        {"if-modified-since": "Mon, 23 Nov 2026 09:00:00 GMT"},
    ],
)
async def test_who_does_not_say_which_form_is_told_the_one_he_would_get(
    condition: Mapping[str, str],
) -> None:
    for text in (TEXT, "Short."):
        cache = await _cache(text)
        await _get(cache)
        wanted = {"accept-encoding": "br"}

        short = await ask(cache, "/v1/story", headers={**wanted, **condition})
        full = await ask(cache, "/v1/story", headers=wanted)

        assert short.status == 304
        assert _repeated(short) == _repeated(full)


def _conditions(etag: str) -> Iterator[dict[str, str]]:
    """Every pair of the two conditions, each also left out."""
    tags = [etag, f"W/{etag}", f'"x", {etag}', "*", " * ", '"x"', etag[1:-1], "", '"']
    hours = ("Mon, 23 Nov 2026 08:59:59 GMT", "Mon, 23 Nov 2026 09:00:00 GMT")
    times = [*hours, "Monday, 23-Nov-26 09:00:01 GMT", "yesterday", ""]
    for tag, time in product([None, *tags], [None, *times]):
        both = {"if-none-match": tag, "if-modified-since": time}
        yield {name: value for name, value in both.items() if value is not None}


async def test_what_is_kept_and_what_is_made_anew_are_unchanged_alike() -> None:
    cache, anew = await _cache(), Conditional(_origin())
    etag = (await _get(cache)).headers["etag"]
    statuses = []
    for condition in _conditions(etag):
        kept = await ask(cache, "/v1/story", headers=condition)
        made = await ask(anew, "/v1/story", headers=condition)

        statuses.append(kept.status)
        assert (kept.status, kept.body) == (made.status, made.body), condition
        assert _repeated(kept) == _repeated(made), condition
        assert ("content-length" in kept.headers) == (kept.status == 200)
    assert (statuses.count(304), statuses.count(200)) == (32, 28)


async def test_the_first_reader_may_hold_the_answer_already() -> None:
    etag = (await _get(await _cache())).headers["etag"]
    cache = await _cache()

    first = await _get(cache, if_none_match=etag)
    second = await _get(cache)

    assert (first.status, second.status) == (304, 200)


@pytest.mark.parametrize("held", ['"other"', 'W/"other"', '"-br"', "", "story"])
async def test_who_holds_something_else_is_sent_all(held: str) -> None:
    cache = await _cache()

    assert (await _get(cache, if_none_match=held)).status == 200
    assert (await _get(cache, if_none_match=held)).status == 200


def _repeated(answer: Answer) -> dict[str, str]:
    left_out = MOMENT | OF_THE_BODY
    return {k: v for k, v in answer.headers.items() if k not in left_out}
