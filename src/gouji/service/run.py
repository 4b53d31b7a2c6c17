"""`gouji serve`, `gouji worker`, `gouji audit-trail`."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from gouji.engine.gate import FINDINGS, OK, USAGE
from gouji.model.text import Text
from gouji.service import trail
from gouji.service.database import Database
from gouji.service.settings import SettingError, Settings


def serve(*, data: Path, database: str | None, files: str | None, host: str, port: int, workers: int, lang: str) -> int:
    """Run the service until it is told to stop."""
    import uvicorn

    from gouji.service.core import FIRST, Service
    from gouji.service.web.app import create

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    with _faults_told(lang):
        settings = Settings.from_environment(data=data, database=database, files=files, workers=workers)
        service = Service(settings)
        password = service.prepare()
        listener = socket.create_server((host, port), backlog=512)
        address = f"http://{host}:{listener.getsockname()[1]}"
        _say(Text(f"勾稽审核服务：{address}", f"gouji serves at {address}"), lang)
        if password is not None:
            _say(
                Text(
                    f"首位管理员 {FIRST}，一次性密码 {password}", f"first administrator {FIRST}, one-time password {password}"
                ),
                lang,
            )
        if settings.on_postgresql:
            _say(Text("检查由 gouji worker 完成，请另行启动", "checks are done by gouji worker; start one beside this"), lang)
        forwarded = os.environ.get("GOUJI_PROXIES", "127.0.0.1")
        config = uvicorn.Config(
            create(service),
            log_level="warning",
            timeout_graceful_shutdown=5,
            forwarded_allow_ips=forwarded,
            server_header=False,
        )
        uvicorn.Server(config).run(sockets=[listener])
    return OK


def worker(*, data: Path, database: str | None, files: str | None, workers: int, lang: str) -> int:
    """Take jobs from PostgreSQL until told to stop."""
    from gouji.service.core import Service
    from gouji.service.queue import work

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    with _faults_told(lang):
        settings = Settings.from_environment(data=data, database=database, files=files, workers=workers)
        if not settings.on_postgresql:
            raise SettingError("gouji worker needs --database postgresql://…; on SQLite gouji serve does the checks itself")
        service = Service(settings)
        service.prepare(first=False)
        service.examiner.warm()
        _say(Text("等待检查任务", "waiting for checks to do"), lang)
        try:
            asyncio.run(work(service.database, service.perform, workers))
        finally:
            service.close()
    return OK


def verify(*, data: Path, database: str | None, files: str | None, expect: str | None, lang: str) -> int:
    """Say whether the trail is whole; its last digest, to be noted down."""
    with _faults_told(lang), _opened(data, database, files) as (found, settings), found.read() as session:
        result = trail.verify(session, settings.key, expect)
    if result.fault is not None:
        _say(Text(f"审计轨迹已破坏：{result.fault}", f"the audit trail is broken: {result.fault}"), lang)
        return FINDINGS
    said = Text(
        f"审计轨迹完好：{result.rows} 行，末行摘要 {result.head}",
        f"the audit trail is whole: {result.rows} rows, last digest {result.head}",
    )
    click.echo(said.get(lang))
    return OK


def export(*, data: Path, database: str | None, files: str | None, lang: str) -> int:
    """The trail to standard output."""
    with _faults_told(lang), _opened(data, database, files) as (found, _), found.read() as session:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        for line in trail.export(session):
            sys.stdout.write(line)
    return OK


@contextmanager
def _opened(data: Path, database: str | None, files: str | None) -> Iterator[tuple[Database, Settings]]:
    settings = Settings.from_environment(data=data, database=database, files=files)
    if not settings.on_postgresql and not Path(settings.database_url.removeprefix("sqlite:///")).is_file():
        raise SettingError(f"{data}: there is no gouji.sqlite3")
    if not settings.secret and not (data / "secret.key").is_file():
        raise SettingError(f"{data}: there is no secret.key, and GOUJI_SECRET is not set")
    found = Database(settings.database_url)
    try:
        yield found, settings
    finally:
        found.close()


@contextmanager
def _faults_told(lang: str) -> Iterator[None]:
    try:
        yield
    except (SettingError, OSError, RuntimeError) as error:
        _say(Text(f"无法启动：{error}", f"cannot start: {error}"), lang)
        raise SystemExit(USAGE) from error
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        _say(Text(f"数据库无法使用：{reason}", f"the database cannot be used: {reason}"), lang)
        raise SystemExit(USAGE) from error


def _say(text: Text, lang: str) -> None:
    click.echo(f"gouji: {text.get(lang)}", err=True)
