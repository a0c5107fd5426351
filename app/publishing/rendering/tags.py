"""Rendering a tag."""

from app.delivery.schemas.references import TagReference
from app.delivery.schemas.tags import TagProfile
from app.delivery.store.documents import Rendering
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.tags.models import Tag
from app.publishing.rendering import sponsors
from app.publishing.site import Site


def path(tag: Tag) -> str:
    """The public path of a tag's page."""
    return f"/tags/{tag.slug}"


def reference(tag: Tag) -> TagReference:
    """Say what a story says of a tag it has."""
    return TagReference(id=tag.id, slug=tag.slug, name=tag.name, kind=tag.kind)


def render(tag: Tag, sponsor: Sponsor | None, site: Site) -> Rendering:
    """Render the document of a tag, and who pays for it."""
    profile = TagProfile(
        id=tag.id,
        slug=tag.slug,
        name=tag.name,
        kind=tag.kind,
        path=path(tag),
        url=site.link(path(tag)),
        description=tag.description,
        iptc_code=tag.iptc_code,
        iab_code=tag.iab_code,
        sponsorship=sponsors.first([sponsor] if sponsor else []),
    )
    content = profile.model_dump_json().encode()
    return Rendering(
        id=tag.id,
        kind="tag",
        key=tag.slug,
        path=path(tag),
        label=tag.name,
        subkind=tag.kind,
        shape=site.shape,
        summary=content,
        detail=content,
    )
