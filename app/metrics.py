"""`/metrics`: what an operator's alarms go by, in the text format of Prometheus.

Only where it is switched on, and for nobody's cache. What the database is asked is
the same in every process; the rest is of the process that answers.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.access.callers import Anybody
from app.changes import reading
from app.changes.watching import Watcher
from app.edge.keeping.store import Store
from app.edge.purging import lagging
from app.edge.purging.endpoints import Endpoint
from app.kit.clock import database_now
from app.kit.parameters import declared_parameters_only
from app.kit.settings import Settings
from app.publishing import removing
from app.publishing.timing import due

router = APIRouter(
    tags=["health"],
    dependencies=[Depends(Anybody()), Depends(declared_parameters_only)],
)


class _Told(Collector):
    """Metrics that were made for one answer."""

    def __init__(self, metrics: Iterable[Metric]):
        self._metrics = list(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


@router.get("/metrics", response_class=Response)
def tell_metrics(request: Request) -> Response:
    """Answer with what is due, how far the log was followed, and what is kept."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Told(_of_process(request.app)))
    registry.register(_Told(_of_newspaper(request.app)))
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    headers = {"Cache-Control": "no-store", "Content-Type": media_type}
    return Response(encode(registry), headers=headers)


def _of_process(app: FastAPI) -> Iterator[Metric]:
    watcher: Watcher = app.state.watcher
    store: Store = app.state.cache
    yield _gauge(
        "log_applied_position",
        "Up to where this process has followed the log.",
        watcher.position,
    )
    yield _gauge(
        "log_unseen_seconds",
        "How long this process has not seen the log.",
        watcher.unseen_seconds,
    )
    yield _gauge("cache_answers", "Answers that are kept.", len(store.entries))
    yield _gauge("cache_bytes", "Bytes that they take up.", store.bytes)


def _of_newspaper(app: FastAPI) -> Iterator[Metric]:
    """Tell what the database says; only that it is away, where it is."""
    found: list[Metric] = []
    try:
        with app.state.database.read_primary() as session:
            found += _of_database(session, app.state.settings)
    except SQLAlchemyError:
        found.clear()
    yield _gauge("database_up", "Whether the database answers.", int(bool(found)))
    yield from found


def _of_database(session: Session, settings: Settings) -> Iterator[Metric]:
    now = database_now(session)
    overdue = due.overdue(session, now)
    age = now - overdue.oldest if overdue.oldest else timedelta()
    yield _gauge(
        "due_articles",
        "Articles whose time has come, and which are not out, or not taken back.",
        overdue.count,
    )
    yield _gauge(
        "due_age_seconds", "How long the oldest of them is due.", age.total_seconds()
    )
    yield _gauge(
        "due_failing_articles",
        "How many of them were tried in vain.",
        len(due.failing(session, now)),
    )
    yield _gauge(
        "removals_overdue",
        "Folders of pictures that should be gone from the storage.",
        removing.count_due(session, before=now),
    )
    yield _gauge("log_position", "The newest position.", reading.extent(session).head)
    yield _purges(session, settings)


def _purges(session: Session, settings: Settings) -> Metric:
    behind = GaugeMetricFamily(
        "broadsheet_purge_behind_changes",
        "Changes that a cache in front has not been told of.",
        labels=["cache"],
    )
    for endpoint in Endpoint.all_of(settings):
        lag = lagging.of(session, endpoint)
        if lag is not None:
            behind.add_metric([endpoint.host], lag.changes)
    return behind


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"broadsheet_{name}", says, value=value)
