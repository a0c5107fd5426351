"""The table of media: facts and addresses; the bytes lie elsewhere.

What was uploaded has an address of its own kind, `upload:` and the folder that its
files are in. It leaves this program nowhere: readers get the addresses of prints.
"""

from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.content.vocabularies import MediaKind
from app.newsroom.identity import Named
from app.pictures.sizes import Original

UPLOAD = "upload:"


class Media(Named):
    """A picture, video, recording or document that stories can show."""

    __tablename__ = "media"

    kind: Mapped[MediaKind] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(String(2000), unique=True)
    mime_type: Mapped[str | None] = mapped_column(String(100))
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration: Mapped[float | None]
    alt: Mapped[str] = mapped_column(Text)
    caption: Mapped[str] = mapped_column(Text)
    credit: Mapped[str] = mapped_column(String(500))
    focal_point: Mapped[dict[str, Any] | None]
    renditions: Mapped[list[Any]]
    rights: Mapped[dict[str, Any]]
    ads: Mapped[bool]
    is_listed: Mapped[bool]
    sha256: Mapped[str | None] = mapped_column(String(64))
    byte_count: Mapped[int | None]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.url

    @property
    def folder(self) -> str | None:
        """Where the files of an uploaded picture are; None for what lies elsewhere."""
        return self.url.removeprefix(UPLOAD) if self.url.startswith(UPLOAD) else None

    @property
    def original(self) -> Original | None:
        """What prints of an uploaded picture are made from."""
        if self.folder is None:
            return None
        assert self.sha256
        assert self.width
        assert self.height
        focal = self.focal_point or {}
        return Original(
            folder=self.folder,
            sha256=self.sha256,
            width=self.width,
            height=self.height,
            focal_x=focal.get("x"),
            focal_y=focal.get("y"),
        )
