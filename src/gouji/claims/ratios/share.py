"""Shares in running text: part ÷ whole = %, the whole named beside it or far to the left.

The base is sought by the name after 占, then among the wholes of the sentence and paragraph; siblings of one list share a base.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.claims.arithmetic import Outcome, compare_ratio, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.ratios import share_apart, share_bases, share_lists
from gouji.claims.ratios.share_lists import OUT
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.sums.judge import as_many
from gouji.claims.vocabulary import SHARE_LABEL, Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, ZERO, Dimension, Figure
from gouji.model.text import Text

_LEAST = 3  # siblings that leave no choice of the whole
_OUTSIDE = re.compile(r"全[县市区省国镇乡州旗]|同类|行业|辖区|社会")
AGAINST = re.compile(  # 补贴占比略高于库存占比（70%）: what a share is compared with
    r"(?:[高低多少大小优强弱]于|超过|超出|不及|不如|接近|持平于|(?:相较|对比|[比较与同跟和])(?!例|重))[^，。；：、占\d]{0,14}(?:的)?(?:占比|比重|占有率|份额|所占比例)(?:值|水平)?[（(为是的约]{0,2}$"
)


_CUES = (  # one of these is in whatever gives a share
    *("占", "拿走", "用掉", "花掉", "吃掉", "承担", "比重", "比例", "份额"),
    *("即", "用于", "投向", "用在", "花在"),
)


def find(scene: Scene) -> Iterator[Claim]:
    """Every share of the running text whose part stands before it."""
    for passage in scene.passages:
        if Dimension.PERCENT not in passage.dimensions or not passage.tells(*_CUES):
            continue
        groups: dict[int, list[tuple[Item, Item, str]]] = {}
        for item in passage.items:
            share = _share(passage, item)
            if share is not None:
                groups.setdefault(item.q.sentence, []).append(share)
        yield from _together(passage)
        yield from _of_counted(scene, passage)
        for group in groups.values():
            yield from _resolve(scene, passage, group)


def _together(passage: Passage) -> Iterator[Claim]:
    """A占a%、B占b%，合计占c%: shares add up like their parts."""
    for item in passage.items:
        if not item.percent or not re.search(
            r"(?:合计|共计|总计|累计|[两三四五六]者|共|一并|总共)占[^，。；]{0,20}$", item.label
        ):
            continue
        parts = [i for i in passage.items[: item.order] if i.percent and i.q.sentence == item.q.sentence and i.role not in OUT]
        for k in range(len(parts) - 1):
            outcome = compare_sum(item.q.figure, [p.q.figure for p in parts[k:]])
            if outcome.holds:
                yield claim_of(
                    ClaimKind.SHARE,
                    item,
                    [("part", p) for p in parts[k:]],
                    replace(outcome, verdict=Verdict.AGREES),
                    shape="sum",
                )
                break


_OF = re.compile(r"占([^，。；：占]{1,30}?)的?(?:比例|比重)?(?:为|达|约|近)*\s*$")
_LEVEL = re.compile(r"中央|省级?|市级?|县级?|区级?|州级?|乡镇")


_IN_TURN = re.compile("(?:分别|依次|各)占")


def _share(passage: Passage, item: Item) -> tuple[Item, Item, str] | None:
    """(percentage, part, name of the base) or None."""
    listed = share_lists.respectively(passage, item)
    if listed is not None:
        return listed
    if not item.percent or item.role in (Role.UP, Role.DOWN, Role.PRIOR):
        return None
    if _IN_TURN.search(item.label):
        return None  # A、B，分别占C的P%、Q%, and the two lists do not match
    match = SHARE_LABEL.search(item.label)
    printed = _OF.search(passage.text, item.q.label_start, item.q.span.start)
    whole = printed[1] if printed else ""  # with 合计, which a label leaves out
    if match is None:
        return _that_is(passage, item)
    if item.order == 0 or AGAINST.search(passage.text, max(0, item.q.span.start - 30), item.q.span.start):
        return None
    vague = match["base"] is None and not re.search(r"占|比重|份额", item.label)
    if vague or re.search(r"预算|计划|任务|目标|指标", match["base"] or "") or "完成" in item.label:
        return None
    if re.search(
        r"(?:合计|共计|总计|累计|[两二三四五六]者|共|一并|总共|[一二两三四五六七八九十]+[项类块个种])$",
        item.label[: match.start()],
    ):
        return None  # several parts together: see `_together`
    subject = item.label[: match.start()].strip("，、") if match["base"] is not None else ""
    subject = re.sub(r"^(?:其中|包括|而|以及|和|与)", "", subject)
    if subject in _OF_TWO:
        return _one_of_two(passage, item, subject, whole)
    if len(subject) >= 2:
        named = _by_name(passage, item, subject)
        if named is not None:
            return item, named, whole
    after = passage.items[item.order + 1] if item.order + 1 < len(passage.items) else None
    if (
        after is not None
        and after.q.sentence == item.q.sentence
        and re.fullmatch(r"\s?(?:，|（|的[\u4e00-\u9fff]{2,12}（)(?:即|为|计|达|合|共|金额为?|约)?\s?", after.gap)
        and (
            after.gap.startswith("的")
            or after.gap.strip() not in ("，", "（")
            or (after.gap.strip() == "（" and passage.text[after.q.span.end] == "）")
        )
    ):
        return item, after, whole
    found = _part_before(passage, item, whole)
    return None if found is not None and share_apart.of_another(subject, found[1]) else found


_OF_TWO = {"前者": 2, "后者": 1}  # how far before the percentage


def _one_of_two(passage: Passage, item: Item, subject: str, whole: str) -> tuple[Item, Item, str] | None:
    """分A和B，前者占X的P%: the first of the two figures right before."""
    two = passage.items[max(0, item.order - 2) : item.order]
    if len(two) < 2 or any(i.percent or i.role in OUT or i.q.sentence != item.q.sentence for i in two):
        return None
    return (item, two[-_OF_TWO[subject]], whole) if kin(two[0].q, two[1].q) else None


def _part_before(passage: Passage, item: Item, whole: str) -> tuple[Item, Item, str] | None:
    """The figure before a share that it is of."""
    if re.search(r"(?<!占)(?<!了)(?<!占到)全部|均|都", item.gap):
        return None  # 货物A、服务B，全部授予中小企业，占…: what 全部 takes together is not printed
    moved = None
    for other in reversed(passage.items[: item.order]):
        if other.q.sentence != item.q.sentence or item.order - other.order > 3 or other.q.segment != item.q.segment:
            return None
        if other.role in (Role.UP, Role.DOWN) and other.money and item.order - other.order == 1:
            moved = other
        if other.order == item.order - 1 and counted_before(passage, item):
            return None  # 最大的三个标段为A、B、C，占P%: of the three together
        inside = other.q.depth > item.q.depth  # 基本支出A（人员B、公用C），占P%: of A
        if inside or other.percent or other.role in OUT or other.q.dimension in (Dimension.POINTS, Dimension.BARE):
            continue
        if moved is not None and not kin(other.q, moved.q):
            return item, moved, whole  # 变更11份，净增加9.42万元，占合同总额的1.57%
        return item, other, whole
    return None


def counted_before(passage: Passage, item: Item) -> list[Item]:
    """三个标段为A、B、C，占P%: the list of money right before a share, where the words before it count its members."""
    last = passage.items[item.order - 1] if item.order else None
    if last is None or not last.money or not item.label.startswith("占") or last.q.mark != "、":
        return []
    n = last.order
    while n and passage.items[n].q.mark == "、" and kin(passage.items[n - 1].q, last.q):
        n -= 1
    head = passage.items[n]
    run = list(passage.items[n : last.order + 1])
    return run if as_many(passage.text[max(0, head.q.span.start - 30) : head.q.span.start], run) else []


def _of_counted(scene: Scene, passage: Passage) -> Iterator[Claim]:
    """A share of all that a counted list holds, where a whole of the name that it gives bears it out."""
    for item in passage.items:
        run = counted_before(passage, item) if item.percent and item.label.startswith("占") else []
        name = _OF.search(passage.text, item.q.label_start, item.q.span.start)
        if not run or name is None:
            continue
        first = run[0].q.figure
        places = max(i.q.figure.places for i in run)
        together = Figure(sum((i.q.base for i in run), ZERO) / first.unit.factor, places, first.unit)
        for base, fits in share_bases.candidates(scene, passage, run[-1], name[1], set()):
            outcome = compare_ratio(item.q.figure, together, base.q.figure) if fits else None
            if outcome is not None and outcome.holds:
                yield claim_of(ClaimKind.SHARE, item, [*(("part", i) for i in run), ("base", base)], outcome, shape="together")
                break


def _that_is(passage: Passage, item: Item) -> tuple[Item, Item, str] | None:
    """有55.64%即80.06万元投向…; 全年支出A，37%用于工程款，金额B: the amount behind the percentage is the part."""
    after = passage.items[item.order + 1] if item.order + 1 < len(passage.items) else None
    if after is None or after.percent or after.q.sentence != item.q.sentence or after.role in OUT:
        return None
    if after.gap.strip() == "即" or re.fullmatch(
        r"(?:用于|投向|用在|花在)[^，。；\d]{1,12}，(?:金额|即|计|共)(?:为|达)?\s?", after.gap
    ):
        return item, after, ""
    return None


def _by_name(passage: Passage, item: Item, subject: str) -> Item | None:
    """甲占项目支出的39%: the figure that the paragraph gives for 甲."""
    for other in reversed(passage.items[: item.order]):
        if other.percent or other.role in OUT or not other.label:
            continue
        name = other.label
        if name.endswith(subject) or (subject.endswith(name) and len(name) >= 2):
            return other
        if _LEVEL.fullmatch(subject) and name.startswith(subject) and other.money:
            return other  # 中央补助A，省级补助B … 中央占40.0%
    if len(subject) < 4:
        return None
    at = max(passage.text.rfind(mark + subject, 0, item.q.label_start) for mark in "，。；：、\n")
    at = 0 if at < 0 and passage.text.startswith(subject) else at
    behind = (i for i in passage.items[: item.order] if i.q.span.start > at >= 0 and i.money and i.role is not Role.STANDARD)
    first = next(behind, None)  # 检验检测费按每批次650元结算，付234万元 … 其中检验检测费占78%
    if first is None or first.q.sentence == item.q.sentence or re.search("[。；、]", passage.text[at + 1 : first.q.span.start]):
        return None
    return first


def _told_with_share(passage: Passage, group: Sequence[tuple[Item, Item, str]]) -> set[int]:
    """甲承担A，占全年预算的90%；乙承担B，占10%: parts of the same sentence whose own share another finder reads (by identity)."""
    here, own = {i.q.sentence for i, *_ in group}, {id(p) for _, p, _ in group}
    if any(name for *_, name in group):
        return set()
    pairs = pairwise(passage.items)
    return {id(a) for a, b in pairs if b.percent and b.q.sentence in here and b.label.startswith("占") and id(a) not in own}


def _resolve(scene: Scene, passage: Passage, group: Sequence[tuple[Item, Item, str]]) -> Iterator[Claim]:
    holding: dict[str, dict[int, int]] = {}  # by the name of the whole: two names need not be one base
    results: list[tuple[Item, Item, str, list[tuple[Item, bool, Outcome]]]] = []
    parts = {id(p) for _, p, _ in group} if len(group) > 1 else set()
    parts |= _told_with_share(passage, group)
    for item, part, name in group:
        tried = []
        for base, fits in share_bases.candidates(scene, passage, part, name, parts):
            outcome = compare_ratio(item.q.figure, part.q.figure, base.q.figure)
            if outcome is not None:
                tried.append((base, fits, outcome))
                if outcome.holds and part.q.base:
                    held = holding.setdefault(name, {})
                    held[id(base)] = held.get(id(base), 0) + 1
        results.append((item, part, name, tried))
    own = share_lists.own_total(group)
    if own is not None:
        outcomes = [compare_ratio(i.q.figure, p.q.figure, own) for i, p, _ in group]
        owned = sum(1 for o, (_, p, _) in zip(outcomes, group, strict=True) if o is not None and o.holds and p.q.base)
    else:
        owned = 0
    closed = share_lists.closed(group)
    if closed and len(group) == 2 and own is not None and not owned and not any(o.holds for *_, t in results for _, _, o in t):
        yield from share_lists.both_of(group, own)
        return
    for item, part, name, tried in results:
        if not holding.get(name) and (odd := share_lists.odd_one(item, part, name, group, closed=closed)) is not None:
            yield odd
            continue
        yield from _one(
            scene, item, part, name, tried, holding.get(name, {}), own, owned, sum(1 for _, p, _ in group if p.q.base)
        )


def _one(
    scene: Scene,
    item: Item,
    part: Item,
    name: str,
    tried: Sequence[tuple[Item, bool, Outcome]],
    holding: dict[int, int],
    own: Figure | None,
    owned: int,
    siblings: int,
) -> Iterator[Claim]:
    true = [t for t in tried if t[2].holds]
    common = max(holding.values(), default=0)
    if siblings >= 3 and max(owned, common) >= siblings - 1 >= 2:
        # the siblings share a base: a base of one's own that only happens to tie is no proof
        true = [t for t in true if t[1] or holding.get(id(t[0]), 0) >= max(owned, common)]
    mistaken = _another_whole(item, part, name, tried, true)
    if mistaken is not None:
        yield mistaken
        return
    if true:
        base, _, outcome = max(true, key=lambda t: (t[1], holding.get(id(t[0]), 0)))
        yield _claim(item, part, base, outcome)
        return
    if own is not None:
        of_own = compare_ratio(item.q.figure, part.q.figure, own)
        printed = owned == 1 and siblings == 2 and any(i.money and i.q.base == own.base for i in scene.items())
        most = owned >= 2 and owned >= siblings - 1
        if of_own is not None and (of_own.holds or ((most or printed) and owned > common)):
            sure = owned >= _LEAST and owned >= siblings - 1 and not of_own.holds
            yield claim_of(ClaimKind.SHARE, item, [("part", part)], of_own, shape="beside" if sure else "own_total")
            return
    if not tried or item.hedged or part.hedged:
        return
    tried = _possible(item, part, name, tried)
    if not tried:
        return
    shared = [t for t in tried if holding.get(id(t[0]), 0) >= 1 and siblings >= 2]
    named = [t for t in tried if t[1] and t[0].q.sentence == item.q.sentence] or [t for t in tried if t[1]]
    whole = [t for t in tried if _is_whole(t[0], part) or _is_whole(t[0], item)]
    if shared:
        base, _, outcome = max(shared, key=lambda t: holding.get(id(t[0]), 0))
        yield _claim(item, part, base, outcome, SURE)
    elif named:
        base, _, outcome = named[0]
        near = base.q.span.block == item.q.span.block
        yield _claim(item, part, base, outcome, SURE if near else LIKELY)
    elif whole:
        base, _, outcome = whole[0]
        yield _claim(item, part, base, outcome, LIKELY)
    elif siblings == 1 and (only := _only_whole(item, part, tried)) is not None:
        base, _, outcome = only
        yield _claim(item, part, base, outcome, LIKELY)
    elif part.order > item.order and (before := [t for t in tried if t[0].order < item.order and _of_clause(t[0], item)]):
        base, _, outcome = before[0]
        yield _claim(item, part, base, outcome, SURE if len(before) == 1 else LIKELY)
    elif len(pair := [t for t in tried if _of_clause(t[0], item) and t[0].order < part.order]) == 1 and siblings == 1:
        base, _, outcome = pair[0]
        yield _claim(item, part, base, outcome, LIKELY)
    else:
        base, _, outcome = tried[0]
        yield undecidable(_claim(item, part, base, outcome), "占比的基数不能确定", "the base of the share is uncertain")


_ITS_ALL = re.compile(
    r"(?:该|此|本)[\u4e00-\u9fff]{1,6}(?:全年|总|全部|合计|年度|共)|(?:全部|总|整个)[\u4e00-\u9fff]{0,4}(?:支出|投资|经费|资金|收入)"
)


def _only_whole(item: Item, part: Item, tried: Sequence[tuple[Item, bool, Outcome]]) -> tuple[Item, bool, Outcome] | None:
    """The one figure of the sentence that a share can be of, where its part stands behind it, or this one and is called all of it."""
    same = [t for t in tried if _of_clause(t[0], item)]
    if len(same) != 1:
        return None
    base = same[0][0]
    behind = base.order > item.order and _ITS_ALL.match(base.label) is not None
    return same[0] if part.order > item.order or behind else None


_POSTS = re.compile(r"编制|核定|应|计划|目标")  # 教职工编制2486名，实有2431人: posts, and who fills them


def _another_whole(
    item: Item, part: Item, name: str, tried: Sequence[tuple[Item, bool, Outcome]], true: Sequence[tuple[Item, bool, Outcome]]
) -> Claim | None:
    """毕业1426人，落实去向1361人，本省就业1102人，占落实去向人数的77.3%: right for another whole than the one that is named."""
    core = share_bases.bare(name)
    if not true or any(fits for _, fits, _ in true) or len(core) < 3 or item.hedged or part.hedged:
        return None
    named = [
        t
        for t in tried
        if t[1] and (core in t[0].label or t[0].label[-4:] in name) and t[0].label and t[0].q.span.block == item.q.span.block
    ]
    named = [t for t in named if not _POSTS.search(t[0].label) or _POSTS.search(name)]
    if len({t[0].q.base for t in named}) != 1 or named[0][0].q.base < part.q.base or named[0][0].hedged:
        return None
    base, _, outcome = named[0]
    outcome = replace(outcome, cause=Text(f"以{true[0][0].q.raw}作了分母", f"divided by {true[0][0].q.raw} instead"))
    return _claim(item, part, base, outcome, LIKELY)


def _possible(
    item: Item, part: Item, name: str, tried: Sequence[tuple[Item, bool, Outcome]]
) -> Sequence[tuple[Item, bool, Outcome]]:
    """Without the wholes that cannot be meant: far smaller than the part, or another body's than 全县 names."""
    if item.q.base <= HUNDRED:
        tried = [t for t in tried if t[0].q.base * 2 >= part.q.base]
    if _OUTSIDE.search(name):
        tried = [t for t in tried if t[1] or _OUTSIDE.search(t[0].label)]
    return tried


def _of_clause(base: Item, item: Item) -> bool:
    """Whether two figures stand between the same semicolons: what stands behind one is another statement."""
    return base.q.sentence == item.q.sentence and base.q.segment == item.q.segment


def _is_whole(base: Item, part: Item) -> bool:
    """Whether 其中 stands between a figure of the same sentence and the part, or the percentage that tells the part."""
    larger = part.percent or base.q.base > part.q.base
    return base.q.sentence == part.q.sentence and base.order < part.order and "其中" in part.gap and larger


def _claim(item: Item, part: Item, base: Item, outcome: Outcome, confidence: float = SURE) -> Claim:
    kind = ClaimKind.SHARE
    claim = claim_of(kind, item, [("part", part), ("base", base)], outcome, confidence=confidence)
    if claim.verdict is Verdict.DISAGREES and (base.hedged or part.hedged):
        return undecidable(claim, "含约数", "hedged figures")
    return claim
