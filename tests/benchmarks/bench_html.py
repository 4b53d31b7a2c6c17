"""The report over a long document: `bench_html.py [PAGES] [FINDINGS]` prints how big it is and how fast Chromium opens it.

Opening is measured from the navigation to the first frame after the load event, in headless Chromium, as the best of five
(on a machine that does other things too, the others measure those).
The peer is a page of the same text without anything of the report's.
"""

from __future__ import annotations

import html
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))

from browser import Browser

from gouji.engine.runner import audit
from gouji_reports.html import WRITER

PARAGRAPHS = 11  # a page
WORDS = "东西南北中河山林田湖道桥渠站井园街巷村镇"
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelectorAll('.card').length))))"


def _name(number: int) -> str:
    """A name of its own for each project, in words."""
    return "".join(WORDS[number // 20**k % 20] for k in range(4))


def document(pages: int, findings: int) -> str:
    """A report of so many pages, with so many totals that do not tie, evenly spread."""
    lines = ["南溪县城市管理局2023年度部门整体支出绩效自评报告"]
    count, total = 0, pages * PARAGRAPHS
    for number in range(total):
        if number % (2 * PARAGRAPHS) == 0:
            lines.append(f"第{number // (2 * PARAGRAPHS) + 1}部分 项目支出情况")
        first, second = 10 + number % 83, 20 + number % 57
        wrong = number * findings // total != (number + 1) * findings // total
        count += wrong
        lines.append(
            f"{_name(number)}项目支出合计{first + second + wrong}万元，其中：设备购置{first}万元，运行维护{second}万元。"
            f"{_name(number * 7 + 3)}项目由局属单位组织实施，{_name(number * 5 + 1)}资金按进度拨付。"
        )
    assert count == findings
    return "\n\n".join(lines) + "\n"


def opened(browser: Browser, file: Path) -> float:
    """Seconds from the navigation to the frame after the load."""
    times = []
    for _ in range(5):
        browser.call("Page.navigate", url="about:blank")
        start = time.perf_counter()
        browser.open(file)
        browser.js(FRAME)
        times.append(time.perf_counter() - start)
    return min(times)


def main(pages: int = 300, findings: int = 500) -> None:
    folder = Path(tempfile.mkdtemp())
    source, report, plain = folder / "long.txt", folder / "long.html", folder / "plain.html"
    source.write_text(document(pages, findings), "utf-8")
    start = time.perf_counter()
    result = audit([source])
    checked = time.perf_counter() - start
    start = time.perf_counter()
    with report.open("w", encoding="utf-8", newline="") as stream:
        WRITER.write(result, stream)
    written = time.perf_counter() - start
    paragraphs = (f"<p>{html.escape(b.text)}</p>" for b in result.documents[0].document.blocks)
    plain.write_text("<!doctype html><meta charset=utf-8>" + "\n".join(paragraphs), "utf-8")
    with Browser(folder / "profile") as browser:
        browser.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
        seconds, peer = opened(browser, report), opened(browser, plain)
    found = len(result.documents[0].findings)
    size = report.stat().st_size / 1e6
    print(
        f"{pages} pages, {len(source.read_text('utf-8'))} characters, {found} findings, {len(result.documents[0].ledger)} claims"
    )
    print(f"checked in {checked:.1f} s, written in {written:.2f} s, {size:.1f} MB")
    print(f"opens in {seconds:.2f} s; the bare text in {peer:.2f} s; ratio {seconds / peer:.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
