"""What editors get of an article's past, and how they go back to it."""

from pydantic import Field

from app.content.comparing import BlockChange, FieldChange
from app.kit.schemas import Input, Moment, Output
from app.newsroom.articles.schemas import ArticleContent


class RevisionRelease(Output):
    """That readers got a revision."""

    release: int = Field(description="As which version of theirs.")
    released_at: Moment = Field(description="When it was released.")
    released_by: str = Field(description="Who released it.")


class RevisionItem(Output):
    """One save of an article."""

    number: int = Field(description="It counts the saves, from 1.")
    saved_at: Moment = Field(description="When it was saved.")
    saved_by: str = Field(description="Who saved it.")
    note: str | None = Field(description="What the save was about; null: not said.")
    releases: list[RevisionRelease] = Field(
        description="When readers got it; empty: never."
    )


class RevisionDetail(RevisionItem):
    """One save of an article, and all that it said."""

    content: ArticleContent = Field(description="Can be written again as it is.")


class RevisionDiff(Output):
    """What became of the content between two revisions."""

    from_revision: int = Field(description="The earlier of the two.")
    to_revision: int = Field(description="The later of the two.")
    fields: list[FieldChange] = Field(description="Fields that differ, but the body.")
    blocks: list[BlockChange] = Field(
        description="Blocks of the body that differ, in reading order."
    )


class ArticleRevert(Input):
    """Where to go back to."""

    revision: int = Field(
        ge=1, le=2**31 - 1, description="The number of the revision to save again."
    )
