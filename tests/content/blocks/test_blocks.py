"""Each type of block: what it takes, what it refuses, what it makes itself."""

import json
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from app.content.blocks.containers import Stored
from app.content.blocks.element import Element, Piece
from app.content.blocks.reading import AdSlot, Block, Restricted, Truncated
from app.content.blocks.tables import Table
from app.content.body import body_adapter, normalise
from app.content.walking import pieces
from tests.content.bodies import (
    ARTICLE_ID,
    FALLBACK,
    MEDIA_ID,
    NOON,
    PAGE,
    PICTURE,
    SAMPLES,
    TYPES,
    Json,
    counter,
    one,
    payloads,
    read,
)
from tests.content.harm import assert_harmless

block_adapter: TypeAdapter[list[Block]] = TypeAdapter(list[Block])
COMMON = ["id", "role", "anchor", "syndicate", "ads", "consent", "fallback"]


def refused(**fields: object) -> list[str]:
    """Answer the kinds of the errors that a block meets."""
    with pytest.raises(ValidationError) as caught:
        one(**fields)
    return [error["type"] for error in caught.value.errors()]


def test_there_is_a_sample_of_every_stored_type() -> None:
    classes = {type(block) for block in read(*SAMPLES)}
    assert classes == set(get_args(Stored))
    assert len(TYPES) == len(set(TYPES)) == 28


@pytest.mark.parametrize("sample", SAMPLES, ids=TYPES)
def test_a_block_comes_back_from_stored_json(sample: Json) -> None:
    names = counter()
    body = normalise(read(sample), lambda: next(names))
    stored = body_adapter.dump_json(body)
    assert body_adapter.validate_json(stored) == body
    assert body_adapter.validate_python(json.loads(stored)) == body
    assert body_adapter.dump_json(body_adapter.validate_json(stored)) == stored


@pytest.mark.parametrize("sample", SAMPLES, ids=TYPES)
def test_what_readers_get_has_the_shape_of_what_is_stored(sample: Json) -> None:
    body = read(sample)
    stored = body_adapter.dump_json(body)
    assert block_adapter.dump_json(block_adapter.validate_json(stored)) == stored


@pytest.mark.parametrize("sample", SAMPLES, ids=TYPES)
def test_every_field_is_always_there(sample: Json) -> None:
    [block] = read(sample)
    [dumped] = body_adapter.dump_python(read(sample), mode="json")
    names = [f.alias or name for name, f in type(block).model_fields.items()]
    assert list(dumped) == names
    assert set(COMMON) < set(names)


@pytest.mark.parametrize("sample", SAMPLES, ids=TYPES)
def test_an_unknown_field_is_refused(sample: Json) -> None:
    assert refused(**sample, colour="red") == ["extra_forbidden"]


@pytest.mark.parametrize("sample", SAMPLES, ids=TYPES)
def test_a_text_in_the_wrong_type_is_refused(sample: Json) -> None:
    assert refused(**{**sample, "id": 5}) == ["string_type"]
    assert refused(**{**sample, "ads": "yes"}) == ["bool_type"]


def test_an_unknown_type_is_refused() -> None:
    assert refused(type="hologram") == ["union_tag_invalid"]
    assert refused(html="x") == ["union_tag_not_found"]


@pytest.mark.parametrize("kind", ["restricted", "ad_slot", "truncated"])
def test_what_only_readers_meet_is_never_stored(kind: str) -> None:
    assert refused(type=kind) == ["union_tag_invalid"]


def test_blocks_that_only_readers_meet_stand_among_the_others() -> None:
    ad = AdSlot(type="ad_slot", id="a1", slot="inline", instance="inline-1")
    end = Truncated(
        type="truncated", id="t", words_left=200, access_needed="subscriber"
    )
    gone = Restricted(
        type="restricted",
        id="b3",
        reason_code="rights",
        message="Not for syndication",
        original_type="image",
    )
    mixed = [*read(SAMPLES[0]), ad, gone, end]
    again = block_adapter.validate_json(block_adapter.dump_json(mixed))
    assert again == mixed


def test_html_is_sanitised_and_its_words_computed() -> None:
    block = one(
        type="paragraph", html="<b onclick=x>Hi</b><script>x</script>", text="?"
    )
    dumped = block.model_dump()
    assert dumped["html"] == "<strong>Hi</strong>"
    assert dumped["text"] == "Hi"


@pytest.mark.parametrize("payload", payloads())
def test_no_script_is_stored_in_any_html(payload: str) -> None:
    body = read(
        {"type": "paragraph", "html": payload},
        {"type": "list", "items": [{"html": payload}]},
        {"type": "table", "header": [payload], "rows": [[payload]]},
        {"type": "correction", "kind": "update", "html": payload, "at": NOON},
        {"type": "callout", "kind": "button", "html": payload},
        {"type": "legacy_html", "html": payload},
        {
            "type": "embed",
            "provider": "x",
            "url": PAGE,
            "html": payload,
            "fallback": {"html": payload, "text": "x"},
        },
    )
    found = list(_html_in(body_adapter.dump_python(body, mode="json")))
    assert len(found) == 9
    for html in found:
        assert_harmless(html)


def _html_in(value: object, name: str = "") -> Iterator[str]:
    """Find what a client would put into its page as markup."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _html_in(member, key)
    elif isinstance(value, list):
        for item in value:
            yield from _html_in(item, name)
    elif isinstance(value, str) and name in ("html", "header", "rows"):
        yield value


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e"])
def test_control_characters_are_refused(character: str) -> None:
    assert refused(type="quote", html="x", citation=character) == ["value_error"]
    assert refused(type="paragraph", html=f"a{character}") == ["value_error"]


def test_a_heading_is_of_level_two_to_four() -> None:
    assert refused(type="heading", level=1, html="x") == ["greater_than_equal"]
    assert refused(type="heading", level=5, html="x") == ["less_than_equal"]
    assert refused(type="heading", level="2", html="x") == ["int_type"]


@pytest.mark.parametrize("sample", SAMPLES, ids=TYPES)
def test_what_comes_from_elsewhere_needs_a_fallback(sample: Json) -> None:
    if sample["type"] not in ("social_post", "embed", "structured"):
        assert read({**sample, "fallback": FALLBACK})[0].fallback is not None
        return
    bare = {name: value for name, value in sample.items() if name != "fallback"}
    assert refused(**bare) == ["fallback_required"]


def test_a_providers_video_needs_a_fallback_too() -> None:
    video: Json = {"type": "video", "provider": "youtube", "url": PAGE}
    assert refused(**video) == ["fallback_required"]
    assert read({**video, "fallback": FALLBACK})


def test_an_interactive_tells_the_same_in_blocks() -> None:
    interactive: Json = {"type": "interactive", "script_url": PAGE}
    assert refused(**interactive) == ["missing"]
    assert refused(**interactive, blocks=[]) == ["too_short"]


def test_a_fallback_says_something() -> None:
    assert refused(type="divider", fallback={}) == ["empty_fallback"]
    assert refused(type="divider", fallback={"html": "<script>x</script>"}) == [
        "empty_fallback"
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "image"}, "one_origin"),
        ({"type": "image", "media_id": MEDIA_ID, "url": PICTURE}, "one_origin"),
        ({"type": "video"}, "one_origin"),
        ({"type": "video", "provider": "x", "fallback": FALLBACK}, "one_origin"),
        ({"type": "video", "url": PAGE, "media_id": MEDIA_ID}, "one_origin"),
        (
            {"type": "video", "provider": "x", "url": PAGE, "media_id": MEDIA_ID},
            "one_origin",
        ),
        ({"type": "audio"}, "one_origin"),
        ({"type": "related"}, "one_target"),
        ({"type": "related", "target_id": ARTICLE_ID, "url": PAGE}, "one_target"),
        ({"type": "interactive", "blocks": [{"type": "divider"}]}, "one_program"),
        ({"type": "rating", "value": 6}, "off_the_scale"),
        ({"type": "rating", "value": 1, "min": 1, "max": 1}, "off_the_scale"),
        ({"type": "table", "rows": []}, "table_width"),
        ({"type": "table", "rows": [["a"], ["a", "b"]]}, "ragged_table"),
        ({"type": "table", "header": ["a"], "rows": [["a", "b"]]}, "ragged_table"),
        ({"type": "table", "rows": [["a"]], "align": ["left"] * 2}, "ragged_table"),
        ({"type": "table", "rows": [["a"] * 51]}, "table_width"),
        ({"type": "table", "rows": [["a"]] * 201}, "too_long"),
        ({"type": "image", "url": PICTURE, "crop": {"x": 2.0}}, "less_than_equal"),
        ({"type": "rating", "value": float("nan")}, "finite_number"),
        ({"type": "code", "text": "x", "language": "a b"}, "string_pattern_mismatch"),
        ({"type": "divider", "id": "a b"}, "string_pattern_mismatch"),
        ({"type": "divider", "anchor": MEDIA_ID}, "value_error"),
    ],
)
def test_a_block_that_makes_no_sense_is_refused(fields: Json, reason: str) -> None:
    assert refused(**fields)[0] == reason


def test_a_table_knows_its_width() -> None:
    [table] = read({"type": "table", "rows": [["a", "b"], ["c", "d"]]})
    assert isinstance(table, Table)
    assert table.width == 2


def test_a_picture_elsewhere_is_where_its_url_says() -> None:
    [dumped] = body_adapter.dump_python(
        read({"type": "image", "url": PICTURE, "width": 10, "src": PAGE})
    )
    assert dumped["src"] == PICTURE
    assert dumped["width"] == 10


def test_what_the_library_says_is_not_taken_from_a_writer() -> None:
    rendition = {"url": PICTURE, "width": 1, "height": 1}
    [dumped] = body_adapter.dump_python(
        read(
            {
                "type": "image",
                "media_id": MEDIA_ID,
                "src": PICTURE,
                "width": 10,
                "height": 10,
                "renditions": [rendition],
            }
        )
    )
    assert (dumped["src"], dumped["width"], dumped["height"]) == (None, None, None)
    assert dumped["renditions"] == []


def test_another_articles_words_are_not_taken_from_a_writer() -> None:
    [dumped] = body_adapter.dump_python(
        read({"type": "related", "target_id": ARTICLE_ID, "article": {"headline": "x"}})
    )
    assert dumped["article"] is None


@pytest.mark.parametrize(
    "data",
    [
        {"n": 2**63},
        {"n": float("inf")},
        {"text": "a\x00"},
        {"a\x00": 1},
        {"deep": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]},
    ],
)
def test_free_data_that_json_or_databases_cannot_carry_is_refused(data: Json) -> None:
    kinds = refused(type="structured", schema="s", data=data, fallback=FALLBACK)
    assert kinds in (["value_error"], ["finite_number"])


def test_free_data_comes_through() -> None:
    data: Json = {"a": [1, 2.5, True, None, "é", {"b": []}]}
    [dumped] = body_adapter.dump_python(
        read({"type": "structured", "schema": "s", "data": data, "fallback": FALLBACK})
    )
    assert dumped["data"] == data
    assert dumped["schema"] == "s"


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_schema_is_discriminated_and_described(mode: str) -> None:
    adapter = block_adapter if mode == "serialization" else body_adapter
    schema = adapter.json_schema(
        mode="serialization" if mode == "serialization" else "validation"
    )
    definitions = schema["$defs"]
    assert definitions["StoredBlock"]["discriminator"]["propertyName"] == "type"
    assert set(TYPES) == set(definitions["StoredBlock"]["discriminator"]["mapping"])


def test_every_field_of_every_block_is_described() -> None:
    found: set[type[Piece]] = {type(piece) for piece in pieces(read(*SAMPLES))}
    assert len(found) > 35
    found |= {AdSlot, Restricted, Truncated, Element}
    for kind in found:
        undescribed = [n for n, f in kind.model_fields.items() if not f.description]
        assert set(undescribed) <= {"type"}, kind


def test_what_is_read_is_required_in_the_schema_of_answers() -> None:
    schema = block_adapter.json_schema(mode="serialization")
    for definition in schema["$defs"].values():
        if definition.get("type") == "object" and "properties" in definition:
            assert set(definition.get("required", [])) == set(definition["properties"])
