"""ads.txt and app-ads.txt: made of checked records, at the root, changed at once."""

import pytest
from starlette.testclient import TestClient

from tests.newsroom import Json, Newsroom, if_match

OURS = {
    "domain": "AdSystem.example",
    "account": "pub-4711",
    "relationship": "DIRECT",
    "certification": "f08c47fec0942fa0",
    "seller_id": "4711",
}
THEIRS = {
    "domain": "exchange.example",
    "account": "9-b",
    "relationship": "RESELLER",
    "comment": "until spring",
}
WHOLE = {
    "records": [OURS, THEIRS],
    "owner_domain": "courier.example",
    "managers": [
        {"domain": "sales.example"},
        {"domain": "ventes.example", "country": "FR"},
    ],
    "contacts": ["ads@courier.example"],
    "subdomains": ["shop.courier.example"],
    "inventory_partner_domains": ["tv.example"],
}


def put(newsroom: Newsroom, content: Json, file: str = "ads", **headers: str) -> Json:
    return newsroom.send("PUT", f"/ads-txt/{file}", json=content, headers=headers)


def test_the_file_is_written_line_by_line(
    newsroom: Newsroom, client: TestClient
) -> None:
    put(newsroom, WHOLE)

    answer = client.get("/ads.txt")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Last-Modified" in answer.headers
    assert answer.text.splitlines() == [
        "OWNERDOMAIN=courier.example",
        "MANAGERDOMAIN=sales.example",
        "MANAGERDOMAIN=ventes.example, FR",
        "CONTACT=ads@courier.example",
        "SUBDOMAIN=shop.courier.example",
        "INVENTORYPARTNERDOMAIN=tv.example",
        "adsystem.example, pub-4711, DIRECT, f08c47fec0942fa0",
        "exchange.example, 9-b, RESELLER # until spring",
    ]


def test_there_are_two_files_and_at_first_none(
    newsroom: Newsroom, client: TestClient
) -> None:
    assert client.get("/ads.txt").status_code == 404
    made = put(newsroom, WHOLE, "app-ads")

    assert client.get("/ads.txt").status_code == 404
    assert client.get("/app-ads.txt").status_code == 200
    newsroom.send("DELETE", "/ads-txt/app-ads", headers=if_match(made))
    assert client.get("/app-ads.txt").status_code in (404, 410)
    assert newsroom.request("PUT", "/ads-txt/robots", json=WHOLE).status_code == 422


def test_an_empty_file_says_that_nobody_may_sell(
    newsroom: Newsroom, client: TestClient
) -> None:
    put(newsroom, {"records": []})

    [line] = client.get("/ads.txt").text.splitlines()
    assert line == "placeholder.example.com, placeholder, DIRECT, placeholder"


def test_a_change_is_seen_at_once_and_needs_what_was_read(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = put(newsroom, WHOLE)
    etag = client.get("/ads.txt").headers["ETag"]
    conditional = {"If-None-Match": etag}
    same = client.get("/ads.txt", headers=conditional)

    blind = newsroom.request("PUT", "/ads-txt/ads", json={"records": [OURS]})
    put(newsroom, {"records": [OURS]}, **if_match(made))
    other = client.get("/ads.txt", headers=conditional)

    assert [each.status_code for each in (same, blind, other)] == [304, 428, 200]
    assert len(other.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"domain": "https://adsystem.example"}, "/records/0/domain"),
        ({"domain": "localhost"}, "/records/0/domain"),
        ({"account": "a, DIRECT"}, "/records/0/account"),
        ({"account": "a#b"}, "/records/0/account"),
        ({"account": "a\nb"}, "/records/0/account"),
        ({"relationship": "OWNER"}, "/records/0/relationship"),
        ({"comment": "x\nevil.example, 1, DIRECT"}, "/records/0/comment"),
    ],
)
def test_a_record_that_crawlers_could_misread_is_refused(
    newsroom: Newsroom, change: Json, pointer: str
) -> None:
    content = {"records": [{**OURS, **change}]}

    refused = newsroom.request("PUT", "/ads-txt/ads", json=content)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    "content",
    [
        {"records": [OURS, {**OURS, "relationship": "RESELLER"}]},
        {
            "records": [],
            "managers": [{"domain": "a.example"}, {"domain": "b.example"}],
        },
    ],
)
def test_nothing_is_said_twice(newsroom: Newsroom, content: Json) -> None:
    refused = newsroom.request("PUT", "/ads-txt/ads", json=content)

    assert refused.status_code == 422


def test_what_crawlers_read_is_in_the_log(
    newsroom: Newsroom, client: TestClient
) -> None:
    made = put(newsroom, WHOLE)

    [row] = client.get("/v1/changes?kinds=ads_txt&include=documents").json()["data"]

    assert (row["event"], row["href"]) == ("ads_txt.created", None)
    assert row["keys"][0] == f"ads_txt:{made['id']}"
    assert row["document"]["text"] == client.get("/ads.txt").text
    assert row["keys"][0] in client.get("/ads.txt").headers["Surrogate-Key"]
