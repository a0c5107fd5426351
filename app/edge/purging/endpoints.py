"""A cache that is told what to drop, and in which words: Varnish's, or Fastly's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.kit.settings import Settings

EVERYTHING = "*"
"""The key that stands for all there is, for a cache that may have missed something."""


@dataclass(frozen=True)
class Order:
    """What is to be dropped; the position it was read at, and how hard."""

    keys: Sequence[str]
    position: int
    is_soft: bool


@dataclass(frozen=True)
class Endpoint:
    """Where purges are sent to; `name` is how it stands in the settings."""

    name: str
    token: str | None = None

    @classmethod
    def all_of(cls, settings: Settings) -> "Sequence[Endpoint]":
        """List those that the settings name, each with the token for its kind."""
        tokens = {"fastly": settings.purge_fastly_key}
        found = []
        for name in settings.purge_urls:
            token = tokens.get(name.partition("+")[0], settings.purge_token)
            found.append(cls(name, token.get_secret_value() if token else None))
        return found

    @property
    def host(self) -> str:
        """The host alone, for people."""
        return urlsplit(self._url).netloc

    @property
    def _style(self) -> str:
        return self.name.partition("+")[0]

    @property
    def _url(self) -> str:
        return self.name.partition("+")[2]

    def request(self, order: Order) -> tuple[str, str, Mapping[str, str]]:
        """Write an order as method, URL and headers."""
        if self._style == "fastly":
            return self._at_fastly(order)
        headers = {
            "Surrogate-Key": " ".join(order.keys),
            # So that it does not keep what a process behind the log has answered.
            "Broadsheet-Position": str(order.position),
        }
        if order.is_soft:
            headers["Soft-Purge"] = "1"
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return self._style.upper(), f"{self._url}/", headers

    def _at_fastly(self, order: Order) -> tuple[str, str, Mapping[str, str]]:
        headers = {"Accept": "application/json"}
        if self.token:
            headers["Fastly-Key"] = self.token
        if EVERYTHING in order.keys:
            return "POST", f"{self._url}_all", headers
        headers["Surrogate-Key"] = " ".join(order.keys)
        if order.is_soft:
            headers["Fastly-Soft-Purge"] = "1"
        return "POST", self._url, headers
