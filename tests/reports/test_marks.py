"""Marks cut a text where evidence begins or ends; nothing of the text is lost and nothing nests."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as parser

from gouji_reports.marks import Mark, Marker
from gouji_reports.plain import visible

TEXT = "全年支出12万元，其中：基本支出8万元<b>，项目支出4万元。"
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda s: s[0] < s[1])
MARKS = st.builds(
    lambda span, finding, rank, primary: Mark(*span, finding=finding, rank=rank, primary=primary),
    SPANS,
    st.integers(0, 5),
    st.integers(-1, 2),
    st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of the strategy
@given(st.lists(MARKS, max_size=12))
def test_no_character_is_lost_and_nothing_nests(marks: list[Mark]) -> None:
    """However evidence overlaps, the text comes out whole, each place has one anchor, and no link holds a link."""
    tree = parser.fragment_fromstring(str(Marker("d1", {7: marks}).render(7, TEXT)), create_parent="p")
    assert tree.text_content() == TEXT
    assert not tree.xpath(".//a//a | .//mark//mark | .//span//span")
    assert sorted(tree.xpath(".//@id")) == sorted({f"d1b7c{m.start}" for m in marks})


@given(st.lists(MARKS, min_size=1, max_size=12))
def test_every_finding_covers_exactly_its_words(marks: list[Mark]) -> None:
    """The pieces that carry a finding's number are, put together, the words of its evidence."""
    tree = parser.fragment_fromstring(str(Marker("d1", {7: marks}).render(7, TEXT)), create_parent="p")
    for number in {m.finding for m in marks if m.finding}:
        covered = {i for m in marks if m.finding == number for i in range(m.start, m.end)}
        pieces = [m.text_content() for m in tree.iter("mark") if str(number) in m.get("data-f", "").split()]
        assert "".join(pieces) == "".join(TEXT[i] for i in sorted(covered))


def test_a_part_of_a_block_is_marked_by_itself() -> None:
    """A cell of a row shows the part of the evidence that lies in it."""
    marker = Marker("d1", {0: [Mark(1, 5, finding=1, rank=2, primary=True)]})
    assert str(marker.render(0, "甲乙\t丙丁", 0, 2)) == (
        '甲<a class="m" href="#d1f1"><mark class="e p" data-f="1" id="d1b0c1">乙</mark></a>'
    )
    assert str(marker.render(0, "甲乙\t丙丁", 3, 5)) == (
        '<a class="m" href="#d1f1"><mark class="e p" data-f="1" data-n="1">丙丁</mark></a>'
    )


def test_the_graver_finding_gives_the_colour() -> None:
    """Where an error and a notice meet, the words look like an error and lead to it."""
    marker = Marker("d1", {0: [Mark(0, 2, finding=2, rank=0), Mark(0, 2, finding=1, rank=2)]})
    assert str(marker.render(0, "甲乙")) == '<a class="m" href="#d1f1"><mark class="e" data-f="1 2" id="d1b0c0">甲乙</mark></a>'


@given(st.text())
def test_what_is_shown_has_nothing_hidden(text: str) -> None:
    """Whatever the text, what is shown can be encoded and holds no control or override."""
    shown = visible(text)
    shown.encode("utf-8")
    assert visible(shown) == shown
