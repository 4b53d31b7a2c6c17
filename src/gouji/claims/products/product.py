"""Products and averages in running text: unit × quantity (× days) = amount; amount ÷ number = average.

A standard (每人350元, 350元/人·天) binds only where quantity and amount stand in the same sentence: a 人均 alone is a standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, Outcome, as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.products import chain, formula, mean, mean_counts, mean_days, on_top, yields
from gouji.claims.products.amounts import COMPARED, amounts
from gouji.claims.products.factors import PER, choices, doubled, is_period, names, scale
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import Dimension, Interval, plain, point
from gouji.model.text import Text

_TOTAL = re.compile(r"共|计|合|总|需|支出|发放|补助|金额|资金|费|支付|兑现|投入|安排|：|为|=")
_OWN_SUBJECT = re.compile(  # 设在某镇的站点人均…: the mean of one of them, not of all
    r"(?:^|设在|位于|地处|其中)[\u4e00-\u9fff]{2,8}(?:[镇乡村区县市校院所站店]|街道|社区|片区)的?(?:站点|网点|学校|服务点|机构)?(?=[\u4e00-\u9fff]均|平均)"
)
_LONG = 6  # characters of a figure that is not one slip away from another by chance
UNEVEN = re.compile(
    r"参考|最高限价|控制价|竞价|议价|折扣|市场价|指导价|按实际(?!消耗|用量|工程量|数量|完成)|按月数?折算|折半|不足一年|最高[^，。；]{0,4}(?:标准|补助|限额|不超过)|分档|上限|部分[^，。；]{0,6}(?:人员|学生|对象|户)|中途|离职|另有[^，。；\d]{2,10}(?=，)|陆续|年中|退出|停发|扣发|不等|补发"
    r"|控制(?:单价|价)|中标[^，。；]{0,8}(?:下浮|低于|降)|下浮|让利|优惠|打折|折后|折扣"
    r"|分[为成]?[一二两三四五六七八九]?(?:个)?[档级等类](?!别|亭|桶|站|箱|投|收)|[最]?[高低][档级等]|不同(?:档|标准|类别|等级)"
    r"|(?:时间|时段|先后|早晚|月份|月数|长短|多少|天数|年限|工龄|进度|标准|档次)[^，。；]{0,4}(?:不一|不同|有别|各异|有先有后|有早有晚)|先后不一"
    r"|因[^，。；]{2,14}(?:不同|不一|有别|差异|各异|有先有后|有早有晚)|(?:到岗|上岗|入职|报到|入住)[^，。；]{0,4}(?:有先有后|有早有晚|不一)"
)
_EARNED = re.compile(r"收入|收益|增收|利润|产值|消费|产量|寿命|增长")
_MONTHLY = re.compile(r"每个?月|月(?:薪|工资|补贴|租|补助|标准|均|补)|一月补?$|/月|·月")
_STOCK = re.compile(r"(?:年末|年底|期末|12月末|目前)[^，。；]{0,8}$")
_GIVEN = re.compile(
    r"每[人名户生].{0,4}(?:每|补|奖|发|标准|津贴|工资|薪)|每(?:个|所|家|座|村)?[^，]{0,6}(?:补助|奖补|奖励|补贴)"
)
_WORKED = re.compile("均|造价|成本|投资|费用|支出|花费|约")
_YEAR_LONG = re.compile(r"全年|一年|整年|年度|一整年|年支出|当年")
_SAVED = re.compile("节|省|减|降|增|多|少")
_TRIPLE = 3  # a number, an amount and the mean
_TALLY = (Dimension.COUNT, Dimension.MEASURE)
_CUES = (
    "×",
    "*",
    "=",
    "x",
    "X",
    "每",
    "均",
    "亩产",
    "单产",
    "/",
)  # without a standard, one of these is in whatever is multiplied or shared out


def find(scene: Scene) -> Iterator[Claim]:
    """Every product and average whose figures stand in one sentence."""
    for passage in scene.passages:
        if Role.STANDARD not in passage.roles and not passage.tells(*_CUES):
            continue
        printed = [*formula.find(passage), *mean.find(passage), *mean_counts.find(passage), *yields.find(passage)]
        known = {id(c.operands[0].quantity) for c in printed}
        printed += [c for c in mean_days.find(passage) if id(c.operands[0].quantity) not in known]
        printed += [c for c in chain.find(passage) if id(c.operands[0].quantity) not in known]
        yield from printed
        told = {id(c.operands[0].quantity) for c in printed}
        for claim in _spoken(passage):
            if id(claim.operands[0].quantity) not in told:
                yield claim


def _spoken(passage: Passage) -> Iterator[Claim]:
    if Role.STANDARD not in passage.roles:
        return
    for sentence in passage.sentences:
        standards = [i for i in sentence if i.role is Role.STANDARD and i.q.dimension in (Dimension.MONEY, Dimension.RATE)]
        for standard in standards:
            if more := on_top.addends(sentence, standard):
                totals = [t for t in amounts(sentence, standard) if t not in more]
                claim = (
                    on_top.claim(standard, _counted(sentence, standard, totals), totals, more) if len(standards) == 1 else None
                )
            else:
                claim = _of_segment(passage, sentence, standard, standards)
                claim = claim or _product(passage, _reach(passage, sentence, standard), standard, len(standards))
            if claim is not None and claim.verdict is Verdict.DISAGREES and _OWN_SUBJECT.search(standard.label):
                continue
            if (claim is None or claim.verdict is Verdict.UNDECIDABLE) and "均" in standard.label:
                claim = _far_average(passage, standard) or claim
            if claim is not None:
                yield claim


def _of_segment(passage: Passage, sentence: Sequence[Item], standard: Item, standards: Sequence[Item]) -> Claim | None:
    """接诊2367人次，药品A，次均P；其中住院526人次，药品B，次均Q: each mean of the figures of its own segment, where these are all it tells."""
    here = [i for i in sentence if i.q.segment == standard.q.segment]
    like = [s for s in standards if s is not standard and s.label == standard.label and s.q.segment != standard.q.segment]
    if len(here) != _TRIPLE or here[-1] is not standard or not like or any(i.hedged for i in here):
        return None
    claim = _product(passage, here, standard, 1)
    if claim is None or claim.verdict is not Verdict.DISAGREES:
        return claim if claim is not None and claim.verdict is Verdict.AGREES else None
    rows = [[i for i in sentence if i.q.segment == s.q.segment] for s in like]
    told = [_product(passage, row, row[-1], 1) for row in rows if len(row) == _TRIPLE]
    return replace(claim, shape="paired") if any(c is not None and c.verdict is Verdict.AGREES for c in told) else None


def _far_average(passage: Passage, average: Item) -> Claim | None:
    """支出95.22万元 … 办结582件 … 件均1,636.08元 over several sentences: proved by what ties, accused by a slip of the pen only."""
    named = PER.search(average.label)
    word = next((g for g in named.groups() if g), "") if named else ""
    before = [i for i in passage.items[: average.order] if not i.hedged and i.role not in (Role.UP, Role.DOWN, Role.PRIOR)]
    if _EARNED.search(average.label):
        return None
    counts = [i for i in before if i.q.dimension in (Dimension.COUNT, Dimension.MEASURE) and word and names(i, word)][-8:]
    totals = [i for i in before if i.money and i.role is not Role.STANDARD][-4:]
    tried = [(t, c, _compare(t, average, (c,), average=True)) for t in reversed(totals) for c in reversed(counts)]
    known = [(t, c, o) for t, c, o in tried if o is not None]
    best = next((k for k in known if k[2].holds), None)
    if best is None and not average.hedged:  # the digits of the quotient, with the point moved
        best = next((k for k in known if k[2].cause is not None and _shifted(k[2])), None)
    if best is None and len(average.q.raw) >= _LONG and not average.hedged:
        best = next((k for k in known if k[2].cause is not None), None)
    return _claim(best[0], average, (best[1],), best[2], True, SURE) if best else None


def _shifted(outcome: Outcome) -> bool:
    return outcome.cause is not None and outcome.cause not in (TRANSPOSED, ONE_DIGIT)


def _reach(passage: Passage, sentence: Sequence[Item], standard: Item) -> Sequence[Item]:
    """The sentence, and where it counts nothing that the standard could apply to, the one before as well."""
    if any(i.q.dimension in (Dimension.COUNT, Dimension.MEASURE) and i.role is not Role.STANDARD for i in sentence):
        return sentence
    earlier = [i for i in passage.items if i.q.sentence in (standard.q.sentence - 1, standard.q.sentence - 2)]
    return [*(i for i in earlier if i.q.dimension is Dimension.COUNT), *sentence]


def _product(passage: Passage, sentence: Sequence[Item], standard: Item, standards: int) -> Claim | None:
    totals = amounts(sentence, standard)
    counts = _counted(sentence, standard, totals)
    if not counts or not totals:
        return None
    months = _months(passage, sentence, standard, counts)
    if len(re.findall("每(?!年|学年|项|个?项目)", standard.label)) >= 2 and len(counts) < 2 and not months:
        return None  # 每生每天5元 wants people and days
    if not totals or _is_no_product(passage, sentence, standard, totals):
        return None
    average = standard.order > min(t.order for t in totals) and not any(t.order > standard.order for t in totals)
    main: tuple[Item, tuple[Item, ...], Outcome] | None = None
    slip: tuple[Item, tuple[Item, ...], Outcome] | None = None
    for total in sorted(totals, key=lambda t: abs(t.order - standard.order)):
        summed = _with_others(sentence, standard, total)
        for chosen, times in ((c, t) for c in choices(counts, standard) for t in ((months, 1) if months else (1,))):
            outcome = _compare(total, standard, chosen, average, times)
            if outcome is None:
                continue
            if outcome.holds:
                return _claim(total, standard, chosen, outcome, average, SURE)
            if summed:
                continue  # 9个村每村8万元，居委会6万元，共78万元
            main = main or (total, chosen, outcome)
            ordered = standards > 1 and _in_turn(chosen, counts)
            if slip is None and outcome.cause is not None and abs(total.order - standard.order) <= 3 and not ordered:
                slip = (total, chosen, outcome)
    if main is None or _but_some(standard, totals, counts):
        return None
    sure = _confidence(passage, main[0], standard, main[1], counts, totals, standards)
    several = not average and _of_several(sentence, standard, totals)
    sure = max(sure, 0.0 if several else _tight(standard, *main))
    slip = None if several else slip
    stated = standard if average else main[0]
    if months and (
        len(counts) > 1 or _at_end(main[1]) or not stated.q.base or not Decimal("0.5") < main[2].right / stated.q.base < 2
    ):
        sure, slip = 0.5, None  # how many months are meant is not printed
    sure = min(sure, LIKELY) if months else sure
    if sure < SURE and slip is not None:
        main, sure = slip, max(sure, LIKELY)
    total, chosen, outcome = main
    sure = min(sure, 1.0 - _HALF * _unproved(passage, total, standard, chosen, outcome, average))
    claim = _claim(total, standard, chosen, outcome, average, sure)
    point_moved = average and standard.hedged and _shifted(outcome) and not any(i.hedged for i in (total, *chosen))
    if claim.confidence < LIKELY or (any(i.hedged for i in (total, standard, *chosen)) and not point_moved):
        return undecidable(claim, "标准、数量与金额的对应不能确定", "which quantity the standard applies to is uncertain")
    return claim


_BOTH = re.compile("加起来|合起来|[两二三四五六]项|[两三四五六]者|合计|共计|总计|相加")


def _unproved(passage: Passage, total: Item, standard: Item, chosen: Sequence[Item], outcome: Outcome, average: bool) -> bool:
    """Whether nothing but their standing together says that these figures make one another up.

    9个乡镇、19个村、28个点位，投入A，平均每台P counts other things; 5户，每户1万元，提名户5,000元 tells an amount less than one has.
    """
    if total.order > standard.order and total.q.base < standard.q.base and _TOTAL.search(total.gap) is None:
        return True
    if average and len(chosen) >= _TRIPLE:
        return True
    run = sorted((total, standard, *chosen), key=lambda i: i.order)
    words = passage.text[run[0].q.label_start : run[-1].q.span.end]
    stated = standard if average else total
    low, high = sorted((outcome.right, stated.q.base))
    far = low < high * _NEAR_BY and _SUMMED.search(total.gap) is None
    if average and len({i.q.segment for i in run}) == 1 and run[-1].order - run[0].order == 2:
        far = False  # the three in a row
    if outcome.cause is not None:
        return far and outcome.cause in (TRANSPOSED, ONE_DIGIT) and _digits(stated) < _TRIPLE
    return far or len(chosen) >= _TRIPLE or _MOVES_ON.search(words) is not None


def _digits(item: Item) -> int:
    """How many significant digits a figure is printed with."""
    return len(item.q.figure.value.normalize().as_tuple().digits)


def _but_some(standard: Item, totals: Sequence[Item], counts: Sequence[Item]) -> bool:
    """每村5万元，共20个村，其中2个村暂缓，拨付90万元: all but the exceptions."""
    return any(
        "其中" in b.gap and kin(a.q, b.q) and (a.q.base - b.q.base) * standard.q.base == t.q.base
        for a, b in pairwise(sorted(counts, key=lambda c: c.order))
        for t in totals
    )


def _of_several(sentence: Sequence[Item], standard: Item, totals: Sequence[Item]) -> bool:
    """甲每人600元、乙每人800元，共A（甲4352名、乙768名）: fewer amounts than standards, so that one may be of several."""
    summed = any(_BOTH.search(t.gap) for t in totals)  # 甲每户100万元，预计9户；乙每户30万元，预计40户，两项加起来正好A
    beside = [i for i in sentence if summed or i.q.segment == standard.q.segment]
    rivals = [i for i in beside if i.role is Role.STANDARD and i.money and i is not standard]
    return bool(rivals) and sum(1 for i in beside if i in totals) <= len(rivals)


def _at_end(counts: Sequence[Item]) -> bool:
    """年末在岗70人: who was there at the end of the year need not have been there all of it."""
    return any(_STOCK.search(c.label) for c in counts)


def _in_turn(chosen: Sequence[Item], counts: Sequence[Item]) -> bool:
    """散居1400元、集中1900元，分别为286人、94人: whether the counts are told in the order of several standards."""
    return any(
        re.search(r"(?:分别|依次)[\u4e00-\u9fff]{0,3}\s?$", c.gap) for c in counts if c.order <= max(i.order for i in chosen)
    )


def _counted(sentence: Sequence[Item], standard: Item, totals: Sequence[Item]) -> list[Item]:
    """The figures that the standard may be multiplied with: where an amount is saved, what was saved (年节电86.19万千瓦时)."""
    near = [i for i in sentence if i.q.dimension in _TALLY and not i.q.chinese and abs(i.order - standard.order) <= 10]
    near = [
        i for i in near if not (i.q.figure.unit.symbol == "公里" and re.search("[每一/]米", standard.label + standard.q.raw))
    ]
    moved = [i for i in near if i.role in (Role.UP, Role.DOWN)]
    if moved and totals and all(_SAVED.search(t.label) for t in totals):
        return moved
    return [i for i in near if i.role not in COMPARED]


def _with_others(sentence: Sequence[Item], standard: Item, total: Item) -> bool:
    """Whether a sum over the product and further amounts stands behind them."""
    between = [i for i in sentence if standard.order < i.order < total.order and i.money and i.role is not Role.STANDARD]
    return bool(between) and re.search(r"共|合计|总计|总", total.gap) is not None


_MOVES_ON = re.compile(r"另行|另付|中途|陆续|增加[^，。\d]{0,2}\d|新增[^，。\d]{0,2}\d|上限|最高|申报|其中")
_SUMMED = re.compile("共|合计|总|累计")
_HALF = 0.5  # taken off the confidence of what is not proved
_NEAR_BY = Decimal("0.6")


def _months(passage: Passage, sentence: Sequence[Item], standard: Item, counts: Sequence[Item]) -> int:
    """12 where the standard is for a month, the amount for the year, and no number of months is printed; else 0."""
    if not _MONTHLY.search(standard.label + standard.q.figure.unit.symbol) or any(c.q.noun.startswith("月") for c in counts):
        return 0
    words = passage.text[sentence[0].q.label_start : sentence[-1].q.span.end]
    return 12 if _YEAR_LONG.search(words) else 0


def _is_no_product(passage: Passage, sentence: Sequence[Item], standard: Item, totals: Sequence[Item]) -> bool:
    """Whether the words say that quantity × standard need not be the amount."""
    if UNEVEN.search(passage.text, min(i.q.label_start for i in sentence), max(i.q.span.end for i in sentence)):
        return True
    if "定额" in standard.label and all(t.role is Role.SPENT for t in totals) and not re.search(r"按|以", standard.gap):
        return True  # what is budgeted by head and what was spent need not meet
    # 人均纯收入 is measured, not shared out
    return _EARNED.search(standard.label) is not None and not any(_EARNED.search(t.label) for t in totals)


def _compare(total: Item, standard: Item, counts: tuple[Item, ...], average: bool, times: int = 1) -> Outcome | None:
    number = Decimal(times)
    spread = point(number)
    scales = [scale(count, standard) for count in counts]
    for count, larger in zip(counts, scales, strict=True):
        number *= count.q.base * larger
        spread = spread * figure_interval(count.q.figure).scaled(larger)
    if not number:
        return None
    further = [plain(s) for s in (*scales, Decimal(times)) if s != 1]
    words = " × ".join([*(as_printed(c.q.figure) for c in counts), *further])
    if average:
        over = figure_interval(total.q.figure).over(spread)
        value = total.q.base / number
        return compare_value(standard.q.figure, value, over or point(value), f"{as_printed(total.q.figure)} ÷ {words}")
    value = number * standard.q.base
    # a standard in whole yuan is exact; one printed in 万元 with decimals is itself rounded, but for a slip where it is what each is given
    rounded = standard.q.figure.places and standard.q.figure.unit.factor > 1
    unit = figure_interval(standard.q.figure) if rounded else point(standard.q.base)
    formula = f"{words} × {as_printed(standard.q.figure)}"
    if rounded and _is_given(standard):
        exact = compare_value(total.q.figure, value, spread.scaled(standard.q.base), formula)
        if exact.cause in (TRANSPOSED, ONE_DIGIT):
            return exact
    if "均" in standard.label and standard.q.figure.places:
        unit = figure_interval(standard.q.figure)  # 次均719.77元 is a quotient, itself rounded
    widened = spread * unit
    outcome = compare_value(total.q.figure, value, widened, formula)
    if outcome.holds or outcome.cause is not None or "均" not in standard.label:
        return outcome
    moved = any(_moved_point(total, standard, spread, power) for power in _POWERS)
    return replace(outcome, cause=_POINT) if moved else outcome


_POWERS = (1, -1, 4, -4)
_POINT = Text("小数点移位", "decimal point moved")


def _moved_point(total: Item, standard: Item, spread: Interval, power: int) -> bool:
    """208户，户均7.40万元，总投资153.6万元: whether the mean ties as 0.74, rounded as it is."""
    figure = standard.q.figure
    value = round(figure.value.scaleb(power), figure.places)
    meant = replace(figure, value=value) if value == figure.value.scaleb(power) else None
    return meant is not None and (spread * meant.rounded()).meets(total.q.figure.rounded())


def _is_given(standard: Item) -> bool:
    """每人每年1.2万元, 每户补助2.5万元: set by a rule, not worked out from what was spent."""
    return standard.q.figure.places <= 1 and _GIVEN.search(standard.label) is not None and not _WORKED.search(standard.label)


def _confidence(
    passage: Passage,
    total: Item,
    standard: Item,
    chosen: Sequence[Item],
    counts: Sequence[Item],
    totals: Sequence[Item],
    standards: int,
) -> float:
    named = PER.search(standard.label + standard.q.figure.unit.symbol)
    word = next((g for g in named.groups() if g), "") if named else ""
    alone = sum(1 for c in counts if names(c, word)) == 1
    unit = chosen[0].q.figure.unit.symbol
    if (
        standards == 1
        and len(totals) == 1
        and len(chosen) == 1
        and alone
        and (unit == word or (word == "人" and unit == "人次"))
    ):
        return SURE if abs(total.order - standard.order) <= 2 else LIKELY
    follows = total.order > standard.order and _TOTAL.search(total.gap) is not None
    periods = sum(1 for c in counts if is_period(c))
    if (
        standards == 1
        and len(counts) == 2
        and periods == 1
        and len(chosen) == 2
        and follows
        and total.order - standard.order <= 3
        and all(any(names(c, w) for c in chosen) for w in re.findall("每([人名户生天日月场期])", standard.label))
    ):
        return SURE
    if tuple(chosen) == doubled(counts, standard) and len(totals) == 1 and follows:
        return LIKELY
    if standards > 1 or len(totals) > 1 or len(counts) > 2:
        return 0.5
    told = re.search(r"按|标准|×|\*|计算|测算|每", passage.text[max(0, standard.q.label_start - 12) : standard.q.span.end + 4])
    adjacent = abs(total.order - standard.order) <= 2
    if told and adjacent and (follows or total.order < standard.order) and len(counts) == 1:
        return SURE
    return LIKELY if adjacent and len(counts) == 1 else 0.5


def _tight(standard: Item, total: Item, chosen: Sequence[Item], outcome: Outcome) -> float:
    """204户改厕，每户补助1050元，计21.42万元: one right behind the other, whatever else the sentence tells.

    Behind its amount (运行68.20万元，车22台，台均3.1万元) the standard may be of a part of it, unless a slip explains what is off.
    """
    named = PER.search(standard.label + standard.q.figure.unit.symbol)
    word = next((g for g in named.groups() if g), "") if named else ""
    run = sorted((total, standard, *chosen), key=lambda i: i.order)
    close = len(chosen) == 1 and run[-1].order - run[0].order == 2 and len({i.q.segment for i in run}) == 1
    if not close or not word or not names(chosen[0], word) or _MONTHLY.search(standard.label + standard.q.figure.unit.symbol):
        return 0.0
    if total.order < chosen[0].order < standard.order:
        return LIKELY if outcome.cause is not None else 0.0
    beside = total.order > standard.order and (_TOTAL.search(total.gap) is not None or total.gap.strip() in ("（", "，"))
    return LIKELY if beside else 0.0


def _claim(total: Item, standard: Item, counts: tuple[Item, ...], outcome: Outcome, average: bool, confidence: float) -> Claim:
    if average:
        others = [("numerator", total), *(("count", c) for c in counts)]
        return claim_of(ClaimKind.AVERAGE, standard, others, outcome, confidence=confidence)
    others = [("standard", standard), *(("count", c) for c in counts)]
    return claim_of(ClaimKind.PRODUCT, total, others, outcome, confidence=confidence)
