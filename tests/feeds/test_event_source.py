"""A client that is not ours: `eventsource`, which Node programs follow streams with.

It knows nothing of Broadsheet. The server is restarted under it, and it comes back by
itself with the `Last-Event-ID` that it has heard.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from tests.newsroom import Newsroom
from tests.serving import serving

ROOT = Path(__file__).parents[2]
PACKAGE = "eventsource"
PROGRAM = f"""
const {{ EventSource }} = require("{PACKAGE}");
const source = new EventSource(process.argv[1]);
source.onopen = () => console.log("open");
source.onmessage = (told) => console.log(told.lastEventId, JSON.parse(told.data).event);
"""


@pytest.fixture
def node() -> str:
    """The program that runs the client, which sees the package from here."""
    found = shutil.which("node")
    if found is None or not _is_there(found):
        pytest.skip(f"NO EVENTSOURCE: npm install --no-save {PACKAGE}")
    return found


@pytest.mark.parametrize("backend_url", ["sqlite"], indirect=True)
def test_it_comes_back_after_a_restart_and_misses_nothing(
    node: str, session_client: TestClient, newsroom: Newsroom
) -> None:
    settings = session_client.app.state.settings  # type: ignore[attr-defined]
    lasting = settings.model_copy(update={"stream_seconds": 3600})
    with ExitStack() as client:
        with serving(create_app(lasting)) as url:
            stream = f"{url}/v1/changes/stream?after=0"
            lines = client.enter_context(_heard(node, stream))
            assert next(lines) == "open"
            newsroom.tag("Before", listed=True)
            assert next(lines) == "1 tag.created"
        newsroom.tag("Meanwhile", listed=True)
        with serving(create_app(lasting), port=urlsplit(url).port or 0):
            assert next(lines) == "open"
            assert next(lines) == "2 tag.created"
            newsroom.tag("After", listed=True)
            assert next(lines) == "3 tag.created"


@contextmanager
def _heard(node: str, url: str) -> Iterator[Iterator[str]]:
    """Follow a stream in a process of its own; give what that prints, line by line."""
    command = [node, "-e", PROGRAM, url]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield map(str.strip, process.stdout)
        process.kill()


def _is_there(node: str) -> bool:
    command = [node, "-e", f'require.resolve("{PACKAGE}")']
    found = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return found.returncode == 0
