"""`/manage/v1/ads-txt`: who may sell the advertising, made by PUT of a file."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.content.sellers import AdsTxtFile, SellersFile
from app.kit.db import PrimaryReadSession, WriteSession
from app.kit.preconditions import IfMatch
from app.manage import answers, replacing
from app.manage.desks import EditorDesk, ReporterDesk
from app.manage.replacing import IfMatchWhereKnown
from app.newsroom import references
from app.newsroom.ads_txt import editing
from app.newsroom.ads_txt.models import AdsTxt
from app.newsroom.ads_txt.schemas import AdsTxtDetail
from app.publishing.reference import sellers as publishing

router = APIRouter(prefix="/ads-txt", tags=["ads"])

File = Annotated[
    AdsTxtFile, Path(description="`ads` for ads.txt, `app-ads` for app-ads.txt.")
]


@router.get("/{sellers}", responses=answers.EVERY | answers.READ)
def get_ads_txt(
    response: Response, session: PrimaryReadSession, _desk: ReporterDesk, sellers: File
) -> AdsTxtDetail:
    """Read what stands in ads.txt or app-ads.txt, the way it is written."""
    row = references.get(session, AdsTxt, sellers)
    return answers.one(response, AdsTxtDetail.model_validate(row), version=row.version)


@router.put(
    "/{sellers}",
    responses=answers.EVERY | answers.CHANGE | {201: {"model": AdsTxtDetail}},
)
def put_ads_txt(
    response: Response,
    session: WriteSession,
    desk: EditorDesk,
    sellers: File,
    data: SellersFile,
    if_match: IfMatchWhereKnown,
) -> AdsTxtDetail:
    """Write ads.txt or app-ads.txt, public at once.

    A new file takes no If-Match and answers 201; a known one needs it.
    """
    replacing.check(editing.find_for_update(session, sellers), if_match)
    row, is_new = publishing.put(session, sellers, data, desk)
    if is_new:
        response.status_code = 201
    return answers.one(response, AdsTxtDetail.model_validate(row), version=row.version)


@router.delete("/{sellers}", status_code=204, responses=answers.EVERY | answers.DELETE)
def delete_ads_txt(
    session: WriteSession, desk: EditorDesk, sellers: File, if_match: IfMatch
) -> None:
    """Take the file away: whoever asks for it is told that there is none."""
    row = references.get_for_update(session, AdsTxt, sellers)
    if_match.check(row.version)
    publishing.delete(session, row, desk)
