"""Values that no field can hold, in every place of every body at once.

A full body has one kind of value replaced wherever it stands. The answer is 422,
each place is named by a pointer that leads into what was sent, and nothing is
stored (rows D1 to D4, D11 and D12 of the study of attacks).
"""

import json
import re
from collections.abc import Callable, Iterator

import pytest

from tests.hostile.operations import WRITES, Operation
from tests.hostile.standing import Standing
from tests.hostile.stock import body_for, full_bodies

Place = tuple[str | int, ...]
Change = Callable[[object], object]

UNPRINTABLE = {
    "nul": "\x00",
    "lone-surrogate": "\ud800",
    "surrogate-pair-reversed": "\udc00\ud800",
    "escape": "\x1b[31m",
    "backspace": "\x08",
    "delete": "\x7f",
    "c1-control": "\x85",
    "bidi-override": "\u202e",
    "noncharacter": "\uffff",
}

NUMBERS: dict[str, object] = {
    "2^63-1": 2**63 - 1,
    "-2^63": -(2**63),
    "1e308": 1e308,
    "-1e308": -1e308,
    "true": True,
    "text": "1",
    "text-with-separator": "1_000",
    "list": [1],
}

MOMENTS = {
    "no-zone": "2026-05-01T12:00:00",
    "no-time": "2026-05-01",
    "year-9999": "9999-12-31T23:59:59Z",
    "year-9999-behind": "9999-12-31T23:59:59-14:00",
    "year-1": "0001-01-01T00:00:00+14:00",
    "year-0": "0000-01-01T00:00:00Z",
    "year-10000": "+10000-01-01T00:00:00Z",
    "leap-second": "2026-12-31T23:59:60Z",
    "hour-24": "2026-05-01T24:00:01Z",
    "30-february": "2026-02-30T12:00:00Z",
    "offset-99": "2026-05-01T12:00:00+99:00",
    "infinity": "infinity",
    "minus-infinity": "-infinity",
    "now": "now",
    "seconds": "1777636800",
    "seconds-as-number": 1_777_636_800,
    "milliseconds": 1_777_636_800_000,
    "fraction": 1777636800.5,
    "arabic-digits": "\u0662026-05-01T12:00:00Z",
    "empty": "",
    "nul": "2026-05-01T12:00:00Z\x00",
}

MADE_BY_US = re.compile(r"/(text|src|article)$|/type$")
"""Fields that a writer may send back but not set, and the tag a block is known by."""

FREE = re.compile(r"/(params|data)/")
"""Facts of the writer's own, whose numbers may be any that JSON has."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    """List every value that holds no others, and where it stands."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(member, (*place, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*place, index))
    else:
        yield place, value


def replaced(value: object, change: Change, place: Place = ()) -> object:
    """Build the same body with its leaves changed, where `change` has another."""
    if isinstance(value, dict):
        return {n: replaced(m, change, (*place, n)) for n, m in value.items()}
    if isinstance(value, list):
        return [replaced(m, change, (*place, i)) for i, m in enumerate(value)]
    where = pointer(place)
    is_ours = MADE_BY_US.search(where)
    is_free = FREE.search(where) and not isinstance(value, str)
    return value if is_ours or is_free else change(value)


def pointer(place: Place) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in place)
    return "".join(f"/{part}" for part in parts)


def changed_places(body: object, other: object) -> list[str]:
    was, now = dict(leaves(body)), dict(leaves(other))
    return [pointer(place) for place in now if was.get(place) != now[place]]


def unnamed(places: list[str], errors: list[dict[str, str | None]]) -> list[str]:
    """Places that no error points at, neither itself nor what holds it."""
    named = [str(error["pointer"]) for error in errors]
    return [
        place
        for place in places
        if not any(place == n or place.startswith(f"{n}/") for n in named)
    ]


def astray(body: object, errors: list[dict[str, str | None]]) -> list[str]:
    """Pointers that lead to nothing that was sent, nor to a member missing from it."""
    found = []
    for error in errors:
        *way, _last = str(error["pointer"]).split("/")[1:] or [""]
        here = body
        for part in way:
            name = part.replace("~1", "/").replace("~0", "~")
            if isinstance(here, dict) and name in here:
                here = here[name]
            elif isinstance(here, list) and name.isdigit() and int(name) < len(here):
                here = here[int(name)]
            else:
                found.append(str(error["pointer"]))
                break
    return found


def refusal(standing: Standing, operation: Operation, change: Change) -> list[str]:
    """Send a full body, changed, and say what is wrong with the refusal."""
    body = body_for(operation, full_bodies(standing.stock))
    sent = replaced(body, change)
    places = changed_places(body, sent)
    if not places:
        return []
    response = standing.write(operation, sent)
    wrong = standing.expect(operation, response, 422)
    if response.status_code == 422:
        errors = response.json()["errors"]
        wrong += [f"{operation}: not named: {p}" for p in unnamed(places, errors)]
        wrong += [f"{operation}: leads nowhere: {p}" for p in astray(sent, errors)]
    return wrong


@pytest.mark.parametrize("bad", UNPRINTABLE.values(), ids=list(UNPRINTABLE))
def test_text_that_cannot_be_shown_is_refused_wherever_it_stands(
    bad: str, unharmed: Standing
) -> None:
    def spoil(value: object) -> object:
        return value + bad if isinstance(value, str) else value

    wrong = [each for o in WRITES for each in refusal(unharmed, o, spoil)]
    assert wrong == []


@pytest.mark.parametrize("bad", NUMBERS.values(), ids=list(NUMBERS))
def test_numbers_out_of_range_are_refused_wherever_they_stand(
    bad: object, unharmed: Standing
) -> None:
    def spoil(value: object) -> object:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return bad if is_number else value

    wrong = [each for o in WRITES for each in refusal(unharmed, o, spoil)]
    assert wrong == []


@pytest.mark.parametrize("bad", MOMENTS.values(), ids=list(MOMENTS))
def test_times_that_are_no_instant_are_refused_wherever_they_stand(
    bad: object, unharmed: Standing
) -> None:
    def spoil(value: object) -> object:
        is_moment = isinstance(value, str) and _MOMENT.match(value)
        return bad if is_moment else value

    wrong = [each for o in WRITES for each in refusal(unharmed, o, spoil)]
    assert wrong == []


@pytest.mark.parametrize("bad", [1, "yes", "true", 0, [True]], ids=repr)
def test_what_is_nearly_a_boolean_is_refused_wherever_it_stands(
    bad: object, unharmed: Standing
) -> None:
    def spoil(value: object) -> object:
        return bad if isinstance(value, bool) else value

    wrong = [each for o in WRITES for each in refusal(unharmed, o, spoil)]
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["zz", "", "\x00", "\ud800", "__class__", "a/b~c", "body", "type "]
)
def test_unknown_members_are_refused_in_every_object(
    name: str, unharmed: Standing
) -> None:
    def more(value: object) -> object:
        if isinstance(value, list):
            return [more(item) for item in value]
        if isinstance(value, dict):
            return {name: 1} | {n: more(m) for n, m in value.items()}
        return value

    wrong = []
    for operation in WRITES:
        sent = more(body_for(operation, full_bodies(unharmed.stock)))
        response = unharmed.write(operation, sent)
        wrong += unharmed.expect(operation, response, 422)
        if response.status_code == 422:
            wrong += astray(sent, response.json()["errors"])
    assert wrong == []


@pytest.mark.parametrize(
    "bad", [None, {}, [], "", 0, {"type": "paragraph"}, [[]]], ids=json.dumps
)
def test_a_value_of_another_kind_is_never_a_server_error(
    bad: object, unharmed: Standing
) -> None:
    wrong = []
    for operation in WRITES:
        body = body_for(operation, full_bodies(unharmed.stock))
        for name in body:
            sent = body | {name: bad, "no_such_member": 1}
            response = unharmed.write(operation, sent)
            wrong += unharmed.expect(operation, response, 422)
    assert wrong == []
