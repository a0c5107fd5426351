"""The table from a block's class to the function that writes it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from app.content.blocks.element import Element

Write = Callable[[Element], str]
Entry = tuple[type[Element], Write]
AnyBlock = TypeVar("AnyBlock", bound=Element)


def entry(kind: type[AnyBlock], write: Callable[[AnyBlock], str]) -> Entry:
    """Pair a class with its function, such that the types of both agree."""

    def write_it(block: Element) -> str:
        if not isinstance(block, kind):
            raise TypeError(f"not a {kind.__name__}")
        return write(block)

    return kind, write_it


def nothing(_block: Element) -> str:
    """Write a block that this form leaves out."""
    return ""


class FormTable:
    """Writes each block by its class; what has no entry, by its fallback."""

    def __init__(self, entries: Iterable[Entry], otherwise: Write) -> None:
        self._by_class = dict(entries)
        self._otherwise = otherwise

    def kinds(self) -> frozenset[type[Element]]:
        """Which classes have a form of their own."""
        return frozenset(self._by_class)

    def write(self, blocks: Iterable[Element], *, between: str) -> str:
        """Write blocks in order; those that come out empty leave no gap."""
        forms = (
            self._by_class.get(type(block), self._otherwise)(block) for block in blocks
        )
        return between.join(form for form in forms if form)
