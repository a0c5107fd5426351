"""Blocks that other sites or programs provide; none is taken without a fallback."""

from typing import Literal

from pydantic import Field

from app.content.blocks.element import ThirdParty
from app.content.blocks.values import FragmentHtml, FreeData
from app.kit.schemas import Moment
from app.kit.strings import Line, Text, Title, Url


class SocialPost(ThirdParty):
    """A post of a social network, with a copy of its words."""

    type: Literal["social_post"]
    network: Title = Field(description="Such as `bluesky` or `mastodon`.")
    post_id: Line = Field(default="", description="The network's own id.")
    url: Url = Field(description="Where the post is.")
    author: Line = Field(default="", description="Whose post it is.")
    text_snapshot: Text = Field(
        default="", description="Its words when the story was written."
    )
    posted_at: Moment | None = Field(
        default=None, description="When it was posted; null: unknown."
    )


class Embed(ThirdParty):
    """A thing of another site: a map, a chart, a document."""

    type: Literal["embed"]
    provider: Title = Field(description="Whose thing it is.")
    url: Url = Field(description="Where it is; for a sandboxed frame.")
    html: FragmentHtml = Field(
        default="", description="Sanitised markup without scripts or frames."
    )
    title: Line = Field(default="", description="What it shows.")
    ratio: float | None = Field(
        default=None, gt=0, le=100, description="Width by height; null: unknown."
    )


class Structured(ThirdParty):
    """Facts in a shape of their own: a recipe, an election result, a match."""

    type: Literal["structured"]
    schema_name: Title = Field(
        alias="schema", description="Which shape `data` has: a name or URL."
    )
    ref_id: Line = Field(default="", description="The facts' id where they are kept.")
    data: FreeData = Field(default={}, description="The facts.")
