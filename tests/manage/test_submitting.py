"""Handing a draft in: editors find it, readers do not."""

from tests.newsroom import Newsroom


def test_handing_in_leaves_the_content_and_raises_the_version(
    newsroom: Newsroom,
) -> None:
    draft = newsroom.draft()

    handed_in = newsroom.verb(draft, "submit")

    assert handed_in["state"] == "in_review"
    assert (handed_in["version"], handed_in["revision"]) == (2, 1)
    assert newsroom.client.get(f"/v1/articles/{draft['slug']}").status_code == 404
    listed = newsroom.send("GET", "/articles", params={"state": "in_review"})
    assert [each["id"] for each in listed["data"]] == [draft["id"]]
