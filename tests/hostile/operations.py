"""Every documented operation, as the two OpenAPI documents describe it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.contract import committed

_VERSION_HEADER = "if-match"


@dataclass(frozen=True)
class Operation:
    """One method of one route: what may be sent to it, and what it may answer."""

    method: str
    path: str
    query: tuple[str, ...]
    statuses: frozenset[int]
    takes_body: bool
    takes_bytes: bool
    takes_version: bool

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_manage(self) -> bool:
        return self.path.startswith("/manage/")

    @property
    def is_keyed(self) -> bool:
        """Whether nobody is answered without a key."""
        return self.is_manage or self.path.startswith("/v1/advance/")

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in braces, in order."""
        return tuple(part.partition("}")[0] for part in self.path.split("{")[1:])

    def at(self, values: Mapping[str, str]) -> str:
        """Fill the path in; what it is filled with stands percent-encoded."""
        path = self.path
        for name in self.parameters:
            path = path.replace(f"{{{name}}}", quote(values[name], safe=""))
        return path


def _read(document: Mapping[str, Any]) -> Iterable[Operation]:
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            parameters = [(p["in"], p["name"]) for p in described.get("parameters", [])]
            taken = described.get("requestBody", {}).get("content", {})
            yield Operation(
                method=method.upper(),
                path=path,
                query=tuple(name for place, name in parameters if place == "query"),
                statuses=frozenset(map(int, described["responses"])),
                takes_body="application/json" in taken,
                takes_bytes=bool(taken) and "application/json" not in taken,
                takes_version=("header", _VERSION_HEADER) in parameters,
            )


PUBLIC = tuple(_read(committed.PUBLIC))
MANAGE = tuple(_read(committed.MANAGE))
EVERY = (*PUBLIC, *MANAGE)
READS = tuple(each for each in EVERY if each.method == "GET")
WRITES = tuple(each for each in EVERY if each.takes_body)
LISTS = tuple(each for each in READS if "cursor" in each.query)
