"""`broadsheet demo`: a sample newspaper, a key to it, and what to try."""

import os
import tomllib
from dataclasses import dataclass
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import schema
from app.access import keys
from app.access.roles import Role
from app.cli import documents, frontend, opening, serving
from app.cli.opening import console
from app.cli.progress import showing
from app.cli.serving import Host, Port
from app.delivery.store.models import Document
from app.importers import generated, sample
from app.importers.sample import pictures
from app.importers.sample.files import DATA
from app.kit.clock import system_clock
from app.kit.db import Database
from app.kit.settings import PREFIX, Settings
from app.pictures.studio import Studio
from app.publishing.desk import Desk
from app.publishing.site import Site

KEY_NAME = "demo editor"
SECTION = "world"


@dataclass(frozen=True)
class Demo:
    """What was loaded, a page to look at, and the key that opens the newsroom."""

    stories: int
    loaded: int
    path: str
    key: str


def load_and_serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    articles: Annotated[
        int, typer.Option(min=0, max=10_000_000, help="Fill up to this many articles.")
    ] = 0,
    frontend_port: Annotated[
        int, typer.Option(min=1, max=65_535, help="Where the sample frontend goes.")
    ] = 8080,
    *,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Load the newspaper and stop.")
    ] = False,
) -> None:
    """Load a sample newspaper and serve it. A second time nothing is loaded twice."""
    settings = settings_for(opening.settings(), host=host, port=port)
    listening = None if no_serve else serving.listen(host, port)
    with opening.database(settings) as database:
        schema.migrate(database)
        paper = load(database, settings, articles=articles)
    for line in lines_to_try(settings, paper):
        console.print(line, markup=False)
    if listening is None:
        console.print("Serve it with `broadsheet demo`.", markup=False)
        return
    _export(settings)
    pages = serving.base(host, frontend_port)
    name, api = settings.site_name, settings.api_url
    if frontend.serve(host, frontend_port, api=api, name=name):
        console.print(f"The newspaper, as a reader sees it: {pages}\n", markup=False)
    else:
        console.print(f"No sample frontend: {pages} cannot be had.\n", markup=False)
    serving.run(listening, settings)


def settings_for(settings: Settings, *, host: str, port: int) -> Settings:
    """Let the newspaper have its own name and address where none is set."""
    site: dict[str, str] = tomllib.loads((DATA / "site.toml").read_text("utf-8"))
    defaults = {"site_name": site["name"], "api_url": serving.base(host, port)}
    unset = defaults.keys() - settings.model_fields_set
    return settings.model_copy(update={name: defaults[name] for name in unset})


def load(database: Database, settings: Settings, *, articles: int) -> Demo:
    """Load the sample, fill up with generated stories, and make a key."""
    desk = Desk(now=system_clock(), by="demo", site=Site.of(settings))
    # An earlier demo may have been served under another address. Nobody works
    # beside us, so that there is nobody to pause for.
    documents.render_stale(database, settings, pause=lambda _: None)
    with showing(console, "Loading the newspaper") as tell:
        paper = sample.load(database, desk, tell)
    _load_pictures(database, settings, desk)
    if articles:
        with showing(console, "Filling up") as tell:
            generated.fill(database, desk, articles, tell)
    with database.write() as session:
        key = _new_key(session)
    with database.read_primary() as session:
        path = _newest_path(session)
    return Demo(stories=paper.stories, loaded=paper.loaded, path=path, key=key)


def _load_pictures(database: Database, settings: Settings, desk: Desk) -> None:
    studio = Studio(settings)
    pictures.load(database, studio, desk)
    studio.darkroom.close()


def lines_to_try(settings: Settings, demo: Demo) -> list[str]:
    """Say what was loaded, and what to type to look at it and to add to it."""
    base, manage = settings.api_url, f"{settings.api_url}/manage/v1/articles"
    story = f'{{"headline": "My first story", "section": "{SECTION}"}}'
    return [
        "",
        f"{settings.site_name}: {demo.stories} stories, {demo.loaded} of them new",
        f"(kept in {opening.place(settings)})",
        "",
        "What a frontend reads:",
        f"  curl '{base}/v1/articles?limit=3&fields=headline,path'",
        f"  curl '{base}/v1/resolve?path={demo.path}'",
        "",
        "What an editor sees and writes (this key ends the ones of earlier demos):",
        f"  KEY={demo.key}",
        f"  curl -H \"Authorization: Bearer $KEY\" '{manage}?state=draft&limit=1'",
        '  curl -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\',
        f"    -d '{story}' '{manage}'",
        "",
        f"The reference, to try it in a browser: {base}/docs and {base}/manage/docs",
        "",
    ]


def _export(settings: Settings) -> None:
    """Hand the demo's own settings to the server."""
    os.environ[f"{PREFIX}SITE_NAME"] = settings.site_name
    os.environ[f"{PREFIX}API_URL"] = settings.api_url


def _new_key(session: Session) -> str:
    """Make a key that opens the newsroom; those of earlier demos end."""
    now = system_clock()
    for key in keys.list_all(session):
        if key.name == KEY_NAME and key.revoked_at is None:
            keys.revoke(session, key.id, now=now)
    _, text = keys.create(session, name=KEY_NAME, role=Role.publisher, now=now)
    return text


def _newest_path(session: Session) -> str:
    newest = (
        select(Document.path)
        .where(Document.kind == "article")
        .order_by(Document.published_at.desc())
        .limit(1)
    )
    return session.scalar(newest) or f"/{SECTION}"
