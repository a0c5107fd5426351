"""The ring: the newest rows without a gap."""

from app.changes.reading import LogRow
from app.changes.ring import Ring
from app.kit.ids import new_id
from tests.conftest import START

STORY = new_id()


def _row(position: int, event: str = "article.updated") -> LogRow:
    return LogRow(
        position=position,
        id=new_id(),
        event=event,
        kind="article",
        resource_id=STORY,
        version=1,
        change=None,
        path="/world/ferry",
        paths=("/world/boat",),
        keys=(),
        at=START,
    )


def _ring(*rows: LogRow, places: int = 3) -> Ring:
    ring = Ring(places)
    ring.begin(rows[0].position - 1)
    for row in rows:
        ring.add(row)
    return ring


def _positions(ring: Ring, after: int) -> list[int] | None:
    rows = ring.after(after)
    return None if rows is None else [row.position for row in rows]


def test_rows_come_in_order_and_the_oldest_make_room() -> None:
    ring = _ring(*map(_row, range(11, 16)))

    assert (ring.floor, ring.head) == (12, 15)
    assert _positions(ring, 12) == [13, 14, 15]
    assert _positions(ring, 15) == []


def test_a_place_outside_of_it_is_not_answered_for() -> None:
    ring = _ring(*map(_row, range(11, 16)))

    assert _positions(ring, 11) is None
    assert _positions(ring, 16) is None


def test_before_it_has_begun_it_answers_for_nothing() -> None:
    assert Ring().after(0) is None


def test_a_killed_story_has_no_address_in_earlier_rows() -> None:
    for event in ("article.killed", "article.legal"):
        ring = _ring(_row(1, "article.published"), _row(2, event))

        [earlier, _] = ring.after(0) or []
        assert (earlier.path, earlier.paths) == (None, ())
