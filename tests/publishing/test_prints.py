"""Prints: the bytes of public pictures in every size, and of no other picture."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.kit.db import Database
from app.publishing import removing
from tests.conftest import START, Clock
from tests.newsroom import Json, Newsroom
from tests.pictures.drawing import PLACE, opened, picture, telling
from tests.publishing.backstage import refresh

TYPES = {"webp": "image/webp", "avif": "image/avif", "jpg": "image/jpeg"}


def prints_of(client: TestClient, article: Json) -> dict[str, str]:
    """Name the addresses of the sizes of an article's picture."""
    lead = client.get(f"/v1/articles/{article['id']}").json()["lead_media"]
    return {each["name"]: each["url"] for each in lead["renditions"]}


@pytest.fixture
def shown(newsroom: Newsroom) -> Json:
    """A story with a picture that tells where it was taken."""
    asset = newsroom.upload(telling(), alt="The quay")
    body = [{"type": "image", "media_id": asset["id"]}]
    return newsroom.published(lead_media=asset["id"], body=body)


def test_a_document_names_prints_that_are_as_it_says(
    client: TestClient, shown: Json
) -> None:
    document = client.get(f"/v1/articles/{shown['id']}").json()

    lead = document["lead_media"]
    assert [each["name"] for each in lead["renditions"]] == [
        "thumb",
        "card",
        "column",
        "wide",
        "square",
    ]
    for each in [*lead["renditions"], {**lead, "mime_type": "image/jpeg"}]:
        assert urlsplit(each["url"])[:2] == ("https", "api.courier.example")
        answer = client.get(each["url"])
        assert answer.status_code == 200
        assert opened(answer.content).size == (each["width"], each["height"])
        assert answer.headers["Content-Type"] == each["mime_type"]
        assert PLACE.encode() not in answer.content
    [block] = document["body"]
    assert (block["src"], block["renditions"]) == (lead["url"], lead["renditions"])
    asset = client.get(f"/v1/media/{lead['id']}").json()
    assert (asset["url"], asset["renditions"]) == (lead["url"], lead["renditions"])
    assert lead["url"] in [each["content"] for each in document["seo"]["meta"]]


def test_the_ending_is_the_reader_s_choice(client: TestClient, shown: Json) -> None:
    card = prints_of(client, shown)["card"].removesuffix(".webp")

    for ending, kind in TYPES.items():
        answer = client.get(f"{card}.{ending}")
        assert answer.headers["Content-Type"] == kind
        assert opened(answer.content).size == (480, 640)


def test_a_print_is_kept_for_ever_and_can_do_no_harm(
    client: TestClient, shown: Json
) -> None:
    url = prints_of(client, shown)["card"]

    answer = client.get(url)

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "max-age=60" in answer.headers["CDN-Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    media_id = url.split("/")[-2]
    assert answer.headers["Surrogate-Key"] == f"media:{media_id}"
    again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]


def test_the_picture_of_a_draft_is_nowhere(
    newsroom: Newsroom, client: TestClient, shown: Json
) -> None:
    secret = newsroom.upload(picture(), alt="The quay")
    newsroom.draft("Next week", lead_media=secret["id"])
    known = prints_of(client, shown)["card"].rpartition("/")[2]

    guesses = [urlsplit(secret["url"]).path, f"/media/{secret['id']}/{known}"]

    for guess in guesses:
        assert _same(client.get(guess)) == _same(client.get("/media/none/none"))
    newsroom.publish(newsroom.draft("This week", lead_media=secret["id"]))
    assert [client.get(guess).status_code for guess in guesses] == [200, 404]


def test_prints_come_and_go_with_the_story(
    newsroom: Newsroom, client: TestClient, shown: Json
) -> None:
    urls = prints_of(client, shown)
    before = client.get(urls["card"]).content

    withdrawn = newsroom.withdraw(shown)
    assert {client.get(url).status_code for url in urls.values()} == {404}

    newsroom.restore(withdrawn)
    assert client.get(urls["card"]).content == before


def test_a_killed_picture_is_gone_from_the_disk(
    newsroom: Newsroom, publisher: Newsroom, client: TestClient, database: Database
) -> None:
    asset = newsroom.upload(picture(), alt="The quay")
    other = newsroom.upload(picture(), alt="The crane")
    body = [{"type": "image", "media_id": other["id"]}]
    article = newsroom.published(lead_media=asset["id"], body=body)
    newsroom.draft("Also", lead_media=other["id"])
    urls = prints_of(client, article)
    assert client.get(urls["card"]).status_code == 200
    kept = _files(client)

    publisher.verb(article, "kill")

    app: Any = client.app
    removing.run_due(database, app.state.studio.storage, now=START)
    assert {client.get(url).status_code for url in urls.values()} == {404}
    gone = kept - _files(client)
    assert len({path.parent for path in gone}) == 1
    assert len(gone) == 3
    assert newsroom.request("GET", f"/media/{asset['id']}").status_code == 404
    assert client.get(f"/v1/media/{asset['id']}").status_code == 410
    left = newsroom.request("GET", f"/media/{other['id']}/file")
    assert (left.status_code, left.content) == (200, picture())


def test_a_picture_that_is_withheld_by_law_closes_and_is_kept(
    newsroom: Newsroom, publisher: Newsroom, client: TestClient
) -> None:
    asset = newsroom.upload(picture(), alt="The quay")
    article = newsroom.published(lead_media=asset["id"])
    urls = prints_of(client, article)

    publisher.verb(article, "legal")

    assert {client.get(url).status_code for url in urls.values()} == {404}
    kept = newsroom.request("GET", f"/media/{asset['id']}/file")
    assert kept.content == picture()


def test_another_focal_point_moves_the_crop_and_breaks_no_page(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    asset = newsroom.upload(picture((1600, 400)), alt="The quay")
    article = newsroom.published(lead_media=asset["id"])
    before = prints_of(client, article)
    old = client.get(before["square"])

    newsroom.patch("media", asset, focal_point={"x": 0, "y": 0})
    refresh(database, clock)

    after = prints_of(client, article)
    changed = {name for name, url in after.items() if before[name] != url}
    assert changed == {"square"}
    assert client.get(after["square"]).content != old.content
    assert client.get(before["square"]).content == old.content


def test_what_lies_elsewhere_has_no_print(
    newsroom: Newsroom, client: TestClient, shown: Json
) -> None:
    asset = newsroom.media(listed=True)
    known = prints_of(client, shown)["card"].rpartition("/")[2]

    assert client.get(f"/media/{asset['id']}/{known}").status_code == 404


def _files(client: TestClient) -> set[Path]:
    app: Any = client.app
    kept: Path = app.state.settings.media_path
    return {path for path in kept.rglob("*") if path.is_file()}


def _same(answer: Response) -> tuple[object, ...]:
    problem = {**answer.json(), "instance": "", "request_id": ""}
    headers = dict(answer.headers)
    for name in ("x-request-id", "content-length"):
        headers.pop(name)
    return answer.status_code, problem, headers
