"""Who may do what: every operation, for every kind of caller, from one table.

An operation that is not in the table fails, so that nobody adds one without
saying whose it is. A refused caller learns nothing else: 401 or 403 come before
what is wrong with the request (rows B4, B6, B7, B8 and G5 of the study of attacks).
"""

from collections.abc import Mapping

import pytest
from fastapi import FastAPI

from app.access import keys
from app.access.roles import Role
from app.kit.route_walk import api_routes
from tests.conftest import START
from tests.hostile.operations import EVERY, MANAGE
from tests.hostile.standing import Standing

RIGHTS = """
GET    /v1/articles                      anybody
GET    /v1/articles/{article}            anybody
GET    /v1/articles/{article}/related    anybody
GET    /v1/articles/{article}/ads        anybody
GET    /v1/articles/{article}/versions   anybody
GET    /v1/articles/{article}/versions/{number}  anybody
GET    /v1/articles/{article}/diff       anybody
GET    /v1/articles/{article}.ninjs      anybody
GET    /v1/articles/{article}.jsonld     anybody
GET    /v1/articles/{article}.txt        anybody
GET    /v1/articles/{article}.md         anybody
GET    /v1/authors                       anybody
GET    /v1/authors/{author}              anybody
GET    /v1/sections                      anybody
GET    /v1/sections/{section}            anybody
GET    /v1/tags                          anybody
GET    /v1/tags/{tag}                    anybody
GET    /v1/media/{media}                 anybody
GET    /media/{picture}/{file}           anybody
GET    /ads.txt                          anybody
GET    /app-ads.txt                      anybody
GET    /robots.txt                       anybody
GET    /sitemap.xml                      anybody
GET    /.well-known/tdmrep.json          anybody
GET    /sitemaps/news.xml                anybody
GET    /sitemaps/pages.xml               anybody
GET    /sitemaps/{month}.xml             anybody
GET    /feeds/sections.opml              anybody
GET    /feeds/{channel}.rss              anybody
GET    /feeds/{channel}.atom             anybody
GET    /feeds/{channel}.json             anybody
GET    /feeds/{channel}.ninjs            anybody
GET    /v1/ad-slots                      anybody
GET    /v1/ad-slots/{slot}               anybody
GET    /v1/ad-policies                   anybody
GET    /v1/ad-policies/{policy}          anybody
GET    /v1/menus                         anybody
GET    /v1/menus/{menu}                  anybody
GET    /v1/fronts                        anybody
GET    /v1/fronts/{front}                anybody
GET    /v1/resolve                       anybody
GET    /v1/search                        anybody
GET    /v1/suggest                       anybody
GET    /v1/changes                       anybody
GET    /v1/changes/stream                anybody
GET    /v1/snapshot                      anybody
GET    /v1/advance/articles              entitled
GET    /v1/advance/articles/{embargoed}  entitled
GET    /v1/advance/changes               entitled
GET    /v1/preview/{token}               anybody
GET    /health/live                      anybody
GET    /health/ready                     anybody
GET    /openapi.json                     anybody
GET    /docs                             anybody
GET    /docs/problems                    anybody
GET    /docs/problems/{code}             anybody
GET    /manage/openapi.json              anybody
GET    /manage/docs                      anybody

GET    /manage/v1/articles                        reporter
POST   /manage/v1/articles                        reporter
GET    /manage/v1/articles/{article}              reporter
PATCH  /manage/v1/articles/{article}              reporter
DELETE /manage/v1/articles/{article}              editor
PUT    /manage/v1/articles/by-external-id/{source}/{external_id}  reporter
POST   /manage/v1/articles/{article}/submit       reporter
POST   /manage/v1/articles/{article}/revert       reporter
POST   /manage/v1/articles/{article}/lock         reporter
DELETE /manage/v1/articles/{article}/lock         reporter
POST   /manage/v1/articles/{article}/preview      reporter
GET    /manage/v1/articles/{article}/preview      reporter
DELETE /manage/v1/articles/{article}/preview      reporter
GET    /manage/v1/articles/{article}/revisions    reporter
GET    /manage/v1/articles/{article}/revisions/{number}  reporter
GET    /manage/v1/articles/{article}/diff         reporter
POST   /manage/v1/articles/{article}/publish      editor
POST   /manage/v1/articles/{article}/correct      editor
POST   /manage/v1/articles/{article}/withdraw     editor
POST   /manage/v1/articles/{article}/restore      editor
POST   /manage/v1/articles/{article}/kill         publisher
POST   /manage/v1/articles/{article}/legal        publisher
POST   /manage/v1/articles/{article}/schedule     editor
POST   /manage/v1/articles/{article}/embargo      editor
POST   /manage/v1/articles/{article}/unschedule   editor
POST   /manage/v1/articles/{article}/purge        publisher
GET    /manage/v1/authors                         reporter
POST   /manage/v1/authors                         editor
GET    /manage/v1/authors/{author}                reporter
PATCH  /manage/v1/authors/{author}                editor
DELETE /manage/v1/authors/{author}                editor
POST   /manage/v1/authors/{author}/merge          editor
GET    /manage/v1/sections                        reporter
POST   /manage/v1/sections                        editor
GET    /manage/v1/sections/{section}              reporter
PATCH  /manage/v1/sections/{section}              editor
DELETE /manage/v1/sections/{section}              editor
GET    /manage/v1/tags                            reporter
POST   /manage/v1/tags                            editor
GET    /manage/v1/tags/{tag}                      reporter
PATCH  /manage/v1/tags/{tag}                      editor
DELETE /manage/v1/tags/{tag}                      editor
POST   /manage/v1/tags/{tag}/merge                editor
GET    /manage/v1/media                           reporter
POST   /manage/v1/media                           editor
GET    /manage/v1/media/{asset}                   reporter
PATCH  /manage/v1/media/{asset}                   editor
DELETE /manage/v1/media/{asset}                   editor
POST   /manage/v1/uploads                         editor
PUT    /manage/v1/media/{picture}/file            editor
GET    /manage/v1/media/{picture}/file            reporter
GET    /manage/v1/media/{picture}/renditions/{name}  reporter
GET    /manage/v1/sponsors                        reporter
POST   /manage/v1/sponsors                        editor
GET    /manage/v1/sponsors/{sponsor}              reporter
PATCH  /manage/v1/sponsors/{sponsor}              editor
DELETE /manage/v1/sponsors/{sponsor}              editor
GET    /manage/v1/articles/{article}/ads          reporter
POST   /manage/v1/ads/preview                     reporter
GET    /manage/v1/ad-slots                        reporter
POST   /manage/v1/ad-slots                        editor
GET    /manage/v1/ad-slots/{slot}                 reporter
PATCH  /manage/v1/ad-slots/{slot}                 editor
DELETE /manage/v1/ad-slots/{slot}                 editor
GET    /manage/v1/ad-policies                     reporter
POST   /manage/v1/ad-policies                     editor
GET    /manage/v1/ad-policies/{policy}            reporter
PATCH  /manage/v1/ad-policies/{policy}            editor
DELETE /manage/v1/ad-policies/{policy}            editor
GET    /manage/v1/menus                           reporter
GET    /manage/v1/menus/{menu}                    reporter
PUT    /manage/v1/menus/{menu}                    editor
DELETE /manage/v1/menus/{menu}                    editor
GET    /manage/v1/fronts                          reporter
GET    /manage/v1/fronts/{front}                  reporter
PUT    /manage/v1/fronts/{front}                  editor
DELETE /manage/v1/fronts/{front}                  editor
GET    /manage/v1/ads-txt/{sellers}               reporter
PUT    /manage/v1/ads-txt/{sellers}               editor
DELETE /manage/v1/ads-txt/{sellers}               editor
GET    /manage/v1/keys                            admin
POST   /manage/v1/keys                            admin
GET    /manage/v1/keys/{key}                      admin
POST   /manage/v1/keys/{key}/rotate               admin
POST   /manage/v1/keys/{key}/revoke               admin
"""

_ROWS = [line.split() for line in RIGHTS.splitlines() if line]
TABLE = {f"{method} {path}": who for method, path, who in _ROWS}

OUTSIDERS = ("nobody", "bad", "revoked")
"""Without a key, with one that we never made, and with one that holds no more."""

VERDICTS: Mapping[str, Mapping[str, int]] = {
    "anybody": {},
    "reporter": dict.fromkeys(OUTSIDERS, 401) | {"partner": 403},
    "entitled": dict.fromkeys(OUTSIDERS, 401)
    | dict.fromkeys(["partner", "reporter"], 403),
    "editor": dict.fromkeys(OUTSIDERS, 401)
    | dict.fromkeys(["partner", "reporter"], 403),
    "publisher": dict.fromkeys(OUTSIDERS, 401)
    | dict.fromkeys(["partner", "reporter", "editor"], 403),
    "admin": dict.fromkeys(OUTSIDERS, 401)
    | dict.fromkeys(["partner", "reporter", "editor", "publisher"], 403),
}
"""For each right: who is refused, and how. Everybody else is let in."""

CALLERS = (*OUTSIDERS, *Role.__members__)


@pytest.fixture(scope="module")
def held(standing: Standing) -> Mapping[str, Mapping[str, str]]:
    """The headers of every kind of caller."""
    texts = {}
    with standing.database.write() as session:
        for role in Role:
            _, texts[role.name] = keys.create(
                session, name=f"a {role.name}", role=role, now=START
            )
        former, texts["revoked"] = keys.create(
            session, name="gone", role=Role.admin, now=START
        )
        keys.revoke(session, former.id, now=START)
    last = "0" if standing.key[-1] != "0" else "1"
    texts["bad"] = standing.key[:-1] + last
    held = {name: {"Authorization": f"Bearer {text}"} for name, text in texts.items()}
    return {"nobody": {}, **held}


def test_every_operation_is_in_the_table(standing: Standing) -> None:
    app: FastAPI = standing.client.app  # type: ignore[assignment]
    served = {
        f"{method} {route.path_format}"
        for route in api_routes(app)
        for method in route.methods or ()
    }
    assert served == set(TABLE)
    assert served >= {str(operation) for operation in EVERY}


@pytest.mark.parametrize("caller", CALLERS)
def test_a_caller_may_do_what_the_table_says(
    caller: str, unharmed: Standing, held: Mapping[str, Mapping[str, str]]
) -> None:
    told = {}
    for operation in EVERY:
        # Whoever is let in is stopped by the request itself: a version that no
        # resource has, or a member that no model has.
        response = unharmed.client.request(
            operation.method,
            unharmed.stock.path(operation),
            headers={**held[caller], "If-Match": '"v999"'},
            json={"no_such_member": 1} if operation.takes_body else None,
        )
        told[str(operation)] = response.status_code

    for name, status in told.items():
        verdict = VERDICTS[TABLE[name]].get(caller)
        # 204: there is no lock to give back. 415: no bytes of a picture were sent.
        let_in = {200, 204, 412, 415, 422}
        assert status in ({verdict} if verdict else let_in), name


@pytest.mark.parametrize("caller", ["nobody", "reporter"])
def test_a_refused_caller_learns_nothing_of_what_else_is_wrong(
    caller: str, unharmed: Standing, held: Mapping[str, Mapping[str, str]]
) -> None:
    for operation in MANAGE:
        verdict = VERDICTS[TABLE[str(operation)]].get(caller)
        if verdict is None:
            continue
        absent = operation.at(dict.fromkeys(operation.parameters, "absent"))
        for path in (unharmed.stock.path(operation), absent):
            response = unharmed.client.request(
                operation.method,
                path,
                headers=held[caller],
                json=[] if operation.takes_body else None,
            )
            assert response.status_code == verdict, operation
            assert response.json()["errors"] == [], operation


@pytest.mark.parametrize("who", ["nobody", "bad", "revoked"])
def test_an_unknown_and_a_revoked_key_get_one_and_the_same_answer(
    who: str, unharmed: Standing, held: Mapping[str, Mapping[str, str]]
) -> None:
    def answer(caller: str) -> dict[str, object]:
        response = unharmed.client.get("/manage/v1/articles", headers=held[caller])
        return {**response.json(), "request_id": None, "detail": None}

    assert answer(who) == answer("nobody")


def test_a_bad_key_and_a_revoked_one_are_told_the_same(
    unharmed: Standing, held: Mapping[str, Mapping[str, str]]
) -> None:
    details = {
        unharmed.client.get("/manage/v1/articles", headers=held[who]).json()["detail"]
        for who in ("bad", "revoked")
    }
    assert len(details) == 1


FORMS = {
    "slash": "{path}/",
    "two-slashes": "/{path}",
    "slash-inside": "/manage//v1{rest}",
    "dot": "/manage/./v1{rest}",
    "dot-dot": "/v1/../manage/v1{rest}",
    "encoded-dot-dot": "/v1/%2e%2e/manage/v1{rest}",
    "encoded-slash": "/manage%2fv1{rest}",
    "twice-encoded": "/manage%252fv1{rest}",
    "parameter": "{path};x=1",
    "upper-case": "/MANAGE/V1{rest}",
    "suffix": "{path}.json",
    "encoded-letter": "/%6danage/v1{rest}",
    "full-width": "/%ef%bd%8danage/v1{rest}",
    "fragment": "{path}%23",
    "question": "{path}%3f",
    "backslash": "/manage\\v1{rest}",
    "as-public": "/v1{rest}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_no_spelling_of_a_path_goes_round_the_key(
    form: str, unharmed: Standing
) -> None:
    for operation in MANAGE:
        path = unharmed.stock.path(operation)
        rest = path.removeprefix("/manage/v1")
        target = form.format(path=path, rest=rest).encode()
        for method in (operation.method, "HEAD"):
            response = unharmed.ask(method, target)
            assert response.status_code >= 400 or form == FORMS["as-public"], target
            assert '"state"' not in response.text, target
