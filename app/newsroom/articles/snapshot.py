"""What one revision of an article says: everything a release is made from.

References are ids, under the names they are written by: a rendering made later
shows the names of that day, and a rename needs no new revision.
"""

from functools import cached_property
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.content.blocks.containers import StoredBlock
from app.content.media import media_ids, related_ids
from app.content.story import Headlines, Rights, Sensitivity, SeoFields, StoryLink
from app.content.vocabularies import Access, ArticleType, Genre


class Snapshot(BaseModel):
    """The whole content of an article at one save."""

    model_config = ConfigDict(frozen=True)

    headline: str
    slug: str
    type: ArticleType
    genre: Genre
    language: str
    access: Access
    kicker: str | None
    standfirst: str | None
    teaser: str | None
    byline: str | None
    headlines: Headlines
    section: UUID
    sections: list[UUID]
    authors: list[UUID]
    tags: list[UUID]
    lead_media: UUID | None
    sponsor: UUID | None
    related: list[UUID]
    body: list[StoredBlock]
    rights: Rights
    seo: SeoFields
    sensitivity: Sensitivity
    links: list[StoryLink]
    canonical_url: str | None
    edition: str | None

    @cached_property
    def media_ids(self) -> list[UUID]:
        """Every media asset it shows, the one it opens with first."""
        lead = [self.lead_media] if self.lead_media else []
        return list(dict.fromkeys([*lead, *media_ids(self.body)]))

    @cached_property
    def target_ids(self) -> list[UUID]:
        """Every article it leads to, the editors' picks first."""
        return list(dict.fromkeys([*self.related, *related_ids(self.body)]))
