"""Results made once for all tests of the writers."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    import sample_result

    return sample_result


@pytest.fixture(scope="session")
def browser_module() -> ModuleType:
    import browser

    return browser


@pytest.fixture(scope="session")
def written() -> Callable[..., str]:
    """What a writer writes of a result, checked to be UTF-8 that can be stored."""

    def write(writer: Any, result: Any, **more: Any) -> str:
        stream = io.StringIO()
        writer.write(result, stream, **more)
        text = stream.getvalue()
        text.encode("utf-8")
        return text

    return write
