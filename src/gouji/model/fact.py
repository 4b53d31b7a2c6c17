"""Facts: what one lexer pass finds in a block, each with its span."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gouji.model.quantity import Dimension, Figure


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start..end of the text of block number `block`."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in its place. `raw` is the printed text of figure and unit; `span` covers it."""

    span: Span
    raw: str
    figure: Figure
    label: str = ""  # the words that name it, without verbs and cues
    label_start: int = 0
    sentence: int = 0  # ordinal in the block
    clause: int = 0  # ordinal in the block
    depth: int = 0  # bracket depth
    cell: int | None = None  # ordinal of the cell in a row block
    chinese: bool = False  # printed in Chinese numerals
    year: int | None = None  # the year its clause speaks of

    @property
    def base(self) -> Decimal:
        return self.figure.base

    @property
    def dimension(self) -> Dimension:
        return self.figure.unit.dimension


class CueKind(StrEnum):
    """Words that announce a relation."""

    OF_WHICH = "of_which"  # 其中
    INCLUDES = "includes"  # 包括 包含 分为
    MAINLY = "mainly"  # 主要包括 主要用于 如
    RESPECTIVELY = "respectively"  # 分别为 分别是 依次为 即
    AS_FOLLOWS = "as_follows"  # 具体如下 如下
    SUM = "sum"  # 合计 共计 总计 共
    AND_OTHERS = "and_others"  # 等
    UP = "up"  # 增加 增长 上升
    DOWN = "down"  # 减少 下降 降低
    FLAT = "flat"  # 持平
    VERSUS_LAST = "versus_last"  # 比上年 较上年 同比
    VERSUS_BUDGET = "versus_budget"  # 较年初预算


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word in its place."""

    span: Span
    kind: CueKind
    word: str


@dataclass(frozen=True, slots=True)
class Session:
    """届次 of a meeting: 十一届二次会议 is congress 11, session 2, series 会议."""

    span: Span
    raw: str
    congress: int
    session: int | None
    series: str  # plenary, standing_committee, chair, party_committee


class DateKind(StrEnum):
    """How a date or period is printed."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    MONTH_DAY = "month_day"
    BARE_MONTH = "bare_month"
    RELATIVE = "relative"  # 上年 今年 去年


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade word in its place; `rank` 0 is the best of its scale."""

    span: Span
    raw: str
    rank: int


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """All facts of one block, each list in order of position."""

    quantities: tuple[Quantity, ...] = ()
    cues: tuple[Cue, ...] = ()
    sessions: tuple[Session, ...] = ()
    dates: tuple[DateFact, ...] = ()
    grades: tuple[Grade, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    clauses: tuple[tuple[int, int], ...] = ()


EMPTY = BlockFacts()


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a document: `blocks[i]` are those of document block i."""

    blocks: tuple[BlockFacts, ...]
    quantities: tuple[Quantity, ...] = field(default=())  # all, in reading order
