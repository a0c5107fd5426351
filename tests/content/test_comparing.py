"""What differs between two contents is named once, and nothing else is."""

from hypothesis import given
from hypothesis import strategies as st

from app.content.comparing import BlockChange, compare_blocks, compare_fields

Body = list[dict[str, str]]


def body(text: str) -> Body:
    """A block for each letter: its id is the letter, its words are its case."""
    return [
        {"id": letter.lower(), "type": "paragraph", "html": letter} for letter in text
    ]


def told(before: str, after: str) -> list[tuple[str, str, int | None, int | None]]:
    changes = compare_blocks(body(before), body(after))
    return [(each.id, each.change, each.from_index, each.to_index) for each in changes]


def test_two_equal_bodies_differ_in_nothing() -> None:
    assert told("abc", "abc") == []


def test_a_new_block_moves_no_other() -> None:
    assert told("abc", "axbc") == [("x", "added", None, 1)]


def test_a_removed_block_moves_no_other() -> None:
    assert told("abc", "ac") == [("b", "removed", 1, None)]


def test_a_block_that_says_something_else_is_changed() -> None:
    (change,) = compare_blocks(body("abc"), body("aBc"))

    assert (change.id, change.change, change.is_moved) == ("b", "changed", False)
    assert change.before is not None
    assert change.after is not None
    assert (change.before["html"], change.after["html"]) == ("b", "B")


def test_a_block_taken_to_the_front_is_the_only_one_that_moved() -> None:
    assert told("abcd", "dabc") == [("d", "moved", 3, 0)]


def test_a_block_can_be_moved_and_changed_at_once() -> None:
    (change,) = compare_blocks(body("abcd"), body("Dabc"))

    assert (change.id, change.change, change.is_moved) == ("d", "changed", True)


def test_what_stands_in_a_block_is_a_part_of_it() -> None:
    def box(words: str) -> dict[str, object]:
        inner = {"id": "in", "type": "paragraph", "html": words}
        return {"id": "box", "type": "box", "blocks": [inner]}

    (change,) = compare_blocks([box("Shut")], [box("Open")])  # type: ignore[list-item]

    assert (change.id, change.change) == ("box", "changed")


def test_fields_that_differ_are_named_with_both_values() -> None:
    before = {"headline": "Shut", "kicker": None, "tags": ["a"]}
    after = {"headline": "Open", "kicker": None, "tags": ["a"], "byline": "Ada"}

    changes = compare_fields(before, after)  # type: ignore[arg-type]

    assert [(each.name, each.before, each.after) for each in changes] == [
        ("headline", "Shut", "Open"),
        ("byline", None, "Ada"),
    ]


bodies = st.lists(st.sampled_from("abcdeABCDE"), unique_by=str.lower).map("".join)


@given(bodies, bodies)
def test_the_changes_lead_from_one_body_to_the_other(before: str, after: str) -> None:
    changes = compare_blocks(body(before), body(after))

    assert applied(body(before), changes) == body(after)
    assert len({each.id for each in changes}) == len(changes)


def applied(blocks: Body, changes: list[BlockChange]) -> Body:
    """Take out what left its place, then put in what came, from the front on."""
    gone = {each.id for each in changes if each.after is None or each.is_moved}
    left = [block for block in blocks if block["id"] not in gone]
    for each in changes:
        if each.change == "changed" and not each.is_moved:
            place = [block["id"] for block in left].index(each.id)
            left[place] = each.after  # type: ignore[assignment]
    for each in changes:
        if each.to_index is not None and (each.before is None or each.is_moved):
            left.insert(each.to_index, each.after)  # type: ignore[arg-type]
    return left
