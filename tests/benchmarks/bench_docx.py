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
PLACES = ("东河", "南岭", "西坪", "北塘", "石桥", "柳林", "龙泉", "清溪", "白沙", "长滩")
WORKS = ("水库除险加固工程", "农村供水保障项目", "河道治理工程", "灌区改造项目", "水土保持工程")


def build(target: Path) -> int:
    """Write a report of about 25,000 characters with headings, lists, figures and tables; gives its characters."""
    document = docx.Document()
    document.add_heading("青岚县水务局2023年度部门整体支出绩效自评报告", 0)
    written = section = 0
    while written < CHARACTERS:
        name = f"{PLACES[section % len(PLACES)]}{WORKS[section // len(PLACES) % len(WORKS)]}"
        head = f"{HEADS[section]}、{name}" if section < len(HEADS) else name
        document.add_heading(head, 1)
        texts = list(_section(section, name))
        for text in texts:
            document.add_paragraph(text)
        written += sum(map(len, texts))
        if section % 6 == 5:
            written += _table(document, section)
        section += 1
    document.save(str(target))
    return written


def _table(document: docx.document.Document, section: int) -> int:
    rows = [("项目", "预算数（万元）", "执行数（万元）", "执行率")]
    budget, spent = 40 + section, 36 + section
    rows += [("勘察设计", str(budget), str(spent), f"{Decimal(spent * 100) / budget:.2f}%")]
    rows += [("建筑安装", "160.00", "148.00", "92.50%")]
    rows += [("合计", f"{budget + 160}", f"{spent + 148}", f"{Decimal((spent + 148) * 100) / (budget + 160):.2f}%")]
    table = document.add_table(rows=len(rows), cols=4)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return sum(len(cell) for cells in rows for cell in cells)


def _section(number: int, name: str) -> list[str]:
    """About seven hundred characters as a department writes them: some figures among many words."""
    first, second = Decimal(number * 137 + 1211) / 100, Decimal(number * 53 + 2507) / 100
    budget = first + second + Decimal("3.25")
    rate = (first + second) * 100 / budget
    return [
        (
            f"{name}由局机关统一组织实施，前期完成了可行性研究、初步设计和招标采购，项目法人责任制、招标投标制、建设监理制和合同管理制落实到位。"
            "项目实施单位健全财务管理制度，严格履行政府采购程序，资料齐全、手续完备，做到了事前有计划、事中有检查、事后有总结。"
        ),
        (
            f"（一）资金情况。{name}预算{budget}万元，实际支出{first + second}万元，预算执行率{rate:.2f}%，"
            f"其中：设备购置{first}万元，工程维护{second}万元。资金按照国库集中支付制度拨付，专款专用，没有发现截留、挤占、挪用和虚列支出的情况。"
        ),
        (
            "（二）管理情况。领导小组定期听取汇报，研究解决征地协调、材料供应和施工组织中的困难，主要负责同志多次到现场督促检查，"
            "对发现的质量和安全隐患建立台账、逐项销号。参建各方按照职责分工推进工作，隐蔽工程验收、材料见证取样和进度款审核等环节做到有据可查。"
        ),
        (
            f"（三）完成情况。全年开展巡查{number + 31}次，整治隐患{number + 12}处，受益群众普遍反映用水更加稳定、水质明显改善，"
            "对服务态度和办事效率给予肯定。工程建成后移交管护单位，落实了管护人员、经费和制度，长效运行机制逐步建立。"
        ),
        (
            "（四）存在的问题。部分项目前期论证不够充分，支付进度前慢后快，绩效指标的设置还不够细化。下一步将加强项目储备，"
            "做实前期工作，强化绩效运行监控和结果应用，提高资金使用效益，并把群众意见作为改进工作的重要依据。"
        ),
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
