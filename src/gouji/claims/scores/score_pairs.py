"""Full marks and scores printed as pairs in a sentence: 资金执行10/9.31，产出50/48，效益30/30，满意度10/10。总分97.31分.

A form flattened into one line: the full marks make 100, the scores the total, no score is above its full marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY, SURE, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, Dimension, plain
from gouji.model.record import record

_JOINTS = ("/", "／", "|", "｜", "—")
_PAIR = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,14}?)(?:指标|得分)?[：:\s]*[/／|｜—]?\s*(?P<w>\d{1,3}(?:\.\d{1,2})?)分?\s*[/／|｜—]+\s*(?P<s>\d{1,3}(?:\.\d{1,2})?)分?(?=[，；、。\s]|$)"
)
_JOINED = re.compile(r"\d分?\s*[/／|｜—]+\s*\d")  # in every pair, and found in a tenth of the time
_GAP = re.compile(r"[，；、\s]*")
_TOTAL = re.compile("合计|总分|总计|总得分|综合得分")
_LEAST = 3
_NEAR = Decimal(10)


@record(frozen=True, slots=True)
class _Pair:
    name: str
    weight: Decimal
    score: Decimal
    weight_at: Span
    score_at: Span


def find(scene: Scene) -> Iterator[Claim]:
    """Every run of pairs that is a score sheet by one of its two sums."""
    for passage in scene.telling(*_JOINTS):
        if len(_JOINED.findall(passage.text)) < _LEAST:
            continue
        run, end = _run(passage)
        if len(run) < _LEAST or len({p.name for p in run}) < len(run):
            continue
        yield from _judged(passage, run, end)


def _run(passage: Passage) -> tuple[list[_Pair], int]:
    """The first pairs of a paragraph that stand side by side, and where they end."""
    run: list[_Pair] = []
    end = 0
    for match in _PAIR.finditer(passage.text):
        if run and _GAP.fullmatch(passage.text, end, match.start()) is None:
            if len(run) >= _LEAST:
                break
            run = []
        index = passage.block.index
        spans = (Span(index, *match.span("w")), Span(index, *match.span("s")))
        run.append(_Pair(match["name"], Decimal(match["w"]), Decimal(match["s"]), *spans))
        end = match.end()
    return run, end


def _judged(passage: Passage, run: list[_Pair], end: int) -> Iterator[Claim]:
    last = run[-1] if _TOTAL.search(run[-1].name) and len(run) > _LEAST else None
    pairs = run[:-1] if last is not None else run
    weights, scores = sum((p.weight for p in pairs), Decimal(0)), sum((p.score for p in pairs), Decimal(0))
    total = _total(passage, end) if last is None else None
    stated = last.score if last is not None else total.q.base if total is not None else None
    tied = stated is not None and stated == scores
    if weights != HUNDRED and not (tied and abs(weights - HUNDRED) <= _NEAR):
        return
    full = place(last.weight_at, "stated") if last is not None else None
    parts = tuple(place(p.weight_at, "weight") for p in pairs)
    formula = " + ".join(plain(p.weight) for p in pairs) + f" = {plain(weights)}"
    operands = (full, *parts) if full is not None else parts
    yield _claim(ClaimKind.WEIGHT_TOTAL, "100分", HUNDRED, weights, operands, formula, SURE if tied else LIKELY)
    for pair in pairs:
        if pair.score > pair.weight:
            where = (place(pair.score_at, "stated"), place(pair.weight_at, "weight"))
            words = f"得分{plain(pair.score)} > 分值{plain(pair.weight)}"
            yield _claim(ClaimKind.INDICATOR_SCORE, f"{plain(pair.score)}分", pair.score, pair.weight, where, words, SURE)
    if stated is not None and abs(stated - scores) <= _NEAR:
        first = operand(total, "stated") if total is not None else place(run[-1].score_at, "stated")
        words = " + ".join(plain(p.score) for p in pairs) + f" = {plain(scores)}"
        operands = (first, *(place(p.score_at, "part") for p in pairs))
        sure = SURE if weights == HUNDRED else LIKELY
        yield _claim(ClaimKind.SCORE_TOTAL, f"{plain(stated)}分", stated, scores, operands, words, sure, total)


def _total(passage: Passage, end: int) -> Item | None:
    """The total right behind the pairs."""
    behind = next((i for i in passage.items if i.q.span.start >= end), None)
    if behind is None or behind.q.dimension is not Dimension.SCORE or behind.hedged or behind.role is Role.DEDUCTED:
        return None
    words = passage.text[end : behind.q.span.start]
    return behind if len(words) <= 12 and re.search("总|合计|共|得分|相加", words) else None


def _claim(
    kind: ClaimKind,
    stated: str,
    said: Decimal,
    right: Decimal,
    operands: tuple[Operand, ...],
    formula: str,
    confidence: float,
    total: Item | None = None,
) -> Claim:
    agrees = said == right
    return Claim(
        kind,
        Verdict.AGREES if agrees else Verdict.DISAGREES,
        total.q.raw if total is not None else stated,
        f"{plain(right)}分",
        operands,
        difference=None if agrees else f"{plain(abs(said - right))}分",
        formula=formula,
        cause=digit_cause(total.q.figure, right) if total is not None and not agrees else None,
        confidence=confidence,
        shape="pairs",
        right=right,
    )
