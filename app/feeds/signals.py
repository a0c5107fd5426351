"""What machines are told of the use they may make of an answer.

TDMRep (W3C Community Group Report, 2024) says whether mining is reserved, RSL 1.0 where
the licence is, and the IETF's AIPREF draft what is preferred.
"""

from app.content.vocabularies import DataMining
from app.kit.settings import Settings


def headers(settings: Settings, mining: DataMining | None) -> dict[str, str]:
    """Write the headers for something that may, or may not, be mined."""
    found: dict[str, str] = {}
    if mining is not None:
        found["TDM-Reservation"] = reservation(mining)
        if settings.data_mining_policy:
            found["TDM-Policy"] = settings.data_mining_policy
    if settings.content_usage:
        found["Content-Usage"] = settings.content_usage
    return found


def license_link(settings: Settings) -> list[str]:
    """Write the link to the licence, for the header of that name."""
    if settings.license_url is None:
        return []
    return [f'<{settings.license_url}>; rel="license"; type="application/rsl+xml"']


def reservation(mining: DataMining) -> str:
    """Write it as TDMRep does: 1 is reserved."""
    return "1" if mining == "reserve" else "0"
