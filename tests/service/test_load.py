"""Many at once, and services and workers killed in the middle: nothing acknowledged is lost, nothing is done twice."""

from __future__ import annotations

import random
import threading
import time

from gouji.service.settings import Settings


def make(tools, tmp_path, database: str, units: int):
    """A stage and the words that start a service on it."""
    processes, load = tools
    secret = processes.ENVIRONMENT["GOUJI_SECRET"]
    stage = load.Stage(Settings(data=tmp_path / "data", database=database, secret=secret, password_cost=1))
    stage.prepare(units)
    places = ["--data", tmp_path / "data", *(["--database", database] if database else [])]
    return stage, places


def test_uploads_at_once_are_all_answered_once(tools, tmp_path):
    """Twelve clients, twenty-four uploads, SQLite: each acknowledged, each one result, in the order of the trail."""
    processes, load = tools
    stage, places = make(tools, tmp_path, "", 24)
    with processes.process("serve", *places, "--port", 0, log=tmp_path / "serve.log") as serve:
        answers = load.swarm(stage, [processes.address(serve)], 24, 12)
        found = load.settle(stage)
    load.check(found, answers, 24)
    assert found.attempts == 24


def test_service_killed_in_the_middle_loses_nothing(tools, tmp_path):
    """SIGKILL three times while clients upload: after the last start every acknowledged upload has exactly one result."""
    processes, load = tools
    stage, places = make(tools, tmp_path, "", 20)
    serve = processes.Process("serve", *places, "--port", 0, log=tmp_path / "serve.log")
    urls = [processes.address(serve)]
    result: dict[str, object] = {}

    def clients() -> None:
        result["answers"] = load.swarm(stage, urls, 20, 4, wait=0)

    swarm = threading.Thread(target=clients)
    swarm.start()
    for _ in range(3):
        time.sleep(random.uniform(0.1, 1.2))
        serve.kill()
        serve.start()
        urls[0] = processes.address(serve)
    swarm.join()
    found = load.settle(stage)
    serve.stop()
    load.check(found, result["answers"], 20)


def test_two_services_and_two_workers_share_one_postgresql(tools, tmp_path, postgres_url):
    """Each job is done once, by either worker, whichever service took it."""
    processes, load = tools
    stage, places = make(tools, tmp_path, postgres_url, 20)
    logs = [tmp_path / f"{name}.log" for name in ("one", "two", "first", "second")]
    with (
        processes.process("serve", *places, "--port", 0, log=logs[0]) as one,
        processes.process("serve", *places, "--port", 0, log=logs[1]) as two,
        processes.process("worker", *places, "--workers", 1, log=logs[2]),
        processes.process("worker", *places, "--workers", 1, log=logs[3]),
    ):
        answers = load.swarm(stage, [processes.address(one), processes.address(two)], 20, 10)
        found = load.settle(stage)
    load.check(found, answers, 20)
    assert found.attempts == 20


def test_job_of_a_killed_worker_is_taken_over(tools, tmp_path, postgres_url):
    """A worker is killed with jobs in hand; another one finishes them, and each has one result."""
    processes, load = tools
    stage, places = make(tools, tmp_path, postgres_url, 10)
    with processes.process("serve", *places, "--port", 0, log=tmp_path / "serve.log") as serve:
        worker = processes.Process("worker", *places, "--workers", 2, log=tmp_path / "worker.log")
        worker.said("waiting for checks")
        result: dict[str, object] = {}
        url = processes.address(serve)

        def clients() -> None:
            result["answers"] = load.swarm(stage, [url], 10, 10)

        swarm = threading.Thread(target=clients)
        swarm.start()
        deadline = time.monotonic() + 60
        while stage.count().results < 1 and time.monotonic() < deadline:
            time.sleep(0.02)
        worker.kill()
        with processes.process("worker", *places, "--workers", 2, log=tmp_path / "other.log"):
            swarm.join()
            found = load.settle(stage)
    load.check(found, result["answers"], 10)
