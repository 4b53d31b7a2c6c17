"""The wholes that a share may be of: by the name after 占, then by nearness."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.claims.ratios.share_lists import OUT
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.quantity import Dimension

_NOISE = re.compile(
    r"本年度?|全年|年度|当年|\d{4}年度?|总额|总数|总量|合计|总|的|比例|比重|为|达|约|部门|单位|我县|全部|全县|全市|全区|该项|同期|数|额|其"
)
_YEARS = re.compile(r"^(?:本年度?|全年|当年|年度|\d{4}年度?)")


def bare(name: str) -> str:
    """A name without the noise that a short reference leaves out."""
    return _NOISE.sub("", name)


def _alike(name: str, label: str) -> bool:
    """Whether most of the pairs of characters of a long name turn up in a label: 授予中小企业合同金额, 授予中小企业的合同."""
    pairs = {name[n : n + 2] for n in range(len(name) - 1)}
    return sum(1 for p in pairs if p in label) * 5 >= len(pairs) * 3


def _naming(item: Item, *, whole_phrase: bool) -> str:
    """The words that name a figure, without the noise that a short reference leaves out."""
    words = item.label + (item.q.noun[:6] if item.q.dimension is Dimension.COUNT else "")
    return words if whole_phrase else bare(words)


def _parted_from(passage: Passage, part: Item, other: Item) -> bool:
    """授予中小企业A，占86%，其中小微企业B，占69%: whether a part is told as one of the figure before it, whatever that is a part of."""
    between = passage.items[other.order + 1 : part.order]
    return part.order > other.order and "其中" in part.gap and all(i.percent for i in between)


_THIS_ONE = re.compile(
    r"[该此](?:项目|工程|专项|资金|经费|活动|类|项)"
)  # 占该项目总支出的: what the sentence is about, no other's


def candidates(scene: Scene, passage: Passage, part: Item, name: str, siblings: set[int]) -> list[tuple[Item, bool]]:
    """Candidates for the whole, the best named first; the flag says that the name fits."""
    core = bare(name)
    short = core if len(core) == 2 and name.endswith(("额", "量")) else None  # 采购额: 政府采购
    if len(core) < 3 and name != core:
        name = core = _YEARS.sub("", name)  # 支出 alone names nothing: the whole phrase must stand
    if len(core) < 3:
        core = ""
    named: list[tuple[Item, bool]] = []
    near: list[tuple[Item, bool]] = []
    for other in reversed(passage.items):
        if other is part or other.role in OUT or not kin(other.q, part.q):
            continue
        fits = bool(core) and core in _naming(other, whole_phrase=core == name)
        fits = fits or (short is not None and other.label.endswith(short))
        if fits or (len(name) >= 6 and _alike(name, other.label)):
            named.append((other, True))
        elif other.q.base >= part.q.base and (id(other) not in siblings or _parted_from(passage, part, other)):
            near.append((other, False))
    local = _THIS_ONE.match(name) is not None
    if not named and core and not local:
        index = scene.order[passage.block.index]
        for earlier in reversed(scene.passages[max(0, index - 12) : max(index, 0)]):
            for other in reversed(earlier.items):
                if kin(other.q, part.q) and other.role not in OUT and core in _naming(other, whole_phrase=core == name):
                    named.append((other, True))
    if len(name) >= 4 and not local:
        seen = {id(i) for i, _ in named}
        named += [
            (i, True)
            for i in scene.named(name)
            if id(i) not in seen and i is not part and kin(i.q, part.q) and i.role not in OUT
        ]
    return _finals(scene, named, name)[:12] + near[:10]


def _finals(scene: Scene, named: Sequence[tuple[Item, bool]], name: str) -> list[tuple[Item, bool]]:
    """财政拨款支出年初预算A，决算B: spending of that name is B, before A."""
    out: list[tuple[Item, bool]] = []
    for base, fits in named:
        passage = scene.by_block.get(base.q.span.block)
        behind = passage.items[base.order + 1] if passage is not None and base.order + 1 < len(passage.items) else None
        final = behind is not None and behind.q.segment == base.q.segment and behind.label in _FINAL and kin(behind.q, base.q)
        if behind is not None and final and base.role is Role.BUDGET and "预算" not in name:
            out.append((behind, True))
        out.append((base, fits))
    return out


_FINAL = frozenset({"决算", "决算数", "支出决算", "决算支出", "实际支出", "实际支出数"})
