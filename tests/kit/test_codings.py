"""Content codings: what a client says it would rather have (RFC 9110, 12.5.3)."""

import gzip

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from app.kit.codings import CODINGS, compress, negotiate

_DECODE = {
    "br": brotli.decompress,
    "zstd": zstandard.decompress,
    "gzip": gzip.decompress,
}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("gzip, deflate", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP ; Q=0.5", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*", "br"),
        ("*;q=0, gzip", "gzip"),
        ("gzip;q=0.5, identity", "identity"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("*;q=0", "identity"),
        ("identity", "identity"),
        ("deflate", "identity"),
        ("br;q=0", "identity"),
        ("br;q=much", "identity"),
        ("br;q=nan", "identity"),
        ("", "identity"),
        (",;,=", "identity"),
    ],
)
def test_the_best_of_what_is_wanted(accepted: str, coding: str) -> None:
    assert negotiate(accepted) == coding


@pytest.mark.parametrize("coding", CODINGS)
def test_what_is_encoded_can_be_read(coding: str) -> None:
    body = b'{"headline":"Ferry returns"}' * 100

    assert _DECODE[coding](compress(coding, body)) == body
    assert len(compress(coding, body)) < len(body)
