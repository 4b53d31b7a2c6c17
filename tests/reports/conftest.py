"""Results made once for all tests of the writers."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _helper(name: str) -> ModuleType:
    """A module beside this file; the import mode of the suite puts no test folder on the path."""
    key = f"gouji_report_tests_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, Path(__file__).with_name(f"{name}.py"))
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
    return sys.modules[key]


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    return _helper("sample_result")


@pytest.fixture(scope="session")
def browser_module() -> ModuleType:
    return _helper("browser")


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
