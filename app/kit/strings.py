"""The text that is let in: clean Unicode, of one spelling and a known length.

Everything a client writes passes one of these types. Characters that no
database, feed or log can carry are refused rather than dropped, so that a
writer hears of them; letters are stored composed (Unicode NFC), so that a word
is found however it was typed.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from anyascii import anyascii
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

LINE_LENGTH = 500
TEXT_LENGTH = 20_000
URL_LENGTH = 2_000
SLUG_LENGTH = 120
MARKS_IN_A_ROW = 30

# XML 1.0 (section 2.2) has no C0 controls and neither U+FFFE nor U+FFFF, and our
# text ends up in feeds. The two bidi overrides make a headline read as another
# one; the gentler bidi marks and isolates stay, Hebrew and Arabic need them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]"
)
_LINE_BREAK = re.compile("[\t\n\u2028\u2029]")
_NO_LETTERS = re.compile(rf"[^\w\s]{{{MARKS_IN_A_ROW},}}")
_TOO_MANY_MARKS = re.compile(rb"[^\x00]{%d}" % (MARKS_IN_A_ROW + 1))
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_UUID = re.compile(r"[0-9a-f]{8}(-?)([0-9a-f]{4}\1){3}[0-9a-f]{12}")
_OUTSIDE_URLS = re.compile(r'[\s<>"\\]')
_APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc")
# Transliteration alone would turn Müller into Muller; German writes Mueller.
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def printable(text: str) -> str:
    """Refuse text with a character that cannot be shown or transmitted."""
    found = _UNPRINTABLE.search(text)
    if found:
        raise ValueError(f"the character U+{ord(found[0]):04X} is not allowed")
    return text


def without_unprintable(text: str) -> str:
    """Drop what `printable` refuses, where nobody is there to be told."""
    return _UNPRINTABLE.sub("", text)


def composed(text: str) -> str:
    """Compose letters and their marks (NFC); refuse a heap of marks on one.

    Composing takes time in the square of the marks in a row: minutes for a
    megabyte of them. Unicode Annex 15 calls text with at most 30 stream-safe, and
    no language has more.
    """
    if text.isascii():
        return text
    for heap in _NO_LETTERS.finditer(text):
        classes = bytes(map(unicodedata.combining, heap[0]))
        if _TOO_MANY_MARKS.search(classes):
            raise ValueError("a letter has too many combining marks")
    return unicodedata.normalize("NFC", text)


def _line(text: str) -> str:
    line = composed(printable(text)).strip()
    if _LINE_BREAK.search(line):
        raise ValueError("a single line of text is needed")
    return line


def _lines(text: str) -> str:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return composed(printable(unix))


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise ValueError("a slug has only a-z, 0-9 and -, and does not begin with -")
    if _UUID.fullmatch(text):
        raise ValueError("a slug must not look like an id")
    return text


def is_web_url(url: str) -> bool:
    """Tell whether this is an http(s) address without a user name in it."""
    if _OUTSIDE_URLS.search(url) or _UNPRINTABLE.search(url):
        return False
    try:
        parts = urlsplit(url)
        has_credentials = parts.username is not None
        names_a_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https")
    return is_web and names_a_host and not has_credentials


def _url(text: str) -> str:
    url = printable(text).strip()
    if not is_web_url(url):
        raise ValueError("an absolute http or https URL without credentials is needed")
    return url


@dataclass(frozen=True, slots=True)
class _Spelling(ABC):
    """What a string type accepts, and how its schema describes it."""

    max_length: int
    min_length: int = 0
    pattern: str | None = None
    format: str | None = None

    @abstractmethod
    def clean(self, text: str) -> str:
        """Answer the text as it will be stored; a ValueError refuses it."""

    def __get_pydantic_core_schema__(
        self, _source: type[str], _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        # The length counts after cleaning, as it will be stored.
        return core_schema.chain_schema(
            [
                core_schema.str_schema(strict=True),
                core_schema.no_info_plain_validator_function(self.clean),
                core_schema.str_schema(
                    min_length=self.min_length, max_length=self.max_length
                ),
            ]
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described: JsonSchemaValue = {"type": "string", "maxLength": self.max_length}
        if self.min_length:
            described["minLength"] = self.min_length
        if self.pattern:
            described["pattern"] = self.pattern
        if self.format:
            described["format"] = self.format
        return described


class OneLine(_Spelling):
    """A single line, stripped: `Annotated[str, OneLine(80, min_length=1)]`."""

    def clean(self, text: str) -> str:
        return _line(text)


class ManyLines(_Spelling):
    """Text of several lines; Windows line ends become plain ones."""

    def clean(self, text: str) -> str:
        return _lines(text)


class SlugSpelling(_Spelling):
    """The last part of a path, told apart from an id at sight."""

    def clean(self, text: str) -> str:
        return _slug(text)


class WebAddress(_Spelling):
    """An absolute http or https URL, kept as it was written."""

    def clean(self, text: str) -> str:
        return _url(text)


Line = Annotated[str, OneLine(LINE_LENGTH)]
"""A single line of text, stripped, up to 500 characters; may be empty."""

Title = Annotated[str, OneLine(LINE_LENGTH, min_length=1)]
"""A single line that says something: never empty."""

Text = Annotated[str, ManyLines(TEXT_LENGTH)]
"""Plain text with line breaks, up to 20,000 characters; may be empty."""

Slug = Annotated[
    str, SlugSpelling(SLUG_LENGTH, min_length=1, pattern="^[a-z0-9][a-z0-9-]*$")
]
"""`[a-z0-9-]`, beginning with a letter or digit, never like a UUID."""

Url = Annotated[str, WebAddress(URL_LENGTH, min_length=1, format="uri")]
"""An absolute http or https URL without credentials, up to 2,000 characters."""


def slugify(text: str) -> str:
    """Make a slug of a headline or name, short enough for a `-2` behind it."""
    # Composing is quadratic in heaps of marks, and a slug shows the beginning only.
    german = unicodedata.normalize("NFC", text[:LINE_LENGTH]).translate(_GERMAN)
    latin = anyascii(german).translate(_APOSTROPHES).lower()
    slug = _shortened(re.sub(r"[^a-z0-9]+", "-", latin).strip("-"), SLUG_LENGTH - 20)
    if not slug:
        return "untitled"
    return f"untitled-{slug}" if _UUID.fullmatch(slug) else slug


def _shortened(slug: str, length: int) -> str:
    """Cut at a hyphen, so that no word is broken unless it is alone."""
    if len(slug) <= length:
        return slug
    whole, _, _ = slug[: length + 1].rpartition("-")
    return whole.rstrip("-") or slug[:length]
