"""Clients that upload at once, services that are killed meanwhile, and the count afterwards. Used by the tests and by the benchmark."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

import httpx
from sqlalchemy import func, select

from gouji.service import campaigns, trail
from gouji.service.access import Actor, Role, Scope
from gouji.service.database import Database, migrate
from gouji.service.people import People
from gouji.service.settings import Settings
from gouji.service.tables import Job, Person, Replay, Result, Submission, Version


@dataclass
class Stage:
    """A database with as many units as there are to be uploads, and their tokens."""

    settings: Settings
    tokens: list[str] = field(default_factory=list)
    campaign: int = 0

    def prepare(self, units: int) -> None:
        """Units, people, one campaign."""
        self.settings.data.mkdir(parents=True, exist_ok=True)
        database = Database(self.settings.database_url)
        migrate(database)
        people = People(self.settings, self.settings.key)
        with database.write() as session:
            admin, _ = people.add(session, "setup", "admin", "Administrator", Role.ADMINISTRATOR)
            session.flush()
            boss = Actor.of(admin)
            made = campaigns.change(session, self.settings.key, boss, None, {"title": "负载", "year": 2024, "kind": "other"})
            self.campaign = made.id
            for number in range(units):
                unit = campaigns.unit_named(session, self.settings.key, "setup", f"单位{number}")
                person = Person(login=f"p{number}", name=f"p{number}", role=Role.SUBMITTER, unit_id=unit.id, must_change=False)
                session.add(person)
                session.flush()
                self.tokens.append(
                    people.add_token(session, Actor(person.id, "", "", Role.SUBMITTER, unit.id), "t", list(Scope))[1]
                )
            lines = [campaigns.Expected(f"单位{n}") for n in range(units)]
            campaigns.enrol(session, self.settings.key, boss, made.id, lines)
        database.close()

    def count(self) -> Outcome:
        """What the database holds."""
        database = Database(self.settings.database_url)
        with database.read() as session:
            proof = trail.verify(session, self.settings.key)
            versions = Counter(session.scalars(select(Version.submission_id)))
            outcome = Outcome(
                jobs=session.scalar(select(func.count()).select_from(Job)),
                results=session.scalar(select(func.count()).select_from(Result)),
                attempts=session.scalar(select(func.sum(Job.attempts))),
                submissions=session.scalar(select(func.count()).select_from(Submission)),
                replays=session.scalar(select(func.count()).select_from(Replay)),
                checking=session.scalar(select(func.count()).select_from(Submission).where(Submission.state == "checking")),
                most=max(versions.values(), default=0),
                fault=proof.fault,
                done=set(session.scalars(select(Result.job_id))),
            )
        database.close()
        return outcome


@dataclass
class Outcome:
    """Rows of the database after a run. `most`: versions of the submission that has most; each unit uploaded once."""

    jobs: int
    results: int
    attempts: int
    submissions: int
    replays: int
    checking: int
    most: int
    fault: str | None
    done: set[str]


@dataclass
class Answers:
    """What the clients were told: jobs acknowledged, seconds to each verdict."""

    jobs: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def p95(self) -> float:
        ordered = sorted(self.seconds)
        return ordered[int(len(ordered) * 0.95) - 1] if ordered else float("nan")


def report(number: int) -> bytes:
    """A small report of one unit: some right, some wrong."""
    total = 10 + number % 3
    return f"单位{number}2024年度部门整体支出绩效自评报告\n2024年项目支出合计{total}万元，其中：甲项目4万元，乙项目6万元。\n".encode()


def upload(stage: Stage, urls: list[str], number: int, answers: Answers, wait: int, patience: float = 1500) -> None:
    """One upload with its idempotency key, sent again until it is acknowledged, whatever happens to the service meanwhile.

    `wait`: seconds that the service may keep the acknowledgement back for the verdict.
    """
    key, began, deadline = uuid.uuid4().hex, time.monotonic(), time.monotonic() + patience
    head = {"Authorization": f"Bearer {stage.tokens[number]}", "Idempotency-Key": key}
    while time.monotonic() < deadline:
        url = random.choice(urls)
        try:
            path = f"{url}/v1/campaigns/{stage.campaign}/submissions?wait={wait}"
            files = {"files": (f"报告{number}.txt", report(number))}
            answer = httpx.post(path, headers=head, files=files, timeout=60, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        assert answer.status_code in {200, 201}, answer.text
        with answers.lock:
            answers.jobs.append(answer.json()["versions"][-1]["job"])
            if answer.json()["versions"][-1]["verdict"] is not None:
                answers.seconds.append(time.monotonic() - began)
        return
    raise AssertionError("never acknowledged")


def swarm(stage: Stage, urls: list[str], uploads: int, clients: int, wait: int = 30) -> Answers:
    """So many uploads by so many clients at once."""
    answers, left, failed = Answers(), iter(range(uploads)), []

    def client() -> None:
        while True:
            with answers.lock:
                number = next(left, None)
            if number is None:
                return
            try:
                upload(stage, urls, number, answers, wait)
            except AssertionError as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[0]
    return answers


def settle(stage: Stage, seconds: float = 120) -> Outcome:
    """The count once nothing waits any more."""
    deadline = time.monotonic() + seconds
    while (found := stage.count()).results < found.jobs and time.monotonic() < deadline:
        time.sleep(0.3)
    return found


def check(found: Outcome, answers: Answers, uploads: int) -> None:
    """All answered, none lost, none doubled, the trail whole."""
    assert len(answers.jobs) == uploads
    assert set(answers.jobs) <= found.done, "an acknowledged upload has no result"
    assert (found.submissions, found.jobs, found.results, found.most) == (uploads, uploads, uploads, 1)
    assert found.checking == 0
    assert found.fault is None
