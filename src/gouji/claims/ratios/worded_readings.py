"""What a share or a rate told in words may be of: the figures that its words take for the part and for the whole, the surest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import as_printed
from gouji.claims.ratios.worded_share import Share
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, ZERO, Dimension
from gouji.model.record import record

_FIGURES = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE})
_OUT = frozenset({Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED})
_MONEY_RATE = re.compile(r"(?:执行|支付|支出|使用|到位|拨付|完成|兑付|资金|发放|预算|结算)[\u4e00-\u9fff]{0,4}(?:率|进度)")
_RATE = re.compile(r"(?:率|度|面|比例|比重|占比|份额|比率|水平|进度|贡献)[\u4e00-\u9fff]{0,5}$|占[^，。；]{0,10}$")
_BASE = re.compile(r"[以按拿用]\s?$")
_AS_BASE = re.compile(r"\s?(?:[\u4e00-\u9fff]{0,6})(?:为|作为?|当)(?:计算)?(?:基数|分母|底数|基准|口径)")
_WITH = re.compile(
    r"[与同跟和](?:上述|前述|前面|该|本|全部|其)?(?P<name>[\u4e00-\u9fff]{2,12}?)(?:总?数量?|总量|总额|量|额)?(?:相比|之比|来比|对比)"
)
_OF = re.compile(
    r"(?:占|是|为|达到?|相当于|不足|不到|超过|接近|近)(?P<name>[\u4e00-\u9fff]{2,10})的(?:比例|比重)?(?:正好|恰好|仅|只)?(?:为|是|达)?$"
)
_CALLED = re.compile(r"(?:占|是|为|相当于)(?P<name>[^，。；占]{2,20})的(?:比例|比重)?(?:正好|恰好|仅|只)?(?:为|是|达)?$")
_ALL = re.compile(r"^(?:其|该|上述|全部|所有)?(?:总数|总量|总额|全部|总体|总计|合计)$")
_WIDE = re.compile(
    r"^(?:全[市县区省镇乡村院校局]|本[市县区镇乡院校]|全部|所有|上述|当年|年度|其)|(?:总数|总量|总额|数量|数|量|额)$"
)
_ADDED = ("相加", "加总", "合计", "之和", "起来", "一起")
_SEVERAL = re.compile(
    r"(?P<n>[两二三四五六])(?:者|项|类|部分|个|块)[\u4e00-\u9fff]{0,4}?(?:相加|加总|合计|之和|加起来|合起来|加在一起)"
)
_SHORT = re.compile(
    r"未(?!来|成年)|没|不(?!同|少|断|仅|含|动|锈)|尚|缺|停|死|坏|空置|闲置|睡眠|逾期|超期|退[出回役]|违|异常|存疑|问题|超[过时标期限]|带病|故障|过期|损坏|失败|失效|差错|需要?(?:整改|返|重)|待|淘汰|返工|流失|脱落|流标|枯|破损|误"
)
_ENDS = re.compile("[，。；）]")
_ILL = re.compile(r"未|没|不|缺|停|死|坏|空置|闲置|逾期|退|违|异常|差错|错|返工|流失|损|失|误|漏|空")
_OPPOSITE = (
    ("活", "死"),
    ("成活", "死亡"),
    ("同意", "反对"),
    ("成功", "失败"),
    ("通过", "未通过"),
    ("合格", "不合格"),
    ("有效", "无效"),
    ("达标", "不达标"),
    ("中标", "流标"),
)
_AREA = re.compile(r"^(?:其中|全[市县区省镇乡]|有|和|与)+")
_BARELY = re.compile(
    r"(?:只有|仅有?|才|仅为|只占|仅占|折算[为成]?|折合|约合|相当于|[\u4e00-\u9fff]{0,3}(?:总数|总量|总额|全部)的)"
)
_RATE_OF = re.compile(r"(?:率|进度|(?<!贡献)度|面)[\u4e00-\u9fff]{0,4}$")
_MEASURED = re.compile(r"[以按拿用](?P<name>[\u4e00-\u9fff]{2,10}?)(?:衡量|计算?|来比|来算|来看|口径)")
_SUBJECT = re.compile(
    r"(?:其中|而|且|也|约|但)*([\u4e00-\u9fff“”]*?)(?:的?(?:占|比例|比重|份额|贡献)|只有|仅|还|不足|不到|超过|接近|达到|为|是|[高低]于)"
)
_OF_MONEY = re.compile("资金|经费|金额|投入|投资|支出|收入|价款")
_SHARED_OUT = re.compile(r"占[^，。；]{0,8}[\d一二三四五六七八九]")
_GENERAL = re.compile("(?:总数|总量|总额|总体)的$")
_NAMES = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{1,6}(?:[、和与及][\u4e00-\u9fff]{1,6}?)+?)(?:[两二三四]?[类项者个种块])?(?:加总|合计|相加|之和|加起来|合起来|加在一起)"
)
_LEVEL = re.compile("^(?:由|其中|大致是|为)?(?P<level>中央|省|市|县|区|乡|镇)")
_CLASS = re.compile(r"(?:“|为|评定)([优良中好])”?[的级]?$")
_DIGIT = re.compile(r"\d")
_THREE = re.compile("[\u4e00-\u9fff]{3}")
_COPULA = re.compile("只有|仅为?|达到?|为|是|占|不足|超过|接近")
_STEM = re.compile(r"([\u4e00-\u9fff]{2})(?:率|度|面)")
_SAMPLE = re.compile(r"样本|[共总]|基数|应|监测|抽|调查|在册|合计|分母|有效")
_DUE = re.compile(r"应[\u4e00-\u9fff]{0,6}(?:总数|数|量)?$|计划[\u4e00-\u9fff]{0,4}$")
_DONE = re.compile(r"已|完成|实|成")
_INSIDE = re.compile(r"其中|[中里内]|的有?$|有$")
_EACH = re.compile(r"每|均|单[位个台]")
_STILL = re.compile(r"(?:还|尚|仍)(?:有|剩)?$")
_UNDONE = re.compile(r"\s?(?:资金|经费|的)?(?:尚?未|没有?)")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_BACK = 10
_PAIR = 2
_NAMED = 30  # characters before a share that name it


@record(frozen=True, slots=True)
class Reading:
    """What a share is of: its value in percent, the figures with their roles, how they are put together, and whether words bind them."""

    value: Decimal
    operands: Sequence[tuple[str, Item]]
    words: str
    sure: bool
    bound: bool = False  # nothing else can be meant, however far off it is


@record(frozen=True, slots=True)
class Known:
    """What holds already: the whole of every proven part, by the part's value and the end of its name, and the bases of shares by sentence."""

    wholes: dict[tuple[Decimal, str], Item]
    bases: dict[tuple[int, int], list[Span]]


def usable(item: Item) -> bool:
    return (
        item.q.dimension in _FIGURES
        and item.q.base > 0
        and item.role not in _OUT
        and not item.hedged
        and not item.q.chinese
        and not _EACH.search(item.label)
    )


def _ratio(part: Item, whole: Item, *, sure: bool, bound: bool = False) -> Reading:
    words = f"{as_printed(part.q.figure)} ÷ {as_printed(whole.q.figure)}"
    return Reading(HUNDRED * part.q.base / whole.q.base, (("part", part), ("base", whole)), words, sure, bound)


def _sum_of(parts: Sequence[Item], whole: Item) -> Reading:
    total = sum((i.q.base for i in parts), ZERO)
    words = f"({' + '.join(as_printed(i.q.figure) for i in parts)}) ÷ {as_printed(whole.q.figure)}"
    return Reading(HUNDRED * total / whole.q.base, [*(("part", i) for i in parts), ("base", whole)], words, sure=True)


def _without(short: Item, whole: Item, *, sure: bool, bound: bool = False) -> Reading:
    words = f"({as_printed(whole.q.figure)} - {as_printed(short.q.figure)}) ÷ {as_printed(whole.q.figure)}"
    rest = whole.q.base - short.q.base
    return Reading(HUNDRED * rest / whole.q.base, (("faults", short), ("base", whole)), words, sure, bound)


def readings(scene: Scene, passage: Passage, share: Share, known: Known) -> Iterator[Reading]:
    """The readings of a share, the surest first."""
    before = [i for i in passage.items[max(0, share.order - _BACK) : share.order] if usable(i)]
    here = [i for i in before if i.q.sentence == share.sentence]
    yield from _left_undone(passage, share, here)
    yield from _based(share, before)
    yield from _behind(passage, share, here)
    if any(word in share.before for word in _ADDED):
        yield from _several(scene, share, before)
        yield from _percents_together(passage, share)
    bracketed = bool(here) and passage.text[here[-1].q.span.end : share.start].strip() == "（"  # 培训费127.87万元（51%）
    part = here[-1] if bracketed else _named_part(share, before) or _last(here, before)
    if part is None:
        return
    yield from _of_name(scene, share, here[-1] if here else part)
    yield from _classes(share, here)
    yield from _by_level(passage, share, before)
    yield from _opposites(share, here)
    yield from _fell_short(passage, share, here)
    yield from _of_whole(passage, share, part, before, known)


def _left_undone(passage: Passage, share: Share, here: Sequence[Item]) -> Iterator[Reading]:
    """1944万元用掉1846.80万元，还有5%没有执行: the share of what was not."""
    if not _STILL.search(share.clause) or not _UNDONE.match(passage.text, share.end) or len(here) < _PAIR:
        return
    whole, done = here[-2:]
    if kin(whole.q, done.q) and whole.q.base > done.q.base:
        yield _without(done, whole, sure=True, bound=True)


def _based(share: Share, before: Sequence[Item]) -> Iterator[Reading]:
    """支付2958万元，若以3400万元为基数计算，支付进度为87%."""
    for whole in before:
        if _BASE.search(whole.gap) and _AS_BASE.match(whole.after) and whole.q.sentence == share.sentence:
            parts = [i for i in before if i.order < whole.order and kin(i.q, whole.q) and share.sentence - i.q.sentence <= 1]
            if parts:
                yield _ratio(parts[-1], whole, sure=True)


def _behind(passage: Passage, share: Share, here: Sequence[Item]) -> Iterator[Reading]:
    """素养水平达到26%（监测样本3200人）; 完成96%：计划25个，已命名24个; 破案率63.5%，全年所立312起中有114起尚在侦查."""
    mark = passage.text[share.end : share.end + 1]
    behind = [i for i in passage.items if share.end <= i.q.span.start and i.q.sentence == share.sentence and usable(i)][:2]
    if not behind or mark not in ("（", "：", "，"):
        return
    near = not re.search("[，。；：）]", passage.text[share.end + 1 : behind[0].q.span.start])
    if not near or (mark == "，" and here):
        return
    one = len(behind) == 1 or passage.text.find("）", share.end) < behind[1].q.span.start
    if mark == "（" and one:
        parts = [i for i in here if kin(i.q, behind[0].q) and i.q.base < behind[0].q.base]
        if parts and _SAMPLE.search(behind[0].label):
            yield _ratio(parts[-1], behind[0], sure=True)
        return
    if len(behind) < _PAIR or not kin(behind[0].q, behind[1].q) or behind[1].q.base >= behind[0].q.base:
        return
    whole, part = behind
    stem = _STEM.search(passage.text, max(0, share.start - _NAMED), share.start)
    if stem is not None and stem[1] in whole.label and stem[1] not in part.label:
        return  # 完工率91.8%（主体完工291户，其中入住289户）
    inside = _INSIDE.search(passage.text[whole.q.span.end : part.q.span.start]) is not None
    if _fallen(passage, part, None) and not _ILL.search(share.clause) and not part.money:
        yield _without(part, whole, sure=inside)
    elif mark != "，":
        yield _ratio(
            part, whole, sure=inside or (_DUE.search(whole.label) is not None and _DONE.search(part.label) is not None)
        )


def _several(scene: Scene, share: Share, before: Sequence[Item]) -> Iterator[Reading]:
    """A人，B人，C人，三者相加再与毕业生总数相比; 工业与燃煤两类加总，贡献: the last figures together."""
    told = _SEVERAL.search(share.before)
    if told is None:
        return
    number = "  二三四五六".find(told["n"]) if told["n"] != "两" else _PAIR
    parts = [i for i in before if i.q.sentence == share.sentence][-number:]
    if len(parts) != number or any(not kin(i.q, parts[0].q) for i in parts):
        return
    named = _WITH.search(share.before)
    wholes = _called(scene, named["name"], share) if named else []
    if len({i.q.base for i in wholes}) == 1 and kin(wholes[0].q, parts[0].q):
        total = sum((i.q.base for i in parts), ZERO)
        words = f"({' + '.join(as_printed(i.q.figure) for i in parts)}) ÷ {as_printed(wholes[0].q.figure)}"
        yield Reading(
            HUNDRED * total / wholes[0].q.base, [*(("part", i) for i in parts), ("base", wholes[0])], words, sure=True
        )


def _called(scene: Scene, name: str, share: Share) -> list[Item]:
    """The figures of the document up to the share that bear a name: 公办床位3260张, 2024届毕业生3420人, 4260户."""
    core = _WIDE.sub("", _WIDE.sub("", name))
    if not core:
        return []
    return [
        i
        for i in scene.items()
        if (i.label.endswith(core) or i.q.noun.startswith(core) or i.q.figure.unit.symbol == core)
        and (i.q.span.block, i.q.span.start) < (share.span.block, share.start)
        and usable(i)
    ]


def _of_name(scene: Scene, share: Share, part: Item) -> Iterator[Reading]:
    """与上述公办床位数相比，入住率65%; 为受益户的一成五; 正好是全镇户数的十分之一: the whole by its name, if one figure bears it."""
    named = _OF.search(share.clause) or _WITH.search(share.before[-24:])
    if named is None or _ALL.match(named["name"]):
        return
    wholes = [i for i in _called(scene, named["name"], share) if i is not part and i.q.base > part.q.base]
    near = [i for i in wholes if i.q.span.block == share.span.block] or wholes
    if len({i.q.base for i in near}) == 1:
        alike = kin(near[0].q, part.q) or near[0].q.dimension is part.q.dimension
        if alike:
            yield _ratio(part, near[0], sure=True)


def _last(here: Sequence[Item], before: Sequence[Item]) -> Item | None:
    """The last figure before, which others of its kind are larger than where there are any."""
    of_some = (i for i in reversed(here) if any(kin(i.q, b.q) and b.q.base > i.q.base for b in before))
    return next(of_some, here[-1] if here else None)


def _named_part(share: Share, before: Sequence[Item]) -> Item | None:
    """份额最大的设备更新达到四成; 比例最低的是县道，只有14.4%: the figure that the words name."""
    clauses = re.split("[，：]", share.before)
    words = clauses[-1]
    if len(clauses) > 1 and not _THREE.search(_COPULA.sub("", words)) and not _DIGIT.search(clauses[-2]):
        words = clauses[-2] + words
    named = _OF.search(words)
    words = words.replace(named["name"], "") if named else words
    found = {}
    for item in before:
        if item.label[-_PAIR:] not in words:
            continue
        label = _AREA.sub("", item.label)
        name = next(
            (label[-n:] for n in (4, 3, 2) if len(label) >= n and (n > _PAIR or len(label) == n) and label[-n:] in words), None
        )
        if name is not None and item.q.span.end <= share.start - len(words):
            found[item.q.span] = (len(name), item)
    best = sorted(found.values(), key=lambda f: -f[0])
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def _percents_together(passage: Passage, share: Share) -> Iterator[Reading]:
    """工业源32%，燃煤15%，…。工业与燃煤两类加总，贡献接近五成: the sum of the percentages that the words name."""
    told = _NAMES.search(share.before)
    if told is None:
        return
    found = []
    for name in re.split("[、和与及]", told["names"]):
        bearers = [i for i in passage.items[: share.order] if i.percent and name[:4] in i.label and not i.hedged]
        if len(bearers) != 1:
            return
        found.append(bearers[0])
    total = sum((i.q.base for i in found), ZERO)
    words = " + ".join(f"{as_printed(i.q.figure)}%" for i in found)
    yield Reading(total, [("part", i) for i in found], words, sure=True)


def _classes(share: Share, here: Sequence[Item]) -> Iterator[Reading]:
    """2680公里中，评为“优”的1420公里、评为“良”的1072.4公里，优良路率93%: of the classes that make up the rate's name."""
    for number in (2, 3):
        parts, whole = here[-number:], here[-number - 1] if len(here) > number else None
        names = [_CLASS.search(i.label) for i in parts]
        if whole is None or not all(names) or any(not kin(i.q, whole.q) or i.q.base >= whole.q.base for i in parts):
            continue
        if all(n is not None and n[1] in share.clause for n in names) and share.order - parts[-1].order == 1:
            yield _sum_of(parts, whole)


def _by_level(passage: Passage, share: Share, before: Sequence[Item]) -> Iterator[Reading]:
    """8600万元，中央出60%、省出20%、市里自担20%，具体金额为中央5160万元、省级1720万元、市级1720万元: each level's amount behind."""
    told = _LEVEL.match(share.item.label) if share.item is not None else None
    behind = [i for i in passage.items[share.order :] if i.money and i.q.sentence == share.sentence and usable(i)]
    levels = [i for i in behind if _LEVEL.match(i.label) or i is behind[0]]
    if told is None or len(levels) < _PAIR:
        return
    total = sum((i.q.base for i in levels), ZERO)
    whole = next((i for i in before if i.money and i.q.base == total), None)
    own = [i for i in levels if told["level"] in i.label[-4:]]
    if whole is not None and len(own) == 1:
        yield _ratio(own[0], whole, sure=True)


def _opposites(share: Share, here: Sequence[Item]) -> Iterator[Reading]:
    """活苗13248株，死苗1152株，成活率92%: of both together."""
    if len(here) < _PAIR or not kin(here[-1].q, here[-2].q):
        return
    good, bad = here[-2:]
    told = any(g in good.label and b in bad.label and g[-1] in share.clause for g, b in _OPPOSITE)
    if told and bad.order - good.order == 1 and share.order - bad.order == 1:
        total = good.q.base + bad.q.base
        words = f"{as_printed(good.q.figure)} ÷ ({as_printed(good.q.figure)} + {as_printed(bad.q.figure)})"
        yield Reading(HUNDRED * good.q.base / total, (("part", good), ("faults", bad)), words, sure=True)


def _fallen(passage: Passage, item: Item, share: Share | None) -> bool:
    """Whether the words at a figure say that it fell short: 有19座需要整改, 没有借阅记录的2400张, 114起尚在侦查."""
    end = passage.items[item.order + 1].q.span.start if item.order + 1 < len(passage.items) else len(passage.text)
    behind = passage.text[item.q.span.end : end if share is None else min(end, share.start)]
    own = _ENDS.split(behind)[0] if share is None else behind.rpartition("，")[0]
    return _SHORT.search(item.label) is not None or _SHORT.search(own) is not None


def _fell_short(passage: Passage, share: Share, here: Sequence[Item]) -> Iterator[Reading]:
    """抽验152座，有19座需要整改，一次通过率87.5%: of the rest."""
    if len(here) < _PAIR or not _RATE.search(share.clause) or _ILL.search(share.clause):
        return
    whole, short = here[-2:]
    if short.money or "；" in passage.text[short.q.span.end : share.start]:
        return  # 到位1100万元，缺口370万元，到位率74.83%
    if (
        kin(whole.q, short.q)
        and whole.q.base > short.q.base
        and share.order - short.order == 1
        and _fallen(passage, short, share)
    ):
        only = not any(kin(i.q, whole.q) for i in here[:-2])
        yield _without(short, whole, sure=only and short.order - whole.order == 1)


def _of_whole(passage: Passage, share: Share, part: Item, before: Sequence[Item], known: Known) -> Iterator[Reading]:
    """The whole that the part is proven to be of, or that heads the figures of the sentence."""
    bracket = passage.text[share.start - 1] == "（"
    called = share.words or bracket or _RATE.search(share.clause) is not None or _BARELY.fullmatch(share.clause) is not None
    if not called or _names_another(share):
        return
    bound = _GENERAL.search(share.clause) is not None
    shared = not _RATE_OF.search(share.clause)  # 占比, 份额 …; no 执行率
    name = _NAME.search(part.label)
    proven = known.wholes.get((part.q.base, name[0][-3:])) if name and shared else None
    if proven is not None and proven.q.base > part.q.base:
        yield _ratio(part, proven, sure=_of_part(passage, share, part), bound=bound)
    for span in known.bases.get((share.span.block, share.sentence), ()):
        base = next((i for i in before if i.q.span == span), None)
        if base is not None and base is not part and kin(base.q, part.q) and base.q.base > part.q.base:
            yield _ratio(part, base, sure=shared and part.order == share.order - 1 and _of_part(passage, share, part))
    larger = [i for i in before if i.order < part.order and kin(i.q, part.q) and i.q.base > part.q.base]
    larger = [i for i in larger if i.q.sentence == share.sentence] or [i for i in larger if i.q.sentence == share.sentence - 1]
    for whole in reversed(larger):
        yield _ratio(part, whole, sure=_heads(passage, share, part, whole, before, shared=shared), bound=bound)


def _names_another(share: Share) -> bool:
    """占调整后预算的96.66%, 以批复投资衡量: whether the words call the whole by a name of its own."""
    named = _CALLED.search(share.clause)
    return (named is not None and not _ALL.match(named["name"])) or _MEASURED.search(share.clause) is not None


def _of_part(passage: Passage, share: Share, part: Item) -> bool:
    """Whether what is told a share of is the part: it has no name of its own in the words, or one that the part shares."""
    subject = _SUBJECT.match(share.clause)
    if subject is None or len(subject[1]) < _PAIR + share.words or _BARELY.fullmatch(share.clause):
        return True
    if not part.money and _OF_MONEY.search(subject[1]):
        return False  # 产业发展类4个 … 产业发展类资金占57.6%
    told = passage.text[part.q.label_start : share.start - len(share.clause)]
    return any(subject[1][n : n + 2] in told for n in range(len(subject[1]) - 1))


def _heads(passage: Passage, share: Share, part: Item, whole: Item, before: Sequence[Item], *, shared: bool) -> bool:
    """Whether a figure is what those behind it are of: they make it up, or there are but the two and one is told as within the other."""
    kindred = [i for i in before if kin(i.q, whole.q) and i.order >= whole.order]
    rest = kindred[1:]
    if len(rest) > 1 and part in rest and sum((i.q.base for i in rest), ZERO) == whole.q.base:
        return shared and _of_part(passage, share, part)
    if share.order - part.order != 1 or len(kindred) != _PAIR or kindred[1] is not part or _MONEY_RATE.search(share.clause):
        return False
    if any(kin(i.q, whole.q) for i in before if i.q.sentence == whole.q.sentence and i.order < whole.order):
        return False
    if _DUE.search(whole.label) is not None and part.order - whole.order == 1:
        return True
    within = _INSIDE.search(part.gap) is not None or part.label.endswith("的")
    if shared:
        between = passage.text[whole.q.span.end : part.q.span.start]
        return (within or (share.words and not _SHARED_OUT.search(between))) and _of_part(passage, share, part)
    stem = _STEM.search(share.clause)
    return within and stem is not None and stem[1] in passage.text[whole.q.span.end : part.q.span.end + 2]
