"""One of many, how many, and all of them, in whatever order they are told: 93名保洁员 … 167.4公里 … 每名保洁员平均负责1.8公里;
花费2262万元，是按4.35万吨、520元/吨结算的; 62辆，每车每日行驶85公里，全年365天，累计192.4万公里.

The figure for each says what it is for each of (每X, 一X, 单X, X均, /X). The number of X and the figure of its own kind that nothing else
makes up stand in its sentence; where a period is named besides, its length is printed, or the year's. Only what no other finder has settled
is looked at, only where each of the three is the one of its kind, and only what is near, a slip of the pen off, or off by a power of ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, Outcome, as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, claim_of
from gouji.claims.products.mean_counts import alike, weight_of
from gouji.claims.products.product import UNEVEN
from gouji.claims.scene import Item, Passage, Scene, how_many, kin
from gouji.claims.vocabulary import Role, unit_kind
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension, Interval, point
from gouji.model.record import record
from gouji.text.numerals import parse_chinese

WORDS = ("每", "均", "单", "一", "/", "平均")
_MARKS = frozenset("每均单一")  # one of these is in all words for one of many
_UNITS = "个名人位户家所座处件项条台套辆车次场期班组间栋口眼亩吨公斤只头株份批点站馆校床生剂桶村镇组公里米年月天日周"
_EACH = re.compile(
    rf"(?:每|平均一|单(?!位)|折合一|折算到一|摊到一|到一|(?:^|，)一)(?P<one>一?[{_UNITS}]|公里|公斤|平方米|立方米|人次|批次|台次|学员|学生)(?P<noun>[\u4e00-\u9fff]{{0,8}})|(?P<mean>[\u4e00-\u9fff]{{1,2}})(?<!平)均"
)
_PER_UNIT = re.compile(r"/\s?([\u4e00-\u9fff]{1,3})$")
_PER_BEHIND = re.compile(r"/\s?([\u4e00-\u9fff])")  # 25升/桶
_LENGTHS = {("公里", "米"): 1000, ("吨", "公斤"): 1000, ("吨", "千克"): 1000, ("公顷", "亩"): 15}
_PERIODS = {
    "年": (1,),
    "月": (12,),
    "日": (365, 366),
    "天": (365, 366),
    "周": (52,),
    "季": (4,),
    "学期": (2,),
}
_PERIOD = re.compile(r"每(?:个|一)?(学期|[年月日天周季])")
_LENGTH = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|半|[一二两三四五六七八九十]{1,3})\s?(?:个|整)?(?P<unit>学期|年|月|天|日|周|季度?)(?![度底初末前后内均薪租]|\d|起)"
)
_ALL_YEAR = re.compile(r"全年|一年|整年|年度|年内|当年|[一本]年|年(?:处理|供|发|产|运|补|服务)")
_MEAN = re.compile(r"平均|均|折合|折算|摊|负责|对应|接纳|承担|管")
_MONTHS = re.compile(r"\d\s?个月")
_FOLLOWS = re.compile(r"据此|由此|按此|以此|共|合计|总|应")
_NORM = re.compile(r"按|标准|计划|(?<![对供])应|须|安排|规定|配|补|不|限|发|计$")
_PRICE = re.compile(r"价|按|标准|单次|收费")
_SUMMED = re.compile(r"累计|合计|共|总")
_OUT = frozenset({Role.UP, Role.DOWN, Role.PRIOR, Role.DEDUCTED, Role.WEIGHT})
_MOVED = frozenset({Role.UP, Role.DOWN})  # 总增收307.2万元，户均增收3200元
_UNFIT = _OUT - _MOVED
_TALLY = frozenset({Dimension.COUNT, Dimension.MEASURE})
_OPEN = re.compile(
    r"另(?!一)|以上|以下|以内|不超过|不低于|不少于|最[高低多少]|上限|下限|标准不|分档|不等|起(?=[，。])|陆续|约|左右|其中|折扣|下浮|优惠|部分|去年|上年|目标|计划|应达|要求|规定的|定额上限|比例|中途|阶梯|首|超出"
)
_LISTED = re.compile(r"依次|分别|各为")
_NEAR = Decimal("0.6")
_POWERS = tuple(Decimal(10) ** power for power in (1, -1, 3, -3, 4, -4, 2, -2))
_FAR = 6  # figures apart
_BESIDE = 2
_TELLING = 3  # digits, of which a slip in one is told from chance
_HALF = Decimal("0.5")


@record(frozen=True, slots=True)
class _Product:
    """`all` = `each` × `number` × `times`."""

    each: Item
    number: Item | None
    all: Item
    times: Decimal
    outcome: Outcome
    moved: bool  # by a power of ten


def find(scene: Scene, settled: set[int]) -> Iterator[Claim]:
    """Every such product of a sentence whose result, or whose mean, `settled` (id() of figures) does not hold."""
    for passage in scene.telling(*WORDS):
        for sentence in passage.sentences:
            if len(sentence) < 2 or all(id(i.q) in settled for i in sentence):
                continue
            for each in sentence:
                claim = _claim(passage, each, settled)
                if claim is not None:
                    settled.add(id(claim.operands[0].quantity))
                    yield claim


def _claim(passage: Passage, each: Item, settled: set[int]) -> Claim | None:
    if each.hedged or each.role in _UNFIT or not each.q.base:
        return None
    named = _names(passage, each)
    if named is None or _LISTED.search(each.gap):
        return None
    words, periods = named
    around = passage.items[max(0, each.order - _FAR) : each.order + _FAR + 1]
    near = [i for i in around if i is not each and not i.hedged and i.q.base]
    numbers = _nearest(each, [i for i in near if i.q.dimension in _TALLY and i.role not in _OUT and _is_number(i, words)])
    numbers = [i for i in numbers if not _same_unit(i, each) or unit_kind(i.q.figure.unit.symbol) in map(unit_kind, words)]
    if words and any(w in i.q.noun[:10] or w in i.label[-6:] for i in numbers for w in words if len(w) > 1):
        numbers = [i for i in numbers if any(w in i.q.noun[:10] or w in i.label[-6:] for w in words if len(w) > 1)]
    if (words and len({i.q.base for i in numbers}) != 1) or not (words or periods):
        return None
    number = min(numbers, key=lambda i: abs(i.order - each.order)) if numbers else _own_number(passage, each)
    wholes = [i for i in near if _may_be_all(i, each) and i is not number and not any(i is n for n in numbers)]
    wholes = _nearest(each, wholes)
    tried = [p for w in wholes for p in _products(passage, each, number, w, periods)]
    held = any(p.outcome.holds for p in tried)
    tried = [p for p in tried if not held or (periods and _own_length(p.all, periods) is not None)]
    if not tried or any(p.outcome.holds for p in tried):
        return None
    wholes = [w for w in wholes if id((each if _is_mean(each, w, settled) else w).q) not in settled]
    return _judged(passage, each, number, tried, wholes, settled)


def _is_number(item: Item, words: Sequence[str]) -> bool:
    return item.q.base > 1 and not _each_told(item) and any(_counts(item, w) for w in words)


def _nearest(each: Item, items: list[Item]) -> list[Item]:
    """Those of the sentence, else of the one before it, else of the one behind."""
    for step in (0, -1, 1):
        found = [i for i in items if i.q.sentence == each.q.sentence + step]
        if found:
            return found
    return []


def _uneven(passage: Passage, found: _Product) -> bool:
    """Whether the words of its sentences say that not each has as much, or that what is set and what was spent need not meet."""
    start = passage.text.rfind("。", 0, min(found.each.q.span.start, found.all.q.span.start)) + 1
    stop = passage.text.find("。", max(found.each.q.span.end, found.all.q.span.end))
    if "年" in found.each.label and _MONTHS.search(passage.text[start : stop if stop >= 0 else len(passage.text)]):
        return True
    if found.all.q.sentence > found.each.q.sentence and not _FOLLOWS.search(found.all.gap):
        return True
    asked = "均" not in found.each.label and _NORM.search(found.each.label) is not None and found.all.order < found.each.order
    if asked and found.each.q.dimension in _TALLY:
        return True
    if found.moved or found.outcome.cause is not None:
        return False
    norm = "定额" in found.each.label and found.all.role is Role.SPENT and not re.search(r"按|以", found.each.gap)
    return norm or UNEVEN.search(passage.text[start : stop if stop >= 0 else len(passage.text)]) is not None


def _own_number(passage: Passage, each: Item) -> Item | None:
    """12个社区分馆每周各开放48小时; 老人162位，月领500元: the number right before, where each is said of it."""
    before = passage.items[each.order - 1] if each.order else None
    told = re.search(r"各(?!类|项|种)|^[月年日](?:领|薪|租|补)", each.label) is not None
    fits = before is not None and before.q.dimension is Dimension.COUNT and before.q.sentence == each.q.sentence
    return before if told and fits and before is not None and not before.hedged and before.q.base > 1 else None


def _own_length(whole: Item, periods: Sequence[str]) -> Decimal | None:
    """三年应补616.50万元: how many periods a whole says that it is for."""
    for told in _LENGTH.finditer(whole.gap[-12:] + " "):
        if any(_same_period(told["unit"], p) for p in periods):
            return _number(told["n"])
    return None


def _judged(
    passage: Passage,
    each: Item,
    number: Item | None,
    tried: Sequence[_Product],
    wholes: Sequence[Item],
    settled: set[int],
) -> Claim | None:
    mine = [p for p in tried if p.all in wholes]
    moved = [p for p in mine if p.moved]
    best = moved[0] if moved else next((p for p in mine if p.outcome.cause in (TRANSPOSED, ONE_DIGIT)), None)
    if best is None:
        if len({id(p.all) for p in mine}) != 1 or number is None:
            return None
        best = min(mine, key=lambda p: abs(p.outcome.right - p.all.q.base))
        low, high = sorted((best.all.q.base, best.outcome.right))
        if low < high * _NEAR:
            return None
    if best.number is None and best.times == 1:
        return None
    order = sorted(i.order for i in (each, best.all, *([number] if number else [])))
    words = passage.text[passage.items[order[0]].q.label_start : passage.items[order[-1]].q.span.end]
    if _OPEN.search(words) or _uneven(passage, best) or order[-1] - order[0] > _FAR:
        return None
    if _other_standard(passage, best) or any(_is_another(i, best) for i in passage.items):
        return None
    short = len(best.all.q.figure.value.normalize().as_tuple().digits) < _TELLING
    near = min(best.all.q.base, best.outcome.right) >= max(best.all.q.base, best.outcome.right) * _NEAR
    if short and not near and not best.moved:
        return None
    if best.outcome.cause is None and not best.moved and not _in_a_row(passage, best, order):
        return None
    between = [i for i in passage.items[order[0] : order[-1] + 1] if kin(i.q, best.all.q)]
    others = [i for i in between if i not in (best.each, best.all, best.number) and i.q.base != best.all.q.base]
    return _made(best, settled) if not others or best.moved else None


def _other_standard(passage: Passage, found: _Product) -> bool:
    """城市每人每月720元、农村每人每月560元: whether the sentence tells another figure for each, so that the whole may be of both."""
    near = [i for i in passage.items if i.q.sentence in (found.each.q.sentence, found.all.q.sentence)]
    others = [
        i for i in near if i is not found.each and i.q.dimension is found.each.q.dimension and i.q.base != found.each.q.base
    ]
    same = [i for i in others if _each_told(i) and i.q.figure.unit.symbol == found.each.q.figure.unit.symbol]
    return any(abs(i.order - found.each.order) <= _BESIDE and not _is_sum_of_each(i, found) for i in same)


def _is_sum_of_each(item: Item, found: _Product) -> bool:
    """Whether another figure for each is one over the same number: the mean of the whole itself."""
    return (
        found.number is not None
        and abs(item.q.base * found.number.q.base - found.all.q.base) <= item.q.figure.ulp * found.number.q.base
    )


def _is_another(item: Item, found: _Product) -> bool:
    """Whether a further figure is what the product or the mean comes to, so that these figures are of two things."""
    if item in (found.each, found.all, found.number):
        return False
    return item.q.base == found.outcome.right or (_each_told(item) and found.times == 1 and _is_sum_of_each(item, found))


def _in_a_row(passage: Passage, found: _Product, order: Sequence[int]) -> bool:
    """Whether the figures stand one behind the other in one run of clauses, the whole told as a sum where it stands last."""
    items = passage.items[order[0] : order[-1] + 1]
    run = [i for i in items if i in (found.each, found.all, found.number)]
    told = found.all.order < found.each.order or _SUMMED.search(found.all.gap) is not None
    told = told or found.all.money or not found.all.label
    return len(run) == len(items) and len({i.q.segment for i in items}) == 1 and told


def _is_mean(each: Item, whole: Item, settled: set[int]) -> bool:
    """Whether what each has is worked out from what all have, not the other way round."""
    if id(whole.q) in settled:
        return True
    if (
        each.q.dimension is Dimension.RATE
        or _PRICE.search(each.label)
        or (whole.order > each.order and _SUMMED.search(whole.gap))
    ):
        return False
    return whole.order < each.order or _MEAN.search(each.label) is not None


def _made(product: _Product, settled: set[int]) -> Claim:
    each, number, whole = product.each, product.number, product.all
    counts = [("count", number)] if number is not None else []
    if _is_mean(each, whole, settled):
        outcome = _mean(product)
        return claim_of(ClaimKind.AVERAGE, each, [("numerator", whole), *counts], outcome, shape="each", confidence=LIKELY)
    others = [("standard", each), *counts]
    return claim_of(ClaimKind.PRODUCT, whole, others, product.outcome, shape="each", confidence=LIKELY)


def _mean(product: _Product) -> Outcome:
    """What each has by what all have."""
    share = product.outcome.right / (product.each.q.base or 1)
    value = product.all.q.base / share
    words = [as_printed(product.all.q.figure) + product.all.q.figure.unit.symbol]
    words += [as_printed(product.number.q.figure)] if product.number is not None else []
    words += [f"{product.times.normalize():f}"] if product.times != 1 else []
    return compare_value(product.each.q.figure, value, point(value), " ÷ ".join(words))


def _names(passage: Passage, each: Item) -> tuple[list[str], list[str]] | None:
    """What a figure is for each of, and the periods it is for."""
    start = max(each.q.label_start - 1, 0)
    text = passage.text[start : each.q.span.start]
    if _MARKS.isdisjoint(text) and not each.after.startswith("/") and "/" not in each.q.figure.unit.symbol:
        return None
    per = _PER_UNIT.search(each.q.figure.unit.symbol) or _PER_BEHIND.match(each.after)
    periods = list(_PERIOD.findall(text))
    words: list[str] = [per[1]] if per else []
    for told in _EACH.finditer(text):
        if told["mean"]:
            word = told["mean"][-1]
            if word in "年月日天周季":
                periods.append(word)
            else:
                words.append(word)
            continue
        one, noun = told["one"].removeprefix("一") or "个", told["noun"]
        if one in _PERIODS:
            continue
        if one != "个":
            words.append(one)
        if len(noun) >= 2:
            words.append(noun[:2])
        if one == "个" and noun:
            words.append(noun[0])
    if per and per[1] in _PERIODS:
        words, periods = words[1:], [*periods, per[1]]
    return (words, list(dict.fromkeys(periods))) if words or periods else None


def _each_told(item: Item) -> bool:
    told = "每" in item.label or "均" in item.label
    return told and re.search(r"每(?!小时|分钟)|均(?!衡|等)", item.label) is not None


def _counts(item: Item, word: str) -> bool:
    """Whether a figure counts X: 93名 or 93人 for 名, 68个 … 点 for 点, 131个预防接种门诊 for 门诊."""
    kind, symbol = unit_kind(item.q.figure.unit.symbol), item.q.figure.unit.symbol.lstrip("十百千万亿")
    if (symbol, word) in _LENGTHS:
        return True
    if len(word) == 1 and word != "个":
        return (
            (symbol in ("个", "处", "家", "所", "座") and item.label.endswith(word))
            or kind == unit_kind(word)
            or symbol == word
            or (symbol in ("个", "处", "家", "所", "座") and (item.q.noun[:6].endswith(word) or word in item.q.noun[:8]))
            or (word in ("车", "台", "辆") and symbol in ("车", "台", "辆"))
            or (word == "点" and "点" in item.q.noun[:8])
        )
    return word in item.q.noun[:10] or word in item.label[-6:] or symbol == word


def _may_be_all(item: Item, each: Item) -> bool:
    """Whether a figure may be what all of them make up: of one kind with what each has, and not for each of anything itself."""
    money = each.q.dimension in (Dimension.MONEY, Dimension.RATE)
    if not money and each.q.dimension not in _TALLY:
        return False
    fits = item.money if money else alike(item, each) or _same_unit(item, each)
    moved = item.role in _OUT and item.role is not each.role
    return fits and not moved and not _each_told(item) and not how_many(item)


def _same_unit(item: Item, each: Item) -> bool:
    symbols = [i.q.figure.unit.symbol.split("/")[0].lstrip("十百千万亿") for i in (item, each)]
    by_day = symbols[0] in ("人天", "人日") and symbols[1] in ("天", "日")
    return by_day or (symbols[0] == symbols[1] and item.q.dimension is each.q.dimension)


def _products(passage: Passage, each: Item, number: Item | None, whole: Item, periods: Sequence[str]) -> Iterator[_Product]:
    for times in _times(passage, each, whole, periods):
        count = number.q.base if number is not None else Decimal(1)
        spread = figure_interval(number.q.figure) if number is not None else point(Decimal(1))
        factor = _factor(each, number, whole)
        value = each.q.base * count * times * factor
        unit = figure_interval(each.q.figure) if each.q.figure.places else point(each.q.base)
        over = (spread * unit).scaled(times * factor)
        words = " × ".join(
            [as_printed(i.q.figure) + i.q.figure.unit.symbol for i in (number, each) if i is not None]
            + ([f"{times.normalize():f}"] if times != 1 else [])
        )
        outcome = compare_value(whole.q.figure, value, over, words)
        moved = not outcome.holds and _ties(whole, each, over)
        yield _Product(each, number, whole, times, outcome, moved)


def _factor(each: Item, number: Item | None, whole: Item) -> Decimal:
    """What turns units into one another: kilometres told for each metre, tons of what each has in kilograms."""
    factor = Decimal(1) if whole.money else 1 / weight_of(whole, each)
    if number is None or _PER_UNIT.search(each.q.figure.unit.symbol):
        return factor
    symbol = number.q.figure.unit.symbol.lstrip("十百千万亿")
    told = next((n for (a, b), n in _LENGTHS.items() if a == symbol and any(one + b in each.label for one in "每一单")), 1)
    return factor * told


def _ties(whole: Item, each: Item, over: Interval) -> bool:
    """Whether the product is a power of ten off."""
    least = min(len(i.q.figure.value.normalize().as_tuple().digits) for i in (whole, each))
    if least < 2:
        return False
    printed = whole.q.figure.rounded()
    return any(over.scaled(power).meets(printed) for power in _POWERS)


def _times(passage: Passage, each: Item, whole: Item, periods: Sequence[str]) -> list[Decimal]:
    """How many periods: as many as the sentence prints, those of a year, or one."""
    if not periods:
        return [Decimal(1)]
    start = passage.text.rfind("。", 0, min(each.q.span.start, whole.q.span.start)) + 1
    stop = passage.text.find("。", max(each.q.span.end, whole.q.span.end))
    sentence = passage.text[start : stop if stop >= 0 else len(passage.text)]
    own = _own_length(whole, periods)
    if own is not None:
        return [own]
    tried = [Decimal(1)]
    for period in periods:
        lengths = [_number(m["n"]) for m in _LENGTH.finditer(sentence) if _same_period(m["unit"], period)]
        lengths = [n for n in lengths if n is not None and n > 0]
        if not lengths and (_ALL_YEAR.search(sentence) or _ALL_YEAR.search(whole.label)):
            lengths = [Decimal(n) for n in _PERIODS[period]]
        tried = [t * n for t in tried for n in dict.fromkeys(lengths) if n is not None] or ([] if period != "年" else tried)
    return tried


def _same_period(unit: str, period: str) -> bool:
    return unit[0] == period[0] or {unit[0], period[0]} == {"天", "日"}


def _number(text: str) -> Decimal | None:
    if text == "半":
        return _HALF
    if text[0].isdigit():
        return Decimal(text)
    value = parse_chinese(text)
    return None if value is None else Decimal(value)
