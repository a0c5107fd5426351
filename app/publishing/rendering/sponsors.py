"""Rendering a sponsor where a story names it."""

from app.delivery.schemas.references import SponsorLogos, Sponsorship
from app.newsroom.sponsors.models import Sponsor


def sponsorship(sponsor: Sponsor) -> Sponsorship:
    """Say who paid, and what readers must be told."""
    return Sponsorship(
        id=sponsor.id,
        key=sponsor.key,
        name=sponsor.name,
        type=sponsor.type,
        link=sponsor.link,
        about_link=sponsor.about_link,
        logo=SponsorLogos.model_validate(sponsor.logo),
    )
