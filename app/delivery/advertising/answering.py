"""The answers about advertisements: by themselves, beside an article, and in it."""

from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal

import orjson
from fastapi import Query, Request
from pydantic import Field, JsonValue
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.access.callers import reader_of
from app.access.roles import Role
from app.content.blocks.reading import AdSlot
from app.content.placement import placing
from app.content.placement.placing import Placement
from app.content.placement.policies import Policy, platform_class
from app.content.placement.rules import PlacementRules
from app.content.placement.stories import Story
from app.content.vocabularies import Platform
from app.delivery import answers, reading
from app.delivery.advertising import catalogue
from app.delivery.advertising.schemas import ExplainedAds
from app.delivery.advertising.units import AdServer
from app.delivery.store import keys
from app.kit.schemas import Input

Written = dict[str, JsonValue]


class PlatformChoice(Input):
    """Where a page is shown."""

    platform: Platform = Field(default="web", description="For which platform.")


class WithAds(PlatformChoice):
    """Whether an answer tells of advertisements as well."""

    include: Literal["ads"] | None = Field(
        default=None, description="`ads`: answer the advertisements of the page too."
    )
    ads: Literal["inline"] | None = Field(
        default=None,
        description="`inline`: put an `ad_slot` block into the body at each place; a"
        " gallery becomes two around one.",
    )


PlatformQuery = Annotated[PlatformChoice, Query()]


@dataclass(frozen=True)
class Page:
    """A page, where it is shown, and what was decided for it."""

    server: AdServer
    platform: Platform
    story: Story
    placement: Placement


def get(
    request: Request, session: Session, ref: str, choice: PlatformChoice
) -> Response:
    """Answer with the advertisements of one article."""
    found = reading.get(session, "article", ref)
    article = orjson.loads(found.content)
    page = placed(session, server_of(request), article, choice.platform)
    return answers.answer(
        request,
        orjson.dumps(written(page)),
        position=found.position,
        keys=[keys.resource("article", found.id), *catalogue.NAMED],
    )


def beside(
    request: Request, session: Session, whole: bytes, shown: bytes, wanted: WithAds
) -> bytes:
    """Add advertisements to an article that is to be shown, in part perhaps."""
    article, answer = orjson.loads(whole), orjson.loads(shown)
    page = placed(session, server_of(request), article, wanted.platform)
    if wanted.ads == "inline" and "body" in answer:
        answer["body"] = _inline(answer["body"], page.placement)
    if wanted.include == "ads":
        answer["ads"] = written(page)
    return orjson.dumps(answer)


def placed(
    session: Session,
    server: AdServer,
    article: Written,
    platform: Platform,
    *,
    rules: PlacementRules | None = None,
) -> Page:
    """Place advertisements on a page, by what readers have of the catalogue.

    Rules that are to be tried go before every policy.
    """
    known = catalogue.read(session)
    tried = [Policy(key="preview", version=1, rules=rules)] if rules else known.policies
    story = catalogue.story(session, article)
    placement = placing.place(
        story,
        tried,
        known.slots,
        platform,
        is_on=server.is_on,
        for_partner=server.for_partner,
    )
    return Page(server, platform, story, placement)


def written(page: Page) -> Written:
    """Write what was decided, as `PageAds` has it."""
    placement, policy = page.placement, page.placement.policy
    used = [*placement.fixed, *(one.slot for one in placement.placed)]
    by_key = {slot.key: slot for slot in used}
    return {
        "policy": {"key": policy.key, "version": policy.version},
        "platform": page.platform,
        "platform_class": platform_class(page.platform),
        "suppressed": placement.is_suppressed,
        "reasons": list(placement.reasons),
        "unit_path": page.server.page_path(page.story),
        "targeting": page.server.targeting(page.story, page.platform),
        "fixed": [slot.key for slot in placement.fixed],
        "placements": [
            {
                "slot": one.slot.key,
                "instance": one.instance,
                "index": one.place.index,
                "after_block": one.place.after_block,
                "before_block": one.place.before_block,
                "after_item": one.place.after_item,
                "words_before": one.place.words_before,
            }
            for one in placement.placed
        ],
        "slots": [
            page.server.entry(each.entry, page.story) for each in by_key.values()
        ],
    }


def explained(page: Page) -> ExplainedAds:
    """Write the same with every place that was looked at."""
    candidates = [asdict(place) for place in page.placement.judged]
    return ExplainedAds.model_validate({**written(page), "candidates": candidates})


def server_of(request: Request) -> AdServer:
    """Find what the newspaper calls itself at its ad server, and who asks for it."""
    server: AdServer = request.app.state.ad_server
    caller = reader_of(request)
    is_partner = caller is not None and caller.role is Role.partner
    return replace(server, for_partner=True) if is_partner else server


def _inline(body: list[Written], placement: Placement) -> list[Written]:
    """Put a block at each place, the last one first."""
    filled = list(body)
    for one in reversed(placement.placed):
        block = AdSlot(
            type="ad_slot",
            id=f"ad-{one.instance}",
            syndicate=False,
            slot=one.slot.key,
            instance=one.instance,
        )
        index, shown = one.place.index, block.model_dump(mode="json")
        if one.place.after_item is None:
            filled.insert(index, shown)
        else:
            first, rest = _divided(filled[index], one.place.after_item)
            filled[index : index + 1] = [first, shown, rest]
    return filled


def _divided(gallery: Written, after: int) -> tuple[Written, Written]:
    """Make two galleries of one; the second is named by the number of its first."""
    items = gallery["items"]
    assert isinstance(items, list)
    rest = {"id": f"{str(gallery['id'])[:60]}-{after + 1}", "title": "", "anchor": None}
    return (
        {**gallery, "items": items[:after]},
        {**gallery, **rest, "items": items[after:]},
    )
