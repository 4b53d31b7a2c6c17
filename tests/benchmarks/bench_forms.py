"""How well forms are checked, end to end: clean ones must be silent, planted errors told by the check that is theirs.

`python tests/benchmarks/bench_forms.py [PER_LAYOUT] [FIRST_SEED]` prints, for each fault, how many forms told it, and precision and
recall over all. A finding counts as true where it is the planted fault or follows from it (a weight made larger leaves its score behind).
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from gouji.engine.runner import audit_file

sys.path.insert(0, str(Path(__file__).parent.parent / "claims"))
import forms

TELLS = {
    "weights": {"SC102"},
    "execution": {"SC301"},
    "above": {"SC302"},
    "missed": {"SC302"},
    "total": {"SC101"},
    "grade": {"SC201"},
    "reason": {"SC302", "SC303"},
    "funds": {"AR101"},
    "rate": {"AR201"},
}
FOLLOWS = {"weights": {"SC302", "SC303"}, "total": {"AR701"}, "funds": {"AR701"}}
WAYS = tuple(w for w in ("docx", "pdf", "xlsx") if w in forms.WAYS)


def main(per_layout: int = 3, seed: int = 1000) -> int:
    """Print the counts; 1 where a clean form was accused."""
    found: Counter[str] = Counter()
    true = false = missed = clean = accused = 0
    with tempfile.TemporaryDirectory() as folder:
        for layout in forms.LAYOUTS:
            for way in WAYS:
                for fault in ("", *forms.FAULTS):
                    for number in range(seed, seed + per_layout):
                        made = forms.write(number, layout, way, fault)
                        if made is None:
                            continue
                        path = Path(folder) / f"{layout}-{way}-{fault or 'clean'}-{number}{made[0]}"
                        path.write_bytes(made[1])
                        codes = {f.code for f in audit_file(path).findings if f.severity.value != "notice"}
                        told = bool(codes & TELLS.get(fault, set()))
                        wrong = codes - TELLS.get(fault, set()) - FOLLOWS.get(fault, set())
                        clean += not fault
                        accused += not fault and bool(wrong)
                        true, missed, false = true + told, missed + (bool(fault) and not told), false + len(wrong)
                        found[f"{fault or 'clean'} {'told' if told else 'silent'}"] += 1
                        if wrong or (fault and not told):
                            print(path.name, sorted(codes))
    for name, count in sorted(found.items()):
        print(f"{name:<20}{count}")
    print(f"clean forms {clean}, of them accused {accused}")
    print(
        f"precision {true / max(1, true + false):.4f}, recall {true / max(1, true + missed):.4f} over {true + missed} planted errors"
    )
    return int(accused > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
