"""What partners get of an embargoed article: what readers will, and until when."""

from pydantic import Field

from app.delivery.schemas.articles import ArticleDetail, ArticleSummary
from app.kit.schemas import Moment


class AdvanceSummary(ArticleSummary):
    """An embargoed article as it will stand in lists."""

    embargo_until: Moment = Field(description="Nothing of it is for readers before.")


class AdvanceDetail(ArticleDetail):
    """An embargoed article, whole, as readers will get it."""

    embargo_until: Moment = Field(description="Nothing of it is for readers before.")
