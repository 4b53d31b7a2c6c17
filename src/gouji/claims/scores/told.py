"""What a report gives each indicator: its name, its full marks, its score and the points it lost; and the totals told beside them."""

from __future__ import annotations

from dataclasses import field

from gouji.claims.scene import Item, Passage
from gouji.model import patterns as re
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension
from gouji.model.record import record

_NO_UNIT = re.compile(r"(?:得分|评分|总分|分数|分值|满分|权重|得)$")
HEAD = re.compile(  # what may stand before a name
    r"^(?:(?:指标)?(?:的)?(?:满分|分值|权重|标准分|赋分)(?:的)?(?:设置|设定|分配|分布|构成|结构)?(?:分别)?(?:为|按|是)|[（(][一二三四五六七八九十\d]+[）)]|[^\u4e00-\u9fffA-Za-z“]+|[一二三四五六七八九十]+[是、]|其[一二三四五]|其中|以上|上述|按照?|由|即|包括|包含|分为|设|下设|分别为?|[一二三]级指标(?:为|中)?|权重为?|我[局委办院馆校]|本[项局委办院馆校单位部门]+|该项|连同)+"
)
_GRADING = re.compile(  # what a name may end with
    r"(?:(?:的)?(?:自评|评价|实际|实|应|最终|核定|综合|合计|共计?|总计?|累计|小计|计|占|记|评|打|给|赋)?(?:得分|评分|打分|分值|满分|权重|标准分|赋分|总分|分数|得|分)|自评|实际|合计|共计|总计|累计|小计|小|共|计|为|是|各|占|打|给|：)+$"
)


@record(slots=True, eq=False)
class Entry:
    """An indicator with what it could have and what it got. `of`: the one that it is broken out of."""

    name: str
    first: Quantity
    order: int = 0  # of the first figure in its paragraph
    weight: Quantity | None = None
    score: Quantity | None = None
    lost: list[Quantity] = field(default_factory=list)
    plain: Quantity | None = None  # one figure that no word tells
    of: Entry | None = None

    @property
    def full(self) -> Quantity | None:
        """What it could have."""
        return self.weight or self.plain


@record(slots=True, eq=False)
class Whole:
    """A total of scores, or of full marks where `weight`."""

    q: Quantity
    weight: bool
    words: str


@record(slots=True, eq=False)
class Loss:
    """Points lost, with the words that say of what; `lead` is the text between the figure before and this one."""

    label: str
    q: Quantity
    lead: str


@record(slots=True, eq=False)
class Told:
    """What one paragraph or one table tells of scores, in reading order; `head`: its one entry opens the paragraph."""

    block: int
    entries: list[Entry]
    wholes: list[Whole]
    losses: list[Loss] = field(default_factory=list)
    head: bool = False
    passage: Passage | None = None

    @property
    def top(self) -> list[Entry]:
        return [e for e in self.entries if e.of is None]


def bare_name(label: str) -> str:
    """What a label names, without the words of grading around it."""
    name = HEAD.sub("", label)
    return _GRADING.sub("", name).strip("“”的 ")


def is_points(item: Item) -> bool:
    """A figure in points, or 得分9.5 without its unit."""
    return item.q.dimension is Dimension.SCORE or (
        item.q.dimension is Dimension.BARE and _NO_UNIT.search(item.label) is not None
    )
