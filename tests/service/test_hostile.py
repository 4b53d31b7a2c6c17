"""What an enemy would try: files that cost too much, names that lead elsewhere, forged requests, words that are code."""

from __future__ import annotations

import io
import socket
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from gouji.service import jobs
from gouji.service.examine import Examiner, Package
from gouji.service.files import Store, plain_name
from gouji.service.settings import Limits
from gouji.service.tables import Visit

HOSTILE_NAMES = [
    "../../etc/passwd",
    "..\\..\\windows\\system32\\config",
    "/etc/shadow",
    "a\x00b.txt",
    "\u202etxt.exe",
    "..",
    "",
    "报" * 300 + ".docx",
    "<script>alert(1)</script>.txt",
    "a\r\nSet-Cookie: x=1.txt",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_name_of_a_file_becomes_plain(name):
    """No folder, nothing invisible, not empty, not longer than a disk takes."""
    found = plain_name(name)
    assert found
    assert not set(found) & set("/\\\0\r\n\u202e")
    assert found not in {".", ".."}
    assert len(found.encode()) <= 200


@pytest.mark.parametrize("place", ["disk", "memory://gouji-tests"])
def test_store_takes_digests_and_nothing_else(tmp_path, place):
    """On disk and at another fsspec URL: kept once under the digest; an address that is no digest is not looked for."""
    store = Store(str(tmp_path / "files") if place == "disk" else place)
    store.check()
    store.put(io.BytesIO(b"abc"))
    digest, size = store.put(io.BytesIO(b"abc"))
    assert (store.get(digest), size) == (b"abc", 3)
    for wrong in ("../secret.key", "a" * 63, digest.upper(), ""):
        with pytest.raises(FileNotFoundError):
            store.open(wrong)


def test_hostile_names_are_kept_shown_and_downloaded_as_plain_ones(gate, gates, tmp_path):
    """Uploaded under such a name, a file is checked, listed and downloaded; nothing is written outside the store."""
    before = {p for p in Path("/tmp").glob("*") if p.is_file()}
    with gate.api("water") as client:
        for name in HOSTILE_NAMES[:5]:
            answer = client.post("/v1/check", files=[("files", (name, gates.RIGHT))])
            assert answer.status_code == 200, (name, answer.text)
            assert "/" not in answer.json()["files"][0]["name"]
    assert not [p for p in Path("/tmp").glob("*") if p.is_file() and p not in before and "passwd" in p.name]


def bomb() -> bytes:
    """A .docx of 40 KB whose text inflates to 40 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("word/document.xml", b"<w:document>" + b"a" * 40_000_000)
    return stream.getvalue()


def entities() -> bytes:
    """A .docx whose text is a billion laughs."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        target.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]><d>&a9;</d>')
    return stream.getvalue()


@pytest.mark.parametrize("make", [bomb, entities, lambda: b"MZ\x90\x00" + bytes(500), lambda: b"%PDF-1.7\n" + bytes(300)])
def test_bombs_and_wrong_content_are_returned_unread(gate, make):
    """A zip bomb, an XML bomb, a program, a torn PDF: each gets its verdict, and the service answers on."""
    with gate.api("water") as client:
        answer = client.post("/v1/check", files=[("files", ("报告.docx", make()))])
        assert answer.status_code == 200, answer.text
        result = answer.json()["result"]
        assert (result["verdict"], result["documents"][0]["verdict"]) == ("block", "unreadable")
        assert client.get("/v1/me").status_code == 200


@pytest.fixture
def examiner(tmp_path):
    """One worker process with little memory and time, and a file of one's own in a package."""
    small = Examiner(1, replace(Limits(), check_memory=200_000_000, check_seconds=6.0))
    yield small
    small.close()


def package(tmp_path: Path, content: bytes) -> Package:
    (tmp_path / "a.txt").write_bytes(content)
    return Package(((str(tmp_path / "a.txt"), "a.txt"),), "national", (), str(tmp_path / "archive.zip"))


def test_file_that_takes_too_much_memory_or_time_gets_a_result_that_says_so(tmp_path, examiner, gates):
    """Sixty megabytes of text in a process of 200 MB: the process may die, the result is there, and the next file is checked."""
    found = examiner.run(package(tmp_path, "一、2024年支出合计10万元，其中：甲4万元。\n".encode() * 1_200_000))
    [document] = found["zh"]["documents"]
    assert document["verdict"] == "unreadable"
    assert document["not_checked"]
    again = examiner.run(package(tmp_path, gates.RIGHT))
    assert again["zh"]["documents"][0]["verdict"] == "pass"


def test_file_that_the_store_has_lost_is_said_and_waits_for_a_reviewer(gate):
    """A job never waits for ever: without its bytes it gets a result that says so."""
    with gate.service.database.write() as session:
        job = jobs.create(session, gate.ids["water"], "auto", [jobs.Stored("报告.docx", "0" * 64, 5)])
    gate.service.queue.announce(job.id)
    with gate.api("water") as client:
        while (found := client.get(f"/v1/jobs/{job.id}").json())["result"] is None:
            time.sleep(0.05)
    assert found["result"]["verdict"] == "review"
    assert "文件库" in found["result"]["documents"][0]["not_checked"][0]["why"]["zh"]


def raw(gate, head: str, body: bytes = b"") -> bytes:
    """Bytes past every library, and what comes back."""
    host, port = gate.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
            if b"}}" in answer or b"</html>" in answer:
                break
    return answer


def test_too_large_an_upload_is_refused_before_its_body_is_read(gate):
    """By its declared length: the answer comes although not one byte of the body was sent."""
    token = gate.tokens["water"]
    head = f"POST /v1/check HTTP/1.1\nHost: x\nAuthorization: Bearer {token}\nContent-Type: multipart/form-data; boundary=b\n"
    answer = raw(gate, head + "Content-Length: 9000000000")
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"too-large"' in answer


def test_too_large_an_upload_without_a_length_is_cut_off(gate):
    """Sent in chunks it is read no further than the limit."""
    token = gate.tokens["water"]

    def chunks():
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        for _ in range(60):
            yield bytes(200_000)

    head = {"Content-Type": "multipart/form-data; boundary=b", "Authorization": f"Bearer {token}"}
    with gate.api(None) as client:
        answer = client.post("/v1/check", content=chunks(), headers=head)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")


def test_one_file_too_large_too_many_or_empty_is_refused_by_name(gate, gates):
    """Limits on a file, on their number, and no empty ones."""
    with gate.api("water") as client:
        large = client.post("/v1/check", files=[("files", ("大.txt", bytes(2_000_001)))])
        assert (large.status_code, "大.txt" in large.json()["error"]["message"]) == (413, True)
        many = client.post("/v1/check", files=[("files", (f"{n}.txt", gates.RIGHT)) for n in range(21)])
        assert many.status_code == 413
        empty = client.post("/v1/check", files=[("files", ("空.txt", b""))])
        assert (empty.status_code, "空.txt" in empty.json()["error"]["message"]) == (422, True)


def test_tokens_end_at_once_and_cannot_grow(gate):
    """A revoked token, a wrong one, and one that asks for more than it has."""
    with gate.api("water") as client:
        made = client.post("/v1/tokens", json={"name": "pipeline", "scopes": ["check", "admin"]}).json()
        gate.tokens["narrow"] = made["token"]
        with gate.api("narrow") as narrow:
            assert narrow.post("/v1/tokens", json={"name": "x", "scopes": ["submit"]}).status_code == 403
            assert narrow.get("/v1/submissions").status_code == 403
            assert client.delete(f"/v1/tokens/{made['id']}").status_code == 204
            assert narrow.post("/v1/check").status_code == 401
    with gate.service.database.read() as session:
        kept = "".join(v.digest for v in session.query(Visit))
    assert made["token"] not in kept


def test_secrets_do_not_stand_in_the_database(gate):
    """Neither tokens nor passwords can be read from a stolen copy."""
    data = b"".join(p.read_bytes() for p in gate.service.settings.data.glob("gouji.sqlite3*"))
    for token in gate.tokens.values():
        assert token.encode() not in data
    assert gate.service.key not in data
