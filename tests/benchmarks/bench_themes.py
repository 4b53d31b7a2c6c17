"""What the checks of copying, structure and dates cost, beside finding and checking the arithmetic's claims in the same run.

python tests/benchmarks/bench_themes.py [FOLDER ...]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from gouji import claims, facts
from gouji.engine import catalogue, profiles
from gouji.engine.kit import AuditContext
from gouji.readers import read

_THEMES = ("copying", "structure", "dates")
_ROUNDS = 3


def main(folders: list[str]) -> None:
    installed = catalogue.load()
    profile = profiles.load(profiles.DEFAULT, installed)
    files = [f for folder in folders for f in sorted(Path(folder).rglob("*.txt"))]
    documents = [read(f) for f in files]
    found = [facts.extract(d) for d in documents]
    spent = dict.fromkeys((*_THEMES, "arithmetic"), 0.0)
    single: dict[str, float] = {}
    for turn in range(_ROUNDS + 1):  # the first compiles the expressions
        for document, fact in zip(documents, found, strict=True):
            started = time.perf_counter()
            told = claims.find(document, fact, profile, [])
            context = AuditContext(document, fact, told, profile)
            if turn:
                spent["arithmetic"] += time.perf_counter() - started
            for check in installed.checks:
                if check.info.theme not in spent:
                    continue
                started = time.perf_counter()
                for _ in check.run(context):
                    pass
                if turn:
                    seconds = time.perf_counter() - started
                    spent[check.info.theme] += seconds
                    single[check.info.code] = single.get(check.info.code, 0) + seconds
    theme = sum(spent[t] for t in _THEMES)
    count = _ROUNDS * len(files)
    for name, seconds in spent.items():
        print(f"{name:<12} {1000 * seconds / count:7.2f} ms a document")
    print(f"copying, structure and dates cost {theme / spent['arithmetic']:.2f} of the arithmetic ({len(files)} documents)")
    for code, seconds in sorted(single.items(), key=lambda c: -c[1])[:6]:
        print(f"  {code} {1000 * seconds / count:.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1:] or [str(Path(__file__).parents[1] / "corpus")])
