"""Slugs: derived ones give way, explicit ones are refused when taken."""

import pytest

from tests.newsroom import Json, Newsroom, if_match

KINDS = pytest.mark.parametrize("kind", ["articles", "authors", "tags", "sections"])


def make(newsroom: Newsroom, kind: str, name: str, **more: object) -> Json:
    if kind == "articles":
        return newsroom.draft(name, **more)
    return newsroom.send("POST", f"/{kind}", json={"name": name, **more})


def content(kind: str, name: str, slug: str, section: str) -> Json:
    if kind == "articles":
        return {"headline": name, "slug": slug, "section": section}
    return {"name": name, "slug": slug}


@KINDS
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Free ports", "free-ports"),
        ("Éire’s “new” ports!", "eires-new-ports"),
        ("Größe & Maß", "groesse-mass"),
        ("  100 % of it  ", "100-of-it"),
        ("!!!", "untitled"),
    ],
)
def test_a_slug_is_made_from_the_name(
    newsroom: Newsroom, kind: str, name: str, slug: str
) -> None:
    newsroom.section("Elsewhere")

    assert make(newsroom, kind, name)["slug"] == slug


@KINDS
def test_a_derived_slug_that_is_taken_gets_a_number(
    newsroom: Newsroom, kind: str
) -> None:
    newsroom.section("Elsewhere")

    made = [make(newsroom, kind, "Free ports")["slug"] for _ in range(3)]

    assert made == ["free-ports", "free-ports-2", "free-ports-3"]


@KINDS
def test_an_explicit_slug_that_is_taken_is_refused(
    newsroom: Newsroom, kind: str
) -> None:
    section = newsroom.section("Elsewhere")["id"]
    make(newsroom, kind, "Free ports")

    refused = newsroom.request(
        "POST", f"/{kind}", json=content(kind, "Other", "free-ports", section)
    )

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/slug-taken")


@KINDS
def test_a_change_to_a_taken_slug_is_refused(newsroom: Newsroom, kind: str) -> None:
    newsroom.section("Elsewhere")
    make(newsroom, kind, "Free ports")
    other = make(newsroom, kind, "Other")

    refused = newsroom.request(
        "PATCH",
        f"/{kind}/{other['id']}",
        json={"slug": "free-ports"},
        headers=if_match(other),
    )

    assert refused.status_code == 409
    assert newsroom.send("GET", f"/{kind}/{other['id']}") == other


@KINDS
@pytest.mark.parametrize(
    "slug",
    ["", "Ports", "-ports", "ports_", "a/b", "0198c0de-0000-7000-8000-000000000000"],
)
def test_what_is_no_slug_is_refused(newsroom: Newsroom, kind: str, slug: str) -> None:
    section = newsroom.section("Elsewhere")["id"]

    refused = newsroom.request(
        "POST", f"/{kind}", json=content(kind, "Other", slug, section)
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/slug"


@KINDS
def test_a_new_name_keeps_the_slug(newsroom: Newsroom, kind: str) -> None:
    newsroom.section("Elsewhere")
    made = make(newsroom, kind, "Free ports")
    name = {"headline" if kind == "articles" else "name": "Closed ports"}

    assert newsroom.patch(kind, made, **name)["slug"] == "free-ports"


def test_a_very_long_headline_makes_a_slug_of_whole_words(newsroom: Newsroom) -> None:
    draft = newsroom.draft("harbour " * 60)

    assert 50 < len(draft["slug"]) <= 100
    assert set(draft["slug"].split("-")) == {"harbour"}
