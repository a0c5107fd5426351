"""The answers about fronts: one with all that stands on it, and a list of them."""

from dataclasses import dataclass
from typing import Annotated, Literal

import orjson
from fastapi import Query, Request
from pydantic import Field, JsonValue
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.delivery import answers, reading
from app.delivery.advertising import answering as advertising
from app.delivery.advertising import catalogue
from app.delivery.advertising.answering import PlatformChoice, server_of
from app.delivery.fronts import automatic, filling
from app.delivery.fronts.filling import Written
from app.delivery.fronts.plans import HOME, Plan
from app.delivery.store import keys

KIND = "front"


class FrontView(PlatformChoice):
    """What a front is answered with."""

    include: Literal["ads"] | None = Field(
        default=None, description="`ads`: answer the advertisements of the page too."
    )


FrontViewQuery = Annotated[FrontView, Query()]


@dataclass(frozen=True)
class Front:
    """A front as readers get it, the section it is of, and what it depends on."""

    page: Written
    section: Written | None
    named: list[str]


def get(request: Request, session: Session, ref: str, view: FrontView) -> Response:
    """Answer with one front, curated or not."""
    position = reading.position(session)
    front = find(session, ref, site_url=request.app.state.settings.site_url)
    page, named = front.page, front.named
    if view.include == "ads":
        placed = advertising.placed(
            session, server_of(request), advertised(front), view.platform
        )
        page = {**page, "ads": advertising.written(placed)}
        named = [*named, *catalogue.NAMED]
    return answers.answer(request, orjson.dumps(page), position=position, keys=named)


def find(session: Session, ref: str, *, site_url: str) -> Front:
    """Fill the front of this key or id: of the newspaper, or of a section.

    One that nobody has made changes with the sections, and may yet be made.
    """
    plan, section = _planned(session, ref.strip("/"))
    page, named = filling.filled(session, plan, site_url=site_url)
    own = [keys.collection(KIND), keys.collection("section")]
    if plan.id is not None:
        own = [keys.resource(KIND, plan.id)]
    if section is not None:
        own.append(keys.resource("section", str(section["id"])))
    return Front(page, section, [*own, *named])


def advertised(front: Front) -> Written:
    """Say of a front what placement asks of a page."""
    containers: list[Written] = [
        {
            "id": container["key"],
            "role": container["role"],
            "level": container["level"],
            "is_branded": container["sponsorship"] is not None,
        }
        for container in _containers(front.page)
    ]
    kind = "front" if front.section is None else "section"
    said = front.section or {"path": "/"}
    return {**catalogue.page(kind, said), "containers": list(containers)}


def story_urls(front: Front) -> list[str]:
    """List the addresses of the stories on it, in order."""
    return [
        str(card["article"]["url"])
        for container in _containers(front.page)
        for card in _objects(container["cards"])
        if isinstance(card["article"], dict)
    ]


def _containers(page: Written) -> list[Written]:
    return _objects(page["containers"])


def _objects(items: JsonValue) -> list[Written]:
    assert isinstance(items, list)
    return [each for each in items if isinstance(each, dict)]


def _planned(session: Session, ref: str) -> tuple[Plan, Written | None]:
    """Find what is planned, and the section it is planned for; None for home."""
    found = reading.find(session, KIND, ref)
    if found is not None:
        plan = Plan.model_validate_json(found.content)
        if plan.key == HOME:
            return plan, None
        section = reading.get(session, "section", plan.key)
        return plan, orjson.loads(section.content)
    if ref == HOME:
        return automatic.of_home(session), None
    section = reading.get(session, "section", ref)
    said: Written = orjson.loads(section.content)
    path = str(said["path"]).strip("/")
    if ref != path:
        return _planned(session, path)
    return automatic.of_section(session, section), said
