"""Forms and tables as departments print them: clean ones are silent, and a planted fault is told. The generators are `forms` and `lists`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji import claims, facts
from gouji.engine import catalogue, profiles
from gouji.model.claim import Claim, Verdict
from gouji.readers import read

sys.path.insert(0, str(Path(__file__).parent))
import forms
import lists

SEEDS = {  # by way
    "tab": range(1),
    "pipe": range(2, 3),
    "lines": range(3, 4),
    "squeezed": range(5, 6),
    "docx": range(8, 10),
    "pdf": range(10, 11),
    "xlsx": range(12, 13),
}
TELLS = {  # the kinds of claim that tell a fault
    "weights": {"weight_total"},
    "execution": {"execution_score"},
    "above": {"indicator_score"},
    "missed": {"indicator_score"},
    "reason": {"indicator_score"},
    "total": {"score_total", "total"},
    "grade": {"grade"},
    "funds": {"total"},
    "rate": {"rate", "execution_score"},
    "share": {"share"},
    "change": {"change"},
    "percent": {"change"},
}
FOLLOWS = {
    "weights": {"indicator_score"},
    "total": {"rate", "share", "restatement"},
    "funds": {"restatement"},
}  # what else a fault makes wrong
UNSEEN = {  # one cell a line: two columns of named funds one under the other; merged names between criteria; three tables in one
    ("hunan", "lines", "funds"),
    *((layout, "lines", fault) for layout in ("hunan_levels", "sichuan_tasks") for fault in forms.FAULTS),
}


@pytest.fixture(scope="module")
def wrong() -> Callable[[str, bytes], list[Claim]]:
    """The claims of a document that disagree."""
    profile = profiles.load(profiles.DEFAULT, catalogue.load())

    def find(suffix: str, data: bytes) -> list[Claim]:
        document = read(Path("form" + suffix), data)
        found = claims.find(document, facts.extract(document), profile)
        return [c for c in found if c.verdict is Verdict.DISAGREES]

    return find


@pytest.mark.parametrize("way", forms.WAYS)
@pytest.mark.parametrize("layout", forms.LAYOUTS)
def test_clean_form_is_silent(layout, way, wrong):
    """A form without fault gives no claim that disagrees, however it is printed."""
    for seed in SEEDS[way]:
        made = forms.write(seed, layout, way)
        assert made is not None
        assert [(c.kind.value, c.stated, c.formula) for c in wrong(*made)] == [], seed


@pytest.mark.parametrize("fault", forms.FAULTS)
@pytest.mark.parametrize("way", ["tab", "pipe", "docx", "pdf", "xlsx", "lines"])
@pytest.mark.parametrize("layout", forms.LAYOUTS)
def test_planted_fault_is_told(layout, way, fault, wrong):
    """One planted fault is told by its own kind of claim, and nothing else is accused."""
    for seed in SEEDS[way]:
        made = forms.write(seed, layout, way, fault)
        if made is None or (layout, way, fault) in UNSEEN:
            continue
        kinds = {c.kind.value for c in wrong(*made)}
        if fault == "reason" and made[0] == ".txt" and not kinds:
            continue  # a text does not show whether the reason above is merged over this row
        assert kinds & TELLS[fault], seed
        assert kinds <= TELLS[fault] | FOLLOWS.get(fault, set()), seed


@pytest.mark.parametrize("way", ["tab", "pipe", "lines"])
@pytest.mark.parametrize("kind", lists.KINDS)
def test_list_of_amounts(kind, way, wrong):
    """Projects with 小计, code trees, shares and two years: silent when clean, told when one figure slips."""
    for seed in SEEDS[way]:
        for fault in ("", *lists.FAULTS):
            data = lists.write(seed, kind, way, fault)
            if data is None:
                continue
            kinds = {c.kind.value for c in wrong(".txt", data)}
            assert bool(kinds & TELLS.get(fault, set())) is bool(fault), (seed, fault)
            assert kinds <= TELLS.get(fault, set()) | FOLLOWS.get(fault, set()), (seed, fault)
