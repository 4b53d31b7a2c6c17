"""The subcommands over batches, declared in one language: batch, summary, quality."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gouji.cli import options
from gouji.model.text import Text

_BATCH = Text(
    "成批检查（文件、目录、zip）：各表写成 Parquet，每份一个报告，可中断后继续。\n\n退出码同 gouji check。",
    "Check a batch (files, directories, zips): tables as Parquet, a report for each document; goes on where it was "
    "interrupted.\n\nExit codes as of gouji check.",
)
_OUT = Text("结果目录", "directory of the results")
_REPORT = Text("每份文件的报告：html、json 或 none", "the report of each document: html, json or none")
_JOBS_ALL = Text("并行进程数，默认为全部核心", "number of processes; all cores unless given")
_CLUSTER = Text("Dask 调度器地址（tcp://主机:端口）", "address of a Dask scheduler (tcp://host:port)")
_CACHE = Text("缓存目录，默认在结果目录内", "directory of the cache; inside the results unless given")
_SUMMARY = Text(
    "批次汇总：一个离线网页，每个数字都能点到其文件。", "Summarise a batch: one offline page whose figures lead to documents."
)
_PAGE = Text("网页文件，默认为 DIR/summary.html；- 为标准输出", "the page; DIR/summary.html unless given; - is standard output")
_QUALITY = Text(
    "按质量要求检查整批结果（每个单位一份、数值在界内、分布可信、与上年相比）。\n\n"
    "退出码：0 通过；1 有达到门槛的问题；2 用法有误；4 有要求未能执行。",
    "Judge a batch as a whole by suites of expectations (a report for each unit, values within bounds, credible distributions, "
    "drift).\n\nExit codes: 0 pass; 1 faults at or above the gate; 2 usage; 4 an expectation could not run.",
)
_SUITE = Text(
    "质量要求：名称或 TOML 文件，可多次；默认为全部", "a suite: a name or a TOML file, several times; all unless given"
)
_ROSTER = Text("单位名册（CSV 的 unit 或 单位 列，或每行一个）", "roster of units (CSV with a column unit, or one a line)")
_LAST = Text("上年批次的目录", "directory of last year's batch")


def add(root: click.Group, lang: str) -> None:
    """Put the subcommands under `root`, with their help in `lang`."""
    option_lang, option_fail_on, option_profile = options.lang(lang), options.fail_on(lang), options.profile(lang)

    @root.command(help=_BATCH.get(lang))
    @click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
    @click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=_OUT.get(lang))
    @click.option("--report", default="html", show_default=True, metavar="FORMAT", help=_REPORT.get(lang))
    @option_fail_on
    @option_profile
    @option_lang
    @click.option("--jobs", "-j", type=click.IntRange(min=1), help=_JOBS_ALL.get(lang))
    @click.option("--cluster", metavar="ADDRESS", help=_CLUSTER.get(lang))
    @click.option("--cache", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=_CACHE.get(lang))
    def batch(**options: Any) -> int:
        from gouji.cli.batch import Order, run

        return run(Order(**options))

    @root.command(help=_SUMMARY.get(lang))
    @click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
    @click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help=_PAGE.get(lang))
    @option_lang
    def summary(folder: Path, output: Path | None, lang: str) -> int:
        from gouji.cli.summary import run

        return run(folder, output, lang)

    @root.command(help=_QUALITY.get(lang))
    @click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
    @click.option("--suite", "suites", multiple=True, metavar="NAME|FILE", help=_SUITE.get(lang))
    @click.option("--roster", type=click.Path(path_type=Path), metavar="FILE", help=_ROSTER.get(lang))
    @click.option("--last", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help=_LAST.get(lang))
    @option_fail_on
    @option_lang
    def quality(**options: Any) -> int:
        from gouji.cli.quality import Order, run

        return run(Order(**options))
