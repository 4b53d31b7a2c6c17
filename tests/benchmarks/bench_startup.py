"""Start-up of `gouji --version` above a bare `python -c pass`, on this machine. Prints figures; fails nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

RUNS = 15
LIMIT = 0.2


def median(command: list[str]) -> float:
    """The median time of several runs, in seconds; one run before them warms the caches."""
    times = []
    for _ in range(RUNS + 1):
        begun = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(perf_counter() - begun)
    return statistics.median(times[1:])


def main() -> None:
    """Measure both and compare."""
    bare = median([sys.executable, "-c", "pass"])
    script = Path(sys.executable).with_name("gouji")
    gouji = median([str(script), "--version"] if script.exists() else [sys.executable, "-m", "gouji", "--version"])
    print(f"python -c pass   {bare * 1000:7.1f} ms")
    print(f"gouji --version  {gouji * 1000:7.1f} ms")
    print(f"above bare       {(gouji - bare) * 1000:7.1f} ms   (promised: at most {LIMIT * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
