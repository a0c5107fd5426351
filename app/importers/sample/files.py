"""Reading the sample's TOML files."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Content = dict[str, Any]


def rows(name: str) -> list[Content]:
    """Read a file of reference data, as a list of its entries."""
    content: Content = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
    found: list[Content] = content[name]
    return found


def articles() -> Iterator[tuple[str, Content]]:
    """Read the articles, in the order of their names."""
    for path in sorted((DATA / "articles").glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text("utf-8"))


def with_media(content: Content, ids: dict[str, str]) -> Content:
    """Put the id of each media asset where the files have its `@key`."""
    return {name: _with_media(value, ids) for name, value in content.items()}


def _with_media(value: object, ids: dict[str, str]) -> object:
    if isinstance(value, str):
        return ids.get(value[1:], value) if value.startswith("@") else value
    if isinstance(value, list):
        return [_with_media(item, ids) for item in value]
    return with_media(value, ids) if isinstance(value, dict) else value
