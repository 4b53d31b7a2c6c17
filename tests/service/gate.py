"""A running service with people, a campaign and reports, for tests that talk to it over HTTP."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn

from gouji.service import campaigns
from gouji.service.access import Actor, Scope
from gouji.service.core import Service
from gouji.service.settings import Limits, Settings
from gouji.service.tables import Person
from gouji.service.web.app import create

TITLE = "清水县水利局2024年度部门整体支出绩效自评报告\n"
WRONG = f"{TITLE}2024年项目支出合计10万元，其中：甲项目4万元，乙项目7万元。\n".encode()
DOUBTFUL = f"{TITLE}2024年项目支出合计10.01万元，其中：甲项目3.33万元，乙项目3.33万元，丙项目3.34万元。\n".encode()
RIGHT = f"{TITLE}2024年项目支出合计10万元，其中：甲项目4万元，乙项目6万元。\n".encode()
PASSWORD = "correct horse 7"
LIMITS = Limits(
    file_bytes=2_000_000, upload_bytes=5_000_000, check_seconds=20, login_per_minute=1000, requests_per_minute=100_000
)


@dataclass
class Gate:
    """A service, its address, and who is known to it: tokens by login, numbers by name."""

    service: Service
    url: str
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def api(self, login: str | None, **more) -> httpx.Client:
        """A client of the API, as somebody."""
        head = {"Authorization": f"Bearer {self.tokens[login]}"} if login else {}
        return httpx.Client(base_url=self.url, headers=head, timeout=120, trust_env=False, **more)

    def page(self, login: str) -> httpx.Client:
        """A browser's session, signed in through the form."""
        client = httpx.Client(base_url=self.url, timeout=120, trust_env=False, follow_redirects=True)
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/login").text)[1]
        answer = client.post("/login", data={"csrf": token, "login": login, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        found = re.search(r'<meta name="csrf" content="([0-9a-f]+)"', answer.text)
        client.headers["X-CSRF-Token"] = found[1]
        return client

    def submit(self, login: str, *contents: bytes, campaign: str = "campaign", names: tuple[str, ...] = ()) -> dict:
        """Hand in and wait for the verdict."""
        files = [("files", (n, c)) for n, c in zip(names or ("报告.txt", "附件.txt", "附表.txt"), contents, strict=False)]
        with self.api(login) as client:
            path = f"/v1/campaigns/{self.ids[campaign]}/submissions?wait=60"
            answer = client.post(path, files=files)
            assert answer.status_code == 201, answer.text
            return answer.json()

    def add(self, login: str, role: str, unit: str | None = None) -> None:
        """A person with the tests' password and a token of all scopes."""
        with self.service.database.write() as session:
            unit_id = campaigns.unit_named(session, self.service.key, "tests", unit).id if unit else None
            person, _ = self.service.people.add(session, "tests", login, f"{login} 名", role, unit_id)
            person.password, person.must_change = self.service.people._hasher.hash(PASSWORD), False
            _, self.tokens[login] = self.service.people.add_token(session, Actor.of(person), "tests", list(Scope))
            self.ids[login] = person.id
            if unit:
                self.ids[unit] = unit_id

    def open_campaign(self, name: str, units: list[str], reviewers: list[str], **said) -> int:
        """A campaign with its roster and reviewers."""
        said = {"title": f"{name}：2024年度", "year": 2024, "kind": "whole_department", "profile": "national", **said}
        with self.service.database.write() as session:
            admin = Actor.of(session.get_one(Person, self.ids["admin"]))
            campaign = campaigns.change(session, self.service.key, admin, None, said)
            campaigns.enrol(session, self.service.key, admin, campaign.id, [campaigns.Expected(u) for u in units])
            campaigns.assign(session, self.service.key, admin, campaign.id, [self.ids[r] for r in reviewers])
        self.ids[name] = campaign.id
        return campaign.id


@contextmanager
def running(folder: Path, database: str = "", limits: Limits = LIMITS, **more) -> Iterator[Gate]:
    """A service in this process, on a port of its own, with one administrator `admin`."""
    settings = Settings(data=folder, database=database, workers=2, password_cost=1, limits=limits, **more)
    service = Service(settings)
    service.prepare()
    config = uvicorn.Config(create(service), host="127.0.0.1", port=0, log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the service did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    gate = Gate(service, f"http://127.0.0.1:{port}")
    with service.database.write() as session:
        person = session.get_one(Person, 1)
        person.password, person.must_change = service.people._hasher.hash(PASSWORD), False
        _, gate.tokens["admin"] = service.people.add_token(session, Actor.of(person), "tests", list(Scope))
        gate.ids["admin"] = person.id
    try:
        yield gate
    finally:
        server.should_exit = True
        thread.join(20)


def people(gate: Gate) -> Gate:
    """The cast: two units, two reviewers of whom one is assigned, an auditor."""
    gate.add("water", "submitter", "清水县水利局")
    gate.add("roads", "submitter", "清水县公路局")
    gate.add("reviewer", "reviewer")
    gate.add("stranger", "reviewer")
    gate.add("auditor", "auditor")
    gate.open_campaign("campaign", ["清水县水利局", "清水县公路局"], ["reviewer"])
    return gate
