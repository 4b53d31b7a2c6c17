"""Same input, same bytes: every installed writer, run twice, in other time zones, with other hash seeds."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "sample_inputs" / "seeded"
PROGRAM = """
import hashlib, io, sys
from importlib.metadata import entry_points
from gouji.engine import originals
from gouji.engine.diff import compare
from gouji.engine.runner import audit
result = audit(sys.argv[1:])
for group, shown in (("gouji.writers", result), ("gouji.comparison_writers", compare(result, result))):
    for point in sorted(entry_points(group=group), key=lambda p: p.name):
        writer = point.load()
        if hasattr(writer, "write_binary"):
            stream = io.BytesIO()
            writer.write_binary(shown, stream, original=originals.read)
            data = stream.getvalue()
        else:
            stream = io.StringIO()
            writer.write(shown, stream)
            data = stream.getvalue().encode()
        print(group, point.name, hashlib.sha256(data).hexdigest())
"""


@pytest.fixture(scope="module")
def printed() -> list[str]:
    """The digests of every format, in three environments, a few seconds apart."""
    runs = []
    files = [str(SAMPLES / "housing_form.docx"), str(SAMPLES / "market_bureau.pdf")]
    for zone, seed, locale in (("UTC", "0", "C.UTF-8"), ("Asia/Shanghai", "1", "C"), ("America/St_Johns", "2", "C.UTF-8")):
        environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "1"}
        done = subprocess.run([sys.executable, "-c", PROGRAM, *files], capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr
        runs.append(done.stdout)
    return runs


def test_every_writer_writes_the_same_bytes(printed: list[str]) -> None:
    """The digests do not depend on the time, its zone, the locale or the order of hashes."""
    first, *others = printed
    assert [line.split()[1] for line in first.splitlines()]
    assert len(first.splitlines()) == sum(len(entry_points(group=g)) for g in ("gouji.writers", "gouji.comparison_writers"))
    assert others == [first, first]
    assert hashlib.sha256(b"").hexdigest() not in first
