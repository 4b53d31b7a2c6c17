"""Waivers: what they excuse, for how long, and what becomes of those that excuse nothing."""

from __future__ import annotations

from datetime import date

import pytest

from gouji.engine import waivers
from gouji.engine.waivers import Waiver, WaiverError
from gouji.model.result import DocumentResult, Finding, Severity
from gouji.model.text import Text

TODAY = date(2024, 6, 30)
FINDING = Finding("AR901", "fault", Severity.ERROR, Text("错", "wrong"), (), "abc")


def test_waiver_marks_its_finding_with_the_reason():
    """A waived finding stays in the result, with the reason."""
    (waived,) = waivers.apply([FINDING], [Waiver("abc", "原件已核")], TODAY)
    assert waived.waived == "原件已核"


@pytest.mark.parametrize(("until", "waived"), [(date(2024, 6, 30), "r"), (date(2024, 6, 29), None)])
def test_waiver_holds_to_the_end_of_its_last_day(until, waived):
    """A waiver that has expired excuses nothing."""
    (finding,) = waivers.apply([FINDING], [Waiver("abc", "r", until)], TODAY)
    assert finding.waived == waived


def test_expired_and_unused_waivers_are_reported():
    """A waiver that no longer does anything is said aloud; one in use is not."""
    documents = [DocumentResult("a", "block", findings=(FINDING,))]
    listed = [Waiver("abc", "r"), Waiver("old", "r", date(2023, 1, 1)), Waiver("gone", "r")]
    said = [t.en for t in waivers.leftovers(listed, documents, TODAY)]
    assert said == ["waiver old expired on 2023-01-01 and no longer holds", "waiver gone answers to no finding"]


def test_waiver_file_is_read(tmp_path):
    """Fingerprint, reason and an optional last day."""
    file = tmp_path / "w.toml"
    file.write_text('[[waiver]]\nfingerprint = "abc"\nreason = "原件已核"\nuntil = 2024-12-31\n', "utf-8")
    assert waivers.load(file) == (Waiver("abc", "原件已核", date(2024, 12, 31)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[waiver]]\nfingerprint = "a"\n', "waiver 1: reason must be a text"),
        ('[[waiver]]\nfingerprint = "a"\nreason = " "\n', "waiver 1: reason must be a text"),
        ('[[waiver]]\nfingerprint = "a"\nreason = "r"\nuntil = "2024"\n', "waiver 1: until must be a day"),
        ('[[waiver]]\nfingerprint = "a"\nreason = "r"\nfrom = "x"\n', "waiver 1: unknown key from"),
        ('[[waiver]]\nfingerprint = "a"\nreason = "r"\n' * 2, "a is waived twice"),
        ("[waivers]\n", "only tables [[waiver]]"),
        ("[[waiver", "w.toml"),
    ],
)
def test_wrong_waiver_file_is_refused(tmp_path, text, said):
    """A waiver without a reason, or with a mistyped key, is an error and not a waiver."""
    file = tmp_path / "w.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(WaiverError) as caught:
        waivers.load(file)
    assert said in str(caught.value)
