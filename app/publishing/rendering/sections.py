"""Rendering a section with the way down to it."""

from collections.abc import Sequence

from app.content.vocabularies import DataMining
from app.delivery.schemas.references import SectionReference
from app.delivery.schemas.sections import SectionProfile
from app.delivery.store.documents import Rendering
from app.newsroom.sections.models import Section
from app.newsroom.sponsors.models import Sponsor
from app.publishing.rendering import sponsors
from app.publishing.site import Site


def reference(section: Section) -> SectionReference:
    """Say what a story says of a section it stands in."""
    return SectionReference(id=section.id, path=f"/{section.path}", name=section.name)


def data_mining(ancestry: Sequence[Section], site: Site) -> DataMining | None:
    """Tell whether machines may learn from what is in a section, the nearest first."""
    said = (row.data_mining for row in reversed(ancestry) if row.data_mining)
    return next(said, site.data_mining)


def render(
    section: Section,
    ancestry: Sequence[Section],
    payers: Sequence[Sponsor],
    site: Site,
) -> Rendering:
    """Render the document of a section; `ancestry` ends with itself.

    `payers` are its sponsor and those of the sections above it, the nearest first.
    """
    way = [reference(step) for step in ancestry]
    profile = SectionProfile(
        id=section.id,
        slug=section.slug,
        name=section.name,
        path=f"/{section.path}",
        url=site.link(f"/{section.path}"),
        description=section.description,
        parent=way[-2] if len(way) > 1 else None,
        breadcrumbs=way,
        sponsorship=sponsors.first(payers),
        data_mining=data_mining(ancestry, site),
    )
    content = profile.model_dump_json().encode()
    return Rendering(
        id=section.id,
        kind="section",
        key=section.path,
        path=f"/{section.path}",
        label=section.name,
        shape=site.shape,
        summary=content,
        detail=content,
        parent_id=section.parent_id,
        ordinal=section.ordinal,
    )
