"""Storage: a folder and a bucket keep the same promises."""

from pathlib import Path

import pytest
from obstore.store import MemoryStore

from app.pictures.buckets import Bucket
from app.pictures.storage import Folder, Storage

ONE, OTHER = "1" * 32, "2" * 32


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "bucket":
        return Bucket(MemoryStore())
    return Folder(tmp_path / "media")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(b"the bytes")
    return path


def test_what_was_put_is_got(storage: Storage, source: Path) -> None:
    storage.put(f"{ONE}/original", source)
    source.write_bytes(b"other bytes")
    storage.put(f"{ONE}/card-{ONE}.webp", source)

    assert storage.get(f"{ONE}/original") == b"the bytes"
    assert storage.get(f"{ONE}/card-{ONE}.webp") == b"other bytes"
    assert storage.get(f"{OTHER}/original") is None


def test_what_is_put_again_replaces_what_was_there(
    storage: Storage, source: Path
) -> None:
    storage.put(f"{ONE}/original", source)
    source.write_bytes(b"new")
    storage.put(f"{ONE}/original", source)

    assert storage.get(f"{ONE}/original") == b"new"


def test_a_folder_is_removed_with_all_that_is_in_it(
    storage: Storage, source: Path
) -> None:
    for key in (f"{ONE}/original", f"{ONE}/card-{ONE}.webp", f"{OTHER}/original"):
        storage.put(key, source)

    storage.remove(ONE)
    storage.remove(ONE)

    assert storage.get(f"{ONE}/original") is None
    assert storage.get(f"{ONE}/card-{ONE}.webp") is None
    assert storage.get(f"{OTHER}/original") == b"the bytes"


@pytest.mark.parametrize(
    "key", ["../x", "original", f"{ONE}/../{OTHER}/original", f"{ONE}/.", f"/{ONE}/x"]
)
def test_no_other_key_reaches_the_file_system(tmp_path: Path, key: str) -> None:
    with pytest.raises(AssertionError):
        Folder(tmp_path).get(key)
