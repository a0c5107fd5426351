"""If-Match: 428 without it, 412 when somebody was faster, and nothing is lost."""

import pytest

from tests.newsroom import Newsroom


def test_a_change_without_a_version_is_not_made(newsroom: Newsroom) -> None:
    tag = newsroom.tag("Trade")

    refused = newsroom.request("PATCH", f"/tags/{tag['id']}", json={"name": "Tariffs"})

    assert refused.status_code == 428
    assert newsroom.send("GET", f"/tags/{tag['id']}")["name"] == "Trade"


def test_a_change_from_an_old_version_is_told_the_current_one(
    newsroom: Newsroom,
) -> None:
    tag = newsroom.tag("Trade")
    newsroom.patch("tags", tag, name="Tariffs")

    refused = newsroom.request(
        "PATCH",
        f"/tags/{tag['id']}",
        json={"name": "Customs"},
        headers={"If-Match": '"v1"'},
    )

    assert refused.status_code == 412
    assert refused.headers["etag"] == '"v2"'
    assert refused.json()["current_version"] == 2
    assert newsroom.send("GET", f"/tags/{tag['id']}")["name"] == "Tariffs"


@pytest.mark.parametrize(
    "header", ['"v1"', 'W/"v1"', "*", '"v7", "v1"', ' "v1" ', '"other", "v1"']
)
def test_a_change_from_the_current_version_is_made(
    newsroom: Newsroom, header: str
) -> None:
    tag = newsroom.tag("Trade")

    changed = newsroom.request(
        "PATCH",
        f"/tags/{tag['id']}",
        json={"name": "Tariffs"},
        headers={"If-Match": header},
    )

    assert changed.status_code == 200
    assert changed.headers["etag"] == '"v2"'


@pytest.mark.parametrize("header", ['"v2"', '"other"', '"v2", "v3"', '""'])
def test_a_tag_that_is_not_the_current_one_does_not_match(
    newsroom: Newsroom, header: str
) -> None:
    tag = newsroom.tag("Trade")

    refused = newsroom.request(
        "DELETE", f"/tags/{tag['id']}", headers={"If-Match": header}
    )

    assert refused.status_code == 412


@pytest.mark.parametrize("header", ["", "v1", "1", ",".join(['"v1"'] * 21)])
def test_what_is_no_list_of_entity_tags_is_malformed(
    newsroom: Newsroom, header: str
) -> None:
    tag = newsroom.tag("Trade")

    refused = newsroom.request(
        "DELETE", f"/tags/{tag['id']}", headers={"If-Match": header}
    )

    assert refused.status_code == 400


def test_withdrawing_needs_no_version_but_heeds_one(newsroom: Newsroom) -> None:
    first, second = newsroom.published("Ferry returns"), newsroom.published("Ice melts")

    without = newsroom.request("POST", f"/articles/{first['id']}/withdraw", json={})
    stale = newsroom.request(
        "POST",
        f"/articles/{second['id']}/withdraw",
        json={},
        headers={"If-Match": '"v1"'},
    )

    assert (without.status_code, stale.status_code) == (200, 412)
