"""Nothing unreleased is observable: two worlds answer alike, to the byte.

One newspaper has drafts, unreleased edits and other words in what was withdrawn;
its twin has none of these. Whatever anybody asks, both give the same answer.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import orjson
import pytest
from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from sqlalchemy import func, select
from starlette.responses import Response
from starlette.testclient import TestClient

from app.delivery import articles
from app.delivery.filters import ArticleQuery
from app.delivery.pages import resolving
from app.delivery.pages.resolving import PathQuery
from app.kit.db import ReadSession
from app.kit.settings import Settings
from app.main import create_app
from app.newsroom.articles.models import Article, Revision
from tests import servers
from tests.newsroom import Json
from tests.prove.figures import engine_of, report, size
from tests.reliability.probes import Probe, more_probes, probes, walks
from tests.reliability.worlds import (
    CANARY,
    Answer,
    World,
    answer_of,
    open_world,
)

AT_LEAST = 500
MADE_UP = size(100, long=20_000)
SHARE = size(3, long=1)  # one request in so many, of those that are not made up


@dataclass
class Worlds:
    """The newspaper without secrets, and the one with."""

    plain: World
    secret: World

    @cached_property
    def requests(self) -> list[Probe]:
        """The requests that are to be answered alike."""
        document = self.plain.client.get("/openapi.json").json()
        made_up = more_probes(document, self.secret, MADE_UP)
        every = list(probes(document, self.secret))
        chosen = random.Random(SHARE).sample(every, len(every) // SHARE)  # noqa: S311
        return [*chosen, *made_up]

    @cached_property
    def answers(self) -> list[tuple[Probe, Answer, Answer]]:
        """What both answer to every request."""
        return [
            (
                probe,
                answer_of(_ask(self.plain.client, probe)),
                answer_of(_ask(self.secret.client, probe)),
            )
            for probe in self.requests
        ]


@pytest.fixture(scope="module")
def worlds(
    settings: Settings,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Worlds]:
    """Both newspapers, on databases of their own of the same kind."""
    if settings.sqlite_path:
        folder: Path = tmp_path_factory.mktemp("worlds")
        urls = [f"sqlite:///{folder / name}.db" for name in ("plain", "secret")]
        with _both(settings, *urls) as both:
            yield both
        return
    server = servers.server_for(pytestconfig)
    assert server.url
    with (
        servers.new_database(server.url) as plain,
        servers.new_database(server.url) as secret,
        _both(settings, plain, secret) as both,
    ):
        yield both


def test_both_worlds_answer_every_request_alike(worlds: Worlds) -> None:
    differing = [each for each in worlds.answers if each[1] != each[2]]

    report(
        "two worlds",
        engine_of(worlds.secret.app.state.database),
        iterations=len(worlds.answers),
        failures=len(differing),
    )
    assert len(worlds.answers) >= AT_LEAST
    assert differing == []


def test_both_worlds_have_the_same_pages_to_the_end(worlds: Worlds) -> None:
    for first in walks():
        probe: Probe | None = first
        pages = 0
        while probe is not None:
            clients = (worlds.plain.client, worlds.secret.client)
            assert list(_differing([probe], *clients)) == []
            probe = _next(worlds.plain.client, probe)
            pages += 1
        assert pages < 20


def test_what_one_world_answered_is_a_validator_in_the_other(worlds: Worlds) -> None:
    plain, secret = worlds.plain.client, worlds.secret.client
    asked = [probe for probe in worlds.requests if probe.method == "GET"]
    for probe in asked[:: len(asked) // 120]:
        etag = _ask(secret, probe).headers.get("etag", '"none"')
        conditional = replace(probe, headers={"If-None-Match": etag})
        assert list(_differing([conditional], plain, secret)) == []


def test_no_answer_holds_a_word_or_an_id_of_what_is_hidden(worlds: Worlds) -> None:
    hidden = [CANARY, *worlds.secret.hidden_ids]
    scanned = 0
    for probe, _, (status, headers, content) in worlds.answers:
        # What a request itself says may be in the answer: an echo tells nothing.
        said = repr(probe)
        whole = f"{status} {headers} {content.decode(errors='replace')}"
        told = [each for each in hidden if each in whole and each not in said]
        assert told == [], probe
        scanned += not any(each in said for each in hidden)
    assert scanned >= AT_LEAST


def test_a_total_is_the_number_of_rows_on_all_pages(worlds: Worlds) -> None:
    query = (("section", "world"), ("total", "true"), ("limit", "2"))
    probe: Probe | None = Probe("/v1/articles", query)
    seen, totals = 0, set()
    while probe is not None:
        page = _ask(worlds.secret.client, probe).json()
        seen += len(page["data"])
        totals.add(page["meta"]["total"])
        probe = _next(worlds.secret.client, probe)
    assert totals == {seen}


def _list_with_a_draft(
    request: Request, session: ReadSession, query: ArticleQuery
) -> Response:
    """The known-bad list: it adds the summary of a draft."""
    page: Json = orjson.loads(articles.list_page(request, session, query).body)
    drafts = select(Article.content).where(Article.state == "draft").limit(1)
    page["data"] += [{"headline": row["headline"]} for row in session.scalars(drafts)]
    return Response(orjson.dumps(page), media_type="application/json")


def _list_that_counts_all(
    request: Request, session: ReadSession, query: ArticleQuery
) -> Response:
    """The known-bad list: it shows no draft, but counts them."""
    page: Json = orjson.loads(articles.list_page(request, session, query).body)
    if "total" in page["meta"]:
        page["meta"]["total"] = session.scalar(select(func.count(Article.id)))
    return Response(orjson.dumps(page), media_type="application/json")


def _list_with_a_telling_validator(
    request: Request, session: ReadSession, query: ArticleQuery
) -> Response:
    """The known-bad list: its entity tag changes with every save."""
    answer = articles.list_page(request, session, query)
    saves = select(func.count()).select_from(Revision)
    answer.headers["ETag"] = f'"{session.scalar(saves)}"'
    return answer


def _resolve_that_sees_unreleased_slugs(
    request: Request, session: ReadSession, query: PathQuery
) -> Response:
    """The known-bad resolver: an unreleased slug is not unknown to it."""
    answer = resolving.resolve(request, session, query)
    slug = query.path.rpartition("/")[2]
    if session.scalar(select(Article.id).where(Article.slug == slug)):
        answer.headers["Cache-Control"] = "no-store"
    return answer


@pytest.mark.parametrize(
    ("path", "leak"),
    [
        ("/v1/articles", _list_with_a_draft),
        ("/v1/articles", _list_that_counts_all),
        ("/v1/articles", _list_with_a_telling_validator),
        ("/v1/resolve", _resolve_that_sees_unreleased_slugs),
    ],
    ids=["draft in a list", "draft in a count", "draft in an etag", "draft's slug"],
)
def test_a_leak_is_noticed(
    worlds: Worlds, path: str, leak: Callable[..., Response]
) -> None:
    requests = [probe for probe in worlds.requests if probe.path == path]
    with (
        _leaking(worlds.plain, path, leak) as plain,
        _leaking(worlds.secret, path, leak) as secret,
    ):
        assert any(_differing(requests, plain, secret))


def _leaking(world: World, path: str, leak: Callable[..., Response]) -> TestClient:
    """Make another application on the world's database, with one route replaced."""
    app: FastAPI = create_app(world.app.state.settings, clock=world.clock)
    app.router.routes.insert(0, APIRoute(path, leak, methods=["GET"]))
    return TestClient(app, raise_server_exceptions=False)


@contextmanager
def _both(settings: Settings, plain: str, secret: str) -> Iterator[Worlds]:
    on_plain, on_secret = (
        settings.model_copy(update={"database_url": url}) for url in (plain, secret)
    )
    with (
        open_world(on_plain, has_secrets=False) as one,
        open_world(on_secret, has_secrets=True) as other,
    ):
        yield Worlds(one, other)


def _differing(
    requests: Iterable[Probe], one: TestClient, other: TestClient
) -> Iterator[tuple[Probe, object, object]]:
    """Find the requests that the two do not answer alike."""
    for probe in requests:
        answers = answer_of(_ask(one, probe)), answer_of(_ask(other, probe))
        if answers[0] != answers[1]:
            yield probe, *answers


def _ask(client: TestClient, probe: Probe) -> httpx.Response:
    answer: httpx.Response = client.request(
        probe.method,
        probe.path,
        params=list(probe.params),
        headers=dict(probe.headers),
        follow_redirects=False,
    )
    return answer


def _next(client: TestClient, probe: Probe) -> Probe | None:
    """Make the request that a page's `next` leads to, if it has one."""
    following = _ask(client, probe).json()["links"]["next"]
    if following is None:
        return None
    query = parse_qsl(urlsplit(following).query)
    return replace(probe, params=tuple(query))
