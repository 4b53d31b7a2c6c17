"""Files over several processes, with the same result as one."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import active_children, get_context
from pathlib import Path

from gouji.engine.runner import Progress, audit_file, unreadable
from gouji.model.profile import Profile
from gouji.model.record import record
from gouji.model.result import DocumentResult
from gouji.model.text import Text
from gouji.process import settle_worker


@record(frozen=True, slots=True)
class _Died:
    """Stands for the result of a file that took its process down."""


def audit_files(files: Sequence[Path], profile: Profile, jobs: int, progress: Progress | None) -> list[DocumentResult]:
    """The files over several processes, results in the files' order. A process that dies takes no other file along."""
    results: list[DocumentResult | _Died] = []
    others = set(active_children())
    with _pool(min(jobs, len(files))) as pool:
        futures: list[Future[DocumentResult]] = [pool.submit(audit_file, path, profile) for path in files]
        try:
            for future in futures:
                results.append(_outcome(future))
                if progress and isinstance(done := results[-1], DocumentResult):
                    progress(done)
        except BaseException:  # an interrupted run does not wait for the files it has begun
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(active_children()) - others:
                process.terminate()
            raise
    final = []
    for path, result in zip(files, results, strict=True):
        final.append(_alone(path, profile) if isinstance(result, _Died) else result)
        if progress and isinstance(result, _Died):
            progress(final[-1])
    return final


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl-C to their parent. Spawned, not forked: pdfium and threads do not survive a fork."""
    return ProcessPoolExecutor(workers, get_context("spawn"), settle_worker)


def _alone(path: Path, profile: Profile) -> DocumentResult:
    with _pool(1) as pool:
        result = _outcome(pool.submit(audit_file, path, profile))
    if isinstance(result, _Died):
        return replace(unreadable(path, Text("检查进程异常终止", "the process that checked it died"), profile), crashed=True)
    return result


def _outcome(future: Future[DocumentResult]) -> DocumentResult | _Died:
    try:
        return future.result()
    except BrokenProcessPool:
        return _Died()
