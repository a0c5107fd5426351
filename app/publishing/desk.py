"""The circumstances of an act: when, by whom, and for which site."""

from dataclasses import dataclass
from datetime import datetime

from app.publishing.site import Site


@dataclass(frozen=True)
class Desk:
    """Who is acting now, and for which newspaper site."""

    now: datetime
    by: str
    site: Site
