"""`/ads.txt` and `/app-ads.txt`: who may sell the advertising, for crawlers.

They are looked for at the root of the newspaper's own site: its frontend hands them on.
"""

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.answers import UNCHANGED
from app.delivery.store import keys
from app.kit.db import ReadSession
from app.kit.errors import NotFound, responses

KIND = "ads_txt"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}

router = APIRouter(
    tags=["ads"],
    default_response_class=PlainTextResponse,
    responses=responses(NotFound) | UNCHANGED,
)


@router.get("/ads.txt")
def get_ads_txt(request: Request, session: ReadSession) -> Response:
    """Read ads.txt 1.1 (IAB Tech Lab); 404 where the newspaper has none."""
    return _file(request, session, "ads")


@router.get("/app-ads.txt")
def get_app_ads_txt(request: Request, session: ReadSession) -> Response:
    """Read app-ads.txt, the same for the newspaper's apps."""
    return _file(request, session, "app-ads")


def _file(request: Request, session: ReadSession, name: str) -> Response:
    found = reading.get(session, KIND, name)
    text = orjson.loads(found.content)["text"].encode()
    return answers.document(
        request,
        found,
        keys=[keys.resource(KIND, found.id)],
        content=text,
        headers=PLAIN,
    )
