"""Tables of every look and format, cell by cell; the whole comparison is tests/benchmarks/bench_tables.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from pdf_files import paper, put

from gouji.readers import pdf
from gouji.readers.raw import RawParagraph, RawTable

_SPEC = importlib.util.spec_from_file_location(
    "bench_tables", Path(__file__).resolve().parents[1] / "benchmarks" / "bench_tables.py"
)
bench = sys.modules[_SPEC.name] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)

CASES = {case.kind: case for case in bench.cases()}  # the last of each kind


@pytest.mark.parametrize("kind", sorted(CASES))
def test_every_cell_stands_where_it_was_written(tmp_path: Path, kind: str):
    """Text, row, column and spans of each cell are those of the table that was written, and no cell is made up."""
    case = CASES[kind]
    path = tmp_path / f"table{case.suffix}"
    path.write_bytes(case.data)
    assert bench.ours(path) == bench.truth(case.table)


def test_text_around_an_unruled_table_stays_text(tmp_path: Path):
    """The paragraphs above and below a table without rulings are no part of it."""
    path = tmp_path / "table.pdf"
    path.write_bytes(CASES["pdf no lines"].data)
    raws, _, _ = pdf.read_raw(path.read_bytes(), "")
    assert [type(raw) for raw in raws] == [RawParagraph, RawTable, RawParagraph]


ASIDE = {
    "contents": [[(80, "一、部门概况"), (480, "3")], [(80, "二、收入决算"), (480, "5")], [(80, "三、支出决算"), (480, "8")], [(80, "四、说明"), (480, "9")]],
    "signature": [[(300, "某某局"), (420, "盖章")], [(300, "2024年"), (420, "3月5日")]],
    "fields": [[(80, "单位："), (140, "某某局"), (300, "年度："), (360, "2023")], [(80, "填表人："), (140, "甲"), (300, "电话："), (360, "12345678")]],
    "two lines": [[(80, "甲项目"), (240, "10.00"), (400, "20.00")], [(80, "乙项目"), (240, "11.00"), (400, "21.00")]],
    "words": [[(80, "甲乡"), (240, "乙乡"), (400, "丙乡")], [(80, "丁乡"), (240, "戊乡"), (400, "己乡")], [(80, "庚乡"), (240, "辛乡"), (400, "壬乡")]],
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(ASIDE))
def test_what_only_stands_side_by_side_is_no_table(kind: str):
    """Contents, signatures, the head of a form, two lines of figures, words in columns: without rulings none is a table."""

    def draw(canvas) -> None:
        for number, line in enumerate(ASIDE[kind]):
            for x, words in line:
                put(canvas, x, 100 + 20 * number, words)

    raws, _, _ = pdf.read_raw(paper(draw), "")
    assert not any(isinstance(raw, RawTable) for raw in raws)
