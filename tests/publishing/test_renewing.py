"""Documents of an old shape: rendered again after a change of address or renderer."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from app.delivery.store.models import Document
from app.kit.db import Database
from app.publishing import renewing
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import Clock
from tests.newsroom import SLOT_SIZES, Json, Newsroom
from tests.publishing.backstage import SITE, events, log, position

MOVED = replace(SITE, url="https://www.gazette.example")


@pytest.fixture
def paper(newsroom: Newsroom) -> Json:
    """One document of every kind."""
    newsroom.section("World")
    newsroom.author("Ada Reed", portrait=newsroom.media("portrait")["id"])
    newsroom.tag("Trade")
    slot = {
        "key": "f",
        "name": "End",
        "position": "article_end",
        "page_types": ["article"],
        "sizes": SLOT_SIZES,
    }
    newsroom.send("POST", "/ad-slots", json=slot)
    newsroom.send("POST", "/ad-policies", json={"key": "usual", "name": "Usual"})
    newsroom.send(
        "PUT", "/menus/main", json={"items": [{"label": "World", "section": "world"}]}
    )
    return newsroom.published(section="world", authors=["ada-reed"], tags=["trade"])


def desks(site: Site, clock: Clock) -> Callable[[], Desk]:
    return lambda: Desk(now=clock(), by="render", site=site)


def stale(database: Database, site: Site) -> int:
    with database.read() as session:
        return renewing.count_stale(session, site.shape)


def test_a_new_site_address_makes_every_document_stale(
    paper: Json, database: Database
) -> None:
    everything = stale(database, MOVED)

    assert everything >= 8
    assert stale(database, SITE) == 0
    assert stale(database, replace(SITE, name="The Gazette")) == everything


def test_renewing_writes_the_new_address_everywhere(
    paper: Json, client: TestClient, database: Database, clock: Clock
) -> None:
    everything = stale(database, MOVED)

    assert sum(renewing.renew(database, desks(MOVED, clock))) == everything

    for url in (f"articles/{paper['id']}", "authors/ada-reed", "tags/trade"):
        shown = client.get(f"/v1/{url}").json()
        assert shown["url"] == f"https://www.gazette.example{shown['path']}"
    assert stale(database, MOVED) == 0


def test_renewing_writes_the_new_name_into_rights_and_metadata(
    paper: Json, client: TestClient, database: Database, clock: Clock
) -> None:
    site = replace(SITE, name="The Gazette")

    for _ in renewing.renew(database, desks(site, clock)):
        pass

    shown = client.get(f"/v1/articles/{paper['id']}").json()
    assert shown["rights"]["copyright_holder"] == "The Gazette"
    assert "The Gazette" in [element["content"] for element in shown["seo"]["meta"]]


def test_what_is_renewed_is_logged_as_refreshed(
    paper: Json, client: TestClient, database: Database, clock: Clock
) -> None:
    before = client.get(f"/v1/articles/{paper['id']}").json()
    at = position(database)
    clock.advance(days=1)

    for _ in renewing.renew(database, desks(MOVED, clock)):
        pass

    after = client.get(f"/v1/articles/{paper['id']}").json()
    assert [after[name] for name in ("version", "updated_at", "change")] == [
        before[name] for name in ("version", "updated_at", "change")
    ]
    assert sorted(events(database, at)) == [
        "article.refreshed",
        "author.updated",
        "section.updated",
        "tag.updated",
    ]
    assert log(database)[-1].resource_id is not None


def test_an_old_shape_that_says_the_same_is_renewed_in_silence(
    paper: Json, client: TestClient, database: Database, clock: Clock
) -> None:
    with database.write() as session:
        session.execute(update(Document).values(shape="0-before"))
    before = client.get(f"/v1/articles/{paper['id']}")
    at = position(database)

    assert sum(renewing.renew(database, desks(SITE, clock))) == stale(database, MOVED)

    after = client.get(f"/v1/articles/{paper['id']}")
    assert after.content == before.content
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]
    assert events(database, at) == []
    assert stale(database, SITE) == 0


def test_renewing_that_was_interrupted_goes_on(
    newsroom: Newsroom, database: Database, clock: Clock
) -> None:
    for number in range(renewing.BATCH + 3):
        newsroom.published(f"Story {number}")
    everything = stale(database, MOVED)

    done = sum(islice(renewing.renew(database, desks(MOVED, clock)), 2))
    rest = sum(renewing.renew(database, desks(MOVED, clock)))

    assert 0 < done < everything
    assert done + rest == everything


def test_there_is_nothing_to_renew_where_nothing_changed(
    paper: Json, database: Database, clock: Clock
) -> None:
    assert list(renewing.renew(database, desks(SITE, clock))) == []


def test_a_withdrawn_article_stays_withdrawn(
    newsroom: Newsroom, client: TestClient, database: Database, clock: Clock
) -> None:
    article = newsroom.withdraw(newsroom.published())

    for _ in renewing.renew(database, desks(MOVED, clock)):
        pass

    assert client.get(f"/v1/articles/{article['id']}").status_code == 410
