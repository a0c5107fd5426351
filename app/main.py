"""The application, put together: settings in, an ASGI callable out."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session
from starlette.types import ASGIApp, Receive, Scope, Send

from app import api, docs, health, metrics
from app.access.callers import every_route_declares_its_caller
from app.access.uses import Uses
from app.background import Background
from app.changes import log
from app.changes.watching import Watcher
from app.delivery.advertising.units import AdServer
from app.delivery.answers import on_moved
from app.delivery.reading import Moved
from app.edge.access_log import AccessLog
from app.edge.draining import draining
from app.edge.keeping.cache import ResponseCache
from app.edge.keeping.conditional import Conditional
from app.edge.keeping.following import Following
from app.edge.keeping.sending import AtOnce
from app.edge.keeping.store import Store
from app.edge.placing import Placing
from app.edge.purging.waking import Waking
from app.edge.shedding import Shedding
from app.edge.short_way import ShortWay
from app.kit import refusals
from app.kit.clock import Clock, system_clock
from app.kit.db import Database
from app.kit.intake import Intake
from app.kit.methods import Methods
from app.kit.refusals import LastResort
from app.kit.settings import Settings, read_settings
from app.manage.receiving import STREAMED
from app.manage.repeating.routes import on_replayed
from app.manage.repeating.sessions import Replayed
from app.pictures.studio import Studio

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


class Application(FastAPI):
    """FastAPI, with the edge before it: a kept answer does not even reach FastAPI."""

    edge: ASGIApp
    at_once: AtOnce | None = None
    """What answers without being waited for, where nothing else has to see it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.edge(scope, receive, send)

    async def route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do what FastAPI does."""
        await super().__call__(scope, receive, send)


def create_app(settings: Settings, *, clock: Clock | None = None) -> Application:
    """Make the application. Nothing is connected before the first request.

    A clock that is given counts for all there is, the database's included.
    """
    app = Application(
        title="Broadsheet",
        summary="A headless content API for newspapers.",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        generate_unique_id_function=_operation_id,
    )
    _equip(app, settings, clock)
    api.include_public(app)
    api.include_advance(app)
    api.include_prints(app)
    api.include_files(app)
    api.include_manage(app)
    app.include_router(health.router)
    if settings.metrics:
        app.include_router(metrics.router)
    docs.install(app)
    refusals.install(app)
    app.add_exception_handler(Moved, on_moved)
    app.add_exception_handler(Replayed, on_replayed)
    every_route_declares_its_caller(app)
    # The last one added is the first to see a request.
    app.add_middleware(ShortWay)
    app.add_middleware(Conditional)
    app.add_middleware(LastResort)
    app.add_middleware(Shedding, limit=settings.in_flight)
    app.add_middleware(Intake, settings=settings, streamed=STREAMED)
    app.add_middleware(Placing, position=lambda: app.state.watcher.position)
    app.add_middleware(Methods)
    _put_edge_before(app, settings)
    return app


def _equip(app: FastAPI, settings: Settings, clock: Clock | None) -> None:
    """Give the application what its requests work with."""
    app.state.settings = settings
    app.state.clock = clock or system_clock
    app.state.alarm = threading.Event()
    app.state.database = Database(
        settings.database_url,
        read_url=settings.delivery_database_url,
        threads=settings.threads,
        clock=clock,
    )
    app.state.watcher = Watcher(app.state.database)
    app.state.studio = Studio(settings)
    app.state.key_uses = Uses()
    app.state.ad_server = AdServer.of(settings)


def application() -> ASGIApp:
    """Make the application from the environment, for `uvicorn --factory`."""
    return create_app(read_settings())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    # As many threads as connections: a request never waits for a connection.
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
    studio: Studio = app.state.studio
    background = Background(
        app.state.database,
        settings,
        app.state.clock,
        alarm=app.state.alarm,
        uses=app.state.key_uses,
    )
    watcher: Watcher = app.state.watcher
    watcher.subscribe(Waking(background.bells))
    watcher.start()
    if settings.background:
        background.start()
    try:
        with draining(watcher.drain, seconds=settings.drain_seconds):
            yield
    finally:
        watcher.stop()
        background.stop()
        studio.darkroom.close()
        app.state.database.dispose()


def _put_edge_before(app: Application, settings: Settings) -> None:
    """Make the cache, and have it told of what this process and others commit."""
    store = app.state.cache = Store(settings.cache_bytes)
    database: Database = app.state.database
    watcher: Watcher = app.state.watcher

    def hear(session: Session) -> None:
        rows = log.written(session)
        if rows:
            store.apply(rows)
            watcher.note_commit(rows[-1][0])

    database.after_commit.append(hear)
    app.edge = app.route
    if settings.cache_bytes:
        watcher.subscribe(Following(store, watcher))
        cache = ResponseCache(
            app.route, store=store, unseen=lambda: watcher.unseen_seconds
        )
        app.edge, app.at_once = cache, cache.at_once
    if settings.access_log:
        app.at_once = None
        app.edge = AccessLog(app.edge)


def _operation_id(route: APIRoute) -> str:
    return route.name
