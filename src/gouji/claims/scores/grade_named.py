"""Grades by scales of any names that the report prints: 95分及以上为五星…，得87.2分，获评五星; 不到70分亮红灯，…68.4分，亮黄灯; 得分≥95为A….

Each clause of such a scale has a bound or two and a name; at least three of them, or two and what is left (其余为三等), fall in a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.build import LIKELY, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.scores.told import is_points
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import HUNDRED, plain
from gouji.model.record import record

_AT_LEAST = ("以上", "不低于", "≥", "—100", "-100", "~100", "～100", "至100", "到100")
_LESS = ("以下", "不足", "不到", "不满", "低于", "<", "＜", "其余", "其他")  # what the lowest band of a scale is told with
_NAME = r"(?P<name>[A-E](?![A-Za-z])级?|[\u4e00-\u9fff]{1,4})"
_NUMBER = r"\d{2,3}(?:\.\d+)?"
_CLAUSE = re.compile(
    rf"(?P<bounds>(?:[^，；。：、]{{0,10}}?(?:得分|总分|分数|成绩))?\s?(?:(?:{_NUMBER})\s?[≤<＜]|[≥>＞≤<＜]|不足|不到|低于|不满|未满|不低于|高于)?\s?[^，；。：\d]{{0,4}}{_NUMBER}[^，；。]{{0,16}}?"
    rf"(?:、\s?(?:不足|不满|低于)?\s?{_NUMBER}分?(?:以下)?)?)(?:的)?(?:即?为|亮|评为|定为|属于?|是|评定为|得|列为?|(?=不评))[“‘]?{_NAME}[”’]?(?=[，；。、）]|$)"
)
_VERBS = frozenset("为亮评属是得列定")  # one of these is in a clause
_TWO_DIGITS = re.compile(r"\d\d")
_FIRST = re.compile(rf"^[“‘]?{_NAME}[”’]?(?:为|须|应|：)?(?:不低于|≥|达到|在)\s?(?P<low>{_NUMBER})\s?分?(?:以上)?$")
_BRACKETED = re.compile(rf"(?:^|为|是)[“‘]?{_NAME}[”’]?（(?P<bounds>[^（）]*\d[^（）]*)）$")  # 优（90—100分）
_REST = re.compile(rf"^(?:其余|其他|余下)(?:的)?(?:均|都)?(?:为|是|定为|列为?|评为)[“‘]?{_NAME}[”’]?$")
_UNDER = re.compile(r"以下|不足|不到|低于|不满|未满|[<＜]")
_SCORE_VERBS = r"(?:获评|获得|评为|评作|评定为|评得|被评为|认定为|列为?|列入|定为|定级为|划为|确定为|亮|达到|属于?|等[次级级](?:评定|认定|确定|填报|写|定|核定)?为|等级|等次|档次为|为|评)"
_NEAR = re.compile(r"(?:因|由于)?与\s?\d+分[^，。；\d]{0,6}，")
_MOVED = re.compile(
    r"[降升提调下上][^，。；]{0,4}[一二两]?个?(?:档|等级|等次|级)|一票否决|名额|比例|排名|加分|减分|扣分|上年|去年|20\d\d年度?的?得分|复议"
)
_LONG = 24  # characters between a score and its grade


@record(frozen=True, slots=True)
class Scale:
    """The bands of a printed scale, falling, and where it stands."""

    bands: tuple[tuple[Decimal, str], ...]
    block: int
    start: int
    end: int

    def name_of(self, score: Decimal) -> str:
        return next((name for low, name in self.bands if score >= low), "")


def find(scene: Scene, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Every score beside a name of a printed scale, unless another claim has read the grade."""
    having = scene.wording.having
    blocks = sorted((having(*_AT_LEAST) & having(*_LESS) & having("为", "亮", "（")) | having("分起", "级不低于"))
    scales = [s for n in blocks if not scene.document.blocks[n].cells for s in _scales(n, scene.facts.blocks[n].normal)]
    if not scales:
        return
    known = {c.operands[0].span for c in claims if c.kind is ClaimKind.GRADE and c.verdict is not Verdict.UNDECIDABLE}
    names = sorted({name for s in scales for _, name in s.bands}, key=len, reverse=True)
    for passage in scene.passages:
        if not any(name in passage.text for name in names):
            continue
        for scores, at, name in _graded(passage, names, scales):
            span = Span(passage.block.index, at, at + len(name))
            if not any(k.block == span.block and k.start < span.end and span.start < k.end for k in known):
                yield from _claims(scores, span, name, scales)


def _scales(block: int, text: str) -> Iterator[Scale]:
    """The scales of a paragraph, each in one sentence."""
    start = 0
    for sentence in re.split("(?<=。)", text):
        end = start + len(sentence)
        if len(_TWO_DIGITS.findall(sentence)) < _LEAST - 1:
            start = end
            continue
        parts = list(re.finditer(r"[^，；。：、（）]+(?:（[^（）]*）[^，；。：、（）]*)*(?:、\s?\d[^，；。：、]*)?", sentence))
        bands: list[tuple[Decimal, str]] = []
        spans: list[tuple[int, int]] = []
        for part in parts:
            band = _band(part[0].strip())
            falls = band is not None and (not bands or (band[0] < bands[-1][0] and band[1] not in [n for _, n in bands]))
            if band is not None and falls:
                bands.append(band)
                spans.append(part.span())
            elif bands and len(bands) < _LEAST:
                bands, spans = [], []
        if len(bands) >= _LEAST and bands[0][0] <= HUNDRED and bands[0][0] >= HUNDRED / 2:
            yield Scale(tuple(bands), block, start + spans[0][0], start + spans[-1][1])
        start = end


_LEAST = 3  # bands of a scale


def _band(clause: str) -> tuple[Decimal, str] | None:
    rest = _REST.match(clause)
    if rest is not None:
        return Decimal(0), rest["name"]
    if not _TWO_DIGITS.search(clause):
        return None
    inside = _BRACKETED.search(clause)
    if inside is not None:
        values = [Decimal(n) for n in re.findall(_NUMBER, inside["bounds"])]
        under = len(values) == 1 and _UNDER.search(inside["bounds"]) is not None
        return (Decimal(0) if under else min(values), inside["name"]) if values else None
    first = _FIRST.match(clause)
    if first is not None:
        return Decimal(first["low"]), first["name"]
    match = None if _VERBS.isdisjoint(clause) else _CLAUSE.search(clause)
    if match is None or match.end() != len(clause):
        return None
    values = [Decimal(n) for n in re.findall(_NUMBER, match["bounds"])]
    under = len(values) == 1 and _UNDER.search(match["bounds"].replace("不低于", "")) is not None
    return Decimal(0) if under else min(values), match["name"].lstrip("亮")


def _graded(passage: Passage, names: Sequence[str], scales: Sequence[Scale]) -> Iterator[tuple[list[Item], int, str]]:
    """Scores with the name that the words behind them give: one score, or all of a list (三家全部达到优级)."""
    items = [i for i in passage.items if is_points(i) and i.q.base <= HUNDRED and not i.hedged]
    items = [i for i in items if i.role not in (Role.WEIGHT, Role.DEDUCTED) and not _in_scale(passage, i, scales)]
    for n, item in enumerate(items):
        stop = min([at for mark in "。；" if (at := passage.text.find(mark, item.q.span.end)) >= 0], default=len(passage.text))
        behind = passage.text[item.q.span.end : stop]
        near = _NEAR.search(behind)
        skip = near.end() if near is not None and near.start() <= 1 else 0
        told = _name_behind(behind, skip, names)
        sentence = passage.text[passage.text.rfind("。", 0, item.q.span.start) + 1 : stop]
        if told is None or _MOVED.search(sentence):
            continue
        at, name, filler = told
        yield (_listed(items, n) if _ALL_OF.search(filler) else [item]), item.q.span.end + at, name


def _name_behind(behind: str, skip: int, names: Sequence[str]) -> tuple[int, str, str] | None:
    """Where the words behind a score give it a name, the name, and the words between."""
    for verb in _VERB.finditer(behind, skip, skip + _LONG):
        filler = behind[skip : verb.start()]
        if re.search(r"\d", filler) or not _FILLER.fullmatch(filler):
            continue
        name = next((w for w in names if behind.startswith(w, verb.end())), None)
        if name is not None and _CLOSED.match(behind, verb.end() + len(name)):
            return verb.end(), name, filler + verb[0]
    return None


_VERB = re.compile(rf"{_SCORE_VERBS}[“‘]?")
_FILLER = re.compile(  # nothing that another thing's grade could be told of
    r"(?:[^，]*，)?(?:的[\u4e00-\u9fff]{1,8}?[也仍均]?|[据按因故由经评考自最综绩结对该其本均全都被可也仍照等两三四五六七八九][\u4e00-\u9fff]{0,8}|[\u4e00-\u9fff]{0,2})?"
)
_CLOSED = re.compile(r"[”’]?(?:等级?|级|档)?(?=[，。；、）”’]|$)")
_ALL_OF = re.compile(r"均|全部|都")


def _listed(items: Sequence[Item], n: int) -> list[Item]:
    run = [items[n]]
    for before, item in zip(reversed(items[:n]), reversed(items[: n + 1]), strict=False):
        if item.order - before.order != 1 or not re.match(r"\s?[、和及与]", item.gap):
            break
        run.insert(0, before)
    return run


def _in_scale(passage: Passage, item: Item, scales: Sequence[Scale]) -> bool:
    return any(s.block == passage.block.index and s.start <= item.q.span.start < s.end for s in scales)


def _claims(scores: Sequence[Item], span: Span, name: str, scales: Sequence[Scale]) -> Iterator[Claim]:
    """A grade against every scale that has its name: it fails where it fits none of them."""
    fitting = [s for s in scales if name in [n for _, n in s.bands]]
    for score in scores:
        told = [s.name_of(score.q.base) for s in fitting]
        bound = any(score.q.base == low for s in fitting for low, _ in s.bands)
        agrees = name in told
        if not told or (not agrees and (bound or len(set(told)) > 1)):
            continue
        scale = fitting[0]
        low = next((low for low, n in scale.bands if n == told[0]), Decimal(0))
        yield Claim(
            kind=ClaimKind.GRADE,
            verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
            stated=name,
            computed=name if agrees else told[0],
            operands=(place(span, "stated"), operand(score, "score")),
            formula=f"{plain(score.q.base)}分 ≥ {plain(low)}分为“{told[0]}”"
            if low
            else f"{plain(score.q.base)}分为“{told[0]}”",
            confidence=LIKELY,
            shape="named",
        )
