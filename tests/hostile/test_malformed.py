"""Bodies that are not the JSON we speak, sent to every operation that writes.

Each is refused with its documented status before anything is stored, whatever
the operation (rows D2 to D7 and C11 of the study of attacks).
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.hostile.operations import MANAGE, WRITES
from tests.hostile.standing import Standing

BODY_BYTES = 2_000_000
JSON = {"Content-Type": "application/json"}
CHANGES = tuple(
    each for each in MANAGE if each.method != "GET" and not each.takes_bytes
)


def _nested(depth: int, pair: str = "[]") -> bytes:
    opening = '{"a":' if pair == "{}" else "["
    return f'{{"name":{opening * (depth - 1)}1{pair[1] * (depth - 1)}}}'.encode()


def _filled(size: int) -> bytes:
    """JSON of exactly so many bytes."""
    return b'{"name":1' + b" " * (size - 10) + b"}"


@dataclass(frozen=True)
class Wire:
    """A body as it goes over the wire, and the status it has to get."""

    name: str
    content: bytes
    status: int
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))

    def __str__(self) -> str:
        return self.name


def _typed(name: str, media_type: str) -> Wire:
    return Wire(f"type-{name}", b"{}", 415, {"Content-Type": media_type})


def _coded(name: str, coding: str) -> Wire:
    headers = JSON | {"Content-Encoding": coding}
    return Wire(f"coding-{name}", gzip.compress(b"{}"), 415, headers)


UNREADABLE = (
    Wire("nul", b'{"name": "a\x00b"}', 400),
    Wire("raw-newline", b'{"name": "a\nb"}', 400),
    Wire("invalid-utf-8", b'{"name": "a\xff"}', 400),
    Wire("overlong-utf-8", b'{"name": "\xc0\xaf"}', 400),
    Wire("surrogate-in-utf-8", b'{"name": "\xed\xa0\x80"}', 400),
    Wire("byte-order-mark", b'\xef\xbb\xbf{"name": "a"}', 400),
    Wire("utf-16", '{"name": "a"}'.encode("utf-16"), 400),
    Wire("utf-16-without-mark", '{"name": "a"}'.encode("utf-16-le"), 400),
    Wire("utf-32", '{"name": "a"}'.encode("utf-32-be"), 400),
    Wire("blank", b" \n", 400),
    Wire("cut", b'{"name": "a', 400),
    Wire("comment", b'{"name": "a"} // b', 400),
    Wire("two-values", b"{}{}", 400),
    Wire("single-quotes", b"{'name': 'a'}", 400),
    Wire("trailing-comma", b'{"name": "a",}', 400),
    Wire("leading-zero", b'{"name": 01}', 400),
    Wire("nan", b'{"name": NaN}', 400),
    Wire("infinity", b'{"name": [Infinity]}', 400),
    Wire("minus-infinity", b'{"name": {"a": -Infinity}}', 400),
    Wire("same-member-twice", b'{"name": "a", "name": "a"}', 400),
    Wire("same-member-escaped", b'{"name": "a", "n\\u0061me": "a"}', 400),
    Wire("same-member-deep", b'{"name": [{"a": 1, "a": 2}]}', 400),
    Wire("nested-65", _nested(65), 400),
    Wire("nested-65-objects", _nested(65, "{}"), 400),
    Wire("nested-900", _nested(900), 400),
    Wire("nested-100000", _nested(100_000), 400),
    Wire("nested-100000-objects", _nested(100_000, "{}"), 400),
    Wire("opened-only", b"[" * 100_000, 400),
    Wire("closed-first", b"]" * 70 + b"[" * 70, 400),
    Wire("limit-and-one", _filled(BODY_BYTES + 1), 413),
    _typed("missing", ""),
    _typed("text", "text/plain"),
    _typed("form", "application/x-www-form-urlencoded"),
    _typed("multipart", "multipart/form-data; boundary=x"),
    _typed("suffix", "application/vnd.api+json"),
    _typed("longer", "application/jsonx"),
    _typed("two", "application/json, text/plain"),
    _typed("latin-1", "application/json; charset=latin-1"),
    _typed("utf-16", "application/json; charset=utf-16"),
    _coded("gzip", "gzip"),
    _coded("brotli", "br"),
    _coded("deflate", "deflate"),
    _coded("two", "identity, gzip"),
)

UNFIT = (
    Wire("nothing", b"", 422),
    Wire("null", b"null", 422),
    Wire("true", b"true", 422),
    Wire("number", b"1", 422),
    Wire("text", b'"a"', 422),
    Wire("list", b"[]", 422),
    Wire("list-of-objects", b'[{"name": "a"}]', 422),
    Wire("unknown-member", b'{"no_such_member": 1}', 422),
    Wire("empty-member", b'{"": 1}', 422),
    Wire("surrogate-member", b'{"\\ud800": 1}', 422),
    Wire("nul-member", b'{"a\\u0000": 1}', 422),
    Wire("python-member", b'{"__class__": {"__init__": 1}}', 422),
    Wire("integer-2^63", b'{"no_such_member": 9223372036854775808}', 422),
    Wire("integer-minus", b'{"no_such_member": -9223372036854775809}', 422),
    Wire("integer-400-digits", b'{"no_such_member": 1%s}' % (b"0" * 400), 422),
    Wire("integer-100000-digits", b'{"no_such_member": 1%s}' % (b"0" * 100_000), 422),
    Wire("float-1e999", b'{"no_such_member": 1e999}', 422),
    Wire("float-minus-1e999", b'{"no_such_member": -1e999}', 422),
    Wire("nested-63", _nested(63), 422),
    Wire("nested-64", _nested(64), 422),
    Wire("nested-64-objects", _nested(64, "{}"), 422),
    Wire("brackets-in-text", b'{"no_such_member": "%s"}' % (b"[" * 1000), 422),
    Wire("limit", _filled(BODY_BYTES), 422),
    Wire("many-members", b"{%s}" % b",".join(b'"%d":1' % n for n in range(2000)), 422),
)


@pytest.mark.parametrize("wire", UNREADABLE, ids=str)
def test_a_body_that_is_not_our_json_changes_nothing(
    wire: Wire, unharmed: Standing
) -> None:
    wrong = []
    for operation in CHANGES:
        response = unharmed.send(operation, content=wire.content, headers=wire.headers)
        wrong += unharmed.expect(operation, response, wire.status)
    assert wrong == []


@pytest.mark.parametrize("wire", UNFIT, ids=str)
def test_json_that_fits_no_model_changes_nothing(
    wire: Wire, unharmed: Standing
) -> None:
    wrong = []
    for operation in WRITES:
        response = unharmed.send(operation, content=wire.content, headers=wire.headers)
        wrong += unharmed.expect(operation, response, wire.status)
    assert wrong == []


@pytest.mark.parametrize("pieces", [31, 1_000])
def test_a_body_in_pieces_is_read_up_to_the_limit_only(
    pieces: int, unharmed: Standing
) -> None:
    taken: list[int] = []

    def endless() -> Iterator[bytes]:
        for number in range(pieces):
            taken.append(number)
            yield b" " * 65_536

    headers = [(b"content-type", b"application/json")]
    response = unharmed.ask("POST", b"/manage/v1/tags", headers, endless())

    assert response.status_code == 413
    assert len(taken) == BODY_BYTES // 65_536 + 1


@pytest.mark.parametrize(
    ("declared", "status"),
    [
        ("9" * 30, 413),
        ("2000001", 413),
        ("²", 422),
        ("-1", 422),
        ("+9999999", 422),
        ("9_999_999", 422),
        ("x", 422),
    ],
)
def test_what_a_body_says_of_its_length_is_not_trusted(
    declared: str, status: int, unharmed: Standing
) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", declared.encode("latin-1")),
        (b"authorization", unharmed.admin["Authorization"].encode()),
    ]
    response = unharmed.ask("POST", b"/manage/v1/tags", headers, [b"[]"])
    assert response.status_code == status
