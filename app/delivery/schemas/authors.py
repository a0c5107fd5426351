"""What readers get of an author."""

from pydantic import Field

from app.delivery.schemas.references import MediaReference
from app.kit.schemas import Output, Uuid


class AuthorProfile(Output):
    """An author's profile; `GET /v1/articles?author=` lists the work."""

    id: Uuid = Field(description="Never changes.")
    slug: str = Field(description="The end of their path.")
    name: str = Field(description="As it stands in a byline.")
    path: str = Field(description="Their public path.")
    url: str = Field(description="The page of the frontend.")
    role: str | None = Field(description="Such as *Political editor*.")
    bio: str | None = Field(description="A few sentences, plain text.")
    email: str | None = Field(description="An address for readers.")
    links: list[str] = Field(description="Profiles elsewhere.")
    portrait: MediaReference | None = Field(description="Their picture; null: none.")
