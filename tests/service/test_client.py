"""Programs that use the service: the Python client, `gouji push`, webhooks, metrics."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import select

from gouji.client import Client, GateError
from gouji.service import webhooks
from gouji.service.tables import Delivery, now


@pytest.fixture
def files(tmp_path, gates) -> dict[str, str]:
    """A report of each verdict."""
    found = {}
    for name, content in (("right", gates.RIGHT), ("doubtful", gates.DOUBTFUL), ("wrong", gates.WRONG)):
        (tmp_path / f"{name}.txt").write_bytes(content)
        found[name] = str(tmp_path / f"{name}.txt")
    return found


def push(gate, *words, token: str = "water") -> subprocess.CompletedProcess:
    environment = os.environ | {"GOUJI_TOKEN": gate.tokens.get(token, token), "GOUJI_LANG": "en"}
    command = [sys.executable, "-m", "gouji", "push", *map(str, words), "--server", gate.url]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment)


def test_client_checks_and_submits(gate, files):
    """A package, its verdict, its findings; a submission followed to its verdict; an error with its code."""
    with Client(gate.url, gate.tokens["water"]) as client:
        found = client.check([files["wrong"]])
        assert (found.verdict, found.errors, [f.code for f in found.findings]) == ("block", 1, ["AR101"])
        handed = client.submit(gate.ids["campaign"], [files["right"]])
        assert (client.wait(handed.job).verdict, handed.version) == ("pass", 1)
        with pytest.raises(GateError) as refused:
            client.get("/v1/people")
        assert (refused.value.status, refused.value.code) == (403, "forbidden")
    with Client("http://127.0.0.1:9", "x") as nobody, pytest.raises(GateError, match="connection"):
        nobody.job("0")


def test_exit_code_of_push_is_the_verdict(gate, files):
    """0 pass, 1 returned; in review is 0 or 1 by --fail-on; what was found is printed."""
    assert push(gate, files["right"]).returncode == 0
    wrong = push(gate, files["wrong"])
    assert (wrong.returncode, "AR101 error" in wrong.stdout) == (1, True)
    assert push(gate, files["doubtful"]).returncode == 0
    assert push(gate, files["doubtful"], "--fail-on", "warning").returncode == 1
    assert push(gate, files["right"], files["wrong"], "--fail-on", "never").returncode == 0
    assert push(gate, files["wrong"], "--campaign", gate.ids["campaign"]).returncode == 1


def test_push_says_what_is_wrong_without_a_traceback(gate, files):
    """A wrong token, no token, a campaign that is not there: exit code 2 and one line."""
    for words, token, said in (
        ([], "no-such-token", "not-signed-in"),
        ([], "", "no token"),
        (["--campaign", 99999], "water", "not-found"),
    ):
        done = push(gate, files["right"], *words, token=token)
        assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


class Listener(HTTPServer):
    """Somebody's server: keeps what it is sent, and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], str]] = []
        self.answers: list[int] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append((dict(self.headers), body))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""


@pytest.fixture
def listener():
    """A server that hears."""
    made = Listener()
    yield made
    made.shutdown()


def until(ask, seconds: float = 90):
    """What `ask` gives once it gives something."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def test_verdict_is_announced_signed_and_again_until_it_is_taken(gate, gates, listener, monkeypatch):
    """A refusal and a redirection are tried again after a pause, never followed; the signature proves the sender."""
    monkeypatch.setattr(webhooks, "PAUSES", (0.1, 0.1, 0.1))
    listener.answers += [503, 302]
    with gate.api("admin") as client:
        said = {"url": f"http://127.0.0.1:{listener.server_port}/h", "campaign_id": gate.ids["campaign"]}
        hook = client.post("/v1/webhooks", json=said).json()
        found = gate.submit("water", gates.WRONG)
        until(lambda: len(listener.got) >= 3)
        [delivery] = until(
            lambda: [d for d in client.get(f"/v1/webhooks/{hook['id']}/deliveries").json() if d["state"] == "delivered"]
        )
        assert (delivery["attempts"], delivery["answer"]) == (3, "200")
        assert client.post(f"/v1/deliveries/{delivery['id']}/retry").status_code == 204
        until(lambda: len(listener.got) >= 4)
        client.delete(f"/v1/webhooks/{hook['id']}")
    for head, body in listener.got:
        moment, mac = (part.partition("=")[2] for part in head["X-Gouji-Signature"].split(","))
        assert hmac.new(hook["secret"].encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest() == mac
        told = json.loads(body)
        assert (told["verdict"], told["submission"], told["state"]) == ("block", found["id"], "returned")


def test_message_that_nobody_takes_is_given_up_and_listed(gate, gates, monkeypatch):
    """After the last pause its state is failed, with what was answered last."""
    monkeypatch.setattr(webhooks, "PAUSES", (0.05,))
    with gate.api("admin") as client:
        said = {"url": "http://127.0.0.1:9/closed", "campaign_id": gate.ids["campaign"]}
        hook = client.post("/v1/webhooks", json=said).json()
        gate.submit("water", gates.RIGHT)
        [delivery] = until(
            lambda: [d for d in client.get(f"/v1/webhooks/{hook['id']}/deliveries").json() if d["state"] == "failed"]
        )
        client.delete(f"/v1/webhooks/{hook['id']}")
    assert (delivery["attempts"], "ConnectError" in delivery["answer"]) == (2, True)
    with gate.service.database.read() as session:
        waiting = session.scalars(select(Delivery).where(Delivery.state == "pending", Delivery.due_at < now())).all()
    assert waiting == []


def test_metrics_count_and_name_nobody(gate, gates):
    """Requests, verdicts, times, what waits; no unit, no person, no file."""
    gate.submit("water", gates.WRONG)
    with gate.api(None) as client:
        text = client.get("/metrics").text
        assert client.get("/healthz").json()["status"] == "ok"
        assert client.get("/readyz").json()["status"] == "ready"
    assert 'gouji_verdicts_total{verdict="block"}' in text
    assert "gouji_check_seconds_count" in text
    assert 'gouji_submissions{state="returned"}' in text
    assert "gouji_jobs_waiting 0.0" in text
    assert "水利" not in text
    assert "water" not in text
