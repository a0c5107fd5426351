"""Markdown into blocks: CommonMark with tables and strikethrough, HTML as text."""

from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from app.content.blocks.containers import List, ListItem, Stored
from app.content.blocks.tables import Alignment, Table
from app.content.blocks.text import Divider, Heading, Paragraph
from app.content.intake.findings import as_code, as_item, as_quote
from app.content.intake.markdown_words import words_of

MAX_CHARACTERS = 300_000
# A row may leave out its last cells, and the parser adds them: a page of short
# lines under a wide header would grow into millions.
MAX_CELLS = 100_000
_ALIGNMENTS: dict[str, Alignment] = {
    "text-align:left": "left",
    "text-align:center": "center",
    "text-align:right": "right",
}
_RULE_CHARACTERS = frozenset(" \t>|:-*+.)0123456789")


class _Parser(MarkdownIt):
    """The parser as we want it: addresses stay as they were written."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.enable(["table", "strikethrough"])

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url


_parser = _Parser()


def blocks_from_markdown(text: str) -> list[Stored]:
    """Turn Markdown into blocks; raises `ValueError` for what no story needs."""
    if len(text) > MAX_CHARACTERS or _cells(text) > MAX_CELLS:
        raise ValueError("the Markdown is too long, or its tables are too large")
    return _blocks(SyntaxTreeNode(_parser.parse(text)).children)


def _cells(text: str) -> int:
    """Estimate, never too low, how many cells the tables have when filled up."""
    cells = width = 0
    for line in text.splitlines():
        if not line.strip():
            width = 0
        elif "-" in line and _RULE_CHARACTERS.issuperset(line):
            width = line.count("|") + 1
        cells += width
    return cells


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> list[Stored]:
    return [block for node in nodes for block in _block(node)]


def _block(node: SyntaxTreeNode) -> Iterator[Stored]:
    read = _READERS.get(node.type)
    return read(node) if read else iter(_blocks(node.children))


def _paragraph(node: SyntaxTreeNode) -> Iterator[Stored]:
    words = words_of(node)
    if words.html:
        yield Paragraph(type="paragraph", html=words.html)
    yield from words.images


def _heading(node: SyntaxTreeNode) -> Iterator[Stored]:
    level = min(max(int(node.tag[1]), 2), 4)
    words = words_of(node)
    if words.html:
        yield Heading(type="heading", level=level, html=words.html)
    yield from words.images


def _unordered(node: SyntaxTreeNode) -> Iterator[Stored]:
    yield List(type="list", style="unordered", items=_items(node))


def _ordered(node: SyntaxTreeNode) -> Iterator[Stored]:
    yield List(type="list", style="ordered", items=_items(node))


def _items(node: SyntaxTreeNode) -> list[ListItem]:
    return [as_item(_blocks(item.children)) for item in node.children]


def _quote(node: SyntaxTreeNode) -> Iterator[Stored]:
    blocks = _blocks(node.children)
    said = [block.html for block in blocks if isinstance(block, Paragraph)]
    yield from as_quote(said)
    yield from (block for block in blocks if not isinstance(block, Paragraph))


def _code(node: SyntaxTreeNode) -> Iterator[Stored]:
    language = node.info.split()[0] if node.info.split() else ""
    yield as_code(node.content.removesuffix("\n"), language)


def _divider(_node: SyntaxTreeNode) -> Iterator[Stored]:
    yield Divider(type="divider")


def _table(node: SyntaxTreeNode) -> Iterator[Stored]:
    header, *rows = [row.children for part in node.children for row in part.children]
    titles = [words_of(cell).html for cell in header]
    styles = [str(cell.attrGet("style") or "") for cell in header]
    align: list[Alignment] = [_ALIGNMENTS.get(style, "none") for style in styles]
    yield Table(
        type="table",
        header=titles if any(titles) else [],
        rows=[[words_of(cell).html for cell in row] for row in rows],
        align=align if any(styles) else [],
    )


_READERS: dict[str, Callable[[SyntaxTreeNode], Iterator[Stored]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _unordered,
    "ordered_list": _ordered,
    "blockquote": _quote,
    "fence": _code,
    "code_block": _code,
    "hr": _divider,
    "table": _table,
}
