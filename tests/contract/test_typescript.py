"""The API's document as TypeScript: made by a stranger's tool, and strict enough."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/typescript/page.ts"
DOCUMENT = ROOT / "tests/contract/snapshots/openapi.json"

TOOLS = ROOT / "node_modules/.bin"

OPTIONS = "--strict --noEmit --target es2022 --module esnext --lib es2022,dom".split()


@pytest.fixture(scope="module")
def tools() -> Path:
    """Where the two programs are; `npm install --no-save` brings them."""
    missing = [
        name for name in ("openapi-typescript", "tsc") if not (TOOLS / name).exists()
    ]
    if missing:
        pytest.skip(f"no {missing}: TypeScript is not tested")
    return TOOLS


def run(*command: str | Path) -> str:
    """Run a program that has to succeed; answers what it said."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_typed_page_compiles_and_a_mistake_does_not(
    tools: Path, tmp_path: Path
) -> None:
    types = tmp_path / "broadsheet.d.ts"
    run(tools / "openapi-typescript", DOCUMENT, "--output", types)
    page = Path(shutil.copy(EXAMPLE, tmp_path))
    # It holds a mistake and says so: were it none, this would not compile.
    assert "@ts-expect-error" in page.read_text()
    run(tools / "tsc", *OPTIONS, "--moduleResolution", "bundler", page)
