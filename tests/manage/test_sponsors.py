"""Sponsors: readers are told of them on what they pay for, and nowhere else."""

from typing import Any

from starlette.testclient import TestClient

from app.kit.db import Database
from app.publishing import refreshing
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import START
from tests.newsroom import Newsroom, if_match

SITE = Site(
    url="https://www.courier.example",
    name="The Courier",
    api_url="https://api.courier.example",
)

LOGO = {
    "url": "https://images.courier.example/logo.png",
    "width": 560,
    "height": 160,
}


def sponsor(newsroom: Newsroom, **more: object) -> dict[str, Any]:
    content = {"name": "Halyard Bank", "type": "sponsored", **more}
    return newsroom.send("POST", "/sponsors", json=content)


def test_a_sponsor_s_key_is_made_from_its_name(newsroom: Newsroom) -> None:
    made = sponsor(newsroom, logo={"light": LOGO})

    read = newsroom.send("GET", "/sponsors/halyard-bank")

    assert read == made
    assert read["logo"] == {"light": LOGO, "dark": None}
    assert (read["valid_from"], read["editions"]) == (None, [])


def test_a_taken_key_is_refused_and_a_derived_one_numbered(newsroom: Newsroom) -> None:
    sponsor(newsroom)

    assert sponsor(newsroom)["key"] == "halyard-bank-2"
    refused = newsroom.request(
        "POST",
        "/sponsors",
        json={"name": "Other", "type": "supported", "key": "halyard-bank"},
    )
    assert refused.status_code == 409


def test_a_published_story_names_its_sponsor(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = sponsor(newsroom, link="https://www.halyard.example/", logo={"dark": LOGO})
    article = newsroom.published(sponsor="halyard-bank")

    shown = client.get(f"/v1/articles/{article['id']}").json()["sponsorship"]

    assert shown == {
        "id": made["id"],
        "key": "halyard-bank",
        "name": "Halyard Bank",
        "type": "sponsored",
        "link": "https://www.halyard.example/",
        "about_link": None,
        "logo": {"light": None, "dark": LOGO},
        "is_exclusive": False,
    }


def test_a_renamed_sponsor_is_renamed_on_its_stories(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    made = sponsor(newsroom)
    article = newsroom.published(sponsor=made["id"])
    newsroom.patch("sponsors", made, name="Halyard Savings Bank")
    desk = Desk(now=START, by="the background", site=SITE)

    refreshing.run_pending(database, lambda: desk, pause=lambda _seconds: None)

    shown = client.get(f"/v1/articles/{article['id']}").json()["sponsorship"]
    assert (shown["name"], shown["key"]) == ("Halyard Savings Bank", "halyard-bank")


def test_an_agreement_begins_before_it_ends(newsroom: Newsroom) -> None:
    made = sponsor(newsroom, valid_to="2026-12-01T00:00:00Z")

    refused = newsroom.request(
        "PATCH",
        f"/sponsors/{made['id']}",
        json={"valid_from": "2027-01-01T00:00:00Z"},
        headers=if_match(made),
    )

    assert refused.status_code == 422
    assert "valid_from has to be before" in refused.json()["errors"][0]["detail"]


def test_one_logo_is_taken_away_and_the_other_stays(newsroom: Newsroom) -> None:
    made = sponsor(newsroom, logo={"light": LOGO, "dark": LOGO})

    changed = newsroom.patch("sponsors", made, logo={"dark": None})

    assert changed["logo"] == {"light": LOGO, "dark": None}
    assert changed["version"] == 2


def test_a_sponsor_in_use_is_not_deleted(newsroom: Newsroom) -> None:
    made = sponsor(newsroom)
    draft = newsroom.draft(sponsor=made["id"])

    refused = newsroom.request(
        "DELETE", f"/sponsors/{made['id']}", headers=if_match(made)
    )

    assert refused.status_code == 409
    assert draft["slug"] in refused.json()["errors"][0]["detail"]


def test_a_sponsor_that_nothing_names_is_deleted(newsroom: Newsroom) -> None:
    made = sponsor(newsroom)

    newsroom.send("DELETE", f"/sponsors/{made['id']}", headers=if_match(made))

    assert newsroom.request("GET", f"/sponsors/{made['id']}").status_code == 404
