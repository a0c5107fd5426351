"""A body as a whole: its limits, the places of its errors, the ids of its blocks."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from pydantic import BaseModel, ValidationError

from app.content.blocks.containers import Stored, StoredBlock
from app.content.blocks.element import Element, Piece
from app.content.blocks.text import Divider
from app.content.body import Body, body_adapter, normalise
from app.content.walking import rebuilt, walk
from tests.content.bodies import (
    PICTURE,
    SAMPLES,
    TEXT_BODIES,
    WORDS,
    Json,
    counter,
    read,
)


class Draft(BaseModel):
    body: Body


def places(body: object) -> list[tuple[int | str, ...]]:
    """Answer where the errors of a body lie."""
    with pytest.raises(ValidationError) as caught:
        Draft.model_validate({"body": body})
    return [error["loc"] for error in caught.value.errors()]


def nested(depth: int) -> Json:
    block: Json = WORDS
    for _ in range(depth - 1):
        block = {"type": "group", "blocks": [block]}
    return block


def ids(blocks: list[StoredBlock]) -> list[str]:
    return [s.piece.id for s in walk(blocks) if isinstance(s.piece, Element)]


def test_an_error_points_at_what_was_sent() -> None:
    body = [
        WORDS,
        {"type": "group", "blocks": [WORDS, {"type": "paragraph", "html": 5}]},
        {"type": "list", "items": [{"html": "a", "blocks": [{"type": "nonsense"}]}]},
        {"type": "gallery", "items": [{"type": "image", "url": "nowhere"}]},
        "no block",
    ]
    assert places(body) == [
        ("body", 1, "blocks", 1, "html"),
        ("body", 2, "items", 0, "blocks", 0),
        ("body", 3, "items", 0, "url"),
        ("body", 4),
    ]


def test_an_error_about_the_whole_points_at_the_whole() -> None:
    assert places("no list") == [("body",)]
    assert places(None) == [("body",)]


def test_a_missing_field_is_named() -> None:
    assert places([{"type": "heading", "level": 2}]) == [("body", 0, "html")]


def test_eight_blocks_may_lie_within_each_other() -> None:
    assert Draft(body=read(nested(8))).body == read(nested(8))
    place = places([nested(9)])
    assert place == [("body", 0, *["blocks", 0] * 8)]


def test_nesting_beyond_all_measure_is_refused_too() -> None:
    assert places([nested(2_000)])


def test_a_body_has_two_thousand_blocks_nested_ones_included() -> None:
    many = [{"type": "group", "blocks": [{"type": "divider"}] * 999}] * 2
    assert len(Draft.model_validate({"body": many}).body) == 2
    assert places([*many, {"type": "divider"}]) == [("body", 2)]


def test_a_body_is_at_most_a_megabyte() -> None:
    assert places([{"type": "code", "text": "x" * 150_000}] * 7) == [("body",)]


def test_two_blocks_with_one_id_are_refused_at_the_second() -> None:
    twin = {**WORDS, "id": "p1"}
    assert places([twin, {"type": "group", "blocks": [twin]}]) == [
        ("body", 1, "blocks", 0, "id")
    ]


def test_the_body_reads_as_json_too() -> None:
    assert body_adapter.validate_json(b'[{"type": "divider"}]') == [
        Divider(type="divider")
    ]
    with pytest.raises(ValidationError) as caught:
        body_adapter.validate_json(b'[{"type": "heading", "level": 9, "html": ""}]')
    assert caught.value.errors()[0]["loc"] == (0, "level")


def test_every_block_gets_an_id_and_keeps_the_one_it_has() -> None:
    names = counter()
    body = read({**WORDS, "id": "mine"}, *SAMPLES)
    named = normalise(body, lambda: next(names))
    assert named[0].id == "mine"
    assert "" not in ids(named)
    assert len(ids(named)) == len(set(ids(named)))
    assert normalise(named, lambda: "unused") == named


def test_a_new_id_that_is_taken_is_not_used() -> None:
    offered = iter(["mine", "mine", "new", "new", "other"])
    named = normalise(
        read({**WORDS, "id": "mine"}, WORDS, WORDS), lambda: next(offered)
    )
    assert ids(named) == ["mine", "new", "other"]


def test_twins_are_refused_while_naming() -> None:
    with pytest.raises(ValidationError, match="same id"):
        normalise([Divider(type="divider", id="a")] * 2, lambda: "b")


@settings(deadline=None, max_examples=50)
@given(TEXT_BODIES)
def test_a_named_body_comes_back_from_json(body: list[Stored]) -> None:
    names = counter()
    named = normalise(body, lambda: next(names))
    assert body_adapter.validate_json(body_adapter.dump_json(named)) == named


def test_a_walk_tells_where_each_piece_stands() -> None:
    body = read({"type": "box", "kind": "profile", "blocks": [SAMPLES[5]]})
    assert [(step.location, step.depth) for step in walk(body)] == [
        ((0,), 1),
        ((0, "blocks", 0), 2),
    ]


def test_a_piece_is_not_rebuilt_as_another_thing() -> None:
    def confused(_piece: Piece) -> Piece:
        return Divider(type="divider")

    [block] = read({"type": "image", "url": PICTURE})
    with pytest.raises(TypeError, match="Image"):
        rebuilt(block, confused)


def test_ids_of_media_are_read_as_uuids() -> None:
    given_id = "0190b0a0-0000-7000-8000-000000000001"
    [block] = read({"type": "image", "media_id": given_id})
    assert block.model_dump()["media_id"] == UUID(given_id)
