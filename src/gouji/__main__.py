"""`python -m gouji`, and the program `gouji`."""

import gc
import os
import sys

_FEW = 50_000  # objects made since the last look for garbage


def run() -> None:
    """Run the command line and end the process."""
    # A start makes a hundred thousand objects that live to the end: to look through them every seven hundred cost a tenth of it.
    gc.set_threshold(_FEW, 20, 50)
    from gouji.cli import main

    code = main()
    if sys.argv[1:2] == ["check"] and "multiprocessing" not in sys.modules:  # it has semaphores to give back
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """End at once, all being written and closed: to take every object apart first costs a tenth of a check."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        return  # a stream that cannot be flushed is for Python to complain of
    os._exit(code)


if __name__ == "__main__":
    run()
