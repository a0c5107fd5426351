"""Tables of HTML as blocks; one with merged cells stays as it is."""

from collections.abc import Iterator
from itertools import zip_longest

from selectolax.lexbor import LexborNode

from app.content.blocks.containers import Stored
from app.content.blocks.tables import MAX_COLUMNS, MAX_ROWS, Alignment, Table
from app.content.blocks.text import LegacyHtml
from app.content.intake.findings import some_lines
from app.kit.html import clean_inline, plain_text

_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "center": "center",
    "right": "right",
}


def table(node: LexborNode) -> Iterator[Stored]:
    """Read a table; short rows are filled up with empty cells."""
    rows = [cells for row in node.css("tr") if (cells := _cells(row))]
    if not rows:
        return
    width = max(map(len, rows))
    if _is_odd(node) or len(rows) > MAX_ROWS or width > MAX_COLUMNS:
        yield LegacyHtml(type="legacy_html", html=node.html or "")
        return
    has_header = all(cell.tag == "th" for cell in rows[0])
    caption = node.css_first("caption")
    yield Table(
        type="table",
        caption=some_lines(plain_text(caption.inner_html or "")) if caption else "",
        header=_filled(rows[0], width) if has_header else [],
        rows=[_filled(row, width) for row in rows[has_header:]],
        align=_alignments(rows[0], width),
    )


def _cells(row: LexborNode) -> list[LexborNode]:
    return [child for child in row.iter() if child.tag in ("td", "th")]


def _is_odd(node: LexborNode) -> bool:
    """Tell whether a list of rows cannot say it: merged cells, tables in tables."""
    merged = node.css("[colspan], [rowspan]")
    is_merged = any(
        value not in (None, "0", "1")
        for cell in merged
        for value in (cell.attributes.get("colspan"), cell.attributes.get("rowspan"))
    )
    return is_merged or node.css_first("table table, img, ul, ol") is not None


def _filled(row: list[LexborNode], width: int) -> list[str]:
    cells = [clean_inline(" ".join((cell.inner_html or "").split())) for cell in row]
    return cells + [""] * (width - len(cells))


def _alignments(row: list[LexborNode], width: int) -> list[Alignment]:
    named = [(cell.attributes.get("align") or "").lower() for cell in row]
    if not any(name in _ALIGNMENTS for name in named):
        return []
    filled = zip_longest(named, range(width))
    return [_ALIGNMENTS.get(name or "", "none") for name, _ in filled]
