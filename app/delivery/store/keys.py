"""Surrogate keys: the names under which caches keep, and drop, what they hold.

A log row carries the keys of every answer it changes; an answer carries the
keys of everything it was made from. The two meet here.
"""

from base64 import urlsafe_b64encode
from collections.abc import Collection, Container, Iterable
from hashlib import sha256
from uuid import UUID

Id = UUID | str

ARTICLES = "articles"

NAMED_ONE_BY_ONE = 40
"""How many resources an answer names: caches limit how many names they keep."""

SURROGATE_KEYS = 64
"""How many names an answer has in all: some proxies take 4 KB of headers, no more."""

GROUPS, GROUP_CHARACTERS = 32, 32
"""How many cache groups, and of what length, every cache has to take (RFC 9875)."""


def resource(kind: str, resource_id: UUID | str) -> str:
    """Name one resource, wherever it is shown."""
    return f"{kind}:{resource_id}"


def resources(named: Collection[tuple[str, Id]]) -> list[str]:
    """Name each resource that an answer shows, also one that may yet come.

    Beyond so many their kinds are named instead.
    """
    if len(named) > NAMED_ONE_BY_ONE:
        return sorted({collection(kind) for kind, _ in named})
    return sorted(resource(kind, resource_id) for kind, resource_id in named)


def shown(named: Collection[tuple[str, Id]], live: Container[Id]) -> list[str]:
    """Name what an answer leads to; of what is not public its kind alone.

    The id of a draft would tell that there is one. When it is published, the list
    of its kind is named in the log.
    """
    there = [pair for pair in named if pair[1] in live]
    missing = {collection(pair[0]) for pair in named if pair[1] not in live}
    return sorted({*missing, *resources(there)})


def bounded(named: Collection[str], *, limit: int) -> list[str]:
    """Name what an answer depends on, in not many more names than this.

    Where there are more, resources are named by their kinds. Lists and paths are
    few, and stay.
    """
    if len(named) > limit:
        named = {_kind_of_many(key) for key in named}
    return sorted(set(named))


def _kind_of_many(key: str) -> str:
    kind, separator, _ = key.partition(":")
    is_resource = separator and kind not in (ARTICLES, "path")
    return collection(kind) if is_resource else key


def group(key: str) -> str:
    """Write a key as a cache group: RFC 9875 promises 32 characters, and no more.

    A longer one is its kind, a colon, and 22 characters of its SHA-256 in base64url.
    """
    if len(key) <= GROUP_CHARACTERS:
        return key
    kind = key.partition(":")[0]
    shortened = urlsafe_b64encode(sha256(key.encode()).digest())[:22]
    return f"{kind}:{shortened.decode()}"


def collection(kind: str) -> str:
    """Name the list of all resources of a kind."""
    return f"{kind}s"


def listing(facet_kind: str, value: str) -> str:
    """Name the list of articles of one facet; `all` is the list of everything."""
    if facet_kind == "all":
        return ARTICLES
    return f"articles:{facet_kind}:{value}"


def listings(facets: Iterable[tuple[str, str]]) -> list[str]:
    """Name the lists of several facets."""
    return sorted(listing(kind, value) for kind, value in facets)


def path(text: str) -> str:
    """Name what lives at a path, without its text: a killed slug stays unsaid."""
    return f"path:{sha256(text.encode()).hexdigest()[:24]}"


def of_resource(kind: str, resource_id: UUID, paths: Iterable[str]) -> list[str]:
    """Name a resource, the list of its kind, and the paths that lead to it."""
    return [
        resource(kind, resource_id),
        *([] if kind == "article" else [collection(kind)]),
        *(path(text) for text in paths),
    ]
