"""What a body takes from elsewhere: media of the library, other articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.content.blocks.containers import StoredBlock
from app.content.blocks.element import Element, MediaReference, Piece
from app.content.blocks.links import Target
from app.content.blocks.pictures import FocalPoint, Picture, Rendition
from app.content.walking import pieces, rebuilt


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What the media library says of an item at the moment of release."""

    url: str
    width: int | None = None
    height: int | None = None
    renditions: Sequence[Rendition] = ()
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focal_point: FocalPoint | None = None


def media_ids(blocks: Iterable[Element]) -> list[UUID]:
    """Name the library's items in a body, each once, in reading order."""
    found = (p.media_id for p in pieces(blocks) if isinstance(p, MediaReference))
    return list(dict.fromkeys(media_id for media_id in found if media_id))


def related_ids(blocks: Iterable[Element]) -> list[UUID]:
    """Name the articles that a body leads to, each once, in reading order."""
    found = (piece.target_id for piece in pieces(blocks) if isinstance(piece, Target))
    return list(dict.fromkeys(target_id for target_id in found if target_id))


def fill_media(
    blocks: Iterable[StoredBlock], media: Mapping[UUID, MediaFacts]
) -> list[StoredBlock]:
    """Put the library's files and words into the blocks that name its items.

    What the story itself says of a picture stands before what the library says.
    An item that `media` does not know stays unfilled: forms leave it out.
    """

    def filled(piece: Piece) -> Piece:
        if not isinstance(piece, MediaReference) or piece.media_id is None:
            return piece
        facts = media.get(piece.media_id)
        if facts is None:
            return piece
        if isinstance(piece, Picture):
            return _filled_picture(piece, facts)
        return piece.model_copy(update={"src": facts.url})

    return [rebuilt(block, filled) for block in blocks]


def _filled_picture(picture: Picture, facts: MediaFacts) -> Picture:
    return picture.model_copy(
        update={
            "src": facts.url,
            "width": facts.width,
            "height": facts.height,
            "renditions": list(facts.renditions),
            "alt": picture.alt or facts.alt,
            "caption": picture.caption or facts.caption,
            "credit": picture.credit or facts.credit,
            "focal_point": picture.focal_point or facts.focal_point,
        }
    )
