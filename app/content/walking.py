"""Ways through a body: every block and part in reading order, or rebuilt anew."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from app.content.blocks.element import Element, Piece

Location = tuple[str | int, ...]
AnyPiece = TypeVar("AnyPiece", bound=Piece)

# What most fields hold. To ask Pydantic whether it is a piece takes ten times as long.
_PLAIN = frozenset({str, bool, int, float, type(None)})


class Step(NamedTuple):
    """One stop on the way through a body."""

    location: Location
    """Where the piece stands, as in a JSON pointer."""
    depth: int
    """How many blocks lie around it, itself included."""
    piece: Piece


def walk(blocks: Iterable[Element]) -> Iterator[Step]:
    """Visit every block and every part of one, the outer before the inner."""
    for index, block in enumerate(blocks):
        yield from _walk(block, (index,), 0)


def pieces(blocks: Iterable[Element]) -> Iterator[Piece]:
    """Every block and every part of one, the outer before the inner."""
    return (step.piece for step in walk(blocks))


def _walk(piece: Piece, location: Location, depth: int) -> Iterator[Step]:
    depth += isinstance(piece, Element)
    yield Step(location, depth, piece)
    # A body is walked several times a release, and Pydantic's own iterator makes a
    # list of every piece.
    for name, value in vars(piece).items():
        if type(value) in _PLAIN:
            continue
        if isinstance(value, Piece):
            yield from _walk(value, (*location, name), depth)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, Piece):
                    yield from _walk(item, (*location, name, index), depth)


def rebuilt(piece: AnyPiece, change: Callable[[Piece], Piece]) -> AnyPiece:
    """Pass a block and all its parts through `change`, the inner before the outer.

    `change` answers a piece of the same class: the one it got, or a copy.
    """
    changed: dict[str, object] = {}
    for name, value in vars(piece).items():
        if type(value) in _PLAIN:
            continue
        if isinstance(value, Piece):
            changed[name] = rebuilt(value, change)
        elif isinstance(value, list) and any(isinstance(i, Piece) for i in value):
            changed[name] = [rebuilt(item, change) for item in value]
    after = change(piece.model_copy(update=changed) if changed else piece)
    if not isinstance(after, type(piece)):
        raise TypeError(f"a {type(piece).__name__} cannot become another thing")
    return after
