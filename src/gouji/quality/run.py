"""Suites over a batch: a checkpoint of Great Expectations, its Data Docs, and the faults as a list.

An expectation that could not run is a failure, never a success: wrong SQL, a column that is not there, a view without a value
to judge. Nothing is sent anywhere: the library's reporting of its own use is off before it is imported.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.engine import gate
from gouji.model.result import Severity
from gouji.model.text import Text
from gouji.quality.docs import finish, site
from gouji.quality.suite import Expectation, Suite
from gouji.quality.views import Views, opened

_GRAVITY = {Severity.ERROR: "critical", Severity.WARNING: "warning", Severity.NOTICE: "info"}
_RESULT = {"result_format": "COMPLETE", "unexpected_index_column_names": ["subject"], "include_unexpected_rows": False}


@dataclass(frozen=True, slots=True)
class Fault:
    """An expectation that a row of its view, or the whole of it, does not meet; `failed` where it could not run."""

    suite: str
    id: str
    severity: Severity
    subject: str  # "" for the batch as a whole
    said: Text
    value: str
    failed: bool = False


def judge(
    tables: Path, suites: Sequence[Suite], *, roster: Path | None = None, last: Path | None = None, docs: Path | None = None
) -> list[Fault]:
    """The faults of a batch by these suites. `docs`: the folder in which Data Docs are built as a site."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    if docs and docs.is_dir():
        shutil.rmtree(docs)  # the pages of an earlier run
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    actions = [site(context, docs)] if docs else []
    faults: list[Fault] = []
    with opened(tables, roster, last) as views:
        for suite in suites:
            try:
                views.prepare(suite, last is not None)
            except Exception as error:  # noqa: BLE001 - said of each expectation, closes the gate
                faults += [_failed(suite, e, error) for e in suite.expectations]
                continue
            for name in dict.fromkeys(e.view for e in suite.expectations):
                faults += _judge_view(context, views, suite, name, actions)
    if docs:
        finish(docs, suites, faults)
    return faults


def exit_code(faults: Iterable[Fault], fail_on: str) -> int:
    """0 pass, 1 a fault at or above the gate, 4 an expectation that could not run; the highest wins."""
    closed = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING), "never": ()}[fail_on]
    return max(
        (gate.CRASHED if f.failed else gate.FINDINGS if f.severity in closed else gate.OK for f in faults), default=gate.OK
    )


def _judge_view(context: Any, views: Views, suite: Suite, name: str, actions: list[Any]) -> Iterator[Fault]:
    """The expectations about one view: one suite, one checkpoint, one page of the docs."""
    import great_expectations as gx

    wanted = [e for e in suite.expectations if e.view == name]
    try:
        frame = views.frame(suite, name)
    except Exception as error:  # noqa: BLE001
        yield from (_failed(suite, e, error) for e in wanted)
        return
    title = f"{suite.name}.{name}"
    made = context.suites.add(gx.ExpectationSuite(name=title))
    usable: dict[str, Expectation] = {}
    for expectation in wanted:
        try:
            made.add_expectation(_configured(expectation))
            usable[expectation.id] = expectation
        except Exception as error:  # noqa: BLE001 - no such expectation, or arguments that it does not take
            yield _failed(suite, expectation, error)
    source = context.data_sources.add_pandas(title)
    data = source.add_dataframe_asset(title).add_batch_definition_whole_dataframe(title)
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=title, data=data, suite=made))
    checkpoint = gx.Checkpoint(name=title, validation_definitions=[definition], actions=actions, result_format=_RESULT)
    ran = context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": frame})
    for result in next(iter(ran.run_results.values())).results:
        expectation = usable.pop(result.expectation_config.meta["id"])
        yield from _faults(suite, expectation, result)
    yield from (_failed(suite, e, RuntimeError("no result")) for e in usable.values())


def _configured(expectation: Expectation) -> Any:
    from great_expectations.expectations.registry import get_expectation_impl

    from gouji.quality import expectations as _ours  # noqa: F401 - importing registers them

    kind = get_expectation_impl(expectation.expect)
    return kind(
        **expectation.arguments,
        severity=_GRAVITY[expectation.severity],
        meta={"id": expectation.id},
        description=f"{expectation.id} {expectation.said.zh} / {expectation.said.en}",
    )


def _faults(suite: Suite, expectation: Expectation, result: Any) -> Iterator[Fault]:
    if error := _raised(result.exception_info):
        yield _failed(suite, expectation, error)
        return
    found = result.result or {}
    judged = found.get("element_count", 1) - (found.get("missing_count") or 0)
    if expectation.expect != "expect_column_values_to_not_be_null" and not judged and not expectation.may_be_empty:
        yield _failed(suite, expectation, Text("没有可判断的数值", "there was no value to judge"))
    elif not result.success:
        rows = found.get("unexpected_index_list")
        column = expectation.arguments.get("column")
        if rows:
            for row in rows:
                yield _fault(suite, expectation, str(row["subject"]), _shown(row.get(column)))
        else:
            yield _fault(suite, expectation, "", _shown(found.get("observed_value")))


def _raised(info: Any) -> Text | None:
    """The exception that an expectation raised; the library gives it flat, or by metric."""
    entries = [info] if "raised_exception" in (info or {}) else list((info or {}).values())
    for entry in entries:
        if entry.get("raised_exception"):
            return Text(str(entry.get("exception_message")), str(entry.get("exception_message")))
    return None


def _fault(suite: Suite, expectation: Expectation, subject: str, value: str) -> Fault:
    return Fault(suite.name, expectation.id, expectation.severity, subject, expectation.said, value)


def _failed(suite: Suite, expectation: Expectation, error: Exception | Text) -> Fault:
    why = error if isinstance(error, Text) else Text(*(f"{type(error).__name__}: {error}".splitlines()[0],) * 2)
    said = Text(f"未能执行：{expectation.said.zh}（{why.zh}）", f"could not run: {expectation.said.en} ({why.en})")
    return Fault(suite.name, expectation.id, Severity.ERROR, "", said, "", failed=True)


def _shown(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN, how pandas says that there is none
        return ""
    if isinstance(value, float) or hasattr(value, "dtype"):
        return f"{float(value):.4g}" if abs(float(value)) < 10_000 else f"{float(value):,.0f}"
    return str(value)
