"""`gouji diff`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from gouji.cli import check, writers
from gouji.engine import catalogue, gate, profiles, runner, stored, waivers
from gouji.engine import writers as formats
from gouji.engine.diff import compare
from gouji.engine.packs import PackError
from gouji.engine.profiles import ProfileError
from gouji.engine.sources import gather
from gouji.engine.stored import StoredError
from gouji.engine.waivers import WaiverError
from gouji.model.comparison import Change, Comparison
from gouji.model.result import AuditResult
from gouji.model.text import Text


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    old: Path
    new: Path
    form: str = "console"
    output: str = "-"
    fail_on: str = "new"
    profile: str = "auto"
    lang: str = "zh"
    waivers: Path | None = None
    jobs: int = 1


def run(order: Order) -> int:
    """Check both versions (or take a stored result as it is), compare, write, and give the exit code."""
    writer = formats.find_comparison(order.form)
    if writer is None:
        known = ", ".join(formats.names(formats.COMPARISONS))
        raise click.UsageError(
            Text(f"没有输出格式 {order.form}；现有：{known}", f"no format {order.form}; known: {known}").get(order.lang)
        )
    for path in (order.old, order.new):
        if not path.exists():
            raise click.UsageError(Text(f"{path}：没有这个文件或目录", f"{path}: no such file or directory").get(order.lang))
        if order.output != "-" and writers.clashes(Path(order.output), [path]):
            said = Text(f"输出文件 {order.output} 是被比较的文件", f"{order.output} is one of the files to compare")
            raise click.UsageError(said.get(order.lang))
    try:
        old, new = _result(order.old, order), _result(order.new, order)
    except PackError as error:
        check.say(Text(f"检查包无法使用：{error}", f"a pack of checks cannot be used: {error}"), order.lang)
        return gate.CRASHED
    except (ProfileError, WaiverError, StoredError) as error:
        raise click.UsageError(str(error)) from error
    comparison = compare(old, new)
    return max(
        _exit_code(comparison, new, order.fail_on),
        check.deliver(partial(writers.text, writer, comparison), order.output, order.lang),
    )


def _result(path: Path, order: Order) -> AuditResult:
    if stored.is_stored(path):
        return stored.load(path)
    profile = profiles.load(order.profile, catalogue.load())
    waived = waivers.load(order.waivers) if order.waivers else ()
    sources = gather([path])
    check.announce(sources, order.lang)
    with check.progress(len(sources.files), order.lang) as shown:
        return runner.audit(sources.files, profile, waived=waived, jobs=order.jobs, progress=shown)


def _exit_code(comparison: Comparison, new: AuditResult, fail_on: str) -> int:
    """1: a finding of the new version that is new (or open at all) and not waived; 3 and 4 as of `gouji check`."""
    classes = {"new": {Change.NEW}, "open": set(Change) - {Change.FIXED}, "never": set()}[fail_on]
    still = any(c.change in classes for d in comparison.documents for c in d.open)
    return max(gate.exit_code(new, "never"), gate.FINDINGS if still else gate.OK)
