"""Parameters are a closed list on every route: what nobody declared is refused."""

from itertools import cycle

import pytest

from tests.contract.problems import named_by, problem_of
from tests.contract.walking import Operation, Visitor, is_get, is_public

# A value that each parameter takes, where a list of them may be given.
TAKEN = {
    "section": "section-1",
    "author": "author-1",
    "tag": "tag-1",
    "type": "article",
    "genre": "news",
    "language": "en",
    "access": "free",
}


def _misspelt(name: str) -> str:
    return f"{name[:-1]}x{name[-1]}"


def test_an_unknown_parameter_is_refused_on_every_route(visitor: Visitor) -> None:
    for operation in visitor.operations():
        answer = visitor.visit(operation, params={"colour": "red"})

        problem = problem_of(answer)
        assert problem["status"] == 422, operation
        assert "colour" in named_by(problem), operation
        assert "red" not in answer.text, operation


def test_a_misspelt_parameter_is_answered_with_the_nearest(visitor: Visitor) -> None:
    for operation in visitor.operations():
        for name in operation.parameters:
            answer = visitor.visit(operation, params={_misspelt(name): "1"})

            (said,) = [
                fault["detail"]
                for fault in problem_of(answer)["errors"]
                if fault["parameter"] == _misspelt(name)
            ]
            assert f"Did you mean {name}?" in said, (operation, name)
            assert all(known in said for known in operation.parameters)


def test_a_parameter_that_is_given_once_is_refused_twice(visitor: Visitor) -> None:
    for operation in visitor.operations():
        once = [
            name for name, repeatable in operation.parameters.items() if not repeatable
        ]
        for name in once:
            answer = visitor.visit(operation, params={name: ["1", "1"]})

            problem = problem_of(answer)
            assert problem["status"] == 422, (operation, name)
            assert name in named_by(problem), (operation, name)


def test_a_parameter_that_is_a_list_may_be_repeated(visitor: Visitor) -> None:
    repeatable = [
        (operation, name)
        for operation in visitor.operations()
        for name, is_repeatable in operation.parameters.items()
        if is_repeatable
    ]
    assert {name for _, name in repeatable} == TAKEN.keys()
    for operation, name in repeatable:
        answer = visitor.visit(operation, params={name: [TAKEN[name]] * 2})

        assert answer.status_code == 200, (operation, name)
        assert len(answer.json()["data"]) == 3, (operation, name)


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.parametrize(
    "value", ["", ",", "a,", ",a", "a,-b", "-", "--a", "a b", "A_b", "a" * 2001]
)
def test_a_list_that_cannot_be_meant_is_refused(
    visitor: Visitor, name: str, value: str
) -> None:
    answer = visitor.client.get("/v1/articles", params={name: value})

    problem = problem_of(answer)
    assert (problem["status"], named_by(problem)) == (422, {name})


@pytest.mark.parametrize("name", TAKEN)
def test_a_list_holds_at_most_fifty_values(visitor: Visitor, name: str) -> None:
    values = [",".join([TAKEN[name]] * 26)] * 2

    answer = visitor.client.get("/v1/articles", params={name: values})

    assert named_by(problem_of(answer)) == {name}


@pytest.mark.parametrize(
    "moment",
    ["1700000000", "2024", "2024-01-01", "2024-01-01T00:00:00", "now", "", "1" * 13],
)
def test_a_time_is_written_as_rfc_3339_has_it(visitor: Visitor, moment: str) -> None:
    for name in ("published_after", "published_before", "updated_after"):
        answer = visitor.client.get("/v1/articles", params={name: moment})

        assert named_by(problem_of(answer)) == {name}


def test_a_value_that_names_nothing_gives_an_empty_list(visitor: Visitor) -> None:
    for name in ("section", "author", "tag"):
        answer = visitor.client.get("/v1/articles", params={name: "no-such-thing"})

        assert (answer.status_code, answer.json()["data"]) == (200, []), name


def test_a_key_in_an_address_is_refused_on_every_route(visitor: Visitor) -> None:
    names = cycle(["api_key", "key", "token", "access_token", "API_KEY"])
    for operation, name in zip(visitor.operations(), names, strict=False):
        answer = visitor.visit(operation, params={name: "bs_secret"})

        problem = problem_of(answer)
        assert problem["status"] == 422, operation
        assert any("Authorization" in e["detail"] for e in problem["errors"])
        assert "bs_secret" not in answer.text


def _is_public_get(operation: Operation) -> bool:
    return is_get(operation) and is_public(operation)


def test_a_refused_value_is_not_repeated(visitor: Visitor) -> None:
    secret = "squirrel"
    for operation in visitor.operations(_is_public_get):
        for name in operation.parameters:
            answer = visitor.visit(operation, params={name: secret})
            if answer.status_code == 422:
                assert secret not in answer.text, (operation, name)
