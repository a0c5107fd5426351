"""While the database is away kept answers are marked as such, and not sent for ever.

What a newspaper does then is in `tests/reliability/test_outage.py`.
"""

import pytest

from app.edge.keeping.cache import ResponseCache
from app.edge.keeping.store import Store
from tests.edge.asgi import Origin, ask


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("unseen", "age", "rendered"),
    [(0.5, None, 1), (2.9, None, 1), (4.2, "4", 1), (600, "600", 1), (601, None, 2)],
)
async def test_kept_answers_are_marked_soon_and_sent_for_ten_minutes(
    unseen: float, age: str | None, rendered: int
) -> None:
    seconds = [0.0]
    store = Store(1_000_000)
    store.begin(0)
    origin = Origin(story="Ferry returns")
    cache = ResponseCache(origin, store=store, unseen=lambda: seconds[0])
    first = await ask(cache, "/v1/story")

    seconds[0] = unseen
    answer = await ask(cache, "/v1/story")
    held = {"If-None-Match": first.headers["etag"]}
    unchanged = await ask(cache, "/v1/story", headers=held)

    for each in (answer, unchanged):
        assert each.headers.get("age") == age
        stale = None if age is None else "database"
        assert each.headers.get("broadsheet-stale") == stale
    assert origin.rendered == (rendered if rendered == 1 else 3)
