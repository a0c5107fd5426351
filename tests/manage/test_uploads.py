"""Pictures come as bytes, are proved, described, shown, replaced and deleted."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from app.kit.db import Database
from app.pictures.studio import Studio
from app.publishing import removing
from tests.conftest import START, Clock
from tests.contract.problems import problem_of
from tests.newsroom import Json, Newsroom, if_match
from tests.pictures.drawing import opened, picture
from tests.publishing.backstage import events, refresh

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def studio(client: TestClient) -> Studio:
    app: Any = client.app
    found: Studio = app.state.studio
    return found


def files(client: TestClient) -> list[Path]:
    app: Any = client.app
    kept: Path = app.state.settings.media_path
    return [path for path in kept.rglob("*") if path.is_file()]


def send(
    newsroom: Newsroom, content: bytes, kind: str = "image/jpeg", **more: Any
) -> Response:
    headers = {"Content-Type": kind, **more.pop("headers", {})}
    return newsroom.request(
        "POST", "/uploads", content=content, headers=headers, **more
    )


def replace(newsroom: Newsroom, asset: Json, content: bytes) -> Json:
    headers = {"Content-Type": "image/jpeg", **if_match(asset)}
    path = f"/media/{asset['id']}/file"
    return newsroom.send("PUT", path, content=content, headers=headers)


def test_an_uploaded_picture_is_an_asset_with_what_its_bytes_say(
    newsroom: Newsroom,
) -> None:
    content = picture(kind="PNG")

    answer = send(newsroom, content, "image/png")

    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/manage/v1/media/{made['id']}")
    assert answer.headers["ETag"] == '"v1"'
    assert (made["kind"], made["width"], made["height"]) == ("image", 640, 480)
    assert (made["mime_type"], made["upload"]["bytes"]) == ("image/png", len(content))
    assert newsroom.send("GET", f"/media/{made['id']}") == made
    own = newsroom.request("GET", f"/media/{made['id']}/file")
    assert own.content == content
    assert own.headers["Content-Disposition"] == "attachment"
    thumb = newsroom.request("GET", f"/media/{made['id']}/renditions/thumb")
    assert opened(thumb.content).size == (160, 120)


def test_the_bytes_decide_and_not_what_they_are_said_to_be(newsroom: Newsroom) -> None:
    made = newsroom.upload(picture(kind="WEBP"), "image/gif")

    assert made["mime_type"] == "image/webp"


def test_an_upload_is_described_but_not_contradicted(newsroom: Newsroom) -> None:
    made = newsroom.upload(picture(), alt="The quay", focal_point={"x": 0, "y": 1})

    assert (made["version"], made["alt"]) == (2, "The quay")
    for change in ({"width": 9}, {"url": "https://x.example/"}, {"kind": "video"}):
        refused = newsroom.request(
            "PATCH", f"/media/{made['id']}", json=change, headers=if_match(made)
        )
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == f"/{next(iter(change))}"


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (SVG, "image/jpeg", 422, "not-an-image"),
        (b"", "image/jpeg", 422, "not-an-image"),
        (picture()[:-3000], "image/jpeg", 422, "not-an-image"),
        (picture((9000, 6000), "PNG"), "image/png", 422, "image-too-large"),
        (picture(), "image/svg+xml", 415, "unsupported-media-type"),
        (picture(), "application/json", 415, "unsupported-media-type"),
        (bytes(25_000_001), "image/jpeg", 413, "too-large"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    newsroom: Newsroom,
    client: TestClient,
    content: bytes,
    kind: str,
    status: int,
    code: str,
) -> None:
    before = files(client)

    refused = send(newsroom, content, kind)

    assert refused.status_code == status
    assert refused.json()["type"].endswith(f"/{code}")
    assert newsroom.send("GET", "/media")["data"] == []
    assert files(client) == before


def test_a_picture_in_a_coding_is_refused_as_such(newsroom: Newsroom) -> None:
    headers = {"Content-Type": "image/jpeg", "Content-Encoding": "gzip"}

    refused = newsroom.request(
        "POST", "/uploads", content=gzip.compress(picture()), headers=headers
    )

    assert refused.status_code == 415
    assert "coding" in refused.json()["detail"]


def test_a_large_body_of_json_is_still_refused(newsroom: Newsroom) -> None:
    refused = newsroom.request("POST", "/media", json={"alt": "x" * 2_000_000})

    assert refused.status_code == 413


def test_another_file_takes_the_place_of_the_first_everywhere(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    asset = newsroom.upload(picture(), alt="The quay")
    article = newsroom.published(lead_media=asset["id"])
    [old] = [each["url"] for each in _shown(client, article) if each["name"] == "card"]
    assert client.get(old).status_code == 200

    after = replace(newsroom, asset, picture((300, 900)))
    refresh(database, clock)

    assert (after["version"], after["alt"]) == (asset["version"] + 1, "The quay")
    [new] = [each for each in _shown(client, article) if each["name"] == "card"]
    assert (new["width"], new["height"]) == (300, 900)
    assert opened(client.get(new["url"]).content).size == (300, 900)
    assert client.get(old).status_code == 404


def test_a_file_for_another_version_is_refused_before_it_is_read(
    newsroom: Newsroom,
) -> None:
    asset = newsroom.upload(picture())
    headers = {"Content-Type": "image/jpeg", "If-Match": '"v9"'}

    refused = newsroom.request(
        "PUT", f"/media/{asset['id']}/file", content=SVG, headers=headers
    )

    assert refused.status_code == 412


def test_an_address_can_become_an_upload(newsroom: Newsroom) -> None:
    asset = newsroom.media(alt="The quay")
    assert newsroom.request("GET", f"/media/{asset['id']}/file").status_code == 404

    after = replace(newsroom, asset, picture())

    assert (after["alt"], after["width"]) == ("The quay", 640)
    assert after["upload"]


def test_the_files_go_with_the_asset(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    before = files(client)
    asset = newsroom.upload(picture())
    assert len(files(client)) == len(before) + 2

    newsroom.send("DELETE", f"/media/{asset['id']}", headers=if_match(asset))

    storage = studio(client).storage
    assert removing.run_due(database, storage, now=START) == 1
    assert files(client) == before
    later = START + removing.AGAIN
    assert [removing.run_due(database, storage, now=later) for _ in "ab"] == [1, 0]


def test_a_file_that_was_stored_for_nothing_goes_and_no_other(
    newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    before = files(client)
    named = {"Idempotency-Key": "first"}
    asset = send(newsroom, picture(), headers=named).json()
    send(newsroom, picture(), headers=named)
    assert len(files(client)) == len(before) + 4

    storage = studio(client).storage
    later = START + removing.GRACE
    assert removing.run_due(database, storage, now=later) == 1

    assert len(files(client)) == len(before) + 2
    assert newsroom.request("GET", f"/media/{asset['id']}/file").status_code == 200


def test_an_upload_that_is_repeated_under_its_key_is_one_asset(
    newsroom: Newsroom,
) -> None:
    named = {"Idempotency-Key": "first"}

    first, again = (send(newsroom, picture(), headers=named) for _ in "ab")
    other = send(newsroom, picture((9, 9)), headers=named)

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Location"] == first.headers["Location"]
    assert len(newsroom.send("GET", "/media")["data"]) == 1
    assert other.status_code == 422
    assert other.json()["type"].endswith("/idempotency-mismatch")


@pytest.mark.parametrize("what", ["file", "renditions/thumb"])
def test_a_file_that_is_lost_is_not_an_empty_one(
    newsroom: Newsroom, client: TestClient, what: str
) -> None:
    before = files(client)
    asset = newsroom.upload(picture())
    for file in set(files(client)) - set(before):
        file.unlink()

    answer = newsroom.request("GET", f"/media/{asset['id']}/{what}")

    assert problem_of(answer)["status"] == 503


def test_an_upload_tells_readers_nothing(
    newsroom: Newsroom, database: Database
) -> None:
    newsroom.upload(picture(), alt="The quay")

    assert events(database) == []


def _shown(client: TestClient, article: Json) -> list[Json]:
    lead = client.get(f"/v1/articles/{article['id']}").json()["lead_media"]
    found: list[Json] = lead["renditions"]
    return found
