"""Where the newspaper lives: what every rendering needs to know of the settings."""

import hashlib
from dataclasses import astuple, dataclass, replace

from app.content.seo import SiteFacts
from app.content.vocabularies import DataMining
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
    data_mining: DataMining | None = None
    data_mining_policy: str | None = None
    license: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Site":
        """Take what rendering needs out of the settings."""
        return cls(
            url=settings.site_url,
            name=settings.site_name,
            api_url=settings.api_url,
            logo=settings.site_logo,
            data_mining=settings.data_mining,
            data_mining_policy=settings.data_mining_policy,
            license=settings.license_url,
        )

    @property
    def shape(self) -> str:
        """Name what documents look like here: renderer version and settings."""
        text = "\x00".join(each or "" for each in astuple(self))
        return f"{RENDERER}-{hashlib.blake2b(text.encode(), digest_size=6).hexdigest()}"

    @property
    def facts(self) -> SiteFacts:
        """What a page says of the newspaper in its structured data."""
        own = SiteFacts.of(name=self.name, url=self.url, logo=self.logo)
        return replace(
            own, license=self.license, data_mining_policy=self.data_mining_policy
        )

    def link(self, path: str) -> str:
        """Make the address of a page of the frontend."""
        return self.url + path
