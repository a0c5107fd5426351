"""What caches and browsers are told: of answers, of refusals, of what has a key."""

import re
from collections.abc import Iterator

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.delivery.store import keys
from app.edge.keeping.store import Store
from app.kit.settings import Settings
from app.main import create_app
from tests.contract.problems import API_URL, problem_of
from tests.contract.walking import (
    Operation,
    Visitor,
    is_get,
    is_log,
    is_manage,
    is_public,
    may_be_kept,
)
from tests.newsroom import Newsroom

# What depends on the bytes sent, or on the moment.
_OWN = {"x-request-id", "date", "content-length", "content-type", "content-encoding"}


def _directives(header: str) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in header.split(","))
    return {name: value for name, _, value in parts}


def _about_one(operation: Operation) -> bool:
    return "{" in operation.path


def test_every_public_answer_tells_caches_all_they_need(visitor: Visitor) -> None:
    for operation in visitor.operations(is_get, may_be_kept):
        headers = visitor.visit(operation).headers

        for name in ("Surrogate-Key", "Cache-Groups", "CDN-Cache-Control"):
            assert headers[name], (operation, name)
        assert re.fullmatch(r'(W/)?"[^"]+"', headers["ETag"]), operation
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert int(headers["Broadsheet-Position"]) > 0
        assert {"Accept-Encoding", "Authorization"} <= set(headers["Vary"].split(", "))


def test_the_log_is_kept_by_nobody(visitor: Visitor) -> None:
    for operation in visitor.operations(is_log):
        headers = visitor.visit(operation).headers

        assert headers["Cache-Control"] == "no-store", operation
        assert int(headers["Broadsheet-Position"]) > 0
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_browsers_keep_a_public_answer_for_seconds(visitor: Visitor) -> None:
    for operation in visitor.operations(is_get, may_be_kept):
        told = _directives(visitor.visit(operation).headers["Cache-Control"])

        age, stale = int(told["max-age"]), int(told["stale-while-revalidate"])
        assert "public" in told
        assert 0 < age <= 30
        assert age + stale <= 60


def test_caches_in_front_keep_it_longer_and_also_when_we_fail(visitor: Visitor) -> None:
    for operation in visitor.operations(is_get, may_be_kept):
        headers = visitor.visit(operation).headers

        told = _directives(headers["CDN-Cache-Control"])
        browser = _directives(headers["Cache-Control"])
        assert int(told["max-age"]) > int(browser["max-age"])
        assert int(told["stale-if-error"]) > 0


def test_the_two_lists_of_keys_are_one_within_what_caches_take(
    visitor: Visitor,
) -> None:
    for operation in visitor.operations(is_get, may_be_kept):
        headers = visitor.visit(operation).headers

        named = headers["Surrogate-Key"].split(" ")
        groups = [group.strip('"') for group in headers["Cache-Groups"].split(", ")]
        assert groups == [keys.group(key) for key in named], operation
        assert len(groups) <= 32, operation
        assert all(re.fullmatch(r"[!#-~]{1,32}", group) for group in groups), operation


def test_what_the_client_holds_is_not_sent_again(visitor: Visitor) -> None:
    for operation in visitor.operations(is_get, may_be_kept):
        fresh = visitor.visit(operation)
        for held in (fresh.headers["ETag"], f'"x", W/{fresh.headers["ETag"]}', "*"):
            again = visitor.visit(operation, headers={"If-None-Match": held})

            assert (again.status_code, again.content) == (304, b""), (operation, held)
            assert _repeated(again) == _repeated(fresh), operation


def test_what_the_client_holds_no_more_is_sent(visitor: Visitor) -> None:
    for operation in visitor.operations(is_get, may_be_kept):
        answer = visitor.visit(operation, headers={"If-None-Match": '"other"'})

        assert (answer.status_code, bool(answer.content)) == (200, True), operation


def _repeated(response: Response) -> dict[str, str]:
    return {k: v for k, v in response.headers.items() if k not in _OWN}


def _is_short_lived(response: Response) -> bool:
    """Tell whether it is kept for a minute at most, and says as of when it holds."""
    told = _directives(response.headers["Cache-Control"])
    varies = response.headers["Vary"].split(", ")
    is_short = int(told.get("max-age", "999")) <= 60
    has_place = response.headers["Broadsheet-Position"].isdigit()
    return is_short and "Authorization" in varies and has_place


def test_what_is_not_there_is_not_there_for_a_minute_at_most(
    passer_by: Visitor,
) -> None:
    for operation in passer_by.operations(is_get, may_be_kept, _about_one):
        answer = passer_by.visit(operation)

        assert problem_of(answer)["status"] == 404, operation
        assert _is_short_lived(answer), operation


def _move_everything(newsroom: Newsroom) -> list[str]:
    """Give everything another name; answer the old addresses."""
    article = newsroom.send("GET", "/articles/story-1")
    newsroom.publish(newsroom.edit(article, slug="moved"))
    for kind, name, change in (
        ("authors", "author-1", {"slug": "moved"}),
        ("tags", "tag-1", {"slug": "moved"}),
        ("sections", "section-2", {"slug": "moved"}),
        ("ad-slots", "slot-1", {"key": "moved"}),
        ("ad-policies", "policy-1", {"key": "moved"}),
    ):
        newsroom.patch(kind, newsroom.send("GET", f"/{kind}/{name}"), **change)
    return [
        "/v1/articles/story-1",
        "/v1/articles/story-1/related?by=author",
        "/v1/authors/author-1",
        "/v1/tags/tag-1",
        "/v1/sections/section-2",
        "/v1/ad-slots/slot-1",
        "/v1/ad-policies/policy-1",
    ]


def test_an_old_address_leads_to_the_new_one(
    editor: Visitor, newsroom: Newsroom
) -> None:
    for url in _move_everything(newsroom):
        answer = editor.client.get(url, follow_redirects=False)

        assert answer.status_code == 308, url
        assert _is_short_lived(answer), url
        location = answer.headers["Location"]
        assert location.startswith(f"{API_URL}/v1/")
        assert "/moved" in location
        assert editor.client.get(location).status_code == 200, url


def test_what_was_taken_away_is_gone_for_a_minute_at_most(
    editor: Visitor, newsroom: Newsroom
) -> None:
    newsroom.withdraw(newsroom.send("GET", "/articles/story-1"))
    for url in ("/v1/articles/story-1", "/v1/articles/story-1/related?by=tags"):
        answer = editor.client.get(url)

        assert problem_of(answer)["status"] == 410, url
        assert _is_short_lived(answer), url


def test_what_came_with_a_key_is_kept_by_nobody(
    editor: Visitor, newsroom: Newsroom
) -> None:
    withdrawn = newsroom.send("GET", "/articles/story-2")
    newsroom.withdraw(withdrawn)
    urls = [o.url(editor.values) for o in editor.operations(is_get, is_public)]
    urls += ["/v1/articles/story-2", "/v1/tags/none", *_move_everything(newsroom)]
    kept = _kept_answers(editor)
    for url in urls:
        answer = editor.client.get(url, headers=editor.headers, follow_redirects=False)

        assert answer.headers["Cache-Control"] == "private, no-store", url
        assert "CDN-Cache-Control" not in answer.headers, url
    assert kept.entries == {}


def test_every_public_answer_is_kept_by_this_process(visitor: Visitor) -> None:
    kept = _kept_answers(visitor)
    addresses = set()
    for operation in visitor.operations(is_get, may_be_kept):
        request = visitor.visit(operation).request
        addresses.add(request.url.raw_path.decode())

    found = {b"?".join(filter(None, each)).decode() for each in kept.entries}
    assert found == addresses


def _kept_answers(visitor: Visitor) -> Store:
    """Empty the process's cache, and hand it out."""
    store: Store = visitor.app.state.cache
    store.begin(store.position)
    return store


@pytest.fixture
def closed(visitor: Visitor) -> Iterator[Visitor]:
    """The same newspaper, for readers with a key only."""
    settings: Settings = visitor.app.state.settings
    app = create_app(
        settings.model_copy(update={"public_access": "keys"}),
        clock=visitor.app.state.clock,
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Visitor(client, visitor.values, visitor.headers)


def test_a_closed_newspaper_answers_nobody_without_a_key(closed: Visitor) -> None:
    for operation in closed.operations(is_get, is_public):
        answer = closed.visit(operation)

        assert problem_of(answer)["code"] == "unauthorized", operation
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_closed_newspaper_is_kept_by_no_cache(closed: Visitor) -> None:
    for operation in closed.operations(is_get, is_public):
        answer = closed.visit(operation, headers=closed.headers)

        assert answer.status_code == 200, operation
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "CDN-Cache-Control" not in answer.headers
    assert closed.app.state.cache.entries == {}


def test_nothing_that_editors_see_is_stored(visitor: Visitor) -> None:
    for operation in visitor.operations(is_manage):
        for answer in (
            visitor.visit(operation),
            visitor.visit(operation, headers={"Authorization": ""}),
        ):
            told = _directives(answer.headers["Cache-Control"])
            assert "no-store" in told, (operation, answer.status_code)
            assert "max-age" not in told
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_name_a_client_called_us_by_is_in_no_answer(visitor: Visitor) -> None:
    names = {"Host": "evil.example", "X-Forwarded-Host": "worse.example"}
    for operation in visitor.operations():
        for params in ({}, {"limit": "x"}):
            answer = visitor.visit(operation, headers=names, params=params)

            said = f"{answer.text}{answer.headers}"
            assert "evil" not in said, operation
            assert "worse" not in said, operation


def test_health_is_stored_by_nobody(passer_by: Visitor) -> None:
    for path in ("/health/live", "/health/ready"):
        answer = passer_by.client.get(path)

        assert answer.headers["Cache-Control"] == "no-store"
