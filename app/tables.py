"""Every table there is, so that the metadata is whole for migrations and tests."""

from app.access import models as access
from app.changes import models as changes
from app.delivery.advance import models as advance
from app.delivery.store import models as delivery
from app.edge.purging import models as purging
from app.kit.columns import Base
from app.newsroom.ad_policies import models as ad_policies
from app.newsroom.ad_slots import models as ad_slots
from app.newsroom.ads_txt import models as ads_txt
from app.newsroom.articles import models as articles
from app.newsroom.authors import models as authors
from app.newsroom.fronts import models as fronts
from app.newsroom.media import models as media
from app.newsroom.menus import models as menus
from app.newsroom.sections import models as sections
from app.newsroom.sponsors import models as sponsors
from app.newsroom.tags import models as tags
from app.publishing import models as publishing

MODULES = (
    access,
    changes,
    delivery,
    advance,
    ad_policies,
    ad_slots,
    ads_txt,
    articles,
    authors,
    fronts,
    media,
    menus,
    sections,
    sponsors,
    tags,
    publishing,
    purging,
)

metadata = Base.metadata
