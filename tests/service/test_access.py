"""Who may do what: every action of the service, by API and by page, asked for by every role."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest
from sqlalchemy import func, select

from gouji.service.access import MATRIX, Role
from gouji.service.tables import Base, Entry, Replay, Token, Visit
from gouji.service.web.app import create

WHO = ("water", "roads", "reviewer", "stranger", "auditor", "admin", None)
ALL, NONE = set(WHO) - {None}, set()
READERS = {"water", "reviewer", "auditor", "admin"}  # of the submission of `water` in a campaign of `reviewer`
JUDGES = {"reviewer", "admin"}
SEES = {"water", "roads", "reviewer", "auditor", "admin"}  # the campaign

# method, path, body, who may. {c} campaign, {s} water's submission, {f} its finding, {j} its job, {u} a unit, {p} a person.
API = [
    ("GET", "/v1/me", None, ALL),
    ("GET", "/v1/campaigns/{c}", None, SEES),
    ("POST", "/v1/campaigns", {"title": "x", "year": 2024}, {"admin"}),
    ("PATCH", "/v1/campaigns/{c}", {"title": "x"}, {"admin"}),
    ("GET", "/v1/campaigns/{c}/roster", None, SEES),
    ("POST", "/v1/campaigns/{c}/roster", {"units": [{"unit": "清水县新局"}]}, {"admin"}),
    ("DELETE", "/v1/campaigns/{c}/roster/{u}", None, {"admin"}),
    ("PUT", "/v1/campaigns/{c}/reviewers", {"people": []}, {"admin"}),
    ("GET", "/v1/campaigns/{c}/dashboard", None, {"reviewer", "auditor", "admin"}),
    ("GET", "/v1/campaigns/{c}/waivers", None, {"reviewer", "auditor", "admin"}),
    ("GET", "/v1/units", None, {"auditor", "admin"}),
    ("POST", "/v1/units", {"name": "清水县新局"}, {"admin"}),
    ("GET", "/v1/submissions/{s}", None, READERS),
    ("GET", "/v1/submissions/{s}/versions/1", None, READERS),
    ("GET", "/v1/submissions/{s}/versions/1/files/0", None, READERS),
    ("GET", "/v1/submissions/{s}/comparison?old=1&new=1", None, READERS),
    ("GET", "/v1/jobs/{j}", None, READERS),
    ("GET", "/v1/jobs/{j}/report", None, READERS),
    ("GET", "/v1/jobs/{j}/result", None, READERS),
    ("PUT", "/v1/submissions/{s}/findings/{f}/decision", {"decision": "confirm"}, JUDGES),
    ("DELETE", "/v1/submissions/{s}/findings/{f}/decision", None, JUDGES),
    ("POST", "/v1/submissions/{s}/acceptance", None, JUDGES),
    ("POST", "/v1/submissions/{s}/return", {"remark": "x"}, JUDGES),
    ("POST", "/v1/submissions/{s}/reopening", {"remark": "x"}, {"admin"}),
    ("GET", "/v1/people", None, {"auditor", "admin"}),
    ("POST", "/v1/people", {"login": "new", "name": "新", "role": "auditor"}, {"admin"}),
    ("PATCH", "/v1/people/{p}", {"name": "新名"}, {"admin"}),
    ("POST", "/v1/people/{p}/password", None, {"admin"}),
    ("GET", "/v1/tokens", None, ALL),
    ("GET", "/v1/webhooks", None, {"admin"}),
    ("POST", "/v1/webhooks", {"url": "http://127.0.0.1:9/x"}, {"admin"}),
    ("DELETE", "/v1/webhooks/1", None, {"admin"}),
    ("GET", "/v1/webhooks/1/deliveries", None, {"admin"}),
    ("POST", "/v1/deliveries/1/retry", None, {"admin"}),
    ("GET", "/v1/trail", None, {"auditor", "admin"}),
    ("GET", "/v1/trail/verification", None, {"auditor", "admin"}),
    ("GET", "/v1/trail/export", None, {"auditor", "admin"}),
]
PAGES = [
    ("GET", "/", None, ALL),
    ("GET", "/account", None, ALL),
    ("GET", "/queue", None, {"reviewer", "stranger", "auditor", "admin"}),
    ("POST", "/queue/bulk", {"step": "accept", "chosen": "{s}"}, {"reviewer", "stranger", "admin"}),
    ("GET", "/campaigns/new", None, {"admin"}),
    ("POST", "/campaigns/new", {"title": "x", "year": "2024", "kind": "project", "profile": "national"}, {"admin"}),
    ("GET", "/campaigns/{c}", None, {"reviewer", "auditor", "admin"}),
    ("GET", "/campaigns/{c}/settings", None, {"admin"}),
    ("POST", "/campaigns/{c}/settings", {"title": "x", "year": "2024", "kind": "project", "profile": "national"}, {"admin"}),
    ("POST", "/campaigns/{c}/reviewers", {}, {"admin"}),
    ("POST", "/campaigns/{c}/roster", {"units": "清水县新局"}, {"admin"}),
    ("GET", "/campaigns/{c}/upload", None, {"water", "roads"}),
    ("GET", "/submissions/{s}", None, READERS),
    ("GET", "/submissions/{s}/events", None, READERS),
    ("GET", "/submissions/{s}/versions/1/report", None, READERS),
    ("GET", "/submissions/{s}/versions/1/files/0", None, READERS),
    ("GET", "/submissions/{s}/comparison?old=1&new=1", None, READERS),
    ("GET", "/submissions/{s}/review", None, JUDGES),
    ("POST", "/submissions/{s}/decide", {"fingerprint": "{f}", "decision": "confirm"}, JUDGES),
    ("POST", "/submissions/{s}/accept", {}, JUDGES),
    ("POST", "/submissions/{s}/return", {"remark": "x"}, JUDGES),
    ("POST", "/submissions/{s}/reopen", {"remark": "x"}, {"admin"}),
    ("GET", "/people", None, {"auditor", "admin"}),
    ("POST", "/people", {"login": "new", "name": "新", "role": "auditor"}, {"admin"}),
    ("POST", "/people/{p}", {"step": "reset"}, {"admin"}),
    ("GET", "/webhooks", None, {"admin"}),
    ("POST", "/webhooks", {"url": "http://127.0.0.1:9/x"}, {"admin"}),
    ("POST", "/webhooks/1/end", {}, {"admin"}),
    ("POST", "/deliveries/1/retry", {}, {"admin"}),
    ("GET", "/trail", None, {"auditor", "admin"}),
    ("GET", "/trail/export", None, {"auditor", "admin"}),
]


@pytest.fixture(scope="module")
def scene(gates, tmp_path_factory):
    """A service whose state no refused request may change; what is allowed is not asked for but where it only reads."""
    with gates.running(tmp_path_factory.mktemp("access")) as gate:
        gates.people(gate)
        found = gate.submit("water", gates.DOUBTFUL)
        with gate.api("water") as client:
            job = client.get(f"/v1/submissions/{found['id']}/versions/1").json()
        gate.add("bystander", "auditor")
        with gate.api("admin") as client:
            assert client.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/x"}).json()["id"] == 1
        names = {"c": gate.ids["campaign"], "s": found["id"], "j": job["id"], "u": gate.ids["清水县公路局"]}
        names |= {"p": gate.ids["bystander"], "f": job["result"]["findings"][0]["fingerprint"]}
        pages = {who: gate.page(who) for who in WHO if who}
        yield gate, names, pages


def state(gate) -> dict[str, int]:
    """How many rows each table has, and how long the trail is; sessions and keys apart."""
    with gate.service.database.read() as session:
        tables = [
            t
            for t in Base.metadata.sorted_tables
            if t.name not in {Visit.__tablename__, Token.__tablename__, Replay.__tablename__}
        ]
        counts = {t.name: session.scalar(select(func.count()).select_from(t)) for t in tables}
        counts["trail"] = session.scalar(select(func.max(Entry.position)))
    return counts


def fill(value, names):
    """The path or body with the numbers of the scene."""
    text = json.dumps(value)
    for key, found in names.items():
        text = text.replace(f"{{{key}}}", str(found))
    return json.loads(text)


@pytest.mark.parametrize(("method", "path", "body", "allowed"), API, ids=[f"{m} {p}" for m, p, _, _ in API])
def test_api_refuses_everybody_else_and_changes_nothing(scene, method, path, body, allowed):
    """Not allowed is 403 or 404, not signed in is 401; either way nothing changes. Reading is allowed to those in the table."""
    gate, names, _ = scene
    before = state(gate)
    for who in WHO:
        if who in allowed and method != "GET":
            continue
        with gate.api(who) as client:
            answer = client.request(method, fill(path, names), json=fill(body, names) if body is not None else None)
        wanted = {200} if who in allowed else {401} if who is None else {403, 404}
        assert answer.status_code in wanted, (who, answer.status_code, answer.text[:200])
    assert state(gate) == before


@pytest.mark.parametrize(("method", "path", "body", "allowed"), PAGES, ids=[f"{m} {p}" for m, p, _, _ in PAGES])
def test_pages_refuse_everybody_else_and_change_nothing(scene, method, path, body, allowed):
    """As the API; whoever is not signed in is led to the sign-in form or told so."""
    gate, names, pages = scene
    before = state(gate)
    for who in WHO:
        if who in allowed and method != "GET":
            continue
        client = pages.get(who) or gate.api(None)
        answer = client.request(method, fill(path, names), data=fill(body, names) if body is not None else None)
        wanted = {200} if who in allowed else {401} if who is None else {403, 404}
        assert answer.status_code in wanted, (who, answer.status_code, answer.text[:300])
    assert state(gate) == before


UPLOADS = [("roads", "other", 404), ("reviewer", "campaign", 403), ("admin", "campaign", 403), ("auditor", "campaign", 403)]


@pytest.mark.parametrize(("who", "campaign", "status"), UPLOADS)
def test_only_a_unit_of_the_roster_uploads(scene, gates, who, campaign, status):
    """Another campaign is not found; another role may not; nothing is stored of it."""
    gate, names, pages = scene
    if "other" not in gate.ids:
        keep = gate.ids["campaign"]
        gate.open_campaign("other", ["清水县水利局"], [])
        gate.ids["campaign"] = keep
    before = state(gate)
    number = gate.ids[campaign]
    with gate.api(who) as client:
        answer = client.post(f"/v1/campaigns/{number}/submissions", files=[("files", ("a.txt", gates.RIGHT))])
    page = pages[who].post(f"/campaigns/{number}/upload", files=[("files", ("a.txt", gates.RIGHT))])
    assert (answer.status_code, page.status_code) == (status, status)
    assert state(gate) == before
    del names


def test_what_is_anothers_own_cannot_be_ended(scene, gates):
    """A stranger ends no waiver of a campaign that is not his, nobody another's token, by API or by page; all stays."""
    gate, names, pages = scene
    gate.open_campaign("third", ["清水县水利局"], ["reviewer"])
    found = gate.submit("water", gates.DOUBTFUL, campaign="third")
    with gate.api("reviewer") as client:
        said = {"decision": "dismiss", "reason": "尾差", "waive": "unit"}
        client.put(f"/v1/submissions/{found['id']}/findings/{names['f']}/decision", json=said)
        [waiver] = client.get(f"/v1/campaigns/{gate.ids['third']}/waivers").json()
    before = state(gate)
    with gate.api("water") as client:
        token = client.get("/v1/tokens").json()[0]["id"]
    for who in ("roads", "stranger", "auditor"):
        with gate.api(who) as client:
            assert client.delete(f"/v1/waivers/{waiver['id']}").status_code in {403, 404}
            assert client.delete(f"/v1/tokens/{token}").status_code == 404
        assert pages[who].post(f"/waivers/{waiver['id']}/revoke", data={"campaign": "1"}).status_code in {403, 404}
        assert pages[who].post(f"/account/tokens/{token}/revoke").status_code == 404
        assert pages[who].post("/queue/bulk", data={"step": "accept", "chosen": found["id"]}).status_code in {200, 403}
    assert state(gate) == before
    with gate.api("water") as client:
        assert client.get(f"/v1/submissions/{found['id']}").json()["state"] == "in_review"


def test_lists_show_nobody_anothers(scene):
    """Lists hold what one may see: one's own unit's, the campaigns assigned, everything."""
    gate, names, pages = scene
    seen = {}
    for who in ALL:
        with gate.api(who) as client:
            seen[who] = {s["id"] for s in client.get("/v1/submissions").json()["items"]}
    assert {who for who, ids in seen.items() if names["s"] in ids} == READERS
    assert "清水县水利局" not in pages["roads"].get("/").text
    assert "清水县水利局" not in pages["stranger"].get("/queue?state=all").text
    with gate.api("roads") as client:
        lines = client.get(f"/v1/campaigns/{names['c']}/roster").json()
    assert [line["unit"] for line in lines] == ["清水县公路局"]


def test_every_route_is_in_the_table(scene):
    """A route that is added is asked for by every role, or the tests say that it is missing."""
    gate, _, _ = scene
    tabled = {(m, p.partition("?")[0]) for m, p, _, _ in [*API, *PAGES]}
    apart = {"/login", "/logout", "/static/{name}", "/language/{lang}", "/account/password", "/account/tokens", "/healthz"}
    apart |= {
        "/readyz",
        "/metrics",
        "/v1/check",
        "/v1/openapi.json",
        "/v1/tokens",
        "/v1/campaigns",
        "/v1/submissions",
        "/queue/bulk",
    }
    apart |= {"/login/oidc", "/login/oidc/answer"}
    missing = []
    routes = _routes(create(gate.service).routes)
    assert len(routes) > len(API) + len(PAGES)
    for route in routes:
        path = getattr(route, "path", "")
        plain = path
        for word, short in (("{number}", "{c}"), ("{version}", "1"), ("{position}", "0")):
            plain = plain.replace(word, short)
        shapes = {(m, plain) for m in getattr(route, "methods", ()) if m not in {"HEAD", "OPTIONS"}}
        known = {(m, _shape(p)) for m, p in tabled}
        missing += [s for m, p in shapes if (s := (m, _shape(p))) not in known and path not in apart]
    allowed = {("POST", "/waivers/{}/revoke"), ("DELETE", "/v1/waivers/{}"), ("DELETE", "/v1/tokens/{}")}
    allowed |= {
        ("POST", "/account/tokens/{}/revoke"),
        ("POST", "/v1/campaigns/{}/roster/import"),
        ("POST", "/submissions/{}/{}"),
    }
    allowed |= {("POST", "/v1/campaigns/{}/submissions"), ("POST", "/campaigns/{}/upload")}
    assert sorted(set(missing) - allowed) == []


def _routes(routes) -> list:
    """All routes, those of included routers too."""
    found = []
    for route in routes:
        inner = getattr(getattr(route, "original_router", None), "routes", None)
        found += _routes(inner) if inner else [route]
    return found


def _shape(path: str) -> str:
    return re.sub(r"(?<=/)(\{[^}]*\}|\d+)(?=/|$)", "{}", path)


def test_table_of_the_program_names_every_role():
    """Each action is somebody's, and no role is unknown."""
    for action, rule in MATRIX.items():
        assert any(rule.reach(role) for role in Role), action


@pytest.mark.parametrize(("scope", "path"), list(product(["check"], ["/v1/submissions", "/v1/campaigns", "/v1/people"])))
def test_token_of_a_narrow_scope_opens_nothing_else(scene, scope, path):
    """An administrator's token for checking checks, and reads nothing."""
    gate, _, _ = scene
    with gate.api("admin") as client:
        made = client.post("/v1/tokens", json={"name": "n", "scopes": [scope]}).json()
    gate.tokens["narrow"] = made["token"]
    with gate.api("narrow") as narrow:
        assert narrow.get(path).status_code == 403
