"""A 30-page .docx checked in a warm process, against python-docx reading the same file. Prints figures; fails nothing."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import docx

from gouji.engine.runner import audit_file

RUNS = 9
LIMIT = 6
CHARACTERS = 25_000
HEADS = "一二三四五六七八九十"


def build(target: Path) -> int:
    """Write a report of about 25,000 characters with headings, lists, totals, rates and tables; gives its characters."""
    document = docx.Document()
    document.add_heading("某某局2023年度部门整体支出绩效自评报告", 0)
    written = section = 0
    while written < CHARACTERS:
        head = f"{HEADS[section % 10]}、第{section + 1}类项目支出情况" if section < 10 else f"第{section + 1}类项目支出情况"
        document.add_heading(head, 1)
        texts = list(_section(section))
        for text in texts:
            document.add_paragraph(text)
        written += sum(map(len, texts))
        if section % 5 == 4:
            table = document.add_table(rows=4, cols=4)
            rows = [
                ("项目", "预算数（万元）", "执行数（万元）", "执行率"),
                ("甲", "40", "36", "90%"),
                ("乙", "60", "60", "100%"),
            ]
            for row, cells in zip(table.rows, [*rows, ("合计", "100", "96", "96%")], strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        section += 1
    document.save(str(target))
    return written


def _section(number: int) -> list[str]:
    first, second = Decimal(number * 7 + 12) / 10, Decimal(number * 3 + 25) / 10
    total = first + second
    return [
        f"2023年本类项目支出合计{total}万元，其中：设备购置{first}万元，运行维护{second}万元。资金按照国库集中支付制度拨付，专款专用。",
        f"本类项目年初预算{total}万元，实际支出{total}万元，预算执行率100%。自评得分95分，评价等级为优。",
        (
            "项目实施单位健全财务管理制度，严格履行政府采购程序，资料齐全、手续完备，做到了事前有计划、事中有检查、事后有总结，"
            "没有发现截留、挤占、挪用和虚列支出的情况，绩效目标基本实现。"
        ),
        f"（一）组织培训{number + 3}次，参训人员{(number + 3) * 40}人次，满意度达到98%以上。",
        "（二）存在的问题是部分项目前期论证不够充分，下一步将加强项目储备和绩效运行监控，提高资金使用效益。",
    ]


def baseline(path: Path) -> None:
    """What a program that only reads the text does."""
    for paragraph in docx.Document(str(path)).paragraphs:
        _ = paragraph.text


def median(work: Callable[[], object]) -> float:
    """The median time of several runs after one that warms up."""
    times = []
    for _ in range(RUNS + 1):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return statistics.median(times[1:])


def main() -> None:
    """Measure both and compare."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        characters = build(path)
        plain = median(lambda: baseline(path))
        whole = median(lambda: audit_file(path))
        result = audit_file(path)
    print(f"{characters} characters, {len(result.ledger)} claims, verdict {result.verdict}, crashed {result.crashed}")
    print(f"python-docx, paragraphs' text  {plain * 1000:8.1f} ms")
    print(f"gouji, whole check             {whole * 1000:8.1f} ms")
    print(f"ratio                          {whole / plain:8.2f}      (promised: at most {LIMIT})")


if __name__ == "__main__":
    main()
