"""Whatever editors do in whatever order: readers have what was last released.

Hypothesis makes up sequences of what a newsroom does. The whole of delivery is
compared with an account that is kept beside it.
"""

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from starlette.testclient import TestClient

from app.access.roles import Role
from app.kit.db import Database
from app.publishing.desk import Desk
from tests.conftest import Clock
from tests.newsroom import Json, Newsroom, if_match
from tests.prove.figures import FOLDER
from tests.reliability.machine import NewspaperMachine

EXAMPLES = int(os.environ.get("BROADSHEET_TEST_EXAMPLES", "200"))
STEPS = 14 if FOLDER else 8


class Forgetful(NewspaperMachine):
    """The known-bad twin: after a rename nothing is rendered again."""

    refreshes = False


@pytest.fixture
def machine(
    database: Database,
    client: TestClient,
    clock: Clock,
    make_key: Callable[[Role], str],
    desk: Callable[[], Desk],
) -> Callable[[type[NewspaperMachine]], type[NewspaperMachine]]:
    """Tie a machine to the application of this test."""

    def tie(kind: type[NewspaperMachine]) -> type[NewspaperMachine]:
        tied = {
            "database": database,
            "client": client,
            "clock": clock,
            "make_key": staticmethod(make_key),
            "desk": staticmethod(desk),
        }
        return type(kind.__name__, (kind,), tied)

    return tie


Tie = Callable[[type[NewspaperMachine]], type[NewspaperMachine]]


def _profile(examples: int) -> settings:
    """The same sequences each time; a failing one is told, not made shorter.

    To shorten one takes minutes, and none has many steps.
    """
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.timeout(900)
def test_readers_have_what_was_last_released_whatever_was_done(machine: Tie) -> None:
    run_state_machine_as_test(machine(NewspaperMachine), settings=_profile(EXAMPLES))


@pytest.mark.parametrize("kind", ["author", "tag", "media", "section"])
def test_what_a_withdrawn_story_names_cannot_be_deleted(
    newsroom: Newsroom, kind: str
) -> None:
    make = getattr(newsroom, kind)
    thing, other = make("First"), make("Second")
    name = {"author": "authors", "tag": "tags", "media": "lead_media"}.get(kind, kind)
    named, instead = (
        [each["id"]] if name.endswith("s") else each["id"] for each in (thing, other)
    )
    words: Json = {name: named}
    story = newsroom.published(**words)
    edited = newsroom.edit(newsroom.withdraw(story), **{name: instead})
    path = f"/{kind if kind == 'media' else kind + 's'}/{thing['id']}"

    refused = newsroom.request("DELETE", path, headers=if_match(thing))

    assert refused.status_code == 409
    assert newsroom.restore(edited)["state"] == "published"


def test_a_rename_without_its_refresh_is_noticed(machine: Tie) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(Forgetful), settings=_profile(50))
