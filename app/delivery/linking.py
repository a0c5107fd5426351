"""Stories that a body leads to: looked up on reading, never stored in it.

A body names other articles by id. So a killed headline stands nowhere else, and
a link to what readers cannot get is simply not there.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import orjson
from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.store import keys
from app.delivery.store.models import Document

SHOWN = (
    "id",
    "type",
    "genre",
    "url",
    "path",
    "headline",
    "kicker",
    "section",
    "lead_media",
    "published_at",
    "access",
)
"""What a link shows of the article it leads to: fields of its summary."""

Card = dict[str, JsonValue]


def fill(
    session: Session, contents: Sequence[bytes], linked: Sequence[str]
) -> tuple[list[bytes], list[str]]:
    """Show the articles that bodies lead to as readers get them now, in one SELECT.

    Answers the bodies, and the keys that these depend on.
    """
    if not linked:
        return list(contents), []
    rows = session.execute(
        select(Document.id, Document.summary).where(
            Document.id.in_([UUID(each) for each in linked]),
            Document.kind == "article",
        )
    )
    cards = {str(article_id): _card(summary) for article_id, summary in rows}
    articles = [orjson.loads(content) for content in contents]
    bodies = [
        orjson.dumps({**article, "body": filled(article["body"], cards)})
        for article in articles
    ]
    return bodies, keys.shown([("article", each) for each in linked], cards)


def targets(value: JsonValue) -> set[str]:
    """Name the articles that something leads to which was rendered earlier."""
    if isinstance(value, list):
        return {target for item in value for target in targets(item)}
    if not isinstance(value, dict):
        return set()
    own = value.get("target_id")
    below = {target for item in value.values() for target in targets(item)}
    return below | {own} if isinstance(own, str) else below


def filled(value: JsonValue, cards: Mapping[str, Card]) -> JsonValue:
    """Put the cards into a body; what leads nowhere is left out."""
    if isinstance(value, list):
        return [filled(item, cards) for item in value if _leads(item, cards)]
    if not isinstance(value, dict):
        return value
    inside = {name: filled(item, cards) for name, item in value.items()}
    target = value.get("target_id")
    if isinstance(target, str) and target in cards:
        return {**inside, "article": cards[target]}
    return inside


def _leads(item: JsonValue, cards: Mapping[str, Card]) -> bool:
    target = item.get("target_id") if isinstance(item, dict) else None
    return target is None or target in cards


def _card(summary: bytes) -> Card:
    whole: Card = orjson.loads(summary)
    return {name: whole[name] for name in SHOWN}
