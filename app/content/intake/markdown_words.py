"""The words of one run of Markdown as inline HTML, and the pictures among them."""

from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from app.content.blocks.pictures import Image
from app.content.intake.findings import one_line, some_lines, web_url
from app.kit.html import clean_inline, escaped, plain_text

_BREAKS = {"softbreak": " ", "hardbreak": "<br>"}


@dataclass(slots=True)
class Words:
    """What a run of Markdown says, and shows."""

    html: str = ""
    images: list[Image] = field(default_factory=list)


def words_of(node: SyntaxTreeNode) -> Words:
    """Read the inline content of a paragraph, heading or cell."""
    words = Words()
    words.html = clean_inline(_inside(node, words.images))
    return words


def _inside(node: SyntaxTreeNode, images: list[Image]) -> str:
    return "".join(_html(child, images) for child in node.children)


def _html(node: SyntaxTreeNode, images: list[Image]) -> str:
    if node.type in _BREAKS:
        return _BREAKS[node.type]
    if node.type == "image":
        return _picture(node, images)
    if node.type in ("text", "code_inline"):
        words = escaped(node.content)
        return f"<code>{words}</code>" if node.type == "code_inline" else words
    inside = _inside(node, images)
    if node.type == "link":
        href = escaped(str(node.attrGet("href") or "")).replace('"', "%22")
        return f'<a href="{href}">{inside}</a>'
    return f"<{node.tag}>{inside}</{node.tag}>" if node.tag else inside


def _picture(node: SyntaxTreeNode, images: list[Image]) -> str:
    """Set a picture aside; one that cannot be fetched leaves its words."""
    src = web_url(str(node.attrGet("src") or ""))
    if src is None:
        return escaped(node.content)
    caption = some_lines(str(node.attrGet("title") or ""))
    alt = plain_text(_inside(node, images))
    images.append(Image(type="image", url=src, alt=one_line(alt), caption=caption))
    return ""
