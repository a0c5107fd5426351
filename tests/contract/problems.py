"""What every refusal has in common (RFC 9457), checked in one place."""

from typing import Any

from httpx import Response

from app.kit.errors import MEDIA_TYPE, known_problems

API_URL = "https://api.courier.example"

MEMBERS = {"type", "title", "status", "detail", "instance", "errors", "request_id"}

# What a problem says beyond the members that all have, by its code: one of these.
EXTENSIONS: dict[str, list[set[str]]] = {
    "position-gone": [{"snapshot"}],
    "precondition-failed": [
        {"current_version"},
        {"current_version", "changed", "changed_by", "changed_at"},
    ],
}


def problem_of(response: Response) -> dict[str, Any]:
    """Read a refusal, whose shape has to be the one that all have."""
    assert response.headers["Content-Type"] == MEDIA_TYPE
    problem: dict[str, Any] = response.json()
    code = problem["type"].removeprefix(f"{API_URL}/docs/problems/")
    kind = known_problems()[code]
    assert problem.keys() >= MEMBERS
    assert problem.keys() - MEMBERS in EXTENSIONS.get(code, [set()])
    assert problem["title"] == kind.title
    assert problem["status"] == kind.status == response.status_code
    assert problem["instance"] == response.request.url.path
    assert problem["request_id"] == response.headers["X-Request-Id"]
    assert isinstance(problem["detail"], str | None)
    for fault in problem["errors"]:
        assert fault.keys() == {"detail", "pointer", "parameter"}
        assert isinstance(fault["detail"], str)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" in response.headers
    return {**problem, "code": code}


def named_by(problem: dict[str, Any]) -> set[str]:
    """Name the parameters that a refusal blames."""
    return {fault["parameter"] for fault in problem["errors"]}
