"""Facts, claims and checks against jieba segmenting the same text into words, and how time grows with length.

Prints figures; fails nothing. Promised: at most 0.7 times jieba, and a fitted exponent of at most 1.05.
"""

from __future__ import annotations

import math
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import jieba
from bench_docx import build

from gouji.engine import catalogue, profiles
from gouji.engine.runner import audit_document
from gouji.readers import read
from gouji.readers.assemble import assemble
from gouji.readers.text import read_raw

PAGES = (10, 30, 100, 300, 1000)
CHARACTERS_A_PAGE = 830


def median(work: Callable[[], object], runs: int) -> float:
    """The median time of several runs after one that warms up."""
    times = []
    for _ in range(runs + 1):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return statistics.median(times[1:])


def main() -> None:
    """Measure at growing lengths."""
    jieba.setLogLevel(60)
    jieba.initialize()
    checks = catalogue.load()
    profile = profiles.load(profiles.DEFAULT, checks)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        build(path)
        source = "\n".join(block.text for block in read(path).blocks)
    points = []
    print(f"{'pages':>6} {'characters':>11} {'jieba ms':>9} {'engine ms':>10} {'ratio':>6}")
    for pages in PAGES:
        wanted = pages * CHARACTERS_A_PAGE
        text = (source + "\n") * (wanted // len(source) + 1)
        text = text[: text.rfind("\n", 0, wanted)]
        document = assemble("bench.txt", "", "txt", read_raw(text.encode()))
        runs = 5 if pages <= 100 else 1
        words = median(lambda text=text: list(jieba.cut(text)), runs)
        engine = median(lambda document=document: audit_document(document, profile, checks), runs)
        points.append((math.log(len(text)), math.log(engine)))
        print(f"{pages:>6} {len(text):>11} {words * 1000:>9.1f} {engine * 1000:>10.1f} {engine / words:>6.2f}")
    mean_x = statistics.mean(x for x, _ in points)
    mean_y = statistics.mean(y for _, y in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    print(f"fitted exponent {slope:.3f}")


if __name__ == "__main__":
    main()
