"""Sums that no word announces and that do not tie, but for one slip of the pen: 共有护理员674人，公办机构聘292人，民办机构聘445人.

A whole and the figures behind it, each with a name of its own, to the end of the clause or the sentence. Whether they were meant as
its parts is not said; that one swapped pair of digits, one wrong digit or a moved point would make them tie is no chance where the
figures are long enough (`arithmetic.chance`), the less so where the names are of one kind. Steps of one thing (立案, 办结) are no parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import chance, compare_sum, sums_up
from gouji.claims.build import LIKELY
from gouji.claims.follow import follows
from gouji.claims.scene import Item, Passage, Scene, kin, name_of
from gouji.claims.sums.cues import ADDITIVE, EACH, NOT_A_PART
from gouji.claims.sums.judge import open_ended, total_claim
from gouji.claims.sums.parallel import likeness
from gouji.claims.sums.signed import moves
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.quantity import Dimension

_STEP = re.compile(  # what is done to the same things one after another
    r"立案|受理|办结|结案|审结|整改|完成|达标|合格|通过|验收|开工|竣工|交付|审核|批准|发放|支付|到位|使用|参加|取得|满意|落实|采纳|答复"
    r"|执行|核查|复核|移交|收回|回收|有效|抽查|检查|发现|处置|处理|实到|应到|实际|计划|应|已|未|剩余|结余|每|均|最[高低多少]"
)
_ASIDE = re.compile(
    r"另(?!一)|还|同比|比上|较上|主要|超|未|结余|剩余|年末|年底|其余|同期|上年|去年|含|重点|前[一二三四五六七八九十\d]|最"
)
_FIRST = re.compile(r"[\u4e00-\u9fff“”]{0,14}[，。：、（](?:其中|[^，。；：\d]{2,16}[，：])?[^，。；：\d]{2,20}")
_BEHIND = re.compile(r"(?:[^，。；：、\d]{2,20}|[\u4e00-\u9fff]{0,6}[中里内])?[，；、：](?:以及|和|及|与|其中|有)?\s*")
_DONE = re.compile(  # 新建道路A，沥青路B，水泥路C: what was done, then to what
    r"(?:\d{4}年|本年|年内|当年)?(?:共|累计|已)?(?:新建|改建|扩建|维修|修复|建成|修建|完成|铺设|发放|购置|采购|购买|培训|开展|举办|收到|办理|查处|接待|种植|栽植|整治|治理|改造|检查|服务)"
)
_TOLD = re.compile(r"共|总|合计|累计|全部|全[县市区镇乡年省]|“三公”|规模")
_MOVED = (Role.PRIOR, Role.UP, Role.DOWN)
_NUMBERING = frozenset("家个项类种块笔方处批")
_MANY = 20
_RARE = Decimal("0.03")  # names of any kind
_SELDOM = Decimal("0.06")  # names of one kind, or words that say the whole is a sum


def find(scene: Scene, stated: set[int], used: set[int]) -> Iterator[Claim]:
    """Every such sum. `stated` and `used` hold id() of the wholes and of the parts of sums that are already recomputed."""
    for passage in scene.passages:
        if len(passage.items) < 3 or not passage.dimensions & ADDITIVE:
            continue
        n = 0
        while n < len(passage.items) - 2:
            whole = passage.items[n]
            n += 1
            if not _may_be_whole(whole) or id(whole.q) in stated:
                continue
            run = _run(passage, whole)
            if run and whole.q.mark == run[0].q.mark == "、":
                continue  # 甲0.86、乙0.74、丙0.62、丁0.48: members of one list
            if len(run) < 2 or any(id(p.q) in stated or id(p.q) in used for p in run):
                continue
            for parts in _endings(run):
                if _slipped(passage, whole, parts):
                    yield total_claim(whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts]), "slip", LIKELY)
                    n = parts[-1].order + 1
                    break


def _may_be_whole(item: Item) -> bool:
    fit = item.q.dimension in ADDITIVE and item.q.dimension is not Dimension.SCORE and item.role not in NOT_A_PART
    return fit and not item.hedged and item.q.base > 0 and not EACH.search(item.label) and "均" not in item.label


def _run(passage: Passage, whole: Item) -> list[Item]:
    """The named figures of the whole's kind right behind it; what compares it with another year, or stands in brackets, is stepped over."""
    run: list[Item] = []
    last = whole
    for item in passage.items[whole.order + 1 :]:
        if item.q.depth > whole.q.depth or item.percent:
            continue
        if not run and item.q.sentence == whole.q.sentence and (item.role in _MOVED or _how_many(item)):
            last = item  # 较上年减少A; 由三家企业
            continue
        gap = passage.text[last.q.span.end : item.q.span.start] if item.order - last.order == 1 else item.gap
        if last is not whole and not run and _how_many(last):
            gap = "，" + gap
        fits = follows(gap.rpartition("）")[2], named=True) if run else _FIRST.fullmatch(gap) is not None
        if (
            not kin(item.q, whole.q)
            or item.hedged
            or item.role in NOT_A_PART
            or item.q.depth != whole.q.depth
            or item.q.sentence != (run[0] if run else item).q.sentence
            or item.q.sentence - whole.q.sentence > 1
            or not name_of(item)
            or EACH.search(item.label)
            or moves(item)
            or not (fits or (not item.label and _BEHIND.fullmatch(gap)))
            or _ASIDE.search(gap)
            or (run and "其中" in gap)  # 财政拨款A，其中政府采购B: B is a part of A
        ):
            break
        run.append(item)
        last = item
    return run


def _how_many(item: Item) -> bool:
    """分给了三个乡镇: how many parts there are."""
    return item.q.dimension is Dimension.COUNT and item.q.base <= _MANY and item.q.figure.unit.symbol in _NUMBERING


def _endings(run: Sequence[Item]) -> Iterator[list[Item]]:
    """The run up to its first ；, then the whole of it."""
    first = [i for i in run if i.q.segment == run[0].q.segment]
    if 2 <= len(first) < len(run):
        yield first
    yield list(run)


def _slipped(passage: Passage, whole: Item, parts: Sequence[Item]) -> bool:
    figures = [p.q.figure for p in parts]
    if any(sums_up(whole.q.figure, figures[:k]) for k in range(2, len(figures) + 1)):
        return False
    roles = {p.role for p in parts} - {Role.PLAIN}
    if len(roles) > 1 or {whole.role, *roles} >= {Role.BUDGET, Role.SPENT} or Role.LEFT in roles or open_ended(passage, parts):
        return False
    labels = [name_of(p) for p in parts]
    frame = v.common_ending(labels)
    if any(_STEP.search(x[: len(x) - len(frame)]) for x in labels) or len(set(labels)) < len(labels):
        return False
    one_of_them = v.common_ending([whole.label, *labels]) and not _DONE.match(whole.label)
    if one_of_them and not _TOLD.search(whole.label):
        return False  # 服务类A，占44%；活动类B，占28%；…: the first of its likes
    near = parts[0].q.sentence == whole.q.sentence
    fixed = v.partition_of(labels) is not None
    one_kind = fixed or likeness(labels) > 0 or (near and _TOLD.search(whole.gap.rpartition("。")[2]) is not None)
    if not (near and (one_kind or all(p.q.base < whole.q.base for p in parts))) and not fixed:
        return False  # what the next sentence lists may be anything
    return chance(whole.q.figure, figures) <= (_SELDOM if one_kind else _RARE)
