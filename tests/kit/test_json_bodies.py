"""Every JSON text of RFC 8259 is taken, but for a short list of what harms later."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import json_bodies
from app.kit.errors import BadRequest, Invalid, Problem

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=20)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=5)
    ),
    max_leaves=30,
)


@given(JSON, st.sampled_from([None, 2]))
def test_what_the_standard_library_writes_is_taken(
    value: object, indent: int | None
) -> None:
    for is_ascii in (True, False):
        text = json.dumps(value, ensure_ascii=is_ascii, indent=indent)

        json_bodies.check(text.encode())


@given(st.text('[]{}",:\\0123456789.eE+-tfnu ', max_size=30))
def test_what_is_no_json_for_the_standard_library_is_refused(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        with pytest.raises(Problem):
            json_bodies.check(text.encode())


@given(st.binary(max_size=40))
def test_any_bytes_are_taken_or_refused_and_nothing_else_happens(body: bytes) -> None:
    with suppress(BadRequest, Invalid):
        json_bodies.check(body)
        json.loads(body)


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf{}",
        b'{"a": "\xff"}',
        '{"a": "é"}'.encode("latin-1"),
        '{"a": 1}'.encode("utf-16"),
        b'{"a": 1, "a": 2}',
        b'{"b": [{"a": 1, "\\u0061": 2}]}',
        b'{"a": NaN}',
        b"[Infinity]",
        b"[-Infinity]",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 1} {}',
        b"[01]",
        b'"\x01"',
        b"[" * 65 + b"]" * 65,
        b'{"a":' * 65 + b"1" + b"}" * 65,
    ],
)
def test_what_harms_later_is_malformed(body: bytes) -> None:
    with pytest.raises(BadRequest):
        json_bodies.check(body)


@pytest.mark.parametrize(
    "number",
    [
        "9223372036854775808",
        "-9223372036854775809",
        "1" * 5000,
        "1e400",
        "-1e309",
    ],
    ids=["2^63", "below -2^63", "5000 digits", "1e400", "-1e309"],
)
def test_a_number_that_no_column_holds_is_invalid(number: str) -> None:
    with pytest.raises(Invalid):
        json_bodies.check(f'{{"n": {number}}}'.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 64 + b"]" * 64,
        b'["' + b"[" * 500 + b'"]',
        b'["\\"[[[", "\\\\"]',
        b"[9223372036854775807, -9223372036854775808]",
        b'{"a": {"a": {"a": 1}}}',
    ],
    ids=["64 deep", "brackets in text", "escaped quotes", "64 bits", "same name below"],
)
def test_what_only_looks_harmful_is_taken(body: bytes) -> None:
    json_bodies.check(body)


@pytest.mark.parametrize("escaped", [b'\\"', b"\\\\"], ids=["quotes", "backslashes"])
def test_a_string_that_has_no_end_is_read_once(escaped: bytes) -> None:
    # To read it again from each quote in it would take an hour.
    with pytest.raises(BadRequest):
        json_bodies.check(b'"' + escaped * 500_000)
