"""The upload gate at full scale: 200 uploads by 20 clients, and 20 kills in the middle, on SQLite and on PostgreSQL.

    python tests/benchmarks/bench_service.py                  # everything
    python tests/benchmarks/bench_service.py load sqlite      # one of them

Prints the time from upload to verdict (median, p95), and p95 as a multiple of `gouji check` on the same small report in the
same run. Ends with an assertion where an acknowledged upload has not exactly one result or the audit trail does not verify.
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from gouji.service.settings import Settings

SERVICE = Path(__file__).resolve().parent.parent / "service"
UPLOADS, CLIENTS, KILLS = 200, 20, 20


def helper(name: str):
    """A module of the service's tests."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", SERVICE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def peer(load, folder: Path) -> float:
    """Seconds of `gouji check` on one such report, start-up and all."""
    file = folder / "peer.txt"
    file.write_bytes(load.report(0))
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "gouji", "check", file, "--fail-on", "never"], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def run(kind: str, url: str) -> None:
    """One kind of run on one kind of database."""
    processes, load = helper("processes"), helper("load")
    folder = Path(tempfile.mkdtemp(prefix="gouji-bench-"))
    secret = processes.ENVIRONMENT["GOUJI_SECRET"]
    stage = load.Stage(Settings(data=folder / "data", database=url, secret=secret, password_cost=1))
    stage.prepare(UPLOADS)
    places = ["--data", folder / "data", *(["--database", url] if url else [])]
    name = f"{kind} on {'PostgreSQL' if url else 'SQLite'}"
    with ExitStack() as opened:
        serve = processes.Process("serve", *places, "--port", 0, "--workers", 2, log=folder / "serve.log")
        opened.callback(serve.stop)
        if url:
            opened.enter_context(processes.process("worker", *places, "--workers", 2, log=folder / "worker.log"))
        urls = [processes.address(serve)]
        answers: list = []
        began = time.monotonic()
        wait = 0 if kind == "kill" else 30  # acknowledged at once, so that kills come between acknowledgement and result
        swarm = threading.Thread(target=lambda: answers.append(load.swarm(stage, urls, UPLOADS, CLIENTS, wait)))
        swarm.start()
        kills = 0
        while kind == "kill" and kills < KILLS:
            time.sleep(random.uniform(0.1, 1.0))
            serve.kill()
            serve.start()
            urls[0] = processes.address(serve)
            kills += 1
        swarm.join()
        took = time.monotonic() - began
        found = load.settle(stage, 300)
    load.check(found, answers[0], UPLOADS)
    told = f"{name}: {UPLOADS} uploads, {CLIENTS} clients, {kills} kills, {took:.1f} s, {UPLOADS / took:.1f} a second"
    print(f"{told}; all have one result, {found.attempts} attempts, trail whole", flush=True)
    if kind == "load":
        middle, late = statistics.median(answers[0].seconds), answers[0].p95()
        print(
            f"  to the verdict: median {middle:.2f} s, p95 {late:.2f} s, {late / peer(load, folder):.1f} times one `gouji check`"
        )


def main(words: list[str]) -> None:
    """The runs asked for."""
    for kind in [w for w in words if w in {"load", "kill"}] or ["load", "kill"]:
        for place in [w for w in words if w in {"sqlite", "postgresql"}] or ["sqlite", "postgresql"]:
            if place == "sqlite":
                run(kind, "")
                continue
            with helper("postgres").server() as url:
                run(kind, url)


if __name__ == "__main__":
    main(sys.argv[1:])
