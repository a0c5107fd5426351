"""No editor silently overwrites another: of many edits at once none is lost.

Each edit is read, counted up and written back. So the text says in the end how many
were accepted, unless somebody's was written over.
"""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from app.kit.db import Database
from app.newsroom.articles.models import Revision
from tests.newsroom import Json
from tests.prove.figures import FOLDER, engine_of, report, size
from tests.reliability.crew import Crew, at_once

CLIENTS = 50 if FOLDER else 10
EDITS = size(12, long=200)


@dataclass(frozen=True)
class Outcome:
    """What became of many edits of one story."""

    accepted: int
    final: Json
    saved: list[int]

    @property
    def lost(self) -> int:
        """How many edits were accepted and are not in what is there now."""
        return self.accepted - int(self.final["standfirst"])


def test_of_many_edits_at_once_every_accepted_one_is_kept(
    crew: Crew, database: Database
) -> None:
    outcome = _edit(crew, database, clients=CLIENTS, edits=EDITS)

    report(
        "edits",
        engine_of(database),
        iterations=CLIENTS * EDITS,
        failures=outcome.lost,
        accepted=outcome.accepted,
    )
    assert outcome.lost == 0
    assert outcome.accepted == outcome.final["version"] - 1
    assert outcome.saved == list(range(outcome.accepted + 1))


def test_edits_that_name_no_version_are_caught_losing_each_other(
    crew: Crew, database: Database
) -> None:
    outcome = _edit(crew, database, clients=10, edits=12, heedless=True)

    assert outcome.lost > 0


def _edit(
    crew: Crew, database: Database, *, clients: int, edits: int, heedless: bool = False
) -> Outcome:
    section = crew.make("/sections", name="World")["id"]
    story = crew.draft("Ferry", section=section, standfirst="0")
    edit = partial(_edit_often, crew, story, edits=edits, heedless=heedless)
    accepted = sum(at_once([edit] * clients))
    with database.read() as session:
        rows = session.scalars(select(Revision.content).order_by(Revision.number))
        saved = [int(content["standfirst"]) for content in rows]
    return Outcome(accepted, crew.read(f"/articles/{story['id']}"), saved)


def _edit_often(crew: Crew, story: Json, *, edits: int, heedless: bool) -> int:
    """Try so many edits, each made from what was read; answers how many were taken."""
    accepted = 0
    seen = story
    for _ in range(edits):
        counted = {"standfirst": str(int(seen["standfirst"]) + 1)}
        headers = {"If-Match": "*" if heedless else f'"v{seen["version"]}"'}
        path = f"/manage/v1/articles/{story['id']}"
        answer = crew.client.request("PATCH", path, json=counted, headers=headers)
        assert answer.status_code in (200, 412), answer.text
        accepted += answer.is_success
        seen = crew.read(f"/articles/{story['id']}")
    return accepted
