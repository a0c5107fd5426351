"""The parts of a story that are not its body: headlines, rights, sensitivity.

The same models are written by editors, kept in revisions and given to readers.
"""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.content.vocabularies import (
    Audience,
    DataMining,
    SensitiveAds,
    SensitiveCategory,
    SensitivityLevel,
    SponsorshipStance,
)
from app.kit.schemas import Input
from app.kit.strings import Line, Text, Url


class Headlines(Input):
    """The headline in other lengths and for other places; null: use the headline."""

    short: Line | None = Field(default=None, description="For cards and push messages.")
    seo: Line | None = Field(default=None, description="For search engines.")
    social: Line | None = Field(default=None, description="For social networks.")
    print: Line | None = Field(default=None, description="As it stood in print.")


class Rights(Input):
    """What may be done with the text."""

    copyright_holder: Line | None = Field(
        default=None, description="Who owns it; null: the newspaper."
    )
    copyright_notice: Line | None = Field(
        default=None, description="The notice to show; null: none."
    )
    usage_terms: Text | None = Field(
        default=None, description="Terms for whoever republishes it; null: none."
    )
    syndicate: bool = Field(
        default=True, description="Whether partners may have it at all."
    )
    data_mining: DataMining | None = Field(
        default=None,
        description="Whether machines may learn from it; null: as its section says.",
    )


class SeoFields(Input):
    """What editors say to search engines."""

    title: Line | None = Field(
        default=None, description="The page title; null: the headline."
    )
    description: Line | None = Field(
        default=None, description="The page description; null: the standfirst."
    )
    noindex: bool = Field(
        default=False, description="Whether search engines are asked to stay away."
    )


class Sensitivity(Input):
    """How delicate the story is, and what may stand beside it."""

    level: SensitivityLevel = Field(default="none", description="How delicate it is.")
    categories: list[SensitiveCategory] = Field(
        default=[],
        max_length=11,
        description="IAB Content Taxonomy 3.1, children of *Sensitive Topics*.",
    )
    ads: SensitiveAds = Field(
        default="allow", description="Which advertisements may stand in it."
    )
    sponsorship: SponsorshipStance = Field(
        default="allow", description="Whether a sponsor may be named on it."
    )
    audience: Audience = Field(
        default="general",
        description="For whom it is written: beside a story for `minors` stands no"
        " advertisement that follows a reader.",
    )


class StoryLink(Input):
    """A link that belongs to the story: a document, a source, an earlier part."""

    label: Line = Field(description="The words to show.")
    url: Url = Field(description="Where it leads.")


def _canonical_case(tag: str) -> str:
    """Write a language tag as BCP 47 recommends: `en-GB`, `zh-Hant-TW`."""
    first, *rest = tag.split("-")
    parts = [_subtag(part) for part in rest]
    return "-".join([first.lower(), *parts])


def _subtag(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 else part.lower()


def _language(value: object) -> object:
    return _canonical_case(value) if isinstance(value, str) else value


Language = Annotated[
    str,
    BeforeValidator(_language),
    Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"),
]
"""A BCP 47 language tag: language, and where needed script and region."""
