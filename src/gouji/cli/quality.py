"""`gouji quality`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gouji.cli.check import say
from gouji.engine import catalogue, gate
from gouji.engine.packs import PackError
from gouji.model.text import Text

if TYPE_CHECKING:
    from gouji.quality.run import Fault
    from gouji.quality.suite import Suite

_SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "notice": Text("提示", "notice")}
_BATCH = Text("整批", "the batch")
_DOCS = "quality"
_RESULT = "quality.json"


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    folder: Path
    suites: tuple[str, ...] = ()
    roster: Path | None = None
    last: Path | None = None
    fail_on: str = "error"
    lang: str = "zh"


def run(order: Order) -> int:
    """Judge a finished batch, leave Data Docs and quality.json beside its tables, and give the exit code."""
    from gouji.quality.suite import SuiteError

    try:
        return _run(order)
    except SuiteError as error:
        raise click.UsageError(str(error)) from error
    except PackError as error:
        say(Text(f"检查包无法使用：{error}", f"a pack of checks cannot be used: {error}"), order.lang)
        return gate.CRASHED
    except ModuleNotFoundError as error:
        message = Text(f"缺少 {error.name}：请安装 gouji[quality]", f"{error.name} is missing: install gouji[quality]")
        raise click.UsageError(message.get(order.lang)) from error


def _run(order: Order) -> int:
    from gouji.batch.store import Store, StoreError
    from gouji.quality.run import exit_code, judge

    suites = _chosen(order)
    store = Store(order.folder)
    last = Store(order.last) if order.last else None
    try:
        for batch in filter(None, (store, last)):
            batch.note()
    except StoreError as error:
        say(Text(f"批次不可用：{error}", f"the batch cannot be used: {error}"), order.lang)
        return gate.USAGE
    docs = order.folder / _DOCS
    faults = judge(store.tables, suites, roster=order.roster, last=last.tables if last else None, docs=docs)
    _tell(faults, suites, order.lang)
    _keep(faults, suites, order.folder / _RESULT, order.lang)
    click.echo(Text(f"详见 {docs / 'index.html'}", f"see {docs / 'index.html'}").get(order.lang))
    return exit_code(faults, order.fail_on)


def _chosen(order: Order) -> list[Suite]:
    """The suites named, or without a name every one whose needs are given."""
    from gouji.quality.suite import SuiteError, load

    known = catalogue.load().suites
    given = {"roster": order.roster, "last": order.last}
    found = [load(word, known) for word in order.suites or sorted(known)]
    for suite in found:
        if order.suites and suite.needs and given[suite.needs] is None:
            raise SuiteError(f"{suite.name}: needs --{suite.needs}")
        if suite.needs and given[suite.needs] is None:
            said = Text(f"未执行 {suite.name}：需要 --{suite.needs}", f"{suite.name} not run: it needs --{suite.needs}")
            say(said, order.lang)
    return [suite for suite in found if suite.needs is None or given[suite.needs] is not None]


def _tell(faults: Iterable[Fault], suites: Iterable[Suite], lang: str) -> None:
    count = 0
    for fault in faults:
        count += 1
        subject = fault.subject or _BATCH.get(lang)
        value = f" [{fault.value}]" if fault.value else ""
        click.echo(f"{_SEVERITY[fault.severity.value].get(lang)} {fault.id} {subject}: {fault.said.get(lang)}{value}")
    asked = sum(len(s.expectations) for s in suites)
    click.echo(Text(f"{asked} 项要求，{count} 处不符", f"{asked} expectations, {count} faults").get(lang))


def _keep(faults: Iterable[Fault], suites: Iterable[Suite], target: Path, lang: str) -> None:
    data = {
        "schema_version": "1",
        "suites": [{"name": s.name, "expectations": [e.id for e in s.expectations]} for s in suites],
        "faults": [
            {
                "suite": f.suite,
                "id": f.id,
                "severity": f.severity.value,
                "subject": f.subject,
                "message": f.said.get(lang),
                "value": f.value,
                "failed": f.failed,
            }
            for f in faults
        ],
    }
    beside = target.with_name(f".{target.name}")
    beside.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
    beside.replace(target)
