"""The installed package is whole: it migrates, and loads its newspaper, by itself."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.migrations.revisions import FILES

ROOT = Path(__file__).parents[2]
DATA = ROOT / "app" / "importers" / "sample" / "data"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """The wheel, built as a release is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run(
        [*build, "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    [path] = folder.glob("broadsheet-*.whl")
    with ZipFile(path) as opened:
        yield opened


def test_the_migrations_travel_in_the_package(wheel: ZipFile) -> None:
    names = set(wheel.namelist())

    assert "app/migrations/env.py" in names
    assert {f"app/migrations/versions/{path.name}" for path in FILES} <= names


def test_the_sample_newspaper_travels_in_the_package(wheel: ZipFile) -> None:
    wanted = {path.relative_to(ROOT).as_posix() for path in DATA.rglob("*.toml")}

    assert len(wanted) > 50
    assert wanted <= set(wheel.namelist())


def test_nothing_else_travels_in_the_package(wheel: ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"app"}


def test_the_unpacked_wheel_migrates_from_any_directory(
    wheel: ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program = "import app.cli; print(app.__file__, flush=True); app.cli.main()"

    ran = subprocess.run(
        [sys.executable, "-c", program, "migrate"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(str(tmp_path / "site"))
    assert (elsewhere / "var" / "broadsheet.db").is_file()
