"""Places at intervals: between the posts of a liveblog, the pictures of a gallery."""

from app.content.placement.gaps import heights
from app.content.placement.gaps.places import Place, Refusal
from app.content.placement.gaps.stops import Body, takes_ads
from app.content.placement.rules import (
    GalleryRules,
    LiveblogRules,
    PlatformClass,
)


def between_posts(
    body: Body, rules: LiveblogRules, platform_class: PlatformClass
) -> list[Place]:
    """Judge the gap after each post: after the first, then by height, never the last.

    What stands before the first post, such as a summary, counts for nothing.
    """
    gap = rules.gap_px_compact if platform_class == "compact" else rules.gap_px
    posts = [index for index, block in enumerate(body) if block["type"] == "live_post"]
    places: list[Place] = []
    taken = pixels = 0
    for number, index in enumerate(posts):
        pixels += heights.of_post(body[index], platform_class)
        refused: Refusal | None = None
        if number == len(posts) - 1:
            refused = "near_the_end"
        elif taken >= rules.max_slots:
            refused = "cap_reached"
        elif not all(map(takes_ads, body[index : index + 2])):
            refused = "beside_no_ads"
        elif taken and pixels < gap:
            refused = "too_close"
        else:
            taken, pixels = taken + 1, 0
        places.append(_after(body, index, refused))
    return places


def between_pictures(body: Body, rules: GalleryRules) -> list[Place]:
    """Judge the gap after each picture of each gallery, but the last: every so many."""
    return [
        Place(
            index=index,
            after_block=str(block["id"]),
            before_block=None,
            after_item=number,
            refused=None if number % rules.every == 0 else "too_close",
        )
        for index, block in enumerate(body)
        if block["type"] == "gallery" and takes_ads(block)
        for number in range(1, _pictures(block["items"]))
    ]


def _pictures(items: object) -> int:
    return len(items) if isinstance(items, list) else 0


def _after(body: Body, index: int, refused: Refusal | None) -> Place:
    following = str(body[index + 1]["id"]) if index + 1 < len(body) else None
    return Place(
        index=index + 1,
        after_block=str(body[index]["id"]),
        before_block=following,
        refused=refused,
    )
