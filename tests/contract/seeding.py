"""Three of everything, public and named by each other."""

from tests.newsroom import SLOT_SIZES, Newsroom, paragraph
from tests.pictures.drawing import picture

COUNT = 3


def newspaper(newsroom: Newsroom) -> dict[str, str]:
    """Write a small newspaper; answer what its things are called in paths."""
    for number in range(1, COUNT + 1):
        _lay_in(newsroom, number)
    media = [newsroom.media(f"quay-{n}", listed=True) for n in range(1, COUNT + 1)]
    upload = newsroom.upload(picture(), listed=True)
    for number in range(1, COUNT + 1):
        draft = newsroom.draft(
            f"Story {number}",
            section="section-1",
            authors=["author-1"],
            tags=["tag-1", "tag-2", "tag-3"],
            lead_media=media[0]["id"],
            body=[paragraph(f"The ferry came back {number} times.")],
        )
        newsroom.publish(newsroom.edit(newsroom.publish(draft), kicker="Harbour"))
    newsroom.draft("Not yet", section="section-1")
    for number in range(1, COUNT + 1):
        draft = newsroom.draft(f"Embargoed {number}", section="section-1")
        newsroom.embargo(draft, until=f"2099-01-0{number}T05:00:00Z")
    for file in ("ads", "app-ads"):
        newsroom.send("PUT", f"/ads-txt/{file}", json={"records": []})
    first = newsroom.send("GET", "/articles/story-1")
    previews = [newsroom.preview(first) for _ in range(COUNT)]
    return {
        "article": "story-1",
        "number": "1",
        "embargoed": "embargoed-1",
        "author": "author-1",
        "section": "section-1",
        "tag": "tag-1",
        "media": media[0]["id"],
        "asset": media[0]["id"],
        "picture": upload["id"],
        "file": upload["url"].rpartition("/")[2],
        "name": "thumb",
        "token": previews[0]["token"],
        "slot": "slot-1",
        "policy": "policy-1",
        "menu": "menu-1",
        "front": "section-1",
        "sellers": "ads",
        "channel": "section-1",
        "month": first["published_at"][:7],
        "sponsor": "sponsor-1",
    }


def keys(admin: Newsroom) -> dict[str, str]:
    """Make keys; answer what the first is called in paths."""
    wire = {"name": "Wire", "role": "partner"}
    made = [admin.send("POST", "/keys", json=wire) for _ in range(COUNT)]
    return {"key": str(made[0]["id"])}


def _lay_in(newsroom: Newsroom, number: int) -> None:
    newsroom.section(f"Section {number}")
    newsroom.author(f"Author {number}", listed=True)
    newsroom.tag(f"Tag {number}")
    for path, content in (
        ("/sponsors", {"name": f"Sponsor {number}", "type": "sponsored"}),
        ("/ad-slots", slot(f"slot-{number}")),
        ("/ad-policies", {"key": f"policy-{number}", "name": f"Policy {number}"}),
    ):
        newsroom.send("POST", path, json=content)
    items = [{"label": "Home", "url": "https://www.courier.example/"}]
    newsroom.send("PUT", f"/menus/menu-{number}", json={"items": items})
    containers = [{"key": "top", "title": "Top", "fill": {"tags": ["tag-1"]}}]
    front = f"/fronts/section-{number}"
    newsroom.send("PUT", front, json={"containers": containers})


def slot(key: str) -> dict[str, object]:
    """A slot at the end of articles."""
    return {
        "key": key,
        "name": f"The slot {key}",
        "position": "article_end",
        "page_types": ["article"],
        "sizes": SLOT_SIZES,
    }
