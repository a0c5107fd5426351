"""An answer as it is stored: the content of a revision is left out and read again.

So a day of retries does not keep a second copy of every story, and what is purged
from the revisions is in no stored answer either. A token is left out as well, and
made again; a key's text is left out and never shown again.
"""

from dataclasses import dataclass
from uuid import UUID

import orjson
from fastapi import Request
from sqlalchemy.orm import Session

from app.access.models import Outcome
from app.access.schemas import KeyDetail
from app.kit.errors import Conflict
from app.manage.repeating.previews import told
from app.newsroom.articles.models import Revision
from app.newsroom.articles.schemas import ArticleDetail, ArticleStanding
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.teamwork.schemas import ArticlePreviewDetail, ArticlePreviewItem


class OutcomeGone(Conflict):
    """What the first request made was deleted or purged since: it cannot be shown."""

    code = "outcome-gone"
    title = "What this request made is not there any more"


@dataclass(frozen=True)
class StoredAnswer:
    """What is kept of an answer, and which resource and revision it shows."""

    content: bytes
    resource_id: UUID | None
    revision: int | None


def shortened(answer: bytes, model: object) -> StoredAnswer:
    """Make of an answer what is kept of it; `model` is what the route answers."""
    shown = orjson.loads(answer)
    resource_id = UUID(shown["id"]) if "id" in shown else None
    if model is ArticlePreviewDetail:
        plain = {name: shown[name] for name in ArticlePreviewItem.model_fields}
        return StoredAnswer(orjson.dumps(plain), resource_id, None)
    if model is KeyDetail:
        return StoredAnswer(orjson.dumps({**shown, "text": None}), resource_id, None)
    if model is not ArticleDetail:
        return StoredAnswer(answer, resource_id, None)
    standing = {name: shown[name] for name in ArticleStanding.model_fields}
    return StoredAnswer(orjson.dumps(standing), resource_id, shown["revision"])


def whole(request: Request, session: Session, outcome: Outcome) -> bytes:
    """Make the answer again, byte for byte."""
    if not outcome.answer:
        raise OutcomeGone
    if request.scope["route"].response_model is ArticlePreviewDetail:
        preview = ArticlePreviewItem.model_validate_json(outcome.answer)
        return told(request, preview).model_dump_json().encode()
    if outcome.revision is None:
        return outcome.answer
    revision = session.get(Revision, (outcome.resource_id, outcome.revision))
    if revision is None:
        raise OutcomeGone
    content = dict(Snapshot.model_validate(revision.content))
    standing = ArticleStanding.model_validate_json(outcome.answer)
    return ArticleDetail(**dict(standing), **content).model_dump_json().encode()
