"""The log names the keys of every answer that has changed: no cache is ever wrong.

A cache reads a hundred addresses after each act of a newspaper's week, and drops
only what the log tells it to. So do ours, in this process and in another one.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.kit.db import Database
from app.main import create_app
from tests.conftest import Clock
from tests.newsroom import SLOT_SIZES, Newsroom, paragraph
from tests.publishing.backstage import SITE
from tests.publishing.caching import Cache, Paper

Act = Callable[[Paper], None]

SHARE = 12
"""Reading every address after every act would take a minute and find no more."""

FEEDS = ("rss", "atom", "json", "ninjs")
FORMS = ("ninjs", "jsonld", "txt", "md")
WHOLE = "resource,menus,ads,related,front"

WORLD = {
    "label": "World",
    "section": "@world",
    "items": [{"label": "A", "tag": "@trade"}],
}
STORIES = [
    {"label": "Ferry", "article": "@ferry"},
    {"label": "Bo", "author": "@bo"},
]
LEADS_ON = [
    paragraph(),
    {"type": "related", "target_id": "@ferry"},
    {
        "type": "link_list",
        "title": "More",
        "items": [{"target_id": "@quay"}, {"target_id": "@sprat"}],
    },
]
TOP = {
    "key": "top",
    "cards": [{"article": "@ferry", "headline": "It is back"}],
    "fill": {"tags": ["@trade"]},
}
NEWEST = {"key": "newest", "places": 2, "fill": {}}
SLOT = {
    "key": "f",
    "name": "End",
    "position": "article_end",
    "page_types": ["article"],
    "sizes": SLOT_SIZES,
}


def picture(name: str) -> dict[str, str]:
    return {
        "kind": "image",
        "url": f"https://images.courier.example/{name}.jpg",
        "alt": f"The {name}",
    }


def prepare(paper: Paper) -> None:
    """Write everything down; only the sections and a menu are public yet."""
    paper.make("sections", "world", name="World")
    paper.make("sections", "europe", name="Europe", parent="@world")
    paper.make("sections", "business", name="Business")
    paper.make("media", "pic", **picture("pic"))
    paper.make("media", "portrait", **picture("portrait"))
    paper.make("authors", "ada", name="Ada")
    paper.make("authors", "bo", name="Bo")
    paper.make("tags", "trade", name="Trade")
    paper.make("tags", "fish", name="Fish", kind="keyword")
    paper.make("sponsors", "bank", name="Halyard Bank", type="sponsored")
    story = {"headline": "Ferry", "body": [paragraph()]}
    paper.make(
        "articles",
        "ferry",
        **story,
        section="@europe",
        authors=["@ada"],
        tags=["@trade"],
    )
    paper.make(
        "articles",
        "quay",
        **{**story, "headline": "Quay", "lead_media": "@pic", "sponsor": "@bank"},
        section="@business",
        authors=["@bo"],
        tags=["@fish"],
    )
    paper.make("articles", "sprat", headline="Sprat", section="@world")
    paper.make(
        "articles",
        "guide",
        headline="Guide",
        section="@world",
        authors=["@ada", "@bo"],
        tags=["@fish", "@trade"],
        body=LEADS_ON,
        related=["@sprat", "@ferry"],
    )
    paper.menu("main", WORLD, *STORIES)


def urls(paper: Paper) -> list[str]:
    ids = {name: paper.id(name) for name in ("ferry", "quay", "sprat", "guide")}
    every = ",".join(ids.values())
    lists = """
        limit=2 limit=1&total=true order=oldest&limit=3 order=updated
        fields=headline,body section=world section=planet section=world/europe
        section=business/europe
        section=business section=asia section=world,asia section=-world section=-asia
        author=ada author=ada-holm author=zoe author=ada,zoe author=zoe&author=ada
        author=bo author=-ada author=-zoe section=business&author=-ada
        tag=trade tag=commerce tag=fish tag=trade,fish tag=trade&tag=fish tag=-trade
        section=world&tag=-trade tag=-commerce genre=news genre=opinion&type=article
        type=gallery language=de access=subscriber access=free&genre=opinion
        published_before=2020-01-01T00:00:00Z updated_after=2026-11-23T09:30:00Z
    """.split()
    lists += [f"ids={every}", f"ids={every}&tag=trade", f"ids={every}&tag=-trade"]
    lists += [f"ids={every}&section=world", f"exclude={ids['ferry']}"]
    lists += ["q=ferry", "q=ferry+-quay&order=relevance", "q=bo&section=world"]
    paths = """
        / /world /planet /world/europe /business /business/europe /asia /authors/ada
        /authors/ada-holm /authors/zoe /authors/bo /tags/trade /tags/commerce
        /world/europe/ferry /world/europe/boat /business/quay /world/sprat /world/guide
    """.split()
    single = """
        articles/ferry articles/boat articles/quay?body=html articles/sprat
        articles/guide articles/guide?body=text articles/guide?fields=headline,body
        authors authors?limit=1 authors/ada authors/ada-holm authors/bo authors/zoe
        tags tags?q=tr tags?kind=keyword tags/trade tags/commerce tags/fish
        sections sections?flat=true sections/world sections/planet sections/business
        sections/world/europe sections/business/europe sections/asia
        fronts fronts/home fronts/home?include=ads fronts/world fronts/planet
        fronts/business fronts/asia fronts/world/europe fronts/business/europe
        menus menus/main menus/footer ad-slots ad-slots/f ad-policies ad-policies/usual
    """.split()
    single += [f"media/{paper.id(name)}" for name in ("pic", "portrait")]
    single += [f"articles/{each}" for each in ids.values()]
    single += [
        f"articles/{each}{ads}"
        for each in ids.values()
        for ads in ("/ads", "/ads?platform=app_ios", "?include=ads&ads=inline")
    ]
    single += [
        f"articles/{each}/related{by}"
        for each in ids.values()
        for by in ("", "?by=editors", "?by=author", "?by=section", "?by=tags")
    ]
    feeds = """
        home world planet world/europe business/europe
        authors/ada authors/zoe tags/trade
    """.split()
    # Not of the latest news: what these are, the clock says as well.
    files = "sitemap sitemaps/pages sitemaps/2026-11".split()
    return [
        *(f"/feeds/{name}.{form}" for name in feeds for form in FEEDS),
        "/feeds/sections.opml",
        *(f"/{name}.xml" for name in files),
        *(f"/v1/articles/{each}.{form}" for each in ids.values() for form in FORMS),
        *(f"/v1/articles?{query}" for query in lists),
        *(f"/v1/resolve?path={path}" for path in paths),
        *(f"/v1/resolve?path={path}&include={WHOLE}" for path in paths),
        *(f"/v1/{each}" for each in single),
        *(f"/v1/suggest?q={q}" for q in ("a", "fer", "tra")),
        *(f"/v1/search?q={q}" for q in ("ferry", "quay+OR+sprat", "bo&tag=trade")),
    ]


ACTS: dict[str, Act] = {
    "a first story is published": lambda p: p.publish("ferry"),
    "a story that leads to another": lambda p: p.publish("guide"),
    "a story beside it": lambda p: p.publish("quay"),
    "a story from the archive": lambda p: p.verb(
        "sprat", "publish", published_at="2019-05-01T00:00:00Z"
    ),
    "an edit that is not released": lambda p: p.change("ferry", headline="Secret"),
    "a new headline": lambda p: p.publish("ferry", headline="Ferry returns"),
    "a release without a change": lambda p: p.publish("quay"),
    "a new slug": lambda p: p.publish("ferry", slug="boat"),
    "another story takes the old slug": lambda p: p.publish("sprat", slug="ferry"),
    "another tag": lambda p: p.publish("quay", tags=["@trade"]),
    "another section": lambda p: p.publish("quay", section="@world"),
    "other closed lists": lambda p: p.publish(
        "guide", genre="opinion", type="gallery", language="de", access="subscriber"
    ),
    "another date": lambda p: p.verb(
        "sprat", "publish", published_at="2026-10-01T00:00:00Z"
    ),
    "an author gets another name": lambda p: p.change("ada", name="Ada Holm"),
    "and it is refreshed": lambda p: p.refresh(),
    "an author gets another slug": lambda p: p.change("ada", slug="ada-holm"),
    "and that is refreshed": lambda p: p.refresh(),
    "another author takes the old slug": lambda p: p.make(
        "authors", "other", name="Ada", listed=True
    ),
    "an unknown author comes to be": lambda p: p.make(
        "authors", "zoe", name="Zoe", listed=True
    ),
    "and writes": lambda p: p.publish("sprat", authors=["@zoe", "@other"]),
    "a portrait": lambda p: p.change("bo", portrait="@portrait"),
    "a portrait on the stories": lambda p: p.refresh(),
    "another description of the portrait": lambda p: p.change("portrait", alt="Bo"),
    "and of the lead picture": lambda p: p.change("pic", alt="A quay at dawn"),
    "pictures on the stories": lambda p: p.refresh(),
    "a sponsor gets another name": lambda p: p.change("bank", name="Bank of Halyard"),
    "the sponsor on the stories": lambda p: p.refresh(),
    "a tag gets another slug": lambda p: p.change("trade", slug="commerce"),
    "the tag on the stories": lambda p: p.refresh(),
    "another tag takes the old slug": lambda p: p.make(
        "tags", "barter", name="Trade", listed=True
    ),
    "and is used": lambda p: p.publish("sprat", tags=["@barter"]),
    "a tag of another kind": lambda p: p.change("fish", kind="topic"),
    "the kind on the stories": lambda p: p.refresh(),
    "a section gets another path": lambda p: p.change("world", slug="planet"),
    "the path on the stories": lambda p: p.refresh(),
    "another section takes the old path": lambda p: p.make(
        "sections", "fresh", name="World"
    ),
    "and is used as well": lambda p: p.publish("sprat", section="@fresh"),
    "a section moves": lambda p: p.change("europe", parent="@business"),
    "its stories follow": lambda p: p.refresh(),
    "sections change places": lambda p: p.change("business", ordinal=9),
    "an unknown section comes to be": lambda p: p.make("sections", "asia", name="Asia"),
    "a story goes there": lambda p: p.publish("quay", section="@asia"),
    "and leaves": lambda p: p.publish("quay", section="@business"),
    "a section is deleted": lambda p: p.delete("asia"),
    "a story is withdrawn": lambda p: p.verb("ferry", "withdraw", note="An error."),
    "a second one too": lambda p: p.verb("quay", "withdraw"),
    "the first is restored": lambda p: p.verb("ferry", "restore"),
    "a menu changes": lambda p: p.menu("main", *STORIES),
    "a second menu": lambda p: p.menu("footer", WORLD),
    "a menu is deleted": lambda p: p.delete("main"),
    "a front": lambda p: p.front("home", TOP, NEWEST),
    "a story on it changes": lambda p: p.publish("ferry", headline="Ferry again"),
    "a story that fills it comes": lambda p: p.verb("quay", "restore"),
    "a front of a section": lambda p: p.front("business", NEWEST),
    "it moves with the section": lambda p: p.change("business", slug="trade"),
    "the front changes": lambda p: p.front("home", NEWEST),
    "and is deleted": lambda p: p.delete("front home"),
    "a slot": lambda p: p.make("ad-slots", "slot", **SLOT),
    "a slot changes": lambda p: p.change("slot", name="The end"),
    "a policy": lambda p: p.make("ad-policies", "usual", key="usual", name="Usual"),
    "the slot is deleted": lambda p: p.delete("slot"),
    "and the policy": lambda p: p.delete("usual"),
    "a story drops its authors": lambda p: p.publish("sprat", authors=[]),
    "an author is deleted": lambda p: p.delete("zoe"),
    "the newspaper gets another name": lambda p: p.renew(replace(SITE, name="Gazette")),
}


@pytest.fixture(scope="module")
def elsewhere(session_client: TestClient) -> Iterator[TestClient]:
    """Another process with a cache of its own, which hears of changes by the log."""
    app = session_client.app
    assert isinstance(app, FastAPI)
    other = create_app(app.state.settings)
    with TestClient(other, raise_server_exceptions=False) as client:
        yield client


def test_a_cache_that_follows_the_log_is_never_wrong(
    newsroom: Newsroom,
    database: Database,
    clock: Clock,
    uncached_client: TestClient,
    elsewhere: TestClient,
) -> None:
    paper = Paper(newsroom, database, clock)
    prepare(paper)
    caching = (newsroom.client, elsewhere)
    cache = Cache(uncached_client, database, urls(paper), caching=caching)
    cache.read()

    wrong = {}
    for sentence, act in ACTS.items():
        clock.advance(minutes=1)
        act(paper)
        wrong[sentence] = cache.read(share=SHARE)
    wrong["at last"] = cache.read()

    assert {act: found for act, found in wrong.items() if found} == {}
    assert len(cache.kept) > 80
    for client in caching:
        assert len(client.app.state.cache.entries) > 80  # type: ignore[attr-defined]
