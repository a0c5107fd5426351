"""A partner: somebody who has a key, and with a scope more than the public."""

from collections.abc import Mapping
from dataclasses import dataclass

from httpx import Response
from starlette.testclient import TestClient

from app.access import keys
from app.access.roles import Role
from app.kit.db import Database
from tests.conftest import START
from tests.newsroom import Json


@dataclass(frozen=True)
class Partner:
    """A partner, and what it asks."""

    client: TestClient
    headers: Mapping[str, str]

    def ask(self, path: str = "", **params: str) -> Response:
        """Ask for an embargoed article, or for the list."""
        return self.get(f"articles{path}", **params)

    def listed(self) -> list[Json]:
        """List what is under embargo."""
        rows: list[Json] = self.ask().json()["data"]
        return rows

    def get(self, path: str, **params: str) -> Response:
        """Ask for something below /v1/advance."""
        answer: Response = self.client.get(
            f"/v1/advance/{path}", params=params, headers=self.headers
        )
        return answer


def partner_with(client: TestClient, database: Database, scopes: list[str]) -> Partner:
    """Give somebody a key with these scopes."""
    with database.write() as session:
        _, text = keys.create(
            session, name="wire", role=Role.partner, scopes=scopes, now=START
        )
    return Partner(client, {"Authorization": f"Bearer {text}"})
