"""`/media/{id}/{size}-{digest}.{ending}`: the bytes of pictures."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from app.delivery import prints
from app.kit.errors import NotFound, responses
from app.pictures.sizes import MIME_TYPES

router = APIRouter(tags=["media"])

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_PICTURE = {"content": dict.fromkeys(MIME_TYPES.values(), _BYTES)}


@router.get(
    "/{picture}/{file}",
    response_class=Response,
    responses={200: _PICTURE, **responses(NotFound)},
)
async def get_print(
    request: Request,
    picture: Annotated[str, Path(description="The id of the picture.")],
    file: Annotated[str, Path(description="The end of an address in `renditions`.")],
) -> Response:
    """Read the bytes of a picture in one size, from an address that a document names.

    The same address ends in `.webp`, `.avif` or `.jpg`, as you choose. The bytes
    never change: keep them for ever. They answer as long as the picture is public.
    """
    return await prints.get(request, picture, file)
