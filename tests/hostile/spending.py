"""What a request may cost, and the writes that are held to it.

A budget is the processor's seconds, which other programs do not spend, and the
bytes of the answer. Its bound is a guard against hanging, wide enough for a slow
machine: the slowest requests take about two seconds, what the bound guards against
took minutes (rows E3, C7 and D5 of the study of attacks).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from httpx import Response

from tests.hostile.operations import WRITES, Operation
from tests.hostile.standing import Standing
from tests.newsroom import Json

SECONDS = 30.0
ANSWER_BYTES = 100_000
MEGABYTE = 1_000_000

BY_NAME = {str(operation): operation for operation in WRITES}
CREATE = BY_NAME["POST /manage/v1/articles"]

# Reading a megabyte asks no database. That both keep the largest stories is a test.
ON_ONE_DATABASE = pytest.mark.parametrize("backend_url", ["sqlite"], indirect=True)


def group(blocks: list[object]) -> Json:
    return {"type": "group", "blocks": blocks}


def table(rows: list[object]) -> Json:
    return {"type": "table", "rows": rows}


class Spent:
    """What a block of a test has used of the processor."""

    seconds = 0.0


@contextmanager
def measured() -> Iterator[Spent]:
    spent = Spent()
    began = time.process_time()
    yield spent
    spent.seconds = time.process_time() - began


def within_budget(standing: Standing, operation: Operation, body: Json) -> Response:
    """Send a write, hold it to its budget, and answer what came back."""
    with measured() as spent:
        response = standing.write(operation, body)
    assert spent.seconds < SECONDS
    assert response.status_code in {201, 413, 422}, response.text[:300]
    return response
