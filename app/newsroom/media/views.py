"""Media assets as editors see them."""

from app.content.story import Rights
from app.newsroom.media.models import Media
from app.newsroom.media.schemas import (
    MediaDetail,
    MediaFocalPoint,
    MediaRendition,
    MediaUpload,
)
from app.pictures import addresses


def detail(media: Media, api_url: str) -> MediaDetail:
    """Show an asset; of an upload the address that readers get once it is public."""
    url, upload = media.url, None
    if media.original is not None:
        url = addresses.whole(api_url, media.id, media.original).url
        upload = MediaUpload(
            url=f"{api_url}/manage/v1/media/{media.id}/file",
            bytes=media.byte_count or 0,
            sha256=media.original.sha256,
        )
    return MediaDetail(
        id=media.id,
        version=media.version,
        kind=media.kind,
        url=url,
        upload=upload,
        mime_type=media.mime_type,
        width=media.width,
        height=media.height,
        duration=media.duration,
        alt=media.alt,
        caption=media.caption,
        credit=media.credit,
        focal_point=(
            MediaFocalPoint.model_validate(media.focal_point)
            if media.focal_point
            else None
        ),
        renditions=[MediaRendition.model_validate(each) for each in media.renditions],
        rights=Rights.model_validate(media.rights),
        ads=media.ads,
        is_listed=media.is_listed,
        created_at=media.created_at,
        updated_at=media.updated_at,
    )
