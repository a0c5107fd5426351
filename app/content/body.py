"""A whole body: its limits, its errors with true pointers, and its block ids."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Annotated, cast

from pydantic import (
    AfterValidator,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from app.content.blocks.containers import StoredBlock
from app.content.blocks.element import Element, Piece
from app.content.walking import Location, Step, rebuilt, walk

MAX_BLOCKS = 2_000
MAX_NESTING = 8
MAX_BYTES = 1_000_000
MAX_FAULTS = 200

_TOO_MANY_BLOCKS = "a body has at most 2,000 blocks, nested ones included"


def _pointing_truly(
    given: object, validate: ValidatorFunctionWrapHandler
) -> list[StoredBlock]:
    """Leave block types out of the locations of errors.

    Pydantic puts the tag of the union into them: `/3/paragraph/html` would point
    at nothing in what the client sent.
    """
    if isinstance(given, list) and len(given) > MAX_BLOCKS:
        raise _refusal("too_many_blocks", _TOO_MANY_BLOCKS, (MAX_BLOCKS,))
    try:
        return cast("list[StoredBlock]", validate(given))
    except ValidationError as error:
        faults = [_relocated(fault, given) for fault in _first_faults(error)]
    raise ValidationError.from_exception_data("Body", faults)


def _first_faults(error: ValidationError) -> list[ErrorDetails]:
    """Name the first faults; a megabyte of ones would else make 70 MB of them."""
    if error.error_count() > MAX_BLOCKS:
        raise _refusal("too_many_faults", "this body has too many faults to name", ())
    return error.errors(include_url=False)[:MAX_FAULTS]


def _relocated(fault: ErrorDetails, given: object) -> InitErrorDetails:
    kind = fault["type"]
    message = fault["msg"].removeprefix("Value error, ")
    return InitErrorDetails(
        type=PydanticCustomError(kind, message),
        loc=_without_tags(fault["loc"], given),
        input=fault["input"],
    )


def _without_tags(location: Location, given: object) -> Location:
    true: list[str | int] = []
    here = given
    for part in location:
        came_by_index = bool(true) and isinstance(true[-1], int)
        if isinstance(here, dict):
            if came_by_index and here.get("type") == part:
                continue
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part]
        true.append(part)
    return tuple(true)


def _within_limits(blocks: list[StoredBlock]) -> list[StoredBlock]:
    steps = [step for step in walk(blocks) if isinstance(step.piece, Element)]
    _refuse_excess(steps)
    _refuse_twins(steps)
    if len(body_of_blocks.dump_json(blocks)) > MAX_BYTES:
        raise _refusal("body_too_large", "a body is at most 1 MB of JSON", ())
    return blocks


def _refuse_excess(steps: list[Step]) -> None:
    if len(steps) > MAX_BLOCKS:
        location = steps[MAX_BLOCKS].location
        raise _refusal("too_many_blocks", _TOO_MANY_BLOCKS, location)
    for step in steps:
        if step.depth > MAX_NESTING:
            message = "blocks are nested at most 8 deep"
            raise _refusal("nested_too_deeply", message, step.location)


def _refuse_twins(steps: list[Step]) -> None:
    seen: set[str] = set()
    for block_id, step in _ids(steps):
        if block_id in seen:
            message = "another block of this body has the same id"
            raise _refusal("duplicate_id", message, (*step.location, "id"))
        seen.add(block_id)


def _ids(steps: Iterable[Step]) -> list[tuple[str, Step]]:
    return [
        (step.piece.id, step)
        for step in steps
        if isinstance(step.piece, Element) and step.piece.id
    ]


def _refusal(kind: str, message: str, location: Location) -> ValidationError:
    fault = InitErrorDetails(
        type=PydanticCustomError(kind, message), loc=location, input=None
    )
    return ValidationError.from_exception_data("Body", [fault])


Body = Annotated[
    list[StoredBlock], WrapValidator(_pointing_truly), AfterValidator(_within_limits)
]
"""The blocks of a story as a field of a model, checked as a whole."""

body_of_blocks: TypeAdapter[list[StoredBlock]] = TypeAdapter(list[StoredBlock])
body_adapter: TypeAdapter[list[StoredBlock]] = TypeAdapter(Body)
"""Reads a body from what a client or the database has, and writes it as JSON."""


def keeping_ids(
    blocks: list[StoredBlock], before: list[StoredBlock]
) -> list[StoredBlock]:
    """Take over from an earlier body the blocks that say the same, ids and all.

    Markup names no blocks: without this, saving the same story twice would give
    every block a new id.
    """
    known: dict[str, list[StoredBlock]] = defaultdict(list)
    for block in reversed(before):
        known[_words(block)].append(block)
    kept = {block.id for block in blocks if block.id}
    return [_earlier(block, known, kept) for block in blocks]


def _earlier(
    block: StoredBlock, known: dict[str, list[StoredBlock]], kept: set[str]
) -> StoredBlock:
    same = known[_words(block)] if not block.id else []
    return same.pop() if same and same[-1].id not in kept else block


def _words(block: StoredBlock) -> str:
    """Write a block without its ids, to compare it with others."""

    def unnamed(piece: Piece) -> Piece:
        if not isinstance(piece, Element):
            return piece
        return piece.model_copy(update={"id": ""})

    return rebuilt(block, unnamed).model_dump_json()


def normalise(
    blocks: list[StoredBlock], new_id: Callable[[], str]
) -> list[StoredBlock]:
    """Give an id to every block that has none; those that have one keep it.

    Raises `ValidationError` where two blocks have the same id or the body is
    beyond its limits.
    """
    _within_limits(blocks)
    taken = {block_id for block_id, _ in _ids(walk(blocks))}

    def named(piece: Piece) -> Piece:
        if not isinstance(piece, Element) or piece.id:
            return piece
        free = new_id()
        while free in taken:
            free = new_id()
        taken.add(free)
        return piece.model_copy(update={"id": free})

    return [rebuilt(block, named) for block in blocks]
