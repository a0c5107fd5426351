"""Sizes: what fits into what, and names that say all that the bytes depend on."""

from dataclasses import replace

import pytest

from app.pictures.sizes import SIZES, Original, dimensions, file_name, order_of, parse

ORIGINAL = Original("0" * 32, "a" * 64, 3000, 2000, 0.5, 0.5)


@pytest.mark.parametrize(
    ("width", "height", "size", "expected"),
    [
        (3000, 2000, "card", (480, 320)),
        (2000, 3000, "card", (480, 720)),
        (300, 200, "card", (300, 200)),
        (100, 5000, "thumb", (6, 320)),
        (5000, 1, "thumb", (160, 1)),
        (3000, 2000, "square", (400, 400)),
        (3000, 100, "square", (400, 100)),
    ],
)
def test_a_picture_is_fitted_and_never_enlarged(
    width: int, height: int, size: str, expected: tuple[int, int]
) -> None:
    original = replace(ORIGINAL, width=width, height=height)

    assert dimensions(original, SIZES[size]) == expected


def test_a_name_changes_with_all_that_the_bytes_depend_on() -> None:
    square = SIZES["square"]
    others = [
        replace(ORIGINAL, sha256="b" * 64),
        replace(ORIGINAL, focal_x=0.25),
        replace(ORIGINAL, focal_x=None),
    ]
    names = {str(file_name(each, square, "webp")) for each in (ORIGINAL, *others)}
    names |= {str(file_name(ORIGINAL, each, "webp")) for each in SIZES.values()}

    assert len(names) == 4 + len(SIZES) - 1


def test_a_whole_picture_has_one_name_wherever_its_focal_point_is() -> None:
    moved = replace(ORIGINAL, focal_x=0.1)

    assert file_name(moved, SIZES["card"], "jpg") == file_name(
        ORIGINAL, SIZES["card"], "jpg"
    )


def test_a_name_is_read_as_it_was_written() -> None:
    name = file_name(ORIGINAL, SIZES["wide"], "avif")

    assert parse(str(name)) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "original",
        "card.webp",
        f"card-{'0' * 31}.webp",
        f"card-{'0' * 32}.svg",
        f"card-{'A' * 32}.webp",
        f"huge-{'0' * 32}.webp",
        f"card-{'0' * 32}.webp\n",
        f"../card-{'0' * 32}.webp",
        f"card-{'٣' * 32}.webp",
    ],
)
def test_anything_else_is_no_name(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("focal", [None, 0.0, 0.3, 1.0])
@pytest.mark.parametrize("width", [1, 399, 400, 401, 8000])
def test_a_crop_lies_within_the_picture(width: int, focal: float | None) -> None:
    original = replace(ORIGINAL, width=width, focal_x=focal, focal_y=focal)

    left, top, right, bottom = order_of(original, SIZES["square"], "webp").window

    assert 0 <= left < right <= 1 + 1e-9
    assert 0 <= top < bottom <= 1 + 1e-9
