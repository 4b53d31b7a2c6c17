"""A document that has been checked is gone: a batch of thousands does not wait for a search for garbage."""

from __future__ import annotations

import gc

import pytest

from gouji.engine.runner import audit_file


@pytest.mark.parametrize("name", ["water_bureau.docx", "rural_roads.pdf", "reservoir_projects.xlsx", "cppcc_reelection.txt"])
def test_a_check_leaves_no_garbage(name, source_tree):
    """Nothing of the reader, the facts, the claims or the checks holds itself in a circle."""
    path = source_tree / "sample_inputs" / "clean" / name
    audit_file(path)  # what is compiled and read once stays
    gc.collect()
    gc.disable()
    try:
        audit_file(path)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("looks", [True, False])
def test_a_check_leaves_the_collector_as_it_was(looks, source_tree):
    """Garbage is looked for again after a check, even one of a file that cannot be read, and only if it was before."""
    (gc.enable if looks else gc.disable)()
    try:
        audit_file(source_tree / "sample_inputs" / "clean" / "cppcc_reelection.txt")
        assert gc.isenabled() is looks
        assert audit_file("no such file.docx").verdict == "unreadable"
        assert gc.isenabled() is looks
    finally:
        gc.enable()
