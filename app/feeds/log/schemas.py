"""A row of the log as clients get it."""

from typing import Literal

from pydantic import Field, JsonValue

from app.feeds.log.asking import Kind
from app.kit.schemas import ListLinks, Moment, Output, Uuid


class ChangeRow(Output):
    """One thing that happened to one resource.

    A row is never changed but for one case: when an article is killed, all rows
    about it lose `path`, `paths` and `href`.
    """

    position: int = Field(description="Its place in the log; the next has one more.")
    id: str = Field(description="Its id, `evt_…`: the same wherever it is told.")
    event: str = Field(description="The kind and what happened: `article.published`.")
    kind: Kind = Field(description="What kind of resource it is about.")
    resource_id: Uuid = Field(description="The id of that resource.")
    version: int | None = Field(
        description="The resource's version after it; null where it has none."
    )
    change: str | None = Field(
        description="Of an article: what kind of release it was; else null."
    )
    path: str | None = Field(description="Where it lives; null where nowhere.")
    paths: list[str] = Field(description="Its older paths; may be empty.")
    keys: list[str] = Field(
        description="The surrogate keys of every answer that this has changed."
    )
    at: Moment = Field(description="When it happened.")
    href: str | None = Field(
        description="Where this API answers for the resource; null where it does not."
    )
    document: dict[str, JsonValue] | None = Field(
        default=None,
        description="With `include=documents`: the resource as it is now; null if gone."
        " The articles that its body leads to are named by `target_id` alone.",
    )


class ChangesMeta(Output):
    """Which part of the log this is: every row in (after, upto] is here."""

    after: int = Field(description="The position asked for.")
    upto: int = Field(description="The position to ask for next.")


class ChangesPage(Output):
    """A page of the log."""

    data: list[ChangeRow] = Field(description="The rows, oldest first.")
    links: ListLinks = Field(description="`next` is null where there is no more yet.")
    meta: ChangesMeta = Field(description="From where to where this page reaches.")


class SnapshotBegin(Output):
    """The first line of a snapshot."""

    type: Literal["snapshot"] = Field(description="Always `snapshot`.")
    position: int = Field(description="The position of everything in it.")
    changes: str = Field(description="Where to follow from here.")


class SnapshotDocument(Output):
    """A line of a snapshot: one resource that is public."""

    type: Literal["document"] = Field(description="Always `document`.")
    position: int = Field(description="The row of the log that last changed it.")
    kind: Kind = Field(description="What kind of resource it is.")
    id: Uuid = Field(description="Never changes.")
    version: int = Field(description="Its version.")
    path: str | None = Field(description="Where it lives; null where nowhere.")
    href: str | None = Field(
        description="Where this API answers for it; null: nowhere by its id."
    )
    document: dict[str, JsonValue] = Field(
        description="The resource. The articles that its body leads to are named by"
        " `target_id` alone."
    )


class SnapshotEnd(Output):
    """The last line of a snapshot: without it something is missing."""

    type: Literal["end"] = Field(description="Always `end`.")
    documents: int = Field(description="How many lines of documents there were.")


SnapshotLine = SnapshotBegin | SnapshotDocument | SnapshotEnd
