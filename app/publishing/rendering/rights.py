"""Rendering what may be done with a story."""

from app.content.vocabularies import DataMining
from app.delivery.schemas.articles import ArticleRights
from app.newsroom.articles.snapshot import Snapshot
from app.publishing.rendering import sections
from app.publishing.rendering.sources import Sources
from app.publishing.site import Site


def of_story(snapshot: Snapshot, sources: Sources, site: Site) -> ArticleRights:
    """Say who owns it, on which terms it may be used, and whether by machines."""
    own = snapshot.rights
    return ArticleRights(
        copyright_holder=own.copyright_holder or site.name,
        copyright_notice=own.copyright_notice,
        usage_terms=own.usage_terms,
        syndicate=own.syndicate,
        data_mining=data_mining(snapshot, sources, site),
    )


def data_mining(snapshot: Snapshot, sources: Sources, site: Site) -> DataMining | None:
    """Say whether machines may learn from it: as it says, else as its section does."""
    own = snapshot.rights.data_mining
    return own or sections.data_mining(sources.ancestry, site)
