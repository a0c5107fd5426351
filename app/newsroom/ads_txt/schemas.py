"""What editors get of ads.txt; what they write is `SellersFile`."""

from pydantic import Field

from app.content.sellers import AdsTxtFile, SellersFile
from app.kit.schemas import Moment, Output, Uuid


class AdsTxtDetail(Output):
    """One of the two files as editors see it."""

    id: Uuid
    version: int = Field(description="The lock: it rises with every write.")
    key: AdsTxtFile = Field(description="`ads` for ads.txt, `app-ads` for app-ads.txt.")
    content: SellersFile = Field(description="What stands in it.")
    created_at: Moment
    updated_at: Moment
