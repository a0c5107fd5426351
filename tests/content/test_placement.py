"""Placement: the golden vectors, and what holds of every body whatever."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from app.content.body import body_adapter
from app.content.counting import word_count
from app.content.placement import targeting
from app.content.placement.gaps import intervals
from app.content.placement.gaps.places import Place, Walk
from app.content.placement.gaps.stops import Body, stops, words
from app.content.placement.placing import Placement, place
from app.content.placement.policies import BUILT_IN, Policy
from app.content.placement.rules import GalleryRules, LiveblogRules, PlacementRules
from app.content.placement.slots import Slot
from app.content.placement.stories import Story
from tests.content.bodies import SAMPLES

KINDS = {
    "p": ("paragraph", 45),
    "s": ("paragraph", 20),
    "h": ("heading", 6),
    "i": ("image", 0),
    "t": ("image", 0),
    "e": ("embed", 0),
    "q": ("pullquote", 12),
}
RULES = PlacementRules()
NEUTRAL = {"level": "none", "ads": "allow"}


def body(letters: str) -> Body:
    """Write a body, block by block, with the ids b1, b2 and so on."""
    return [
        {
            "id": f"b{number}",
            "type": KINDS[letter][0],
            "role": "thumbnail" if letter == "t" else "full",
            "text": " ".join(["word"] * KINDS[letter][1]),
            "ads": True,
        }
        for number, letter in enumerate(letters, start=1)
    ]


def story(blocks: Body, **more: object) -> Story:
    """Make an article with this body."""
    content = {
        "type": "article",
        "genre": "news",
        "access": "free",
        "tags": [],
        "sensitivity": NEUTRAL,
        "sponsorship": None,
        "body": list(blocks),
        **more,
    }
    return Story(content, frozenset({"sport"}))  # type: ignore[arg-type]


def slot(key: str = "inline", **more: object) -> Slot:
    """Make an entry of the catalogue."""
    entry = {
        "key": key,
        "kind": "display",
        "position": "in_article",
        "priority": 0,
        "repeatable": True,
        "max_instances": 30,
        "page_types": ["article", "liveblog", "gallery"],
        "platforms": ["web"],
        "is_active": True,
        "include": {},
        "exclude": {},
        "consent": None,
        "fallback_slot": None,
        **more,
    }
    return Slot(entry)  # type: ignore[arg-type]


def placed(blocks: Body, *slots: Slot, **more: object) -> Placement:
    """Place slots in an article by the built-in policy."""
    return place(story(blocks, **more), [], slots or [slot()], "web")


def before(placement: Placement) -> list[str | None]:
    """Name the blocks that slots stand before."""
    return [one.place.before_block for one in placement.placed]


def refusals(placement: Placement) -> dict[str | None, str | None]:
    """Name the rule that refused each place."""
    return {each.before_block: each.refused for each in placement.judged}


@pytest.mark.parametrize(
    ("letters", "total", "expected", "refused"),
    [
        ("p" * 20, 900, ["b4", "b10", "b16"], {}),
        (
            "ppphppppphpppp",
            552,
            ["b4", "b12"],
            {"b11": "never_after", "b13": "cap_reached"},
        ),
        (
            "pppepqpppppppp",
            540,
            ["b8"],
            {"b5": "never_after", "b7": "never_after", "b14": "near_the_end"},
        ),
        ("s" * 30, 600, ["b6", "b16", "b26"], {}),
    ],
)
def test_the_golden_vectors(
    letters: str, total: int, expected: list[str], refused: dict[str, str]
) -> None:
    blocks = body(letters)
    placement = placed(blocks)
    assert sum(stop.words for stop in stops(blocks)) == total
    assert before(placement) == expected
    assert refused.items() <= refusals(placement).items()
    assert placement.reasons == []


@given(st.lists(st.sampled_from("ppppsshitteq"), max_size=80), st.data())
def test_no_body_breaks_a_rule(letters: list[str], data: st.DataObject) -> None:
    blocks = body("".join(letters))
    for block in blocks:
        block["ads"] = data.draw(st.integers(0, 9)) > 0
    walked = stops(blocks)
    judged = Walk(walked, RULES).judged()
    taken = [each for each in judged if each.refused is None]

    assert judged == Walk(walked, RULES).judged()
    assert len(judged) == max(0, len(blocks) - 1)
    total = sum(stop.words for stop in walked)
    assert len(taken) <= min(RULES.max_slots, total // 200)
    for each in taken:
        ahead, behind = walked[each.index - 1], walked[each.index]
        assert behind.type in RULES.candidates
        assert ahead.type not in RULES.never_after
        assert not ahead.is_small_image
        assert ahead.takes_ads
        assert behind.takes_ads
        assert total - each.words_before >= RULES.tail_words
    for earlier, later in zip([None, *taken], taken, strict=False):
        _is_far_enough(earlier, later)


def _is_far_enough(earlier: Place | None, later: Place) -> None:
    if earlier is None:
        assert later.units_before >= RULES.first_after_units
        assert later.words_before >= RULES.first_after_words
        return
    units = later.units_before - earlier.units_before
    apart = later.words_before - earlier.words_before
    assert apart >= 350 or (apart >= 200 and units >= 6)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: str(each["type"]))
def test_words_are_counted_as_everywhere_else(sample: dict[str, object]) -> None:
    blocks = body_adapter.validate_python([sample])
    [dumped] = body_adapter.dump_python(blocks, mode="json")
    assert words(dumped) == word_count(blocks)


def test_slots_take_places_by_priority_and_then_by_key() -> None:
    placement = placed(
        body("p" * 40),
        slot("zulu", priority=9, repeatable=False, max_instances=1),
        slot("beta", max_instances=2),
        slot("alpha", repeatable=False, max_instances=1),
    )
    instances = [one.instance for one in placement.placed]
    assert instances == ["zulu", "alpha", "beta-1", "beta-2"]
    assert "no_slot" in refusals(placement).values()


@pytest.mark.parametrize(
    ("more", "is_carried"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"platforms": ["app_ios"]}, False),
        ({"page_types": ["section"]}, False),
        ({"include": {"sections": ["sport"]}}, True),
        ({"include": {"sections": ["world"]}}, False),
        ({"include": {"sections": ["sport"], "types": ["video"]}}, False),
        ({"exclude": {"sections": ["sport"]}}, False),
        ({"exclude": {"types": ["video"]}}, True),
        ({"include": {"tags": ["t1"]}}, True),
        ({"exclude": {"tags": ["t1", "t2"]}}, False),
    ],
)
def test_a_slot_is_for_some_stories(
    more: dict[str, object], *, is_carried: bool
) -> None:
    tags = [{"id": "t1", "slug": "nato", "kind": "topic"}]
    placement = placed(body("p" * 20), slot("inline", **more), tags=tags)
    assert bool(placement.placed) is is_carried


@pytest.mark.parametrize(
    ("more", "reasons", "inside", "fixed"),
    [
        ({"sensitivity": {"level": "legal", "ads": "allow"}}, ["legal"], 0, []),
        (
            {"sensitivity": {"level": "none", "ads": "suppress"}},
            ["article_ads_off"],
            0,
            [],
        ),
        (
            {"sensitivity": {"level": "sensitive", "ads": "suppress"}},
            ["sensitive"],
            0,
            [],
        ),
        (
            {"sensitivity": {"level": "sensitive", "ads": "contextual"}},
            ["sensitive"],
            3,
            ["end", "side"],
        ),
        ({"sponsorship": {"type": "paid_content"}}, ["paid_content"], 0, ["side"]),
        ({"sponsorship": {"type": "supported"}}, [], 3, ["end", "side"]),
        (
            {"sponsorship": {"type": "supported", "is_exclusive": True}},
            ["sponsored_exclusive"],
            0,
            [],
        ),
        (
            {"sensitivity": {**NEUTRAL, "audience": "minors"}},
            ["minor_audience"],
            3,
            ["end", "side"],
        ),
        ({"genre": "recipe"}, ["format"], 0, ["end", "side"]),
        ({"type": "audio"}, ["format"], 0, ["end", "side"]),
        ({"type": "liveblog"}, [], 0, ["end", "side"]),
    ],
)
def test_what_keeps_advertisements_away(
    more: dict[str, object], reasons: list[str], inside: int, fixed: list[str]
) -> None:
    slots = (slot(), slot("side", position="rail"), slot("end", position="article_end"))
    placement = placed(body("p" * 20), *slots, **more)
    assert placement.reasons == reasons
    assert len(placement.placed) == inside
    assert [each.key for each in placement.fixed] == fixed


def test_a_short_story_keeps_its_fixed_slots() -> None:
    end = slot("end", position="article_end")
    placement = placed(body("ppp"), slot(), end)
    assert placement.reasons == ["too_short"]
    assert (placement.placed, placement.fixed) == ([], [end])
    assert set(refusals(placement).values()) == {"too_short"}


def test_the_kill_switch_is_the_first_reason() -> None:
    tiny = story(body("p"), sensitivity={"level": "legal", "ads": "suppress"})
    placement = place(tiny, [], [slot()], "web", is_on=False)
    assert placement.reasons == ["kill_switch", "legal", "sensitive", "too_short"]
    assert placement.is_suppressed


def test_an_exclusive_sponsor_stands_alone() -> None:
    logo = slot("logo", position="rail", kind="sponsor_logo")
    alone = {"type": "sponsored", "is_exclusive": True}
    placement = placed(body("p" * 20), slot(), logo, sponsorship=alone)
    assert (placement.fixed, placement.placed) == ([logo], [])
    assert "no_slot" in refusals(placement).values()
    assert not placement.is_suppressed


def test_what_goes_to_partners_carries_none() -> None:
    long = story(body("p" * 20))
    placement = place(long, [], [slot()], "web", for_partner=True)
    assert (placement.reasons, placement.placed) == (["partner_output"], [])
    assert placement.is_suppressed


@pytest.mark.parametrize(
    "delicate",
    [
        {"level": "sensitive", "ads": "contextual"},
        {"level": "none", "ads": "allow", "audience": "minors"},
    ],
)
def test_delicate_stories_take_only_what_needs_to_know_nobody(
    delicate: dict[str, str],
) -> None:
    personal = slot("who", position="rail", consent="personalised")
    replaced = slot("a", position="rail", consent="personalised", fallback_slot="b")
    plain = slot("b", position="rail", consent="contextual")
    placement = placed(body("p" * 20), personal, replaced, plain, sensitivity=delicate)
    assert [each.key for each in placement.fixed] == ["b"]


@pytest.mark.parametrize(
    ("more", "is_chosen"),
    [
        ({}, True),
        ({"page_types": frozenset({"liveblog"})}, False),
        ({"platform_class": "compact"}, False),
        ({"platform_class": "wide"}, True),
        ({"sections": frozenset({"sport", "x"})}, True),
        ({"sections": frozenset({"world"})}, False),
        ({"tags": frozenset({"t1"})}, False),
        ({"flags": frozenset({"sensitive"})}, False),
    ],
)
def test_a_policy_rules_what_it_matches(
    more: dict[str, frozenset[str]], *, is_chosen: bool
) -> None:
    policy = Policy(key="own", version=3, rules=RULES, priority=1, **more)  # type: ignore[arg-type]
    placement = place(story(body("p" * 20)), [policy], [slot()], "web")
    assert placement.policy is (policy if is_chosen else BUILT_IN)


def test_the_highest_priority_rules_and_then_the_first_key() -> None:
    names = [("b", 5), ("a", 5), ("z", 1)]
    policies = [Policy(key=k, version=1, rules=RULES, priority=p) for k, p in names]
    assert place(story(body("p")), policies, [], "web").policy.key == "a"


def _posts(count: int, characters: int) -> Body:
    text: JsonValue = {"id": "x", "type": "paragraph", "text": "x" * characters}
    return [
        {"id": f"l{number}", "type": "live_post", "blocks": [text]}
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("count", "characters", "after"),
    [
        (1, 4000, []),
        (2, 10, ["l1"]),
        (6, 4000, ["l1", "l2", "l3", "l4", "l5"]),
        (8, 1500, ["l1", "l4", "l7"]),
        (30, 4000, [f"l{n}" for n in range(1, 9)]),
    ],
)
def test_a_liveblog_is_spaced_by_what_is_seen(
    count: int, characters: int, after: Sequence[str]
) -> None:
    judged = intervals.between_posts(_posts(count, characters), LiveblogRules(), "wide")
    assert [each.after_block for each in judged if each.refused is None] == after


def test_a_compact_screen_comes_to_the_gap_sooner() -> None:
    posts, rules = _posts(20, 900), LiveblogRules()
    counts = [
        sum(each.refused is None for each in intervals.between_posts(posts, rules, c))
        for c in ("compact", "wide")
    ]
    assert counts[0] > counts[1]


@pytest.mark.parametrize(
    ("pictures", "after"), [(4, []), (5, [4]), (9, [4, 8]), (12, [4, 8])]
)
def test_every_fourth_picture_of_a_gallery(pictures: int, after: list[int]) -> None:
    blocks: Body = [{"id": "g", "type": "gallery", "items": [{}] * pictures}]
    judged = intervals.between_pictures(blocks, GalleryRules())
    assert [each.after_item for each in judged if each.refused is None] == after


def test_values_are_cleaned_for_the_ad_server() -> None:
    given = [" NATO's ", "a=b", "(x)", "<b>&", "nato's", "nato"]
    assert targeting.clean(given) == ["natos", "ab", "x", "b", "nato"]
