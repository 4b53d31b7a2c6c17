"""What a comparison of many submissions finds: pairs that share text, and slips that the shared text gives away."""

from __future__ import annotations

from gouji.model.document import NotChecked
from gouji.model.record import record


@record(frozen=True, slots=True)
class Submission:
    """A compared document."""

    path: str
    organisation: str | None
    year: int | None


@record(frozen=True, slots=True)
class Passage:
    """A sentence of one submission and its like in the other. `marks` are the places that differ, as (start, end) in each."""

    block: int
    text: str
    other_block: int
    other_text: str
    marks: tuple[tuple[int, int], ...] = ()
    other_marks: tuple[tuple[int, int], ...] = ()
    same_figures: bool = False  # two figures and more, years apart, and all the same
    only_year: bool = False  # nothing but the year differs


@record(frozen=True, slots=True)
class Pair:
    """Two submissions that share text.

    `share` is how much of the smaller one's own text the other has, 0 to 1: a sentence that k submissions share counts for 1/(k-1) of
    its length. `kind` is `clone`, or `rolled_over` where it is one unit's text in two years. `severity` is `warning` where figures
    were taken along, else `notice`.
    """

    first: int  # index into Comparison.submissions
    second: int
    share: float
    characters: int
    kind: str
    severity: str
    passages: tuple[Passage, ...]


@record(frozen=True, slots=True)
class Slip:
    """A character that differs inside otherwise equal text, and is the rarer one: 新方法淅途径 beside 新方法新途径."""

    submission: int
    block: int
    text: str
    at: int
    expected: str
    other_submission: int
    other_text: str


@record(frozen=True, slots=True)
class Comparison:
    """The pairs by falling share, the slips, and what could not be read."""

    submissions: tuple[Submission, ...]
    pairs: tuple[Pair, ...]
    slips: tuple[Slip, ...]
    boilerplate: int  # sentences shared by too many submissions to mean anything
    not_read: tuple[NotChecked, ...]
