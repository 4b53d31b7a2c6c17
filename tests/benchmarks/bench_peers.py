"""One 30-page .docx and one 30-page text PDF against the programs that only read them, and against the floor under any reader.

Prints ratios; fails nothing. Each figure is processor time, the least of several rounds in which all take turns, so that a busy
machine weighs on all alike. The cold commands run as installed programs do: each once before it counts, with leave to keep its
compiled modules and expressions (PYTHONDONTWRITEBYTECODE and GOUJI_CACHE are taken out of their environment).
`--markitdown PYTHON`: an interpreter that has markitdown[docx,pdf], which the project does not need.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import docx
import jieba
import pdfplumber
import pypdfium2
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent))
import bench_docx
import bench_pdf

from gouji.engine import catalogue, profiles
from gouji.engine.runner import audit_document, audit_file
from gouji.readers import read

ROUNDS = 7
COLD = 9
Work = Callable[[], object]


def turns(works: dict[str, Work], rounds: int = ROUNDS) -> dict[str, float]:
    """The least processor time of each, in seconds; a first round warms up and does not count."""
    best = dict.fromkeys(works, float("inf"))
    for number in range(rounds + 1):
        for name, work in works.items():
            begun = process_time()
            work()
            if number:
                best[name] = min(best[name], process_time() - begun)
    return best


def show(times: dict[str, float], ours: str, promises: dict[str, float]) -> None:
    for name, seconds in times.items():
        ratio = "" if name == ours else f"   {ours} takes {times[ours] / seconds:6.2f} times as long"
        promise = f" (promised: at most {promises[name]})" if name in promises else ""
        print(f"  {name:42} {seconds * 1000:8.1f} ms{ratio}{promise}")


def every_cell(path: Path) -> None:
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        _ = paragraph.text
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def parse(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        etree.fromstring(archive.read("word/document.xml"))


def tables(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()


def floor(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def expectations(path: Path) -> Work:
    """Great Expectations asking of the same ledger what gouji's checks ask of it first: no claim disagrees."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig

    frame = pd.DataFrame({"verdict": [e.claim.verdict.value for e in audit_file(path).ledger]})
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    batch = context.data_sources.pandas_default.read_dataframe(frame)
    wanted = gx.expectations.ExpectColumnValuesToNotBeInSet(column="verdict", value_set=["disagrees"])
    return lambda: batch.validate(wanted)


def cold(command: list[str]) -> float:
    """The least processor time of a command with all that it starts, the first run apart."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "GOUJI_CACHE")}
    times = []
    for _ in range(COLD + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times[1:])


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markitdown", metavar="PYTHON")
    options = parser.parse_args()
    jieba.setLogLevel(60)
    jieba.initialize()
    checks = catalogue.load()
    profile = profiles.load(profiles.DEFAULT, checks)
    with tempfile.TemporaryDirectory() as folder:
        word, sheet, short = Path(folder) / "30.docx", Path(folder) / "30.pdf", Path(folder) / "5.docx"
        bench_docx.build(word)
        bench_pdf.make(sheet)
        bench_docx.CHARACTERS = 5 * 830
        bench_docx.build(short)
        document = read(word)
        text = "\n".join(block.text for block in document.blocks)
        print("30 pages of Word")
        works: dict[str, Work] = {
            "gouji": lambda: audit_file(word),
            "python-docx, paragraphs and cells": lambda: every_cell(word),
            "lxml, the part's parse": lambda: parse(word),
        }
        show(turns(works), "gouji", {"python-docx, paragraphs and cells": 3.0})
        print("its facts, claims and checks")
        works = {
            "engine": lambda: audit_document(document, profile, checks),
            "jieba, segmentation": lambda: list(jieba.cut(text)),
            "Great Expectations, one on the ledger": expectations(word),
        }
        show(turns(works), "engine", {"jieba, segmentation": 0.7})
        print("30 pages of PDF")
        works = {
            "gouji": lambda: audit_file(sheet),
            "pdfplumber, text": lambda: bench_pdf.extract(sheet),
            "pdfplumber, tables": lambda: tables(sheet),
            "pdfium, text": lambda: floor(sheet),
        }
        show(turns(works, 3), "gouji", {"pdfplumber, text": 0.35})
        print("5 pages of Word, cold")
        times = {
            "gouji check": cold([sys.executable, "-m", "gouji", "check", str(short), "--fail-on", "never"]),
            "python-docx, opened": cold([sys.executable, "-c", f"import docx; docx.Document({str(short)!r})"]),
        }
        if options.markitdown:
            program = f"from markitdown import MarkItDown; MarkItDown().convert({str(short)!r})"
            times["markitdown"] = cold([options.markitdown, "-c", program])
        show(times, "gouji check", {"python-docx, opened": 2.5})


if __name__ == "__main__":
    main()
