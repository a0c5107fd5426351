"""What readers get of an article's past."""

from pydantic import Field

from app.content.comparing import BlockChange, FieldChange
from app.content.vocabularies import ChangeKind
from app.kit.schemas import Moment, Output


class ArticleVersion(Output):
    """One release of an article, as it stands in the list of them."""

    version: int = Field(description="The number of the release: 1, 2, 3…")
    at: Moment = Field(description="When readers got it.")
    change: ChangeKind = Field(description="What the release was.")
    note: str | None = Field(description="What is said of it publicly; null: nothing.")


class ArticleDiff(Output):
    """What readers got otherwise in one version than in another."""

    from_version: int = Field(description="The version that is compared.")
    to_version: int = Field(description="The version it is compared with.")
    fields: list[FieldChange] = Field(
        description="Fields that differ, but the body and what is made from others."
    )
    blocks: list[BlockChange] = Field(
        description="Blocks of the body that differ, in reading order."
    )
