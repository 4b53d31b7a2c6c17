"""How many faults of final accounts are found, and how much is said of accounts without a fault?

`python tests/benchmarks/bench_accounts.py [DOCUMENTS]` makes so many clean final accounts (twenty unless told) in three wordings, two
layouts and four formats, and as many with twelve faults each; prints the findings on the clean ones, the share of faults found at
their place, and the share of findings that show a planted fault. It ends with 1 unless the clean ones are silent and all faults found.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import ModuleType

from gouji.engine.runner import audit_file
from gouji.model.result import DocumentResult

ROOT = Path(__file__).resolve().parents[2]


def load(name: str, path: Path) -> ModuleType:
    """A script as a module under a name of its own."""
    spec = importlib.util.spec_from_file_location(name, path)
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


accounts = load("final_accounts", ROOT / "tests" / "accounts" / "final_accounts.py")
samples = load("sample_documents", ROOT / "sample_inputs" / "generate.py")


def audited(folder: Path, form: str, markup: str) -> DocumentResult:
    path = folder / f"accounts.{form}"
    path.write_bytes(samples.MAKERS[form](samples.parse(markup)))
    return audit_file(path)


def main(count: int) -> int:
    """Make, audit, count, print."""
    found: Counter[str] = Counter()
    remarks = findings = true = tied = figures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(1000, 1000 + count):
            for form in ("docx", "pdf", "html"):
                clean = audited(folder, form, accounts.document(seed, seed % 3, other=seed % 2 == 0))
                remarks += len(clean.findings) + (clean.verdict != "pass")
                tied, figures = tied + clean.coverage.tied, figures + clean.coverage.quantities
                for finding in clean.findings:
                    print("clean", seed, form, finding.code, finding.message.zh)
                markup, planted = accounts.spoilt(seed)
                result = audited(folder, form, markup)
                for fault in planted:
                    hits = [f for f in result.findings if accounts.touches(f.evidence, fault)]
                    found[fault.name] += bool(hits)
                findings += len(result.findings)
                true += sum(any(accounts.touches(f.evidence, fault, at_all=True) for fault in planted) for f in result.findings)
    documents = 3 * count
    for name, number in found.items():
        print(f"{name:16} {number}/{documents}")
    share = sum(found.values()) / (documents * len(accounts.FAULTS))
    print(f"{documents} clean: {remarks} remarks, {tied}/{figures} figures tied; {documents} with twelve faults: recall {share:.4f}, "
          f"findings that show a fault {true}/{findings}")  # fmt: skip
    return int(remarks > 0 or share < 1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
