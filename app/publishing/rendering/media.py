"""Rendering a media asset: its own document, and where others show it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from app.content.blocks import pictures
from app.content.media import MediaFacts
from app.delivery.schemas.media import MediaAsset, MediaRights
from app.delivery.schemas.references import (
    AssetFocalPoint,
    AssetRendition,
    MediaReference,
)
from app.delivery.store.documents import Rendering
from app.newsroom.media.models import Media
from app.pictures import addresses
from app.publishing.site import Site


def reference(media: Media, site: Site) -> MediaReference:
    """Say what a document says of a media asset it shows."""
    shown = file(media, site)
    return MediaReference(
        id=media.id,
        kind=media.kind,
        url=shown.url,
        width=shown.width,
        height=shown.height,
        alt=media.alt,
        caption=media.caption,
        credit=media.credit,
        focal_point=focal_point(media),
        renditions=[
            AssetRendition.model_validate(rendition)
            for rendition in _renditions(media, site)
        ],
    )


def facts(assets: Mapping[UUID, Media], site: Site) -> dict[UUID, MediaFacts]:
    """Say what the blocks of a body show of these assets."""
    return {asset.id: _facts(asset, site) for asset in assets.values()}


def focal_point(media: Media) -> AssetFocalPoint | None:
    """Read the point that must stay visible."""
    if media.focal_point is None:
        return None
    return AssetFocalPoint.model_validate(media.focal_point)


def render(media: Media, site: Site) -> Rendering:
    """Render the document of a media asset."""
    asset = MediaAsset(
        **reference(media, site).model_dump(),
        mime_type=file(media, site).mime_type,
        duration=media.duration,
        rights=MediaRights.model_validate(media.rights),
        ads=media.ads,
    )
    content = asset.model_dump_json().encode()
    return Rendering(
        id=media.id,
        kind="media",
        key=str(media.id),
        label=media.alt,
        subkind=media.kind,
        shape=site.shape,
        summary=content,
        detail=content,
    )


@dataclass(frozen=True)
class File:
    """The one file that stands for an asset."""

    url: str
    width: int | None
    height: int | None
    mime_type: str | None


def file(media: Media, site: Site) -> File:
    """Name the file; of a picture that was uploaded its largest print."""
    if media.original is None:
        return File(media.url, media.width, media.height, media.mime_type)
    whole = addresses.whole(site.api_url, media.id, media.original)
    return File(whole.url, whole.width, whole.height, whole.mime_type)


def _renditions(media: Media, site: Site) -> list[dict[str, object]]:
    """List the prints of an upload, and what editors have written themselves."""
    prints = (
        addresses.prints(site.api_url, media.id, media.original)
        if media.original
        else []
    )
    return [*(asdict(each) for each in prints), *media.renditions]


def _facts(media: Media, site: Site) -> MediaFacts:
    shown = file(media, site)
    return MediaFacts(
        url=shown.url,
        width=shown.width,
        height=shown.height,
        renditions=[
            pictures.Rendition.model_validate(each) for each in _renditions(media, site)
        ],
        alt=media.alt,
        caption=media.caption,
        credit=media.credit,
        focal_point=(
            pictures.FocalPoint.model_validate(media.focal_point)
            if media.focal_point
            else None
        ),
    )
