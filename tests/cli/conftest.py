"""Running commands: in this process, as a user would, from an empty folder."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from app import cli
from app.kit.settings import Settings
from tests import servers

# Colours and boxes are for people.
_DECORATION = re.compile(r"\x1b\[[0-9;]*m|[╭╮╰╯│─]")


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed, line by line."""
        return self.out.splitlines()

    @property
    def plain_error(self) -> str:
        """What it complained about, as one line."""
        return " ".join(_DECORATION.sub(" ", self.err).split())


class Run(Protocol):
    """Run `broadsheet` with these words and these settings."""

    def __call__(self, *words: str, **settings: str) -> Ran: ...


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, where we are."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BROADSHEET_{name.upper()}", raising=False)
    return tmp_path


@pytest.fixture
def run(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run a command here; its database is the default one unless told."""

    def run(*words: str, **settings: str) -> Ran:
        with monkeypatch.context() as patched:
            for name, value in settings.items():
                patched.setenv(f"BROADSHEET_{name.upper()}", value)
            patched.setattr("sys.argv", ["broadsheet", *words])
            with pytest.raises(SystemExit) as ended:
                cli.main()
        told = capsys.readouterr()
        return Ran(int(ended.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def empty_postgresql_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """A PostgreSQL database of its own for one test."""
    with servers.empty_postgresql(pytestconfig) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The URL of a database without tables, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('empty')}/paper.db"
    empty: str = request.getfixturevalue("empty_postgresql_url")
    return empty
