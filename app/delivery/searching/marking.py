"""Where the words of a question stand: pieces of text as HTML, with `<mark>`."""

import html
import re
from collections.abc import Callable
from functools import cache, lru_cache

from app.content.words import tokens

_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_BEFORE, _AFTER = 60, 180
_READ = 20_000
"""How many characters of a body are looked through."""
# A word takes twenty microseconds to take apart, and most stand in story after story.
_REMEMBERED = 16_384

Finds = Callable[[str], bool]


def finder(wanted: set[str], language: str) -> Finds:
    """Tell of single words whether a question asks for them."""
    plain = {form for form in wanted if not form.endswith("*")}
    beginnings = tuple(form[:-1] for form in wanted if form.endswith("*"))

    # The same words come again and again: looking one up costs a fortieth.
    @cache
    def finds(word: str) -> bool:
        return any(
            each in plain or bool(beginnings and each.startswith(beginnings))
            for each in _tokens(word, language)
        )

    return finds


@lru_cache(maxsize=_REMEMBERED)
def _tokens(word: str, language: str) -> tuple[str, ...]:
    return tuple(tokens(word, language))


def marked(text: str, finds: Finds) -> str | None:
    """Mark the words in a text; None where there are none."""
    written: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        if finds(word[0]):
            written.append(html.escape(text[end : word.start()], quote=False))
            written.append(f"<mark>{html.escape(word[0], quote=False)}</mark>")
            end = word.end()
    if not written:
        return None
    return "".join([*written, html.escape(text[end:], quote=False)])


def piece(text: str, finds: Finds) -> str | None:
    """Cut out where the first of the words stands, and mark them there."""
    read = text[:_READ]
    first = next((word for word in _WORD.finditer(read) if finds(word[0])), None)
    if first is None:
        return None
    begin = _at_a_space(text, max(0, first.start() - _BEFORE), first.start())
    end = min(len(text), first.end() + _AFTER)
    if end < len(text):
        end = max(first.end(), text.rfind(" ", begin, end))
    cut = " ".join(text[begin:end].split())
    shown = marked(cut, finds)
    if shown is None:
        return None
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(text) else ''}"


def _at_a_space(text: str, begin: int, first: int) -> int:
    if begin == 0:
        return 0
    space = text.find(" ", begin, first)
    return first if space < 0 else space + 1
