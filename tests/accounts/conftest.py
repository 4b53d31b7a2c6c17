"""Lets the tests import the maker of final accounts by its plain name, and that of the sample documents as `sample_documents`."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
_SPEC = importlib.util.spec_from_file_location("sample_documents", HERE.parents[1] / "sample_inputs" / "generate.py")
sys.modules[_SPEC.name] = importlib.util.module_from_spec(_SPEC)  # another generate.py stands among the benchmarks
_SPEC.loader.exec_module(sys.modules[_SPEC.name])
