"""The API reference: its pages answer, are whole, and come from nowhere else."""

import re

from starlette.testclient import TestClient

from app.kit.errors import known_problems
from tests.contract.problems import API_URL, problem_of
from tests.newsroom import Newsroom

PAGES = ("/docs", "/manage/docs", "/docs/problems")

_ADDRESS = re.compile(r"""(?:src|href|url)\s*[=:(]\s*["'](?P<address>[^"']+)["']""")


def _addresses(html: str) -> list[str]:
    return [match["address"] for match in _ADDRESS.finditer(html)]


def test_a_reference_page_and_all_it_loads_answer(client: TestClient) -> None:
    for page in PAGES:
        answer = client.get(page)

        assert answer.status_code == 200, page
        assert answer.headers["Content-Type"].startswith("text/html")
        addresses = _addresses(answer.text)
        assert addresses, page
        for address in addresses:
            assert client.get(address).status_code == 200, (page, address)


def test_a_reference_page_names_no_other_host(client: TestClient) -> None:
    for page in PAGES:
        html = client.get(page).text

        assert all(a.startswith("/") for a in _addresses(html)), page
        assert "//" not in html.replace("</", "").replace("/*", ""), page


def test_what_the_pages_load_sends_the_browser_nowhere_else(
    client: TestClient,
) -> None:
    for page in PAGES:
        for address in _addresses(client.get(page).text):
            if address.endswith(".css"):
                found = client.get(address).text
                assert not re.search(r"""url\(["']?(?:https?:)?//""", found), address


def test_each_page_shows_its_own_document(client: TestClient) -> None:
    assert "/openapi.json" in _addresses(client.get("/docs").text)
    assert "/manage/openapi.json" in _addresses(client.get("/manage/docs").text)


def test_the_documents_are_json(client: TestClient) -> None:
    for path in ("/openapi.json", "/manage/openapi.json"):
        answer = client.get(path)

        assert answer.json()["openapi"] == "3.1.0"
        assert answer.headers["Content-Type"] == "application/json"


def test_every_problem_has_its_page(client: TestClient) -> None:
    overview = client.get("/docs/problems").text
    for code, kind in known_problems().items():
        page = client.get(f"/docs/problems/{code}")

        assert page.status_code == 200, code
        assert kind.title in page.text
        assert str(kind.status) in page.text
        assert f'"/docs/problems/{code}"' in overview


def test_every_problem_says_for_itself_what_it_is() -> None:
    problems = known_problems().values()

    for kind in problems:
        assert kind.__doc__, kind
        # A class without one of its own would show that of the class above it.
        assert sum(kind.__doc__ == other.__doc__ for other in problems) == 1, kind
    titles = [kind.title for kind in problems]
    assert len(set(titles)) == len(titles)


def test_a_problem_s_type_is_an_address_that_answers(newsroom: Newsroom) -> None:
    newsroom.tag("Trade", slug="trade")
    taken = newsroom.request("POST", "/tags", json={"name": "X", "slug": "trade"})

    address = problem_of(taken)["type"]

    assert newsroom.client.get(address.removeprefix(API_URL)).status_code == 200


def test_a_problem_that_does_not_exist_has_no_page(client: TestClient) -> None:
    assert problem_of(client.get("/docs/problems/out-of-ink"))["code"] == "not-found"
