"""What the house writes by itself cannot be written by a client.

For every create and update: each column of the table behind it that is no field
of the request, sent beside a valid body, is refused by name and changes nothing
(rows B4 and B5 of the study of attacks).
"""

from collections.abc import Mapping

import pytest
from pydantic import BaseModel

from app.access.models import Key
from app.access.schemas import KeyCreate, KeyRevoke, KeyRotate
from app.content.sellers import SellersFile
from app.kit.columns import Base
from app.manage.drafts.ads import AdsPreview
from app.newsroom.ad_policies.models import AdPolicy
from app.newsroom.ad_policies.schemas import AdPolicyCreate, AdPolicyUpdate
from app.newsroom.ad_slots.models import AdSlot
from app.newsroom.ad_slots.schemas import AdSlotCreate, AdSlotUpdate
from app.newsroom.ads_txt.models import AdsTxt
from app.newsroom.articles.models import Article, Revision
from app.newsroom.articles.schemas import (
    ArticleCorrect,
    ArticleCreate,
    ArticleEmbargo,
    ArticleKill,
    ArticlePublish,
    ArticlePurge,
    ArticleRestore,
    ArticleSchedule,
    ArticleSubmit,
    ArticleTakeDown,
    ArticleUnschedule,
    ArticleUpdate,
)
from app.newsroom.authors.models import Author
from app.newsroom.authors.schemas import AuthorCreate, AuthorMerge, AuthorUpdate
from app.newsroom.fronts.models import Front
from app.newsroom.fronts.schemas import FrontWrite
from app.newsroom.media.models import Media
from app.newsroom.media.schemas import MediaCreate, MediaUpdate
from app.newsroom.menus.models import Menu
from app.newsroom.menus.schemas import MenuWrite
from app.newsroom.revisions.schemas import ArticleRevert
from app.newsroom.sections.models import Section
from app.newsroom.sections.schemas import SectionCreate, SectionUpdate
from app.newsroom.sponsors.models import Sponsor
from app.newsroom.sponsors.schemas import SponsorCreate, SponsorUpdate
from app.newsroom.tags.models import Tag
from app.newsroom.tags.schemas import TagCreate, TagMerge, TagUpdate
from app.newsroom.teamwork.schemas import ArticleLockTake, ArticlePreview
from tests.hostile.operations import WRITES, Operation
from tests.hostile.standing import Standing
from tests.hostile.stock import body_for, full_bodies
from tests.newsroom import Json

ARTICLES = "/manage/v1/articles"

MODELS: Mapping[str, tuple[type[BaseModel], type[Base]]] = {
    f"POST {ARTICLES}": (ArticleCreate, Article),
    f"PATCH {ARTICLES}/{{article}}": (ArticleUpdate, Article),
    f"PUT {ARTICLES}/by-external-id/{{source}}/{{external_id}}": (
        ArticleCreate,
        Article,
    ),
    f"POST {ARTICLES}/{{article}}/submit": (ArticleSubmit, Article),
    f"POST {ARTICLES}/{{article}}/revert": (ArticleRevert, Article),
    f"POST {ARTICLES}/{{article}}/lock": (ArticleLockTake, Article),
    f"POST {ARTICLES}/{{article}}/preview": (ArticlePreview, Article),
    f"POST {ARTICLES}/{{article}}/publish": (ArticlePublish, Article),
    f"POST {ARTICLES}/{{article}}/schedule": (ArticleSchedule, Article),
    f"POST {ARTICLES}/{{article}}/embargo": (ArticleEmbargo, Article),
    f"POST {ARTICLES}/{{article}}/unschedule": (ArticleUnschedule, Article),
    f"POST {ARTICLES}/{{article}}/correct": (ArticleCorrect, Article),
    f"POST {ARTICLES}/{{article}}/withdraw": (ArticleTakeDown, Article),
    f"POST {ARTICLES}/{{article}}/restore": (ArticleRestore, Article),
    f"POST {ARTICLES}/{{article}}/kill": (ArticleKill, Article),
    f"POST {ARTICLES}/{{article}}/legal": (ArticleTakeDown, Article),
    f"POST {ARTICLES}/{{article}}/purge": (ArticlePurge, Article),
    "POST /manage/v1/ads/preview": (AdsPreview, Article),
    "POST /manage/v1/authors": (AuthorCreate, Author),
    "PATCH /manage/v1/authors/{author}": (AuthorUpdate, Author),
    "POST /manage/v1/authors/{author}/merge": (AuthorMerge, Author),
    "POST /manage/v1/sections": (SectionCreate, Section),
    "PATCH /manage/v1/sections/{section}": (SectionUpdate, Section),
    "POST /manage/v1/tags": (TagCreate, Tag),
    "PATCH /manage/v1/tags/{tag}": (TagUpdate, Tag),
    "POST /manage/v1/tags/{tag}/merge": (TagMerge, Tag),
    "POST /manage/v1/media": (MediaCreate, Media),
    "PATCH /manage/v1/media/{asset}": (MediaUpdate, Media),
    "POST /manage/v1/sponsors": (SponsorCreate, Sponsor),
    "PATCH /manage/v1/sponsors/{sponsor}": (SponsorUpdate, Sponsor),
    "POST /manage/v1/ad-slots": (AdSlotCreate, AdSlot),
    "PATCH /manage/v1/ad-slots/{slot}": (AdSlotUpdate, AdSlot),
    "POST /manage/v1/ad-policies": (AdPolicyCreate, AdPolicy),
    "PATCH /manage/v1/ad-policies/{policy}": (AdPolicyUpdate, AdPolicy),
    "PUT /manage/v1/menus/{menu}": (MenuWrite, Menu),
    "PUT /manage/v1/fronts/{front}": (FrontWrite, Front),
    "PUT /manage/v1/ads-txt/{sellers}": (SellersFile, AdsTxt),
    "POST /manage/v1/keys": (KeyCreate, Key),
    "POST /manage/v1/keys/{key}/rotate": (KeyRotate, Key),
    "POST /manage/v1/keys/{key}/revoke": (KeyRevoke, Key),
}

OF_EVERY_KIND = ("id", "version", "created_at", "updated_at")

OF_ARTICLES = (
    "state",
    "path",
    "released_revision",
    "revision",
    "release",
    "saved_by",
    "saved_at",
    "killed_at",
    "publish_at",
    "embargoed_until",
    "visible_from",
    "current_version",
    "has_unreleased_changes",
)


def undeclared(model: type[BaseModel], table: type[Base]) -> list[str]:
    """Columns of the table that the request has no field for."""
    tables = [table.__table__] + ([Revision.__table__] if table is Article else [])
    columns = {column.name for each in tables for column in each.columns}
    guessed = {*OF_EVERY_KIND, *(OF_ARTICLES if table is Article else ())}
    return sorted((columns | guessed) - set(model.model_fields))


def plausible(name: str) -> object:
    """A value that the column itself would take."""
    if name.endswith(("_at", "_from")):
        return "2020-01-01T00:00:00Z"
    if name in {"version", "revision", "released_revision", "release", "number"}:
        return 99
    if name.startswith("is_"):
        return True
    return {"state": "published", "content": {}, "role": "admin"}.get(name, "mine")


def test_every_write_is_held_against_its_table() -> None:
    assert set(MODELS) == {str(operation) for operation in WRITES}


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_a_column_that_is_no_field_is_refused_by_name(
    operation: Operation, unharmed: Standing
) -> None:
    model, table = MODELS[str(operation)]
    extras = undeclared(model, table)
    assert extras
    for name in extras:
        body: Json = body_for(operation, full_bodies(unharmed.stock))
        response = unharmed.write(operation, {**body, name: plausible(name)})
        assert response.status_code == 422, name
        pointers = [error["pointer"] for error in response.json()["errors"]]
        assert pointers == [f"/{name}"], name


@pytest.mark.parametrize("operation", WRITES, ids=str)
def test_all_columns_at_once_are_refused_each_by_name(
    operation: Operation, unharmed: Standing
) -> None:
    extras = undeclared(*MODELS[str(operation)])
    response = unharmed.write(operation, {name: plausible(name) for name in extras})
    pointers = {error["pointer"] for error in response.json()["errors"]}
    assert response.status_code == 422
    assert pointers >= {f"/{name}" for name in extras}


def test_a_draft_begins_as_a_draft_of_whoever_saved_it(standing: Standing) -> None:
    create = next(each for each in WRITES if str(each) == f"POST {ARTICLES}")
    story = body_for(create, full_bodies(standing.stock))
    answer = standing.write(create, story | {"slug": "begins-as-a-draft"})
    made = answer.json()
    assert answer.status_code == 201
    assert (made["state"], made["version"], made["release"]) == ("draft", 1, 0)
    assert (made["path"], made["published_at"]) == (None, None)
