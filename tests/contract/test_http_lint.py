"""What a stranger has against our answers: httplint, by the author of REDbot.

Every public route is asked in every way that a cache or a browser asks, over a real
socket, and each answer is judged as it came. Nothing may be bad, and each kind of
warning stands below with the reason why it is no fault.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from itertools import cycle

import httpx
import pytest
from httplint import HttpRequestLinter, HttpResponseLinter, levels
from starlette.testclient import TestClient

from app.kit.codings import CODINGS
from app.main import create_app
from tests.contract.conftest import NOWHERE
from tests.contract.walking import Operation, Visitor, is_get
from tests.newsroom import Newsroom
from tests.serving import serving

# By the names that httplint has for them.
ACCEPTED = {
    "STORE_PUBLIC_UNNECESSARY": "`public` says to people what caches know anyway",
    "CC_CONFLICTING": "`private, no-store`: who knows only one of them obeys that",
}
OBJECTIONS = (levels.BAD, levels.WARN)
PLAIN = {"Accept-Encoding": "identity"}
# There is a problem of that code, and a page about it.
UNKNOWN = {**NOWHERE, "code": "none"}
PREFLIGHT = {
    "Origin": "https://www.courier.example",
    "Access-Control-Request-Method": "GET",
}

on_sqlite = pytest.mark.parametrize("backend_url", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Question:
    """A request, and the status that it is asked for."""

    method: str
    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=lambda: PLAIN)


@pytest.fixture(scope="module")
def wire(session_client: TestClient) -> Iterator[httpx.Client]:
    """Somebody at a real server on the tests' database."""
    state = session_client.app.state  # type: ignore[attr-defined]
    app = create_app(state.settings, clock=state.clock)
    with serving(app) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


@on_sqlite
def test_who_judges_headers_objects_to_no_answer(
    visitor: Visitor, wire: httpx.Client
) -> None:
    questions = [
        Question("GET", "/nowhere", 404),
        Question("POST", "/v1/articles", 405),
        Question("OPTIONS", "/v1/articles", 204, PREFLIGHT),
    ]
    for operation, coding in zip(
        visitor.operations(is_get, _is_open), cycle(CODINGS), strict=False
    ):
        questions += _questions(operation, visitor, coding)

    found = [each for question in questions for each in _objections(wire, question)]

    assert [each for each in found if each[0] not in ACCEPTED] == []
    assert {name for name, *_ in found} == ACCEPTED.keys()


@on_sqlite
def test_nor_to_what_is_said_of_stories_that_are_no_more_where_they_were(
    publisher: Newsroom, wire: httpx.Client
) -> None:
    publisher.publish(publisher.edit(publisher.published("Moved"), slug="elsewhere"))
    publisher.withdraw(publisher.published("Withdrawn"), note="In error.")
    publisher.verb(publisher.published("Forbidden"), "legal", note="By order.")
    questions = [
        Question(method, f"/v1/articles/{slug}", status)
        for slug, status in (("moved", 308), ("withdrawn", 410), ("forbidden", 451))
        for method in ("GET", "HEAD")
    ]

    found = [each for question in questions for each in _objections(wire, question)]
    assert [each for each in found if each[0] not in ACCEPTED] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ETag", "no-quotes"),
        ("Vary", "Accept Encoding"),
        ("Last-Modified", "yesterday"),
        ("Cache-Control", "max-age=a-minute"),
        ("CDN-Cache-Control", "max-age=a"),
        ("Content-Length", "1"),
        ("Link", '</v1/articles>, rel="next"'),
    ],
)
def test_a_header_that_is_wrong_is_found_out(name: str, value: str) -> None:
    """The known-bad twin."""
    told = {
        "Date": formatdate(usegmt=True),
        "Content-Type": "application/json",
        "Cache-Control": "max-age=30",
    }
    request = httpx.Request("GET", "https://api.courier.example/v1/articles")
    answer = httpx.Response(200, headers=told, content=b"{}", request=request)
    assert list(_judged(answer, b"{}")) == []
    answer.headers[name] = value

    assert list(_judged(answer, b"{}")) != []


def _is_open(operation: Operation) -> bool:
    return not operation.is_manage


def _questions(
    operation: Operation, visitor: Visitor, coding: str
) -> Iterator[Question]:
    """Ask a route in every way."""
    query = "".join(f"&{name}={value}" for name, value in operation.query().items())
    url = f"{operation.url(visitor.values)}?{query}"
    key = dict(visitor.headers) if operation.is_partners else {}
    yield Question("GET", url, 200, {**PLAIN, **key})
    yield Question("HEAD", url, 200, {**PLAIN, **key})
    yield Question("GET", url, 200, {"Accept-Encoding": coding, **key})
    yield Question("GET", f"{url}&nonsense=1", 422, {**PLAIN, **key})
    if "{" in operation.path:
        yield Question("GET", f"{operation.url(UNKNOWN)}?{query}", 404, key)
    if operation.is_partners:
        yield Question("GET", url, 401)


def _objections(
    client: httpx.Client, question: Question
) -> Iterator[tuple[str, str, int, str]]:
    """Ask, and ask again with the validator that came; say what is wrong with it."""
    answer, found = _ask(client, question)
    yield from found
    if question.method == "GET" and "ETag" in answer.headers:
        held = {**question.headers, "If-None-Match": answer.headers["ETag"]}
        again = Question("GET", question.url, 304, held)
        yield from _ask(client, again)[1]


def _ask(
    client: httpx.Client, question: Question
) -> tuple[httpx.Response, list[tuple[str, str, int, str]]]:
    method, url, headers = question.method, question.url, question.headers
    with client.stream(method, url, headers=headers) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.status_code == question.status, question
    where = (method, answer.status_code, url)
    return answer, [(name, *where) for name in _judged(answer, body)]


def _judged(answer: httpx.Response, body: bytes) -> Iterator[str]:
    """Name what httplint objects to in an answer."""
    request = HttpRequestLinter()
    url, method = str(answer.request.url), answer.request.method
    request.process_request_topline(method.encode(), url.encode(), b"HTTP/1.1")
    request.process_headers(answer.request.headers.raw)
    request.finish_content(complete=True)
    # Told no time, it does not judge how exact ours is on a busy machine.
    linter = HttpResponseLinter()
    linter.base_uri, linter.request = url, request
    linter.is_head_response = method == "HEAD"
    linter.process_response_topline(b"HTTP/1.1", b"%d" % answer.status_code)
    linter.process_headers(answer.headers.raw)
    linter.feed_content(body)
    linter.finish_content(complete=True)
    for note in linter.notes:
        for each in (note, *note.subnotes):
            if each.level in OBJECTIONS:
                yield type(each).__name__
