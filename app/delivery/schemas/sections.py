"""What readers get of a section."""

from pydantic import Field

from app.content.vocabularies import DataMining
from app.delivery.schemas.references import SectionReference, Sponsorship
from app.kit.schemas import Output, Page, Uuid


class SectionProfile(Output):
    """A section, as it stands in a flat list."""

    id: Uuid = Field(description="Never changes.")
    slug: str = Field(description="The end of its path.")
    name: str = Field(description="What readers see.")
    path: str = Field(description="Its public path.")
    url: str = Field(description="The page of the frontend.")
    description: str | None = Field(description="What it is about; null: not said.")
    parent: SectionReference | None = Field(description="Null at the top.")
    breadcrumbs: list[SectionReference] = Field(
        description="From the top down to this section, itself last."
    )
    sponsorship: Sponsorship | None = Field(
        description="Who pays for it, or for a section above; null: nobody."
    )
    data_mining: DataMining | None = Field(
        description="Whether machines may learn from what is in it; null: nothing is"
        " said."
    )


class SectionBranch(SectionProfile):
    """A section with everything below it."""

    children: list["SectionBranch"] = Field(description="In the newspaper's order.")


class SectionPage(SectionProfile):
    """A section with those directly below it."""

    children: list[SectionReference] = Field(description="In the newspaper's order.")


class SectionList(Page[SectionBranch | SectionProfile]):
    """All sections on one page; with `flat=true` none has `children`."""
