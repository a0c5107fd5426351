"""What readers get of a menu."""

from typing import Literal

from pydantic import Field

from app.kit.schemas import Output, Uuid


class MenuItem(Output):
    """An entry of a menu; without `url` it is a heading."""

    label: str = Field(description="The words to show.")
    url: str | None = Field(description="Where it leads; null for a heading.")
    kind: Literal["section", "article", "tag", "author"] | None = Field(
        description="What it leads to inside the newspaper; null for anything else."
    )
    id: Uuid | None = Field(description="The id of that; null for anything else.")
    items: list["MenuItem"] = Field(description="The entries below it.")


class MenuProfile(Output):
    """A navigation tree. What is not public is left out of it."""

    id: Uuid = Field(description="Never changes.")
    version: int = Field(description="It rises with every change.")
    key: str = Field(description="What frontends call it, such as `main`.")
    items: list[MenuItem] = Field(description="Its entries, in order.")
