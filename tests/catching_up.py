"""Letting an application see at once what the log holds: it would anyway, soon."""

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.changes.watching import Watcher


def catch_up(client: TestClient) -> int:
    """Have the application apply all there is; answer the position."""
    assert isinstance(client.app, FastAPI)
    assert client.portal is not None
    watcher: Watcher = client.app.state.watcher
    return client.portal.call(watcher.catch_up)
