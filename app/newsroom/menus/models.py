"""The table of menus: navigation trees."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.newsroom.identity import Named


class Menu(Named):
    """A navigation tree, such as the main menu or the footer.

    An item keeps the id of what it leads to, so that a new path or a kill needs
    no edit here.
    """

    __tablename__ = "menus"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    items: Mapped[list[Any]]

    @classmethod
    def name_column(cls) -> InstrumentedAttribute[str]:
        return cls.key
