"""Media: facts about pictures, shown with the stories that have them."""

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from app.kit.patches import checked
from app.newsroom.media import editing
from app.newsroom.media.editing import MediaExists
from app.newsroom.media.schemas import MediaCreate
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

RENDITION = {
    "name": "card",
    "url": "https://images.courier.example/quay-600.jpg",
    "width": 600,
    "height": 400,
    "mime_type": "image/jpeg",
}


def test_a_saved_asset_is_read_back_as_it_was_written(newsroom: Newsroom) -> None:
    made = newsroom.media(
        focal_point={"x": 0.25, "y": 1},
        renditions=[RENDITION],
        rights={"copyright_holder": "Northlight", "syndicate": False},
        ads=False,
        duration=12.5,
    )

    read = newsroom.send("GET", f"/media/{made['id']}")

    assert read == made
    assert read["focal_point"] == {"x": 0.25, "y": 1.0}
    assert read["renditions"] == [RENDITION]
    assert read["rights"]["copyright_holder"] == "Northlight"
    assert (read["ads"], read["duration"], read["is_listed"]) == (False, 12.5, False)


def test_readers_do_not_see_an_asset_that_no_released_story_shows(
    newsroom: Newsroom, client: TestClient
) -> None:
    asset = newsroom.media()
    newsroom.draft(lead_media=asset["id"])

    assert client.get(f"/v1/media/{asset['id']}").status_code == 404


def test_publishing_a_story_makes_its_picture_public(
    newsroom: Newsroom, client: TestClient
) -> None:
    asset = newsroom.media(credit="Sven Abara", renditions=[RENDITION])
    newsroom.published(lead_media=asset["id"])

    shown = client.get(f"/v1/media/{asset['id']}").json()

    assert shown == {
        "id": asset["id"],
        "kind": "image",
        "url": asset["url"],
        "width": 2400,
        "height": 1600,
        "alt": asset["alt"],
        "caption": "",
        "credit": "Sven Abara",
        "focal_point": None,
        "renditions": [RENDITION],
        "mime_type": None,
        "duration": None,
        "rights": {
            "copyright_holder": None,
            "copyright_notice": None,
            "usage_terms": None,
            "syndicate": True,
        },
        "ads": True,
    }


def test_a_listed_asset_is_public_by_itself(
    newsroom: Newsroom, client: TestClient
) -> None:
    asset = newsroom.media(listed=True)

    assert client.get(f"/v1/media/{asset['id']}").status_code == 200


def test_a_corrected_credit_is_public_at_once(
    newsroom: Newsroom, client: TestClient
) -> None:
    asset = newsroom.media(listed=True, credit="Sven Abara")

    newsroom.patch("media", asset, credit="Sanna Abara")

    assert client.get(f"/v1/media/{asset['id']}").json()["credit"] == "Sanna Abara"


def test_a_changed_portrait_changes_the_author_s_profile(
    newsroom: Newsroom, client: TestClient
) -> None:
    portrait = newsroom.media("ada", alt="A woman")
    author = newsroom.author(portrait=portrait["id"], listed=True)

    newsroom.patch("media", portrait, alt="Ada Reed at her desk")

    profile = client.get(f"/v1/authors/{author['slug']}").json()
    assert profile["portrait"]["alt"] == "Ada Reed at her desk"


def test_a_story_shows_the_corrected_credit_after_its_refresh(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    asset = newsroom.media(credit="Sven Abara")
    article = newsroom.published(lead_media=asset["id"])
    newsroom.patch("media", asset, credit="Sanna Abara")

    _refresh(database)

    shown = client.get(f"/v1/articles/{article['id']}").json()
    assert shown["lead_media"]["credit"] == "Sanna Abara"


def test_a_byline_shows_the_changed_portrait_after_its_refresh(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    portrait = newsroom.media("ada", alt="A woman")
    newsroom.author(portrait=portrait["id"])
    article = newsroom.published(authors=["ada-reed"])
    newsroom.patch("media", portrait, alt="Ada Reed at her desk")

    _refresh(database)

    [author] = client.get(f"/v1/articles/{article['id']}").json()["authors"]
    assert author["portrait"]["alt"] == "Ada Reed at her desk"


def test_a_patch_takes_away_what_it_says_is_null(newsroom: Newsroom) -> None:
    asset = newsroom.media(focal_point={"x": 0.5, "y": 0.5}, renditions=[RENDITION])

    changed = newsroom.patch("media", asset, focal_point=None)

    assert changed["focal_point"] is None
    assert changed["renditions"] == [RENDITION]


def test_one_url_is_one_asset(newsroom: Newsroom) -> None:
    first = newsroom.media("quay")
    other = newsroom.media("crane")
    again = {"kind": "image", "url": first["url"]}

    made = newsroom.request("POST", "/media", json=again)
    moved = newsroom.request(
        "PATCH",
        f"/media/{other['id']}",
        json={"url": first["url"]},
        headers=if_match(other),
    )

    for response in (made, moved):
        assert response.status_code == 409
        assert response.json()["type"].endswith("/docs/problems/media-exists")
        assert response.json()["media_id"] == first["id"]


def test_a_focal_point_lies_within_the_picture(newsroom: Newsroom) -> None:
    asset = newsroom.media()

    refused = newsroom.request(
        "PATCH",
        f"/media/{asset['id']}",
        json={"focal_point": {"x": 1.01, "y": 0}},
        headers=if_match(asset),
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/focal_point/x"


def test_an_asset_in_use_is_not_deleted(newsroom: Newsroom) -> None:
    asset = newsroom.media()
    draft = newsroom.draft(lead_media=asset["id"])

    refused = newsroom.request(
        "DELETE", f"/media/{asset['id']}", headers=if_match(asset)
    )

    assert refused.status_code == 409
    assert [fault["detail"] for fault in refused.json()["errors"]] == [
        f"article {draft['id']}: {draft['slug']}"
    ]


def test_a_portrait_is_not_deleted(newsroom: Newsroom) -> None:
    portrait = newsroom.media("ada")
    newsroom.author(portrait=portrait["id"])

    refused = newsroom.request(
        "DELETE", f"/media/{portrait['id']}", headers=if_match(portrait)
    )

    assert refused.status_code == 409
    assert refused.json()["errors"][0]["detail"] == "author ada-reed"


def test_a_deleted_asset_is_gone_for_readers(
    newsroom: Newsroom, client: TestClient
) -> None:
    asset = newsroom.media(listed=True)

    newsroom.send("DELETE", f"/media/{asset['id']}", headers=if_match(asset))

    assert client.get(f"/v1/media/{asset['id']}").status_code == 410
    assert newsroom.request("GET", f"/media/{asset['id']}").status_code == 404


def _refresh(database: Database) -> None:
    desk = Desk(now=START, by="the background", site=SITE)
    refreshing.run_pending(database, lambda: desk, pause=lambda _seconds: None)


def test_an_id_that_is_brought_along_is_given_to_one_asset(database: Database) -> None:
    brought = uuid4()
    data = [
        checked(MediaCreate, {"kind": "image", "url": f"https://x.example/{n}.jpg"})
        for n in range(2)
    ]
    with database.write() as session:
        editing.create(session, data[0], now=START, media_id=brought)

    with pytest.raises(MediaExists) as refused, database.write() as session:
        editing.create(session, data[1], now=START, media_id=brought)

    assert refused.value.extra == {"media_id": str(brought)}
