"""`gouji batch`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import click

from gouji.cli.check import announce, say
from gouji.engine import catalogue, gate, profiles, writers
from gouji.engine.packs import PackError
from gouji.engine.profiles import ProfileError
from gouji.engine.sources import Sources
from gouji.model.profile import Profile
from gouji.model.text import Text
from gouji.model.writer import BinaryWriter, Writer

NO_REPORT = "none"
_EVERY = 10.0  # seconds between lines of progress where nobody watches a terminal


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    paths: tuple[Path, ...]
    out: Path
    report: str = "html"
    fail_on: str = "error"
    profile: str = "auto"
    lang: str = "zh"
    jobs: int | None = None
    cluster: str | None = None
    cache: Path | None = None


def run(order: Order) -> int:
    """Judge the batch and give the exit code."""
    try:
        profile = profiles.load(order.profile, catalogue.load())
    except PackError as error:
        say(Text(f"检查包无法使用：{error}", f"a pack of checks cannot be used: {error}"), order.lang)
        return gate.CRASHED
    except ProfileError as error:
        raise click.UsageError(str(error)) from error
    writer = _writer(order)
    try:
        return _run(order, profile, writer)
    except ModuleNotFoundError as error:
        extra = "cluster" if error.name == "distributed" else "batch"
        message = Text(f"缺少 {error.name}：请安装 gouji[{extra}]", f"{error.name} is missing: install gouji[{extra}]")
        raise click.UsageError(message.get(order.lang)) from error
    except OSError as error:
        where, reason = error.filename or order.out, error.strerror or str(error)
        say(Text(f"{where}：无法写入（{reason}）", f"{where}: cannot be written ({reason})"), order.lang)
        return gate.USAGE


def _run(order: Order, profile: Profile, writer: Writer | None) -> int:
    from gouji.batch import inputs
    from gouji.batch.crew import CrewError
    from gouji.batch.run import exit_code
    from gouji.batch.run import run as run_batch
    from gouji.batch.store import Store

    found = inputs.find(order.paths)
    announce(Sources((), found.missing, found.skipped), order.lang)
    if not found.items:
        say(Text("没有可检查的文件", "there is nothing to check"), order.lang)
        return gate.USAGE
    store = Store(order.out, order.cache)
    try:
        with _crew(order) as crew, _progress(len(found.items), order.lang) as progress:
            note = run_batch(found, store, crew, profile, writer=writer, lang=order.lang, progress=progress, own_process=True)
    except CrewError as error:
        say(Text(f"集群无法使用：{error}", f"the cluster cannot be used: {error}"), order.lang)
        return gate.CRASHED
    counts = note["verdicts"]
    click.echo(
        Text(
            f"{note['documents']} 份：通过 {counts['pass']}，待复核 {counts['review']}，退回 {counts['block']}，"
            f"无法读取 {counts['unreadable']}；略过 {note['skipped']} 项。结果在 {order.out}",
            f"{note['documents']} documents: pass {counts['pass']}, review {counts['review']}, block {counts['block']}, "
            f"unreadable {counts['unreadable']}; skipped {note['skipped']}. Results in {order.out}",
        ).get(order.lang)
    )
    return max(exit_code(store, note["parts"], order.fail_on), gate.USAGE if found.missing else gate.OK)


def _writer(order: Order) -> Writer | None:
    if order.report == NO_REPORT:
        return None
    writer = writers.find(order.report)
    if writer is None or isinstance(writer, BinaryWriter):
        known = ", ".join([*writers.names(), NO_REPORT])
        message = Text(f"没有报告格式 {order.report}；现有：{known}", f"no report format {order.report}; known: {known}")
        raise click.UsageError(message.get(order.lang))
    return writer


def _crew(order: Order) -> AbstractContextManager[Any]:
    from gouji.batch import crew

    return crew.cluster(order.cluster) if order.cluster else crew.processes(order.jobs or crew.available())


@contextmanager
def _progress(total: int, lang: str) -> Iterator[Any]:
    """Done, rate and time left on standard error: a line that is written over at a terminal, else one every ten seconds."""
    begun = shown = monotonic()
    watched = sys.stderr.isatty()

    def show(done: int, cached: int) -> None:
        nonlocal shown
        now = monotonic()
        if now - shown < (0.2 if watched else _EVERY) and not (watched and done == total):
            return
        shown = now
        click.echo(("\r\x1b[K" if watched else "") + _line(done, cached, total, now - begun, lang), err=True, nl=not watched)

    yield show
    if watched:
        click.echo("\r\x1b[K", err=True, nl=False)


def _line(done: int, cached: int, total: int, seconds: float, lang: str) -> str:
    """Rate and time left count the documents that were judged: those of the cache cost next to nothing."""
    rate = (done - cached) / seconds if seconds else 0.0
    left = f"{(total - done) / rate:.0f}" if rate else "?"
    return Text(
        f"gouji: {done}/{total} 份（缓存 {cached}）· 每秒 {rate:.1f} 份 · 约剩 {left} 秒",
        f"gouji: {done}/{total} documents ({cached} from the cache) · {rate:.1f} a second · about {left} s left",
    ).get(lang)
