"""`gouji compare`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from gouji.engine.sources import gather
from gouji.model.likeness import Comparison, Pair
from gouji.model.text import Text

_EXTRA = Text(
    "gouji compare 需要附加组件：pip install 'gouji[compare]'", "gouji compare needs an extra: pip install 'gouji[compare]'"
)
_KINDS = {
    "clone": Text("文字雷同", "shared text"),
    "rolled_over": Text("同一单位沿用上年文字", "one unit's text of another year"),
}
_PASSAGES = 5  # shown on the console for each pair
_UNREAD = 3


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    paths: tuple[Path, ...]
    form: str
    output: Path | None
    least: float
    jobs: int
    lang: str


def run(order: Order) -> int:
    """0: compared; 2: usage; 3: a document could not be read."""
    try:
        from gouji.compare import compare
    except ImportError:
        click.echo(_EXTRA.get(order.lang), err=True)
        return 2
    sources = gather(order.paths)
    if sources.missing:
        path = sources.missing[0]
        click.echo(Text(f"没有这个文件或目录：{path}", f"no such file or directory: {path}").get(order.lang), err=True)
        return 2
    result = compare(sources.files, least=order.least / 100, jobs=order.jobs)
    text = _json(result) if order.form == "json" else _plain(result, order.lang)
    if order.output is None:
        click.echo(text, nl=False)
    else:
        order.output.write_text(text, encoding="utf-8")
    for entry in result.not_read:
        click.echo(f"{entry.what.get(order.lang)}: {entry.why.get(order.lang)}", err=True)
    sys.stdout.flush()
    return _UNREAD if result.not_read else 0


def _json(result: Comparison) -> str:
    def plain(value: Any) -> Any:
        return value.zh if isinstance(value, Text) else str(value)

    document = {"schema_version": "1", **asdict(result)}
    document["not_read"] = [{"what": e.what.zh, "why": e.why.zh} for e in result.not_read]
    return json.dumps(document, ensure_ascii=False, indent=1, default=plain) + "\n"


def _plain(result: Comparison, lang: str) -> str:
    lines = [
        Text(
            f"{len(result.submissions)} 份报告，{len(result.pairs)} 对雷同，{len(result.slips)} 处疑似错字；"
            f"{result.boilerplate} 句通用文字不计",
            f"{len(result.submissions)} submissions, {len(result.pairs)} pairs that share text, {len(result.slips)} likely slips; "
            f"{result.boilerplate} sentences of boilerplate left out",
        ).get(lang)
    ]
    for number, pair in enumerate(result.pairs, 1):
        lines += _pair(result, number, pair, lang)
    for slip in result.slips:
        path, other = result.submissions[slip.submission].path, result.submissions[slip.other_submission].path
        words = f"{slip.text[: slip.at]}[{slip.text[slip.at]}→{slip.expected}]{slip.text[slip.at + 1 :]}"
        lines.append(
            Text(
                f"疑似错字 {path} 第{slip.block + 1}段：{words}（{other} 作“{slip.expected}”）",
                f"likely slip {path}, paragraph {slip.block + 1}: {words} ({other} has “{slip.expected}”)",
            ).get(lang)
        )
    return "\n".join(lines) + "\n"


def _pair(result: Comparison, number: int, pair: Pair, lang: str) -> list[str]:
    first, second = result.submissions[pair.first], result.submissions[pair.second]
    severity = {"warning": Text("警告", "warning"), "notice": Text("提示", "notice")}[pair.severity].get(lang)
    lines = [
        "",
        f"{number}. {pair.share:.0%} {_KINDS[pair.kind].get(lang)} [{severity}] {first.path} ↔ {second.path} "
        + Text(f"（{pair.characters}字）", f"({pair.characters} characters)").get(lang),
    ]
    for passage in pair.passages[:_PASSAGES]:
        note = ""
        if passage.same_figures:
            note = Text("（数字相同）", " (same figures)").get(lang)
        elif passage.only_year:
            note = Text("（只改了年份）", " (only the year changed)").get(lang)
        lines += [
            f"   - {_marked(passage.text, passage.marks)}{note}",
            f"     {_marked(passage.other_text, passage.other_marks)}",
        ]
        if not passage.marks and not passage.other_marks:
            lines.pop()
    return lines


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """The text with the places that differ in square brackets."""
    out, at = [], 0
    for start, end in marks:
        out += [text[at:start], "[", text[start:end], "]"]
        at = end
    return "".join(out) + text[at:]
