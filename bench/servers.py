"""Servers for a measurement: uvicorn, one process, on a core of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

SERVER_CORE, CLIENT_CORE = 0, 1

# As `broadsheet serve` runs it: with our reading of connections, not uvicorn's.
OURS = """
import sys, uvicorn
from app.edge.protocol import GuardedProtocol
uvicorn.run(
    sys.argv[1], port=int(sys.argv[2]), factory=True, http=GuardedProtocol, ws="none",
    proxy_headers=False, access_log=False, log_level="warning",
)
"""


def keep_to(core: int) -> None:
    """Keep this process to one core, where the system can do that."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


@contextmanager
def everywhere() -> Iterator[None]:
    """Use all cores for a while: what is loaded is not asked for meanwhile."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    port: int
    pid: int


@contextmanager
def serving(
    application: str, settings: Mapping[str, str], *, is_factory: bool = False
) -> Iterator[Server]:
    """Serve an application for the length of the block."""
    port = _free_port()
    command = [sys.executable, "-c", OURS, application, str(port)]
    if not is_factory:
        reference = ["-m", "uvicorn", application, "--port", str(port)]
        quiet = ["--log-level", "warning", "--no-access-log"]
        command = [sys.executable, *reference, *quiet]
    if shutil.which("taskset"):
        command = ["taskset", "--cpu-list", str(SERVER_CORE), *command]
    process = subprocess.Popen(  # noqa: S603 — every part of it is written above
        command,
        env={**os.environ, **settings},
    )
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(1200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not come up")
