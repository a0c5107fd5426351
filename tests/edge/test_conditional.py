"""Conditional requests (RFC 9110, section 13): what the client holds is not sent."""

import pytest
from starlette.testclient import TestClient

from tests.conftest import Clock
from tests.newsroom import Newsroom


@pytest.fixture
def path(newsroom: Newsroom) -> str:
    """Where a published article is read."""
    return f"/v1/articles/{newsroom.published()['id']}"


@pytest.fixture
def etag(client: TestClient, path: str) -> str:
    """Its entity tag."""
    return str(client.get(path).headers["etag"])


@pytest.mark.parametrize(
    "held",
    [
        "{etag}",
        "W/{etag}",
        '"other", {etag}',
        '"other" ,{etag},"third"',
        'W/"other", W/{etag}',
        "*",
        " * ",
    ],
)
def test_what_the_client_holds_is_not_sent_again(
    client: TestClient, path: str, etag: str, held: str
) -> None:
    tags = held.format(etag=etag.removeprefix("W/"))

    answer = client.get(path, headers={"If-None-Match": tags})

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("held", ['"other"', 'W/"other"', "", '"', "{bare}", '"*"'])
def test_what_the_client_does_not_hold_is_sent(
    client: TestClient, path: str, etag: str, held: str
) -> None:
    tags = held.format(bare=etag.strip('W/"'))

    answer = client.get(path, headers={"If-None-Match": tags})

    assert answer.status_code == 200
    assert answer.json()["headline"] == "Ferry returns"


def test_a_304_repeats_the_headers_of_the_200(
    client: TestClient, path: str, etag: str
) -> None:
    full = client.get(path)

    short = client.get(path, headers={"If-None-Match": etag})

    of_the_body = {"content-length", "content-type", "content-encoding", "x-request-id"}
    assert dict(short.headers).items() >= {
        (name, value) for name, value in full.headers.items() if name not in of_the_body
    }
    assert "content-length" not in short.headers


def test_head_is_conditional_as_get_is(
    client: TestClient, path: str, etag: str
) -> None:
    held = client.head(path, headers={"If-None-Match": etag})
    other = client.head(path, headers={"If-None-Match": '"other"'})

    assert (held.status_code, held.content) == (304, b"")
    assert (other.status_code, other.content) == (200, b"")


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Mon, 23 Nov 2026 09:00:00 GMT", 304),
        ("Mon, 23 Nov 2026 09:00:01 GMT", 304),
        ("Mon, 23 Nov 2026 08:59:59 GMT", 200),
        ("Monday, 23-Nov-26 09:00:00 GMT", 304),
        ("yesterday", 200),
        ("", 200),
        ("2026-11-23T09:00:00Z", 200),
    ],
)
def test_a_time_is_compared_with_the_last_change(
    client: TestClient, path: str, since: str, status: int
) -> None:
    answer = client.get(path, headers={"If-Modified-Since": since})

    assert answer.status_code == status


def test_an_entity_tag_goes_before_a_time(
    client: TestClient, path: str, etag: str
) -> None:
    later = {"If-Modified-Since": "Mon, 23 Nov 2026 09:00:01 GMT"}
    earlier = {"If-Modified-Since": "Mon, 23 Nov 2020 09:00:00 GMT"}

    changed = client.get(path, headers={"If-None-Match": '"other"', **later})
    same = client.get(path, headers={"If-None-Match": etag, **earlier})

    assert (changed.status_code, same.status_code) == (200, 304)


def test_a_new_release_is_sent_to_who_holds_the_old_one(
    newsroom: Newsroom, client: TestClient, clock: Clock
) -> None:
    article = newsroom.published()
    path = f"/v1/articles/{article['id']}"
    old = client.get(path).headers
    clock.advance(minutes=1)
    newsroom.publish(newsroom.edit(article, headline="Ferry is late again"))

    by_tag = client.get(path, headers={"If-None-Match": old["etag"]})
    by_time = client.get(path, headers={"If-Modified-Since": old["last-modified"]})

    assert (by_tag.status_code, by_time.status_code) == (200, 200)


def test_lists_are_conditional_too(newsroom: Newsroom, client: TestClient) -> None:
    newsroom.published()
    etag = client.get("/v1/articles").headers["etag"]

    same = client.get("/v1/articles", headers={"If-None-Match": etag})
    newsroom.published("Ice melts")
    changed = client.get("/v1/articles", headers={"If-None-Match": etag})

    assert (same.status_code, changed.status_code) == (304, 200)


def test_what_is_not_there_is_never_unmodified(client: TestClient) -> None:
    answer = client.get("/v1/articles/nothing", headers={"If-None-Match": "*"})

    assert answer.status_code == 404
