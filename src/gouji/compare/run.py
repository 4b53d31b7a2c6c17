"""The comparison from files to its result."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from gouji.compare.alike import groups
from gouji.compare.pairs import rank
from gouji.compare.slips import find_slips
from gouji.compare.store import Store
from gouji.compare.units import Cut, read_cut
from gouji.model.document import DocumentError, NotChecked
from gouji.model.likeness import Comparison, Submission
from gouji.model.text import Text

LEAST = 0.3  # of the smaller submission's own text
_AHEAD = 64  # files under way for each process

Progress = Callable[[int], None]


def compare(files: Sequence[Path], *, least: float = LEAST, jobs: int = 1, progress: Progress | None = None) -> Comparison:
    """Compare submissions with one another. A file that cannot be read is named in `not_read`, and the others go on.

    `least` is the share of the smaller submission's own text from which on a pair is told. `jobs` above 1 reads in as many processes.
    """
    submissions: list[Submission] = []
    not_read: list[NotChecked] = []
    with tempfile.TemporaryFile(prefix="gouji-compare-") as file:
        store = Store(file)
        for done, outcome in enumerate(_cuts(files, jobs), 1):
            if isinstance(outcome, Cut):
                store.add(outcome)
                submissions.append(Submission(outcome.path, outcome.organisation, outcome.year))
            else:
                not_read.append(outcome)
            if progress:
                progress(done)
        pairs, boilerplate = rank(store, groups(store), submissions, least)
        slips = find_slips(store)
    return Comparison(tuple(submissions), tuple(pairs), slips, boilerplate, tuple(not_read))


def read_one(path: Path) -> Cut | NotChecked:
    """The sentences of a file, or why there are none."""
    what = Text(str(path), str(path))
    try:
        return read_cut(path)
    except DocumentError as error:
        return NotChecked(what, error.reason)
    except OSError as error:
        return NotChecked(what, Text(f"文件无法打开：{error.strerror}", f"the file cannot be opened: {error.strerror}"))
    except Exception as error:  # noqa: BLE001 - a fault of a reader must not hide the other files
        return NotChecked(what, Text(f"读取程序出错：{error}", f"the reader failed: {type(error).__name__}: {error}"))


def _cuts(files: Sequence[Path], jobs: int) -> Iterator[Cut | NotChecked]:
    if jobs <= 1 or len(files) < 2:
        yield from map(read_one, files)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(files)), context, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        rest = iter(files)
        while batch := list(islice(rest, jobs * _AHEAD)):  # so many results in memory, no more
            yield from pool.map(read_one, batch, chunksize=16)
