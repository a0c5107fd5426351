"""A real Varnish with `deploy/varnish.vcl`, before a real server and told by it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app import schema
from app.access import keys
from app.access.roles import Role
from app.kit.clock import system_clock
from app.kit.db import Database
from app.main import Application, create_app
from tests.conftest import Clock, OwnSettings
from tests.newsroom import Newsroom
from tests.ports import free_port
from tests.serving import HOST, serving

VCL = Path(__file__).parents[2] / "deploy/varnish.vcl"
VARNISH = shutil.which("varnishd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
MODULES = {
    module.name
    for folder in ("lib*/varnish/vmods", "lib*/*/varnish/vmods")
    for module in Path("/usr").glob(f"{folder}/libvmod_*.so")
}
PATIENCE = 20

# A list that no test changes: what was taken back is purged once more after a while.
QUIET = "/v1/ad-policies"


class Origin:
    """The application as Varnish meets it: asked how often, and ill if told so."""

    def __init__(self, app: Application):
        # Each path, and whether it was asked for with a key.
        self.asked: list[tuple[str, bool]] = []
        self.is_ill = False
        self.lifetimes: bytes | None = None
        self._app = app
        self.state = app.state
        # Each request comes here: none is answered before.
        self.at_once = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                if self.is_ill:
                    message = {**message, "status": 503}
                if self.lifetimes:
                    message["headers"] = [
                        (
                            name,
                            self.lifetimes if name == b"cdn-cache-control" else value,
                        )
                        for name, value in message["headers"]
                    ]
            await send(message)

        if scope["type"] == "http" and not scope["path"].startswith("/health"):
            has_key = any(name == b"authorization" for name, _ in scope["headers"])
            self.asked.append((scope["path"], has_key))
            await self._app(scope, receive, send_changed)
        else:
            await self._app(scope, receive, send)


@dataclass
class Front:
    """A newspaper with Varnish before it; its editors are at another process."""

    newsroom: Newsroom
    reader: httpx.Client
    origin: Origin

    def purge(self, names: str, **headers: str) -> httpx.Response:
        """Say what is to be dropped, as if the log had."""
        told = {"Surrogate-Key": names} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.reader.request("PURGE", "/", headers=told)

    def asks(self, path: str, **headers: str) -> int:
        """Tell how often the origin is asked for what is got three times."""
        kind = (path, "Authorization" in headers)
        before = self.origin.asked.count(kind)
        for _ in range(3):
            assert self.reader.get(path, headers=headers).is_success
        return self.origin.asked.count(kind) - before

    def shows(self, path: str, text: str) -> bool:
        return text in self.reader.get(path).text


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if VARNISH is None or not {"libvmod_xkey.so", "libvmod_var.so"} <= MODULES:
        pytest.skip("NO VARNISH: varnishd with the vmods xkey and var is not installed")
    folder = tmp_path_factory.mktemp("varnish")
    port = free_port()
    settings = OwnSettings(
        database_url=f"sqlite:///{folder}/paper.db",
        media_path=folder / "media",
        purge_urls=(f"purge+http://{HOST}:{port}",),
        cdn_seconds=3600,
        threads=4,
    )
    with Database(settings.database_url) as database:
        schema.migrate(database)
        with database.write() as session:
            now = system_clock()
            _, key = keys.create(session, name="Ada", role=Role.publisher, now=now)
    origin = Origin(create_app(settings.model_copy(update={"background": False})))
    with (
        serving(origin) as address,
        _varnish(folder, address.rpartition(":")[2], port),
        TestClient(create_app(settings)) as desk,
        httpx.Client(base_url=f"http://{HOST}:{port}", timeout=20) as reader,
    ):
        yield Front(Newsroom(desk, key, Clock()), reader, origin)


@pytest.fixture
def front(running: Front) -> Front:
    """The same, with an empty cache and an origin that is well."""
    running.origin.is_ill = False
    running.origin.lifetimes = None
    assert running.purge("*", broadsheet_position="0").is_success
    return running


@contextmanager
def _varnish(folder: Path, backend: str, port: int) -> Iterator[None]:
    text = VCL.read_text("utf-8")
    assert '.port = "8000";' in text
    (folder / "varnish.vcl").write_text(text.replace('"8000"', f'"{backend}"'), "utf-8")
    assert VARNISH is not None
    command: list[str | Path] = [
        VARNISH,
        "-F",
        "-j",
        "none",
        "-n",
        folder / "work",
        "-s",
        "malloc,16m",
    ]
    command += ["-f", folder / "varnish.vcl", "-a", f"{HOST}:{port}"]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _await(lambda: process.poll() is not None or _listens(port))
        assert process.poll() is None, (folder / "said").read_text()
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _listens(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex((HOST, port)) == 0


def _await(comes_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not comes_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_public_answer_is_asked_for_once_and_what_is_not_public_each_time(
    front: Front,
) -> None:
    story = front.newsroom.published("Ferry returns")
    address = f"/v1/articles/{story['id']}"
    _await(lambda: front.reader.get(address).is_success)
    _await(lambda: front.asks(address) == 0)

    assert front.asks(address, **front.newsroom.headers) == 3
    assert front.asks("/manage/v1/articles", **front.newsroom.headers) == 3
    assert front.reader.get("/manage/v1/articles").status_code == 401
    _await(lambda: front.asks(address) == 0)


def test_an_answer_to_a_key_is_shown_to_nobody_else(front: Front) -> None:
    address = "/v1/articles?limit=7"
    keyed = front.reader.get(address, headers=front.newsroom.headers)

    answer = front.reader.get(address)

    assert keyed.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Cache-Control"].startswith("public")


def test_what_editors_change_is_changed_here(front: Front) -> None:
    story = front.newsroom.published("Ferry returns")
    address = f"/v1/articles/{story['id']}"
    _await(lambda: front.shows(address, "Ferry returns"))

    front.newsroom.publish(front.newsroom.edit(story, headline="Ferry is late"))

    _await(lambda: front.shows(address, "Ferry is late"))
    _await(lambda: front.shows("/v1/articles", "Ferry is late"))


def test_a_killed_story_is_gone_and_stays_so(front: Front) -> None:
    story = front.newsroom.published("Zqcanary")
    address = f"/v1/articles/{story['id']}"
    _await(lambda: front.shows(address, "Zqcanary"))
    _await(lambda: front.shows("/v1/articles", "Zqcanary"))

    front.newsroom.verb(story, "kill", note="It was wrong.")

    _await(lambda: front.reader.get(address).status_code == 410)
    answers = [front.reader.get(address) for _ in range(50)]
    assert {answer.status_code for answer in answers} == {410}
    _await(lambda: not front.shows("/v1/articles", "Zqcanary"))
    assert not any(front.shows("/v1/articles", "Zqcanary") for _ in range(50))


def test_a_soft_purge_leaves_something_to_show_while_the_origin_is_ill(
    front: Front,
) -> None:
    _await(lambda: front.asks(QUIET) == 0)
    names = front.reader.get(QUIET).headers["Surrogate-Key"]
    front.origin.is_ill = True

    purged = front.purge(names, soft_purge="1")
    shown = [front.reader.get(QUIET) for _ in range(3)]
    assert purged.is_success
    assert {answer.status_code for answer in shown} == {200}

    front.purge(names)
    assert front.reader.get(QUIET).status_code == 503


def test_what_is_stale_for_long_is_shown_only_if_nothing_newer_can_be_had(
    front: Front,
) -> None:
    front.origin.lifetimes = (
        b"public, max-age=1, stale-while-revalidate=0, stale-if-error=600"
    )
    first = front.reader.get(QUIET)
    time.sleep(1.2)

    before = len(front.origin.asked)
    fetched = front.reader.get(QUIET)
    assert len(front.origin.asked) == before + 1
    time.sleep(1.2)
    front.origin.is_ill = True
    shown = front.reader.get(QUIET)

    assert [answer.status_code for answer in (first, fetched, shown)] == [200] * 3


def test_an_answer_from_before_a_purge_is_not_kept(front: Front) -> None:
    front.newsroom.published("Ferry returns")
    _await(lambda: front.asks("/v1/articles") == 0)

    front.purge("articles", broadsheet_position="1000000")

    assert front.asks("/v1/articles") == 3


def test_who_has_seen_a_position_gets_nothing_older(front: Front) -> None:
    front.newsroom.published("Ferry returns")
    address = "/v1/articles?limit=9"
    old = int(front.reader.get(address).headers["Broadsheet-Position"])
    tag = front.newsroom.tag("Trade", listed=True)
    seen = front.newsroom.client.get(f"/v1/tags/{tag['id']}")
    position = seen.headers["Broadsheet-Position"]

    answer = front.reader.get(address, headers={"Broadsheet-At-Least": position})

    assert old < int(position) <= int(answer.headers["Broadsheet-Position"])


def test_a_ban_drops_by_key_as_well(front: Front) -> None:
    _await(lambda: front.asks(QUIET) == 0)
    names = front.reader.get(QUIET).headers["Surrogate-Key"]

    told = {"Surrogate-Key": f"tag:x {names} author:y"}
    assert front.reader.request("BAN", "/", headers=told).is_success

    assert front.asks(QUIET) == 1


def test_readers_cannot_purge(front: Front) -> None:
    through_a_proxy = {"X-Forwarded-For": "203.0.113.9"}
    for method in ("PURGE", "BAN"):
        told = {"Surrogate-Key": "*", **through_a_proxy}
        answer = front.reader.request(method, "/", headers=told)

        assert answer.status_code == 403


def test_a_purge_of_nothing_is_refused(front: Front) -> None:
    assert front.reader.request("PURGE", "/").status_code == 400
