"""What readers get of a path."""

from typing import Literal

from pydantic import Field

from app.kit.schemas import Output, Uuid


class Resolution(Output):
    """What lives at a path, and what a frontend should answer there."""

    status: Literal["found", "moved", "gone", "legal", "unknown"] = Field(
        description="What became of what lived there."
    )
    http_status: int = Field(description="What the frontend should answer.")
    location: str | None = Field(
        description="The path where it lives now; null when nothing does."
    )
    reason: str | None = Field(
        description="Why it is gone: withdrawn, expired, killed, legal, deleted."
    )
    note: str | None = Field(description="The public text about why it is gone.")
    kind: str | None = Field(description="What it is: article, section, author, tag.")
    id: Uuid | None = Field(
        description="The id of what lives or lived there; null: nothing."
    )
