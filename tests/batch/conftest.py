"""Batches run for real: processes, Parquet, a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs gouji[batch]")

from gouji.batch import crew, inputs
from gouji.batch.run import run
from gouji.batch.store import Store
from gouji.engine import catalogue, profiles


@pytest.fixture(scope="module")
def pool() -> Iterator[crew.Crew]:
    """Two processes for all batches of a module: their start costs more than the batches."""
    with crew.processes(2) as found:
        yield found


@pytest.fixture
def batch(pool: crew.Crew) -> Callable[..., tuple[Store, dict[str, Any]]]:
    """Run a batch; gives its store and what run.json says."""

    def go(
        source: Path, out: Path, *, profile: str = "national", by: crew.Crew = pool, **options: Any
    ) -> tuple[Store, dict[str, Any]]:
        store = Store(out)
        chosen = profiles.load(profile, catalogue.load())
        return store, run(inputs.find([source]), store, by, chosen, **options)

    return go


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Forty reports: the sample documents, and corpus texts beside them."""
    folder = tmp_path_factory.mktemp("reports")
    for path in sorted((root / "tests" / "corpus" / "a").glob("*.txt"))[:30]:
        shutil.copy(path, folder)
    for path in sorted((root / "sample_inputs" / "seeded").iterdir()):
        if path.suffix in {".docx", ".pdf", ".txt"}:
            shutil.copy(path, folder)
    return folder


def same(one: Path, other: Path) -> None:
    """Both folders hold the same tables, reports and note, byte for byte."""
    listed = [
        sorted(p.relative_to(root) for p in root.rglob("*") if p.is_file() and "cache" not in p.parts) for root in (one, other)
    ]
    assert listed[0] == listed[1]
    assert [p for p in listed[0] if (one / p).read_bytes() != (other / p).read_bytes()] == []


@pytest.fixture(scope="session")
def identical() -> Callable[[Path, Path], None]:
    return same
