"""Who may do what to an article in which state: the one table of the workflow.

Routes take their role from here and commands their states, so that neither can
be loosened alone. `docs/guides/editor.md` shows this table; a test compares them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.access.roles import Role
from app.content.vocabularies import ArticleState
from app.kit.errors import Conflict
from app.newsroom.articles.models import Article

Verb = Literal[
    "save",
    "submit",
    "revert",
    "preview",
    "lock",
    "delete",
    "publish",
    "schedule",
    "unschedule",
    "embargo",
    "correct",
    "withdraw",
    "restore",
    "kill",
    "legal",
    "purge",
]


class WrongState(Conflict):
    """What was asked for is not done to an article in this state."""

    code = "wrong-state"
    title = "The article is not in a state for this"


@dataclass(frozen=True)
class Rule:
    """The role that a verb needs, and the states that it starts from."""

    role: Role
    states: frozenset[ArticleState]


STATES: tuple[ArticleState, ...] = (
    "draft",
    "in_review",
    "embargoed",
    "published",
    "withdrawn",
    "expired",
    "killed",
    "legal",
)

_ALIVE = "draft in_review embargoed published withdrawn expired"
_ENDED = "killed legal"


def _rule(role: Role, states: str) -> Rule:
    wanted = frozenset(states.split())
    return Rule(role, frozenset(state for state in STATES if state in wanted))


RULES: Mapping[Verb, Rule] = {
    "save": _rule(Role.reporter, _ALIVE),
    "submit": _rule(Role.reporter, "draft"),
    "revert": _rule(Role.reporter, _ALIVE),
    "preview": _rule(Role.reporter, _ALIVE),
    "lock": _rule(Role.reporter, _ALIVE),
    "delete": _rule(Role.editor, "draft in_review"),
    "publish": _rule(Role.editor, "draft in_review embargoed published"),
    "schedule": _rule(Role.editor, "draft in_review embargoed published"),
    "unschedule": _rule(Role.editor, "draft in_review embargoed published"),
    "embargo": _rule(Role.editor, "draft in_review embargoed"),
    "correct": _rule(Role.editor, "published"),
    "withdraw": _rule(Role.editor, "published"),
    "restore": _rule(Role.editor, "withdrawn expired"),
    "kill": _rule(Role.publisher, _ALIVE),
    "legal": _rule(Role.publisher, _ALIVE),
    "purge": _rule(Role.publisher, _ENDED),
}


def check(article: Article, verb: Verb) -> None:
    """Refuse what is not done to an article in its present state."""
    rule = RULES[verb]
    if article.state not in rule.states:
        fitting = ", ".join(state for state in STATES if state in rule.states)
        raise WrongState(f"It is {article.state}; {verb} is for what is {fitting}.")
