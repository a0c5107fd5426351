"""Which strings are let in, and in what spelling they stay."""

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.kit.strings import (
    Line,
    ManyLines,
    OneLine,
    Slug,
    Text,
    Title,
    Url,
    composed,
    is_web_url,
    slugify,
    without_unprintable,
)

LINE: TypeAdapter[str] = TypeAdapter(Line)
TITLE: TypeAdapter[str] = TypeAdapter(Title)
TEXT: TypeAdapter[str] = TypeAdapter(Text)
SLUG: TypeAdapter[str] = TypeAdapter(Slug)
URL: TypeAdapter[str] = TypeAdapter(Url)
UUID = "0190b0a0-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b",
        "a\x1bb",
        "a\x7fb",
        "a\x9fb",
        "a\u202eb",
        "a\u202db",
        "a\ufffeb",
        "\ud800",
    ],
)
@pytest.mark.parametrize("kind", [LINE, TEXT])
def test_a_character_that_cannot_be_shown_is_refused(
    kind: TypeAdapter[str], text: str
) -> None:
    with pytest.raises(ValidationError):
        kind.validate_python(text)


def test_the_refusal_names_the_character() -> None:
    with pytest.raises(ValidationError, match=r"U\+202E is not allowed"):
        LINE.validate_python("price: \u202e02$")


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\u2028b", "a\u2029b"])
def test_a_line_has_no_line_break(text: str) -> None:
    with pytest.raises(ValidationError):
        LINE.validate_python(text)


def test_a_line_is_stripped() -> None:
    assert LINE.validate_python("  Budget passed \u00a0") == "Budget passed"


def test_letters_are_composed() -> None:
    assert LINE.validate_python("Cafe\u0301") == "Café"
    assert TEXT.validate_python("Cafe\u0301") == "Café"


def test_text_keeps_its_lines_in_the_unix_way() -> None:
    assert TEXT.validate_python("a\r\nb\rc\n\td ") == "a\nb\nc\n\td "


def test_hebrew_with_isolates_is_let_in() -> None:
    sentence = "שלום \u2066BBC\u2069\u200f"
    assert LINE.validate_python(sentence) == sentence


def test_bytes_and_numbers_are_no_text() -> None:
    for value in (b"a", 1, None, ["a"]):
        with pytest.raises(ValidationError):
            LINE.validate_python(value)


def test_length_counts_after_cleaning() -> None:
    short: TypeAdapter[str] = TypeAdapter(Annotated[str, OneLine(4, min_length=1)])
    assert short.validate_python("  e\u0301e\u0301e\u0301e\u0301  ") == "éééé"
    for text in ("   ", "fives"):
        with pytest.raises(ValidationError):
            short.validate_python(text)


def test_a_title_is_never_empty() -> None:
    with pytest.raises(ValidationError):
        TITLE.validate_python(" ")


def test_schemas_tell_the_lengths() -> None:
    assert LINE.json_schema() == {"type": "string", "maxLength": 500}
    assert TITLE.json_schema()["minLength"] == 1
    assert SLUG.json_schema()["pattern"] == "^[a-z0-9][a-z0-9-]*$"
    assert URL.json_schema()["format"] == "uri"
    longer: TypeAdapter[str] = TypeAdapter(Annotated[str, ManyLines(30_000)])
    assert longer.json_schema()["maxLength"] == 30_000


def test_a_heap_of_marks_on_one_letter_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="too many combining marks"):
        composed("a" + "\u0301\u0316" * 500_000)


def test_stacked_marks_of_living_languages_are_let_in() -> None:
    assert composed("a" + "\u0301" * 30)
    assert composed("!" * 1_000) == "!" * 1_000


@given(st.text())
def test_what_a_text_type_lets_in_it_leaves_alone_next_time(text: str) -> None:
    try:
        once = TEXT.validate_python(text)
    except ValidationError:
        return
    assert TEXT.validate_python(once) == once
    assert without_unprintable(once) == once


@pytest.mark.parametrize("slug", ["a", "9-lives", "world", "a--b-", "x" * 120])
def test_a_slug_is_taken(slug: str) -> None:
    assert SLUG.validate_python(slug) == slug


@pytest.mark.parametrize(
    "slug",
    ["", "-a", "A", "a b", "a/b", "ä", "a.b", "x" * 121, UUID, UUID.replace("-", "")],
)
def test_what_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        SLUG.validate_python(slug)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Putin and Kim sign agreement", "putin-and-kim-sign-agreement"),
        ("Müller’s Straße", "muellers-strasse"),
        ("Ärzte O\u0308l", "aerzte-oel"),
        ("北京", "beijing"),
        ("  -- ", "untitled"),
        ("", "untitled"),
        (UUID, f"untitled-{UUID}"),
        ("a" * 300, "a" * 100),
        ("word " * 60, "-".join(["word"] * 20)),
    ],
)
def test_a_title_becomes_a_slug(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text())
def test_every_text_makes_a_slug(text: str) -> None:
    assert SLUG.validate_python(slugify(text))


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example",
        "http://news.example:8080/a/b?c=d#e",
        "https://münchen.example/straße",
        "https://[2001:db8::1]/",
        "HTTPS://NEWS.EXAMPLE/",
    ],
)
def test_a_web_address_is_kept_as_it_was_written(url: str) -> None:
    assert URL.validate_python(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example",
        "/path",
        "//news.example",
        "https://",
        "https:///path",
        "https:news.example",
        "ftp://news.example",
        "javascript:alert(1)",
        "https://ada@news.example",
        "https://ada:pw@news.example",
        "https://news.example/a b",
        "https://news.example/a\nb",
        "https://news.example/\x00",
        "https://news.example/\u202e",
        "https://news.example\\@evil.example",
        "https://news.example/<b>",
        "https://[::1",
        "https://news.example:port/",
        "https://news.example:99999/",
        "https://news.example/" + "a" * 2_000,
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        URL.validate_python(url)


@given(st.text())
def test_asking_whether_text_is_an_address_never_fails(text: str) -> None:
    assert is_web_url(text) in (True, False)
    assert is_web_url(f"https://{text}") in (True, False)
