"""Batches at full scale: memory, growth, cache, kills, and the wall time against programs that only convert or extract.

    python tests/benchmarks/bench_batch.py scale            # 100, 1,000 and 10,000 reports: exponent, peak memory, second run
    python tests/benchmarks/bench_batch.py kills            # 1,000 reports, killed ten times
    python tests/benchmarks/bench_batch.py docx --markitdown PYTHON   # 1,000 .docx against markitdown converting 250
    python tests/benchmarks/bench_batch.py pdf              # 1,000 .pdf against pdfplumber extracting the text of 350

Prints figures; fails nothing. PYTHON is an interpreter that has markitdown[docx], which the project itself does not need.
The peers run as they are used, in one process; beside it stands the ratio for as many of their processes as gouji has.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))

SIZES = (100, 1_000, 10_000)
KILLS = 10
CORES = len(os.sched_getaffinity(0))


def batch(source: Path, out: Path, *more: str) -> list[str]:
    words = ["batch", str(source), "--out", str(out), "--fail-on", "never", "--report", "none", *more]
    return [sys.executable, "-m", "gouji", *words]


def timed(command: list[str]) -> tuple[float, int]:
    """Wall time of a command and the peak memory of it and its children together, in bytes of resident set."""
    begun = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, sum(map(resident, family(run.pid))))

    thread = threading.Thread(target=watch)
    thread.start()
    code = run.wait()
    seconds = time.perf_counter() - begun
    done.set()
    thread.join()
    assert code in (0, 3), code
    return seconds, peak


def family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return found


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def reports(folder: Path, count: int) -> Path:
    """Reports of one page, no two alike."""
    import roster

    folder.mkdir(parents=True)
    made = 0
    for seed in range(count // 500 + 1):
        for report in roster.city(seed)[: count - made]:
            (folder / f"{made:05}.txt").write_text(report.text(), "utf-8")
            made += 1
    return folder


def scale(work: Path) -> None:
    points, peaks = [], {}
    for size in SIZES:
        source, out = reports(work / str(size) / "in", size), work / str(size) / "out"
        seconds, peaks[size] = timed(batch(source, out))
        again, _ = timed(batch(source, out))
        points.append((math.log(size), math.log(seconds)))
        rate = f"{size / seconds:6.1f} a second, peak {peaks[size] / 2**20:6.1f} MB"
        print(f"{size:>6} reports {seconds:8.1f} s  {rate}, second run {again:6.2f} s = 1/{seconds / again:.0f}", flush=True)
    mean_x, mean_y = (statistics.mean(column) for column in zip(*points, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    print(
        f"exponent {slope:.3f} (promised: at most 1.03); peak at {SIZES[2]} / {SIZES[1]}: {peaks[SIZES[2]] / peaks[SIZES[1]]:.3f} (1.10)"
    )


def kills(work: Path) -> None:
    source = reports(work / "in", SIZES[1])
    subprocess.run(batch(source, work / "undisturbed"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pick, cache = random.Random(), work / "killed" / "cache"
    for number in range(1, KILLS + 1):
        before = len(list(cache.rglob("*.arrow")))
        run = subprocess.Popen(batch(source, work / "killed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begun, rest = time.monotonic(), pick.uniform(0.1, 3)
        while run.poll() is None:
            now = len(list(cache.rglob("*.arrow")))
            if now > before and time.monotonic() - begun > rest:
                break
            time.sleep(0.01)
        run.kill()
        run.wait()
        print(f"kill {number:2}: {len(list(cache.rglob('*.arrow'))):5} documents in the cache", flush=True)
    subprocess.run(batch(source, work / "killed"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    one, two = work / "undisturbed", work / "killed"
    names = [sorted(p.relative_to(r) for p in r.rglob("*") if p.is_file() and "cache" not in p.parts) for r in (one, two)]
    same = names[0] == names[1] and all((one / n).read_bytes() == (two / n).read_bytes() for n in names[0])
    print("tables identical" if same else "TABLES DIFFER")


def words(folder: Path, count: int) -> Path:
    """Word files of 5 to 30 pages: twenty-six that differ, each in as many copies as it takes, told apart by the zip's comment."""
    import bench_docx

    folder.mkdir(parents=True)
    bases = []
    for pages in range(5, 31):
        bench_docx.CHARACTERS = pages * 830
        bases.append(folder.parent / f"base{pages}.docx")
        bench_docx.build(bases[-1])
    for number in range(count):
        copy = shutil.copy(bases[number % len(bases)], folder / f"{number:05}.docx")
        with zipfile.ZipFile(copy, "a") as archive:
            archive.comment = str(number).encode()
    return folder


def sheets(folder: Path, count: int) -> Path:
    """Text PDFs of ten pages, told apart by what stands behind their end."""
    import bench_pdf

    bench_pdf.PAGES = 10
    folder.mkdir(parents=True)
    base = folder.parent / "base.pdf"
    bench_pdf.make(base)
    data = base.read_bytes()
    for number in range(count):
        (folder / f"{number:05}.pdf").write_bytes(data + f"%{number}\n".encode())
    return folder


MARKITDOWN = "import sys; from markitdown import MarkItDown\nm = MarkItDown()\nfor p in sys.argv[1:]: m.convert(p)"
PDFPLUMBER = (
    "import sys, pdfplumber\n"
    "for p in sys.argv[1:]:\n"
    "    with pdfplumber.open(p) as d: [page.extract_text() for page in d.pages]"
)


def against(work: Path, source: Path, peer: list[str], count: int, name: str) -> None:
    """All files by gouji, the first `count` by the peer, which starts once."""
    files = sorted(map(str, source.iterdir()))
    ours, peak = timed(batch(source, work / "out"))
    begun = time.perf_counter()
    subprocess.run([*peer, *files[:count]], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    theirs = time.perf_counter() - begun
    print(f"gouji, {len(files)} files checked  {ours:8.1f} s  (peak {peak / 2**20:.0f} MB, {CORES} cores)")
    print(f"{name}, {count} files     {theirs:8.1f} s")
    print(f"ratio {ours / theirs:.2f} (promised: below 1); had the peer used {CORES} processes: {ours * CORES / theirs:.2f}")


def main() -> None:
    """Measure one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["scale", "kills", "docx", "pdf"])
    parser.add_argument("--markitdown", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--files", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if options.part == "scale":
            scale(work)
        elif options.part == "kills":
            kills(work)
        elif options.part == "docx":
            peer = [options.markitdown, "-c", MARKITDOWN]
            against(work, words(work / "in", options.files), peer, options.files // 4, "markitdown")
        else:
            peer = [sys.executable, "-c", PDFPLUMBER]
            against(work, sheets(work / "in", options.files), peer, options.files * 35 // 100, "pdfplumber")


if __name__ == "__main__":
    main()
