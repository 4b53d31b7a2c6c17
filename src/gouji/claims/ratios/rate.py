"""Rates in running text: a stated percentage and the two figures it is the quotient of.

Which figures a rate means is found by role: what was spent over what was budgeted, within the clause, the sentence, then the
paragraph. 年初, 调整后, 全年, 到位 and 可用 budgets are all bases that an author may mean: the rate holds if any of those
named beside it makes it true (执行率 = 全年执行数 ÷ 全年预算数, 财预〔2020〕10号).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, Outcome, compare_ratio, slipped
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.ratios import faultless, rate_counts, respective
from gouji.claims.ratios.rate_claim import of_two_budgets, rate_claim
from gouji.claims.ratios.rate_counts import OUT
from gouji.claims.scene import AIMED, Item, Passage, Scene, kin
from gouji.claims.vocabulary import RATE_LABEL, Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, Dimension, Figure, Unit

_MONEY_RATE = re.compile(
    r"(?:执行|支付|支出|使用|用款|支用|开销|到位|拨付|完成|兑付|资金|发放|预算|结算|投资|付款|拨款|回款|收缴|征收|入库|清偿|偿还|兑现|上缴|缴库|核定|核准|审定|列支|开支|报账|报销)[^，。；]{0,4}(?:率|进度|比例|比率)|(?:预算|计划|指标|目标)[数额量]?的?$"
)
_BARE_DONE = re.compile(r"(?:仅|只|实际|已|共|也|才|合计|累计)*完成了?")  # 年初预算A，支出决算B，完成P%
_IN_PLACE = re.compile(r"到位|下达|拨付率|拨款率|配套")
_IN_PLACE_ITEM = re.compile(r"到位|落实|下达|收到|拨付|拨入|拨款")
_NOT_A_RATE = re.compile(
    r"满意|覆盖|达标|合格|知晓|知晓|参与|及时|准确|出勤|好评|增长|下降|中标|控制|偏差|偏离|变动|结转|结余|节约|节支|资产负债|负债|公开|利率|费率|税率|概率|压减|"
    r"自给|增幅|降幅|权重|占比|提高|升|死亡|发生|缺勤|投诉|返还|补助比例|补贴|分担|配比|以上|目标"
)
_REALLY = re.compile(r"实[拨到收际]|已|到位")
_DUE_MONEY = re.compile(r"应(?:完成|[发收缴付支拨还退投筹补奖兑助征])|计划|合同|目标")
_DONE_MONEY = re.compile(r"实际|实[发收缴付支拨补奖兑助征]|已")
_ALTOGETHER = re.compile(r"[两二三四五六]项|合计|共计|总计|总额|共有|累计(?:安排|投入|筹集|到位)")
_PLAIN_SPENT = re.compile(
    r"(?:截至|截止|到|至|年末|年底|年|底|\d{1,2}月[底末]?|全年|本年度?|当年|累计|实际|已|共|总|项目|资金|部门|经费)*"
    r"(?:支出|支付|使用|执行|拨付|发放|列支|用去|花费|兑付|支用|花|用|到位|收到)(?:资金|数|总额|金额|了)?"
)
_DOING = re.compile(r"(?:实际|全年|已|共|累计|资金|预算)*(?:支出|支付|使用|执行|列支|花费|拨付|完成)+$")
_TOO_GENERAL = re.compile(r"(?:基本|项目|人员|公用|财政拨款|一般公共预算|部门|整体|全部|本年|年度|专项)$")
_HENCE = re.compile(r"。(?:据此|由此|因此|经(?:计|测|折)?算|按此|以此|折算)[^，。；]{0,8}，?")
_LEVEL = re.compile(r"中央|省级|市级|[县区]级|乡镇|自筹|[县区]财政|市财政|省财政")


def find(scene: Scene) -> Iterator[Claim]:
    """Every rate of the running text whose figures stand beside it."""
    for passage in scene.passages:
        if Dimension.PERCENT not in passage.dimensions:
            continue
        listed = list(respective.find(passage))
        yield from listed
        told = {id(c.operands[0].quantity) for c in listed}
        for item in passage.items:
            if item.percent and item.role not in OUT and id(item.q) not in told and not AIMED.match(item.after):
                claim = _embedded(passage, item) or faultless.find(passage, item) or _rate(scene, passage, item)
                if claim is not None:
                    yield claim


def is_rate(item: Item) -> bool:
    """Whether the words before a percentage say that it is the quotient of something done over something planned."""
    return _says_rate(item.label) or _BARE_DONE.fullmatch(item.label) is not None


@by_words
def _says_rate(label: str) -> bool:
    return RATE_LABEL.search(label) is not None


@by_words
def _of_money(label: str) -> bool:
    return _MONEY_RATE.search(label) is not None


@by_words
def _loose(label: str) -> bool:
    """A rate of quality (满意率, 覆盖率) has no figures of its own unless the two counts stand right before it."""
    return _NOT_A_RATE.search(label[-10:]) is None


def _embedded(passage: Passage, item: Item) -> Claim | None:
    """占年初预算1,000万元的95%: the base stands inside the phrase."""
    n = item.order
    formula = _printed_formula(passage, item) or _divided_behind(passage, item)
    if formula is not None:
        return formula
    if n >= 2 and re.fullmatch(r"\s?中(?:的)?(?:占比?|比重|比例)(?:为|达)?", item.gap):
        base, part = passage.items[n - 1], passage.items[n - 2]
        outcome = compare_ratio(item.q.figure, part.q.figure, base.q.figure) if kin(base.q, part.q) else None
        if outcome is not None and not (base.hedged or part.hedged):
            return rate_claim(item, part, base, outcome, ClaimKind.SHARE)
    if n < 1 or not re.fullmatch(r"的?(?:比例|比重)?(?:为|达|达到)?", item.gap.strip()):
        return None
    base = passage.items[n - 1]
    if not re.search(r"(?:占|完成|为|达到|达|相当于)[^占]{0,16}$", base.label) or base.percent:
        return None
    earlier = [i for i in passage.items[: n - 1] if kin(i.q, base.q) and i.role not in OUT]
    if not earlier:
        return None
    best = None
    for numerator in reversed(earlier[-4:]):
        outcome = compare_ratio(item.q.figure, numerator.q.figure, base.q.figure)
        if outcome is None:
            return None
        if outcome.holds:
            return rate_claim(item, numerator, base, outcome, ClaimKind.SHARE if "占" in base.label else ClaimKind.RATE)
        best = best or (numerator, outcome)
    if best is None or base.hedged or best[0].hedged:
        return None
    near = best[0].q.sentence == item.q.sentence
    kind = ClaimKind.SHARE if "占" in base.label and base.role is not Role.BUDGET else ClaimKind.RATE
    return rate_claim(item, best[0], base, best[1], kind, SURE if near else LIKELY)


def _printed_formula(passage: Passage, item: Item) -> Claim | None:
    """执行率=支出A÷预算B×100%=P%."""
    if item.order < 2 or not re.fullmatch(r"\s?[=≈]\s?", item.gap):
        return None
    before = passage.items[: item.order]
    if before[-1].percent and before[-1].q.base == HUNDRED:
        before = before[:-1]
    if len(before) < 2 or not re.search(r"[÷/]", before[-1].gap) or not kin(before[-2].q, before[-1].q):
        return None
    outcome = compare_ratio(item.q.figure, before[-2].q.figure, before[-1].q.figure)
    return rate_claim(item, before[-2], before[-1], outcome, ClaimKind.RATE) if outcome is not None else None


def _divided_behind(passage: Passage, item: Item) -> Claim | None:
    """备案率94.0%（268家/285家）: the division stands in the bracket right behind its result."""
    behind = passage.items[item.order + 1 : item.order + 3]
    if len(behind) < 2 or not item.after.startswith("（") or behind[0].gap != "（" or behind[1].gap.strip() not in ("/", "÷"):
        return None
    numerator, denominator = behind
    if not kin(numerator.q, denominator.q) or numerator.hedged or denominator.hedged:
        return None
    outcome = compare_ratio(item.q.figure, numerator.q.figure, denominator.q.figure)
    return rate_claim(item, numerator, denominator, outcome, ClaimKind.RATE) if outcome is not None else None


def _far(scene: Scene, passage: Passage, item: Item) -> Claim | None:
    """A rate whose other figure stands further off: it ties, or a slip of the pen lies between, else nothing is said."""
    window = [i for i in passage.items[: item.order] if i.role not in OUT and not i.hedged]
    near = [i for i in window if i.q.sentence == item.q.sentence][-2:]
    if not near:
        return None
    if _MONEY_RATE.search(item.label):
        numerators = [i for i in near if i.money and i.role is not Role.BUDGET]
        bases = [i for i in _budgets(scene) if i.q.span != item.q.span]
        bases += [i for i in window if i not in bases and numerators and _same_level(i, numerators[-1])]
    else:
        numerators = [i for i in near if i.q.dimension is Dimension.COUNT and rate_counts.stem_fits(item, i)]
        bases = [i for i in window if i.q.dimension is Dimension.COUNT]
    slip: Claim | None = None
    named = (
        [b for b in bases if b.q.span.block == item.q.span.block and b.order < item.order]
        if _MONEY_RATE.search(item.label)
        else []
    )
    if len(named) == 1 and numerators and numerators[-1].role is Role.SPENT and item.order - numerators[-1].order == 1:
        outcome = compare_ratio(item.q.figure, numerators[-1].q.figure, named[0].q.figure)
        if outcome is not None and not outcome.holds and not _IN_PLACE.search(item.label):
            slip = rate_claim(item, numerators[-1], named[0], outcome, ClaimKind.RATE, LIKELY)
    for numerator in reversed(numerators):
        for base in reversed(bases):
            if base is numerator or not kin(base.q, numerator.q) or base.q.base < numerator.q.base:
                continue
            outcome = compare_ratio(item.q.figure, numerator.q.figure, base.q.figure)
            if outcome is None:
                continue
            if outcome.holds and item.q.figure.places:
                return rate_claim(item, numerator, base, outcome, ClaimKind.RATE)
            here = base.q.span.block == item.q.span.block
            told = outcome.cause == TRANSPOSED or (outcome.cause is ONE_DIGIT and item.q.figure.places >= 2 and here)
            if slip is None and told and item.q.figure.places:
                slip = rate_claim(
                    item, numerator, base, outcome, ClaimKind.RATE, SURE if outcome.cause is TRANSPOSED else LIKELY
                )
    return slip


def _of_that_name(scene: Scene, passage: Passage, item: Item) -> Claim | None:
    """甲项目支出88.43万元，执行率94.58%: the budget that the document gives for 甲项目 elsewhere."""
    done = passage.items[item.order - 1] if item.order else None
    if done is None or not done.money or done.hedged or done.q.segment != item.q.segment or not _MONEY_RATE.search(item.label):
        return None
    name = _DOING.sub("", done.label)
    if name == done.label or len(name) < 4 or _TOO_GENERAL.search(name):
        return None
    bases = [
        i
        for i in scene.named(name)
        if i is not done and kin(i.q, done.q) and i.role in (Role.BUDGET, Role.PLAIN) and not i.hedged and i.q.base
    ]
    claims = []
    for base in bases[:8]:
        outcome = compare_ratio(item.q.figure, done.q.figure, base.q.figure)
        if outcome is not None:
            claims.append(replace(rate_claim(item, done, base, outcome, ClaimKind.RATE, LIKELY), shape="elsewhere"))
    tie = next((c for c in claims if c.verdict is not Verdict.DISAGREES), None)
    return tie or (claims[0] if len({b.q.base for b in bases}) == 1 and bases[0].q.base >= done.q.base else None)


def _same_level(base: Item, numerator: Item) -> bool:
    """县级财政A … 县级资金到位B: what one level of government was to give, and what it gave."""
    level = _LEVEL.match(numerator.label)
    return level is not None and base.money and base.label.startswith(level[0]) and base.q.sentence < numerator.q.sentence


def _budgets(scene: Scene) -> list[Item]:
    """The budgets that the document names, read once."""
    if scene.budgets is None:
        scene.budgets = [i for i in scene.items() if i.money and i.role is Role.BUDGET and not i.hedged]
    return scene.budgets[:40]


def _windows(passage: Passage, item: Item, segment: list[Item], near: list[Item]) -> Iterator[list[Item]]:
    """Where the figures of a rate are looked for, one place after the other."""
    yield segment
    yield near
    yield _around(passage, item)
    yield _behind(passage, item)


def _rate(scene: Scene, passage: Passage, item: Item) -> Claim | None:
    if not is_rate(item):
        return None
    near = [i for i in passage.items if i.q.sentence == item.q.sentence and i.order < item.order]
    segment = [i for i in near if i.q.segment == item.q.segment]
    bare = not _says_rate(item.label)
    money = item.order > 0 and passage.items[item.order - 1].money if bare else _of_money(item.label)
    loose = _loose(item.label)
    main = None
    for window in _windows(passage, item, segment, near) if loose and not bare else (segment,):
        pairs = _money_pairs(item, window) if money and loose else []
        if not pairs:
            pairs = rate_counts.pairs(item, window, told_by_name=not loose)
            pairs = pairs if loose or any(p[2] for p in pairs) else []
        for numerator, denominator, bound in _named_first(item, pairs):
            confidence = bound
            outcome = compare_ratio(item.q.figure, numerator.q.figure, denominator.q.figure)
            if outcome is None:
                continue
            if outcome.holds:
                return rate_claim(item, numerator, denominator, outcome, ClaimKind.RATE)
            if numerator.q.sentence != denominator.q.sentence:
                # taken from two sentences: only a tie tells, unless each holds that one amount and no other
                confidence = LIKELY if _apart(passage, item, numerator, denominator) else 0.0
            if main is None or (confidence and not main[3]):
                main = (numerator, denominator, outcome, confidence)
    if bare:
        return _judged(item, *main) if main is not None and main[3] else None
    if loose and (main is None or not main[3]):
        far = _of_that_name(scene, passage, item) or _far(scene, passage, item)
        if far is not None:
            return (_another_base(passage, item) if far.verdict is Verdict.DISAGREES else None) or far
    if main is None:
        return None
    return _another_base(passage, item) or _judged(item, *main)


_REALLY_DONE = re.compile(r"实际|已|完成")
_KEY = re.compile(r"调整|年初|全年预算|到位|批复")


def _named_first(item: Item, pairs: list[tuple[Item, Item, float]]) -> list[tuple[Item, Item, float]]:
    """按调整后预算计算，执行率P: the pairs whose base bears the word that the rate names go first."""
    key = _KEY.search(item.label) or _KEY.search(item.gap)
    return pairs if key is None else sorted(pairs, key=lambda p: key[0] not in p[1].label + p[1].gap[-8:])


_TOGETHER_WITH = re.compile("连同|加上|含上年|包括上年")  # 资金5000万元，连同上年结转支出4905万元，当年执行率91.6%


def _judged(item: Item, numerator: Item, denominator: Item, outcome: Outcome, confidence: float) -> Claim | None:
    """The plainest reading of a rate that no reading bears out."""
    rest = not numerator.money and HUNDRED - outcome.right in item.q.figure.rounded()
    done = rate_counts.done_by_name(item, numerator) or (
        _REALLY_DONE.search(numerator.label) is not None and rate_counts.due_and_done(denominator, numerator)
    )
    if rest and not done:
        return None  # 抽查480份，存疑5份，真实率98.96%: what is counted is what falls short
    if not confidence and _beside(item, numerator, denominator) and slipped(item.q.figure, outcome):
        confidence = LIKELY  # the two figures right before it give the percentage with two digits swapped
    claim = rate_claim(item, numerator, denominator, outcome, ClaimKind.RATE, confidence)
    implausible = outcome.cause is None and outcome.right > max(Decimal(200), item.q.base * 3)
    summed = "可用" in item.label and "可用" not in denominator.label + denominator.gap  # of all that was at hand
    summed = summed or _TOGETHER_WITH.search(numerator.gap) is not None
    if numerator.hedged or denominator.hedged or not confidence or implausible or summed:
        return undecidable(claim, "分子或分母不能确定", "numerator or denominator is uncertain")
    return claim


def _beside(item: Item, numerator: Item, denominator: Item) -> bool:
    """Whether the two figures follow one another right before the percentage, in its own segment."""
    first, second = sorted((numerator, denominator), key=lambda i: i.order)
    return item.order - second.order == second.order - first.order == 1 and first.q.segment == item.q.segment


def _apart(passage: Passage, item: Item, numerator: Item, denominator: Item) -> bool:
    """预算A。到年底，实际支出B，执行率R: one budget in the sentence before, one expenditure that names nothing else in this one."""

    def alone(one: Item) -> bool:
        others = [
            i for i in passage.items if i.q.sentence == one.q.sentence and i.order < item.order and i.money and i is not one
        ]
        parts = sum((i.q.base for i in others), Decimal(0)) == one.q.base and all(i.order > one.order for i in others)
        return not others or parts

    follows = numerator.q.sentence - denominator.q.sentence == 1
    return follows and alone(numerator) and alone(denominator) and _PLAIN_SPENT.fullmatch(numerator.label) is not None


def _behind(passage: Passage, item: Item) -> list[Item]:
    """执行率90%，其中预算A，支出B: the two figures behind a rate that has none before it in its sentence."""
    behind = passage.items[item.order + 1 : item.order + 3]
    alone = item.order == 0 or passage.items[item.order - 1].q.segment != item.q.segment
    if len(behind) < 2 or not alone or not re.match(r"\s?[，（：](?:其中|即|具体|分别)?", behind[0].gap):
        return []
    if any(i.q.segment != item.q.segment or i.percent or i.role in OUT for i in behind):
        return []
    return behind if {i.role for i in behind} == {Role.BUDGET, Role.SPENT} else []


def _around(passage: Passage, item: Item) -> list[Item]:
    """The sentence before and this one up to the rate; where a bracket opens right behind the rate, what it holds."""
    behind = re.match(r"（|，即", passage.text[item.q.span.end :]) is not None
    far = 1
    if _HENCE.search(passage.text, passage.items[item.order - 1].q.span.end if item.order else 0, item.q.span.start):
        far = 2  # A。B。据此计算，执行率R
    return [
        i
        for i in passage.items
        if item.q.sentence - far <= i.q.sentence <= item.q.sentence
        and (i.order < item.order or (behind and item.order < i.order <= item.order + 2 and i.q.sentence == item.q.sentence))
    ]


def _money_pairs(item: Item, window: Sequence[Item]) -> list[tuple[Item, Item, float]]:
    """(numerator, denominator, confidence): by role first, by order where the words do not tell."""
    amounts = [i for i in window if i.money and i.role not in OUT]
    if _IN_PLACE.search(item.label):
        spent = [i for i in amounts if _IN_PLACE_ITEM.search(i.label)]
        spent = [i for i in spent if _REALLY.search(i.label)] or spent
        budget = [i for i in amounts if i not in spent[-1:] and i.role in (Role.BUDGET, Role.PLAIN, Role.INCOME)]
    else:
        spent = [i for i in amounts if i.role in (Role.SPENT, Role.INCOME) or (i.role is Role.BUDGET and "完成" in i.label)]
        budget = [i for i in amounts if i.role is Role.BUDGET and i not in spent]
        whole = [i for i in amounts if spent and i.order < spent[-1].order and i not in spent and _ALTOGETHER.search(i.gap)]
        if whole and all(i.order < whole[-1].order for i in budget):
            budget = [*budget, whole[-1]]  # 中央A，省级B，两项合计C，已支出D
    pairs: list[tuple[Item, Item, float]] = []
    if spent and budget:
        for numerator in reversed(spent[-2:]):
            for denominator in [*reversed(budget[-3:]), *(budget[:1] if len(budget) > 3 else [])]:
                if numerator is not denominator:
                    pairs.append((numerator, denominator, SURE))
        return pairs
    if len(amounts) >= 2 and amounts[-2].q.segment == item.q.segment and not _IN_PLACE.search(item.label):
        first, second = amounts[-2], amounts[-1]
        if of_two_budgets(item, first, second):
            return pairs
        known = bool(budget)
        here = [i for i in amounts if i.q.segment == item.q.segment]
        confidence = 0.0
        done = _DONE_MONEY.search(second.label) is not None
        told = done and (
            _DUE_MONEY.search(first.label) is not None or (second.role is Role.SPENT and amounts == [first, second])
        )
        if (known or told) and first.q.sentence == second.q.sentence:
            confidence = SURE if len(here) == 2 else LIKELY
        own = rate_counts.STEM.search(re.sub("比例$", "率", item.label))
        if budget and budget[-1] is second and not (own and own[1][-2:] in second.label and own[1][-2:] not in first.label):
            first, second = second, first
        pairs.append((second, first, confidence))
    return pairs


def _another_base(passage: Passage, item: Item) -> Claim | None:
    """The rate under any other base or sum of bases that the paragraph names; a coarse one only where it stands beside."""
    amounts = [i for i in passage.items if i.money and i.role not in OUT and not i.hedged and abs(i.order - item.order) <= 12]
    if item.q.figure.places == 0:
        amounts = [i for i in amounts if i.q.sentence in (item.q.sentence - 1, item.q.sentence) and i.order < item.order]
    spent = [i for i in amounts if i.role not in (Role.BUDGET, Role.LEFT)]
    for numerator in spent:
        bases: list[tuple[list[Item], Figure]] = [([b], b.q.figure) for b in amounts if b is not numerator]
        bases += [([a, b], _sum(a, b)) for a, b in combinations(amounts, 2) if numerator not in (a, b)]
        for members, figure in bases:
            if any(m.role is Role.SPENT for m in members):
                continue
            if _DUE_MONEY.search(numerator.label) and any(_DONE_MONEY.search(m.label) for m in members):
                continue  # 应补121万元、已补92万元，兑付率131.5%: the other way round
            outcome = compare_ratio(item.q.figure, numerator.q.figure, figure)
            if outcome is not None and outcome.holds and outcome.shape in ("", "truncated"):
                others = [("numerator", numerator), *(("denominator", m) for m in members)]
                return claim_of(ClaimKind.RATE, item, others, outcome, shape="other_base")
    return None


def _sum(a: Item, b: Item) -> Figure:
    places = max(a.q.figure.places, b.q.figure.places)
    return Figure(a.q.base + b.q.base, places, Unit("元", Dimension.MONEY))
