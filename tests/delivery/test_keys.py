"""Names of what answers depend on, within what caches and proxies take."""

from app.delivery.store import keys
from app.kit.ids import new_id


def test_many_resources_are_named_by_their_kinds_lists_and_paths_are_not() -> None:
    few = [f"article:{number}" for number in range(3)]
    others = ["articles:section:7", "path:abc", "sections"]

    assert keys.bounded([*few, *others, "author:1"], limit=7) == sorted(
        [*few, *others, "author:1"]
    )
    assert keys.bounded([*few, *others, "author:1"], limit=6) == sorted(
        ["articles", "authors", *others]
    )


def test_a_long_key_makes_a_group_that_every_cache_takes() -> None:
    one, other = keys.resource("ad_policy", new_id()), keys.resource("author", new_id())
    listing = keys.listing("section", str(new_id()))

    groups = {keys.group(key) for key in (one, other, listing)}

    assert len(groups) == 3
    assert all(len(group) <= keys.GROUP_CHARACTERS for group in groups)
    assert keys.group("articles") == "articles"
    assert keys.group(one).startswith("ad_policy:")
