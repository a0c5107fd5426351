"""Headers and methods that nobody should send: no way in, no effect, no server error.

Rows D8, D9 and D12 of the study of attacks.
"""

import json

import pytest
from httpx import Response

from tests.hostile.judging import CANARY, complaints
from tests.hostile.operations import EVERY, MANAGE, PUBLIC, READS, WRITES, Operation
from tests.hostile.standing import Standing
from tests.hostile.stock import body_for, full_bodies

EVIL = "evil.example"

MISLEADING = (
    (b"host", b"evil.example"),
    (b"host", b"evil.example:80@www.courier.example"),
    (b"host", b""),
    (b"host", b"a\x00b evil.example"),
    (b"x-forwarded-host", b"evil.example"),
    (b"x-forwarded-proto", b"javascript"),
    (b"x-forwarded-for", b"127.0.0.1, evil.example"),
    (b"x-forwarded-prefix", b"//evil.example"),
    (b"x-forwarded-port", b"99999999999"),
    (b"forwarded", b"for=evil.example;host=evil.example;proto=https"),
    (b"x-original-url", b"/manage/v1/articles"),
    (b"x-rewrite-url", b"/manage/v1/articles"),
    (b"x-real-ip", b"evil.example"),
    (b"x-http-method-override", b"DELETE"),
    (b"x-method-override", b"DELETE"),
    (b"origin", b"https://evil.example"),
    (b"referer", b"https://evil.example/"),
    (b"cookie", b"session=admin; __proto__=1"),
    (b"accept", b"\x00, text/evil.example;q=9"),
    (b"accept-language", b"*" * 2_000),
    (b"range", b"bytes=" + b"0-," * 2_000 + b"0-"),
    (b"if-range", b'"evil.example"'),
    (b"if-unmodified-since", b"Sun, 99 Foo 99999 99:99:99 GMT"),
    (b"expect", b"200-maybe"),
    (b"upgrade", b"h2c"),
    (b"te", b"trailers, deflate;q=nan"),
    (b"content-type", b"application/x-evil.example"),
    (b"content-encoding", b"evil.example"),
    (b"x-request-id", b"evil.example\r\nx-evil: 1"),
    (b"x-request-id", b"e" * 65),
    (b"user-agent", b"\xff\xfe\x1b[31mevil.example"),
    (b"x" * 2_000, b"evil.example"),
)

VALIDATORS = (
    (b"if-none-match", b"\x00"),
    (b"if-none-match", b'"' * 4_000),
    (b"if-none-match", b'W/"' + b"a" * 4_000 + b'"'),
    (b"if-none-match", b'"\xff"'),
    (b"if-none-match", b"," * 4_000),
    (b"if-modified-since", b"0"),
    (b"if-modified-since", b"infinity"),
    (b"if-modified-since", b"Sun, 99 Foo 2026 99:99:99 GMT"),
    (b"if-modified-since", b"Sun, 06 Nov 0001 08:49:37 GMT"),
    (b"if-modified-since", b"Sun, 06 Nov 99999 08:49:37 GMT"),
    (b"if-modified-since", b"Sun, 06 Nov 1994 08:49:37 +9999999999"),
    (b"accept-encoding", b"identity;q=0, *;q=0"),
)

KEYS = (
    b"Bearer",
    b"Bearer ",
    b"Bearer bs_",
    b"Bearer bs_\x00",
    b"Bearer bs_\xff\xfe",
    b"Bearer bs_" + b"a" * 4_000,
    b"Bearer ' OR '1'='1",
    b"Bearer null",
    b"Basic YWRtaW46YWRtaW4=",
    b"bs_nothing",
    b"Negotiate " + b"A" * 100,
)

VERSIONS = (
    '"v999999999999999999999"',
    '"v-1"',
    '"v1_0"',
    "v1",
    "1",
    '"1"',
    '"v1" OR "1"="1"',
    ",",
    '"v1",' * 50,
    "W/",
    '"',
    "**",
    '"v\u00b2"',
    " ",
    "",
)

METHODS = ("TRACE", "CONNECT", "PROPFIND", "LINK", "QUERY", "get", "GET ", "A" * 500)


def _words(response: Response) -> tuple[int, object, object]:
    """All of an answer that is to be the same for everybody."""
    ours = {"x-request-id"}
    headers = {n: v for n, v in response.headers.items() if n not in ours}
    is_json = response.headers.get("content-type", "").endswith(("/json", "+json"))
    content = response.json() if is_json else response.content
    if isinstance(content, dict):
        content.pop("request_id", None)
    return response.status_code, headers, content


def _target(standing: Standing, operation: Operation) -> bytes:
    path = standing.stock.path(operation)
    needed = {"/v1/resolve": "?path=/world"}.get(operation.path, "")
    return f"{path}{needed}".encode()


@pytest.mark.parametrize("header", MISLEADING, ids=lambda header: repr(header)[:50])
def test_what_a_proxy_or_a_browser_claims_changes_no_answer(
    header: tuple[bytes, bytes], unharmed: Standing
) -> None:
    for operation in (*PUBLIC, *MANAGE):
        if operation.takes_body:
            continue
        target = _target(unharmed, operation)
        plain = unharmed.ask(operation.method, target)
        misled = unharmed.ask(operation.method, target, [header])
        assert _words(misled) == _words(plain), operation
        assert EVIL not in f"{misled.headers}{misled.text}", operation


@pytest.mark.parametrize("header", VALIDATORS, ids=lambda header: repr(header)[:50])
def test_a_validator_that_is_none_is_as_good_as_not_sent(
    header: tuple[bytes, bytes], unharmed: Standing
) -> None:
    for operation in PUBLIC:
        target = _target(unharmed, operation)
        plain = unharmed.ask(operation.method, target)
        answer = unharmed.ask(operation.method, target, [header])
        assert _words(answer) == _words(plain), operation


@pytest.mark.parametrize("key", KEYS, ids=lambda key: repr(key)[:40])
def test_a_key_that_is_none_opens_nothing(key: bytes, unharmed: Standing) -> None:
    for operation in MANAGE:
        target = _target(unharmed, operation)
        response = unharmed.ask(operation.method, target, [(b"authorization", key)])
        assert response.status_code == 401, operation
        assert response.headers["WWW-Authenticate"].startswith("Bearer"), operation
        assert list(complaints(operation, response)) == []


@pytest.mark.parametrize("version", VERSIONS, ids=ascii)
def test_a_version_that_is_none_changes_nothing(
    version: str, unharmed: Standing
) -> None:
    wrong = []
    bodies = full_bodies(unharmed.stock)
    headers = {"If-Match": version, "Content-Type": "application/json"}
    for operation in (each for each in MANAGE if each.takes_version):
        body = body_for(operation, bodies) if operation.takes_body else None
        response = unharmed.client.request(
            operation.method,
            unharmed.stock.path(operation),
            content=None if body is None else json.dumps(body),
            headers=unharmed.admin | {n: v.encode() for n, v in headers.items()},
        )
        wrong += unharmed.expect(operation, response, {400, 412})
    assert wrong == []


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method[:20])
def test_a_method_nobody_declared_is_refused_with_those_that_are(
    method: str, unharmed: Standing
) -> None:
    authorization = (b"authorization", unharmed.admin["Authorization"].encode())
    for operation in EVERY:
        target = unharmed.stock.path(operation).encode()
        response = unharmed.ask(method, target, [authorization])
        assert response.status_code == 405, operation
        assert operation.method in response.headers["Allow"].split(", "), operation
        assert response.json()["type"].endswith("/method-not-allowed"), operation


def test_the_other_methods_of_an_address_are_refused_with_those_it_has(
    unharmed: Standing,
) -> None:
    answered: dict[str, set[str]] = {}
    for operation in EVERY:
        answered.setdefault(operation.path, set()).add(operation.method)
        if operation.method == "GET":
            answered[operation.path].add("HEAD")
    for operation in EVERY:
        declared = answered[operation.path]
        path = unharmed.stock.path(operation)
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - declared:
            response = unharmed.client.request(method, path, headers=unharmed.admin)
            allowed = set(response.headers["Allow"].split(", "))
            assert (response.status_code, allowed) == (405, declared), path


@pytest.mark.parametrize("override", ["X-HTTP-Method-Override", "X-HTTP-Method"])
def test_no_header_makes_another_method_of_a_request(
    override: str, unharmed: Standing
) -> None:
    path = unharmed.stock.manage["policy"]
    response = unharmed.client.get(
        f"/manage/v1/ad-policies/{path}",
        headers=unharmed.admin | {override: "DELETE", "If-Match": "*"},
    )
    assert response.status_code == 200


def test_a_request_without_a_media_type_is_not_guessed_at(unharmed: Standing) -> None:
    authorization = (b"authorization", unharmed.admin["Authorization"].encode())
    for operation in WRITES:
        target = unharmed.stock.path(operation).encode()
        twice = [
            authorization,
            (b"if-match", b"*"),
            (b"content-type", b"text/plain"),
            (b"content-type", b"application/json"),
        ]
        response = unharmed.ask(operation.method, target, twice, [b"{}"])
        assert response.status_code == 415, operation


@pytest.mark.parametrize(
    "given", ["a b", "a\tb", "é", "a" * 65, "<b>", "a;b", f"{CANARY}/"], ids=ascii
)
def test_a_request_s_id_is_taken_over_only_when_a_log_can_hold_it(
    given: str, unharmed: Standing
) -> None:
    for operation in READS:
        target = _target(unharmed, operation)
        response = unharmed.ask("GET", target, [(b"x-request-id", given.encode())])
        assert given not in response.headers["x-request-id"]
        assert len(response.headers["x-request-id"]) == 32
