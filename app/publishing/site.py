"""Where the newspaper lives: what every rendering needs to know of the settings."""

import hashlib
from dataclasses import dataclass

from app.kit.settings import Settings

RENDERER = 4
"""Raised whenever the same content would be rendered to other bytes."""


@dataclass(frozen=True)
class Site:
    """The settings that are rendered into documents."""

    url: str
    name: str
    api_url: str
    logo: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Site":
        """Take what rendering needs out of the settings."""
        return cls(
            url=settings.site_url,
            name=settings.site_name,
            api_url=settings.api_url,
            logo=settings.site_logo,
        )

    @property
    def shape(self) -> str:
        """Name what documents look like here: renderer version and settings."""
        text = "\x00".join((self.url, self.name, self.api_url, self.logo or ""))
        return f"{RENDERER}-{hashlib.blake2b(text.encode(), digest_size=6).hexdigest()}"

    def link(self, path: str) -> str:
        """Make the address of a page of the frontend."""
        return self.url + path
