"""Content codings: which one a client would rather have, and how it is made."""

import gzip
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

IDENTITY = "identity"

# Each is made once and sent many times: good ratios, but nothing that takes longer
# than rendering the page did (Brotli 11 takes 42 ms for 32 KB, Brotli 5 one).
_COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "zstd": lambda body: zstandard.ZstdCompressor(level=9).compress(body),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}

CODINGS = tuple(_COMPRESS)
"""From the smallest result to the largest: the order of equal wishes."""

STREAMED = ("zstd", "gzip")
"""In which of them what is sent piece by piece can come."""

SMALLEST_BYTES = 1_000
"""What fits into one packet anyway is sent as it is."""


def compress(coding: str, body: bytes) -> bytes:
    """Encode a body."""
    return _COMPRESS[coding](body)


class Stream(Protocol):
    """A body that is encoded as it is made."""

    def part(self, body: bytes) -> bytes:
        """Encode the next part, so that all of it can be read at once."""
        ...

    def end(self) -> bytes:
        """Finish."""
        ...


def stream(coding: str) -> Stream:
    """Begin to encode in one of the streamed codings, or in none."""
    match coding:
        case "zstd":
            return _Zstd()
        case "gzip":
            return _Gzip()
        case _:
            return _Plain()


def negotiate(accepted: str, among: Sequence[str] = CODINGS) -> str:
    """Choose by an Accept-Encoding (RFC 9110, section 12.5.3); else identity."""
    wishes = dict(_wish(part) for part in accepted.lower().split(","))
    if "x-gzip" in wishes:
        wishes.setdefault("gzip", wishes["x-gzip"])
    others = wishes.get("*", 0.0)
    best = max(among, key=lambda coding: wishes.get(coding, others))
    quality = wishes.get(best, others)
    return best if quality > 0 and quality >= wishes.get(IDENTITY, 0.0) else IDENTITY


def _wish(part: str) -> tuple[str, float]:
    name, _, parameters = part.partition(";")
    weight, _, value = parameters.partition("=")
    if weight.strip() != "q":
        return name.strip(), 1.0
    try:
        return name.strip(), float(value)
    except ValueError:
        return name.strip(), 0.0


class _Plain:
    def part(self, body: bytes) -> bytes:
        return body

    def end(self) -> bytes:
        return b""


class _Zstd:
    def __init__(self) -> None:
        self._made = zstandard.ZstdCompressor(level=3).compressobj()

    def part(self, body: bytes) -> bytes:
        begun = self._made.compress(body)
        return begun + self._made.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._made.flush()


class _Gzip:
    def __init__(self) -> None:
        self._made = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)

    def part(self, body: bytes) -> bytes:
        return self._made.compress(body) + self._made.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._made.flush()
