"""The closed lists of a newspaper's terms, as the contract names them."""

from typing import Literal

ArticleType = Literal[
    "article", "liveblog", "gallery", "video", "audio", "interactive", "cartoon"
]
Genre = Literal[
    "news",
    "analysis",
    "opinion",
    "editorial",
    "feature",
    "interview",
    "review",
    "obituary",
    "explainer",
    "letter",
    "recipe",
    "paid",
]
Access = Literal["free", "registered", "subscriber"]
TagKind = Literal[
    "topic", "person", "organisation", "place", "series", "tone", "keyword"
]
MediaKind = Literal["image", "video", "audio", "document"]
SponsorType = Literal["sponsored", "supported", "paid_content"]
SensitivityLevel = Literal["none", "sensitive", "legal"]
SensitiveCategory = Literal[
    "crime",
    "death_or_conflict",
    "terrorism",
    "drugs_and_alcohol",
    "hate",
    "debated_social_issues",
    "explicit",
    "obscenity",
    "arms",
    "piracy",
    "spam",
]
SensitiveAds = Literal["allow", "contextual", "suppress"]
DataMining = Literal["allow", "reserve"]
Audience = Literal["general", "minors"]
SponsorshipStance = Literal["allow", "refuse"]
CorrectionKind = Literal[
    "correction", "clarification", "update", "editors_note", "retraction"
]
ChangeKind = Literal[
    "published",
    "updated",
    "minor",
    "correction",
    "clarification",
    "update",
    "editors_note",
    "retraction",
    "restored",
]
ArticleState = Literal[
    "draft",
    "in_review",
    "embargoed",
    "published",
    "withdrawn",
    "expired",
    "killed",
    "legal",
]

SlotKind = Literal[
    "display", "native", "outstream", "sponsor_logo", "house", "out_of_page"
]
SlotPosition = Literal[
    "page_top",
    "in_article",
    "in_feed",
    "between_containers",
    "rail",
    "article_end",
    "gallery",
    "liveblog",
    "sticky_bottom",
]
PageType = Literal[
    "article", "liveblog", "gallery", "front", "section", "tag", "author", "search"
]
ContainerRole = Literal["standard", "promo", "most_read", "merchandising"]
ContainerLevel = Literal["primary", "secondary"]
Platform = Literal["web", "app_ios", "app_android", "newsletter"]
Collapse = Literal["never", "if_empty", "before_fetch"]
Consent = Literal["none", "contextual", "personalised"]
