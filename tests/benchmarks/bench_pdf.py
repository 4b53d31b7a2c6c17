"""Is a 30-page text PDF checked whole in less time than pdfplumber alone takes to extract its text?

Run it by hand: `python tests/benchmarks/bench_pdf.py`. It makes the PDF, measures both in this process, prints the times and
their ratio, and ends with 1 where gouji is not the faster.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pdfplumber
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gouji.engine.runner import audit_file
from gouji.readers.pdf import read_raw

PAGES = 30
LINES = 24
WIDTH = 35  # ideographs to a line: 25,000 characters in all
ROUNDS = 3
SONG = "STSong-Light"


def paragraphs() -> list[str]:
    """A report's worth of projects, each with its budget, its spending and its rate of execution (预算执行率)."""
    texts = ["二〇二三年部门整体支出绩效自评报告"]
    for number in range(1, 400):
        budget = 1000 + 37 * number
        texts.append(
            f"{number}、第{number}个项目。年初预算{budget / 100:.2f}万元，实际支出{budget / 100:.2f}万元，预算执行率100%。"
            f"全年组织培训{number % 9 + 2}次，参训人员{number % 40 + 60}人，服务对象满意度{90 + number % 10}%，"
            "各项任务按照批复的目标如期完成，资金使用合规，管理制度健全，自评得分98分，等级为优。"
        )
    return texts


def make(path: Path) -> None:
    """Set the paragraphs over thirty pages, with running header and page number."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    lines: list[tuple[int, str]] = []
    for text in paragraphs():
        lines.append((2, text[: WIDTH - 2]))
        lines += [(0, text[i : i + WIDTH]) for i in range(WIDTH - 2, len(text), WIDTH)]
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page in range(PAGES):
        canvas.setFont(SONG, 9)
        canvas.drawString(220, 795, "部门整体支出绩效自评报告")
        canvas.drawCentredString(297, 40, f"- {page + 1} -")
        canvas.setFont(SONG, 12)
        for row, (indent, line) in enumerate(lines[page * LINES : (page + 1) * LINES]):
            canvas.drawString(87 + 12 * indent, 750 - 28 * row, line)
        canvas.showPage()
    canvas.save()


def best(work: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def extract(path: Path) -> int:
    """What pdfplumber alone does: the text of every page."""
    with pdfplumber.open(path) as document:
        return sum(len(page.extract_text()) for page in document.pages)


def main() -> int:
    """Measure, print, judge."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        make(path)
        data = path.read_bytes()
        first = perf_counter()
        result = audit_file(path)
        first = perf_counter() - first
        characters = extract(path)
        if result.document is None or result.document.pages != PAGES:
            print("gouji did not read the document", file=sys.stderr)
            return 1
        reader, whole, other = (
            best(lambda: read_raw(data, path.name)),
            best(lambda: audit_file(path)),
            best(lambda: extract(path)),
        )
    print(f"{PAGES} pages, {characters} characters, {result.coverage.quantities} figures")
    print(f"gouji, reader alone    {reader:7.3f} s  ({reader / PAGES * 1000:.1f} ms a page)")
    print(f"gouji, whole           {whole:7.3f} s  (first run, with its imports: {first:.3f} s)")
    print(f"pdfplumber, text alone {other:7.3f} s")
    print(f"ratio                  {whole / other:7.2f}")
    return 0 if whole < other else 1


if __name__ == "__main__":
    sys.exit(main())
