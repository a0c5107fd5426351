"""One error shape, whoever refuses: router, validation, limits, access, database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.access.roles import Role
from tests.contract.problems import named_by, problem_of
from tests.contract.walking import Visitor
from tests.newsroom import Newsroom, if_match

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Refused:
    """A request that somebody refuses, and how."""

    source: str
    method: str
    url: str
    status: int
    code: str
    more: dict[str, Any] = field(default_factory=dict)


BY_ANYBODY = [
    Refused("router", "GET", "/nowhere", 404, "not-found"),
    Refused("router in v1", "GET", "/v1/nowhere", 404, "not-found"),
    Refused("slash", "GET", "/v1/articles/", 404, "not-found"),
    Refused("lookup", "GET", "/v1/articles/no-such-story", 404, "not-found"),
    Refused("file", "GET", "/docs/assets/none.js", 404, "not-found"),
    Refused("file method", "POST", "/docs/assets/none.js", 405, "method-not-allowed"),
    Refused("method", "DELETE", "/v1/articles", 405, "method-not-allowed"),
    Refused("odd method", "BREW", "/v1/articles", 405, "method-not-allowed"),
    Refused("query type", "GET", "/v1/articles?limit=x", 422, "invalid"),
    Refused("query name", "GET", "/v1/articles?limt=5", 422, "invalid"),
    Refused("query filter", "GET", "/v1/articles?genre=poem", 422, "invalid"),
    Refused("query needed", "GET", "/v1/resolve", 422, "invalid"),
    Refused("query encoding", "GET", "/v1/articles?tag=%FF", 400, "bad-request"),
    Refused("NUL", "GET", "/v1/articles/a%00b", 400, "bad-request"),
    Refused("long", "GET", "/v1/" + "a" * 9_000, 414, "uri-too-long"),
    Refused("no key", "GET", "/manage/v1/articles", 401, "unauthorized"),
    Refused("no key to write", "POST", "/manage/v1/articles", 401, "unauthorized"),
    Refused("problem page", "GET", "/docs/problems/none", 404, "not-found"),
]

BY_EDITORS = [
    Refused("no JSON", "POST", "/tags", 400, "bad-request", {"content": b"{"}),
    Refused("no body", "POST", "/tags", 422, "invalid"),
    Refused("NaN", "POST", "/tags", 400, "bad-request", {"content": b"[NaN]"}),
    Refused(
        "byte order mark",
        "POST",
        "/tags",
        400,
        "bad-request",
        {"content": b"\xef\xbb\xbf{}"},
    ),
    Refused(
        "double key",
        "POST",
        "/tags",
        400,
        "bad-request",
        {"content": b'{"name":"a","name":"b"}'},
    ),
    Refused(
        "depth", "POST", "/tags", 400, "bad-request", {"content": b"[" * 65 + b"]" * 65}
    ),
    Refused("body", "POST", "/tags", 422, "invalid", {"json": {"nme": "x"}}),
    Refused("body type", "POST", "/tags", 422, "invalid", {"json": {"name": 5}}),
    Refused(
        "media type",
        "POST",
        "/tags",
        415,
        "unsupported-media-type",
        {"content": b"name=x", "headers": {"Content-Type": "text/plain"}},
    ),
    Refused("too large", "POST", "/tags", 413, "too-large", {"content": b" " * 2**21}),
    Refused(
        "path",
        "PUT",
        "/articles/by-external-id/a%20b/1",
        422,
        "invalid",
        {"json": {"headline": "H", "section": "world"}},
    ),
    Refused(
        "reference",
        "POST",
        "/articles",
        422,
        "unknown-reference",
        {"json": {"headline": "H", "section": "no-such-section"}},
    ),
]


@pytest.mark.parametrize("refused", BY_ANYBODY, ids=lambda refused: refused.source)
def test_what_anybody_is_refused_is_a_problem(
    visitor: Visitor, refused: Refused
) -> None:
    answer = visitor.client.request(refused.method, refused.url)

    problem = problem_of(answer)
    assert (problem["status"], problem["code"]) == (refused.status, refused.code)


@pytest.mark.parametrize("refused", BY_EDITORS, ids=lambda refused: refused.source)
def test_what_editors_are_refused_is_a_problem(
    newsroom: Newsroom, refused: Refused
) -> None:
    more = {**refused.more, "headers": JSON | refused.more.get("headers", {})}

    answer = newsroom.request(refused.method, refused.url, **more)

    problem = problem_of(answer)
    assert (problem["status"], problem["code"]) == (refused.status, refused.code)


def test_a_method_that_is_not_answered_is_told_which_are(client: TestClient) -> None:
    answer = client.delete("/v1/articles")

    assert "GET" in answer.headers["Allow"]


def test_a_fault_in_the_body_is_pointed_at(newsroom: Newsroom) -> None:
    tag = {"name": "Trade", "kind": "mood", "colour": "red"}

    problem = problem_of(newsroom.request("POST", "/tags", json=tag))

    assert {fault["pointer"] for fault in problem["errors"]} == {"/kind", "/colour"}


def test_whoever_sends_no_body_is_told_what_to_send(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    verb = f"/articles/{draft['id']}/publish"

    problem = problem_of(newsroom.request("POST", verb, headers=if_match(draft)))

    assert [fault["detail"] for fault in problem["errors"]] == [
        "A body of JSON is required: {} where there is nothing to say."
    ]
    assert newsroom.request("POST", verb, headers=if_match(draft), json={}).is_success


def test_a_fault_in_the_path_is_named(newsroom: Newsroom) -> None:
    story = {"headline": "H", "section": "world"}
    path = "/articles/by-external-id/a%20b/1"

    problem = problem_of(newsroom.request("PUT", path, json=story))

    assert named_by(problem) == {"source"}


def test_a_header_that_cannot_be_read_is_refused(newsroom: Newsroom) -> None:
    newsroom.author()

    answer = newsroom.request(
        "PATCH", "/authors/ada-reed", json={}, headers={"If-Match": "3"}
    )

    assert problem_of(answer)["code"] == "bad-request"


@pytest.mark.parametrize(
    "text",
    ["Bearer nonsense", "Bearer bs_nonsense00000000", "Basic eDp5", "Bearer", "é"],
)
def test_a_key_that_is_none_is_refused(client: TestClient, text: str) -> None:
    headers = {"Authorization": text.encode("latin-1")}

    answer = client.get("/manage/v1/articles", headers=headers)

    assert problem_of(answer)["code"] == "unauthorized"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_of_a_lower_role_is_refused(
    newsroom: Newsroom, make_key: Callable[[Role], str]
) -> None:
    article = newsroom.draft()
    reporter = {"Authorization": f"Bearer {make_key(Role.reporter)}"}

    answer = newsroom.request(
        "POST",
        f"/articles/{article['id']}/publish",
        json={},
        headers=if_match(article) | reporter,
    )

    assert problem_of(answer)["code"] == "forbidden"


def test_a_taken_slug_is_a_conflict(newsroom: Newsroom) -> None:
    newsroom.tag("Trade", slug="trade")

    answer = newsroom.request("POST", "/tags", json={"name": "X", "slug": "trade"})

    assert (answer.status_code, problem_of(answer)["code"]) == (409, "slug-taken")


def test_a_withdrawn_article_is_gone_with_its_note(newsroom: Newsroom) -> None:
    article = newsroom.published("Ferry returns")
    newsroom.withdraw(article, reason="libel", note="Taken down.")

    answer = newsroom.client.get("/v1/articles/ferry-returns")

    problem = problem_of(answer)
    assert (problem["status"], problem["detail"]) == (410, "Taken down.")


def test_a_change_made_from_an_old_version_is_refused(newsroom: Newsroom) -> None:
    author = newsroom.author()
    newsroom.patch("authors", author, role="Editor")

    answer = newsroom.request(
        "PATCH", f"/authors/{author['id']}", json={}, headers=if_match(author)
    )

    problem = problem_of(answer)
    assert (problem["code"], problem["current_version"]) == ("precondition-failed", 2)
    assert answer.headers["ETag"] == '"v2"'


def test_a_change_that_names_no_version_is_refused(newsroom: Newsroom) -> None:
    author = newsroom.author()

    answer = newsroom.request("PATCH", f"/authors/{author['id']}", json={})

    assert problem_of(answer)["code"] == "precondition-required"
