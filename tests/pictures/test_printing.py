"""Prints are made once, and wait for each other without holding a thread."""

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from app.pictures.darkroom import Darkroom
from app.pictures.prints import ORIGINAL, Prints
from app.pictures.sizes import SIZES, Original, file_name
from app.pictures.storage import Folder
from tests.pictures.drawing import opened, picture

FOLDER = "0" * 32


class Counting(Folder):
    """A folder that remembers what was put into it."""

    def __init__(self, root: Path):
        super().__init__(root)
        self.put_keys: list[str] = []

    def put(self, key: str, source: Path) -> None:
        self.put_keys.append(key)
        super().put(key, source)


@pytest.fixture
def storage(tmp_path: Path) -> Counting:
    source = tmp_path / "source"
    source.write_bytes(picture())
    storage = Counting(tmp_path / "media")
    storage.put(f"{FOLDER}/{ORIGINAL}", source)
    storage.put_keys.clear()
    return storage


@pytest.fixture
def prints(storage: Counting) -> Iterator[Prints]:
    darkroom = Darkroom()
    yield Prints(storage, darkroom)
    darkroom.close()


def test_a_print_is_made_once_however_many_want_it(
    storage: Counting, prints: Prints
) -> None:
    original = Original(FOLDER, "a" * 64, 640, 480)
    names = [file_name(original, SIZES[size], "webp") for size in ("card", "square")]
    got: list[bytes | None] = []

    async def want(number: int) -> None:
        got.append(await prints.get(original, names[number % 2]))

    async def want_all() -> None:
        async with anyio.create_task_group() as readers:
            for number in range(40):
                readers.start_soon(want, number)

    anyio.run(want_all)

    assert len(got) == 40
    assert sorted(storage.put_keys) == sorted(f"{FOLDER}/{name}" for name in names)
    assert {opened(each).size for each in got if each} == {(480, 360), (400, 400)}


def test_a_print_of_what_is_gone_is_none(prints: Prints) -> None:
    gone = Original("1" * 32, "a" * 64, 640, 480)
    name = file_name(gone, SIZES["card"], "webp")

    async def want() -> bytes | None:
        return await prints.get(gone, name)

    assert anyio.run(want) is None
