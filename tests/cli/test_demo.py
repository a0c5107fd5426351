"""`broadsheet demo`: a newspaper to look at, loaded once however often it is run."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.delivery.store.models import Document
from app.kit.db import Database
from app.kit.settings import Settings
from app.main import create_app
from app.newsroom.articles.models import Article
from tests.cli.conftest import Run

URL = "sqlite:///var/broadsheet.db"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the newspaper that was loaded once is kept for the others."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def loaded(run: Run, folder: Path, kept: Path) -> str:
    """A loaded newspaper here, and what was said about it."""
    said = kept / "said.txt"
    if not said.exists():
        ran = run("demo", "--no-serve")
        assert ran.code == 0, ran.err
        shutil.copytree(folder / "var", kept / "var")
        said.write_text(ran.out, "utf-8")
    else:
        shutil.copytree(kept / "var", folder / "var")
    return said.read_text("utf-8")


def _count(kind: type[Article] | type[Document]) -> int:
    with Database(URL) as database, database.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_loading_says_how_far_it_is_and_what_to_try(loaded: str) -> None:
    assert re.search(r"^Loading the newspaper: (\d+) of \1$", loaded, re.MULTILINE)
    assert "curl 'http://127.0.0.1:8000/v1/articles" in loaded
    assert 'curl -H "Authorization: Bearer $KEY"' in loaded
    assert "http://127.0.0.1:8000/docs" in loaded


def test_what_it_says_to_try_is_answered(loaded: str) -> None:
    # What the shell would do with the printed lines, done by hand.
    urls = re.findall(r"'http://127\.0\.0\.1:8000(/[^']+)'", loaded)
    [key] = re.findall(r"KEY=(bs_\S+)", loaded)
    [story] = re.findall(r"-d '([^']+)'", loaded)
    public = [url for url in urls if url.startswith("/v1")]
    manage = [url for url in urls if url.startswith("/manage")]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    settings = Settings(database_url=URL, background=False)
    with TestClient(create_app(settings)) as client:
        read = [client.get(url) for url in public]
        drafts = client.get(manage[0], headers=headers)
        written = client.post(manage[1], content=story, headers=headers)

    assert [answer.status_code for answer in read] == [200, 200]
    assert len(read[0].json()["data"]) == 3
    assert read[1].json()["status"] == "found"
    assert drafts.json()["data"][0]["state"] == "draft"
    assert written.status_code == 201


def test_a_second_time_nothing_is_loaded_twice_and_the_old_key_ends(
    run: Run, loaded: str
) -> None:
    before = (_count(Article), _count(Document))

    again = run("demo", "--no-serve")

    assert (_count(Article), _count(Document)) == before
    assert ", 0 of them new" in again.out
    keys = run("keys", "list").lines
    assert [" valid " in line for line in keys] == [False, True]


def test_under_another_address_its_links_lead_there(run: Run, loaded: str) -> None:
    again = run("demo", "--no-serve", "--port", "9123")

    assert "curl 'http://127.0.0.1:9123/v1/articles" in again.out
    examined = run(
        "doctor", site_name="The Aldmere Courier", api_url="http://127.0.0.1:9123"
    )
    assert examined.code == 0, examined.out


def test_it_fills_up_to_as_many_articles_as_asked_for(run: Run, loaded: str) -> None:
    ran = run("demo", "--no-serve", "--articles", "300")

    assert ran.code == 0
    assert _count(Article) == 300
    again = run("demo", "--no-serve", "--articles", "300")
    assert (again.code, _count(Article)) == (0, 300)


def test_settings_of_one_s_own_go_before_the_demo_s(run: Run, loaded: str) -> None:
    ran = run("demo", "--no-serve", site_name="The Mine", api_url="https://x.example")

    assert "The Mine: " in ran.out
    assert "curl 'https://x.example/v1/articles" in ran.out
