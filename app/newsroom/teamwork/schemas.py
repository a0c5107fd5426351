"""What editors send and get to work together: locks, and previews to show around."""

from pydantic import Field

from app.kit.schemas import Input, Moment, Output, Uuid
from app.newsroom.articles.schemas import ArticleLock


class ArticleLockTake(Input):
    """For how long."""

    ttl_seconds: int = Field(
        default=300,
        ge=10,
        le=3600,
        description="When the lock ends by itself, in seconds from now.",
    )


class ArticleLockDetail(ArticleLock):
    """Who is at an article, as the one who asks for the lock is told."""

    is_yours: bool = Field(description="Whether that is the key you call with.")


class ArticlePreview(Input):
    """What is to be shown to whoever has the link, and for how long."""

    revision: int | None = Field(
        default=None,
        ge=1,
        le=2**31 - 1,
        description="The number of the revision; null: the latest.",
    )
    ttl_seconds: int = Field(
        default=3600,
        ge=10,
        le=86_400,
        description="When the link ends by itself, in seconds from now.",
    )


class ArticlePreviewItem(Output):
    """A preview that somebody can read."""

    id: Uuid = Field(description="The preview's own id; it opens nothing.")
    revision: int = Field(description="The revision that is shown.")
    created_at: Moment = Field(description="When it was made; it stays as it was then.")
    created_by: str = Field(description="Who made it.")
    expires_at: Moment = Field(description="When it ends by itself.")


class ArticlePreviewDetail(ArticlePreviewItem):
    """A new preview, with what opens it: shown here and never again."""

    token: str = Field(description="Opens it. Treat it like a key.")
    url: str = Field(description="Where it can be read, the token included.")
