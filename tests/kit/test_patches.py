"""Merge patches do what RFC 7396 says, on all examples of its appendix A."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.patches import merge

# RFC 7396, appendix A: original, patch, result.
APPENDIX = [
    ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
    ('{"a":"b"}', '{"a":null}', "{}"),
    ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
    ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
    ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
    ('["a","b"]', '["c","d"]', '["c","d"]'),
    ('{"a":"b"}', '["c"]', '["c"]'),
    ('{"a":"foo"}', "null", "null"),
    ('{"a":"foo"}', '"bar"', '"bar"'),
    ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
    ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
    ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=10,
)


@pytest.mark.parametrize(("original", "patch", "result"), APPENDIX)
def test_an_example_of_the_standard(original: str, patch: str, result: str) -> None:
    assert merge(json.loads(original), json.loads(patch)) == json.loads(result)


@given(JSON, JSON)
def test_a_patch_changes_neither_itself_nor_its_target(
    target: object, patch: object
) -> None:
    before = copy.deepcopy((target, patch))

    merge(target, patch)

    assert (target, patch) == before


@given(JSON, JSON)
def test_a_patch_applied_twice_is_applied_once(target: object, patch: object) -> None:
    once = merge(target, patch)

    assert merge(once, patch) == once
