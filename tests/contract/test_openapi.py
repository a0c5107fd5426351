"""The two OpenAPI documents say what is served, and no more than each may say."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from app import docs
from app.kit.errors import MEDIA_TYPE
from app.main import create_app
from tests.contract import examples
from tests.contract.committed import MANAGE, PUBLIC
from tests.contract.walking import TRIES, Operation, operations
from tests.newsroom import Json

RENEW = "If the change is meant, run `make openapi` and commit what it writes."

DOCUMENTS = pytest.mark.parametrize(
    "document", [PUBLIC, MANAGE], ids=["public", "manage"]
)

# What editors see of a resource, and readers never: written out, and compared with
# the schemas below so that it stays whole.
MANAGE_ONLY = {
    "state",
    "revision",
    "released_revision",
    "release",
    "has_unreleased_changes",
    "external_id",
    "created_at",
    "is_listed",
    "listed",
    "valid_from",
    "valid_to",
    "published_since",
    "ordinal",
}

# What is not under a version.
FILES = (
    *("/media/", "/feeds/", "/sitemap", "/robots", "/.well-known/"),
    *("/ads.txt", "/app-ads.txt"),
)

# Without `total=true` nothing is counted, and nothing said (CONTRACT, section 2).
SAID_WHEN_ASKED = {
    "ArticleAnswer.ads",
    "ChangeRow.document",
    "FrontPage.ads",
    "SearchMeta.facets",
    "SearchMeta.total",
    "SearchMeta.total_is_capped",
    "Resolution.alternates",
    "Resolution.front",
    "Resolution.seo",
    "Resolution.ads",
    "Resolution.breadcrumbs",
    "Resolution.menus",
    "Resolution.related",
    "Resolution.resource",
    "CountedMeta.total",
    "CountedMeta.total_is_capped",
}

# What editors are told of a change that came too late, and of nothing else.
SAID_TO_THE_SECOND = {
    f"Problem.{name}"
    for name in ("current_version", "changed", "changed_by", "changed_at")
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> list[Operation]:
    """Every operation of an application that was never asked anything."""
    path = tmp_path_factory.mktemp("walk") / "never-opened.db"
    settings = examples.settings(f"sqlite:///{path}")
    return list(operations(create_app(settings)))


def _operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _properties(document: Json) -> Iterator[tuple[str, Json]]:
    for name, schema in document["components"]["schemas"].items():
        for field, described in schema.get("properties", {}).items():
            yield f"{name}.{field}", described


def _reachable(document: Json, part: object, found: set[str]) -> set[str]:
    """Name the schemas that a part of a document leads to."""
    if isinstance(part, dict):
        name = str(part.get("$ref", "")).rpartition("/")[2]
        if name and name not in found:
            found.add(name)
            _reachable(document, document["components"]["schemas"][name], found)
        for each in part.values():
            _reachable(document, each, found)
    elif isinstance(part, list):
        for each in part:
            _reachable(document, each, found)
    return found


@pytest.mark.parametrize(
    ("committed", "make"),
    [(PUBLIC, docs.public_document), (MANAGE, docs.manage_document)],
    ids=["public", "manage"],
)
def test_the_document_is_the_committed_one(
    committed: Json, make: Callable[[], Json]
) -> None:
    document = make()

    # A plain comparison of two such documents would take pytest minutes to show.
    changed = [
        f"{part}: {key}"
        for part in ("paths", "components")
        for key in _keys(committed[part]) | _keys(document[part])
        if _at(committed[part], key) != _at(document[part], key)
    ]
    assert changed == [], RENEW
    assert set(committed) == set(document), RENEW
    assert (committed["info"] == document["info"]) is True, RENEW


def _keys(part: Json) -> set[str]:
    return {f"{name} {key}" for name, inner in part.items() for key in inner}


def _at(part: Json, key: str) -> object:
    name, _, inner = key.partition(" ")
    found: object = part.get(name, {}).get(inner)
    return found


def test_the_examples_are_what_the_api_answers(tmp_path: Path) -> None:
    committed = json.loads(docs.EXAMPLES.read_text())

    recorded = json.loads(json.dumps(examples.record(tmp_path)))

    stale = {
        key for key in committed | recorded if committed.get(key) != recorded.get(key)
    }
    assert stale == set(), RENEW


@DOCUMENTS
def test_an_operation_is_named_after_its_function(document: Json) -> None:
    ids = [operation["operationId"] for _, operation in _operations(document)]

    assert len(set(ids)) == len(ids)


def test_every_operation_is_in_one_document_under_its_function_s_name(
    served: list[Operation],
) -> None:
    named = {
        key: operation["operationId"]
        for document in (PUBLIC, MANAGE)
        for key, operation in _operations(document)
    }
    routes = {
        str(o): o.name
        for o in served
        if o.path.startswith(("/v1/", "/manage/v1/", "/health/", *FILES))
    }

    assert named == routes


def test_the_public_document_names_no_editors_route() -> None:
    assert not any("manage" in path for path in PUBLIC["paths"])
    assert all(path.startswith("/manage/v1/") for path in MANAGE["paths"])
    assert "/manage" not in json.dumps(PUBLIC)


def test_the_list_of_what_only_editors_see_is_true() -> None:
    manage = {key.partition(".")[2] for key, _ in _properties(MANAGE)}

    assert manage >= MANAGE_ONLY


def test_no_public_schema_holds_what_only_editors_see() -> None:
    held = {key for key, _ in _properties(PUBLIC)}

    assert {key for key in held if key.partition(".")[2] in MANAGE_ONLY} == set()


def test_no_public_operation_can_be_asked_for_a_state() -> None:
    asked = {
        parameter["name"]
        for _, operation in _operations(PUBLIC)
        for parameter in operation.get("parameters", [])
    }

    assert asked & {"state", "status", "revision", "draft", "preview"} == set()


@DOCUMENTS
def test_every_field_of_an_answer_is_always_there(document: Json) -> None:
    answers: set[str] = set()
    for _, operation in _operations(document):
        _reachable(document, operation["responses"], answers)
    optional = {
        f"{name}.{field}"
        for name in answers
        for field in document["components"]["schemas"][name].get("properties", {})
        if field not in document["components"]["schemas"][name].get("required", [])
    }

    assert optional <= SAID_WHEN_ASKED | SAID_TO_THE_SECOND
    assert not optional & SAID_TO_THE_SECOND or document is MANAGE


@DOCUMENTS
def test_every_field_of_a_request_is_described(document: Json) -> None:
    taken: set[str] = set()
    for _, operation in _operations(document):
        _reachable(document, operation.get("requestBody", {}), taken)
        for parameter in operation.get("parameters", []):
            assert parameter["description"], parameter["name"]

    assert (
        _undescribed(document)
        & {key for key in _undescribed(document) if key.partition(".")[0] in taken}
        == set()
    )


def test_every_field_that_readers_get_is_described() -> None:
    assert _undescribed(PUBLIC) == set()


def _undescribed(document: Json) -> set[str]:
    """Name fields that say nothing of themselves, nor by what they refer to."""
    schemas = document["components"]["schemas"]
    return {
        key
        for key, described in _properties(document)
        if not described.get("description")
        # The type of a block is said by the block.
        and "const" not in described
        and not schemas.get(described.get("$ref", "").rpartition("/")[2], {}).get(
            "description"
        )
    }


@DOCUMENTS
def test_every_schema_has_a_name_of_its_own(document: Json) -> None:
    for name in document["components"]["schemas"]:
        # Two models of one name get their modules' names, and change with these.
        assert "__" not in name


@DOCUMENTS
def test_every_refusal_is_described_as_a_problem(document: Json) -> None:
    for key, operation in _operations(document):
        refused = {s: r for s, r in operation["responses"].items() if int(s) >= 400}
        for status, response in refused.items():
            assert response["content"] == {
                MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
            }, (key, status)
    assert document["components"]["schemas"]["Problem"]["examples"]


@DOCUMENTS
def test_every_operation_says_what_may_go_wrong(document: Json) -> None:
    for key, operation in _operations(document):
        statuses = set(operation["responses"])
        assert {"400", "414", "422"} <= statuses, key
        if key.startswith(("POST", "PUT", "PATCH")):
            assert {"401", "403", "413", "415"} <= statuses, key
            assert "409" in statuses or _is_try(key), key
        # Locks and previews are no content: there is no version of them to have read.
        is_beside = key.endswith(("/lock", "/preview"))
        changes = key.startswith(("PATCH", "DELETE")) and not is_beside
        if "/manage/" in key and changes:
            assert {"404", "412", "428"} <= statuses, key


def test_every_post_says_how_a_repeated_answer_is_known() -> None:
    for key, operation in _operations(MANAGE):
        answers = operation["responses"].items()
        told = {status for status, each in answers if "headers" in each}
        done = {status for status, _ in answers if status.startswith("2")}
        is_repeatable = any(
            each["name"].lower() == "idempotency-key"
            for each in operation.get("parameters", [])
        )
        assert is_repeatable >= (key.startswith("POST ") and not _is_try(key)), key
        assert told == (done if is_repeatable else set()), key


def _is_try(key: str) -> bool:
    return key.partition(" ")[2] in TRIES


@DOCUMENTS
def test_every_operation_has_a_summary_and_a_description(document: Json) -> None:
    for key, operation in _operations(document):
        assert operation["summary"], key
        assert operation["description"].endswith((".", "!")), key


@DOCUMENTS
def test_every_answer_and_request_has_an_example(document: Json) -> None:
    lacking = {
        key
        for key, operation in _operations(document)
        for part in (
            *operation["responses"].values(),
            operation.get("requestBody", {}),
        )
        for kind, media in part.get("content", {}).items()
        if kind == "application/json" and "example" not in media
    }

    # These are made by the same operation that changes them: one example is enough.
    assert lacking <= {
        "PUT /manage/v1/ads-txt/{sellers}",
        "PUT /manage/v1/fronts/{front}",
        "PUT /manage/v1/menus/{menu}",
        "GET /health/live",
        "GET /health/ready",
    }


@DOCUMENTS
def test_every_example_fits_its_schema_and_has_no_field_beyond_it(
    document: Json,
) -> None:
    components = _closed(document["components"])
    for key, operation in _operations(document):
        for status, response in operation["responses"].items():
            media = response.get("content", {}).get("application/json", {})
            if "example" not in media:
                continue
            schema = {**media["schema"], "components": components}
            validator = jsonschema_rs.validator_for(schema)

            faults = [str(e) for e in validator.iter_errors(media["example"])]
            assert faults == [], (key, status)


def _closed(components: Json) -> Json:
    """Refuse fields that a schema does not name."""
    schemas = {
        name: {"additionalProperties": False, **schema}
        if "properties" in schema
        else schema
        for name, schema in components["schemas"].items()
    }
    return {**components, "schemas": schemas}
