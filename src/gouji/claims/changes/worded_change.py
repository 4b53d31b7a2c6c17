"""Changes that no other finder has settled, by the two figures that the words set against one another.

改造以前漏损率31.4%，改造以后为19.8%，漏损率降了11.6个百分点; 用时从9.5小时缩到6.8小时，快了2.7小时; 发病率下降15%：2020年186.4例，2021年158.44例;
回落520件至2340件，上年同期为2860件; 净增8.5万家 over a figure called by its name; two growths in turn (累计增长47.5%), which are not added up. What a
difference is called (快了, 少损失, 多拿) need not be known: that one figure is the earlier one must be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import as_printed, compare_value, figure_interval
from gouji.claims.build import LIKELY, SURE, claim_of, operand, place
from gouji.claims.ratios import worded_share
from gouji.claims.ratios.worded_share import Share
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import HUNDRED, Dimension, Hedge, plain

_AMOUNTS = frozenset({Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE})
_DIFFERENCES = _AMOUNTS | {Dimension.POINTS}
_MOVED = frozenset({Role.UP, Role.DOWN})
_DIFFERENCE = re.compile(
    r"(?:快|慢|降|升|涨|跌|省(?![级厅市内外本])|高(?![校中新层标])|低(?![保收])|长|短|回落|回升|提前|推迟|节约|节省|净增加?|净减少?|增加|减少|压缩|缩短|延长|扩大|缩小|(?<!不)多|(?<![不至])少(?!儿|年|数))(?:[出了掉去]|[\u4e00-\u9fff]{1,2})?$"
)
_GROWN = re.compile(
    r"(?:[增降升减涨跌缩压]幅|下降|降低|减少|缩短|压缩|压减|节约|节省|提高|提升|增长|增加|上升|上涨|扩大|回落|改善|提速|下浮|上浮|溢价|便宜|节[能水电油气]|[快慢降升涨跌多少]|缩减)"
    r"(?:幅度|比例|率|比率|了|出|达到?|为|是|近|超过?|不足|将|接近|约|仅|恰好|正好|到)*$"
)
_REACHED = re.compile(r"[到至为成]\s?$")
_EARLIER = re.compile(
    r"上年|去年|上期|上次|上一年|上季|同期|(?:以|之)前|(?<!目)前$|改造前|实施前|年初|原(?!因|料)|过去|以往|[由从](?!业|事)|(?:比|较|对照|相比)[^，。；]{0,12}$"
)
_LATER = re.compile(r"(?:以|之)?后|本年|今年|当年|现|目前|[到至成]\s?$|为\s?$|年末|年底")
_YEAR = re.compile(r"(20\d\d)年?")
_THAN = re.compile(r"^(?:比|较)(?P<name>[\u4e00-\u9fff]{2,8}?)的?(?:净|共)?[多少高低增减]")
_SCOPE = re.compile(
    r"[比较]20\d\d年|目标|要求|计划|预计|力争|拟|同口径|可比|年均|平均每年|应|标准|其中|人均|户均|每[个户人亩]|扣除|剔除"
)
_TOGETHER = re.compile(r"(?:[两二三四五六]年[间来]?|期间|合起来|前后)?累计(?:共)?(?:增长|增加|提高|上升|多)了?$")
_IN_TURN = re.compile(r"[比较](?:20\d\d年|上年|前一年|上一年)(?:又|再)?(?:多|增长|增加|提高|上升)了?$")
_LESS = re.compile("降|少|减|缩|低|省|跌|便宜|节")
_MORE = re.compile("增|多|升|涨|高|扩")
_NEAR = Decimal(2)  # times: a difference farther off is of others
_PAIR = 2
_BACK = 6


def find(scene: Scene, claims: Sequence[Claim], settled: set[int]) -> Iterator[Claim]:
    """A claim for every such difference or growth; `settled` holds id() of the figures that a claim recomputes."""
    currents = {
        (c.operands[0].span.block, q.sentence): c
        for c in claims
        if c.kind is ClaimKind.CHANGE and c.verdict is Verdict.AGREES and (q := c.operands[0].quantity) is not None
    }
    told = {c.operands[0].span for c in claims if c.operands[0].quantity is None}
    for passage in scene.passages:
        if len(passage.items) < _PAIR:
            continue
        for item in passage.items:
            if (
                item.q.dimension in _DIFFERENCES
                and id(item.q) not in settled
                and (not item.hedged or item.after.startswith(("至", "到")))
                and _tells_difference(item)
            ):
                claim = _difference(passage, item, currents.get((item.q.span.block, item.q.sentence)))
                if claim is not None:
                    yield claim
                    currents[item.q.span.block, item.q.sentence] = claim
        for share in worded_share.shares(passage, settled, _tells_growth):
            claim = _growth(passage, share) if share.span not in told else None
            if claim is not None:
                yield claim


def _tells_difference(item: Item) -> bool:
    if item.q.dimension not in _DIFFERENCES or not _of_difference(item.label) or item.q.chinese or item.q.base <= 0:
        return False
    return not item.gap.startswith("、") and not _REACHED.search(item.gap)


@by_words
def _of_difference(label: str) -> bool:
    return _DIFFERENCE.search(label) is not None and _SCOPE.search(label) is None


@by_words
def _tells_growth(clause: str) -> bool:
    grown = _GROWN.search(clause) is not None or _TOGETHER.search(clause) is not None
    return grown and _SCOPE.search(clause) is None and _REACHED.search(clause.removesuffix("达到")) is None


def _usable(item: Item) -> bool:
    return item.q.base > 0 and not item.hedged and not item.q.chinese and item.role not in (*_MOVED, Role.DEDUCTED)


def _compared(passage: Passage, order: int, sentence: int, like: Item | None) -> tuple[Item, Item] | None:
    """(current, prior): the two figures right before a place, one of which is told as the earlier one."""
    two = passage.items[max(0, order - _PAIR) : order]
    if len(two) < _PAIR or any(not _usable(i) or i.q.sentence != sentence for i in two):
        return None
    return _in_time(passage, *two) if _alike(two[0], two[1], like) else None


def _alike(one: Item, other: Item, like: Item | None) -> bool:
    if one.percent or other.percent:
        return one.percent and other.percent and like is not None and like.q.dimension is Dimension.POINTS
    return kin(one.q, other.q) and (like is None or kin(one.q, like.q)) and one.q.dimension in _AMOUNTS


def _in_time(passage: Passage, first: Item, second: Item) -> tuple[Item, Item] | None:
    """Which of two figures is the later one, by years or by the words at them; None where nothing tells."""
    if first.q.base == second.q.base or (second.q.mark == "、" and not second.label):
        return None
    words = [_words(passage, i) for i in (first, second)]
    years = [m[-1] if (m := _YEAR.findall(w)) else "" for w in words]
    if all(years) and years[0] != years[1]:
        return (second, first) if years[0] < years[1] else (first, second)
    earlier = [_EARLIER.search(w) is not None or i.role is Role.PRIOR for w, i in zip(words, (first, second), strict=True)]
    if earlier == [True, False]:
        return second, first
    if earlier == [False, True]:
        return first, second
    return None


def _words(passage: Passage, item: Item) -> str:
    """The words before a figure, those before 每10万人 with them."""
    before = passage.items[item.order - 1] if item.order and not item.label else None
    start = before.q.label_start if before is not None and before.label.endswith("每") else item.q.label_start
    return passage.text[start : item.q.span.start]


def _difference(passage: Passage, item: Item, other: Claim | None) -> Claim | None:
    named = _THAN.search(item.label)
    if named is not None:
        pair = _named(passage, item, named["name"], other)
    else:
        before = None if item.hedged else _compared(passage, item.order, item.q.sentence, item)
        pair = before or _reached_behind(passage, item)
    meant = _of_others(passage, item)
    if pair is None or _sums(item, *pair):
        pair = meant
    if meant is not None and pair is not None and abs(pair[0].q.base - pair[1].q.base) != item.q.base:
        pair = meant
    if pair is None:
        return None
    current, prior = pair
    value = abs(current.q.base - prior.q.base)
    spread = figure_interval(current.q.figure) - figure_interval(prior.q.figure)
    low, high = sorted((abs(spread.low), abs(spread.high)))
    outcome = compare_value(
        replace(item.q.figure, hedge=Hedge.NONE),
        value,
        type(spread)(low, high),
        f"|{as_printed(current.q.figure)} - {as_printed(prior.q.figure)}|",
    )
    large, small = max(value, item.q.base), min(value, item.q.base)
    if not outcome.holds and outcome.cause is None and large > small * _NEAR:
        return None
    others = [("current", current), ("base", prior)]
    return claim_of(ClaimKind.CHANGE, item, others, outcome, shape="worded", confidence=SURE if outcome.holds else LIKELY)


def _of_others(passage: Passage, item: Item) -> tuple[Item, Item] | None:
    """(current, prior): two figures of this sentence and the one before that differ by just as much, whichever stand nearest."""
    around = [i for i in passage.items[max(0, item.order - _BACK) : item.order] if item.q.sentence - i.q.sentence <= 1]
    around = [i for i in around if _usable(i) and (kin(i.q, item.q) or (i.percent and item.q.dimension is Dimension.POINTS))]
    sign = -1 if item.role is Role.DOWN else 1
    pairs = [(a, b) for a in around for b in around if (a.q.base - b.q.base) * sign == item.q.base]
    return next((p for p in pairs if p[1].role is Role.PRIOR), pairs[0] if pairs else None)


def _sums(item: Item, current: Item, prior: Item) -> bool:
    """Whether the third figure is what the other two make up, or one of them: no difference."""
    return item.q.base in (current.q.base, prior.q.base, current.q.base + prior.q.base)


def _reached_behind(passage: Passage, item: Item) -> tuple[Item, Item] | None:
    """回落520件至2340件，上年同期为2860件: what it came to, and the earlier figure, behind the difference."""
    behind = passage.items[item.order + 1 : item.order + 1 + _PAIR]
    if len(behind) < _PAIR or any(not _usable(i) or not kin(i.q, item.q) or i.q.sentence != item.q.sentence for i in behind):
        return None
    reached = re.fullmatch(r"[，]?(?:降|升|增|减|下降|上升|增加|减少|回落)?[到至为]\s?", behind[0].gap) is not None
    return (behind[0], behind[1]) if reached and behind[1].role is Role.PRIOR else None


def _named(passage: Passage, item: Item, name: str, other: Claim | None) -> tuple[Item, Item] | None:
    """增加25.7万家，比名录库净增8.5万家: over the figure of that name, from where the change told before came to."""
    near = [i for i in passage.items[max(0, item.order - _BACK) : item.order] if _usable(i) and kin(i.q, item.q)]
    priors = [i for i in near if name in i.label]
    current = next((o.span for o in other.operands if o.role == "current"), None) if other is not None else None
    found = next((i for i in passage.items if i.q.span == current), None)
    if len(priors) != 1 or found is None or found is priors[0] or not kin(found.q, item.q):
        return None
    return found, priors[0]


def _growth(passage: Passage, share: Share) -> Claim | None:
    together = _TOGETHER.search(share.clause)
    if together is not None:
        return _in_turn(passage, share)
    pair = _compared(passage, share.order, share.sentence, None) or _told_behind(passage, share)
    if pair is None:
        return None
    current, prior = pair
    less, more = _LESS.search(share.clause) is not None, _MORE.search(share.clause) is not None
    if less != more and less == (current.q.base > prior.q.base):
        return None  # 平均降水量314毫米，2022年同期只有228毫米，偏少27.4%: the later one is told as the earlier
    value = abs(current.q.base - prior.q.base) / prior.q.base * HUNDRED
    words = f"({as_printed(current.q.figure)} - {as_printed(prior.q.figure)}) ÷ {as_printed(prior.q.figure)}"
    holds = share.allowed.low <= value <= share.allowed.high
    large, small = max(value, share.stated), min(value, share.stated)
    if not holds and (large > small * _NEAR or (share.item is not None and share.item.hedged)):
        return None
    return _claim(share, value, [("current", current), ("base", prior)], words, holds=holds)


def _told_behind(passage: Passage, share: Share) -> tuple[Item, Item] | None:
    """发病率下降15%：2020年186.4例，2021年158.44例: the two figures behind a colon or in the bracket."""
    behind = [i for i in passage.items if share.end <= i.q.span.start and i.q.sentence == share.sentence]
    behind = [i for i in behind if not i.gap.endswith("每")][:_PAIR]  # 每10万人186.4例
    if len(behind) < _PAIR or passage.text[share.end : share.end + 1] not in ("：", "（") or not all(map(_usable, behind)):
        return None
    apart = re.search("[，。；）]", passage.text[share.end + 1 : behind[0].q.span.start])
    return None if apart or not _alike(behind[0], behind[1], None) else _in_time(passage, behind[0], behind[1])


def _in_turn(passage: Passage, share: Share) -> Claim | None:
    """2023年比2022年多25%，2024年又比2023年多18%，两年间累计增长47.5%: growths multiply."""
    told = [i for i in passage.items[: share.order] if i.percent and i.q.sentence == share.sentence and not i.hedged]
    steps = [i for i in told if _IN_TURN.search(passage.text, max(0, i.q.span.start - 14), i.q.span.start)]
    if len(steps) < _PAIR or len(steps) != len(told):
        return None
    value = Decimal(1)
    for step in steps:
        value *= 1 + step.q.base / HUNDRED
    value = (value - 1) * HUNDRED
    added = sum((i.q.base for i in steps), Decimal(0))
    holds = share.allowed.low <= value <= share.allowed.high
    if not holds and added != share.stated:
        return None
    words = " × ".join(f"(1 + {as_printed(i.q.figure)}%)" for i in steps) + " - 1"
    return _claim(share, value, [("step", i) for i in steps], words, holds=holds)


def _claim(share: Share, value: Decimal, others: Sequence[tuple[str, Item]], words: str, *, holds: bool) -> Claim:
    shown = f"{plain(round(value, 2))}%"
    return Claim(
        kind=ClaimKind.CHANGE,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=share.raw,
        computed=shown,
        operands=(
            operand(share.item, "stated") if share.item is not None else place(share.span, "stated"),
            *(operand(i, role) for role, i in others),
        ),
        difference=None if holds else f"{plain(abs(round(value - share.stated, 2)))}个百分点",
        formula=f"{words} = {shown}",
        confidence=SURE if holds else LIKELY,
        shape="worded",
        right=value,
    )
