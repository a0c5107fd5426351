"""Rendering an author: the profile, and the byline."""

from app.delivery.schemas.authors import AuthorProfile
from app.delivery.schemas.references import AuthorReference
from app.delivery.store.documents import Rendering
from app.newsroom.authors.models import Author
from app.newsroom.media.models import Media
from app.publishing.rendering import media
from app.publishing.site import Site


def path(author: Author) -> str:
    """The public path of an author's page."""
    return f"/authors/{author.slug}"


def reference(author: Author, portrait: Media | None, site: Site) -> AuthorReference:
    """Say what a story says of its author."""
    return AuthorReference(
        id=author.id,
        slug=author.slug,
        name=author.name,
        path=path(author),
        role=author.role,
        portrait=media.reference(portrait, site) if portrait else None,
    )


def render(author: Author, portrait: Media | None, site: Site) -> Rendering:
    """Render the document of an author."""
    profile = AuthorProfile(
        id=author.id,
        slug=author.slug,
        name=author.name,
        path=path(author),
        url=site.link(path(author)),
        role=author.role,
        bio=author.bio,
        email=author.email,
        links=author.links,
        portrait=media.reference(portrait, site) if portrait else None,
    )
    content = profile.model_dump_json().encode()
    return Rendering(
        id=author.id,
        kind="author",
        key=author.slug,
        path=path(author),
        label=author.name,
        shape=site.shape,
        summary=content,
        detail=content,
    )
