"""A copy of the newspaper, kept as the guide for apps says."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from app.delivery.pages import copies
from app.delivery.store.models import Document
from app.kit.db import Database
from tests.feeds.following import Json

SITE_URL = "https://www.courier.example"


@dataclass
class Copy:
    """What a client holds: documents by id, and how far it has read."""

    position: int = 0
    documents: dict[str, Json] = field(default_factory=dict)

    def begin(self, lines: Iterable[str]) -> None:
        """Hold what a snapshot says and nothing else, once it is whole."""
        documents: dict[str, Json] = {}
        first, *rest = map(json.loads, lines)
        *named, last = rest
        assert (first["type"], last["type"]) == ("snapshot", "end")
        for line in named:
            assert line["type"] == "document"
            assert line["position"] <= first["position"]
            documents[line["id"]] = line["document"]
        assert last["documents"] == len(documents) == len(named)
        self.position, self.documents = first["position"], documents

    def apply(self, page: Json) -> None:
        """Take in a page of the log that came with documents."""
        assert page["meta"]["after"] == self.position
        for row in page["data"]:
            if row["document"] is None:
                self.documents.pop(row["resource_id"], None)
            else:
                self.documents[row["resource_id"]] = row["document"]
        self.position = page["meta"]["upto"]


def source(database: Database) -> dict[str, Json]:
    """What is public, as the database has it and as readers get it."""
    with database.read() as session:
        ids = session.scalars(select(Document.id)).all()
        details = copies.details(session, ids, site_url=SITE_URL)
    return {str(each): json.loads(detail) for each, detail in details.items()}
