"""Blocks that lead elsewhere. Of another article they hold the id, never its words."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.content.blocks.element import Element, Piece
from app.content.blocks.pictures import Picture
from app.content.blocks.values import ComputedText, FreeData, InlineHtml
from app.kit.strings import Line, Title, Url


class Target(Piece):
    """One of our articles (`target_id`) or a page elsewhere (`url`)."""

    target_id: UUID | None = Field(
        default=None,
        strict=False,
        description="The article's id; null where the link leads elsewhere.",
    )
    url: Url | None = Field(
        default=None, description="The page elsewhere; null beside a target_id."
    )
    article: FreeData | None = Field(
        default=None,
        description="The article as readers see it now, filled in on reading; or null.",
    )

    @field_validator("article")
    @classmethod
    def _filled_in_on_reading(cls, _given: FreeData | None) -> None:
        # What is stored holds no other article's words: a killed headline would
        # live on in it.
        return None

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> Self:
        if (self.target_id is None) == (self.url is None):
            raise PydanticCustomError(
                "one_target", "a link has either a target_id or a url"
            )
        return self


class Related(Target, Element):
    """Another story, recommended in the middle of this one."""

    type: Literal["related"]
    label: Line = Field(default="", description="Such as `Read more`.")
    headline: Line = Field(
        default="", description="The words to show for a page elsewhere."
    )
    image: Picture | None = Field(default=None, description="A picture; null: none.")
    branding: Line | None = Field(default=None, description="Who paid; null: nobody.")


class LinkItem(Target):
    """One link of a list."""

    label: Line = Field(
        default="", description="The words to show; empty: the article's headline."
    )


class LinkList(Element):
    """Several links under one title."""

    type: Literal["link_list"]
    title: Line = Field(default="", description="What the links have in common.")
    items: list[LinkItem] = Field(max_length=200, description="The links, in order.")


class Action(Piece):
    """The button of a callout."""

    label: Title = Field(description="The words on the button.")
    url: Url = Field(description="Where it leads.")


class Callout(Element):
    """An invitation: to a newsletter, to give, to write in."""

    type: Literal["callout"]
    kind: Literal["newsletter", "contribute", "community", "membership", "button"] = (
        Field(description="What readers are invited to.")
    )
    title: Line = Field(default="", description="The invitation in short.")
    html: InlineHtml = Field(default="", description="Sanitised inline HTML.")
    text: ComputedText = Field(default="", description="Its words, computed.")
    action: Action | None = Field(default=None, description="The button; null: none.")
