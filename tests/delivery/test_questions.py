"""What people ask of the sample newspaper: forty questions, and anything at all.

Each of the forty has the same right answer on both databases. Of the others nothing
breaks the search; how long the longest takes is told by the long form.
"""

import time
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.importers import sample
from app.kit.db import Database
from app.publishing.desk import Desk
from app.publishing.site import Site
from tests.conftest import START
from tests.newsroom import Newsroom
from tests.prove.figures import engine_of, report, size

STRINGS = size(100, long=10_000)
SLOW_MS = 50

# A question, how many stories it finds, and some of them or all by the beginnings of
# their slugs. Their order is each engine's own.
RIGHT = """
mutual aid                 | 1  | vesmark-and
"mutual aid" pact          | 1  | vesmark-and
PACT                       | 1  | vesmark-and
ferry Hallinor             | 2  | wend-ferries the-island
ferries winter             | 4  | wend-ferries
"night trams"              | 2  | council-backs editorial-last
tram -council              | 13 | letter-tram
headline:tram              | 6  | letter-tram
eels                       | 3  | last-eel eels-wait review-the
buckwheat OR eel           | 4  | last-eel plum-tart
Kesten Bridge              | 2  | nineteen-hours vesmark-timber
Saltgate                   | 3  | greens-take who-pays council-backs
"Saltgate wall"            | 1  | who-pays
seagrass                   | 1  | how-seagrass
heart failure microphones  | 1  | bedside-microphones
Henrika Voss               | 1  | henrika-voss
Aurelio Candel             | 1  | aurelio-candel
Teodor Lund                | 1  | teodor-lund
regatta                    | 2  | aldmere-eight rowing-club
rowing boathouse           | 1  | rowing-club
"Mill Stairs"              | 2  | rowing-club aldmere-eight
Aldervik                   | 1  | aldervik-wins
Herons Lamplighters        | 2  | herons-come eels-wait
joiners timber duty        | 1  | vesmark-timber
dockers                    | 4  |
"nineteen days"            | 1  | tarn-dockers
crane container            | 1  | the-estuary
rent register              | 2  | holt-sets holts-majority
Greens 41 votes            | 1  | greens-take
majority of eight          | 2  | holts-majority greens-take
plum tart                  | 2  | plum-tart last-eel
projectionist              | 2  | rialto-projectionist lantern-theatre
lantern theatre            | 2  | lantern-theatre ropeworks-bought
customs overcoat           | 2  | review-the first-snow
radio licences             | 1  | vesmark-lets
village -ferry radio       | 1  | vesmark-lets
wind farm cold stores      | 1  | wind-farm
Nadia Brook                | 3  |
breakwater 155             | 1  | the-breakwater
cafe                       | 1  | put-the
library Outer Sands        | 1  | ferry-library
"counting every vote"      | 0  |
reservoirs                 | 0  |
"""

TYPED = st.text(
    st.sampled_from("tram harbour OR NOT\"-:*()&|!<>{}^\\/'%_+~ headline:äß日本\u0301")
    | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=60,
)


@pytest.fixture(scope="module")
def reader(lasting_newsroom: Newsroom) -> Iterator[TestClient]:
    """Anybody, at the sample newspaper."""
    app = lasting_newsroom.client.app
    assert isinstance(app, FastAPI)
    desk = Desk(now=START, by="the loader", site=Site.of(app.state.settings))
    sample.load(app.state.database, desk, lambda _done, _total: None)
    return lasting_newsroom.client


def _asked() -> list[tuple[str, int, list[str]]]:
    lines = [line.split("|") for line in RIGHT.strip().splitlines()]
    return [(q.strip(), int(count), named.split()) for q, count, named in lines]


@pytest.mark.parametrize(("q", "count", "named"), _asked())
def test_a_question_has_its_right_answer(
    reader: TestClient, q: str, count: int, named: list[str]
) -> None:
    answer = reader.get("/v1/search", params={"q": q, "limit": 100}).json()

    slugs = [story["slug"] for story in answer["data"]]
    assert len(slugs) == count
    assert [each for each in named if not any(s.startswith(each) for s in slugs)] == []


def test_there_are_forty_of_them() -> None:
    assert len({q for q, _, _ in _asked()}) >= 40


def test_nothing_that_is_typed_breaks_the_search(reader: TestClient) -> None:
    app = reader.app
    assert isinstance(app, FastAPI)
    database: Database = app.state.database
    took: list[float] = []
    wrong: list[tuple[str, int]] = []

    @given(TYPED)
    @settings(
        max_examples=STRINGS, deadline=None, suppress_health_check=list(HealthCheck)
    )
    def ask(q: str) -> None:
        asked_at = time.perf_counter()
        answer = reader.get("/v1/search", params={"q": q})
        took.append(1_000 * (time.perf_counter() - asked_at))
        if answer.status_code != 200:
            wrong.append((q, answer.status_code))

    # A process that has just begun stems every word for the first time.
    for question, _, _ in _asked():
        reader.get("/v1/search", params={"q": question})

    ask()

    slow = sorted(took)
    report(
        "questions",
        engine_of(database),
        iterations=len(took),
        failures=len(wrong) + sum(ms > SLOW_MS for ms in took),
        p50_ms=slow[len(slow) // 2],
        p99_ms=slow[len(slow) * 99 // 100],
        max_ms=slow[-1],
    )
    assert wrong == []
