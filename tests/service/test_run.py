"""`gouji serve` and `gouji audit-trail` as an administrator meets them; backup and restore."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import fields

import httpx
import pytest

from gouji.service.core import Service
from gouji.service.settings import Limits, OpenIdConnect, SettingError, Settings


def gouji(*words, **environment) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "gouji", *map(str, words), "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=os.environ | environment)


def test_empty_folder_becomes_a_service(tools, tmp_path):
    """It makes the database, prints the address and a one-time password that signs in; the second start prints none."""
    processes, _ = tools
    data = tmp_path / "new" / "data"
    with processes.process("serve", "--data", data, "--port", 0, log=tmp_path / "log", GOUJI_SECRET="") as serve:
        url = processes.address(serve)
        password = serve.said(r"one-time password (\S+)")[1]
        with httpx.Client(base_url=url, trust_env=False) as client:
            token = re.search(r'name="csrf" value="([^"]+)"', client.get("/login").text)[1]
            answer = client.post("/login", data={"csrf": token, "login": "admin", "password": password})
            assert answer.headers["location"] == "/account/password"
        second = gouji("serve", "--data", data, "--port", 0)
        assert (second.returncode, "another gouji serve uses this folder" in second.stderr) == (2, True)
        serve.stop()
        serve.start()
        processes.address(serve)
        assert "one-time" not in (tmp_path / "log").read_text("utf-8").partition(password)[2]
    assert oct((data / "secret.key").stat().st_mode)[-3:] == "600"


def test_trail_verifies_and_shows_tampering(gate, gates, tmp_path):
    """Exit code 0 and the last digest; 1 and the place where somebody changed a row past the triggers."""
    gate.submit("water", gates.RIGHT)
    data = backup(gate, tmp_path)
    whole = gouji("audit-trail", "verify", "--data", data)
    assert whole.returncode == 0, whole.stderr
    digest = re.search(r"last digest ([0-9a-f]{64})", whole.stdout)[1]
    assert gouji("audit-trail", "verify", "--data", data, "--expect", digest).returncode == 0
    lines = gouji("audit-trail", "export", "--data", data).stdout.splitlines()
    assert json.loads(lines[-1])["digest"] == digest
    with sqlite3.connect(data / "gouji.sqlite3") as connection:
        connection.execute("DROP TRIGGER trail_no_update")
        connection.execute("UPDATE trail SET actor = 'somebody' WHERE position = 3")
    broken = gouji("audit-trail", "verify", "--data", data)
    assert (broken.returncode, "row 3 was changed" in broken.stderr) == (1, True)


def backup(gate, folder):
    """As docs/service.md says, while the service runs: the database first, then files and key, into an empty folder."""
    here, data = gate.service.settings.data, folder / "restored"
    data.mkdir()
    with sqlite3.connect(here / "gouji.sqlite3") as source, sqlite3.connect(data / "gouji.sqlite3") as target:
        source.backup(target)
    shutil.copytree(here / "files", data / "files")
    shutil.copy(here / "secret.key", data / "secret.key")
    return data


def test_restored_backup_serves_what_was_saved(gate, gates, tmp_path, tools):
    """The submission, its file and its report are there; an upload without a result at the time of the backup is checked."""
    processes, _ = tools
    found = gate.submit("water", gates.WRONG)
    data = backup(gate, tmp_path)
    with sqlite3.connect(data / "gouji.sqlite3") as connection:  # as if the backup had come a moment earlier
        connection.execute("DELETE FROM findings WHERE job_id = ?", (found["versions"][0]["job"],))
        connection.execute("DELETE FROM results WHERE job_id = ?", (found["versions"][0]["job"],))
    key = gate.service.key.decode()
    with processes.process("serve", "--data", data, "--port", 0, log=tmp_path / "log", GOUJI_SECRET=key) as serve:
        url = processes.address(serve)
        head = {"Authorization": f"Bearer {gate.tokens['water']}"}
        with httpx.Client(base_url=url, headers=head, trust_env=False, timeout=90) as client:
            path = f"/v1/submissions/{found['id']}/versions/1"
            for _ in range(3000):
                if (version := client.get(path).json())["result"]:
                    break
            assert version["result"]["verdict"] == "block"
            assert client.get(f"{path}/files/0").content == gates.WRONG
            assert "<!doctype html>" in client.get(f"/v1/jobs/{version['id']}/report").text


def test_another_key_is_refused(gate, tmp_path):
    """A service started with a key that is not the database's says so and leaves both alone."""
    data = backup(gate, tmp_path)
    service = Service(Settings(data=data, secret="another"))
    with pytest.raises(SettingError, match="not the one"):
        service.prepare()
    service.close()
    assert gouji("audit-trail", "verify", "--data", data, GOUJI_SECRET="another").returncode == 1


WRONG_STARTS = [
    (["serve", "--database", "mysql://x"], "neither sqlite"),
    (["serve", "--database", "postgresql://gouji@127.0.0.1:9/none"], "database cannot be used"),
    (["worker"], "needs --database postgresql"),
    (["audit-trail", "verify"], "there is no gouji.sqlite3"),
]


@pytest.mark.parametrize(("words", "said"), WRONG_STARTS, ids=[" ".join(w) for w, _ in WRONG_STARTS])
def test_wrong_starts_say_why(tmp_path, words, said):
    """Exit code 2 and one line, never a traceback."""
    done = gouji(*words, "--data", tmp_path / "data")
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


def test_every_setting_is_documented(root):
    """What an environment variable can set stands in docs/service.md, and nothing stands there that cannot be set."""
    page = (root / "docs" / "service.md").read_text("utf-8")
    plain = [f.name for record in (Settings, Limits) for f in fields(record) if f.name not in {"limits", "oidc"}]
    names = {f"GOUJI_{name.upper()}" for name in plain} | {"GOUJI_PROXIES", "GOUJI_TOKEN"}
    names |= {f"GOUJI_OIDC_{f.name.upper()}" for f in fields(OpenIdConnect)}
    assert set(re.findall(r"GOUJI_[A-Z_]+", page)) == names


def test_wrong_setting_is_named(tmp_path):
    """An environment variable that is no number is named with its value."""
    done = gouji("serve", "--data", tmp_path, GOUJI_FILE_BYTES="many")
    assert (done.returncode, "GOUJI_FILE_BYTES: 'many'" in done.stderr) == (2, True)
