"""What readers get of a tag."""

from pydantic import Field

from app.content.vocabularies import TagKind
from app.delivery.schemas.references import Sponsorship
from app.kit.schemas import Output, Uuid


class TagProfile(Output):
    """A tag; `GET /v1/articles?tag=` lists what has it."""

    id: Uuid = Field(description="Never changes.")
    slug: str = Field(description="The end of its path.")
    name: str = Field(description="What readers see.")
    kind: TagKind = Field(description="What kind of thing it names.")
    path: str = Field(description="Its public path.")
    url: str = Field(description="The page of the frontend.")
    description: str | None = Field(description="What it stands for; null: not said.")
    iptc_code: str | None = Field(description="IPTC Media Topic.")
    iab_code: str | None = Field(description="IAB Content Taxonomy 3.1 unique id.")
    sponsorship: Sponsorship | None = Field(
        description="Who pays for the stories that have it; null: nobody."
    )
