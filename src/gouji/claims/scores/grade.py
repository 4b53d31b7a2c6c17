"""Grades against scores, and distributions of grades against the list of projects.

The scale that the document prints goes before the profile's (财预〔2020〕10号: 优 90, 良 80, 中 60). A grade that fails the
profile's scale but fits another scale in use (85/75/60) is doubtful, not wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.build import LIKELY, SURE, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.scores import distribution
from gouji.claims.scores.scale import GRADE_WORD, judge, own_bound, printed_scale
from gouji.claims.scores.told import is_points
from gouji.claims.sums.listing import NumberedList
from gouji.claims.vocabulary import Role
from gouji.facts.grades import GRADE_WORDS
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Grade, Span
from gouji.model.profile import Band
from gouji.model.quantity import HUNDRED, Dimension, plain
from gouji.model.text import Text

_TOTAL_SCORE = re.compile(r"总得分|总评分|总分|综合得分|综合评分|自评得分|自评总|最终得分|评价得分|自评分|得分|评分|总评")
_OVERALL = re.compile(
    r"总|综合|整体|部门|最终|本项目|本单位|我[局委办院会馆校]|自评(?:得分|等级|结果|等次)|绩效等[级次](?:确定|评定|认定|核定|判定)|评价(?:等级|结果|结论)"
)
_SURVEYED = re.compile(r"满意|测评|问卷|考试|答卷|复审|检查|抽查|巡查")
# Graded by the scale of the trade: 交工验收评分95.8分，质量等级为合格.
_TRADE_GRADE = re.compile(
    r"质量(?:等级|评定|评分|评为|鉴定|考核)|工程质量|验收|交工|竣工|鉴定|信用|资质|技术状况|水质|空气|体质|体能|量化|星级|达标等级|考核|考评|竞赛|测试|食品安全等级"
)
_ACCEPTED = re.compile("验收|初验|竣工|交工|检测|抽检|复检|鉴定")  # whose result is no grade of the report
_BEFORE = 30
_OF_THE_EVALUATION = re.compile(r"绩效|自评|评价(?:得分|等级|结果|结论|总分)|综合(?:得分|评分)|总(?:得分|评分|分)")
_RULED = re.compile(r"(?:须|应|需|要求|不低于|达到)[^，。；]{0,6}\d{2}(?:\.\d)?分[^，。；]*$")
_LOWERED = re.compile(
    r"[降提升调][^，。；]{0,4}[一二两]?个?(?:档|等级|等次|级)|一票否决|直接(?:评|定|认)|最高(?:只能|不超过|评)"
    r"|[仅只限][^，。；\d]{0,6}(?:前|排名)[^，。；]{0,8}(?:名|位|家|个)|名额|(?:优秀|优)[^，。；]{0,6}(?:比例|数量|个数|指标)[^，。；]{0,6}(?:不超|控制|限|不得超)|(?:比例|数量|名次|排名|位次)[^，。；]{0,4}(?:限制|所限)"
)
_BAND = re.compile(
    r"\d{2}(?:\.\d)?\s?分?(?:（[^）]{1,4}）)?(?:及?以[上下]|不[满足到]\s?\d{2,3}\s?分|(?:至|到|[-—~～])\s?\d{2,3}\s?分?)"
    r"(?:（[^）]{1,4}）)?的?(?:为|是|属于?|评为|定为|即为|就是)?[“‘]?$"
)
_LISTED = re.compile(rf"(?:分为|分成|设有?)(?:[“‘”’、和及或与]|{GRADE_WORDS})*$")
_NONE = re.compile(rf"(?:无|没有|未出现|未有|不存在)(?:[“‘”’、和及或与]|评为|等级为|等次为|(?:{GRADE_WORDS}))*$")


def find(
    scene: Scene, runs: Sequence[NumberedList], rows: Sequence[Decimal] = (), totals: Sequence[Item] = ()
) -> Iterator[Claim]:
    """Grades beside scores, distributions against listed scores and against the stated number of projects."""
    scale = printed_scale(scene)
    overall = list({i.q.base: i for i in totals}.values()) or _overall_scores(scene)
    for block, facts in zip(scene.document.blocks, scene.facts.blocks, strict=True):
        if not facts.grades or block.cells:
            continue
        passage = scene.by_block.get(block.index)
        distributed = [m.span() for m in distribution.DISTRIBUTED.finditer(facts.normal)]
        for grade in facts.grades:
            at = grade.span
            if scale is not None and scale[1].block == at.block and scale[1].start <= at.start < scale[1].end:
                continue
            if len(distributed) >= 2 and any(a <= at.start < b for a, b in distributed):
                continue
            listed = _in_order(passage, grade, facts.normal)
            if listed == []:
                continue
            score = _score_for(passage, grade, facts.normal, scale[1] if scale else None) if passage else None
            score = listed[0] if listed else score
            if _is_another(facts.normal, at):
                continue
            sentence = facts.normal[facts.normal.rfind("。", 0, at.start) + 1 : at.start]
            if _LOWERED.search(sentence):
                continue  # 按规定降一档
            bound = own_bound(sentence)
            if bound is not None:
                if score is not None:
                    yield from _by_bound(score, grade, bound)
                continue
            lead = facts.normal[max(0, at.start - 16) : at.start]
            accepted = _ACCEPTED.search(sentence[-_BEFORE:]) is not None and not _OF_THE_EVALUATION.search(sentence[-_BEFORE:])
            if score is None and not accepted and _OVERALL.search(lead):
                score = _told_elsewhere(scene, facts.normal, at, overall)
            score = score or _applied(passage, at, scale, overall)
            claim = _grade_claim(scene, score, grade) if score is not None else None
            if claim is not None:
                yield claim
    yield from distribution.find(scene, runs, rows)


_AND = r"(?:[”’]?\s*[、，和及与]\s*[“‘]?|[”’]\s*[“‘])"
_JOINT = re.compile(_AND)
_IN_ORDER = re.compile(
    rf"(?:分别|依次|各)(?:对应|评定|确定|认定)?(?:为|是|评为)?[“‘]?(?P<list>(?:{GRADE_WORDS})(?:{_AND}(?:{GRADE_WORDS}))+)"
)


def _in_order(passage: Passage | None, grade: Grade, text: str) -> list[Item] | None:
    """甲、乙得分分别为A和B，等级分别为优和中: the score that a grade of such a list is of; [] where the lists do not fit, None of no list."""
    told = next((m for m in _IN_ORDER.finditer(text) if m.start("list") <= grade.span.start < m.end("list")), None)
    if told is None:
        return None
    places = [m.start() for m in re.finditer(GRADE_WORDS, told["list"])]
    at, number = grade.span.start - told.start("list"), len(places)
    scores = [i for i in passage.items if is_points(i) and i.q.span.end <= told.start()] if passage else []
    run = scores[-number:]
    fits = len(run) == number and all(_JOINT.fullmatch(i.gap) for i in run[1:]) and not any(i.hedged for i in run)
    more = len(scores) > number and _JOINT.fullmatch(run[0].gap) is not None
    return [run[places.index(at)]] if fits and not more and at in places else []


_HALF = 50  # points below which a score is one indicator's
_SUBJECT = re.compile(
    r"(?P<name>[^，。；：\s]{2,24}?(?:项目|工程|专项|经费|资金|补助|行动|活动|计划)(?:资金|经费|工程)?)(?:的)?(?:绩效|自评|自我|评价|综合|最终|总体|整体|\s)"
)
_FIELDS = re.compile(r"(?:得分|评分|总分|分值)(?:（[^）]*）)?\s+\d")
_OWN_WORDS = re.compile(r"[本该此我其]|部门|单位|整体|各|所有|全部|以上|上述")


def _told_elsewhere(scene: Scene, text: str, at: Span, overall: Sequence[Item]) -> Item | None:
    """The score that a grade far from any is of: the one told of the project that it names, else the only total of the report."""
    if _FIELDS.search(text, 0, at.start):
        return None  # 自评得分	68.3	自评等级	中: a row whose own score was not read
    head = max(text.rfind(mark, 0, at.start) for mark in "，。；：\n")
    named = _SUBJECT.match(text, head + 1, at.start)
    if named is None or _OWN_WORDS.match(named["name"]):
        return overall[0] if len(overall) == 1 and overall[0].q.base >= _HALF else None
    own = {i.q.base: i for i in _overall_scores(scene) if named["name"] in scene.by_block[i.q.span.block].text}
    return next(iter(own.values())) if len(own) == 1 else None


_APPLIES = re.compile(
    r"(?!.*(?:部分|其他|同类))[”’）]?[，；。]?(?:故|因此|因而|据此|由此|对照后|按此|经对照)?[^，。；：\d]{0,12}(?:评定|评为|评作|确定|认定|等[级次]|结果|结论|属于?|列入?)"
    r"[^，。；：\d]{0,6}[“‘]?"
)
_EARLIER = re.compile(r"(?:上一?年度?|去年度?|前年|往年|以往)[^，。；：比较优高于]{0,14}$")
_SUMMED = re.compile(r"合计|综合|总|共|得分|自评|评分|计$|最终|实得")


def _applied(
    passage: Passage | None, at: Span, printed: tuple[tuple[Band, ...], Span] | None, overall: Sequence[Item]
) -> Item | None:
    """合计A分。按“90分以上为优、80分以上为良…”，评定为良: the grade right behind the scale is of the sum before it."""
    if passage is None or printed is None:
        return None
    scale = printed[1]
    if scale.block != at.block or not scale.end <= at.start or not _APPLIES.fullmatch(passage.text, scale.end, at.start):
        return None
    before = [i for i in passage.items if is_points(i) and i.q.span.end <= scale.start and i.role is not Role.WEIGHT]
    last = before[-1] if before and not before[-1].hedged else None
    if last is not None and _SUMMED.search(last.label + last.gap[-8:]):
        return last
    return overall[0] if len(overall) == 1 and not before else None


def _is_another(text: str, at: Span) -> bool:
    """Whether the words around a grade say that it is not the one given to the score before it."""
    if _EARLIER.search(text[max(0, at.start - 20) : at.start]):
        return True  # 上年该项目等级为良
    if _BAND.search(text, max(0, at.start - 24), at.start):
        return True  # 80分以上不满90分为“良”，90分以上为“优”: what a scale says
    if _NONE.search(text[max(0, at.start - 10) : at.start]):
        return True  # 无“中”“差”等次: grades that nobody got
    if re.match(
        r"[”’]?(?:等[级次]?|[级次档])?(?:及?以[上下]|的(?:有|是|\d|项目|单位|部门|[一二三四五六七八九十]))",
        text[at.end : at.end + 6],
    ):
        return True  # 等级为良的2个项目: other projects' grades
    if re.match(r"[”’]?(?:等?[级次])?(?:（含）)?(?:及其?)?以[上下]", text[at.end : at.end + 10]):
        return True  # 评为“中”及以下的项目压减10%
    if _LISTED.search(text[max(0, at.start - 24) : at.start]):
        return True  # 评价结果分为优、良、中、差四个等级
    return _RULED.search(text[max(0, at.start - 30) : at.start]) is not None  # 按“优须不低于92分”的规定评为良


def _by_bound(score: Item, grade: Grade, bound: Decimal) -> Iterator[Claim]:
    """达到90分的为优，故评为良: the sentence gives the best grade alone a bound, and the score reaches it, or does not."""
    best = score.q.base >= bound
    if best == (grade.rank == 0) or grade.rank > 1:
        return
    formula = f"{plain(score.q.base)}分 {'≥' if best else '<'} {plain(bound)}分"
    yield Claim(
        kind=ClaimKind.GRADE,
        verdict=Verdict.DISAGREES,
        stated=grade.raw,
        computed="优" if best else f"不足{plain(bound)}分",
        operands=(place(grade.span, "stated"), operand(score, "score")),
        formula=formula,
        confidence=LIKELY,
    )


def _overall_scores(scene: Scene) -> list[Item]:
    """The document's total scores, one for each value; more than one value leaves a distant grade unbound."""
    found: dict[Decimal, Item] = {}
    for passage in scene.passages:
        if (passage.block.marker is not None and passage.block.level is None) or Dimension.SCORE not in passage.dimensions:
            continue
        for item in passage.items:
            whole = re.search(r"总|综合|整体|部门|自评得分|自评评分|最终", item.label) or re.search(
                r"[总合累共]计", item.gap[-4:]
            )
            if item.q.dimension is Dimension.SCORE and whole and item.role is not Role.WEIGHT and not item.hedged:
                found.setdefault(item.q.base, item)
    return list(found.values())


_NEARLY = re.compile(r"\s?(?:十分|非常|很|较为)?(?:接近|相近|仅差|只差|相差)")  # 89.95分，因与90分十分接近


def _is_end(text: str, item: Item) -> bool:
    """80分至90分: the end of a band."""
    before, after = text[max(0, item.q.span.start - 4) : item.q.span.start], item.after
    return re.search(r"\d分?\s?(?:[~～—–-]+|至|到)\s?$", before) is not None or _RANGE.match(after) is not None


_IN_TURN = re.compile(r"(?:分别|依次|各)(?:自|项)?(?:为|是|得|评)?\s?$")
_RANGE = re.compile(r"\s?(?:（不?含）)?\s?(?:[~～—–-]+|至|到)\s?\d")


def _score_for(passage: Passage, grade: Grade, text: str, scale: Span | None) -> Item | None:
    scores = [
        i
        for i in passage.items
        if is_points(i)
        and i.role not in (Role.WEIGHT, Role.DEDUCTED)
        and i.q.base <= 100
        and not i.hedged
        and not _is_end(text, i)
        and not _NEARLY.match(i.after)
        and not (scale is not None and scale.block == i.q.span.block and scale.start <= i.q.span.start < scale.end)
    ]
    moved = [
        n
        for n, i in enumerate(scores)
        if n and re.fullmatch(r"(?:核定|调整|修正|核减|核增|复核|更正|变更)?[为到至]", i.gap.strip())
    ]
    if moved:  # 得分由A核定为B: the grade is of B
        scores = [i for n, i in enumerate(scores) if n + 1 not in moved]
    behind = [i for i in scores if 0 <= i.q.span.start - grade.span.end <= 12]
    if behind and re.match(
        r"[”’]?(?:这一|这个)?(?:等[级次]?|[级档])?[，（、：]?(?:其|该项目|项目|最终|实际|自评|综合|评价|绩效|对应的?|相应的?)*"
        r"(?:总?得分|得|总分|评分|分数|(?<=（)\d)",
        text[grade.span.end : grade.span.end + 14],
    ):
        return behind[0]
    before = [i for i in scores if i.q.span.end <= grade.span.start]
    if not before:
        return None
    between = text[before[-1].q.span.end : grade.span.start]
    if re.fullmatch(r"[（(](?:等级|等次)?(?:为|：)?[“‘]?", between):
        return before[-1]  # 2020年为89.40分（良）
    if "；" in between and GRADE_WORD.search(between):
        return None  # 甲得93分，等级为优；乙未开展，等级为差: the score is graded already
    sentence = text.count("。", 0, grade.span.start)
    same = [i for i in before if i.q.sentence == sentence]
    if same and "其中" in same[0].gap and not any(re.search(r"合计|总分|总得分", i.gap) for i in same):
        same = []  # the sentence only lists the parts of the score before it
    # the total comes first and its parts after it, so that of several scores the first is the one that is graded
    chosen = [i for i in same if _TOTAL_SCORE.search(i.label)] or same or [i for i in before if _TOTAL_SCORE.search(i.label)]
    if not chosen:
        return None
    full = [i for i in chosen if i.q.base == HUNDRED]
    if len(full) < len(chosen):
        chosen = [i for i in chosen if i not in full]  # 总分100分，自评94分
    whole = [
        i
        for i in (same or [i for i in before if i.q.sentence == chosen[0].q.sentence])
        if re.search(r"总|综合|整体|最终|合计|累计|共计?(?:得|为)?$", i.gap.rpartition("。")[2][-12:]) and i not in full
    ]
    if whole:
        return next((i for i in whole if re.search(r"总分$|总得分$", i.label)), whole[0])
    if _IN_TURN.search(chosen[-1].gap):
        return None  # 得分依次为8分、9.4分…: the first of a list is no score of the whole
    parts = any("其中" in i.gap for i in chosen[1:]) or chosen[0].q.sentence != sentence
    if len(chosen) >= 3 and abs(sum(i.q.base for i in chosen[1:]) - chosen[0].q.base) < 1:
        parts = True  # 91.8分：投入18.6分、过程9.2分…: the first is the sum of the others
    return chosen[0] if parts else chosen[-1]


def _grade_claim(scene: Scene, score: Item, grade: Grade) -> Claim | None:
    if score.q.base < 50 and not re.search(r"总|综合|自评|评价|最终", score.label):
        return None  # the score of one indicator
    if _SURVEYED.search(score.label) and not re.search(r"绩效|自评|评价", score.label):
        return None  # graded by a scale of its own
    if _has_own_scale(scene, score, grade):
        return None
    verdict, right, formula, confidence = judge(score.q.base, grade.raw, scene)
    if verdict is Verdict.UNDECIDABLE:
        return None
    return Claim(
        kind=ClaimKind.GRADE,
        verdict=verdict,
        stated=grade.raw,
        computed=right,
        operands=(place(grade.span, "stated"), operand(score, "score")),
        formula=formula,
        confidence=confidence,
        reason=Text("按另一种在用等级标准则相符", "fits another scale in use") if confidence < SURE else None,
    )


def _has_own_scale(scene: Scene, score: Item, grade: Grade) -> bool:
    """Whether the words of a score, or those between it and the grade, name something that a trade grades by its own scale."""
    at, words = score.q.span, score.label
    if at.block == grade.span.block and at.end <= grade.span.start:
        words += scene.facts.blocks[at.block].normal[at.end : grade.span.start]
    return _TRADE_GRADE.search(words) is not None and not _OF_THE_EVALUATION.search(words)
