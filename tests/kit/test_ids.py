"""Ids are UUIDv7: nobody has used them, and they sort as they were made."""

from uuid import UUID

import pytest

from app.kit.ids import id_source, new_id


def test_an_id_is_a_version_7_uuid() -> None:
    made = new_id()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_ids_are_sorted_as_they_were_made_and_never_repeat() -> None:
    made = [new_id() for _ in range(5_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_another_source_gives_ids_for_a_while() -> None:
    numbers = iter(range(10))

    with id_source(lambda: UUID(int=next(numbers))):
        made = [new_id(), new_id()]

    assert made == [UUID(int=0), UUID(int=1)]
    assert new_id().version == 7


def test_the_source_comes_back_after_an_error() -> None:
    def fails() -> UUID:
        raise RuntimeError("no more ids")

    with pytest.raises(RuntimeError), id_source(fails):
        new_id()

    assert new_id().version == 7
