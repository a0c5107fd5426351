"""The table of ads.txt files: two rows at most."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.newsroom.identity import Named


class AdsTxt(Named):
    """What stands in `ads.txt` or `app-ads.txt`; `key` says in which."""

    __tablename__ = "ads_txt"

    key: Mapped[str] = mapped_column(String(20), unique=True)
    content: Mapped[dict[str, Any]]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.key
