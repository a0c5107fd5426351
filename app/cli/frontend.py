"""The reference frontend, served beside the demo from an address of its own.

It is files and nothing else: any path that is no file is a page of the newspaper, and
the page itself asks the API what lives there.
"""

from html import escape
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from app.cli import serving

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "frontend"
"""Beside the program where it is run from its sources, as the demo is."""

API = "http://127.0.0.1:8000"
"""The API that the page names until it is told of another."""

# Whatever a story holds, the page loads nothing from anybody else.
_POLICY = (
    "default-src 'self'; connect-src {api}; img-src 'self' data: {api};"
    " media-src {api}; style-src 'self' 'unsafe-inline'; frame-src 'none';"
    " base-uri 'none'; form-action 'self'"
)


def serve(host: str, port: int, *, api: str, name: str) -> uvicorn.Server | None:
    """Serve it from a thread; None where there is none, or the port is taken."""
    if not FOLDER.is_dir():
        return None
    try:
        listening = serving.take(host, port)
    except OSError:
        return None
    config = uvicorn.Config(
        application(api=api, name=name),
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="critical",
    )
    server = uvicorn.Server(config)
    Thread(target=server.run, args=([listening],), name="frontend", daemon=True).start()
    return server


def application(*, api: str, name: str) -> Starlette:
    """Make what answers with a file of the folder, or with the one page there is."""
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": _POLICY.format(api=api),
        "X-Content-Type-Options": "nosniff",
    }

    def answer(request: Request) -> Response:
        wanted = FOLDER / request.path_params["path"]
        is_file = wanted.parent == FOLDER and wanted.suffix in {".js", ".css"}
        if is_file and wanted.is_file():
            return FileResponse(wanted, headers=headers)
        page = (FOLDER / "index.html").read_text("utf-8")
        page = page.replace("<title>Newspaper<", f"<title>{escape(name)}<")
        page = page.replace(API, escape(api))
        return HTMLResponse(page, headers=headers)

    return Starlette(routes=[Route("/{path:path}", answer)])
