"""Rendering who paid: for a story, for a section or a tag."""

from collections.abc import Iterable

from app.delivery.schemas.references import SponsorLogos, Sponsorship
from app.newsroom.articles.snapshot import Snapshot
from app.newsroom.sponsors.models import Sponsor
from app.publishing.rendering.release import Release
from app.publishing.rendering.sources import Sources


def of_story(
    snapshot: Snapshot, sources: Sources, release: Release
) -> Sponsorship | None:
    """Say who paid for a story: its own sponsor, a series', a tag's, or a section's.

    The first of them whose terms it meets; nobody where the story refuses.
    """
    if snapshot.sensitivity.sponsorship == "refuse":
        return None
    candidates = (
        sponsor
        for sponsor in sources.sponsors.values()
        if sponsor.published_since is None
        or sponsor.published_since <= release.published_at
    )
    return first(candidates, edition=snapshot.edition)


def first(
    candidates: Iterable[Sponsor], *, edition: str | None = None
) -> Sponsorship | None:
    """Say who is the first of these whose agreement holds, and in this edition."""
    return next(
        (
            _sponsorship(sponsor)
            for sponsor in candidates
            if sponsor.is_active
            and (not sponsor.editions or edition in sponsor.editions)
        ),
        None,
    )


def _sponsorship(sponsor: Sponsor) -> Sponsorship:
    return Sponsorship(
        id=sponsor.id,
        key=sponsor.key,
        name=sponsor.name,
        type=sponsor.type,
        link=sponsor.link,
        about_link=sponsor.about_link,
        logo=SponsorLogos.model_validate(sponsor.logo),
        is_exclusive=sponsor.is_exclusive,
    )
