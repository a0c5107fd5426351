"""One page shape for every list, and cursors that only fit where they came from."""

from hashlib import blake2b
from itertools import pairwise
from typing import Any

import pytest
from httpx import Response

from app.kit.pages import encode_cursor
from tests.contract.problems import API_URL, named_by, problem_of
from tests.contract.walking import Operation, Visitor, is_list

PARTED = ("1", "2", "3", "100")

# A newspaper's sections are few: they are answered whole, as one page.
WHOLE = {"/v1/sections"}


def _is_parted(operation: Operation) -> bool:
    return operation.path not in WHOLE


def _page(response: Response) -> dict[str, Any]:
    """Read a page, whose shape has to be the one that all have."""
    assert response.status_code == 200, response.text
    page: dict[str, Any] = response.json()
    assert page.keys() == {"data", "links", "meta"}
    assert page["links"].keys() == {"self", "next"}
    query = response.request.url.query.decode()
    path = response.request.url.path
    # A question that finds nothing may have a better one.
    more = {"did_you_mean"} if path == "/v1/search" else set()
    assert page["meta"].keys() == {"limit"} | more
    assert page["links"]["self"] == f"{API_URL}{path}{'?' if query else ''}{query}"
    following = page["links"]["next"]
    link = f'<{following}>; rel="next"' if following else None
    assert response.headers.get("Link") == link
    return page


NAMES = ("id", "number", "version")


def _name(item: dict[str, Any]) -> str:
    """Tell an item from all others; what is of one article has a number there."""
    return str(next(item[each] for each in NAMES if each in item))


def _walk(visitor: Visitor, operation: Operation, limit: str) -> list[str]:
    """Follow `next` from page to page; answer the ids as they came."""
    response = visitor.visit(operation, params={"limit": limit})
    ids: list[str] = []
    for _ in range(50):
        page = _page(response)
        assert page["meta"]["limit"] == int(limit)
        assert len(page["data"]) <= int(limit)
        ids += [_name(item) for item in page["data"]]
        following = page["links"]["next"]
        if following is None:
            return ids
        headers = {} if operation.is_public else visitor.headers
        response = visitor.client.get(following, headers=headers)
    raise AssertionError(f"{operation} does not end")


def _cursor(visitor: Visitor, operation: Operation, **params: str) -> str:
    page = _page(visitor.visit(operation, params={"limit": "1", **params}))
    cursor = page["links"]["next"].partition("cursor=")[2]
    assert cursor
    return str(cursor)


def test_walking_a_list_gives_each_item_once_at_any_limit(visitor: Visitor) -> None:
    for operation in visitor.operations(is_list, _is_parted):
        walks = [_walk(visitor, operation, limit) for limit in PARTED]

        assert all(walk == walks[-1] for walk in walks), operation
        assert len(set(walks[0])) == len(walks[0]) >= 2, operation


@pytest.mark.parametrize("flat", ["false", "true"])
def test_the_sections_are_one_page(visitor: Visitor, flat: str) -> None:
    answer = visitor.client.get("/v1/sections", params={"flat": flat})

    page = _page(answer)
    assert page["links"]["next"] is None
    assert page["meta"]["limit"] == len(page["data"]) == 3


def test_a_list_is_counted_when_asked(visitor: Visitor) -> None:
    for limit in ("1", "100"):
        answer = visitor.client.get(f"/v1/articles?total=true&limit={limit}")

        meta = answer.json()["meta"]
        assert meta == {"limit": int(limit), "total": 3, "total_is_capped": False}


def test_a_batch_of_ids_is_one_page_that_no_cursor_parts(visitor: Visitor) -> None:
    (operation,) = visitor.operations(lambda each: str(each) == "GET /v1/articles")
    ids = _walk(visitor, operation, "100")
    batch = {"ids": ",".join(reversed(ids))}

    page = _page(visitor.visit(operation, params=batch))
    refused = visitor.visit(operation, params={**batch, "cursor": "AAAA"})

    assert [item["id"] for item in page["data"]] == ids[::-1]
    assert named_by(problem_of(refused)) == {"cursor"}


def test_an_empty_list_is_an_empty_page(passer_by: Visitor) -> None:
    for operation in passer_by.operations(is_list, _is_parted):
        if "{" in operation.path:
            continue  # A list of something that is not there is not found.
        if operation.path == "/manage/v1/keys":
            continue  # There is always the caller's own.
        page = _page(passer_by.visit(operation))

        assert page["data"] == [], operation
        told = (page["links"]["next"], page["meta"]["limit"])
        assert told == (None, 20), operation


def test_a_cursor_fits_no_other_list(visitor: Visitor) -> None:
    operations = visitor.operations(is_list, _is_parted)
    for here, there in pairwise([*operations, operations[0]]):
        cursor = _cursor(visitor, here)

        answer = visitor.visit(there, params={"cursor": cursor})

        assert named_by(problem_of(answer)) == {"cursor"}, (here, there)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("/v1/articles", {"order": "newest"}, {"order": "oldest"}),
        ("/v1/articles", {"tag": "tag-1"}, {"tag": "tag-2"}),
        ("/v1/articles", {}, {"type": "article"}),
        ("/v1/articles", {}, {"published_after": "2020-01-01T00:00:00Z"}),
        ("/v1/articles/story-1/related", {"by": "author"}, {"by": "tags"}),
        ("/v1/tags", {}, {"kind": "topic"}),
        ("/v1/tags", {"q": "t"}, {"q": "ta"}),
        ("/manage/v1/articles", {}, {"state": "published"}),
    ],
)
def test_a_cursor_fits_no_other_query_of_its_list(
    visitor: Visitor, path: str, before: dict[str, str], after: dict[str, str]
) -> None:
    def ask(**params: str) -> Response:
        answer: Response = visitor.client.get(
            path, params=params, headers=visitor.headers
        )
        return answer

    page = _page(ask(limit="1", **before))
    cursor = page["links"]["next"].rpartition("cursor=")[2]
    problem = problem_of(ask(**after, cursor=cursor))

    assert (problem["status"], named_by(problem)) == (422, {"cursor"})


def test_a_cursor_may_go_on_with_another_limit(visitor: Visitor) -> None:
    for operation in visitor.operations(is_list, _is_parted):
        cursor = _cursor(visitor, operation)

        rest = visitor.visit(operation, params={"limit": "50", "cursor": cursor})

        assert len(_page(rest)["data"]) >= 1, operation


@pytest.mark.parametrize(
    "garbled",
    ["", "x", "AAAA", "%", "é", "=" * 8, "A" * 499, "A" * 501, "bnVsbA", "' OR 1=1"],
)
def test_a_garbled_cursor_is_refused_by_every_list(
    visitor: Visitor, garbled: str
) -> None:
    for operation in visitor.operations(is_list, _is_parted):
        problem = problem_of(visitor.visit(operation, params={"cursor": garbled}))

        assert (problem["status"], named_by(problem)) == (422, {"cursor"}), operation


def test_a_cursor_of_which_one_letter_changed_is_refused(visitor: Visitor) -> None:
    (operation,) = visitor.operations(lambda each: str(each) == "GET /v1/articles")
    cursor = _cursor(visitor, operation)
    for place in range(len(cursor)):
        letter = "A" if cursor[place] != "A" else "B"
        changed = f"{cursor[:place]}{letter}{cursor[place + 1 :]}"

        answer = visitor.visit(operation, params={"cursor": changed})

        assert answer.status_code == 422, place


@pytest.mark.parametrize(
    "key",
    [(), ("a", "b"), (1, 2), ("a\x00", "b"), (2**62, 1), ("x" * 300,)],
    ids=["empty", "words", "numbers", "NUL", "large", "long"],
)
def test_a_cursor_made_by_somebody_else_is_refused(
    visitor: Visitor, key: tuple[str | int, ...]
) -> None:
    for operation in visitor.operations(is_list, _is_parted):
        path = operation.url(visitor.values)
        digest = blake2b(f"{path}?".encode(), digest_size=6).digest()

        answer = visitor.visit(operation, params={"cursor": encode_cursor(key, digest)})

        assert named_by(problem_of(answer)) == {"cursor"}, operation


@pytest.mark.parametrize(
    "limit",
    [
        "0",
        "-1",
        "101",
        "1_0",
        "\u0661",
        "1e9",
        "",
        " 5",
        "5.0",
        "+5",
        "0x5",
        "null",
        "1" * 99,
    ],
)
def test_a_limit_is_a_number_from_1_to_100(visitor: Visitor, limit: str) -> None:
    for operation in visitor.operations(is_list, _is_parted):
        problem = problem_of(visitor.visit(operation, params={"limit": limit}))

        assert problem["status"] == 422, operation
        assert named_by(problem) == {"limit"}, operation
