"""Lets the tests import the maker of final accounts and that of the sample documents by their plain names."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "sample_inputs")]
