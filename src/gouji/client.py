"""A client of the upload gate's API. Needs the extra `gouji[client]`.

from gouji.client import Client

with Client("http://127.0.0.1:8040", token) as gate:
    check = gate.check(["report.docx"])
    print(check.verdict, check.errors)
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

_TRIES = 4
_AGAIN = {429, 502, 503, 504}


class GateError(Exception):
    """An answer that is no success. `code` is the envelope's; connection means that there was no answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{message} ({code})")
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding, as far as programs ask for it; `raw` is the whole answer."""

    code: str
    name: str
    severity: str
    message_zh: str
    message_en: str
    fingerprint: str
    waived: str | None
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `verdict` None: not done yet."""

    id: str
    verdict: str | None
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    findings: tuple[Finding, ...] = ()
    reasons_zh: tuple[str, ...] = ()
    reasons_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission: its state, and number and job of its newest version."""

    id: int
    state: str
    version: int
    job: str


class Client:
    """Talks to one service. Every request that changes something carries an idempotency key, so that trying again is safe."""

    def __init__(self, server: str, token: str, *, timeout: float = 60.0) -> None:
        head = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=server.rstrip("/"), headers=head, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def check(self, paths: Sequence[Path | str], profile: str = "auto", *, wait: float = 300.0) -> Check:
        """Have a package checked, and wait for the verdict."""
        answer = self._send("/v1/check", paths, data={"profile": profile})
        return self.wait(answer["id"], wait) if answer["result"] is None else _check(answer)

    def submit(self, campaign: int, paths: Sequence[Path | str]) -> Submission:
        """Hand a package in for the unit of the token's person."""
        answer = self._send(f"/v1/campaigns/{campaign}/submissions", paths)
        newest = answer["versions"][-1]
        return Submission(answer["id"], answer["state"], newest["number"], newest["job"])

    def job(self, identity: str) -> Check:
        """A check as it stands."""
        return _check(self.get(f"/v1/jobs/{identity}"))

    def wait(self, identity: str, seconds: float = 300.0) -> Check:
        """The check once it is done; as it stands when the time is over."""
        pause, deadline = 0.1, time.monotonic() + seconds
        while (found := self.job(identity)).verdict is None and time.monotonic() + pause < deadline:
            time.sleep(pause)
            pause = min(pause * 1.5, 3.0)
        return found

    def get(self, path: str, **params: Any) -> Any:
        """Any other address of the API."""
        return self._ask("GET", path, params=params).json()

    def _send(self, path: str, paths: Iterable[Path | str], data: Mapping[str, str] | None = None) -> Any:
        key = {"Idempotency-Key": uuid.uuid4().hex}
        with ExitStack() as opened:
            streams = [("files", (Path(p).name, opened.enter_context(Path(p).open("rb")))) for p in paths]
            return self._ask("POST", path, files=streams, data=data, headers=key).json()

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        for left in range(_TRIES - 1, -1, -1):
            try:
                answer = self._http.request(method, path, **more)
            except httpx.InvalidURL as error:
                raise GateError(0, "connection", str(error)) from error
            except httpx.TransportError as error:
                if not left:
                    raise GateError(0, "connection", f"{type(error).__name__}: {error}") from error
            else:
                if answer.status_code not in _AGAIN or not left:
                    return _checked(answer)
            for _, (_, stream) in more.get("files", ()):
                stream.seek(0)
            time.sleep(0.5 * 2 ** (_TRIES - 1 - left))
        raise AssertionError


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    try:
        said = answer.json()["error"]
        raise GateError(answer.status_code, said["code"], said["message"])
    except (ValueError, KeyError, TypeError) as error:
        raise GateError(answer.status_code, "unknown", answer.reason_phrase) from error


def _check(answer: Mapping[str, Any]) -> Check:
    result = answer["result"]
    if result is None:
        return Check(answer["id"], None)
    findings = tuple(
        Finding(
            code=f["code"],
            name=f["name"],
            severity=f["severity"],
            message_zh=f["message"]["zh"],
            message_en=f["message"]["en"],
            fingerprint=f["fingerprint"],
            waived=f["waived"],
            raw=f,
        )
        for f in result["findings"]
    )
    return Check(
        id=answer["id"],
        verdict=result["verdict"],
        errors=result["errors"],
        warnings=result["warnings"],
        notices=result["notices"],
        findings=findings,
        reasons_zh=tuple(r["zh"] for r in result["reasons"]),
        reasons_en=tuple(r["en"] for r in result["reasons"]),
    )
