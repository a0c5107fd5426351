"""Twenty phones that die and come back hold in the end what the source holds."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest
from starlette.testclient import TestClient

from app.kit.db import Database
from app.main import create_app
from tests.catching_up import catch_up
from tests.feeds.apps import CarelessPhone, Phone
from tests.feeds.copies import source
from tests.feeds.following import Json
from tests.newsroom import Newsroom
from tests.prove.figures import engine_of, report, size
from tests.serving import serving

PHONES = 20
ACTS = size(16, long=2_000)
VERBS = ("publish", "publish", "update", "move", "withdraw", "restore", "kill", "tag")


class Day:
    """What an editor does in a day, by chance: stories come, change and go."""

    def __init__(self, newsroom: Newsroom):
        self._newsroom = newsroom
        self._chance = random.Random(ACTS)  # noqa: S311 — no secret
        self._shown: list[Json] = []
        self._away: list[Json] = []
        self._acts = 0

    def act(self) -> None:
        """Do the next thing, and publish where there is nothing to do it to."""
        self._acts += 1
        name, newsroom = f"No. {self._acts}", self._newsroom
        verb = self._chance.choice(VERBS)
        if verb == "tag":
            newsroom.tag(name, listed=True)
        elif verb == "restore" and self._away:
            self._shown.append(newsroom.restore(self._away.pop()))
        elif verb in ("publish", "restore") or not self._shown:
            self._shown.append(newsroom.published(name))
        else:
            story = self._shown.pop(self._chance.randrange(len(self._shown)))
            self._change(story, verb, name)

    def _change(self, story: Json, verb: str, name: str) -> None:
        newsroom = self._newsroom
        if verb == "withdraw":
            self._away.append(newsroom.withdraw(story))
        elif verb == "kill":
            newsroom.verb(story, "kill", reason="Court.")
        else:
            slug = f"moved-{self._acts}" if verb == "move" else story["slug"]
            edited = newsroom.edit(story, kicker=name, slug=slug)
            self._shown.append(newsroom.publish(edited))


@pytest.fixture
def reader(session_client: TestClient, publisher: Newsroom) -> Iterator[httpx.Client]:
    """A client of another process on the tests' database, whose streams end soon."""
    settings = session_client.app.state.settings  # type: ignore[attr-defined]
    app = create_app(settings.model_copy(update={"stream_seconds": 1}))
    limits = httpx.Limits(max_connections=2 * PHONES)
    with (
        serving(app) as url,
        httpx.Client(base_url=url, timeout=60, limits=limits) as client,
    ):
        yield client


def test_whatever_becomes_of_phones_they_hold_in_the_end_what_is_public(
    reader: httpx.Client, publisher: Newsroom, database: Database
) -> None:
    phones = [Phone(reader, number) for number in range(PHONES)]
    day, is_over = Day(publisher), Event()
    with ThreadPoolExecutor(PHONES) as threads:
        living = [threads.submit(phone.live, is_over) for phone in phones]
        try:
            for _ in range(ACTS):
                day.act()
        finally:
            is_over.set()
        for each in living:
            each.result()

    wrong = _wrong(phones, publisher.client, database)
    report(
        "apps",
        engine_of(database),
        iterations=sum(each.starts for each in phones),
        failures=len(wrong),
        acts=ACTS,
        crashes=sum(each.crashes for each in phones),
        snapshots=sum(each.snapshots for each in phones),
    )
    assert wrong == []
    assert sum(each.crashes for each in phones) > 0


def test_phones_that_note_their_place_first_are_caught(
    reader: httpx.Client, publisher: Newsroom, database: Database
) -> None:
    day = Day(publisher)
    phones = [CarelessPhone(reader, number) for number in range(2)]
    for phone in phones:
        phone.catch_up(catch_up(publisher.client))
    for _ in range(3):
        day.act()
        for phone in phones:
            phone.open()

    assert _wrong(phones, publisher.client, database) != []


def _wrong(
    phones: Sequence[Phone], client: TestClient, database: Database
) -> list[Phone]:
    """List the phones that hold something else than what is public."""
    head, public = catch_up(client), source(database)
    assert public
    return [each for each in phones if each.catch_up(head).documents != public]
