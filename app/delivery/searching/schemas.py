"""What readers get while they type."""

from typing import Literal

from pydantic import Field

from app.kit.schemas import Output, Uuid


class Suggestion(Output):
    """Something that the reader may mean."""

    kind: Literal["section", "author", "tag", "article"] = Field(
        description="What it is."
    )
    id: Uuid = Field(description="Its id.")
    name: str = Field(description="Its name, or an article's headline.")
    path: str = Field(description="Its public path.")
    url: str = Field(description="The page of the frontend.")


class Suggestions(Output):
    """What the reader may mean, the likeliest first."""

    data: list[Suggestion] = Field(description="At most as many as asked for.")
