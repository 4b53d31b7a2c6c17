"""`gouji waive`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from gouji.engine import gate, runner, stored, waivers
from gouji.engine.stored import StoredError
from gouji.engine.waivers import Waiver, WaiverError
from gouji.model.result import DocumentResult, Finding
from gouji.model.text import Text


def run(fingerprint: str, reason: str, by: str, until: datetime | None, file: Path, where: Path | None, lang: str) -> int:
    """Enter a waiver into a file. Nothing is written unless the file stays one that can be read."""
    today = date.today()
    try:
        finding = _described(fingerprint, where, lang) if where else None
        waiver = Waiver(fingerprint.strip(), reason.strip(), until.date() if until else None, by.strip(), today, finding)
        waivers.add(file, waiver, today)
    except (StoredError, WaiverError) as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        said = error.strerror or str(error)
        raise click.UsageError(Text(f"{file}：无法写入（{said}）", f"{file}: cannot be written ({said})").get(lang)) from error
    click.echo(Text(f"已记入 {file}：{fingerprint}", f"entered into {file}: {fingerprint}").get(lang))
    return gate.OK


def _described(fingerprint: str, where: Path, lang: str) -> str:
    """Code and message of the finding; an error where no finding has that fingerprint."""
    if not where.is_file():
        raise WaiverError(Text(f"{where}：没有这个文件", f"{where}: no such file").get(lang))
    documents = stored.load(where).documents if stored.is_stored(where) else (runner.audit_file(where),)
    for document in documents:
        for finding in document.findings:
            if finding.fingerprint == fingerprint.strip():
                return _line(document, finding, lang)
    said = Text(
        f"{where}：没有指纹为 {fingerprint} 的问题；未读的页面和出错的检查不能豁免",
        f"{where}: no finding has the fingerprint {fingerprint}; unread pages and crashed checks cannot be waived",
    )
    raise WaiverError(said.get(lang))


def _line(document: DocumentResult, finding: Finding, lang: str) -> str:
    return f"{Path(document.path).name} {finding.code} {finding.message.get(lang)}"
