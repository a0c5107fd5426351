"""What editors write of a menu, what is kept of it, and what they get."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Title, Url

MAX_ITEMS = 200
MAX_DEPTH = 4

TargetKind = Literal["section", "article", "tag", "author"]


class MenuItemWrite(Input):
    """An entry: a label, and at most one thing that it leads to."""

    label: Title = Field(description="The words to show.")
    url: Url | None = Field(default=None, description="An address anywhere.")
    section: Title | None = Field(default=None, description="Id or path of a section.")
    article: Title | None = Field(default=None, description="Id or slug of an article.")
    tag: Title | None = Field(default=None, description="Id or slug of a tag.")
    author: Title | None = Field(default=None, description="Id or slug of an author.")
    items: list["MenuItemWrite"] = Field(
        default=[], max_length=MAX_ITEMS, description="The entries below it."
    )

    @model_validator(mode="after")
    def _leads_to_one_thing(self) -> Self:
        targets = (self.url, self.section, self.article, self.tag, self.author)
        if sum(target is not None for target in targets) > 1:
            raise ValueError(
                "an item leads to one of url, section, article, tag, author"
            )
        return self


def _small_tree(items: list[MenuItemWrite]) -> list[MenuItemWrite]:
    depths = list(_depths(items, 1))
    if len(depths) > MAX_ITEMS:
        raise ValueError(f"a menu has at most {MAX_ITEMS} items in all")
    if max(depths, default=0) > MAX_DEPTH:
        raise ValueError(f"items are nested at most {MAX_DEPTH} deep")
    return items


def _depths(items: list[MenuItemWrite], depth: int) -> Iterator[int]:
    for item in items:
        yield depth
        yield from _depths(item.items, depth + 1)


class MenuWrite(Input):
    """A whole menu; it replaces the one before."""

    items: Annotated[list[MenuItemWrite], AfterValidator(_small_tree)] = Field(
        description=f"At most {MAX_ITEMS} in all, nested at most {MAX_DEPTH} deep."
    )


class StoredMenuItem(BaseModel):
    """An entry as it is kept: what it leads to inside the newspaper is an id."""

    model_config = ConfigDict(frozen=True)

    label: str
    url: str | None
    kind: TargetKind | None
    id: UUID | None
    items: list["StoredMenuItem"]


class MenuItemDetail(Output):
    """An entry as editors see it: what it leads to stands where it is written."""

    label: str
    url: str | None
    section: Uuid | None
    article: Uuid | None
    tag: Uuid | None
    author: Uuid | None
    items: list["MenuItemDetail"]


class MenuDetail(Output):
    """A menu as editors see it. References are given as ids."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    key: str
    items: list[MenuItemDetail]
    created_at: Moment
    updated_at: Moment
