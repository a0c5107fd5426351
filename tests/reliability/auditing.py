"""Comparing a newspaper with the account of it: its tables, and what it answers."""

from collections.abc import Callable
from uuid import UUID

import orjson
from sqlalchemy import select, text
from starlette.testclient import TestClient

from app.changes.models import Change
from app.delivery.store.models import (
    Address,
    Document,
    Facet,
    Listing,
    SearchEntry,
    Version,
)
from app.kit.db import Database
from app.publishing import rerendering
from app.publishing.desk import Desk
from tests.newsroom import Json
from tests.reliability.model import GONE, LIVE, Paper, Place, Story, comparable


class Auditor:
    """Asserts that delivery has what was last released, and nothing else."""

    def __init__(
        self, database: Database, client: TestClient, desk: Callable[[], Desk]
    ):
        self.database = database
        self.client = client
        self.desk = desk

    def check_tables(self, paper: Paper) -> None:
        """Compare every delivery table, and the log."""
        self._check_documents(paper)
        self._check_lists(paper)
        self._check_addresses(paper)
        self._check_side_tables(paper)
        self._check_log(paper)

    def check_answers(self, paper: Paper) -> None:
        """Compare every public answer there is."""
        for story in paper.published:
            self._check_story(paper, story)
        for kind, value in _lists(paper):
            params = {kind: value, "limit": "100"} if kind != "all" else {}
            found = [item["id"] for item in self._get("/v1/articles", **params)["data"]]
            assert found == paper.listed(kind, value), (kind, value)
        for address, place in paper.places.items():
            if address.startswith("/"):
                self._check_path(paper, address, place)
            elif place.kind in ("article", "author", "tag"):
                self._check_key(address, place)

    def _check_documents(self, paper: Paper) -> None:
        published = {UUID(story.id): story for story in paper.published}
        with self.database.read() as session:
            rows = session.scalars(select(Document)).all()
            made = rerendering.prepare(session, list(published), self.desk())
            stored = {row.id: row for row in rows if row.kind == "article"}
            assert stored.keys() == published.keys() == made.keys()
            for story_id, row in stored.items():
                fresh = made[story_id].made
                forms = (row.summary, row.detail, row.body_html, row.body_markdown)
                assert forms == (
                    fresh.summary,
                    fresh.detail,
                    fresh.body_html,
                    fresh.body_markdown,
                )
                assert (row.body_text, row.etag) == (fresh.body_text, fresh.etag)
                detail = comparable(orjson.loads(row.detail))
                assert detail == paper.document(published[story_id])
            others = {str(row.id): row for row in rows if row.kind != "article"}
            assert others.keys() == paper.public
            for thing_id, row in others.items():
                thing = paper.things[thing_id]
                assert (row.key, row.path) == (thing.key, thing.path)
                shown = orjson.loads(row.detail)
                assert shown.get("name", shown.get("alt")) == thing.name

    def _check_lists(self, paper: Paper) -> None:
        columns = (Facet.kind, Facet.value, Listing.id)
        times = (Listing.published_at, Listing.updated_at)
        with self.database.read() as session:
            rows = session.execute(
                select(*columns, *times).join(Facet, Facet.id == Listing.facet_id)
            )
            listed = [(kind, value, str(each), *at) for kind, value, each, *at in rows]
        expected = {
            (*facet, story.id, story.published_at, story.updated_at)
            for story in paper.published
            for facet in paper.facets(story)
        }
        assert len(listed) == len(expected)
        assert set(listed) == expected

    def _check_addresses(self, paper: Paper) -> None:
        with self.database.read() as session:
            rows = session.scalars(select(Address)).all()
        found = {
            row.text: Place(row.kind, str(row.resource_id), row.state, row.note)
            for row in rows
        }
        assert found == paper.places

    def _check_side_tables(self, paper: Paper) -> None:
        with self.database.read() as session:
            words = {str(each) for each in session.scalars(select(SearchEntry.id))}
            versions = sorted(
                (str(each), number)
                for each, number in session.execute(
                    select(Version.article_id, Version.version)
                )
            )
        assert words == {story.id for story in paper.published}
        assert versions == sorted(
            (story.id, number)
            for story in paper.stories.values()
            for number in range(1, story.release + 1)
        )

    def _check_log(self, paper: Paper) -> None:
        with self.database.read() as session:
            log = session.execute(
                select(Change.position, Change.resource_id).order_by(Change.position)
            ).all()
            shown = session.execute(select(Document.id, Document.position)).all()
        assert [position for position, _ in log] == list(range(1, len(log) + 1))
        last = {resource_id: position for position, resource_id in log}
        assert all(last[each] == position for each, position in shown)
        drafts = {s.id for s in paper.stories.values() if not s.release}
        assert not drafts & {str(each) for each in last}

    def check_search_index(self) -> None:
        """Have SQLite compare its index with the words it was made from."""
        if self.database.is_sqlite:
            with self.database.write() as session:
                session.execute(
                    text(
                        "INSERT INTO search_index(search_index, rank)"
                        " VALUES ('integrity-check', 1)"
                    )
                )

    def _check_story(self, paper: Paper, story: Story) -> None:
        expected = paper.document(story)
        slug = story.released["slug"]
        assert comparable(self._get(f"/v1/articles/{story.id}")) == expected
        assert comparable(self._get(f"/v1/articles/{slug}")) == expected
        shared = {
            "author": [("author", each) for each in story.released["authors"]],
            "section": [("section", story.released["section"])],
            "tags": [("tag", each) for each in story.released["tags"]],
        }
        for by, lists in shared.items():
            beside = {each for facet in lists for each in paper.listed(*facet)}
            wanted = [s.id for s in paper.published if s.id in beside - {story.id}]
            found = self._get(f"/v1/articles/{story.id}/related", by=by)["data"]
            assert [item["id"] for item in found] == wanted

    def _check_path(self, paper: Paper, path: str, place: Place) -> None:
        answer = self._get("/v1/resolve", path=path)
        status = {LIVE: "found", GONE: "gone"}.get(place.state, "moved")
        assert (answer["status"], answer["id"]) == (status, place.id), path
        assert answer["note"] == place.note
        owner = [p for p, each in paper.places.items() if each.id == place.id]
        live: list[str | None] = [
            p for p in owner if p[0] == "/" and paper.places[p].state == LIVE
        ]
        assert [answer["location"]] == (live or [None])

    def _check_key(self, address: str, place: Place) -> None:
        kind, _, key = address.partition("/")
        answer = self.client.get(f"/v1/{kind}s/{key}", follow_redirects=False)
        wanted = {LIVE: 200, GONE: 410}.get(place.state, 308)
        assert answer.status_code == wanted, address
        if wanted == 410:
            assert answer.json()["detail"] == place.note

    def _get(self, where: str, /, **params: str) -> Json:
        answer = self.client.get(where, params=params)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def _lists(paper: Paper) -> set[tuple[str, str]]:
    """Name every list there is, the empty ones of things that exist included."""
    named = {
        (thing.kind, thing.id)
        for thing in paper.things.values()
        if thing.kind in ("section", "author", "tag")
    }
    used = {facet for story in paper.published for facet in paper.facets(story)}
    return named | {facet for facet in used if facet[0] not in ("media", "sponsor")}
