"""Restatements: one fact, stated in several places, must be one figure.

Equal figures are tied where they are too particular to be equal by chance. Figures that differ are compared only where label,
role, period and scope say that they are one fact: by a slip of the pen between them (two digits swapped, one digit off, a power
of ten) and a shared name, or by the same full name. Pairs come from an index of digit signatures, so that time stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY, SURE
from gouji.claims.scene import Item, Scene, role_of
from gouji.claims.vocabulary import PEOPLE, Role
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.document import BlockKind, MarkerStyle
from gouji.model.fact import DateKind, Quantity, Span
from gouji.model.quantity import Dimension, show
from gouji.model.text import Text

_OUT = {Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED, Role.WEIGHT, Role.OPENING}
_NOISE = re.compile(
    r"\d{4}年度?|\d{1,2}月|截至|年末|年底|本年度?|当年|全年|今年|我[局委办院县市区镇乡校馆部单]位?|本[局委办院镇乡校馆部单]位?|部门|单位|累计|实际|共计|合计|总计|共|"
    r"其中|该项目?|用于|投入|安排|达到|完成|执行|为|的|了|约|由于|主要|计划|发放|拨付"
)
_GENERIC = re.compile(
    r"项目|金额|资金|支出|预算|决算|经费|得分|自评|评价|绩效|收入|财政|拨款|使用|支付|到位|总额|总量|总数|数|额|费|率|指标|年初|调整|专项|涉及|满意度|完成|整体|情况|"
    r"合计|补助|资金量|目标|培训|会议|工作|活动"
)
_QUALIFIERS = [
    "年初",
    "调整",
    "追加",
    "上年",
    "结转",
    "中央",
    "省级",
    "市级",
    "县级",
    "区级",
    "镇级",
    "本级",
    "上级",
    "财政拨款",
    "一般公共预算",
    "政府性基金",
    "国有资本",
    "非税",
    "自筹",
    "社会",
    "人员",
    "公用",
    "基本",
    "项目",
    "购置",
    "运行",
    "出国",
    "接待",
    "收入",
    "支出",
    "预算",
    "决算",
    "执行",
    "到位",
    "下达",
    "支付",
    "计划",
    "目标",
    "新增",
    "新建",
    "累计",
    "其中",
    "行政",
    "事业",
    "工勤",
    "离休",
    "退休",
    "在职",
    "编制",
    "在编",
    "男",
    "女",
    "上半年",
    "下半年",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "第一",
    "第二",
    "第三",
    "第四",
    "首批",
    "中期",
    "期末",
    "年末",
    "期初",
    "平均",
    "最高",
    "最低",
    "合同",
    "中标",
    "结算",
    "审定",
    "概算",
    "概",
    "投资",
    "余额",
    "结余",
    "应",
    "未",
    "户",
    "人次",
    "招生",
    "毕业",
    "城镇",
    "农村",
    "城市",
    "乡村",
    "优秀",
    "良好",
    "扣",
    "满",
    "分值",
    "权重",
    "城乡",
    "本科",
    "高中",
    "初中",
    "小学",
    "幼儿",
    "省",
    "市",
    "县",
    "区",
    "乡",
    "村",
    "月",
    "批",
    "次",
    "期",
    "一般",
    "重点",
    "非",
    "外",
    "内",
    "政府采购",
    "政府购买",
    "货物",
    "服务",
    "工程",
    "小微",
    "中小",
]
_RUN_IN = {MarkerStyle.CN_IS, MarkerStyle.CN_ORDINAL, MarkerStyle.CN, MarkerStyle.CN_PAREN}
_RATE_NAME = re.compile(r"(?:预算|资金|项目|支出|总体|综合|整体|全年)(?:预算)?(?:执行|支付|支出|到位|完成|使用)率$")
_PARTIAL = re.compile(
    r"其中|新建|新增|每|各|部分|重点|优秀|先进|另|余下|剩余|抽查|随机|选派|组织|下派|有|余|未|已|参加|参与|约|计划|目标"
)
_SCOPES = re.compile(r"全[县区市省镇乡州旗校院馆局系国]|辖区|本级|机关|我[县区市镇乡]")


@dataclass(slots=True)
class _Fact:
    item: Item
    core: str  # label without noise
    name: str  # core without generic words
    marks: frozenset[str]
    year: int | None
    listed: bool  # inside a numbered list item


def find(scene: Scene, tied: set[Span]) -> Iterator[Claim]:
    """Facts stated more than once. `tied` holds the spans of figures that agreeing claims use."""
    facts = list(_collect(scene))
    yield from _equal(facts)
    accused: set[Span] = set()
    for group in _by_signature(facts):
        for a, b in group:
            claim = _pair(a, b, tied)
            if claim is not None:
                key = claim.operands[0].span
                if key not in accused:
                    accused.add(key)
                    yield claim
    yield from _same_name(facts, tied, accused)
    yield from _concepts(scene, facts, tied, accused)
    yield from _people(facts, tied, accused)


def _collect(scene: Scene) -> Iterator[_Fact]:
    for block, found in zip(scene.document.blocks, scene.facts.blocks, strict=True):
        if not found.quantities or block.kind is BlockKind.HEADER:
            continue
        passage = scene.by_block.get(block.index)
        if passage is not None:
            items: Iterable[Item] = passage.items
        else:
            items = [Item(q, role_of(q, q.label), n, "", "") for n, q in enumerate(found.quantities) if q.label]
        years = [d for d in found.dates if d.year is not None and not d.cited and d.kind is not DateKind.RELATIVE]
        listed = block.kind is BlockKind.ROW or (
            block.kind is BlockKind.LIST_ITEM and block.marker is not None and block.marker.style not in _RUN_IN
        )
        for item in items:
            if (item.role in _OUT and item.role is not Role.STANDARD) or item.hedged or not item.q.base:
                continue
            start = item.q.span.start
            year = next(
                (d.year for d in reversed(years) if d.span.start < start and _same_sentence(found.normal, d.span.start, start)),
                None,
            )
            label = item.label
            if item.q.dimension is Dimension.COUNT:
                label = label + "·" + item.q.noun[:8]
            elif not label:
                label = item.q.noun[:8]
            core = _NOISE.sub("", label)
            marks = frozenset(w for w in _QUALIFIERS if w in label)
            yield _Fact(item, core, _GENERIC.sub("", core), marks, year, listed)


def _same_sentence(text: str, a: int, b: int) -> bool:
    return "。" not in text[a:b]


def _digits(q: Quantity) -> str:
    return re.sub(r"\D", "", q.raw).lstrip("0")


def _particular(q: Quantity) -> bool:
    """Whether a figure is too particular to turn up twice by chance."""
    digits = _digits(q).rstrip("0")
    return len(digits) >= 4 and q.dimension in (Dimension.MONEY, Dimension.PERCENT, Dimension.SCORE, Dimension.MEASURE)


def _equal(facts: list[_Fact]) -> Iterator[Claim]:
    first: dict[tuple[Dimension, object], _Fact] = {}
    for fact in facts:
        q = fact.item.q
        if q.dimension is Dimension.COUNT:
            if len(fact.core) < 4 or q.base < 3:
                continue
            key: tuple[Dimension, object] = (q.dimension, (q.base, q.figure.unit.symbol, fact.core[-6:]))
        elif _particular(q):
            key = (q.dimension, q.base)
        else:
            continue
        known = first.setdefault(key, fact)
        if known is not fact and known.item.q.span != q.span:
            yield Claim(
                ClaimKind.RESTATEMENT,
                Verdict.AGREES,
                q.raw,
                known.item.q.raw,
                (Operand("stated", q.span, q), Operand("restated", known.item.q.span, known.item.q)),
                formula=f"{q.raw} = {known.item.q.raw}",
            )


def _by_signature(facts: list[_Fact]) -> Iterator[list[tuple[_Fact, _Fact]]]:
    """Pairs that differ by a swap, one digit or a power of ten, from an index of signatures."""
    index: dict[tuple[str, object], list[_Fact]] = {}
    for fact in facts:
        q = fact.item.q
        digits = _digits(q)
        counted = q.dimension is Dimension.COUNT and q.figure.unit.factor == 1
        wanted = (Dimension.MONEY, Dimension.PERCENT, Dimension.SCORE)
        if len(digits) < (2 if counted else 3) or not (counted or q.dimension in wanted):
            continue
        place = (q.dimension, q.figure.places, q.figure.unit.symbol, len(digits))
        exact = (q.figure.value, q.figure.places)
        keys: set[tuple[str, object]] = {("swap", (place, "".join(sorted(digits))))}
        if len(digits) >= 4 and not counted:
            keys |= {("digit", (place, n, digits[:n] + digits[n + 1 :])) for n in range(len(digits))}
            keys.add(("unit", (q.dimension, exact)))
        pairs: list[tuple[_Fact, _Fact]] = []
        for key in keys:
            bucket = index.setdefault(key, [])
            pairs.extend((old, fact) for old in bucket[-6:] if old.item.q.base != q.base)
            bucket.append(fact)
        if pairs:
            yield pairs


def _bigrams(name: str) -> set[str]:
    return {name[n : n + 2] for n in range(len(name) - 1) if "·" not in name[n : n + 2]}


def _common(a: str, b: str) -> str:
    """The longest common substring of two short names."""
    best = ""
    for i in range(len(a)):
        for j in range(len(a), i + len(best), -1):
            if a[i:j] in b:
                best = a[i:j]
                break
    return best


def _compatible(a: _Fact, b: _Fact, tied: set[Span]) -> bool:
    if a.item.q.span in tied and b.item.q.span in tied:
        return False  # both are borne out by figures of their own: two facts
    ra, rb = a.item.role, b.item.role
    if Role.STANDARD in (ra, rb) and a.item.q.figure.value != b.item.q.figure.value:
        return False
    if {ra, rb} in ({Role.BUDGET, Role.SPENT}, {Role.BUDGET, Role.INCOME}, {Role.SPENT, Role.LEFT}, {Role.BUDGET, Role.LEFT}):
        return False
    if a.year is not None and b.year is not None and a.year != b.year:
        return False
    qa, qb = a.item.q, b.item.q
    if qa.span.block == qb.span.block and qa.sentence == qb.sentence:
        return False
    if qa.dimension is Dimension.COUNT:
        return not (a.marks ^ b.marks) & _DECISIVE_FOR_COUNTS
    return not (a.marks ^ b.marks) & _DECISIVE


_DECISIVE = frozenset(
    [
        "年初",
        "调整",
        "上年",
        "结转",
        "中央",
        "省级",
        "市级",
        "县级",
        "区级",
        "人员",
        "公用",
        "购置",
        "运行",
        "出国",
        "接待",
        "收入",
        "预算",
        "决算",
        "到位",
        "下达",
        "计划",
        "目标",
        "新增",
        "离休",
        "退休",
        "编制",
        "男",
        "女",
        "上半年",
        "下半年",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "第一",
        "第二",
        "第三",
        "第四",
        "平均",
        "合同",
        "中标",
        "结算",
        "概算",
        "结余",
        "其中",
        "未",
        "户",
        "货物",
        "工程",
        "小微",
        "中小",
        "城镇",
        "农村",
        "基本",
        "政府采购",
        "政府性基金",
    ]
)


_DECISIVE_FOR_COUNTS = _DECISIVE - frozenset(
    ["中央", "省级", "市级", "县级", "区级", "收入", "预算", "决算", "人员", "公用", "结余", "其中", "户"]
)


def _pair(a: _Fact, b: _Fact, tied: set[Span]) -> Claim | None:
    """Two figures that a slip of the pen turns into one another, under one name."""
    if not _compatible(a, b, tied):
        return None
    qa, qb = a.item.q, b.item.q
    cause = digit_cause(qb.figure, qa.base / qb.figure.unit.factor)
    if cause is None:
        return None
    if qa.figure.value == qb.figure.value and _digits(qa)[1:].strip("0"):
        return _claim(a, b, cause, tied, LIKELY)  # the same long number once in 元, once in 万元
    if cause is TRANSPOSED and qa.dimension is Dimension.MONEY and len(_digits(qa).rstrip("0")) < 3:
        return None  # 4,800 and 8,400 are round figures, not a slip
    if qa.dimension is Dimension.COUNT:
        both = _bigrams(a.name) & _bigrams(b.name)
        body = qa.base >= 100 and any(
            w in both for w in ("委员", "代表", "职工", "学生", "教师", "干部", "党员", "会员", "群众")
        )
        told = (
            cause is TRANSPOSED
            and (len(both) >= 2 or body)
            and not (_PARTIAL.search(a.item.label[-4:]) or _PARTIAL.search(b.item.label[-4:]))
        )
        return _claim(a, b, cause, tied, LIKELY, shape="count") if told else None
    shared = _common(a.name, b.name)
    whole = _common(a.core, b.core)
    same_rate = _RATE_NAME.search(a.item.label) and _RATE_NAME.search(b.item.label)
    if qa.dimension is Dimension.PERCENT and same_rate and not (a.listed and b.listed):
        enough = not ({"人员", "公用", "基本"} & (a.marks | b.marks))
    elif a.listed or b.listed:
        enough = len(shared) >= 3
    else:
        enough = len(shared) >= 2 or (len(whole) >= 4 and whole in (a.core, b.core))
    if cause is TRANSPOSED and qa.dimension is Dimension.MONEY and len(_digits(qa)) >= 6 and not (a.listed and b.listed):
        enough = True  # six digits are not the same by chance
    if qa.dimension is Dimension.SCORE:
        enough = (
            cause is TRANSPOSED
            and len(_digits(qa)) >= 4
            and not (a.listed or b.listed)
            and "得分" in a.item.label + b.item.label
        )
    if not enough:
        return None
    alike = a.core == b.core or len(whole) >= 6
    if qa.dimension is Dimension.PERCENT and cause is not TRANSPOSED:
        return None
    if cause is TRANSPOSED:
        confidence = SURE if len(shared) >= 3 or len(whole) >= 5 else LIKELY
    elif cause is ONE_DIGIT:
        if len(_digits(qa)) < 4 or not (alike or len(shared) >= 3):
            return None
        confidence = SURE if alike and len(_digits(qa)) >= 5 else LIKELY
    else:
        if not alike and len(shared) < 4:
            return None
        confidence = LIKELY
    return _claim(a, b, cause, tied, confidence)


def _claim(a: _Fact, b: _Fact, cause: Text | None, tied: set[Span], confidence: float, shape: str = "") -> Claim:
    """The later statement is accused, unless it alone is borne out by other figures."""
    good, bad = (b, a) if b.item.q.span in tied and a.item.q.span not in tied else (a, b)
    q, other = bad.item.q, good.item.q
    return Claim(
        ClaimKind.RESTATEMENT,
        Verdict.DISAGREES,
        q.raw,
        other.raw,
        (Operand("stated", q.span, q), Operand("restated", other.span, other)),
        difference=show(abs(q.base - other.base), q.figure.unit),
        formula=f"{bad.item.label or q.noun[:8]}：{q.raw}；{good.item.label or other.noun[:8]}：{other.raw}",
        cause=cause,
        confidence=confidence,
        shape=shape,
        right=other.base,
    )


def _same_name(facts: list[_Fact], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """The same full and particular name with two figures: money and percentages of running text outside lists."""
    named: dict[tuple[Dimension, str, Role, frozenset[str]], _Fact] = {}
    for fact in facts:
        q = fact.item.q
        if q.dimension not in (Dimension.MONEY, Dimension.PERCENT, Dimension.SCORE) or fact.listed or len(fact.core) < 5:
            continue
        if len(fact.name) < 2 and not re.search(r"整体|总额|三公|预算执行率|综合得分|自评得分|总得分", fact.item.label):
            continue
        key = (q.dimension, fact.core, fact.item.role, fact.marks)
        known = named.setdefault(key, fact)
        if known is fact or not _compatible(known, fact, tied) or q.span in accused:
            continue
        if q.figure.rounded().meets(known.item.q.figure.rounded()):
            continue
        accused.add(q.span)
        yield _claim(known, fact, digit_cause(q.figure, known.item.q.base / q.figure.unit.factor), tied, LIKELY)


# The four figures that every whole-department report states more than once, by all the words that may stand in their names.
# A label is one of them when nothing is left once these words are taken away; 年初, 调整后 and the like keep figures apart.
_CONCEPTS: tuple[tuple[str, Dimension, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "spent",
        Dimension.MONEY,
        re.compile(r"(?:部门|单位|整体|全年|年度|本年|总|合计|[局委院])[^，。]{0,8}支出|支出(?:总额|合计|总计)"),
        re.compile(r"支出|决算|合计|总额|总计|总数|实际|累计|共|数"),
    ),
    (
        "rate",
        Dimension.PERCENT,
        re.compile(r"预算执行率|(?:整体|部门|总体|综合|全年)[^，。]{0,6}(?:执行率|支出率)"),
        re.compile(r"预算|执行率|支出率|支出|率"),
    ),
    (
        "score",
        Dimension.SCORE,
        re.compile(r"(?:整体|部门|综合|总|最终|本项目|自评)[^，。]{0,8}(?:得分|评分|总分|分)"),
        re.compile(r"绩效|自评|评价|得分|评分|总分|综合|最终|支出|总|分|结果|本项目"),
    ),
)
_FRAME = re.compile(
    r"\d{4}年度?|\d{1,2}月\d{1,2}日|截至|年末|年底|从[\u4e00-\u9fff]{1,4}看|本次|自评|涉及|综上|总体|综合|以上|情况|经|由|按|根据|我[局委办院县市区镇乡校馆部单]位?|"
    r"本[局委办院镇乡校馆部单]位?|部门|单位|整体|全年|年度|本年|当年|达到|完成|为|的|了|有|，|：|实现|确定|最后|最终|合计|总计|总额"
)


def _concepts(scene: Scene, facts: list[_Fact], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """The document's total expenditure, execution rate and total score, under whatever name."""
    known: dict[tuple[str, frozenset[str]], _Fact] = {}
    for fact in facts:
        q = fact.item.q
        if fact.listed or q.cell is not None:
            continue
        concept = _concept_of(fact)
        if concept is None or not _speaks_of_all(scene, fact):
            continue
        key = (concept, (fact.marks & _DECISIVE) | _heading_marks(scene, q.span.block))
        first = known.setdefault(key, fact)
        if first is fact or q.span in accused or not _compatible(first, fact, tied):
            continue
        other = first.item.q
        if q.figure.rounded().meets(other.figure.rounded()):
            continue
        accused.add(q.span)
        yield _claim(first, fact, digit_cause(q.figure, other.base / q.figure.unit.factor), tied, LIKELY)


_BUDGET_LIFE = re.compile(
    r"年初|全年|调整后?|预算数?|安排|批复|下达|指标|支出|决算|执行率|执行|实际|合计|财政|资金|项目|基本|其中|完成|总体|得分|等级|为|是|分|数|共|优|良|占|比|上年|增加|减少|增长|下降|较|同|主要"
)


def _speaks_of_all(scene: Scene, fact: _Fact) -> bool:
    """Whether the sentence up to the figure has no subject but the unit itself."""
    q = fact.item.q
    passage = scene.by_block.get(q.span.block)
    if passage is None:
        return False
    start = passage.text.rfind("。", 0, q.span.start) + 1
    if passage.block.marker is not None and not re.search(
        r"部门|整体|单位|[我本][局委办院]", passage.text[start : q.span.start]
    ):
        return False  # a run-in heading names the subject
    if passage.block.marker is not None:
        start = max(start, passage.block.marker.end)
    words = passage.text[start : q.label_start]
    for item in passage.items[: fact.item.order]:
        if item.q.span.start >= start:
            words = words.replace(item.q.raw, "")
    organisation = scene.document.organisation
    if organisation:
        words = words.replace(organisation, "")
    return not re.sub(r"[^\u4e00-\u9fff]", "", _BUDGET_LIFE.sub("", _FRAME.sub("", words)))


def _heading_marks(scene: Scene, block: int) -> frozenset[str]:
    """Scopes that the heading above a figure sets: 财政拨款支出情况."""
    parent = scene.document.blocks[block].parent
    text = scene.document.blocks[parent].text if parent is not None else ""
    return frozenset(
        w for w in ("财政拨款", "一般公共预算", "政府性基金", "三公", "机关运行", "政府采购", "基本", "项目") if w in text
    )


def _concept_of(fact: _Fact) -> str | None:
    q = fact.item.q
    label = fact.item.label
    for name, dimension, wanted, words in _CONCEPTS:
        if q.dimension is dimension and wanted.search(label):
            if name == "spent" and (fact.item.role is Role.BUDGET or "预算" in label):
                return None
            if name == "score" and not 50 <= q.base < 100:
                return None
            return name if not words.sub("", _FRAME.sub("", label)) else None
    return None


def _people(facts: list[_Fact], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """Counts of one body of people or things that differ by little: 159人, 157名委员."""
    bodies: dict[tuple[bool, str], list[_Fact]] = {}
    for fact in facts:
        q = fact.item.q
        if q.dimension is not Dimension.COUNT or q.figure.places or q.base < 10 or q.figure.unit.factor != 1:
            continue
        thing = _thing(fact)
        if len(thing) < 4 or _PARTIAL.search(fact.item.label[-6:]):
            continue
        people = q.figure.unit.symbol in PEOPLE
        key = (people, thing[:6] if not people else thing[:4])
        for known in bodies.get(key, ()):
            other = known.item.q
            if not people and other.figure.unit.symbol != q.figure.unit.symbol:
                continue
            gap = abs(other.base - q.base)
            if not gap or gap * 20 > max(other.base, q.base) or q.span in accused or not _compatible(known, fact, tied):
                continue
            if other.span.block == q.span.block:
                continue
            accused.add(q.span)
            yield _claim(known, fact, None, tied, LIKELY, shape="count")
            break
        bodies.setdefault(key, []).append(fact)


def _thing(fact: _Fact) -> str:
    """What is counted: the words right behind the figure, else those right before it, without scope words."""
    q = fact.item.q
    noun = re.match(r"[\u4e00-\u9fff]{2,8}?(?=在|中|的|参|进|开|全|均|都|，|$|、|以|到|深|结|任|对)", q.noun)
    if noun and len(noun[0]) >= 4:
        return _SCOPES.sub("", noun[0])
    if not q.noun:
        label = fact.item.label
        if len(label) < 4 or not (_SCOPES.search(label) or re.search(r"(?:委员|代表|职工|党员|教师|学生)$", label)):
            return ""
        return _SCOPES.sub("", label)[-5:]
    return ""
