"""Making and replacing ads.txt files."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content.sellers import AdsTxtFile, SellersFile
from app.newsroom.ads_txt.models import AdsTxt


def put(
    session: Session, file: AdsTxtFile, data: SellersFile, *, now: datetime
) -> tuple[AdsTxt, bool]:
    """Make this the content of a file; also says whether the file is a new one."""
    content = data.model_dump(mode="json")
    row = find_for_update(session, file)
    is_new = row is None
    if row is None:
        row = AdsTxt(
            key=file, content=content, version=1, created_at=now, updated_at=now
        )
        session.add(row)
    elif row.content != content:
        row.content = content
        row.touch(now)
    session.flush()
    return row, is_new


def find_for_update(session: Session, file: AdsTxtFile) -> AdsTxt | None:
    """Find a file and keep others from changing it until the commit."""
    return session.scalar(
        select(AdsTxt)
        .where(AdsTxt.key == file)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
