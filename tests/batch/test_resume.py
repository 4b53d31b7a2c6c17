"""Killed batches go on, and clusters give the same tables."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gouji.batch import crew


def command(source: Path, out: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gouji",
        "batch",
        str(source),
        "--out",
        str(out),
        "--jobs",
        "2",
        "--profile",
        "national",
        "--fail-on",
        "never",
    ]


def until(found: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to come about."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "did not come about"
        time.sleep(0.02)


def test_killed_runs_go_on(batch, texts, tmp_path, identical):
    """A batch killed three times as soon as some documents are done ends, when it is let, as if nothing had happened."""
    from gouji_reports.html import WRITER

    batch(texts, tmp_path / "undisturbed", writer=WRITER)
    cache = tmp_path / "out" / "cache"
    pick = random.Random(8)
    for _ in range(3):
        before = len(list(cache.rglob("*.arrow")))
        run = subprocess.Popen(command(texts, tmp_path / "out"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wanted = before + pick.randint(1, 8)
        until(lambda: len(list(cache.rglob("*.arrow"))) >= wanted or run.poll() is not None)  # noqa: B023
        run.kill()
        run.wait()
        assert not (tmp_path / "out" / "run.json").exists()
    subprocess.run(command(texts, tmp_path / "out"), check=True, capture_output=True)
    identical(tmp_path / "undisturbed", tmp_path / "out")


def test_workers_do_not_outlive_a_killed_run(texts, tmp_path):
    """Kill -9 on the run ends its processes too."""
    run = subprocess.Popen(command(texts, tmp_path / "out"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: bool(list((tmp_path / "out").rglob("*.arrow"))))
    workers = [int(p) for p in Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()]
    assert workers
    run.kill()
    run.wait()
    until(lambda: not any(alive(pid) for pid in workers))


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.fixture
def cluster(tmp_path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A Dask scheduler and two workers, each a process of its own; gives the address and the workers."""
    pytest.importorskip("distributed", reason="needs gouji[cluster]")
    note = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    python = [sys.executable, "-m"]
    scheduler = [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    running = [subprocess.Popen([*scheduler, "--scheduler-file", str(note)], **quiet)]
    try:
        until(note.exists)
        worker = [*python, "distributed.cli.dask_worker", "--scheduler-file", str(note), "--nthreads", "1", "--no-nanny"]
        running += [
            subprocess.Popen([*worker, "--no-dashboard", "--local-directory", str(tmp_path)], **quiet) for _ in range(2)
        ]
        from distributed import Client

        with Client(scheduler_file=str(note), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address, running[1:]
    finally:
        for process in running:
            process.kill()
            process.wait()


def test_cluster_that_loses_a_worker_gives_the_same_tables(batch, texts, tmp_path, cluster, identical):
    """On a Dask cluster of separate processes, one killed half-way, tables and reports are those of the local run."""
    from gouji_reports.html import WRITER

    batch(texts, tmp_path / "local", writer=WRITER)
    address, workers = cluster
    half = len(list(texts.iterdir())) // 2

    def kill(done: int, _: int) -> None:
        if done == half:
            os.kill(workers[0].pid, signal.SIGKILL)

    with crew.cluster(address) as found:
        assert found.size == 2
        batch(texts, tmp_path / "spread", by=found, writer=WRITER, progress=kill)
    assert workers[0].wait() == -signal.SIGKILL
    assert workers[1].poll() is None
    identical(tmp_path / "local", tmp_path / "spread")


def test_cluster_that_is_not_there_is_named(texts, tmp_path):
    """A wrong address ends with the cluster's exit code and its name, not with a traceback."""
    pytest.importorskip("distributed", reason="needs gouji[cluster]")
    wrong = [
        sys.executable,
        "-m",
        "gouji",
        "batch",
        str(texts),
        "--out",
        str(tmp_path / "out"),
        "--cluster",
        "tcp://127.0.0.1:9",
    ]
    done = subprocess.run(wrong, capture_output=True, text=True)
    assert done.returncode == 4
    assert "tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
