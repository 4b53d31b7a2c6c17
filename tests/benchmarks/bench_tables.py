"""How many cells of tables are read right, with pdfplumber's own `extract_tables` beside it on the same PDF files?

`python tests/benchmarks/bench_tables.py` makes more than forty tables (Word, PDF, Excel; merged, continued over pages, side by
side, ruled, three lines only, no lines), reads them, compares cell by cell with what was written, and prints the share of cells
right for each kind. A cell is right where its text stands at its row and column; of a merged cell its spans must be right too,
where the format says them. It ends with 1 below 0.99.
"""

from __future__ import annotations

import importlib.util
import io
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from gouji.readers import read

_SPEC = importlib.util.spec_from_file_location(
    "sample_documents", Path(__file__).resolve().parents[2] / "sample_inputs" / "generate.py"
)
generate = sys.modules.setdefault(_SPEC.name, importlib.util.module_from_spec(_SPEC))
if not hasattr(generate, "MAKERS"):
    _SPEC.loader.exec_module(generate)

WORDS = [
    "基本支出",
    "项目支出",
    "商品和服务支出",
    "林业防灾减灾",
    "森林资源培育",
    "农村道路养护补助",
    "公务接待费",
    "会议费",
    "培训费",
    "办公设备购置",
    "义务教育",
    "其他支出",
]
NAMES = ["年初预算数", "调整预算数", "支出决算数", "上年决算数", "结转结余", "本年收入", "财政拨款", "其他资金"]
BAR = 0.99


@dataclass(frozen=True)
class Case:
    """A kind of table, the table, and how it is written: the file's bytes and suffix."""

    kind: str
    table: generate.Table
    suffix: str
    data: bytes


def amount(r: random.Random) -> str:
    return f"{r.randint(0, 9_999_999) / 100:,.2f}" if r.random() < 0.9 else r.choice(("", "—", "0.00"))


def plain(r: random.Random, rows: int, columns: int, *, long: bool = False) -> generate.Table:
    """One header row, a name and amounts in each row, the total last."""
    head = ["项目", *r.sample(NAMES, columns)]
    body = []
    for n in range(rows):
        name = r.choice(WORDS) + (f"（{r.choice(WORDS)}专项资金，含上年结转部分）" if long and n % 3 == 0 else "")
        body.append([name, *(amount(r) for _ in range(columns))])
    return generate.Table([head, *body, ["合计", *(f"{r.randint(10_000, 9_999_999) / 100:,.2f}" for _ in range(columns))]], [])


def merged(r: random.Random, rows: int) -> generate.Table:
    """Two header rows with spans both ways, groups merged down the side."""
    head = [["类别", "项目", "资金来源", "", "", "备注"], ["", "", "财政拨款", "其他资金", "合计", ""]]
    spans = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5)]
    body: list[list[str]] = []
    while len(body) < rows:
        size = r.randint(1, 4)
        start = len(body) + 2
        for n in range(size):
            body.append(
                [
                    r.choice(("人员类", "运转类", "特定目标类")) if n == 0 else "",
                    r.choice(WORDS),
                    *(amount(r) for _ in range(3)),
                    r.choice(("", "续建")),
                ]
            )
        if size > 1:
            spans.append((start, 0, start + size - 1, 0))
    return generate.Table([*head, *body], spans)


def double(r: random.Random, rows: int) -> generate.Table:
    """Income on the left, expenditure on the right."""
    head = [["收入", "", "", "支出", "", ""], ["项目", "行次", "金额", "项目", "行次", "金额"]]
    body = [
        [f"{n}、{r.choice(WORDS)}" if n % 4 else "", str(n), amount(r), f"{n}、{r.choice(WORDS)}", str(n + rows), amount(r)]
        for n in range(1, rows + 1)
    ]
    return generate.Table([*head, *body], [(0, 0, 0, 2), (0, 3, 0, 5)])


def pdf(table: generate.Table, look: str, *, repeat: int = 1) -> bytes:
    """The table on PDF pages: `ruled`, `open` (no outer sides), `lines` (lines across only), `three` (three lines) or `none`."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, TableStyle
    from reportlab.platypus import Table as Grid

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    cell = ParagraphStyle("cell", parent=body, fontSize=9, leading=12, firstLineIndent=0)
    right = ParagraphStyle("right", parent=cell, alignment=2)
    rows = [
        [Paragraph(escape(w), right if c and n and w[:1].isdigit() else cell) for c, w in enumerate(row)]
        for n, row in enumerate(table.rows)
    ]
    black = colors.black
    last = len(table.rows) - 1
    looks: dict[str, list[Any]] = {
        "ruled": [("GRID", (0, 0), (-1, -1), 0.5, black)],
        "open": [("INNERGRID", (0, 0), (-1, -1), 0.5, black), ("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, -1), (-1, -1), 1, black)],
        "lines": [("LINEABOVE", (0, 0), (-1, -1), 0.5, black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, black)],
        "three": [("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black), ("LINEBELOW", (0, last), (-1, last), 1, black)],
        "none": [],
    }  # fmt: skip
    style = looks[look] + [("SPAN", (left, top), (end, bottom)) for top, left, bottom, end in table.spans]
    widths = [130 if c == 0 and len(table.rows[0]) < 6 else 440 / len(table.rows[0]) for c in range(len(table.rows[0]))]
    story = [Paragraph("下表反映本单位本年度各项资金的安排和使用情况，单位为万元，数据来自部门决算报表。", body), Spacer(1, 8)]
    story += [Grid(rows, widths, style=TableStyle(style), repeatRows=repeat), Spacer(1, 12)]
    story += [Paragraph("以上各项资金均已按照批复的用途使用，没有截留和挪用，年末结转资金将在下一年度继续安排使用。", body)]
    raw = io.BytesIO()
    SimpleDocTemplate(raw, invariant=1, leftMargin=70, rightMargin=70).build(story)
    return raw.getvalue()


def word(table: generate.Table) -> bytes:
    return generate.to_docx(generate.Source([("资金安排情况如下。", None), table, ("以上资金均已使用。", None)]))


def excel(table: generate.Table) -> bytes:
    return generate.to_xlsx(
        generate.Source([("资金安排情况表", 1), ("编制单位：某某局", None), table, ("注：以上资金均已使用。", None)])
    )


def cases() -> list[Case]:
    """Fifty-two tables."""
    r = random.Random(7)
    found: list[Case] = []
    makers: dict[str, tuple[str, Callable[[generate.Table], bytes]]] = {"word": (".docx", word), "excel": (".xlsx", excel)}
    for name, (suffix, make) in makers.items():
        for n in range(4):
            for kind, table in (("plain", plain(r, 8 + n, 3 + n)), ("merged", merged(r, 9 + n)), ("double", double(r, 7 + n))):
                found.append(Case(f"{name} {kind}", table, suffix, make(table)))
    for n in range(4):
        found.append(Case("pdf ruled", t := plain(r, 9 + n, 3 + n % 3, long=True), ".pdf", pdf(t, "ruled")))
        found.append(Case("pdf merged", t := merged(r, 10), ".pdf", pdf(t, "ruled", repeat=2)))
        found.append(Case("pdf double", t := double(r, 8 + n), ".pdf", pdf(t, "ruled", repeat=2)))
        found.append(Case("pdf open sides", t := plain(r, 8 + n, 3), ".pdf", pdf(t, "open")))
        found.append(Case("pdf lines across", t := plain(r, 8 + n, 4), ".pdf", pdf(t, "lines")))
        found.append(Case("pdf three lines", t := plain(r, 7 + n, 3 + n % 2, long=n == 3), ".pdf", pdf(t, "three")))
        found.append(Case("pdf no lines", t := plain(r, 8 + n, 3 + n % 3), ".pdf", pdf(t, "none")))
        found.append(Case("pdf continued", t := plain(r, 60 + 20 * n, 4, long=n > 1), ".pdf", pdf(t, "ruled")))
    found.append(Case("pdf continued", t := double(r, 70), ".pdf", pdf(t, "ruled", repeat=2)))
    found.append(Case("pdf continued, three lines", t := plain(r, 70, 4), ".pdf", pdf(t, "three")))
    found.append(Case("pdf continued, no lines", t := plain(r, 70, 3), ".pdf", pdf(t, "none")))
    return found


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def truth(table: generate.Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    """Text and spans of every filled cell by its upper left corner."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in table.spans}
    return {
        (r, c): (squeezed(text), *spans.get((r, c), (1, 1)))
        for r, row in enumerate(table.rows)
        for c, text in enumerate(row)
        if text
    }


def ours(path: Path) -> dict[tuple[int, int], tuple[str, int, int]]:
    """The cells of the largest table of the file."""
    document = read(path)
    if not document.tables:
        return {}
    table = max(document.tables, key=lambda t: len(t.rows))
    cells = [c for i in table.rows for c in document.blocks[i].cells]
    first = min(c.row for c in cells)
    return {(c.row - first, c.column): (squeezed(c.text), c.rowspan, c.colspan) for c in cells if c.text}


def plumber(path: Path) -> dict[tuple[int, int], str]:
    """pdfplumber's tables of all pages under each other, repeated headers left out."""
    import pdfplumber

    rows: list[list[str | None]] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.extract_tables():
                while rows and table and table[0] in rows[:2]:
                    table.pop(0)
                rows += table
    return {(r, c): squeezed(text) for r, row in enumerate(rows) for c, text in enumerate(row) if text}


def main() -> int:
    """Read every table both ways and print the shares."""
    scores: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])  # tables, cells, right, right by pdfplumber
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(found := cases()):
            path = Path(folder) / f"{number}{case.suffix}"
            path.write_bytes(case.data)
            wanted, have = truth(case.table), ours(path)
            right = sum(have.get(place) == cell for place, cell in wanted.items())
            right -= len(have.keys() - wanted.keys())  # a cell made up is as wrong as one missed
            score = scores[case.kind]
            score[0] += 1
            score[1] += len(wanted)
            score[2] += max(right, 0)
            if case.suffix == ".pdf":
                theirs = plumber(path)
                score[3] += max(
                    sum(theirs.get(p) == cell[0] for p, cell in wanted.items()) - len(theirs.keys() - wanted.keys()), 0
                )
            if "-v" in sys.argv and right < len(wanted):
                print(
                    case.kind,
                    number,
                    [(p, c, have.get(p)) for p, c in wanted.items() if have.get(p) != c][:6],
                    [(p, have[p]) for p in have.keys() - wanted.keys()][:4],
                )
    for kind, (tables, cells, right, theirs) in scores.items():
        beside = f"  pdfplumber {theirs / cells:.3f}" if kind.startswith("pdf") else ""
        print(f"{kind:28} {tables:3} tables {cells:5} cells  {right / cells:.4f}{beside}")
    cells, right = (sum(s[n] for s in scores.values()) for n in (1, 2))
    pdf_cells, pdf_right, theirs = (sum(s[n] for k, s in scores.items() if k.startswith("pdf")) for n in (1, 2, 3))
    print(
        f"all {len(found)} tables, {cells} cells: {right / cells:.4f}; PDF alone {pdf_right / pdf_cells:.4f}, pdfplumber {theirs / pdf_cells:.4f}"
    )
    return int(right / cells < BAR)


if __name__ == "__main__":
    sys.exit(main())
