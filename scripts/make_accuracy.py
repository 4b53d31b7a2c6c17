"""Measure gouji again and write the figures into docs/accuracy.md, between its markers; what is written by hand there is kept.

`python scripts/make_accuracy.py [keys corpora generated coverage speed]`: all of them takes some minutes. Reports that lie beside the
repository are measured where they are present; without them their last figures stay.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "accuracy.md"
BENCHMARKS = ROOT / "tests" / "benchmarks"
REPORTS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = 2000  # generated of each half
sys.path[:0] = [str(ROOT / "tests"), str(BENCHMARKS / "accuracy")]

from gouji.engine.runner import audit_file  # noqa: E402
from gouji.model.claim import Verdict  # noqa: E402
from gouji.model.document import Document  # noqa: E402
from gouji.model.quantity import Dimension  # noqa: E402
from gouji.model.result import DocumentResult, Severity, UntiedFigure  # noqa: E402


@cache
def reports() -> tuple[tuple[DocumentResult, dict[str, Any]], ...]:
    """The real reports, each with its key."""
    files = [json.loads(f.read_text("utf-8")) for f in sorted((REPORTS / "keys").glob("*.json"))]
    return tuple((audit_file(REPORTS / key["file"]), key) for key in files)


# ---- the keys of the real reports ---------------------------------------------------------------------------------------------


def keys() -> str | None:
    """How many of each key's entries hold, report by report."""
    if not REPORTS.is_dir():
        return None
    head = (
        "report",
        "faults found",
        "claims tied",
        "rightly left alone",
        "errors",
        "warnings",
        "explained below",
        "extras found",
    )
    rows = []
    for number, (result, key) in enumerate(reports(), 1):
        loud = [f for f in result.findings if f.severity is not Severity.NOTICE]
        rows.append((
            number,
            _of(_found(result, e) for e in key["must_find"]),
            _of(_tied(result, e) for e in key["must_agree"]),
            _of(not any(_overlaps(result, f.evidence[:1], e) for f in loud) for e in key["must_not_accuse"]),
            sum(f.severity is Severity.ERROR for f in loud),
            sum(f.severity is Severity.WARNING for f in loud),
            sum(any(_overlaps(result, f.evidence, e) for e in key["must_find"]) for f in loud),
            _of(any(_overlaps(result, f.evidence, e) for f in result.findings) for e in key["stretch"]),
        ))  # fmt: skip
    return _table(head, rows)


def _of(hits: Iterable[bool]) -> str:
    hits = list(hits)
    return f"{sum(hits)} of {len(hits)}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _whole(document: Document | None) -> str:
    return "".join(_squeezed(b.text) for b in document.blocks) if document else ""


def _overlaps(result: DocumentResult, evidence: Iterable[Any], entry: dict[str, Any]) -> bool:
    """Whether an evidence shares characters with the entry's quote, or lies between its marks."""
    text = _whole(result.document)
    first, last = entry.get("between") or (entry["quote"], None)
    start = text.find(_squeezed(first))
    end = text.find(_squeezed(last), start) if last else start + len(_squeezed(first))
    assert result.document is not None
    before = [0]
    for block in result.document.blocks:
        before.append(before[-1] + len(_squeezed(block.text)))
    for e in evidence:
        at = before[e.block] + len(_squeezed(result.document.blocks[e.block].text[: e.start]))
        if at < end and at + len(_squeezed(e.quote)) > start >= 0:
            return True
    return False


def _found(result: DocumentResult, entry: dict[str, Any]) -> bool:
    wanted = Severity(entry["severity"])
    return any(f.severity.rank >= wanted.rank and _overlaps(result, f.evidence, entry) for f in result.findings)


def _tied(result: DocumentResult, entry: dict[str, Any]) -> bool:
    wanted = re.findall(r"[\d.]+", entry["stated"])
    mine = [e.claim for e in result.ledger if e.claim.kind == entry["kind"] and e.claim.verdict is Verdict.AGREES]
    return any(wanted == re.findall(r"[\d.]+", c.stated.replace(",", "")) for c in mine)


# ---- corpora and generated documents ------------------------------------------------------------------------------------------


def corpora() -> str:
    """A line for each folder of documents with keys."""
    folders = [f for f in sorted((ROOT / "tests" / "corpus").iterdir()) if any(f.glob("*.key.json"))]
    head = (
        "corpus",
        "documents",
        "clean",
        "planted",
        "precision",
        "recall",
        "false errors on clean",
        "false warnings on clean",
    )
    return _table(head, [(f.name, *_line(f)) for f in folders])


def _line(folder: Path) -> tuple[object, ...]:
    from run import stored  # the measurement's own modules
    from scoring import Tally

    tally = Tally()
    for key in sorted(folder.glob("*.key.json")):
        for suffix in (".txt", ".docx"):
            if (path := key.with_name(key.name.removesuffix(".key.json") + suffix)).exists():
                tally.add(stored(path))
    found, false = sum(k.hit for k in tally.keys), tally.false_by_code.total()
    precision = 1 - false / tally.flagged if tally.flagged else 1
    recall = found / len(tally.keys) if tally.keys else 1
    return (
        tally.documents,
        tally.clean,
        len(tally.keys),
        f"{precision:.3f}",
        f"{recall:.3f}",
        tally.clean_errors,
        tally.clean_warnings,
    )


def generated() -> str:
    """The tables of both halves of the generator's phrasings."""
    script = BENCHMARKS / "accuracy" / "run.py"
    tables = [_run(script, "--split", split, "--documents", str(DOCUMENTS)) for split in ("seen", "unseen")]
    return "\n\n".join(tables)


# ---- coverage -----------------------------------------------------------------------------------------------------------------


def coverage() -> str | None:
    """How much of the real reports is tied, and each money figure and percentage that is not, with its class."""
    if not REPORTS.is_dir():
        return None
    rows, loose, sums = [], [], Counter[str]()
    for number, (result, _) in enumerate(reports(), 1):
        money = [u for u in result.untied if _weighty(u)]
        classes = Counter(u.why for u in money)
        whole = _weighty_total(result, money)
        named = len(money) - classes["standalone"] - classes["table"]
        sums.update({"whole": whole, "tied": whole - len(money), "named": named})
        rows.append(
            (
                number,
                result.coverage.quantities,
                result.coverage.tied,
                whole,
                whole - len(money),
                named,
                _share(whole, len(money) - named),
            )
        )
        loose += [(number, _section(result, u), u.quantity.raw.replace("|", "/"), u.why) for u in money]
    rows.append(
        (
            "all",
            "",
            "",
            sums["whole"],
            sums["tied"],
            sums["named"],
            _share(sums["whole"], sums["whole"] - sums["tied"] - sums["named"]),
        )
    )
    head = ("report", "figures", "tied", "money and percentages", "tied", "classed by a reason", "tied or classed")
    return _table(head, rows) + "\n\n" + _table(("report", "section", "figure", "class"), loose)


def _weighty(untied: UntiedFigure) -> bool:
    return untied.quantity.dimension in (Dimension.MONEY, Dimension.PERCENT)


def _weighty_total(result: DocumentResult, untied: list[UntiedFigure]) -> int:
    tied = {
        o.quantity.span
        for e in result.ledger
        if e.claim.verdict is not Verdict.UNDECIDABLE
        for o in e.claim.operands
        if o.quantity is not None and o.quantity.dimension in (Dimension.MONEY, Dimension.PERCENT)
    }
    return len(tied - {u.quantity.span for u in untied}) + len(untied)


def _share(whole: int, rest: int) -> str:
    return f"{(whole - rest) / whole:.3f}" if whole else "–"


def _section(result: DocumentResult, untied: UntiedFigure) -> str:
    """The numbers of the headings above a figure; their words stay with their author."""
    assert result.document is not None
    block = result.document.blocks[untied.quantity.span.block]
    path = [_number(block)] if block.marker else []
    parent = block.parent
    while parent is not None:
        above = result.document.blocks[parent]
        path.append(_number(above))
        parent = above.parent
    words = " ".join(p for p in reversed(path) if p) or "head"
    return words + (", table" if block.table is not None else "") + f" (paragraph {block.index + 1})"


def _number(block: Any) -> str:
    return block.text[block.marker.start : block.marker.end].strip() if block.marker else ""


# ---- speed --------------------------------------------------------------------------------------------------------------------


def speed() -> str:
    """What the benchmarks print here."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    scripts = [BENCHMARKS / f"bench_{name}.py" for name in ("peers", "engine", "startup", "themes")]
    return f"Measured with {machine}.\n\n" + "\n\n".join(f"`{s.name}`\n\n```text\n{_run(s)}\n```" for s in scripts)


def _run(script: Path, *arguments: str) -> str:
    command = [sys.executable, script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 our own scripts
    if "Traceback" in done.stderr or not done.stdout.strip():  # an exit code alone may be a promise not kept, which is shown
        raise SystemExit(f"{script.name} failed: {done.stderr[-500:]}")
    return done.stdout.strip()


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(head), *rows]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


SECTIONS = {"keys": keys, "corpora": corpora, "generated": generated, "coverage": coverage, "speed": speed}


def main() -> int:
    """Measure the sections named, or all."""
    for name in sys.argv[1:] or list(SECTIONS):
        print(name, file=sys.stderr)
        body = SECTIONS[name]()
        if body is None:
            print(f"{name}: the reports are not beside the repository; the last figures stay", file=sys.stderr)
            continue
        text = TARGET.read_text("utf-8")
        marked = re.compile(rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if not marked.search(text):
            raise SystemExit(f"{TARGET.name} has no place for {name}")
        TARGET.write_text(marked.sub(lambda m, body=body: f"{m[1]}{body}\n{m[2]}", text), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
