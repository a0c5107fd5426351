"""Attacks on and with pictures (rows A15, E5 and I4 to I6 of the study of attacks).

What a decoder has to refuse is in `tests/pictures/test_darkroom.py`.
"""

from collections.abc import Iterator
from hashlib import blake2b

import pytest

from tests.hostile.standing import Standing

LIMIT = 25_000_000
PIECE = 65_536
SENT_TO = [b"/manage/v1/uploads", b"/manage/v1/media/%s/file"]

TRAVERSALS = [
    "../original",
    "..%2foriginal",
    "%2e%2e/original",
    "%2e%2e%2foriginal",
    "..%252foriginal",
    "..\\original",
    "..%5coriginal",
    "....//original",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd",
    "card-%2e%2e%2f%2e%2e%2foriginal.webp",
    "original",
    "original.jpg",
    "card.webp",
    ".",
    "..",
    "%00",
    "card.webp%00.jpg",
    "CON",
    "..;/original",
    "%c0%ae%c0%ae/original",
    "%ef%bc%8e%ef%bc%8e/original",
    "~root",
    "*",
]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@pytest.mark.parametrize("where", SENT_TO)
@pytest.mark.parametrize(
    ("caller", "status", "taken"),
    [("admin", 413, LIMIT // PIECE + 1), ("nobody", 401, 0)],
)
def test_an_endless_picture_is_read_up_to_the_limit_and_only_for_an_editor(
    where: bytes, caller: str, status: int, taken: int, unharmed: Standing
) -> None:
    pieces: list[int] = []

    def endless() -> Iterator[bytes]:
        while True:
            pieces.append(1)
            yield bytes(PIECE)

    headers = [(b"content-type", b"image/jpeg"), (b"if-match", b"*")]
    if caller == "admin":
        headers.append((b"authorization", unharmed.admin["Authorization"].encode()))
    target = where.replace(b"%s", unharmed.stock.manage["picture"].encode())
    method = "POST" if where == SENT_TO[0] else "PUT"

    response = unharmed.ask(method, target, headers, endless())

    assert response.status_code == status
    assert len(pieces) == taken


def test_a_picture_that_is_announced_too_large_is_not_begun(
    unharmed: Standing,
) -> None:
    headers = [
        (b"content-type", b"image/jpeg"),
        (b"content-length", b"25000001"),
        (b"authorization", unharmed.admin["Authorization"].encode()),
    ]
    pieces = iter([bytes(PIECE)])

    response = unharmed.ask("POST", SENT_TO[0], headers, pieces)

    assert response.status_code == 413
    assert next(pieces)


@pytest.mark.parametrize("text", TRAVERSALS)
def test_no_spelling_of_a_path_reaches_a_file(text: str, unharmed: Standing) -> None:
    picture_id = unharmed.stock.public["picture"]
    for place in (
        f"/media/{picture_id}/{text}",
        f"/media/{text}/{unharmed.stock.public['file']}",
        f"/media/{text}",
        f"/manage/v1/media/{picture_id}/renditions/{text}",
        f"/manage/v1/media/{text}/file",
    ):
        headers = [(b"authorization", unharmed.admin["Authorization"].encode())]
        response = unharmed.ask("GET", place.encode(), headers)

        assert response.status_code in (400, 404), place
        assert b"root:" not in response.content


def test_a_guessed_name_finds_nothing(unharmed: Standing) -> None:
    name = unharmed.stock.public["file"]
    size, _, rest = name.partition("-")
    digest, _, ending = rest.partition(".")
    # Names that are nearly right, and names that are not.
    near = [_with_another(digest, place) for place in range(32)]
    far = [blake2b(bytes([n]), digest_size=16).hexdigest() for n in range(50)]
    ids = unharmed.stock.public["picture"], unharmed.stock.public["media"]

    told = {
        unharmed.client.get(f"/media/{each}/{size}-{guess}.{ending}").status_code
        for each in ids
        for guess in (*near, *far)
    }

    assert told == {404}
    assert unharmed.client.get(f"/media/{ids[0]}/{name}").status_code == 200


def _with_another(digest: str, place: int) -> str:
    """Change one digit."""
    digit = format(int(digest[place], 16) ^ 1, "x")
    return f"{digest[:place]}{digit}{digest[place + 1 :]}"


def test_no_answer_with_a_picture_lets_it_be_a_page(unharmed: Standing) -> None:
    places = unharmed.stock.public, unharmed.stock.manage
    public, manage = (each["picture"] for each in places)
    for url, headers, kind in (
        (f"/media/{public}/{places[0]['file']}", {}, "image/jpeg"),
        (f"/manage/v1/media/{manage}/file", unharmed.admin, "image/jpeg"),
        (f"/manage/v1/media/{manage}/renditions/card", unharmed.admin, "image/webp"),
    ):
        response = unharmed.client.get(url, headers=headers)

        assert response.headers["Content-Type"] == kind
        told = {name: response.headers.get(name) for name in HEADERS}
        assert told == HEADERS
