"""`gouji serve` and `gouji worker` as processes of their own, to be killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ENVIRONMENT = {"GOUJI_SECRET": "the secret of the tests", "GOUJI_REQUESTS_PER_MINUTE": "1000000", "GOUJI_LANG": "en"}


class Process:
    """One command of gouji that runs on, in a process group of its own so that a kill takes what it started along."""

    def __init__(self, *words: object, log: Path, **environment: str) -> None:
        self._words, self._log = [str(w) for w in words], log
        self._environment = os.environ | ENVIRONMENT | environment
        self.start()

    def start(self) -> None:
        self._stream = self._log.open("ab")
        self._from = self._log.stat().st_size
        command = [sys.executable, "-m", "gouji", *self._words]
        self.running = subprocess.Popen(
            command, stdout=self._stream, stderr=self._stream, env=self._environment, start_new_session=True
        )

    def said(self, pattern: str, seconds: float = 120) -> re.Match[str]:
        """What the process says, once it has said it."""
        deadline = time.monotonic() + seconds
        while True:
            text = self._log.read_bytes()[self._from :].decode("utf-8", "replace")
            if found := re.search(pattern, text):
                return found
            assert self.running.poll() is None, f"it ended: {text[-2000:]}"
            assert time.monotonic() < deadline, f"not said in time: {pattern}; {text[-2000:]}"
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL to the service itself: nothing of it can tidy up."""
        self.running.kill()
        self.running.wait()
        self._stream.close()

    def stop(self) -> None:
        """As an administrator would."""
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            try:
                self.running.wait(20)
            except subprocess.TimeoutExpired:
                self.running.kill()
                self.running.wait()
        self._stream.close()


@contextmanager
def process(*words: object, log: Path, **environment: str) -> Iterator[Process]:
    """A process that is gone behind the test."""
    made = Process(*words, log=log, **environment)
    try:
        yield made
    finally:
        made.stop()


def address(serve: Process) -> str:
    """Where a service listens, once it answers."""
    url = serve.said(r"http://127\.0\.0\.1:\d+")[0]
    deadline = time.monotonic() + 90
    while True:
        try:
            if httpx.get(f"{url}/readyz", trust_env=False).status_code == 200:
                return url
        except httpx.TransportError:
            assert time.monotonic() < deadline
        time.sleep(0.05)
