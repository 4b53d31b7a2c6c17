"""Measure gouji's accuracy on generated reports, or on folders of documents with keys. Prints a table in Markdown."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from keys import document
from scoring import Marked, Tally, judge, table


def audited(path: Path) -> dict[str, Any]:
    """What gouji says of a file, with the names of its JSON contract."""
    from gouji.engine.runner import audit_file

    found = audit_file(path)
    findings = [
        {
            "code": f.code,
            "name": f.name,
            "severity": f.severity.value,
            "message": f.message.get("zh"),
            "computed": f.computed,
            "waived": f.waived,
            "evidence": [{"quote": e.quote, "context": e.context, "start": e.start, "end": e.end} for e in f.evidence],
        }
        for f in found.findings
    ]
    return {
        "verdict": "crashed" if found.crashed else found.verdict,
        "findings": findings,
        "coverage": {"quantities": found.coverage.quantities, "tied": found.coverage.tied},
    }


def generated(seed: int, split: str) -> Marked:
    """Generate a document, check it and judge the result."""
    written = document(seed, split)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{split}-{seed:05d}.txt"
        path.write_text(written.text, encoding="utf-8")
        return judge(path.name, written.text, written.keys, audited(path), written.areas)


def stored(path: Path) -> Marked:
    """Check and judge a document that has its key beside it."""
    keys = json.loads(path.with_suffix(".key.json").read_text(encoding="utf-8"))
    source = path if path.suffix == ".txt" else path.with_suffix(".truth.txt")
    return judge(path.name, source.read_text(encoding="utf-8"), keys, audited(path))


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of NAME.txt with NAME.key.json; none: generate")
    parser.add_argument("--split", choices=("seen", "unseen"), default="seen")
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0, help="number of the first document")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", type=Path, help="write the table here too")
    parser.add_argument("--dump", type=Path, help="write the generated documents and keys into this folder, and stop")
    parser.add_argument("--show-false", type=int, default=0, metavar="N")
    parser.add_argument("--show-missed", type=int, default=0, metavar="N")
    parser.add_argument("--open-unseen", action="store_true", help="allow examples of the unseen split")
    return parser.parse_args()


def dump(folder: Path, split: str, seeds: range) -> None:
    """Write documents and keys as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        written = document(seed, split)
        path = folder / f"{split}-{seed:05d}.txt"
        path.write_text(written.text, encoding="utf-8")
        path.with_suffix(".key.json").write_text(json.dumps(written.keys, ensure_ascii=False, indent=1), encoding="utf-8")


def main() -> None:
    """Run, score, print."""
    chosen = options()
    seeds = range(chosen.seed, chosen.seed + chosen.documents)
    if chosen.dump:
        dump(chosen.dump, chosen.split, seeds)
        return
    if chosen.folders:
        title = ", ".join(folder.name for folder in chosen.folders)
        paths = [
            k.with_name(k.name.removesuffix(".key.json") + suffix)
            for folder in chosen.folders
            for k in sorted(folder.glob("*.key.json"))
            for suffix in (".txt", ".docx")
        ]
        work, tasks = stored, [p for p in paths if p.exists()]
    else:
        title = f"{chosen.split} phrasings"
        work, tasks = partial(generated, split=chosen.split), list(seeds)
    begun, tally = perf_counter(), Tally()
    with ProcessPoolExecutor(chosen.jobs) as pool:
        for marked in pool.map(work, tasks, chunksize=8):
            tally.add(marked)
    report = table(tally, title)
    print(report)
    print(f"{perf_counter() - begun:.0f} s", file=sys.stderr)
    if chosen.output:
        chosen.output.write_text(report + "\n", encoding="utf-8")
    if chosen.folders or chosen.split == "seen" or chosen.open_unseen:
        for line in [*tally.false_examples[: chosen.show_false], *tally.missed_examples[: chosen.show_missed]]:
            print(line)


if __name__ == "__main__":
    main()
