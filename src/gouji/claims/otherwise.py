"""What a sentence tells besides the figures of a failing relation, where it tells why they need not make one.

The figures may be bound as the words bind them and the relation still not be claimed: another figure makes up the difference (预算A，支付B，
另有C已收回，尚余A−B−C), how the amount was worked out is told without a figure (按实际在册月数发放), a rate names a base that is told
without its amount (年中核减，按调整后预算计算的执行率), a goal was changed, or was reached at another time (整改后复测达到目标).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.fact import Quantity
from gouji.model.quantity import Dimension

_SUMS = (ClaimKind.TOTAL, ClaimKind.BALANCE, ClaimKind.PRODUCT)
_LONG = 3  # digits of a figure that others do not make up by chance
_AMONG = 9  # figures around the stated one that are tried together
_WIDE = 4  # of how many at once
_PAIR = 2

_MANNER = re.compile(
    r"(?:^|[，；、（])(?:均|并|且|再|则|全部|统一|最终|具体)*(?:按照?|根据|依据|依照|视|随|凭|结合|比照|参照|扣除|剔除|扣减|除去?|因为?|由于|考虑到?)(?P<how>[^，。；、（）\d]{3,}?)(?=[，。；、（）]|$)"
)
_LESS = re.compile(r"(?:扣除|剔除|扣减|减去|除去|考虑到?|由于|因)[^，。；、（）\d]{2,12}后?[^，。；、（）\d]{0,8}$")
_NOT_ALL = re.compile(
    r"其余|剩余|余[款额下]|未[发付拨支]|尾款|收回|结余|节余|尚[有欠]|暂[缓未不]|首[批期付次]|预[付拨]|先行|先期|分期|分批|陆续|缺口"
)
_PLAIN_MANNER = re.compile(
    r"(?:上述|该|此|以上|有关|相关|国家|统一|财政|实名制|现行|政策|文件|规定|约定|标准|要求|程序|制度|办法|合同|预算|计划|人头|户数|人数|面积|[按季月年旬周]|逐[月季年户人]|一次性|比例|补贴|补助|的|和|及|执行|发放|拨付|支付|计算|核算|测算|列支|兑现|兑付|及时|足额|打卡|一卡通|方式|安排|下达|核发|计发|计)+"
)
_RATIOS = (ClaimKind.RATE, ClaimKind.SHARE)
_BASE_NAMED = re.compile(
    r"(?:按照?|以|对照|占|为|完成|相对于|扣除|剔除)?(?P<key>调整后|调整|变更后|核减后|压减后|追加后|调减后|调增后|修订后|可用|扣除|剔除)"
)
_OF_OTHER = re.compile(r"\s?（(?:按|以|已?剔除|已?扣除|不含|不计|口径)[^（）\d]{2,16}）")  # 执行率92.82%（剔除收回指标后）
_BASE_MOVED = re.compile(r"调整|核减|调减|追加|压减|核增|调增|变更|收回|统筹|削减|压缩|缩减")
_EARLIER = re.compile(r"截[至止]\s?[1-9](?:[01])?月|[1-9]月末|[1-9]月底|上半年|[一二三]季度|前[一二三四五六七八九]个?月|半年")
_WHOLE_YEAR = re.compile(r"全年|年末|年底|最终|全部")
_EXCUSED = re.compile(
    r"(?:经|报)[^，。；\d]{0,10}(?:批准|同意|审批|备案|核准|认可)|调减|核减|(?:任务|目标|计划|指标|差额|部分)[^，。；\d]{0,8}调整|调整(?:了|为|后)?的?(?:任务|目标|计划|指标)|豁免|顺延|不可抗|剔除|核销|取消"
    r"|(?:首|初|第一|前一|上一)[次轮期]|初测|初评|初查|整改后|改进后|复[测查检验评]|(?:二|第二|再|多)次[测检调抽]|重新[测检调抽]|补[测做考种植建办]|(?<![前以])后[^，。；\d]{0,8}(?:达到|完成|实现|达标|达成)|(?<!截)[到至](?:年底|年末)[^，。；\d]{0,8}(?:达到|完成|实现|达标)(?![^，。；]{0,4}\d)|任务[^，。；\d]{0,4}(?:减少|缩减|取消)"
)


class Otherwise:
    """Asks of a failing claim whether its sentence tells why the figures need not tie."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def __call__(self, claim: Claim) -> bool:
        stated = claim.operands[0].quantity
        passage = self._scene.by_block.get(claim.operands[0].span.block)
        figures = [o.quantity for o in claim.operands if o.quantity is not None]
        if passage is None or not figures or any(q.span.block != passage.block.index or q.cell is not None for q in figures):
            return False
        if claim.kind is ClaimKind.BOUND or claim.kind is ClaimKind.INDICATOR_SCORE:
            return claim.shape in _GOALS and _EXCUSED.search(_words(passage, figures)) is not None
        if stated is None:
            return False
        if claim.kind in _SUMS:
            return _made_up(passage, claim, stated) or (
                claim.kind is ClaimKind.PRODUCT and claim.cause is None and _by_another_way(passage, claim, figures)
            )
        if claim.kind is ClaimKind.AVERAGE:
            return claim.cause is None and _by_another_way(passage, claim, figures)
        return claim.kind in _RATIOS and (
            _of_another_time(passage, claim, stated) or (claim.cause is None and _of_another_base(passage, claim, stated))
        )


_GOALS = ("compared", "full_on_miss", "little_lost")


def _words(passage: Passage, figures: list[Quantity]) -> str:
    """From behind the first of the figures to the end of the last one's sentence."""
    stop = passage.text.find("。", max(q.span.end for q in figures))
    return passage.text[min(q.span.end for q in figures) : stop if stop >= 0 else len(passage.text)]


def _by_another_way(passage: Passage, claim: Claim, figures: list[Quantity]) -> bool:
    """按各人实际在册月数发放, 扣除缺勤后兑现: words without a figure that say by what else the amount goes, or that it is not all."""
    words, stated = _words(passage, figures), figures[0]
    if any(not _PLAIN_MANNER.fullmatch(m["how"]) for m in _MANNER.finditer(words)):
        return True
    if claim.kind is ClaimKind.PRODUCT and _LESS.search(passage.text, stated.label_start, stated.span.start):
        return True
    less = claim.kind is ClaimKind.PRODUCT and claim.right is not None and stated.base < claim.right
    return less and _NOT_ALL.search(words) is not None


def _made_up(passage: Passage, claim: Claim, stated: Quantity) -> bool:
    """Whether some of the operands and figures of their surroundings that the reading has left out make the stated one."""
    spans = {o.span for o in claim.operands}
    if any(o.quantity is not None and o.quantity.base == stated.base for o in claim.operands[1:]):
        return False  # a part for its whole: the others make it up by what is left
    own = [i for i in passage.items if kin(i.q, stated) and i.q.sentence == stated.sentence and i.q.span != stated.span]
    if len(own) >= len(spans) > _PAIR and all(_counts(i) for i in own) and _makes(tuple(own), stated.base):
        return True  # 预算138万元，支付91万元，结转17万元，交回30万元: all that the sentence tells
    digits = len(stated.base.normalize().as_tuple().digits)
    if digits < (_LONG if stated.dimension is Dimension.MONEY else _LONG + 1):
        return False
    at = next((i.order for i in passage.items if i.q.span == stated.span), 0)
    near = sorted(
        (i for i in passage.items if kin(i.q, stated) and i.q.span != stated.span and i.q.base and _counts(i)),
        key=lambda i: abs(i.order - at),
    )[:_AMONG]
    left_out = [i for i in near if i.q.span not in spans]
    if not left_out:
        return False
    for number in range(2, _WIDE + 1):
        for chosen in combinations(near, number):
            known = sum(i.q.span in spans for i in chosen)
            beside = claim.cause is None or all(i in own for i in chosen)
            if beside and 0 < known < number and _makes(chosen, stated.base):
                return True
    return False


def _counts(item: Item) -> bool:
    return not item.hedged and item.q.dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)


def _makes(chosen: tuple[Item, ...], wanted: Decimal) -> bool:
    """Whether the figures add up to the wanted one, or the largest of them less the others gives it."""
    values = [i.q.base for i in chosen]
    whole, largest = sum(values, Decimal(0)), max(values)
    return whole == wanted or 2 * largest - whole == wanted


def _of_another_base(passage: Passage, claim: Claim, stated: Quantity) -> bool:
    """按调整后预算计算的执行率 where no amount is called so."""
    others = [o.quantity for o in claim.operands[1:] if o.quantity is not None]
    if len(others) != 2:
        return False
    names = "".join(passage.text[q.label_start : q.span.end] for q in others)
    named = _BASE_NAMED.search(passage.text, stated.label_start, stated.span.start)
    if (named is not None and named["key"][:2] not in names) or _OF_OTHER.match(passage.text, stated.span.end):
        return True
    if stated.span.start > max(q.span.end for q in others):
        last = max(q.span.end for q in others if claim.operands[-1].quantity is q)
        told = [c for c in re.split("[，。；]", passage.text[last : stated.span.start])[1:-1] if not re.search(r"\d", c)]
        if any(_BASE_MOVED.search(c) for c in told):
            return True
    return False


def _of_another_time(passage: Passage, claim: Claim, stated: Quantity) -> bool:
    """截至9月末支出A …，全年执行率P: what the rate is of is told up to an earlier time only."""
    part = claim.operands[1].quantity if len(claim.operands) > 1 else None
    return (
        part is not None
        and _EARLIER.search(passage.text[max(0, part.label_start - 12) : part.span.start]) is not None
        and _WHOLE_YEAR.search(passage.text[stated.label_start : stated.span.start]) is not None
    )
