"""The subcommands and their options, declared in one language. Bodies live in modules of their own, imported on use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gouji import __version__
from gouji.cli import options
from gouji.model.text import Text

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

_ABOUT = Text(
    "勾稽：重新计算预算绩效报告里的每一处数字关系，指出哪些对不上、在哪里、为什么。",
    "Recompute every claim that a budget performance report makes with figures; say which fail, where, and why.",
)
_CHECK = Text(
    "检查报告（.docx、.pdf、.xlsx、.xls、.csv、.tsv、.html、.txt；目录逐层查找）。\n\n"
    "退出码：0 通过；1 有达到门槛的问题；2 用法有误；3 有文件未能完整读取；4 检查程序出错。取其中最大者。",
    "Check reports (.docx, .pdf, .xlsx, .xls, .csv, .tsv, .html, .txt; directories are walked).\n\n"
    "Exit codes: 0 pass; 1 findings at or above the gate; 2 usage; 3 a document could not be read whole; "
    "4 a check crashed. The highest wins.",
)
_FORMAT = Text(
    "输出格式：console、html、json、jsonl、csv、sarif、junit、markdown、github、gitlab、marked（带批注的原件）、notice（整改通知书）、ledger（问题台账）",
    "output format: console, html, json, jsonl, csv, sarif, junit, markdown, github, gitlab, marked (the original with comments), "
    "notice (letter to the department), ledger (workbook of problems)",
)
_FORMAT_DIFF = Text("输出格式：console、html、json", "output format: console, html, json")
_OUTPUT = Text("写入文件（原子写入）；- 为标准输出", "write to a file (atomically); - is standard output")
_MIN_COVERAGE = Text(
    "已勾稽数字的最低占比（0 至 1）：不足的文件判为待复核",
    "least share of figures recomputed (0 to 1): a file below it is held at review",
)
_WAIVERS = Text("豁免清单（TOML）", "file of waivers (TOML)")
_JOBS = Text("并行进程数", "number of processes")
_DIFF = Text(
    "比较两版报告（文件、目录或 gouji check --format json 的结果；格式可不同）：哪些问题已改、新增、仍在、移位。\n\n"
    "退出码：0 无；1 有新增的问题（--fail-on open：有未改的问题）；2、3、4 同 gouji check。",
    "Compare two versions of a report (files, directories, or results of gouji check --format json; formats may differ): "
    "which findings are fixed, new, still there, moved.\n\n"
    "Exit codes: 0 none; 1 a new finding (with --fail-on open: any finding that is not fixed); 2, 3, 4 as of gouji check.",
)
_FAIL_ON_DIFF = Text(
    "门槛：new 有新增的问题即 1；open 有未改的问题即 1；never 从不为 1",
    "the gate: new = 1 on new findings; open = 1 on any open one; never = never 1",
)
_WAIVE = Text(
    "把一个问题记入豁免清单（TOML，可纳入版本管理签批）。未读的页面和出错的检查没有指纹，不能豁免。",
    "Enter a finding into a file of waivers (TOML, to be signed off in version control). Unread pages and crashed checks have "
    "no fingerprint and cannot be waived.",
)
_REASON = Text("豁免理由", "why the finding is waived")
_BY = Text("签批人", "who answers for it")
_UNTIL = Text("有效期最后一天（2025-12-31）", "the last day on which it holds (2025-12-31)")
_IN = Text(
    "该问题所在的文件或 JSON 结果：核对指纹并记下问题",
    "the document or JSON result with the finding: checks the fingerprint and notes what it is",
)
_COMPARE = Text(
    "比对各单位、各年度的报告：文字雷同、沿用上年、疑似错字。",
    "Compare submissions with one another: shared text, last year's text, likely slips of the pen.",
)
_COMPARE_FORMAT = Text("输出格式：console 或 json", "output format: console or json")
_COMPARE_OUT = Text("写入文件；不给则为标准输出", "write to a file; standard output unless given")
_LEAST = Text("雷同文字占较短一份自有文字的百分比下限", "least share of the smaller one's own text, in percent")
_EXPLAIN = Text(
    "打印一项检查的说明（编号如 AR101，或名称）。", "Print the manual of a check (its code, as AR101, or its name)."
)
_CHECKS = Text("列出全部检查。", "List the checks.")
_PROFILES = Text("列出规则集；给出名称则打印其内容。", "List the profiles; with a name, print that one.")
_ACTUALS = Text(
    "实际支付台账（.xlsx、.csv、.parquet）：所报项目的预算、支出、执行率与之核对",
    "ledger of real payments (.xlsx, .csv, .parquet): budgets, expenditure and rates of projects are held against it",
)
_ACTUALS_MAP = Text(
    "台账的列名对照（TOML）；不给则按列名推定并打印", "names of the ledger's columns (TOML); guessed and printed unless given"
)
_PACKAGE = Text(
    "把一个目录或 .zip 作为一次提交：报告、自评表、决算、附件互相核对",
    "a directory or .zip as one submission: report, forms, final accounts and annexes held against each other",
)
_AS = Text("输出格式", "output format")


def build(lang: str, asked: str | None = None) -> click.Group:
    """The command line with its help in `lang`.

    `asked`: the first word of a command line that needs no other command. To declare them all takes a tenth of the start.
    """

    @click.group(context_settings=HELP, help=_ABOUT.get(lang))
    @click.version_option(__version__, prog_name="gouji")
    def root() -> None:
        pass

    if asked == "--version":
        return root
    _add_check(root, lang)
    if asked != "check":
        _add_others(root, lang)
    return root


def _add_check(root: click.Group, lang: str) -> None:
    """`gouji check`."""

    @root.command(help=_CHECK.get(lang))
    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
    @click.option("--format", "form", default="console", show_default=True, metavar="FORMAT", help=_FORMAT.get(lang))
    @click.option("--output", "-o", default="-", metavar="FILE", help=_OUTPUT.get(lang))
    @options.fail_on(lang)
    @options.profile(lang)
    @options.lang(lang)
    @click.option("--min-coverage", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE", help=_MIN_COVERAGE.get(lang))
    @click.option("--waivers", type=click.Path(path_type=Path), metavar="FILE", help=_WAIVERS.get(lang))
    @click.option("--jobs", "-j", type=click.IntRange(min=1), default=1, show_default=True, help=_JOBS.get(lang))
    @click.option("--package", type=click.Path(path_type=Path, exists=True), metavar="DIR|ZIP", help=_PACKAGE.get(lang))
    @click.option("--actuals", type=click.Path(path_type=Path), metavar="FILE", help=_ACTUALS.get(lang))
    @click.option("--actuals-map", type=click.Path(path_type=Path), metavar="TOML", help=_ACTUALS_MAP.get(lang))
    def check(**options: Any) -> int:
        from gouji.cli.check import Order, run

        return run(Order(**options))


def _add_others(root: click.Group, lang: str) -> None:
    """All other commands."""
    from gouji.cli import batch_commands, profile_commands, service_commands

    option_lang = options.lang(lang)

    def option_as(function: Any) -> Any:
        choice = click.Choice(["table", "json"])
        return click.option("--format", "form", type=choice, default="table", show_default=True, help=_AS.get(lang))(function)

    service_commands.add(root, lang)

    @root.command(help=_DIFF.get(lang))
    @click.argument("old", type=click.Path(path_type=Path))
    @click.argument("new", type=click.Path(path_type=Path))
    @click.option("--format", "form", default="console", show_default=True, metavar="FORMAT", help=_FORMAT_DIFF.get(lang))
    @click.option("--output", "-o", default="-", metavar="FILE", help=_OUTPUT.get(lang))
    @click.option(
        "--fail-on", type=click.Choice(["new", "open", "never"]), default="new", show_default=True, help=_FAIL_ON_DIFF.get(lang)
    )
    @click.option("--profile", default="auto", show_default=True, metavar="NAME|FILE", help=options.PROFILE.get(lang))
    @option_lang
    @click.option("--waivers", type=click.Path(path_type=Path), metavar="FILE", help=_WAIVERS.get(lang))
    @click.option("--jobs", "-j", type=click.IntRange(min=1), default=1, show_default=True, help=_JOBS.get(lang))
    def diff(**options: Any) -> int:
        from gouji.cli.diff import Order, run

        return run(Order(**options))

    @root.command(help=_WAIVE.get(lang))
    @click.argument("fingerprint")
    @click.option("--reason", required=True, help=_REASON.get(lang))
    @click.option("--by", required=True, help=_BY.get(lang))
    @click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=_UNTIL.get(lang))
    @click.option(
        "--waivers", "file", type=click.Path(path_type=Path), default="waivers.toml", show_default=True, help=_WAIVERS.get(lang)
    )
    @click.option("--in", "where", type=click.Path(path_type=Path), metavar="FILE", help=_IN.get(lang))
    @option_lang
    def waive(**options: Any) -> int:
        from gouji.cli.waive import run

        return run(**options)

    @root.command(help=_EXPLAIN.get(lang))
    @click.argument("word", metavar="CODE|NAME")
    @option_lang
    def explain(word: str, lang: str) -> int:
        from gouji.cli.lists import explain as body

        return body(word, lang)

    @root.command(help=_CHECKS.get(lang))
    @option_as
    @option_lang
    def checks(form: str, lang: str) -> int:
        from gouji.cli.lists import checks as body

        return body(form, lang)

    @root.command(help=_PROFILES.get(lang))
    @click.argument("name", required=False)
    @option_as
    @option_lang
    def profiles(name: str | None, form: str, lang: str) -> int:
        from gouji.cli.lists import profiles as body

        return body(name, form, lang)

    batch_commands.add(root, lang)
    _add_compare(root, lang, option_lang)
    profile_commands.add(root, lang)


def _add_compare(root: click.Group, lang: str, option_lang: Callable[[Any], Any]) -> None:
    """`gouji compare`."""

    @root.command(help=_COMPARE.get(lang))
    @click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR...")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["console", "json"]),
        default="console",
        show_default=True,
        help=_COMPARE_FORMAT.get(lang),
    )
    @click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help=_COMPARE_OUT.get(lang))
    @click.option(
        "--least", type=click.FloatRange(1, 100), default=30, show_default=True, metavar="PERCENT", help=_LEAST.get(lang)
    )
    @option_lang
    @click.option("--jobs", "-j", type=click.IntRange(min=1), default=1, show_default=True, help=_JOBS.get(lang))
    def compare(**options: Any) -> int:
        from gouji.cli.compare import Order, run

        return run(Order(**options))
