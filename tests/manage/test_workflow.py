"""The table of the workflow, exercised cell by cell: role, verb and state."""

from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from httpx import Response
from sqlalchemy import update

from app.access import keys
from app.access.roles import Role
from app.content.vocabularies import ArticleState
from app.newsroom.articles.models import Article
from app.newsroom.articles.workflow import RULES, STATES, Verb
from tests.conftest import START
from tests.contract.problems import problem_of
from tests.hostile.operations import MANAGE
from tests.hostile.standing import Standing
from tests.hostile.stock import full_bodies
from tests.newsroom import Json, Newsroom

GUIDE = Path(__file__).parents[2] / "docs/guides/editor.md"
ARTICLE = "/manage/v1/articles/{article}"
METHODS: Mapping[Verb, str] = {"save": "PATCH", "delete": "DELETE"}

# These leave the state as it is, so that one article serves all who may do them.
STAYING = frozenset({"save", "revert", "preview", "lock"})

# Readers have had what is in one of these.
RELEASED = frozenset({"published", "withdrawn", "expired", "killed", "legal"})


def operation_of(verb: Verb) -> str:
    """The route that a verb is called by."""
    if verb in METHODS:
        return f"{METHODS[verb]} {ARTICLE}"
    return f"POST {ARTICLE}/{verb}"


SERVED = [verb for verb in RULES if operation_of(verb) in map(str, MANAGE)]


class Desk:
    """A newsroom with a key of every role, where articles can be in any state."""

    def __init__(self, standing: Standing, key_of: Mapping[Role, str]):
        self.standing = standing
        self.bodies = full_bodies(standing.stock)
        self.admin = self.sitting(key_of[Role.admin])
        self.of = {role: self.sitting(key) for role, key in key_of.items()}
        self.untouched = {state: self.article(state) for state in STATES}

    def sitting(self, key: str) -> Newsroom:
        clock = type("Still", (), {"advance": None})
        return Newsroom(self.standing.client, key, clock())

    def article(self, state: ArticleState) -> Json:
        """Write an article and put it into a state, whether or not a verb does."""
        made = self.admin.draft("Tides", section="world")
        if state in RELEASED:
            made = self.admin.publish(made)
        with self.standing.database.write() as session:
            session.execute(
                update(Article).where(Article.slug == made["slug"]).values(state=state)
            )
        return made

    def call(self, role: Role, verb: Verb, article: Json) -> Response:
        """Call a verb with all that it needs."""
        body = self.bodies.get(verb, {"kicker": "Tides"} if verb == "save" else {})
        suffix = "" if verb in METHODS else f"/{verb}"
        return self.of[role].request(
            METHODS.get(verb, "POST"),
            f"/articles/{article['id']}{suffix}",
            headers={"If-Match": "*"},
            **({} if verb == "delete" else {"json": body}),
        )


@pytest.fixture(scope="module")
def desk(standing: Standing) -> Desk:
    with standing.database.write() as session:
        key_of = {
            role: keys.create(session, name=role.name, role=role, now=START)[1]
            for role in Role
        }
    return Desk(standing, key_of)


def test_every_state_of_the_trade_is_in_the_table() -> None:
    assert set(STATES) == set(get_args(ArticleState))


@pytest.mark.parametrize("verb", SERVED)
def test_a_role_that_is_too_low_may_do_it_in_no_state(desk: Desk, verb: Verb) -> None:
    for role in Role:
        if role < RULES[verb].role:
            for state in STATES:
                answer = desk.call(role, verb, desk.untouched[state])
                assert problem_of(answer)["code"] == "forbidden", (role, state)


@pytest.mark.parametrize("verb", SERVED)
def test_it_is_done_in_no_other_state_by_anybody(desk: Desk, verb: Verb) -> None:
    for role in Role:
        if role >= RULES[verb].role:
            for state in set(STATES) - RULES[verb].states:
                answer = desk.call(role, verb, desk.untouched[state])
                wanted = {"wrong-state"}
                if verb == "delete" and state in RELEASED:
                    wanted = {"was-released"}
                problem = problem_of(answer)
                assert problem["code"] in wanted, (role, state)
                if problem["code"] == "wrong-state":
                    assert f"; {verb} is for" in problem["detail"], (role, state)


@pytest.mark.parametrize("verb", SERVED)
def test_whoever_may_do_it_does_it_in_these_states(desk: Desk, verb: Verb) -> None:
    for role in Role:
        if role >= RULES[verb].role:
            for state in RULES[verb].states:
                fresh = verb not in STAYING
                article = desk.article(state) if fresh else desk.untouched[state]
                answer = desk.call(role, verb, article)
                # A verb may want more than the state: a schedule that it can cancel.
                refused = {} if answer.is_success else problem_of(answer)
                assert answer.status_code < 500, (role, state, answer.text)
                assert answer.status_code != 403, (role, state)
                assert refused.get("code") != "wrong-state", (role, state)


@pytest.mark.parametrize("verb", ["save", "submit", "revert", "publish", "withdraw"])
def test_these_need_nothing_but_the_state(desk: Desk, verb: Verb) -> None:
    for state in RULES[verb].states:
        assert desk.call(Role.admin, verb, desk.article(state)).is_success, state


def test_the_guide_shows_the_table() -> None:
    assert table() in GUIDE.read_text("utf-8"), table()


def table() -> str:
    """Write the table of the workflow as the guide has it."""
    rows = ["| Verb | From role | In state |", "|---|---|---|"]
    for verb, rule in RULES.items():
        states = ", ".join(f"`{each}`" for each in STATES if each in rule.states)
        rows.append(f"| {verb} | {rule.role.name} | {states} |")
    return "\n".join(rows)
