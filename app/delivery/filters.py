"""What lists of articles can be narrowed by, and how a value is read.

A comma is *any of*, repeating is *all of*, a leading minus is *none of*:
`tag=nato,eu&tag=-sport`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, get_args
from uuid import UUID

from fastapi import Query
from pydantic import Field, TypeAdapter, ValidationError

from app.content.story import Language
from app.content.vocabularies import Access, ArticleType, Genre
from app.delivery.reading import parse_id
from app.kit.errors import Fault, Invalid
from app.kit.pages import Paging
from app.kit.schemas import Moment

MAX_VALUES = 50
MAX_IDS = 100

_NAMED = frozenset({"section", "author", "tag"})
_VOCABULARIES: dict[str, tuple[str, ...]] = {
    "type": get_args(ArticleType),
    "genre": get_args(Genre),
    "access": get_args(Access),
}
_REFERENCE = re.compile(r"/?[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")
_LANGUAGE: TypeAdapter[str] = TypeAdapter(Language)

Values = list[Annotated[str, Field(max_length=2000)]]
Order = Literal["newest", "oldest", "updated", "relevance"]

MAX_QUESTION = 200


class Filters(Paging):
    """Which articles, in which order, and how much of each."""

    section: Values = Field(default=[], description="Id or path; its subtree counts.")
    author: Values = Field(default=[], description="Id or slug.")
    tag: Values = Field(default=[], description="Id or slug.")
    type: Values = Field(default=[], description="The form: article, gallery…")
    genre: Values = Field(default=[], description="The kind: news, opinion…")
    language: Values = Field(default=[], description="BCP 47 language tag.")
    access: Values = Field(default=[], description="free, registered, subscriber.")
    published_after: Moment | None = Field(
        default=None, description="Published at this time or later."
    )
    published_before: Moment | None = Field(
        default=None, description="Published before this time."
    )
    updated_after: Moment | None = Field(
        default=None, description="Changed for readers at this time or later."
    )
    exclude: str | None = Field(
        default=None,
        max_length=4000,
        description="At most 100 ids, comma-separated: those already on the page.",
    )
    order: Order = Field(
        default="newest",
        description="By which time, which way; `relevance` needs `q`.",
    )
    total: bool = Field(
        default=False,
        strict=False,
        description="Whether to count the matches, up to 10,000.",
    )
    fields: str | None = Field(
        default=None,
        max_length=2000,
        description="Only these fields: `headline,section.name,authors.name`.",
    )


class ArticleFilters(Filters):
    """The same, also of a question's answers or of a batch."""

    q: str | None = Field(
        default=None,
        max_length=MAX_QUESTION,
        description='Words to find, in any form; `"a phrase"`, `-not`, `this OR that`,'
        " `headline:word`. Any text is a question.",
    )
    ids: str | None = Field(
        default=None,
        max_length=4000,
        description="At most 100 ids, comma-separated: these, in this order.",
    )


ArticleQuery = Annotated[ArticleFilters, Query()]


@dataclass(frozen=True)
class Group:
    """One condition: any of these values of a facet, or none of them."""

    kind: str
    values: tuple[str, ...]
    is_none_of: bool

    @property
    def is_named(self) -> bool:
        """Whether its values name resources, by id or by key."""
        return self.kind in _NAMED


def groups(filters: Filters) -> list[Group]:
    """Read the facet filters; a value that cannot be meant is refused."""
    return [
        _group(kind, text)
        for kind, texts in _facet_texts(filters)
        for text in _limited(kind, texts)
    ]


def ids(text: str | None, *, parameter: str) -> list[UUID] | None:
    """Read a comma-separated list of ids."""
    if text is None:
        return None
    parts = text.split(",")
    found = [parse_id(part) for part in parts]
    if len(parts) > MAX_IDS:
        raise _refusal(parameter, f"At most {MAX_IDS} ids.")
    known = [each for each in found if each is not None]
    if len(known) != len(found):
        raise _refusal(parameter, "Ids are UUIDs, separated by commas.")
    return list(dict.fromkeys(known))


def _facet_texts(filters: Filters) -> Iterator[tuple[str, Sequence[str]]]:
    # The order is the order of preference for driving the query: from what
    # usually has few articles to what usually has many.
    yield "author", filters.author
    yield "tag", filters.tag
    yield "section", filters.section
    yield "genre", filters.genre
    yield "type", filters.type
    yield "language", filters.language
    yield "access", filters.access


def _limited(kind: str, texts: Sequence[str]) -> Sequence[str]:
    if sum(text.count(",") + 1 for text in texts) > MAX_VALUES:
        raise _refusal(kind, f"At most {MAX_VALUES} values.")
    return texts


def _group(kind: str, text: str) -> Group:
    parts = text.split(",")
    negative = [part.startswith("-") for part in parts]
    if any(negative) and not all(negative):
        raise _refusal(kind, "All values of one list have a minus, or none has.")
    values = tuple(_value(kind, part.removeprefix("-")) for part in parts)
    return Group(kind, values, is_none_of=negative[0])


def _value(kind: str, text: str) -> str:
    allowed = _VOCABULARIES.get(kind)
    if allowed is not None:
        if text not in allowed:
            raise _refusal(kind, f"Allowed here: {', '.join(allowed)}.")
        return text
    if kind == "language":
        return _language(text)
    if parse_id(text) is None and not _REFERENCE.fullmatch(text):
        raise _refusal(kind, "An id, slug or path is needed.")
    return text.strip("/").lower() if parse_id(text) else text.strip("/")


def _language(text: str) -> str:
    """Read a language tag in any case: stories keep theirs in the usual one."""
    try:
        return _LANGUAGE.validate_python(text)
    except ValidationError:
        detail = "A language tag is needed, such as en or en-GB."
        raise _refusal("language", detail) from None


def _refusal(parameter: str, detail: str) -> Invalid:
    return Invalid(faults=[Fault(detail=detail, parameter=parameter)])
