"""`gouji summary`."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import click

from gouji.cli.check import deliver, say
from gouji.cli.writers import stdout
from gouji.engine import gate
from gouji.engine.installed import points
from gouji.model.text import Text

GROUP = "gouji.summaries"


def run(folder: Path, output: Path | None, lang: str) -> int:
    """Write the page over a finished batch."""
    try:
        from gouji.batch.store import Store, StoreError
    except ModuleNotFoundError as error:
        message = Text(f"缺少 {error.name}：请安装 gouji[batch]", f"{error.name} is missing: install gouji[batch]")
        raise click.UsageError(message.get(lang)) from error
    writer = next(point for point in points(GROUP) if point.name == "html").load()
    store = Store(folder)
    try:
        note = store.note()
    except StoreError as error:
        say(Text(f"批次不可用：{error}", f"the batch cannot be used: {error}"), lang)
        return gate.USAGE
    target = output or folder / "summary.html"
    if str(target) == "-":
        return deliver(lambda *_: writer.write(store.tables, note, stdout(), reports="reports", lang=lang), "-", lang)
    reports = quote(os.path.relpath(store.reports, target.parent).replace(os.sep, "/"))
    try:
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        with beside.open("w", encoding="utf-8", newline="") as stream:
            writer.write(store.tables, note, stream, reports=reports, lang=lang)
        beside.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        say(Text(f"{target}：无法写入（{reason}）", f"{target}: cannot be written ({reason})"), lang)
        return gate.USAGE
    click.echo(str(target))
    return gate.OK
