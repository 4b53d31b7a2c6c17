"""Uploads: bytes counted before and while they come, files kept, answers given once for each idempotency key."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from fastapi import UploadFile
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gouji.model.text import Text
from gouji.service.access import Actor
from gouji.service.core import Service
from gouji.service.faults import Fault, Invalid, TooLarge
from gouji.service.files import plain_name
from gouji.service.jobs import Stored
from gouji.service.tables import Replay, Result, now

_REMEMBERED = timedelta(days=7)  # how long an idempotency key is known
_FORM_BYTES = 2 * 1024 * 1024  # of a request without files


class BodyLimit:
    """Refuses a body by its declared length before a byte of it is read, and one without a length once it is too long."""

    def __init__(self, app: ASGIApp, limit: int, refuse: Callable[[Scope, Fault], ASGIApp]) -> None:
        self._app, self._limit, self._refuse = app, limit, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        multipart = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
        limit = self._limit if multipart else _FORM_BYTES
        declared = headers.get(b"content-length", b"")
        if declared.isdigit() and int(declared) > limit:
            await self._refuse(scope, too_large(limit))(scope, receive, send)
            return
        await self._counted(scope, receive, send, limit)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise HTTPException(TooLarge.status)  # the one kind that passes the readers of forms unchanged
            return message

        await self._app(scope, counted, send)


def too_large(limit: int) -> TooLarge:
    """An upload beyond so many bytes."""
    megabytes = limit // 1024 // 1024
    return TooLarge(Text(f"上传超过 {megabytes} MB", f"the upload is larger than {megabytes} MB"), limit=limit)


def keep(service: Service, uploads: Sequence[UploadFile]) -> list[Stored]:
    """Put uploaded files into the store. Nothing is looked at: that is for a worker process."""
    limits = service.settings.limits
    if not uploads:
        raise Invalid(Text("没有文件", "there is no file"))
    if len(uploads) > (most := limits.upload_files):
        raise TooLarge(Text(f"一次最多 {most} 个文件", f"at most {most} files at once"), limit=most)
    stored = []
    for upload in uploads:
        name = plain_name(upload.filename or "")
        if (upload.size or 0) > limits.file_bytes:
            limit = limits.file_bytes
            said = Text(f"“{name}”超过 {limit // 1024 // 1024} MB", f"“{name}” is larger than {limit // 1024 // 1024} MB")
            raise TooLarge(said, limit=limit)
        if not upload.size:
            raise Invalid(Text(f"“{name}”是空文件", f"“{name}” is empty"))
    for upload in uploads:
        digest, size = service.store.put(upload.file)
        stored.append(Stored(plain_name(upload.filename or ""), digest, size))
    return stored


def once(
    service: Service, actor: Actor, key: str | None, asked: Sequence[object], make: Callable[[Session], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """The answer, and whether it is one given before. With a key, effect and answer are one transaction: asked again, the
    effect does not happen again, whatever happened to the first answer on its way.
    """
    request = hashlib.sha256(json.dumps(asked, ensure_ascii=True, default=str).encode()).hexdigest()
    for last in (False, True):
        try:
            with service.database.write() as session:
                if key is not None and (known := session.get(Replay, (actor.id, key))) is not None:
                    if known.request != request:
                        said = Text("此幂等键已用于另一请求", "this idempotency key was used for another request")
                        raise Invalid(said, code="idempotency-key-reused")
                    return dict(known.answer), True
                answer = make(session)
                if key is not None:
                    old = delete(Replay).where(Replay.person_id == actor.id, Replay.created_at < now() - _REMEMBERED)
                    session.execute(old)
                    session.add(Replay(person_id=actor.id, key=key, request=request, answer=answer))
            return answer, False
        except IntegrityError:  # somebody else wrote the same key, or the same first submission, a moment ago
            if last:
                raise
    raise AssertionError


async def wait_for(service: Service, identity: str, seconds: float) -> bool:
    """Whether a job has its result within so many seconds."""
    pause, deadline = 0.03, asyncio.get_running_loop().time() + seconds
    while not await run_in_threadpool(_done, service, identity):
        if asyncio.get_running_loop().time() + pause > deadline:
            return False
        await asyncio.sleep(pause)
        pause = min(pause * 1.3, 0.4)
    return True


def _done(service: Service, identity: str) -> bool:
    with service.database.read() as session:
        return session.get(Result, identity) is not None
