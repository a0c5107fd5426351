"""What every answer has to be, however wrong the request was."""

from collections.abc import Iterator

from httpx import Response

from app.kit.errors import MEDIA_TYPE, known_problems
from tests.hostile.operations import Operation
from tests.newsroom import Json

PROBLEM_PAGES = "https://api.courier.example/docs/problems/"
MEMBERS = {"type", "title", "status", "detail", "instance", "errors", "request_id"}
CANARY = "zqxj"
"""Goes into every hostile value, to be looked for in the answer."""


def complaints(operation: Operation, response: Response) -> Iterator[str]:
    """Say what is wrong with an answer; a good one gives nothing."""
    if response.status_code not in operation.statuses:
        yield f"{response.status_code} is not documented: {response.text[:200]}"
    if response.status_code >= 400:
        yield from _no_problem(response)
    else:
        yield from _echoes(response)


def _no_problem(response: Response) -> Iterator[str]:
    if response.headers.get("content-type") != MEDIA_TYPE:
        yield f"a refusal of type {response.headers.get('content-type')}"
        return
    problem: Json = response.json()
    if not set(problem) >= MEMBERS or problem["status"] != response.status_code:
        yield f"not a whole problem: {problem}"
    if problem["type"].removeprefix(PROBLEM_PAGES) not in known_problems():
        yield f"a problem without a page: {problem['type']}"
    said = {name: value for name, value in problem.items() if name != "instance"}
    if CANARY in str(said):
        yield f"the value came back: {said}"


def _echoes(response: Response) -> Iterator[str]:
    if CANARY not in response.text:
        return
    answer: Json = response.json()
    answer.pop("links", None)
    if CANARY in str(answer):
        yield f"the value came back: {answer}"
