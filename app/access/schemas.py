"""What admins write of a key, and what they get."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from app.access import keys
from app.kit.schemas import Input, Moment, Output, Uuid
from app.kit.strings import Title

RoleName = Literal["partner", "reporter", "editor", "publisher", "admin"]

Scope = Annotated[str, Field(max_length=keys.SCOPE_LENGTH, pattern=keys.SCOPE)]

WEEK = 7 * 24


class KeyCreate(Input):
    """A new key."""

    name: Annotated[Title, Field(max_length=keys.NAME_LENGTH)] = Field(
        description="Whose key it is, as it stands beside what was done with it."
    )
    role: RoleName = Field(description="What it may do, each more than the one before.")
    scopes: list[Scope] = Field(
        default=[], max_length=50, description="Further rights, such as `embargo`."
    )
    expires_at: Moment | None = Field(
        default=None, description="When it ends by itself; null: never."
    )


class KeyRotate(Input):
    """How a key is replaced."""

    overlap_hours: int = Field(
        default=WEEK,
        ge=0,
        le=90 * 24,
        description="For how long the old key holds beside the new one.",
    )

    @property
    def overlap(self) -> timedelta:
        return timedelta(hours=self.overlap_hours)


class KeyRevoke(Input):
    """Nothing has to be said."""


class KeyItem(Output):
    """A key as admins see it. Its text is stored nowhere."""

    id: Uuid
    name: str = Field(description="Whose key it is.")
    role: RoleName = Field(description="What it may do.")
    scopes: list[str] = Field(description="Further rights.")
    hint: str = Field(description="How it begins, to know it by.")
    created_at: Moment
    expires_at: Moment | None = Field(description="When it ends by itself.")
    revoked_at: Moment | None = Field(description="When it was taken back.")
    last_used_at: Moment | None = Field(
        description="When it was used last, to some seconds."
    )
    predecessor_id: Uuid | None = Field(
        description="The key that it replaces; null: none."
    )


class KeyDetail(KeyItem):
    """A key that was just made."""

    text: str | None = Field(
        description="The key itself: it is shown once, and null to whoever repeats"
        " the request."
    )
