"""Two editors at one article: whoever comes second is told what the first one did."""

from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from app.kit.errors import PreconditionFailed, ProblemDetail
from app.kit.preconditions import IfMatchVersion
from app.kit.schemas import Moment
from app.newsroom import references
from app.newsroom.articles.models import Article
from app.newsroom.revisions import history


class EditorsProblem(ProblemDetail):
    """A refusal (RFC 9457). The same shape for every error, from every part.

    The members that are not required come with 412 only, when somebody was faster;
    those that begin with `changed` where it was an article.
    """

    model_config = ConfigDict(title="Problem")

    current_version: int | None = Field(
        default=None, description="The version that there is now."
    )
    changed: list[str] | None = Field(
        default=None,
        description="The fields, and the blocks by id, that differ between the version "
        "you named and now. Empty: only verbs have run; null: there was no such one.",
    )
    changed_by: str | None = Field(
        default=None, description="Who changed it last; null: not known."
    )
    changed_at: Moment | None = Field(
        default=None, description="When it was changed last."
    )


def begin(session: Session, ref: str, if_match: IfMatchVersion) -> Article:
    """Get an article to change, and keep others from it until the commit.

    Unless it is still as the client read it: then say what differs since.
    """
    article = references.get_for_update(session, Article, ref)
    try:
        if_match.check(article.version)
    except PreconditionFailed as failed:
        since = {
            "changed": history.changed_since(session, article, if_match.latest),
            "changed_by": article.updated_by,
            "changed_at": article.updated_at,
        }
        raise PreconditionFailed(
            failed.detail, headers=failed.headers, extra=failed.extra | since
        ) from None
    return article
