"""What a machine makes up from our own OpenAPI documents, sent to a full newspaper.

The documents are the promise: an answer they do not describe, a wrong request that
is taken and a server error all fail. `BROADSHEET_TEST_EXAMPLES` says how many
requests are made up for each operation; 25 unless told.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.python.asgi import ASGIClient, get_client

from tests.contract import committed
from tests.hostile.standing import Standing
from tests.prove.figures import engine_of, report

EXAMPLES = int(os.environ.get("BROADSHEET_TEST_EXAMPLES", "25"))

REFUSALS = (
    *("400", "401", "403", "404", "405", "409"),
    *("412", "413", "414", "415", "422", "428"),
)

CONFIG = SchemathesisConfig.from_dict(
    {
        "base-url": "http://testserver",
        "generation": {
            "deterministic": True,
            "max-examples": EXAMPLES,
            "with-security-parameters": False,
        },
        # A schema cannot say that a reference has to name something, or that a
        # version has to be the latest: such requests are rightly refused.
        "checks": {
            "positive_data_acceptance": {"enabled": False},
            # It would send its own requests to the network; test_roles does it better.
            "ignored_auth": {"enabled": False},
            "negative_data_rejection": {"expected-statuses": list(REFUSALS)},
        },
        "phases": {"coverage": {"enabled": False}},
    }
)
# Examples of the document are answered in tests/contract; here all is made up.
SETTINGS = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
TARGETS = st.sampled_from(("anything", "known"))

PUBLIC = schemathesis.openapi.from_dict(committed.PUBLIC, config=CONFIG)
MANAGE = schemathesis.openapi.from_dict(committed.MANAGE, config=CONFIG)

Made = schemathesis.Case[Any]

_REFERENCES: dict[str, str | list[str]] = {
    "section": "world",
    "sections": ["world/europe"],
    "authors": ["ada-reed"],
    "tags": ["trade"],
    "parent": "world",
    "related": ["ferry"],
    "sponsor": "harbour-bank",
    "fallback_slot": "f",
}
"""What a made-up body would hardly ever name by itself."""


@pytest.fixture(scope="module")
def session(standing: Standing) -> ASGIClient:
    """A session that leads to the application itself."""
    app: Any = standing.client.app
    return get_client(app)


@dataclass
class Tally:
    """How many requests were made up, and how many were answered wrongly."""

    requests: int = 0
    failures: int = 0

    def call(self, case: Made, session: ASGIClient, **more: Any) -> None:
        self.requests += 1
        try:
            case.call_and_validate(session=session, **more)
        except BaseException:
            self.failures += 1
            raise


@pytest.fixture(scope="module")
def tally(standing: Standing) -> Iterator[Tally]:
    """The account of a database; it is reported under `make prove`."""
    tally = Tally()
    yield tally
    report(
        "fuzz",
        engine_of(standing.database),
        iterations=tally.requests,
        failures=tally.failures,
    )


@PUBLIC.parametrize()
@PUBLIC.given(target=TARGETS)
@SETTINGS
def test_no_public_operation_fails(
    case: Made, standing: Standing, session: ASGIClient, tally: Tally, target: str
) -> None:
    if target == "known":
        _aim(case, standing.stock.public)
    tally.call(case, session)


@MANAGE.parametrize()
@MANAGE.given(target=TARGETS)
@SETTINGS
def test_no_editors_operation_fails(
    case: Made, standing: Standing, session: ASGIClient, tally: Tally, target: str
) -> None:
    if target == "known":
        _aim(case, standing.stock.manage)
    tally.call(case, session, headers=standing.admin)


def _aim(case: Made, known: Mapping[str, str]) -> None:
    """Name what is there, wherever the made-up request is not wrong on purpose."""
    assert case.meta is not None
    wrong = case.meta.is_negative_at
    if not wrong(ParameterLocation.PATH):
        for name in case.path_parameters:
            case.path_parameters[name] = known[name]
    declared = [header.name for header in case.operation.headers]
    if declared and not wrong(ParameterLocation.HEADER):
        case.headers.update(dict.fromkeys(declared, "*"))
    if isinstance(case.body, dict) and not wrong(ParameterLocation.BODY):
        said = cast("dict[str, Any]", _sayable(case.body))
        case.body = said | {n: _REFERENCES[n] for n in said if n in _REFERENCES}


def _sayable(value: object) -> object:
    """Leave out what a schema has no words for: control characters, and 1.0 for 1."""
    match value:
        case str():
            return "".join(filter(str.isprintable, value)) or "a"
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_sayable(item) for item in value]
        case dict():
            return {name: _sayable(member) for name, member in value.items()}
        case _:
            return value
