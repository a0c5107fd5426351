"""A cursor goes on after a row, in the query it came from and in no other."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.errors import Invalid
from app.kit.pages import CursorKey, decode_cursor, encode_cursor

DIGEST = b"abcdef"
KEY: CursorKey = (datetime(2024, 11, 3, 12, 30, 0, 7, tzinfo=UTC), UUID(int=77))
KINDS = (datetime, UUID)


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


VALUES = st.one_of(
    st.datetimes(timezones=st.just(UTC)),
    st.uuids(),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=50),
    st.integers(-(2**53), 2**53),
)


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_a_cursor_holds_every_kind_of_sort_key(
    values: list[datetime | UUID | str | int],
) -> None:
    kinds = [type(value) for value in values]

    cursor = encode_cursor(tuple(values), DIGEST)

    assert list(decode_cursor(cursor, DIGEST, kinds=kinds)) == values


def test_a_cursor_needs_no_escaping_in_an_address() -> None:
    cursor = encode_cursor(KEY, DIGEST)

    assert cursor.replace("-", "").replace("_", "").isalnum()


def test_a_cursor_of_another_query_is_refused() -> None:
    cursor = encode_cursor(KEY, DIGEST)

    with pytest.raises(Invalid) as refused:
        decode_cursor(cursor, b"fedcba", kinds=KINDS)
    assert refused.value.faults[0].parameter == "cursor"


def test_a_cursor_with_one_character_changed_is_refused() -> None:
    cursor = encode_cursor(KEY, DIGEST)

    for place, letter in enumerate(cursor[:-1]):
        other = "A" if letter != "A" else "B"
        changed = cursor[:place] + other + cursor[place + 1 :]
        with pytest.raises(Invalid):
            decode_cursor(changed, DIGEST, kinds=KINDS)


@pytest.mark.parametrize("kinds", [(UUID, datetime), (datetime,), (datetime, str), ()])
def test_a_cursor_holds_the_types_of_the_sort_key(
    kinds: tuple[type[object], ...],
) -> None:
    cursor = encode_cursor(KEY, DIGEST)

    with pytest.raises(Invalid):
        decode_cursor(cursor, DIGEST, kinds=kinds)


@given(st.text(max_size=80) | st.binary(max_size=60).map(_encoded))
def test_whatever_is_no_cursor_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(Invalid):
        decode_cursor(text, DIGEST, kinds=KINDS)
