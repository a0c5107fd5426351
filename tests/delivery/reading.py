"""What a frontend asks, and the part of the answer a test looks at."""

from starlette.testclient import TestClient

from tests.newsroom import Json

Query = str | list[tuple[str, str]]


def page(client: TestClient, query: Query = "", path: str = "/v1/articles") -> Json:
    """Read one page of a list, which has to be there."""
    answer = client.get(path, params=query) if query else client.get(path)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def slugs(
    client: TestClient, query: Query = "", path: str = "/v1/articles"
) -> list[str]:
    """Read the slugs of one page."""
    return [item["slug"] for item in page(client, query, path)["data"]]


def refusal(client: TestClient, query: str, path: str = "/v1/articles") -> Json:
    """Read the one fault of a query that has to be refused."""
    answer = client.get(path, params=query)
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    [fault] = answer.json()["errors"]
    found: Json = fault
    return found


def walk(client: TestClient, query: str, path: str = "/v1/articles") -> list[Json]:
    """Follow a list from page to page to its end."""
    found: list[Json] = []
    url: str | None = f"{path}?{query}"
    while url is not None:
        answer = client.get(url)
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        url = found[-1]["links"]["next"]
    return found
