"""Advertisements between the containers of a front."""

from itertools import pairwise
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.content.placement.gaps.fronts import between_containers
from app.content.placement.rules import FrontRules, PlatformClass
from tests.delivery.fronts import put, shown
from tests.newsroom import SLOT_SIZES, Newsroom


def test_slots_stand_between_containers(desk: Newsroom, client: TestClient) -> None:
    slot = {
        "key": "gap",
        "name": "gap",
        "position": "between_containers",
        "page_types": ["front"],
        "sizes": SLOT_SIZES,
        "repeatable": True,
        "max_instances": 3,
    }
    desk.send("POST", "/ad-slots", json=slot)
    containers = [
        {"key": f"c{number}", "places": 1, "fill": {}} for number in range(1, 7)
    ]
    put(desk, *containers)

    ads = shown(client, include="ads")["ads"]

    assert [
        (each["instance"], each["after_block"], each["before_block"], each["index"])
        for each in ads["placements"]
    ] == [
        ("gap-1", "c1", "c2", 1),
        ("gap-2", "c3", "c4", 3),
        ("gap-3", "c5", "c6", 5),
    ]
    assert ads["targeting"]["ct"] == ["front"]
    page = client.get("/v1/resolve?path=/&include=resource,ads").json()
    assert page["ads"] == ads
    assert "ads" not in shown(client)


ROLES = ["standard", "promo", "most_read", "merchandising"]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    said=st.lists(
        st.tuples(
            st.sampled_from(ROLES),
            st.sampled_from(["primary", "secondary"]),
            st.booleans(),
        ),
        max_size=40,
    ),
    screens=st.sampled_from(get_args(PlatformClass)),
    every=st.integers(1, 4),
)
def test_the_rules_between_containers_are_never_broken(
    said: list[tuple[str, str, bool]], screens: PlatformClass, every: int
) -> None:
    containers: list[Any] = [
        {"id": f"c{n}", "role": role, "level": level, "is_branded": branded}
        for n, (role, level, branded) in enumerate(said)
    ]
    rules = FrontRules(every=every)
    places = between_containers(containers, rules, screens)

    taken = [place.index for place in places if place.refused is None]
    two_levels = any(level == "secondary" for _, level, _ in said)
    assert len(places) == max(len(containers) - 1, 0)
    assert len(taken) <= (10 if screens == "compact" else 8)
    assert all(later - earlier >= every for earlier, later in pairwise(taken))
    for index in taken:
        before, after = said[index - 1], said[index]
        assert before[0] not in ("most_read", "merchandising")
        assert after[0] not in ("promo", "merchandising")
        assert not (index == 1 and before[0] == "promo")
        assert not (two_levels and after[2])
