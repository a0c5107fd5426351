"""Every setting, in one class, read once from the environment or `.env`.

An unknown `BROADSHEET_` variable is an error, not silence: a misspelt setting
would otherwise be found at three in the morning.
"""

import os
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "BROADSHEET_"


def _database_url(url: str) -> str:
    """Name the driver we ship, whatever form the address was given in."""
    scheme, separator, rest = url.partition("://")
    if scheme == "sqlite" and separator:
        if rest in ("", "/", "/:memory:"):
            raise ValueError("SQLite needs a file: sqlite:///var/broadsheet.db")
        return url
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and separator:
        return _parsed(f"postgresql+psycopg://{rest}")
    raise ValueError("use sqlite:///path or postgresql://user@host/name")


def _parsed(url: str) -> str:
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError("this has the form postgresql://user@host:port/name") from None
    return url


def _base_url(url: str) -> str:
    """Keep an absolute http address without a trailing slash."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("an absolute http:// or https:// address is needed")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("no query, fragment or credentials belong here")
    return url.rstrip("/")


def _bucket_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("this has the form s3://bucket/path")
    return url


def _purge_url(url: str) -> str:
    """Keep the address of a cache, and before it how that is told what to drop."""
    style, separator, address = url.partition("+")
    if style not in ("purge", "ban", "fastly") or not separator or len(url) > 300:
        raise ValueError("use purge+http://…, ban+http://… or fastly+https://…")
    if style == "fastly" and not address.endswith("/purge"):
        raise ValueError("this has the form fastly+https://HOST/service/ID/purge")
    return f"{style}+{_base_url(address)}"


def _words(text: object) -> object:
    return text.replace(",", " ").split() if isinstance(text, str) else text


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
BucketUrl = Annotated[str, AfterValidator(_bucket_url)]
PurgeUrl = Annotated[str, AfterValidator(_purge_url)]


class Settings(BaseSettings):
    """The settings of one Broadsheet process."""

    # A `.env` often serves several programs: only variables that begin with our
    # prefix are ours to refuse.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        dotenv_filtering="match_prefix",
        extra="forbid",
        frozen=True,
    )

    database_url: DatabaseUrl = Field(
        default="sqlite:///var/broadsheet.db",
        description="Where everything is kept: `sqlite:///path` or `postgresql://…`.",
    )
    delivery_database_url: DatabaseUrl | None = Field(
        default=None,
        description="A PostgreSQL replica that public reads use; else the database.",
    )
    api_url: BaseUrl = Field(
        default="http://127.0.0.1:8000",
        description="Where this API is reached; links in answers begin with it.",
    )
    site_url: BaseUrl = Field(
        default="http://127.0.0.1:8080",
        description="Where the frontend lives; canonical links begin with it.",
    )
    site_name: str = Field(
        default="Broadsheet", description="The newspaper's name, in structured data."
    )
    site_logo: str | None = Field(
        default=None,
        pattern="^https?://",
        description="The address of its logo, in structured data; Google wants one.",
    )
    data_mining: Literal["allow", "reserve"] | None = Field(
        default=None,
        description="Whether machines may learn from what is published, unless a"
        " section or an article says otherwise; else nothing is said.",
    )
    data_mining_policy: str | None = Field(
        default=None,
        pattern="^https?://",
        description="The page that says on which terms they may (TDMRep).",
    )
    license_url: str | None = Field(
        default=None,
        pattern="^https?://",
        description="The address of an RSL licence, named in feeds and robots.txt.",
    )
    content_usage: str | None = Field(
        default=None,
        pattern=r"^[a-z-]+=[a-z0-9?]+(, ?[a-z-]+=[a-z0-9?]+)*$",
        description="Preferences for machines, as in `train-ai=n, search=y` (AIPREF).",
    )
    public_access: Literal["open", "keys"] = Field(
        default="open",
        description="Who may read `/v1`: anybody (`open`) or who has a key (`keys`).",
    )
    body_bytes: int = Field(
        default=2_000_000,
        ge=1_000,
        le=50_000_000,
        description="The largest request body that is read, in bytes.",
    )
    media_bytes: int = Field(
        default=25_000_000,
        ge=100_000,
        le=200_000_000,
        description="The largest picture that is taken, in bytes.",
    )
    media_path: Path = Field(
        default=Path("var/media"),
        description="The folder that uploaded pictures are kept in.",
    )
    media_bucket: BucketUrl | None = Field(
        default=None,
        description="A bucket to keep them in instead: `s3://name/path`, by `[s3]`.",
    )
    threads: int = Field(
        default=16,
        ge=1,
        le=200,
        description="Requests worked on at once in a process; also its connections.",
    )
    cache_bytes: int = Field(
        default=64_000_000,
        ge=0,
        description="Memory for answers that are kept, in bytes; 0 keeps none.",
    )
    cdn_seconds: int = Field(
        default=60,
        ge=30,
        le=31_536_000,
        description="How long a shared cache in front may keep a public answer.",
    )
    purge_urls: Annotated[tuple[PurgeUrl, ...], NoDecode, BeforeValidator(_words)] = (
        Field(
            default=(),
            description="Caches to be told what to drop: `purge+http://…`, `ban+http://…`,"
            " `fastly+https://…/service/ID/purge`, with spaces between them.",
        )
    )
    purge_token: SecretStr | None = Field(
        default=None,
        description="Sent with each `PURGE` and `BAN`, as `Authorization: Bearer`.",
    )
    purge_fastly_key: SecretStr | None = Field(
        default=None, description="Sent with each purge to Fastly, as `Fastly-Key`."
    )
    ads: bool = Field(
        default=True, description="Whether any page carries advertisements."
    )
    ad_network: str | None = Field(
        default=None,
        pattern=r"^[0-9]+(,[0-9]+)?$",
        description="The network code at the ad server, `{network}` in unit paths.",
    )
    ad_site: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9_.-]+$",
        description="What the site is called there, `{site}` in unit paths.",
    )
    ad_targeting_keys: dict[str, str] = Field(
        default={},
        description='Other names for key-values, as JSON: `{"section": "channel"}`.',
    )
    in_flight: int = Field(
        default=128,
        ge=8,
        description="Requests in work or waiting at once; beyond, some get 503.",
    )
    header_seconds: float = Field(
        default=10, gt=0, description="How long a request's headers may take to arrive."
    )
    body_seconds: float = Field(
        default=30, gt=0, description="How long a request's body may take to arrive."
    )
    connections_per_address: int = Field(
        default=0,
        ge=0,
        description="Connections that one address may have; 0 sets no limit.",
    )
    drain_seconds: float = Field(
        default=0,
        ge=0,
        description="How long it is answered on after SIGTERM, as not ready.",
    )
    log_days: int = Field(
        default=30,
        ge=1,
        le=3_650,
        description="How long rows of the log are kept, in days.",
    )
    stream_seconds: int = Field(
        default=3_600,
        ge=0,
        le=86_400,
        description="After how long a stream of changes ends; its client comes back.",
    )
    access_log: bool = Field(
        default=False,
        description="Whether each request is logged (never with its query values).",
    )
    metrics: bool = Field(
        default=False,
        description="Whether `/metrics` answers, and to everybody: see the guide.",
    )
    background: bool = Field(
        default=True,
        description="Whether this process does background work, such as refreshing.",
    )

    @model_validator(mode="after")
    def _replica_is_postgresql(self) -> Self:
        replica = self.delivery_database_url
        if replica and replica.startswith("sqlite"):
            raise ValueError("delivery_database_url has to be PostgreSQL")
        return self

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, where SQLite is used."""
        if not self.database_url.startswith("sqlite:///"):
            return None
        return Path(self.database_url.removeprefix("sqlite:///"))


class UnknownSettingError(ValueError):
    """A `BROADSHEET_` variable that no setting reads."""


def read_settings() -> Settings:
    """Read the settings, refusing variables nobody would look at."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(
        name
        for name in os.environ
        if name.startswith(PREFIX)
        and name not in known
        and not name.startswith(f"{PREFIX}TEST_")
    )
    if unknown:
        raise UnknownSettingError(f"Unknown setting: {', '.join(unknown)}")
    return Settings()
