"""`gouji check`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import click

from gouji.cli import hush, writers
from gouji.engine import catalogue, gate, profiles, runner, waivers
from gouji.engine import writers as formats
from gouji.engine.packs import PackError
from gouji.engine.profiles import ProfileError
from gouji.engine.sources import Sources, gather
from gouji.engine.waivers import Waiver, WaiverError
from gouji.model.profile import Profile
from gouji.model.record import record
from gouji.model.result import AuditResult
from gouji.model.text import Text
from gouji.model.writer import BinaryWriter, WriterError

_SHOWN = 8  # names of skipped files in one line


@record(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    paths: tuple[Path, ...]
    form: str = "console"
    output: str = "-"
    fail_on: str = "error"
    profile: str = "auto"
    lang: str = "zh"
    waivers: Path | None = None
    jobs: int = 1
    package: Path | None = None
    actuals: Path | None = None
    actuals_map: Path | None = None
    min_coverage: float = 0.0


def run(order: Order) -> int:
    """Check, write, and give the exit code."""
    try:
        profile = profiles.load(order.profile, catalogue.load())
        waived = waivers.load(order.waivers) if order.waivers else ()
    except PackError as error:
        say(Text(f"检查包无法使用：{error}", f"a pack of checks cannot be used: {error}"), order.lang)
        return gate.CRASHED
    except (ProfileError, WaiverError) as error:
        raise click.UsageError(str(error)) from error
    put = _put(order)
    if order.package is not None or order.actuals is not None:
        from gouji.cli.package import collect

        return _finish(put, order, waived, *collect(order, profile, waived))
    if not order.paths:
        raise click.UsageError(
            Text("请给出文件、目录，或 --package", "name files, directories, or a --package").get(order.lang)
        )
    sources = gather(order.paths)
    announce(sources, order.lang)
    if not sources.files:
        say(Text("没有可检查的文件", "there is nothing to check"), order.lang)
        return gate.USAGE
    spare(order, sources.files)
    return _finish(put, order, waived, _audit(order, sources, profile, waived), bool(sources.missing))


def spare(order: Order, files: Iterable[Path]) -> None:
    """Refuse to write over one of the files to check."""
    if order.output != "-" and writers.clashes(Path(order.output), files):
        raise click.UsageError(
            Text(f"输出文件 {order.output} 是被检查的文件", f"{order.output} is one of the files to check").get(order.lang)
        )


def _finish(
    put: Callable[[AuditResult, str, str], None],
    order: Order,
    waived: tuple[Waiver, ...],
    result: AuditResult | None,
    missing: bool,
) -> int:
    """Say what is left to say, write the result, and give the exit code."""
    if result is None:
        return gate.USAGE
    result = gate.hold_below(result, order.min_coverage)
    code = max(gate.exit_code(result, order.fail_on), gate.USAGE if missing else gate.OK)
    for text in waivers.leftovers(waived, result.documents, date.today()):
        say(text, order.lang)
    return max(code, deliver(partial(put, result), order.output, order.lang))


def _put(order: Order) -> Callable[[AuditResult, str, str], None]:
    """What writes a result in the format asked for."""
    writer = formats.find(order.form)
    if writer is None:
        known = ", ".join(formats.names())
        raise click.UsageError(
            Text(f"没有输出格式 {order.form}；现有：{known}", f"no format {order.form}; known: {known}").get(order.lang)
        )
    if not isinstance(writer, BinaryWriter):
        return partial(writers.text, writer)
    if order.output == "-" and sys.stdout is not None and sys.stdout.isatty():
        said = Text(f"格式 {order.form} 不能写到终端，请用 --output", f"{order.form} cannot go to a terminal; use --output")
        raise click.UsageError(said.get(order.lang))
    return partial(writers.binary, writer)


def announce(sources: Sources, lang: str) -> None:
    """Name the paths that are missing and what was passed over."""
    for path in sources.missing:
        say(Text(f"{path}：没有这个文件或目录", f"{path}: no such file or directory"), lang)
    reasons: dict[str, list[str]] = {}
    for item in sources.skipped:
        reasons.setdefault(item.why.get(lang), []).append(item.what.get(lang))
    for why, names in reasons.items():
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        say(Text(f"略过 {len(names)} 项（{why}）：{shown}", f"skipped {len(names)} ({why}): {shown}"), lang)


def _audit(order: Order, sources: Sources, profile: Profile, waived: tuple[Waiver, ...]) -> AuditResult:
    with progress(len(sources.files), order.lang) as shown:
        return runner.audit(sources.files, profile, waived=waived, jobs=order.jobs, progress=shown)


def deliver(put: writers.Put, output: str, lang: str) -> int:
    """Write, and give the exit code: what cannot be written is named, with the reason."""
    try:
        put(output, lang)
    except BrokenPipeError:
        hush()
    except WriterError as error:
        say(error.reason, lang)
        return gate.USAGE
    except OSError as error:
        reason = error.strerror or str(error)
        say(Text(f"{output}：无法写入（{reason}）", f"{output}: cannot be written ({reason})"), lang)
        return gate.USAGE
    return gate.OK


@contextmanager
def progress(count: int, lang: str) -> Iterator[runner.Progress | None]:
    """A bar on standard error, from two files up and only for a person who watches."""
    if count < 2 or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console  # costs start-up time
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text("检查", "checking").get(lang), total=count)
        yield lambda _: bar.advance(task)


def say(text: Text, lang: str) -> None:
    """A message on standard error."""
    click.echo(f"gouji: {text.get(lang)}", err=True)
