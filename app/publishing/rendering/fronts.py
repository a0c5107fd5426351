"""Rendering a front: what stands on it at the time, ids only."""

from collections.abc import Mapping
from datetime import datetime

from app.delivery.fronts.plans import Plan, PlannedContainer
from app.delivery.fronts.schemas import FrontSummary
from app.delivery.store.documents import Rendering
from app.newsroom.fronts import editing
from app.newsroom.fronts.models import Front
from app.newsroom.fronts.schemas import Container
from app.newsroom.sponsors.models import Sponsor
from app.publishing.rendering import sponsors
from app.publishing.site import Site


def render(
    front: Front, payers: Mapping[str, Sponsor], site: Site, *, now: datetime
) -> Rendering:
    """Render the document of a front; `payers` are the sponsors that it names."""
    said = FrontSummary.model_validate(front)
    plan = Plan(
        **said.model_dump(),
        containers=[
            _container(container, payers) for container in editing.current(front, now)
        ],
    )
    return Rendering(
        id=front.id,
        kind="front",
        key=front.key,
        label=front.title or front.key,
        shape=site.shape,
        summary=said.model_dump_json().encode(),
        detail=plan.model_dump_json().encode(),
    )


def _container(container: Container, payers: Mapping[str, Sponsor]) -> PlannedContainer:
    payer = payers[container.sponsor] if container.sponsor else None
    return PlannedContainer.model_validate(
        {
            **container.model_dump(),
            "sponsorship": sponsors.first([payer] if payer else []),
        }
    )
