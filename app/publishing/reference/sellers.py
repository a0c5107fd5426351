"""Saving ads.txt: what crawlers read changes in the same transaction."""

import orjson
from sqlalchemy.orm import Session

from app.content.sellers import AdsTxtFile, SellersFile
from app.delivery.store import addresses
from app.delivery.store.documents import Rendering
from app.newsroom.ads_txt import editing
from app.newsroom.ads_txt.models import AdsTxt
from app.publishing import showing
from app.publishing.desk import Desk

KIND = "ads_txt"


def put(
    session: Session, file: AdsTxtFile, data: SellersFile, desk: Desk
) -> tuple[AdsTxt, bool]:
    """Make this the content of a file; also says whether the file is a new one."""
    row, is_new = editing.put(session, file, data, now=desk.now)
    show(session, row, desk)
    return row, is_new


def delete(session: Session, row: AdsTxt, desk: Desk) -> None:
    """Take a file away: crawlers are told that there is none."""
    session.delete(row)
    showing.hide(session, KIND, row.id, desk=desk)
    addresses.forget(session, row.id)


def show(session: Session, row: AdsTxt, desk: Desk) -> None:
    """Give crawlers the file as saved."""
    text = SellersFile.model_validate(row.content).text()
    detail = orjson.dumps({"file": f"{row.key}.txt", "text": text})
    made = Rendering(
        id=row.id,
        kind=KIND,
        key=row.key,
        label=row.key,
        shape=desk.site.shape,
        summary=detail,
        detail=detail,
    )
    showing.show(session, made, version=row.version, desk=desk)
