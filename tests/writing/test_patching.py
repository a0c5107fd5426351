"""Changes: merge patches (RFC 7396), each made from the version it names."""

import pytest

from tests.newsroom import Json, Newsroom, if_match, paragraph

NO_HEADLINES = {"short": None, "seo": None, "social": None, "print": None}


@pytest.fixture
def draft(newsroom: Newsroom) -> Json:
    """A draft with something in every kind of field."""
    newsroom.tag("Trade")
    newsroom.tag("Fish")
    return newsroom.draft(
        "Ferry returns",
        standfirst="After a year.",
        kicker="Harbour",
        tags=["trade", "fish"],
        headlines={"short": "Ferry back", "print": "She is back"},
        sensitivity={"level": "sensitive", "categories": ["crime"], "ads": "suppress"},
        body=[paragraph("One."), paragraph("Two.")],
    )


def test_what_a_patch_does_not_name_stays(newsroom: Newsroom, draft: Json) -> None:
    edited = newsroom.edit(draft, kicker="Port")

    moved = {"kicker": "Port", "version": 2, "revision": 2}
    assert edited == {**draft, **moved, "updated_at": edited["updated_at"]}


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("standfirst", None),
        ("kicker", None),
        ("body", []),
        ("tags", []),
        ("genre", "news"),
        ("headlines", NO_HEADLINES),
    ],
)
def test_null_takes_a_field_away(
    newsroom: Newsroom, draft: Json, field: str, empty: object
) -> None:
    assert newsroom.edit(draft, **{field: None})[field] == empty


@pytest.mark.parametrize("field", ["headline", "section"])
def test_what_a_story_needs_is_not_taken_away(
    newsroom: Newsroom, draft: Json, field: str
) -> None:
    refused = newsroom.request(
        "PATCH", f"/articles/{draft['id']}", json={field: None}, headers=if_match(draft)
    )

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == f"/{field}"
    assert newsroom.send("GET", f"/articles/{draft['id']}") == draft


def test_nested_objects_are_merged(newsroom: Newsroom, draft: Json) -> None:
    edited = newsroom.edit(draft, headlines={"seo": "Ferry", "short": None})

    assert edited["headlines"] == {
        "short": None,
        "seo": "Ferry",
        "social": None,
        "print": "She is back",
    }


def test_null_inside_an_object_brings_a_default_back(
    newsroom: Newsroom, draft: Json
) -> None:
    edited = newsroom.edit(draft, sensitivity={"level": None, "categories": None})

    milder = {**draft["sensitivity"], "level": "none", "categories": []}
    assert edited["sensitivity"] == milder


def test_null_in_a_list_is_no_absence(newsroom: Newsroom, draft: Json) -> None:
    path, null = f"/articles/{draft['id']}", {"tags": ["fish", None]}

    refused = newsroom.request("PATCH", path, json=null, headers=if_match(draft))

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/tags/1"


def test_arrays_are_replaced(newsroom: Newsroom, draft: Json) -> None:
    fish = newsroom.send("GET", "/tags/fish")

    edited = newsroom.edit(draft, tags=["fish"], sensitivity={"categories": ["arms"]})

    assert edited["tags"] == [fish["id"]]
    assert edited["sensitivity"] == {**draft["sensitivity"], "categories": ["arms"]}


def test_blocks_keep_their_ids(newsroom: Newsroom, draft: Json) -> None:
    one, two = draft["body"]

    edited = newsroom.edit(draft, body=[two, paragraph("New."), one])

    assert [block["id"] for block in edited["body"]][::2] == [two["id"], one["id"]]
    assert edited["body"][1]["id"] not in (one["id"], two["id"], "")


def test_what_was_read_can_be_written_again(newsroom: Newsroom, draft: Json) -> None:
    own = {"headline", "standfirst", "tags", "headlines", "sensitivity", "body", "seo"}

    again = newsroom.edit(draft, **{name: draft[name] for name in own})

    assert again == draft


@pytest.mark.parametrize(
    ("field", "text"),
    [("body_html", "<p>Anew.</p>"), ("body_markdown", "Anew.")],
)
def test_a_body_in_another_form_replaces_the_blocks(
    newsroom: Newsroom, draft: Json, field: str, text: str
) -> None:
    edited = newsroom.edit(draft, **{field: text})

    assert [block["text"] for block in edited["body"]] == ["Anew."]


def test_a_patch_that_changes_nothing_is_no_revision(
    newsroom: Newsroom, draft: Json
) -> None:
    assert newsroom.edit(draft, kicker="Harbour") == draft
    assert newsroom.edit(draft) == draft


@pytest.mark.parametrize("kind", ["authors", "tags", "sections"])
def test_a_patch_of_reference_data_merges_as_well(
    newsroom: Newsroom, kind: str
) -> None:
    made = newsroom.send(
        "POST",
        f"/{kind}",
        json={
            "name": "One",
            **({"bio": "B"} if kind == "authors" else {"description": "D"}),
        },
    )
    text = "bio" if kind == "authors" else "description"

    renamed = newsroom.patch(kind, made, name="Two")
    emptied = newsroom.patch(kind, renamed, **{text: None})

    assert (renamed["name"], renamed["slug"], renamed[text]) == (
        "Two",
        "one",
        made[text],
    )
    assert (emptied["name"], emptied[text], emptied["version"]) == ("Two", None, 3)


PLACES = pytest.mark.parametrize("kind", ["articles", "authors", "tags", "sections"])


def made(newsroom: Newsroom, kind: str) -> Json:
    if kind == "articles":
        return newsroom.draft("One")
    return newsroom.send("POST", f"/{kind}", json={"name": "One"})


def renaming(kind: str, name: str) -> Json:
    return {"headline" if kind == "articles" else "name": name}


@PLACES
def test_a_change_says_which_version_it_was_made_from(
    newsroom: Newsroom, kind: str
) -> None:
    path = f"/{kind}/{made(newsroom, kind)['id']}"

    refused = newsroom.request("PATCH", path, json=renaming(kind, "Two"))

    assert refused.status_code == 428
    assert newsroom.send("GET", path)["version"] == 1


@PLACES
def test_a_change_from_an_old_version_is_told_the_current_one(
    newsroom: Newsroom, kind: str
) -> None:
    first = made(newsroom, kind)
    newsroom.patch(kind, first, **renaming(kind, "Two"))

    refused = newsroom.request(
        "PATCH",
        f"/{kind}/{first['id']}",
        json=renaming(kind, "Three"),
        headers=if_match(first),
    )

    assert refused.status_code == 412
    assert refused.headers["ETag"] == '"v2"'
    assert refused.json()["current_version"] == 2
    after = newsroom.send("GET", f"/{kind}/{first['id']}")
    assert renaming(kind, "Two").items() <= after.items()


@PLACES
def test_a_change_answers_with_the_new_version(newsroom: Newsroom, kind: str) -> None:
    first = made(newsroom, kind)

    changed = newsroom.request(
        "PATCH",
        f"/{kind}/{first['id']}",
        json=renaming(kind, "Two"),
        headers=if_match(first),
    )

    assert (changed.status_code, changed.headers["ETag"]) == (200, '"v2"')
    assert changed.json()["version"] == 2
    assert changed.json() == newsroom.send("GET", f"/{kind}/{first['id']}")


@pytest.mark.parametrize("header", ["*", '"v7", "v1"', 'W/"v1"'])
def test_if_match_takes_a_list_or_a_star(
    newsroom: Newsroom, draft: Json, header: str
) -> None:
    changed = newsroom.request(
        "PATCH",
        f"/articles/{draft['id']}",
        json={"kicker": "Port"},
        headers={"If-Match": header},
    )

    assert changed.status_code == 200


@pytest.mark.parametrize(
    ("header", "status"), [("1", 400), ("v1", 400), ('"other"', 412), ('"v2"', 412)]
)
def test_an_if_match_that_cannot_match_is_refused(
    newsroom: Newsroom, draft: Json, header: str, status: int
) -> None:
    refused = newsroom.request(
        "PATCH",
        f"/articles/{draft['id']}",
        json={"kicker": "Port"},
        headers={"If-Match": header},
    )

    assert refused.status_code == status
    assert newsroom.send("GET", f"/articles/{draft['id']}") == draft


def test_a_verb_raises_the_version_too(newsroom: Newsroom) -> None:
    article = newsroom.draft()
    versions = [article["version"]]
    for verb in ("publish", "withdraw", "restore"):
        article = newsroom.verb(article, verb)
        versions.append(article["version"])

    assert versions == [1, 2, 3, 4]
