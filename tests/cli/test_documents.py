"""`broadsheet openapi` and `render`."""

import json

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from app.delivery.store.models import Document
from app.kit.db import Database
from tests.catching_up import catch_up
from tests.cli.conftest import Run
from tests.newsroom import Newsroom

SAME_SITE = {
    "api_url": "https://api.courier.example",
    "site_url": "https://www.courier.example",
    "site_name": "The Courier",
}


@pytest.mark.parametrize(
    ("words", "route", "title"),
    [
        ((), "/v1/articles", "Broadsheet"),
        (("--manage",), "/manage/v1/articles", "Broadsheet, for editors"),
    ],
)
def test_the_printed_document_is_openapi(
    run: Run, words: tuple[str, ...], route: str, title: str
) -> None:
    document = json.loads(run("openapi", *words).out)

    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] == title
    assert route in document["paths"]
    assert "Problem" in document["components"]["schemas"]


def test_the_public_document_names_nothing_that_only_editors_see(run: Run) -> None:
    assert "manage" not in run("openapi").out


def test_the_printed_document_is_the_served_one(run: Run, client: TestClient) -> None:
    public = json.loads(run("openapi").out)
    manage = json.loads(run("openapi", "--manage").out)

    assert client.get("/openapi.json").json() == public
    assert client.get("/manage/openapi.json").json() == manage


def test_documents_of_another_shape_are_rendered_again(
    run: Run, newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    article = newsroom.published(authors=[newsroom.author()["id"]])
    before = client.get(f"/v1/articles/{article['id']}").json()
    with database.engine.begin() as connection:
        connection.execute(update(Document).values(shape="0-old", detail=b"{}"))

    ran = run("render", database_url=database.url, **SAME_SITE)
    again = run("render", database_url=database.url, **SAME_SITE)

    assert (ran.code, again.code) == (0, 0)
    assert ran.lines[-1] == "Rendered 3 documents again."
    assert again.lines[-1] == "Rendered 0 documents again."
    catch_up(client)
    assert client.get(f"/v1/articles/{article['id']}").json() == before


def test_another_name_of_the_paper_reaches_its_documents(
    run: Run, newsroom: Newsroom, client: TestClient, database: Database
) -> None:
    article = newsroom.published()
    renamed = SAME_SITE | {"site_name": "The Evening Courier"}

    run("render", database_url=database.url, **renamed)

    catch_up(client)
    shown = client.get(f"/v1/articles/{article['id']}").json()
    assert shown["rights"]["copyright_holder"] == "The Evening Courier"
