"""`python -m gouji`, and the program `gouji`."""

import os
import sys

from gouji import process


def run() -> None:
    """Run the command line and end the process."""
    process.settle()
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
