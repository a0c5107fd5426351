"""What holds for every address, whatever lives there: HEAD, OPTIONS, slashes."""

from httpx import Response

from tests.contract.walking import Visitor, is_get
from tests.newsroom import Newsroom

# Each answer has its own.
_OWN = {"x-request-id", "date"}


def _headers(response: Response) -> dict[str, str]:
    return {k: v for k, v in response.headers.items() if k not in _OWN}


def test_every_get_answers_head_with_the_same_headers_and_no_body(
    visitor: Visitor,
) -> None:
    wrong = []
    for operation in visitor.operations(is_get):
        got = visitor.visit(operation)
        head = visitor.visit(operation, method="HEAD")
        status = (got.status_code, head.status_code)
        if status != (200, 200) or head.content or _headers(got) != _headers(head):
            wrong.append((str(operation), status))

    assert wrong == []


def test_head_of_what_is_not_there_is_the_refusal_without_its_body(
    passer_by: Visitor,
) -> None:
    got = passer_by.client.get("/v1/articles/no-such-story")
    head = passer_by.client.head("/v1/articles/no-such-story")

    assert (head.status_code, head.content) == (404, b"")
    assert _headers(head) == _headers(got)


def test_no_address_ends_with_a_slash_and_none_redirects(visitor: Visitor) -> None:
    wrong = []
    for operation in visitor.operations(is_get):
        url = f"{operation.url(visitor.values)}/"
        for slashed in (url, f"{url[:-1]}%2F"):
            answer = visitor.client.get(
                slashed,
                params=operation.query(),
                headers=visitor.headers,
                follow_redirects=False,
            )
            if answer.status_code != 404:
                wrong.append((slashed, answer.status_code))

    assert wrong == []


def test_every_address_answers_a_preflight(visitor: Visitor) -> None:
    wrong = []
    for operation in visitor.operations():
        answer = visitor.client.options(
            operation.url(visitor.values),
            headers={
                "Origin": "https://www.courier.example",
                "Access-Control-Request-Method": operation.method,
                "Access-Control-Request-Headers": "authorization, if-match",
            },
        )
        allowed = answer.headers.get("Access-Control-Allow-Methods", "")
        if answer.status_code != 204 or operation.method not in allowed:
            wrong.append((str(operation), answer.status_code))

    assert wrong == []


def test_a_preflight_allows_the_headers_that_clients_send(passer_by: Visitor) -> None:
    answer = passer_by.client.options("/v1/articles")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    allowed = answer.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert {
        "authorization",
        "content-type",
        "if-match",
        "if-none-match",
    } <= set(allowed)


def test_every_answer_may_be_read_from_any_origin(visitor: Visitor) -> None:
    wrong = []
    for operation in visitor.operations(is_get):
        headers = visitor.visit(operation).headers
        exposed = headers.get("Access-Control-Expose-Headers", "").lower().split(", ")
        is_open = headers.get("Access-Control-Allow-Origin") == "*"
        names = {"etag", "link", "location", "retry-after", "broadsheet-position"}
        if not is_open or not names <= set(exposed):
            wrong.append(str(operation))

    assert wrong == []


def test_what_a_source_calls_its_article_may_end_with_a_slash(
    newsroom: Newsroom,
) -> None:
    newsroom.section("World")
    story = {"headline": "Ferry returns", "section": "world"}
    path = "/articles/by-external-id/wire/%2Fferry%2F"

    made = newsroom.send("PUT", path, json=story)

    assert made["external_id"] == "/ferry/"
    assert newsroom.send("PUT", path, json=story)["id"] == made["id"]
