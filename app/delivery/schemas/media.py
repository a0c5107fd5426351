"""What readers get of a media asset by itself."""

from pydantic import Field

from app.delivery.schemas.references import MediaReference
from app.kit.schemas import Output


class MediaRights(Output):
    """What may be done with an asset."""

    copyright_holder: str | None = Field(description="Who owns it; null: not said.")
    copyright_notice: str | None = Field(description="The notice to show; null: none.")
    usage_terms: str | None = Field(
        description="Terms for whoever republishes it; null: none."
    )
    syndicate: bool = Field(description="Whether partners may have it at all.")


class MediaAsset(MediaReference):
    """A picture or recording, with everything known of it."""

    mime_type: str | None = Field(description="Of the file at `url`; null if unknown.")
    duration: float | None = Field(description="In seconds; null where it has none.")
    rights: MediaRights = Field(description="What may be done with it.")
    ads: bool = Field(description="Whether advertisements may stand beside it.")
