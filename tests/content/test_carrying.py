"""A change of one body is carried over to another: block by block, and no more."""

from hypothesis import given
from hypothesis import strategies as st

from app.content.blocks.containers import StoredBlock
from app.content.carrying import carried_over
from tests.content.bodies import one


def paragraph(block_id: str, words: str) -> StoredBlock:
    return one(type="paragraph", id=block_id, html=words)


def body(letters: str) -> list[StoredBlock]:
    """A block for each letter: its id in small letters, its words as they are."""
    return [paragraph(each.lower(), each) for each in letters]


def carried(before: str, after: str, other: str) -> str:
    made = carried_over(body(before), body(after), body(other))
    return "".join(block.model_dump()["text"] for block in made)


def test_a_body_that_was_left_alone_becomes_what_the_first_became() -> None:
    assert carried("abc", "cBd", "abc") == "cBd"


def test_a_changed_block_is_changed_and_those_around_it_stay() -> None:
    assert carried("abc", "aBc", "abCx") == "aBCx"


def test_what_both_have_changed_is_as_the_change_has_it() -> None:
    corrected, own = [paragraph("a", "corrected")], [paragraph("a", "own")]

    assert carried_over(body("a"), corrected, own) == corrected


def test_a_new_block_stands_behind_the_one_it_stands_behind_there() -> None:
    assert carried("abc", "abxyc", "qabrc") == "qabxyrc"
    assert carried("abc", "xabc", "qabc") == "xqabc"


def test_what_the_change_takes_out_goes_and_what_the_other_took_out_stays_out() -> None:
    assert carried("abc", "ab", "aCbq") == "abq"
    assert carried("abc", "abC", "ab") == "ab"


bodies = st.lists(st.sampled_from("abcdeABCDE"), unique_by=str.lower).map("".join)


@given(bodies, bodies, bodies)
def test_no_block_is_there_twice_and_none_comes_from_nowhere(
    before: str, after: str, other: str
) -> None:
    made = carried(before, after, other)

    assert len({each.lower() for each in made}) == len(made)
    assert set(made) <= set(after) | set(other)
    assert carried(before, after, before) == after
    assert carried(before, before, other) == other
