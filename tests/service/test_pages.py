"""The pages against forged forms, stolen sessions, lures to other sites, and code in what people type."""

from __future__ import annotations

import re

import httpx
import pytest

from gouji.service.access import MATRIX
from gouji.service.web.guard import inside
from gouji.service.web.words import ACTIONS

SCRIPT = "<script>alert('gouji')</script>"


@pytest.fixture
def stranger(gate):
    """A browser that nobody has signed in with."""
    with httpx.Client(base_url=gate.url, trust_env=False) as client:
        yield client


def token_of(page: str) -> str:
    return re.search(r'name="csrf" value="([^"]+)"', page)[1]


def test_forms_of_other_sites_are_refused(gate, gates):
    """Without the session's token nothing is done: no token, a wrong one, another person's."""
    water, roads = gate.page("water"), gate.page("roads")
    path = f"/campaigns/{gate.ids['campaign']}/upload"
    files = [("files", ("a.txt", gates.RIGHT))]
    own = water.headers.pop("X-CSRF-Token")
    assert water.post(path, files=files).status_code == 403
    for wrong in ("", "0" * 48, roads.headers["X-CSRF-Token"], "é"):
        head = {"X-CSRF-Token": wrong.encode()}
        assert water.post(path, files=files, headers=head).status_code == 403
        assert water.post(path, files=files, data={"csrf": wrong}).status_code == 403
    with gate.api("water") as client:
        assert client.get(f"/v1/submissions?campaign={gate.ids['campaign']}").json()["items"] == []
    assert water.post(path, files=files, data={"csrf": own}).status_code == 200


def test_sign_in_form_of_another_site_is_refused(gate, gates, stranger):
    """Signing somebody in by a forged form would make him work in a stranger's account."""
    said = {"login": "water", "password": gates.PASSWORD}
    assert stranger.post("/login", data=said).status_code == 403
    token = token_of(stranger.get("/login").text)
    stranger.cookies.clear()
    assert stranger.post("/login", data=said | {"csrf": token}).status_code == 403


def test_session_is_new_at_sign_in_and_ends_on_the_server(gate, gates, stranger):
    """A cookie set before is not the session's afterwards; after signing out the old one opens nothing."""
    stranger.cookies.set("gouji", "fixed-by-somebody")
    token = token_of(stranger.get("/login").text)
    answer = stranger.post("/login", data={"csrf": token, "login": "water", "password": gates.PASSWORD})
    cookie = answer.headers["set-cookie"]
    word = re.search(r"gouji=([^;]+);", cookie)[1]
    assert word != "fixed-by-somebody"
    assert {"HttpOnly", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
    stranger.cookies.clear()
    stranger.cookies.set("gouji", word)
    page = stranger.get("/")
    assert page.status_code == 200
    assert stranger.post("/logout", data={"csrf": token_of(page.text)}).status_code == 303
    stranger.cookies.set("gouji", word)
    assert stranger.get("/account").status_code == 401


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "/a\nb"]
)
def test_sign_in_leads_to_no_other_site(target):
    """`next` is a path of this site or the first page."""
    assert inside(target) == "/"


def test_sign_in_leads_back_to_the_page_asked_for(gate, gates, stranger):
    """Asked for a page while signed out, one is led to it afterwards, and nowhere else."""
    asked = stranger.get("/account", headers={"Accept": "text/html"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=%2Faccount")
    for target, led in (("/account", "/account"), ("//evil.example/x", "/")):
        token = token_of(stranger.get("/login", params={"next": target}).text)
        said = {"csrf": token, "login": "water", "password": gates.PASSWORD, "next": target}
        assert stranger.post("/login", data=said).headers["location"] == led


def test_account_is_locked_after_wrong_passwords(gate, gates):
    """Five in a row lock it; the right password does not open it then, and the trail says so."""
    gate.add("locked", "auditor")
    with httpx.Client(base_url=gate.url, trust_env=False) as client:
        for attempt in range(6):
            token = token_of(client.get("/login").text)
            word = "wrong" if attempt < 5 else gates.PASSWORD
            answer = client.post("/login", data={"csrf": token, "login": "locked", "password": word})
            assert answer.status_code == 401
    with gate.api("admin") as client:
        newest = client.get("/v1/trail", params={"after": 0}).json()
        while len(newest) == 200:
            newest = client.get("/v1/trail", params={"after": newest[-1]["position"]}).json() or newest[:1]
    assert any(e["action"] == "person.locked" and e["actor"] == "locked" for e in newest)


def test_one_time_password_opens_nothing_but_its_change(gate):
    """The first thing somebody does is to choose his own password."""
    with gate.api("admin") as client:
        made = client.post("/v1/people", json={"login": "fresh", "name": "新人", "role": "auditor"}).json()
    with httpx.Client(base_url=gate.url, trust_env=False) as client:
        token = token_of(client.get("/login").text)
        answer = client.post("/login", data={"csrf": token, "login": "fresh", "password": made["password"]})
        assert answer.headers["location"] == "/account/password"
        assert client.get("/trail").headers["location"] == "/account/password"
        form = token_of(client.get("/account/password").text)
        short = client.post("/account/password", data={"csrf": form, "old": made["password"], "new": "short"})
        assert short.status_code == 422
        new = {"csrf": form, "old": made["password"], "new": "a long enough one"}
        assert client.post("/account/password", data=new).headers["location"] == "/"
        assert client.get("/trail").status_code == 200


def test_code_in_names_and_documents_is_shown_as_text(gate, gates):
    """Stored script: in a file's name, in the document, in a unit, a campaign, a reason. Every page that shows it escapes it."""
    gate.open_campaign("campaign", ["清水县水利局", f"局{SCRIPT}"], ["reviewer"], title=f"批次{SCRIPT}")
    found = gate.submit("water", gates.DOUBTFUL + f"附：{SCRIPT}\n".encode(), names=(f"报告{SCRIPT[:-1]}.txt",))
    reviewer = gate.page("reviewer")
    with gate.api("reviewer") as client:
        job = client.get(f"/v1/submissions/{found['id']}/versions/1").json()
        mark = job["result"]["findings"][0]["fingerprint"]
        said = {"decision": "dismiss", "reason": SCRIPT, "waive": "campaign"}
        assert client.put(f"/v1/submissions/{found['id']}/findings/{mark}/decision", json=said).status_code == 200
    number = gate.ids["campaign"]
    pages = [f"/submissions/{found['id']}", f"/submissions/{found['id']}/review", f"/campaigns/{number}", "/queue?state=all"]
    texts = [reviewer.get(path).text for path in pages]
    admin = gate.page("admin")
    texts += [admin.get(path).text for path in (f"/campaigns/{number}/settings", "/trail", "/people", "/webhooks", "/")]
    texts.append(gate.page("water").get("/").text)
    assert sum("&lt;script&gt;" in text for text in texts) >= 8
    for text in texts:
        assert "<script>alert" not in text
    report = reviewer.get(f"/submissions/{found['id']}/versions/1/report")
    assert "<script>alert" not in report.text
    assert report.headers["content-security-policy"].startswith("sandbox")


def test_every_page_forbids_code_from_elsewhere(gate):
    """Content-Security-Policy without unsafe words, no sniffing, no frames, nothing kept by caches; assets from here alone."""
    admin = gate.page("admin")
    for path in ("/", "/queue", "/people", "/trail", "/account", f"/campaigns/{gate.ids['campaign']}"):
        answer = admin.get(path)
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', answer.text)
        assert not re.search(r'\son\w+="|style="', answer.text)


def test_every_action_of_the_trail_has_its_words(source_tree):
    """What the program writes into the trail, the pages can say in both languages."""
    source = "".join(p.read_text("utf-8") for p in (source_tree / "src" / "gouji" / "service").rglob("*.py"))
    said = set(
        re.findall(r'"((?:campaign|check|finding|person|roster|submission|token|unit|waiver|webhook)\.[a-z-]+)"', source)
    )
    assert len(said) > 20
    assert sorted(a for a in said if a not in ACTIONS and a not in MATRIX) == []


def test_static_files_are_those_of_the_folder(gate, stranger):
    """A path that leads elsewhere is not found."""
    assert stranger.get("/static/gate.js").status_code == 200
    assert "sheet" in stranger.get("/static/sheet.css").text
    for name in ("..%2f..%2fsecret.key", "%2e%2e/app.py", "gate.py", "gate.css%00.js", ""):
        assert stranger.get(f"/static/{name}").status_code == 404


def test_pages_speak_both_languages(gate):
    """Chinese unless the visitor chose English; the choice is kept; the switch leads back to the page and to no other site."""
    client = gate.page("admin")
    assert "审计轨迹" in client.get("/trail").text
    back = client.get("/language/en", headers={"Referer": f"{gate.url}/trail"}, follow_redirects=False)
    assert back.headers["location"] == "/trail"
    lure = client.get("/language/en", headers={"Referer": "https://evil.example/trail"}, follow_redirects=False)
    assert lure.headers["location"] == "/"
    assert "Audit trail" in client.get("/trail").text


def test_errors_are_pages_for_people_and_envelopes_for_programs(gate):
    """One thing that is not there, asked for twice."""
    client = gate.page("admin")
    page = client.get("/submissions/99999", headers={"Accept": "text/html"})
    assert (page.status_code, "没有找到" in page.text, page.text.startswith("<!doctype html>")) == (404, True, True)
    with gate.api("admin") as api:
        assert api.get("/v1/submissions/99999").json()["error"]["code"] == "not-found"
        assert api.get("/v1/nothing").json()["error"]["code"] == "not-found"
        assert api.delete("/v1/me").json()["error"]["code"] == "method-not-allowed"


def test_bulk_step_counts_what_could_not_take_it(gate, gates):
    """Two chosen, one can be accepted: one is, and the page says that the other could not be."""
    passed = gate.submit("water", gates.RIGHT)
    returned = gate.submit("roads", gates.WRONG)
    client = gate.page("reviewer")
    answer = client.post("/queue/bulk", data={"step": "accept", "chosen": [passed["id"], returned["id"], "x"]})
    assert "完成 1 项，1 项不能处理" in answer.text
