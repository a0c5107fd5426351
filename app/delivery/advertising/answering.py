"""The answers about advertisements: by themselves, beside an article, and in it."""

from typing import Annotated, Literal

import orjson
from fastapi import Query, Request
from pydantic import Field, JsonValue
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.content.blocks.reading import AdSlot
from app.content.placement import placing, targeting
from app.content.placement.placing import Placement
from app.content.placement.policies import platform_class
from app.content.placement.stories import Story
from app.content.vocabularies import Platform
from app.delivery import answers, reading
from app.delivery.advertising import catalogue
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
        description="`inline`: put an `ad_slot` block into the body at each place.",
    )


PlatformQuery = Annotated[PlatformChoice, Query()]


def get(
    request: Request, session: Session, ref: str, choice: PlatformChoice
) -> Response:
    """Answer with the advertisements of one article."""
    found = reading.get(session, "article", ref)
    article = orjson.loads(found.content)
    placement, story = placed(session, server_of(request), article, choice.platform)
    shown = written(placement, story, choice.platform, server_of(request))
    return answers.answer(
        request,
        orjson.dumps(shown),
        position=found.position,
        keys=[keys.resource("article", found.id), *catalogue.NAMED],
    )


def beside(
    request: Request, session: Session, whole: bytes, shown: bytes, wanted: WithAds
) -> bytes:
    """Add advertisements to an article that is to be shown, in part perhaps."""
    server, answer = server_of(request), orjson.loads(shown)
    placement, story = placed(session, server, orjson.loads(whole), wanted.platform)
    if wanted.ads == "inline" and "body" in answer:
        answer["body"] = _inline(answer["body"], placement)
    if wanted.include == "ads":
        answer["ads"] = written(placement, story, wanted.platform, server)
    return orjson.dumps(answer)


def placed(
    session: Session, server: AdServer, article: Written, platform: Platform
) -> tuple[Placement, Story]:
    """Place advertisements on a page, by what readers have of the catalogue."""
    known = catalogue.read(session)
    story = catalogue.story(session, article)
    placement = placing.place(
        story, known.policies, known.slots, platform, is_on=server.is_on
    )
    return placement, story


def written(
    placement: Placement, story: Story, platform: Platform, server: AdServer
) -> Written:
    """Write what was decided, as `PageAds` has it."""
    used = [*placement.fixed, *(one.slot for one in placement.placed)]
    by_key = {slot.key: slot for slot in used}
    return {
        "policy": {"key": placement.policy.key, "version": placement.policy.version},
        "platform": platform,
        "platform_class": platform_class(platform),
        "suppressed": placement.is_suppressed,
        "reasons": list(placement.reasons),
        "unit_path": server.page_path(story),
        "targeting": targeting.of_story(story, platform, server.renamed),
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
        "slots": [server.entry(slot.entry, story) for slot in by_key.values()],
    }


def explained(placement: Placement) -> list[Written]:
    """Write every place that was looked at, and the rule that refused it."""
    return [
        {
            "index": place.index,
            "after_block": place.after_block,
            "before_block": place.before_block,
            "after_item": place.after_item,
            "units_before": place.units_before,
            "words_before": place.words_before,
            "refused": place.refused,
        }
        for place in placement.judged
    ]


def server_of(request: Request) -> AdServer:
    """Find what the newspaper calls itself at its ad server."""
    server: AdServer = request.app.state.ad_server
    return server


def _inline(body: list[Written], placement: Placement) -> list[Written]:
    """Put a block at each place between blocks, the last one first."""
    filled = list(body)
    for one in reversed(placement.placed):
        if one.place.after_item is None:
            block = AdSlot(
                type="ad_slot",
                id=f"ad-{one.instance}",
                syndicate=False,
                slot=one.slot.key,
                instance=one.instance,
            )
            filled.insert(one.place.index, block.model_dump(mode="json"))
    return filled
