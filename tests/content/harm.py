"""An independent judge of HTML: what could run, as two other parsers see it."""

from html.parser import HTMLParser

from selectolax.lexbor import LexborHTMLParser

# Written out here once more: a slip in the lists of the cleaner must show.
ATTRIBUTES = {"href", "rel", "lang", "cite", "class", "align", "colspan", "rowspan"}
ATTRIBUTES |= {"datetime", "src", "alt", "width", "height", "poster", "controls"}
ATTRIBUTES |= {"type"}
RUNNING = {"script", "style", "iframe", "object", "embed", "form", "svg", "math"}


class Seen(HTMLParser):
    """What a second, unrelated parser finds."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.extend((name, value or "") for name, value in attrs)


def is_harmless(name: str, value: str) -> bool:
    if name not in ("href", "src", "poster", "cite"):
        return name in ATTRIBUTES
    squeezed = "".join(c for c in value.lower() if c > " ")
    scheme = squeezed.partition(":")[0]
    has_scheme = scheme.isalpha() and ":" in squeezed
    leaves_the_site = squeezed.startswith(("//", "/\\", "\\"))
    return not leaves_the_site and (
        not has_scheme or scheme in ("http", "https", "mailto", "tel")
    )


def assert_harmless(html: str) -> None:
    seen = Seen(html)
    assert not seen.tags & RUNNING
    assert [pair for pair in seen.attributes if not is_harmless(*pair)] == []
    tree = LexborHTMLParser(f"<div>{html}</div>", is_fragment=True)
    assert tree.css("script, style, iframe, object, embed, svg, math, form") == []
