"""Facts: what one lexer pass finds in a block, each with its span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from typing import NamedTuple

from gouji.model.choice import Choice
from gouji.model.document import Document
from gouji.model.quantity import Dimension, Figure, Hedge, Unit
from gouji.model.record import record
from gouji.model.wording import Wording


class Span(NamedTuple):
    """Characters start..end of the text of block number `block`; a tuple, for spans are looked up more often than they are made."""

    block: int
    start: int
    end: int


@record(frozen=True, slots=True)
class Quantity:
    """A figure in its place. `raw` is the printed text of figure and unit; `span` covers it.

    `label` is the phrase that names it: the words of its clause before the figure, without copulas and hedges; where the
    figure follows a colon or opens a bracket, the words before these. `noun` is what is counted, after the unit.
    `mark` is the punctuation mark before the label ("" at the head of a block or right behind another figure).
    """

    span: Span
    raw: str
    figure: Figure
    label: str = ""
    label_start: int = 0
    noun: str = ""
    mark: str = ""
    sentence: int = 0  # ordinal in the block, by 。！？
    segment: int = 0  # ordinal in the block, by ；
    clause: int = 0  # ordinal in the block, by ，：
    bracket: int = -1  # offset of the innermost open bracket, -1 outside
    depth: int = 0  # bracket depth
    cell: int | None = None  # ordinal of the cell in a row block
    chinese: bool = False  # printed in Chinese numerals
    stored: Decimal | None = None  # in base units: what the cell of a spreadsheet holds, where it shows fewer digits
    formula: str = ""  # of the cell of a spreadsheet
    base: Decimal = field(init=False, repr=False, compare=False)  # of the figure
    dimension: Dimension = field(init=False, repr=False, compare=False)  # of the figure's unit

    def __post_init__(self) -> None:
        self.base = self.figure.base  # type: ignore[misc]
        self.dimension = self.figure.unit.dimension  # type: ignore[misc]

    def in_unit(self, unit: Unit, stored: Decimal | None) -> Quantity:
        """The same quantity where a table's head gives its unit. `stored` in that unit's base units."""
        return Quantity(
            self.span,
            self.raw,
            Figure(self.figure.value, self.figure.places, unit, self.figure.hedge),
            self.label,
            self.label_start,
            self.noun,
            self.mark,
            self.sentence,
            self.segment,
            self.clause,
            self.bracket,
            self.depth,
            self.cell,
            self.chinese,
            stored,
            self.formula,
        )

    @property
    def exact(self) -> bool:
        """Not hedged."""
        return self.figure.hedge is Hedge.NONE


@record(frozen=True, slots=True)
class Session:
    """届次 of a meeting: 十一届二次会议 is congress 11, session 2, series plenary."""

    span: Span
    raw: str
    congress: int | None  # None: not printed (第15次主席会议)
    session: int | None  # None: several at once (二中、三中全会), or the body as a whole (第五届理事会)
    series: str  # plenary, standing_committee, chair, congress, party, party_congress, council, staff, unknown
    owner: str = ""  # the level whose body it is, where printed beside it: 全国 省 市 县 区 镇 乡 …
    body: str = ""  # whose it is, where printed beside it: 政协 科协 妇联 …


class DateKind(Choice):
    """How a date or period is printed."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    MONTH_DAY = "month_day"
    BARE_MONTH = "bare_month"
    RELATIVE = "relative"  # 上年 今年 去年


@record(frozen=True, slots=True)
class DateFact:
    """A date or year in its place; unknown parts are None. `valid` is False for 2月30日."""

    span: Span
    raw: str
    kind: DateKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    fiscal: bool = False  # followed by 度: 2023年度
    cited: bool = False  # inside 《》 or 〔〕: a citation's year
    valid: bool = True


@record(frozen=True, slots=True)
class Organisation:
    """A place with the organ or the lower place named after it: 南安县财政局 is 南安, 县, 财政局."""

    span: Span
    raw: str
    name: str
    level: str  # 县 区 市 镇 乡 旗 村
    tail: str
    above: frozenset[str] = frozenset()  # the places it may belong to, where the national table knows it


@record(frozen=True, slots=True)
class Grade:
    """A grade word in its place; `rank` 0 is the best of its scale."""

    span: Span
    raw: str
    rank: int


@record(frozen=True, slots=True)
class BlockFacts:
    """All facts of one block, each list in order of position. `normal` is the block's text in normal form."""

    normal: str = ""
    quantities: tuple[Quantity, ...] = ()
    sessions: tuple[Session, ...] = ()
    dates: tuple[DateFact, ...] = ()
    grades: tuple[Grade, ...] = ()
    organisations: tuple[Organisation, ...] = ()

    @property
    def any(self) -> bool:
        """Whether the block holds any fact."""
        return bool(self.quantities or self.sessions or self.dates or self.grades or self.organisations)


@record(frozen=True, slots=True)
class Facts:
    """The facts of a document: `blocks[i]` are those of document block i."""

    blocks: tuple[BlockFacts, ...]
    quantities: tuple[Quantity, ...] = ()  # all, in reading order
    words: Wording | None = field(default=None, repr=False, compare=False)  # of all blocks, where the extraction made it

    def wording(self, document: Document) -> Wording:
        """Which blocks of their document hold which words."""
        return self.words or worded(document, self.blocks)


def worded(document: Document, blocks: Sequence[BlockFacts]) -> Wording:
    """The words of a document's blocks, in print and in normal form."""
    printed = [block.text for block in document.blocks]
    return Wording(printed, [block.normal for block in blocks] or printed)
