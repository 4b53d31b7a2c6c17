"""What a report gives each indicator: its name, its full marks, its score and the points it lost, wherever these stand.

`产出指标（50分）：…，得48.5分`, `效益30分，扣1分，得29分`, `满意度10分得满分`, `决策得14分（满分15分）`, a line `质量指标　15　14` of a table. A name opens an
entry; the figures without a name that follow belong to it. What 其中 breaks down is nested in the entry before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.scores.in_tables import told_in_table
from gouji.claims.scores.told import HEAD, Entry, Loss, Told, Whole, bare_name, is_points
from gouji.claims.tables.grid import Section
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.quantity import HUNDRED, Dimension, Hedge

_WHOLE = re.compile(
    r"总(?:得|评|体)?分|总(?:得|评|计|评价|体)|合计|共计|累计|相加|(?:综合|最终|最后|整体|全部)(?:评价|自评)?(?:得|评)分?|(?:自评|评价)(?:总|综合)?(?:得|评)?分?(?:为|是)?$|加总|之和|得分$|共得|小计|(?<!公)共$|汇总|净得$"
)
_FULL = re.compile(
    r"(?<![未没不])(?:得|得到|得了|计|记|给|自评|评为|为|均?得)\s?满分|[，：]?\s?(?:全拿|拿满|得满|全得|打满|全部得到)"
)
_NO_WHOLE = re.compile(
    r"上年|去年|平均|最高|最低|考核|测评|检查|问卷|调查|竞赛|考试|抽查|复核|再评价|重点评价|审核|专家|第三方|目标|不低于|不少于|力争|争取|初评|初步|原|区间|达到|超过"
)
_BOUND_AFTER = re.compile(r"\s?(?:（含[^）]{0,6}）)?\s?(?:及|含|以|至|到|~|～|-|—)?\s?(?:以上|以下|以内|为优|为良|\d)|（含")
_THRESHOLD = re.compile(  # 90（含）—95分, 每低1分, 低于90分: the bands and steps of a rule
    r"\d分?(?:（不?含）)?\s?(?:[~～—–-]+|至|到)\s?$|(?:低于|高于|不足|未满|不满|未达到?|超过|大于|小于|每[\u4e00-\u9fff]{1,6})\s?$"
)
_BROKEN_DOWN = re.compile(r"）?：[^，。；：]*")
_STEP = re.compile(r"每|低|高|不足|含|最|平均|均$")
_ORDERED = re.compile(r"(?:分别|依次|各)(?:为|得|是|得分|打|计|自评得?)?分?$")
_INSIDE = re.compile(
    r"其中|包括|包含|下设|分设|分为|分解|(?<![缘理因事经自])由(?!于|此)|(?:^|[，；。（])内?含|具体(?:为|是|包括)"
)
_GOT = re.compile(r"^(?:[^，。；：\d]{0,6}?)(?:得|打|计|评|给|记|自评|实得)(?:分|了)?(?:为|是)?$")


# ---- running text ---------------------------------------------------------------------------------------------------------------


def told_in(passage: Passage) -> Told:
    """The entries and totals of a paragraph."""
    told = Told(passage.block.index, [], [], passage=passage)
    points = [
        i
        for i in passage.items
        if is_points(i)
        and i.q.base <= HUNDRED
        and i.q.figure.hedge is Hedge.NONE
        and not _THRESHOLD.search(i.gap)
        and not _BOUND_AFTER.match(i.after)
    ]
    previous = 0
    skipped: set[int] = set()
    for n, item in enumerate(points):
        if item.order not in skipped:
            run = _ordered(points, n)
            lost = len(run) > 1 and _of_loss(told, item, passage.text[previous : item.q.span.start])
            if (len(run) >= 3 and not lost) or (len(run) == 2 and _ORDERED.search(item.gap.rstrip("： "))):
                _in_order(told, run, passage.text[previous : item.q.span.start])
                skipped.update(i.order for i in run)
            else:
                _place(told, passage, item, passage.text[previous : item.q.span.start])
                _full_marks(told, passage, item)
        previous = item.q.span.end
    if told.top:
        start = passage.block.marker.end if passage.block.marker is not None else 0
        told.head = told.top[0].first.label_start <= start + 1 or _opens(passage, told.top[0], start)
    return told


def _ordered(points: Sequence[Item], n: int) -> list[Item]:
    """得分分别为19分、18分、33.5分、23.2分: figures without names, in the order of the names before them."""
    if bare_name(points[n].label) and not _ORDERED.search(points[n].gap.rstrip("： ")):
        return []
    run = [points[n]]
    for item in points[n + 1 :]:
        joined = item.q.mark == "、" or item.gap.strip() in ("和", "及", "与", "以及")
        if item.label or not joined or item.order - run[-1].order != 1:
            break
        run.append(item)
    return run


_NAMES_BEFORE = re.compile(
    r"(?:^|[，。；：])(?P<names>[^，。；：\d（）]+)(?:分别|依次|各)(?:自评)?(?:为|得|是|得分|打|计)?分?$"
)


def _in_order(told: Told, run: Sequence[Item], lead: str = "") -> None:
    """Gives the names told so far their scores, one each."""
    named = _NAMES_BEFORE.search(lead.rstrip("： "))
    names = [bare_name(n) for n in re.split("[、和与及]", named["names"])] if named is not None else []
    if len(names) == len(run) and set(names) <= {e.name for e in told.top}:  # 产出、效益、满意度分别得49.5分、29分、10分
        for name, item in zip(names, run, strict=True):
            told.entries.append(Entry(name, item.q, item.order, score=item.q))
        return
    top = told.top
    if len(top) != len(run) and told.entries:
        top = [e for e in told.entries if e.of is not None and e.of is told.entries[-1].of]
    if len(top) == len(run) and re.search("满分|权重|分值", run[0].label):
        for entry, item in zip(top, run, strict=True):  # 执行9.6分、产出48.5分，满分分别为10分、50分
            if entry.weight is None and entry.plain is not None and entry.plain.base <= item.q.base:
                entry.weight, entry.plain, entry.score = item.q, None, entry.plain
        return
    if len(top) != len(run) or any(e.score is not None for e in top):
        return
    fulls = [e.full for e in top]
    if all(full is not None and i.q.base <= full.base for full, i in zip(fulls, run, strict=True)):
        for entry, full, item in zip(top, fulls, run, strict=True):
            entry.weight, entry.plain, entry.score = full, None, item.q


def _opens(passage: Passage, entry: Entry, start: int) -> bool:
    """Whether the entry's name is the words at the head of the paragraph: 1.时效指标。…，得9.5分."""
    lead = re.split(r"[。：，；（]", passage.text[start : start + 24])[0]
    return bool(entry.name) and "".join(bare_name(lead).split()) == entry.name


_BY_CASE = re.compile(r"每[^，。；每]{1,14}扣(?:除|减|分)?\s?$")


def _place(told: Told, passage: Passage, item: Item, lead: str) -> None:
    """Adds a figure to the entries: a new one where it has a name, else to the one before."""
    name, last = bare_name(item.label), told.entries[-1] if told.entries else None
    if _lost(told, passage, item, last, lead):
        return
    hundred = item.q.base == HUNDRED and (len(told.entries) > 1 or not name or _ALL.fullmatch(name) is not None)
    if _of_hundred(told, item, lead):
        told.wholes.append(Whole(item.q, weight=False, words=lead))
        return
    manner = _MANNER.match(passage.text[item.q.label_start : item.q.span.start].rstrip()) is not None
    if name and manner and last is not None and last.score is None and not re.search("[；。]", lead):
        name = ""
    if not name and not hundred and (known := _known(told, lead)) is not None:
        name = known
    if not name and not hundred and last is not None and _joins(last, item, manner=manner):
        return
    if not name and last is not None and last.of is None and _ends_own(last, item, lead):
        last.score = item.q
        return
    whole = _WHOLE.search(re.sub(r"[^\u4e00-\u9fff]", "", lead[-14:])) or re.search(r"[，；。]\s?计$", lead)
    if not name and last is not None and last.of is not None and _sums_up(last.of, item, lead):
        return
    if hundred or ((not name or _ALL.fullmatch(name) or _WHOLE.search(item.label)) and whole is not None):
        clause = re.split("[，。；]", lead)[-1]
        if not _NO_WHOLE.search(clause) and not _BOUND_AFTER.match(item.after):
            told.wholes.append(Whole(item.q, item.role is Role.WEIGHT or item.q.base == HUNDRED, lead))
        return
    if _STEP.match(name):
        return
    name = name or _name_before(passage, item) or _segment_name(told, lead)
    if len(name) < 2:
        return
    if last is not None and last.name == name and _joins(last, item):
        return
    entry = Entry(name, item.q, item.order, of=_parent(told, item, lead) if told.entries else None)
    _take(entry, item)
    told.entries.append(entry)


def _lost(told: Told, passage: Passage, item: Item, last: Entry | None, lead: str) -> bool:
    """Whether a figure is of points lost, which it then adds to."""
    if item.role is Role.DEDUCTED and _BY_CASE.search(passage.text, max(0, item.q.span.start - 16), item.q.span.start):
        return True  # 每低于目标一个百分点扣0.5分 is a rule
    if item.role is Role.DEDUCTED or _of_loss(told, item, lead):
        _deduct(told, passage, item, last, lead)
        return True
    if _reason_in_bracket(told, item):
        told.losses.append(Loss("", item.q, lead))
        return True
    return False


def _reason_in_bracket(told: Told, item: Item) -> bool:
    """扣1.8分，系资产入账不及时（0.8分）和计划未报备（1分）: what a loss is made of."""
    loss = told.losses[-1].q if told.losses else None
    bare = item.gap.endswith("（") and item.after.startswith("）")
    return bare and loss is not None and loss.segment == item.q.segment and item.q.base < loss.base


_ALL = re.compile(
    "(?:部门|单位|项目|本|支出)*(?:整体|总体|项目|评价|自评)(?:支出|绩效|评价)*|[两二三四五六七八九十]个?(?:项|部分|方面|大?类)(?:指标)?|全部|各项"
)
_MANNER = re.compile(
    r"(?:这|该|此|本)?一?项?，?(?:以|按|照|依|据|与|同|乘|用|经|折|根据|依据|结合|参照|比照|比例).*(?:计|算|得|评|相乘|乘|口径|比例|：)(?:分|为)?$"
)


def _known(told: Told, lead: str) -> str | None:
    """预算执行用可用资金口径，得9.54分: the indicator of the entries before with whose name the sentence begins."""
    if not re.search("[；。]", lead):
        return None
    segment = HEAD.sub("", re.split("[；。]", lead)[-1])
    names = [e.name for e in told.entries[:-1] if len(e.name) >= 2 and segment.startswith(e.name)]
    return max(names, key=len) if names and told.entries[-1].name not in names else None


def _of_hundred(told: Told, item: Item, lead: str) -> bool:
    """七项100分，实得93.74分: the total behind what could be had."""
    if not told.wholes or not told.wholes[-1].weight or told.wholes[-1].q.base != HUNDRED or item.role is Role.WEIGHT:
        return False
    near = item.q.sentence == told.wholes[-1].q.sentence and not re.search(r"[。；：]", lead)
    return (
        near
        and re.fullmatch(r"[^，\d]{0,4}，(?:本|我|该)?[^，\d]{0,4}(?:实得|得|自评得?|实际得?)分?(?:为|是)?", lead.strip())
        is not None
    )


def _of_loss(told: Told, item: Item, lead: str) -> bool:
    """扣的2分，产出的1分是…，效益的1分是…; 产出失分最多，4.8分里面，危桥占2分: the rest of a sentence that begins with points lost."""
    if _MOST.search(lead) and not item.label:
        return True
    if not told.losses or item.role is Role.SCORED or re.search("满分|分值|权重|总分|标准", item.label):
        return False
    opened = any(x.q.sentence == item.q.sentence and item.q.base < x.q.base for x in told.losses)
    return opened and not any(e.first.sentence == item.q.sentence for e in told.entries) and not re.search("[；。]$", lead)


_WITHIN = re.compile(r"在(?P<name>[^，]{2,8}?)(?:指标|类)?[中里]$")  # 安全事故在效益中扣2分
_LOST = re.compile(r"(?:一项)?(?:[扣丢失减少](?:的|除|减|了|去|掉|分|共|得|拿|打|最多)*|失分|减分)+$")


_MOST = re.compile(  # 产出失分最多，4.8分里面…; 失分集中在过程，5.70分中…
    r"(?:^|[。；])(?P<a>[^，。；：\d]{2,12}?)(?:的)?(?:失分|扣分|丢分|扣得|失得|丢得)(?:最多|较多|最大|主要|集中)*，$|(?:失分|扣分|丢分)(?:主要|都|全部|全)?(?:集中)?[在是](?P<b>[^，。；：\d]{2,10})，$"
)


def _deduct(told: Told, passage: Passage, item: Item, last: Entry | None, lead: str) -> None:
    """Points lost: of the indicator that the words name, else of the entry whose sentence they stand in."""
    label = _LOST.sub("", HEAD.sub("", item.label).lstrip("是")).strip("“”")
    inside = _WITHIN.search(label)
    label = inside["name"] if inside is not None else label
    most = _MOST.search(lead) if not label else None
    label = (most["a"] or most["b"]) if most is not None else label
    told.losses.append(Loss(label, item.q, lead))
    if item.role is not Role.DEDUCTED or last is None or any(e is not last and label.startswith(e.name) for e in told.entries):
        return
    if last.lost and _INSIDE.search(passage.text, last.lost[0].span.end, item.q.span.start):
        return  # 扣1.4分，其中A扣0.8分，B扣0.6分
    line = len(told.top) == 1 and not told.wholes
    closed = any(w.q.span.start > last.first.span.start for w in told.wholes)
    beside = item.q.depth <= last.first.depth or (not label and item.order - 1 in {last.order, last.order + 1})
    if not closed and (item.q.sentence == last.first.sentence or line) and beside:
        last.lost.append(item.q)


def _sums_up(parent: Entry, item: Item, lead: str) -> bool:
    """产出（50分）：数量20分得20分，…，小计48.5分: the score of the indicator whose parts stand before."""
    full = parent.full
    if parent.score is not None or full is None or item.q.base > full.base or not re.search("小计|合计|共", lead):
        return False
    parent.weight, parent.plain, parent.score = full, None, item.q
    return True


def _ends_own(entry: Entry, item: Item, lead: str) -> bool:
    """满意度10分：患者得5分，职工得4.9分，小计9.9分: the score of an indicator whose parts have no full marks of their own."""
    full, got = entry.weight, entry.score
    inside = full is not None and got is not None and got.base < item.q.base <= full.base
    return inside and lead.endswith(("小计", "小计为", "小计得"))


def _parent(told: Told, item: Item, lead: str) -> Entry | None:
    """The entry that a new one is broken out of, up to where the parts make up its full marks or its sentence ends."""
    last = told.entries[-1]
    if item.q.label_start and _REST.match(bare_name(item.label)) and not re.search("[；。]", lead):
        return last.of or last  # 产出40分，两项没做完得5.6分，其余34分全得
    if last.of is None:
        cue = _INSIDE.search(lead, max(lead.rfind("；"), lead.rfind("。")) + 1)
        if cue is not None:  # 投入项下设预算执行10分和预算编制5分
            named = [e for e in told.top if e.name in lead[: cue.start()]]
            return named[0] if len(named) == 1 else last
        return last if item.q.depth > last.first.depth or _BROKEN_DOWN.fullmatch(lead) else None
    parent = last.of
    inside = last.first.label_start < last.first.span.start or re.search("）[^，]*；", lead)
    if item.q.depth < last.first.depth and inside:
        return None  # 效益30分（其中销售10分），满意度10分: behind the bracket
    tops = told.top
    if parent is tops[-1] and len(tops) > 1 and tops[-2].first.segment < parent.first.segment and "；" in lead:
        return None  # 执行9.45分；产出45.5分，其中时效6.67分；效益29分: semicolons part the upper level
    weights = [e.weight for e in told.entries if e.of is parent]
    known = [w for w in weights if w is not None]
    if parent.full is not None and len(known) == len(weights):
        whole = sum(w.base for w in known) >= parent.full.base
        return None if whole or "。" in lead else parent
    return parent if not re.search("[；。]", lead) or _INSIDE.search(lead) else None


_REST = re.compile("其[余他它]|余下|剩[余下]")
_SUBJECT = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?:指标|方面|部分|一项|类)?(?:按|因|由于|受|，|：|目标|实际|发放|调查)")


def _segment_name(told: Told, lead: str) -> str:
    """满意度按实际值与目标值之比折算，得9.89分: what the segment begins with, where all entries before have their scores."""
    if not told.entries or told.entries[-1].score is None:
        return ""
    segment = HEAD.sub("", re.split("[；。]", lead)[-1])
    known = next((e.name for e in told.entries if segment.startswith(e.name)), "")
    subject = _SUBJECT.match(segment)
    return known or (bare_name(subject["name"]) if subject is not None and re.search("[；。]", lead) else "")


def _take(entry: Entry, item: Item) -> None:
    bracket = item.gap.endswith("（") and item.after.startswith("）")
    if item.role is Role.WEIGHT or (bracket and item.role is Role.PLAIN):
        entry.weight = item.q
    elif item.role is Role.SCORED:
        entry.score = item.q
    else:
        entry.plain = item.q


def _joins(entry: Entry, item: Item, *, manner: bool = False) -> bool:
    """Whether a figure without a name is the other one of an entry: its score behind the full marks, or the full marks behind it."""
    beside = item.gap.strip() == "（" and item.after.startswith("）") and entry.weight is None and entry.score is None
    if beside and entry.plain is not None and entry.plain.base <= item.q.base:  # 执行9.63分（10分）
        entry.weight, entry.plain, entry.score = item.q, None, entry.plain
        return True
    if entry.score is None and item.role is not Role.WEIGHT and item.q.sentence - entry.first.sentence <= _SENTENCES:
        full = entry.full
        scored = item.role is Role.SCORED or manner
        if full is None or not (scored or not item.label or _GOT.match(item.label)):
            return False
        above = scored and item.order - entry.order == 1 and item.q.base - full.base < _ABOVE  # 产出（50分），得52分
        if item.q.base <= full.base or above:
            entry.weight, entry.plain, entry.score = full, None, item.q
            return True
        return False
    if entry.weight is None and item.role is Role.WEIGHT and item.q.sentence == entry.first.sentence:
        score = entry.score or entry.plain
        if score is not None and score.base <= item.q.base:
            entry.weight, entry.plain, entry.score = item.q, None, score
            return True
    return False


_SENTENCES = 3  # from the full marks of an indicator to its score
_ABOVE = 5  # points that a score may be above its full marks and still be its


def _full_marks(told: Told, passage: Passage, item: Item) -> None:
    """满意度10分得满分: the score is the full marks."""
    entry = told.entries[-1] if told.entries else None
    if entry is None or entry.first is not item.q or entry.score is not None:
        return
    end = re.search(r"[；。]|\d", passage.text[item.q.span.end :])
    stop = item.q.span.end + (end.start() if end else len(passage.text))
    if _FULL.search(passage.text, item.q.span.end, stop):
        entry.weight, entry.plain, entry.score = item.q, None, item.q


def _name_before(passage: Passage, item: Item) -> str:
    """The words before a bracket or mark, or at the head of the paragraph, where the label says no more than 满分."""
    text = passage.text
    start = passage.block.marker.end if passage.block.marker is not None else 0
    before = text[start : item.q.label_start].rstrip("（：，、")
    name = bare_name(re.split(r"[。；：，、（）]", before)[-1])
    if name and not re.search(r"\d", name) and item.q.label_start and text[item.q.label_start - 1] in "（：":
        return name
    lead = bare_name(re.split(r"[。：，；（]", text[start : start + 24])[0])
    first = not any(is_points(i) for i in passage.items[: item.order])
    return lead if first and 2 <= len(lead) <= 16 and not re.search(r"\d", lead) else ""


def collect(scene: Scene, sections: Sequence[Section]) -> Iterator[Told]:
    """What every paragraph and every plain table of scores tells, in reading order."""
    found = [told for section in sections if (told := told_in_table(scene, section)) is not None and len(told.entries) >= 3]
    for passage in scene.passages:
        if Dimension.SCORE in passage.dimensions or Dimension.BARE in passage.dimensions:
            told = told_in(passage)
            if told.entries or told.wholes or told.losses:
                found.append(told)
    yield from sorted(found, key=lambda t: t.block)
