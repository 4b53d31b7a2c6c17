"""Points that a sentence adds up in words: 实得分依次为18.5分、18.2分和31.6分，汇总得68.3分; 产出37.5分又由以下几块相加得来：…; …三项即为上面的27分.

Members are parted alike; the whole stands behind a word of summing, or before the list with 由, a colon or a bracket.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import compare_sum
from gouji.claims.build import LIKELY, claim_of, in_points, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, plain

_SUM = "汇总|合计|共计|总计|相加|加总|小计|累计|加起来|合起来|归总|总共"
_BEHIND = re.compile(
    rf"[，；。](?:[\u4e00-\u9fff]{{0,8}}?(?:{_SUM})|[两三四五六七八九]项|共)[\u4e00-\u9fff]{{0,3}}?(?:得|扣|为|是|计|失)?(?:分)?\s?$"
    r"|[，；](?:以上[\u4e00-\u9fff]{0,4})?(?:即为?|也即|就是|正好是|恰好是|恰为|正好为|合为)(?:上面|前述|前面|上述)?[\u4e00-\u9fff]{0,6}的?\s?$"
)
_BEFORE = re.compile(
    r"）?(?:，)?(?:又|则|即|是)?由[^。；：，\d]{0,14}?(?:相加|组成|构成|得来|汇总)?[^。；：，\d]{0,6}：?"
    r"|）?(?:下设|细分为|拆分为|分为|包括|含)?[^。；，：\d]{0,14}?：|）(?:下设|细分为|拆分为|分为|包括|由)[^。；，：\d]{0,10}"
)
_MADE = re.compile(r"[^。；，]{0,4}(?:相加|组成|构成|合成|得来|汇总|加总|得出)")
_WHOLE_BEHIND = re.compile(r"[^。；，\d]{0,6}(?:组成|构成|合成)，(?:满分|总分|合计|共|总计)[值计]?(?:为)?\s?$")
_OF_HUNDRED = re.compile(r"分，?(?:共同|一起)?(?:构成|组成)了?[^，。；\d]{0,14}(?:百分制|满分|总分)")
_PARTS = re.compile(r"其中|比|较|上年|去年|另|加分|附加|平均|每|各|不低于|以上|以下|目标值|其余|余下|全得")
_JOINED = re.compile(r"\s?(?:以及|[和及与])")
_FAR = Decimal("0.25")  # of the whole: what is further off is another sum
_LEAST = 3


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Every such sum whose whole no other claim has judged."""
    kinds = (ClaimKind.SCORE_TOTAL, ClaimKind.WEIGHT_TOTAL)
    sums = [c for c in claims if c.kind in kinds and c.verdict is not Verdict.UNDECIDABLE]
    known = {c.operands[0].span for c in sums}
    tied = {o.span for c in sums for o in c.operands[1:]}
    for passage in scene.telling("分"):
        if Dimension.SCORE not in passage.dimensions or len(passage.items) < _LEAST:
            continue
        for claim in _short_of(passage, known):
            known.add(claim.operands[0].span)
            yield claim
        for sentence in passage.sentences:
            points = [i for i in sentence if i.q.dimension is Dimension.SCORE]
            if len(points) < _LEAST:
                continue
            for whole, parts in (*_behind(passage, points), *_before(passage, points)):
                spans = {p.q.span for p in parts}
                if whole.q.span not in known and not spans & tied and not _leaves_one(points, whole, parts):
                    known.add(whole.q.span)
                    yield from _claim(whole, parts)
            yield from _hundred(passage, points, tied)


def _leaves_one(points: Sequence[Item], whole: Item, parts: Sequence[Item]) -> bool:
    """开课按180÷190×8分得7.58分，合格率…得9.91分，其他32分全得，小计49.49分: a figure of the sentence is what is missing."""
    missing = abs(whole.q.base - sum((p.q.base for p in parts), Decimal(0)))
    return any(i.q.base == missing for i in points if i is not whole and i not in parts)


_SO_MANY = re.compile("([两二三四五六七八九])[类项个块方]")


def _behind(passage: Passage, points: Sequence[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """The whole behind its members, and a word of summing between."""
    for n, whole in enumerate(points):
        if n < _LEAST - 1 or not (_BEHIND.search(whole.gap) or _WHOLE_BEHIND.fullmatch(whole.gap)):
            continue
        run = _run(points[:n][::-1], whole)[::-1]
        if run and whole.q.base < max(i.q.base for i in run):
            continue
        many = _SO_MANY.search(whole.gap)
        if many is not None and "零一二三四五六七八九".index(many[1].replace("两", "二")) > len(run):
            continue  # 投入18.1分；管理比投入多6.5分，为24.6分；绩效40.5分，三类合计83.2分
        if len(run) >= _LEAST - (whole.role is not Role.DEDUCTED) and not _spoilt(passage, run, whole):
            yield whole, run


def _before(passage: Passage, points: Sequence[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """The whole before its members: 由, a colon or a bracket leads on to them."""
    for n, whole in enumerate(points[:-2]):
        first = points[n + 1]
        if first.q.base >= whole.q.base:
            continue
        lead = passage.text[whole.q.span.end : first.q.label_start]
        if first.order != whole.order + 1 and re.search(r"\d", lead) and not re.search("[一二三四五六两]项", lead):
            continue
        if _BEFORE.fullmatch(lead) is None or not first.label or first.q.segment != whole.q.segment:
            continue
        run = _run(points[n + 1 :], None)
        ended = passage.text[run[-1].q.span.end : run[-1].q.span.end + 1]
        closed = "：" in lead or _MADE.match(passage.text, run[-1].q.span.end) is not None
        ends = ended in "，。；）" or _MADE.match(passage.text, run[-1].q.span.end) is not None
        if len(run) >= _LEAST and closed and ends and not _spoilt(passage, run, whole):
            yield whole, run


def _run(items: Sequence[Item], whole: Item | None) -> list[Item]:
    """Members parted alike from the first item on; backwards where the whole stands behind them."""
    run: list[Item] = []
    apart = ""
    for item in items:
        if run and abs(item.order - run[-1].order) != 1:
            break
        aside = whole is not None and item.q.depth == whole.q.depth + 1 and item.after.startswith("）")  # 投入指标（25分）、…
        if run and aside != run[0].after.startswith("）"):
            break
        if whole is not None and (
            not (aside or item.q.depth == whole.q.depth) or (item.role is Role.DEDUCTED) != (whole.role is Role.DEDUCTED)
        ):
            break
        joint = _mark(run[-1] if whole is not None else item) if run else "和"  # what parts the two
        if joint != "和":
            apart = apart or joint
            if joint != apart:
                break
        run.append(item)
    return run


def _mark(item: Item) -> str:
    return "和" if _JOINED.match(item.gap) else item.q.mark


def _spoilt(passage: Passage, run: Sequence[Item], whole: Item) -> bool:
    """Whether members are hedged, of mixed kinds, or told with words that make them no members."""
    mixed = len({i.role for i in run} - {Role.PLAIN}) > 1
    words = passage.text[run[0].q.label_start : run[-1].q.span.end]
    named = sum(1 for i in run if i.label) in (0, 1, len(run))
    return mixed or not named or whole.hedged or any(i.hedged for i in run) or _PARTS.search(words) is not None


def _claim(whole: Item, parts: Sequence[Item]) -> Iterator[Claim]:
    outcome = compare_sum(whole.q.figure, [p.q.figure for p in parts])
    right = outcome.right if outcome.right is not None else whole.q.base
    if not outcome.holds and abs(right - whole.q.base) > _FAR * max(right, whole.q.base):
        return
    weights = whole.role is Role.WEIGHT or (whole.q.base == HUNDRED and whole.role is not Role.SCORED)
    kind = ClaimKind.WEIGHT_TOTAL if weights else ClaimKind.SCORE_TOTAL
    yield claim_of(kind, whole, [("part", p) for p in parts], outcome, shape="plain", confidence=LIKELY)


def _hundred(passage: Passage, points: Sequence[Item], tied: set[Span]) -> Iterator[Claim]:
    """预算执行率15分、产出指标45分…，构成…的百分制评价体系: weights that must make a hundred."""
    for n, last in enumerate(points):
        found = _OF_HUNDRED.match(passage.text, last.q.span.end - 1)
        run = _run(points[: n + 1][::-1], last)[::-1] if found is not None else []
        if found is None or len(run) < _LEAST or {i.q.span for i in run} & tied or _spoilt(passage, run, last):
            continue
        value = sum((i.q.base for i in run), Decimal(0))
        agrees = value == HUNDRED
        yield Claim(
            kind=ClaimKind.WEIGHT_TOTAL,
            verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
            stated="100分",
            computed=f"{plain(value)}分",
            operands=(place(Span(passage.block.index, *found.span()), "stated"), *(operand(i, "weight") for i in run)),
            difference=None if agrees else f"{plain(abs(value - HUNDRED))}分",
            formula=" + ".join(plain(i.q.base) for i in run) + f" = {plain(value)}分",
            confidence=LIKELY,
            shape="hundred",
        )


_APART = re.compile(r"(?:与|比|较|距|离)[^，。；\d]{0,6}(?:满分|总分)[值]?\s?$")
_MISSED = re.compile(r"(?:相差|差|少|低|差了|少了)\s?$")
_IS = re.compile(r"，(?:即|也就是|因此|故|所以|最终|实际)*(?:自评|评价|综合|最终|实际)*(?:得分|总分|得|分数)(?:为|是)?\s?$")


def _short_of(passage: Passage, known: set[Span]) -> Iterator[Claim]:
    """与满分100分相差6.2分，即自评得分为93.8分."""
    for full, lost, score in zip(passage.items, passage.items[1:], passage.items[2:], strict=False):
        if any(i.q.dimension is not Dimension.SCORE or i.hedged for i in (full, lost, score)) or score.q.span in known:
            continue
        lead = passage.text[max(0, full.q.span.start - 14) : full.q.span.start]
        if not _APART.search(lead) or not _MISSED.search(lost.gap) or not _IS.fullmatch(score.gap):
            continue
        value = full.q.base - lost.q.base
        outcome = in_points(score.q, value, f"{plain(full.q.base)} - {plain(lost.q.base)} = {plain(value)}")
        yield claim_of(ClaimKind.SCORE_TOTAL, score, [("weight", full), ("deducted", lost)], outcome, shape="plain")
