"""A cache that is not ours and knows nothing of us: CacheControl, for `requests`.

It works by RFC 9111 alone. What it holds it shows without asking until it is too old,
and then it asks with the validator: so a kill reaches whoever has such a cache within
`max-age`, and nobody before that.
"""

from collections.abc import Iterator

import pytest
import requests
from cachecontrol import CacheControl
from starlette.testclient import TestClient

from app.main import create_app
from tests.catching_up import catch_up
from tests.newsroom import Newsroom
from tests.serving import serving

# As if the time were over for which an answer may be shown unasked.
LATER = {"Cache-Control": "min-fresh=30"}

pytestmark = pytest.mark.parametrize("backend_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def served(session_client: TestClient) -> Iterator[str]:
    """The address of another process on the tests' database."""
    settings = session_client.app.state.settings  # type: ignore[attr-defined]
    with serving(create_app(settings)) as url:
        yield url


@pytest.fixture
def cache() -> Iterator[requests.Session]:
    with CacheControl(requests.Session()) as session:
        yield session


def test_what_it_holds_it_shows_and_what_is_old_it_asks_about(
    cache: requests.Session, served: str, publisher: Newsroom
) -> None:
    url = f"{served}/v1/articles/{publisher.published()['id']}"
    first, at_once = _get(cache, url), _get(cache, url)
    later = _get(cache, url, **LATER)

    assert [_is_held(each) for each in (first, at_once, later)] == [False, True, True]
    assert _asked_as(at_once) == _asked_as(first)
    # That was a 304: it was asked about, and what is shown is what it held.
    assert _asked_as(later) != _asked_as(first)
    assert later.content == first.content


def test_it_sees_a_kill_as_soon_as_it_asks(
    cache: requests.Session, served: str, publisher: Newsroom, client: TestClient
) -> None:
    story = publisher.published()
    urls = [f"{served}/v1/articles/{story['id']}", f"{served}/v1/articles"]
    shown = [_get(cache, url) for url in urls]
    publisher.verb(story, "kill", reason="Court.")
    as_new = {"Broadsheet-At-Least": str(catch_up(client))}
    one, several = [_get(cache, url, **LATER, **as_new) for url in urls]

    assert all(story["headline"] in each.text for each in shown)
    assert (one.status_code, several.status_code) == (410, 200)
    assert not any(story["headline"] in each.text for each in (one, several))


def _get(cache: requests.Session, url: str, **headers: str) -> requests.Response:
    return cache.get(url, headers=headers, timeout=60)


def _is_held(answer: requests.Response) -> bool:
    return bool(answer.from_cache)  # type: ignore[attr-defined]


def _asked_as(answer: requests.Response) -> str:
    """The number of the request that the server last answered."""
    return answer.headers["X-Request-Id"]
