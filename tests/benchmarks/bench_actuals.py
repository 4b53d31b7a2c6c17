"""How long it takes to hold reports against a ledger of payments, and whether what was planted is found.

`python tests/benchmarks/bench_actuals.py [UNITS] [ROWS] [PLANTED]` prints the time of the whole program beside that of the same reports
without the ledger, and the differences found, missed and told without cause.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "package"))
import ledger_files

CODES = {"spent": "PK401", "budget": "PK401", "rate": "PK401", "unreported": "PK402", "unpaid": "PK403"}


def run(*arguments: object) -> tuple[float, dict]:
    """Seconds, and the result."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "gouji", "check", *map(str, arguments), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return time.perf_counter() - began, json.loads(done.stdout)


def main(units: int = 50, rows: int = 2000, planted: int = 25) -> int:
    """Print the figures; 1 where a difference was missed or told without cause."""
    with tempfile.TemporaryDirectory() as folder:
        ledger, wrong = ledger_files.write(Path(folder), units, rows, planted)
        alone, _ = run(Path(folder) / "reports")
        seconds, result = run(Path(folder) / "reports", "--actuals", ledger)
    found = missed = false = 0
    for document in result["documents"]:
        codes = [f["code"] for f in document["findings"] if f["code"].startswith("PK4")]
        due = CODES.get(wrong.get(Path(document["path"]).name, ("", ""))[0])
        found += due in codes
        missed += due is not None and due not in codes
        false += len([c for c in codes if c != due])
    print(
        f"{units} reports, ledger of {rows} rows: {seconds:.1f} s; without the ledger {alone:.1f} s; ratio {seconds / alone:.2f}"
    )
    print(f"planted {len(wrong)}: found {found}, missed {missed}, told without cause {false}")
    return int(missed + false > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
