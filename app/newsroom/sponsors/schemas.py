"""What editors write of a sponsor, and what they get."""

from typing import Self

from pydantic import Field, model_validator

from app.content.vocabularies import SponsorType
from app.kit.patches import Change
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Slug, Title, Url


class SponsorLogo(Input):
    """A sponsor's logo and its natural size."""

    url: Url = Field(description="Where its bytes are.")
    width: int = Field(ge=1, le=10_000, description="In pixels.")
    height: int = Field(ge=1, le=10_000, description="In pixels.")


class SponsorLogos(Input):
    """A sponsor's logo on light and on dark grounds."""

    light: SponsorLogo | None = Field(default=None, description="For light grounds.")
    dark: SponsorLogo | None = Field(default=None, description="For dark grounds.")


class SponsorCreate(Input):
    """A new sponsor. Readers hear of it where it pays for something they get."""

    name: Title = Field(description="As readers are told.")
    key: Slug | None = Field(
        default=None,
        description="What it is referred to by; made from the name if absent.",
    )
    type: SponsorType = Field(description="What its money buys.")
    link: Url | None = Field(default=None, description="Where its logo leads.")
    about_link: Url | None = Field(
        default=None, description="The page that explains this kind of sponsorship."
    )
    logo: SponsorLogos = Field(default=SponsorLogos(), description="Its logos.")
    valid_from: Moment | None = Field(
        default=None, description="When the agreement begins; null: it has begun."
    )
    valid_to: Moment | None = Field(
        default=None, description="When it ends; null: not yet known."
    )
    editions: list[Title] = Field(
        default=[], max_length=50, description="Only in these editions; `[]`: in all."
    )
    published_since: Moment | None = Field(
        default=None, description="Only on stories published since; null: on all."
    )
    is_exclusive: bool = Field(
        default=False,
        description="Whether no advertisement but its own (slots of the kind"
        " `sponsor_logo`) stands beside what it pays for.",
    )

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_from >= self.valid_to:
            raise ValueError("valid_from has to be before valid_to")
        return self


class SponsorUpdate(Change, SponsorCreate):
    """A change to a sponsor (RFC 7396)."""

    name: Title = Field(default="", description="As readers are told.")
    type: SponsorType = Field(default="sponsored", description="What its money buys.")


class SponsorDetail(Output):
    """A sponsor as editors see it."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    key: str
    name: str
    type: SponsorType
    link: str | None
    about_link: str | None
    logo: SponsorLogos
    valid_from: Moment | None
    valid_to: Moment | None
    editions: list[str]
    published_since: Moment | None
    is_exclusive: bool
    is_active: bool = Field(description="Whether the agreement holds.")
    created_at: Moment
    updated_at: Moment
