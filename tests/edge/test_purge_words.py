"""What is said to a cache, in the words that it understands."""

import pytest
from pydantic import SecretStr

from app.edge.purging import batches
from app.edge.purging.endpoints import EVERYTHING, Endpoint, Order
from app.edge.purging.lanes import LANES
from app.kit.settings import Settings

FASTLY = "fastly+https://api.fastly.example/service/7/purge"
STORY = ["article:1", "articles"]


@pytest.mark.parametrize("style", ["purge", "ban"])
def test_varnish_hears_keys_position_and_softness(style: str) -> None:
    endpoint = Endpoint(f"{style}+http://10.0.0.5:6081", "hush")

    told = endpoint.request(Order(STORY, 12, is_soft=True))

    assert told == (
        style.upper(),
        "http://10.0.0.5:6081/",
        {
            "Surrogate-Key": "article:1 articles",
            "Broadsheet-Position": "12",
            "Soft-Purge": "1",
            "Authorization": "Bearer hush",
        },
    )


def test_a_hard_purge_is_not_said_to_be_soft() -> None:
    order = Order(STORY, 12, is_soft=False)

    assert "Soft-Purge" not in Endpoint("ban+http://10.0.0.5").request(order)[2]
    assert "Fastly-Soft-Purge" not in Endpoint(FASTLY).request(order)[2]


def test_fastly_hears_its_own_words() -> None:
    told = Endpoint(FASTLY, "hush").request(Order(STORY, 12, is_soft=True))

    assert told == (
        "POST",
        "https://api.fastly.example/service/7/purge",
        {
            "Accept": "application/json",
            "Fastly-Key": "hush",
            "Surrogate-Key": "article:1 articles",
            "Fastly-Soft-Purge": "1",
        },
    )


def test_fastly_has_an_address_for_everything() -> None:
    method, url, headers = Endpoint(FASTLY).request(
        Order([EVERYTHING], 12, is_soft=True)
    )

    assert (method, url) == ("POST", "https://api.fastly.example/service/7/purge_all")
    assert "Surrogate-Key" not in headers


def test_each_kind_of_cache_gets_the_secret_that_is_meant_for_it() -> None:
    settings = Settings(
        purge_urls=("ban+http://10.0.0.5", FASTLY),
        purge_token=SecretStr("ours"),
        purge_fastly_key=SecretStr("theirs"),
    )

    assert [each.token for each in Endpoint.all_of(settings)] == ["ours", "theirs"]
    assert "ours" not in repr(settings)


@pytest.mark.parametrize(
    ("event", "lane"),
    [
        ("article.killed", "takedowns"),
        ("article.legal", "takedowns"),
        ("article.withdrawn", "takedowns"),
        ("article.expired", "takedowns"),
        ("media.deleted", "takedowns"),
        ("article.published", "changes"),
        ("article.restored", "changes"),
        ("tag.merged", "changes"),
    ],
)
def test_every_event_goes_one_way(event: str, lane: str) -> None:
    assert [each.name for each in LANES if each.takes(event)] == [lane]


def test_keys_beyond_what_a_request_holds_go_into_another() -> None:
    keys = [f"article:{number:036}" for number in range(500)]

    parts = list(batches.in_requests(keys))

    assert [key for part in parts for key in part] == keys
    assert all(len(" ".join(part)) <= batches.CHARACTERS for part in parts)
