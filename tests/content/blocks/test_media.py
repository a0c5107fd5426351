"""What a body takes from the media library and from other articles."""

from uuid import UUID

from app.content.blocks.containers import Box
from app.content.blocks.pictures import FocalPoint, Image, Rendition
from app.content.blocks.recordings import Video
from app.content.body import body_adapter
from app.content.media import MediaFacts, fill_media, media_ids, related_ids
from tests.content.bodies import ARTICLE_ID, MEDIA_ID, PAGE, PICTURE, Json, read

OTHER_ID = "0190b0a0-0000-7000-8000-00000000000f"
FACTS = MediaFacts(
    url="https://img.example/library.jpg",
    width=800,
    height=600,
    renditions=[Rendition(url=PICTURE, width=80, height=60)],
    alt="From the library",
    caption="Its caption",
    credit="Its credit",
    focal_point=FocalPoint(x=0.5, y=0.1),
)
LIBRARY_IMAGE: Json = {"type": "image", "media_id": MEDIA_ID}


def test_media_are_named_once_in_reading_order() -> None:
    body = read(
        {"type": "video", "media_id": OTHER_ID, "poster": {"media_id": MEDIA_ID}},
        {"type": "box", "kind": "factbox", "blocks": [LIBRARY_IMAGE]},
        {"type": "image", "url": PICTURE},
    )
    assert media_ids(body) == [UUID(OTHER_ID), UUID(MEDIA_ID)]


def test_related_articles_are_named_once_in_reading_order() -> None:
    item = {"target_id": ARTICLE_ID}
    body = read(
        {"type": "group", "blocks": [{"type": "related", "target_id": OTHER_ID}]},
        {"type": "link_list", "items": [item, item, {"url": PAGE}]},
    )
    assert related_ids(body) == [UUID(OTHER_ID), UUID(ARTICLE_ID)]


def test_a_picture_is_filled_wherever_it_stands() -> None:
    body = read({"type": "box", "kind": "factbox", "blocks": [LIBRARY_IMAGE]})
    [box] = fill_media(body, {UUID(MEDIA_ID): FACTS})
    assert isinstance(box, Box)
    [image] = box.blocks
    assert isinstance(image, Image)
    assert (image.src, image.width, image.height) == (FACTS.url, 800, 600)
    assert (image.alt, image.caption) == ("From the library", "Its caption")
    assert image.focal_point == FACTS.focal_point
    assert image.renditions == FACTS.renditions


def test_the_storys_own_words_stand_before_the_librarys() -> None:
    own: Json = {**LIBRARY_IMAGE, "alt": "Mine", "focal_point": {"x": 0.0, "y": 0.0}}
    [image] = fill_media(read(own), {UUID(MEDIA_ID): FACTS})
    assert isinstance(image, Image)
    assert image.alt == "Mine"
    assert image.credit == "Its credit"
    assert image.focal_point == FocalPoint(x=0, y=0)


def test_a_recording_gets_its_file() -> None:
    body = read({"type": "video", "media_id": MEDIA_ID, "poster": {"url": PICTURE}})
    [video] = fill_media(body, {UUID(MEDIA_ID): FACTS})
    assert isinstance(video, Video)
    assert video.src == FACTS.url


def test_what_the_library_does_not_know_stays_unfilled() -> None:
    body = read(LIBRARY_IMAGE, {"type": "image", "url": PICTURE})
    assert fill_media(body, {}) == body


def test_a_filled_body_can_be_written_again_and_is_then_unfilled() -> None:
    body = read(LIBRARY_IMAGE)
    filled = fill_media(body, {UUID(MEDIA_ID): MediaFacts(url=PICTURE)})
    assert filled != body
    assert body_adapter.validate_json(body_adapter.dump_json(filled)) == body
