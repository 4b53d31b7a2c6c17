"""Grades against scores, and distributions of grades against the list of projects.

The scale that the document prints goes before the profile's (财预〔2020〕10号: 优 90, 良 80, 中 60). A grade that fails the
profile's scale but fits another scale in use (85/75/60) is doubtful, not wrong.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import compare_value
from gouji.claims.build import LIKELY, SURE, claim_of, operand, place
from gouji.claims.listing import NumberedList
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import Role
from gouji.facts.grades import RANKS
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Grade, Span
from gouji.model.profile import Band
from gouji.model.quantity import HUNDRED, Dimension, plain, point
from gouji.model.text import Text
from gouji.text.numerals import parse_chinese

_WORD = r"优秀|优等|良好|良等|中等|一般|不合格|不及格|合格|及格|较差|差等|优|良|中|差"
_GRADE = re.compile(rf"(?:{_WORD})(?![化势质惠先越异育点期央国小心])")
_NUMBER = re.compile(
    r"(?<![\d.])(?:[4-9]\d|100|0)(?:\.\d+)?(?=\s?(?:分|[（≤<≥>~～至到—–-]))|(?<=[≥≤<>~～至到—–-])\s?(?:[4-9]\d|100)(?:\.\d+)?"
)
_BELOW = re.compile(r"以下|不足|低于|小于|不满|未达|[＜<]|下为")
_TOTAL_SCORE = re.compile(r"总得分|总评分|总分|综合得分|综合评分|自评得分|自评总|最终得分|评价得分|自评分|得分|评分|总评")
_OVERALL = re.compile(r"总|综合|整体|部门|最终|自评(?:得分|等级|结果|等次)|评价(?:等级|结果|结论)")
_RULED = re.compile(r"(?:须|应|需|要求|不低于|达到)[^，。；]{0,6}\d{2}(?:\.\d)?分[^，。；]*$")
_BEST = re.compile(
    r"(?P<n>\d{2}(?:\.\d)?|[五六七八九]十[一二三四五六七八九]?)分?[（(]?含?[）)]?(?:及|或)?以上[^。；\d]{0,8}?优"
    r"|优(?:秀|等)?[”’]?(?:等次|等级)?(?:的?标准)?(?:为|须|应|是|[（(])(?:不低于|达到?|≥|在)?\s?(?P<m>\d{2}(?:\.\d)?)(?=分)"
)
_NONE = re.compile(rf"(?:无|没有|未出现|未有|不存在)(?:[“‘”’、和及或与]|评为|等级为|等次为|(?:{_WORD}))*$")
_POINTS = re.compile(
    r"(?P<low>\d{2}(?:\.\d+)?)\s?分?(?:(?P<side>（含）以上|及以上|（含）及以上|以上|以下)|\s?[—–~～-]+\s?(?P<high>\d{2,3}(?:\.\d+)?)\s?分)的?(?:项目|子项|单位)?(?:有|共|为)?\s?(?P<n>\d+)\s?[个项家]"
)
_MEAN = re.compile(r"平均(?:得分|分|评分|成绩)(?:数|值)?为?$|均分为?$")
_DISTRIBUTED = re.compile(
    rf"(?P<n>\d+|[一二三四五六七八九十]+)\s?(?:个|项)(?!项目中|中)(?:[^，。；、）\d]{{0,16}}?)(?P<g>{_WORD})(?=[，。；、）”’]|的|等|级|$|档|评)"
    rf"|(?<!其)[“‘]?(?P<g2>{_WORD})[”’]?(?:等级|等次|等|级|档)?的?(?:项目)?(?:有|共|为|：|的有)?\s?(?P<n2>\d+|[一二三四五六七八九十]+)\s?(?:个|项)"
)
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


# ---- the scale ------------------------------------------------------------------------------------------------------------


def scale_in_force(scene: Scene) -> tuple[Band, ...]:
    """The scale that the document defines, else the profile's."""
    printed = printed_scale(scene)
    return printed[0] if printed else scene.profile.scale


def printed_scale(scene: Scene) -> tuple[tuple[Band, ...], Span] | None:
    """A scale printed in the document: at least three grade words with their bounds, falling; and where it stands."""
    if scene.scale is None:
        found = next((s for s in (_scale_of(p) for p in scene.passages) if s is not None), None)
        scene.scale = (found,)
    return scene.scale[0]


def _scale_of(passage: Passage) -> tuple[tuple[Band, ...], Span] | None:
    text = passage.text
    if sum(1 for i in passage.items if i.q.dimension in (Dimension.SCORE, Dimension.BARE)) < 3 and not re.search(
        r"[≥≤<>]", text
    ):
        return None
    for start, end in _windows(text):
        found = _bands(text[start:end])
        if found is not None:
            return found[0], Span(passage.block.index, start, start + found[1])
    return None


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and sentences joined in twos where a colon ends neither."""
    marks = [0, *(m.end() for m in re.finditer("。", text)), len(text)]
    for a, b in itertools.pairwise(marks):
        if b - a > 12:
            yield a, b


def _bands(sentence: str) -> tuple[tuple[Band, ...], int] | None:
    """The bands of a sentence and where the last of them ends."""
    words = list(_GRADE.finditer(sentence))
    numbers = [m for m in _NUMBER.finditer(sentence) if Decimal(m[0]) <= 100]
    if len(words) < 3 or len(numbers) < 3:
        return None
    last = 0
    by_rank: dict[int, tuple[Decimal, str]] = {}
    grade_first = words[0].start() < numbers[0].start() and words[-1].start() < numbers[-1].start()
    for n, word in enumerate(words):
        if grade_first:
            low_at = word.end()
            high_at = words[n + 1].start() if n + 1 < len(words) else len(sentence)
        else:
            low_at = words[n - 1].end() if n else 0
            high_at = word.start()
        inside = [m for m in numbers if low_at <= m.start() < high_at]
        if not inside:
            continue
        area = sentence[low_at:high_at]
        values = {Decimal(m[0]) for m in inside}
        low = min(values)
        if len(values) == 1 and (_BELOW.search(area) or re.search(r"以下|不足", sentence[high_at : high_at + 3])):
            low = Decimal(0)
        rank = RANKS[word[0]]
        if rank not in by_rank:
            by_rank[rank] = (low, word[0])
            last = high_at if grade_first else word.end()
    ranked = [by_rank[r] for r in sorted(by_rank)]
    lows = [low for low, _ in ranked]
    if len(ranked) < 3 or any(a <= b for a, b in itertools.pairwise(lows)) or lows[0] < 60:
        return None
    synonyms: dict[int, list[str]] = {}
    for name, rank in RANKS.items():
        synonyms.setdefault(rank, []).append(name)
    bands = []
    for rank in sorted(by_rank):
        low, name = by_rank[rank]
        bands.append(Band(low, (name, *(s for s in synonyms[rank] if s != name))))
    return tuple(bands), last


def band_of(score: Decimal, scale: Sequence[Band]) -> Band | None:
    """The band that a score falls into."""
    return next((b for b in scale if score >= b.low), None)


def judge(score: Decimal, word: str, scene: Scene) -> tuple[Verdict, str, str, float]:
    """(verdict, right grade, formula, confidence) of a grade word beside a score."""
    scale = scale_in_force(scene)
    band = band_of(score, scale)
    if band is None:
        return Verdict.UNDECIDABLE, "", "", 0.0
    formula = f"{plain(score)}分 ≥ {plain(band.low)}分为“{band.words[0]}”"
    if band.low == 0:
        above = scale[list(scale).index(band) - 1]
        formula = f"{plain(score)}分 < {plain(above.low)}分为“{band.words[0]}”"
    if word in band.words or RANKS.get(word) == RANKS.get(band.words[0]):
        return Verdict.AGREES, word, formula, SURE
    printed = printed_scale(scene) is not None
    if not printed and _own_rule(scene):
        return Verdict.UNDECIDABLE, "", "", 0.0
    doubtful = not printed and any((b := band_of(score, s)) is not None and word in b.words for s in scene.profile.other_scales)
    return Verdict.DISAGREES, band.words[0], formula, LIKELY if doubtful else SURE


def _own_rule(scene: Scene) -> bool:
    """Whether the document gives the best grade a bound of its own without printing a whole scale: 95分以上“优秀”."""
    best = scene.profile.scale[0].low
    for passage in scene.passages:
        for match in _BEST.finditer(passage.text) if "优" in passage.text else ():
            number = match["n"] or match["m"]
            value = Decimal(number) if number[0].isdigit() else Decimal(parse_chinese(number) or 0)
            if value > 50 and value != best:
                return True
    return False


# ---- grades in running text -----------------------------------------------------------------------------------------------


def find(scene: Scene, runs: Sequence[NumberedList], rows: Sequence[Decimal] = ()) -> Iterator[Claim]:
    """Grades beside scores, distributions against listed scores and against the stated number of projects."""
    scale = printed_scale(scene)
    overall = _overall_scores(scene)
    for block, facts in zip(scene.document.blocks, scene.facts.blocks, strict=True):
        if not facts.grades or block.cells:
            continue
        passage = scene.by_block.get(block.index)
        distributed = [m.span() for m in _DISTRIBUTED.finditer(facts.normal)]
        for grade in facts.grades:
            at = grade.span
            if scale is not None and scale[1].block == at.block and scale[1].start <= at.start < scale[1].end:
                continue
            if len(distributed) >= 2 and any(a <= at.start < b for a, b in distributed):
                continue
            score = _score_for(passage, grade, facts.normal, scale[1] if scale else None) if passage else None
            if _NONE.search(facts.normal[max(0, at.start - 10) : at.start]):
                continue  # 无“中”“差”等次: grades that nobody got
            if re.match(
                r"[”’]?(?:等级?|档)?的(?:有|\d|项目|单位|部门|[一二三四五六七八九十])", facts.normal[at.end : at.end + 6]
            ):
                continue  # 等级为良的2个项目: other projects' grades
            if _RULED.search(facts.normal[max(0, at.start - 30) : at.start]):
                continue  # 按“优须不低于92分”的规定评为良: a rule of its own
            if score is None and _OVERALL.search(facts.normal[max(0, at.start - 16) : at.start]) and len(overall) == 1:
                score = overall[0]
            if score is None:
                continue
            claim = _grade_claim(scene, score, grade)
            if claim is not None:
                yield claim
    yield from _distribution(scene, runs, rows)


def _overall_scores(scene: Scene) -> list[Item]:
    """The document's total scores, one for each value; more than one value leaves a distant grade unbound."""
    found: dict[Decimal, Item] = {}
    for passage in scene.passages:
        if passage.block.marker is not None and passage.block.level is None:
            continue
        for item in passage.items:
            whole = re.search(r"总|综合|整体|部门|自评得分|自评评分|最终", item.label) or re.search(
                r"[总合累共]计", item.gap[-4:]
            )
            if item.q.dimension is Dimension.SCORE and whole and item.role is not Role.WEIGHT and not item.hedged:
                found.setdefault(item.q.base, item)
    return list(found.values())


def _score_for(passage: Passage, grade: Grade, text: str, scale: Span | None) -> Item | None:
    scores = [
        i
        for i in passage.items
        if i.q.dimension is Dimension.SCORE
        and i.role not in (Role.WEIGHT, Role.DEDUCTED)
        and i.q.base <= 100
        and not i.hedged
        and not (scale is not None and scale.block == i.q.span.block and scale.start <= i.q.span.start < scale.end)
    ]
    behind = [i for i in scores if 0 <= i.q.span.start - grade.span.end <= 12]
    if behind and re.match(
        r"[”’]?(?:等?级?)?[，（、]?(?:自评|综合|评价)?(?:得分|得|评分|(?<=（)\d)", text[grade.span.end : grade.span.end + 10]
    ):
        return behind[0]
    before = [i for i in scores if i.q.span.end <= grade.span.start]
    if not before:
        return None
    between = text[before[-1].q.span.end : grade.span.start]
    if "；" in between and _GRADE.search(between):
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
    whole = [i for i in (same or chosen) if re.search(r"总|综合|整体|最终|合计", i.gap[-12:]) and i not in full]
    if whole:
        return whole[0]
    parts = any("其中" in i.gap for i in chosen[1:]) or chosen[0].q.sentence != sentence
    return chosen[0] if parts else chosen[-1]


def _grade_claim(scene: Scene, score: Item, grade: Grade) -> Claim | None:
    if score.q.base < 50 and not re.search(r"总|综合|自评|评价|最终", score.label):
        return None  # the score of one indicator
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


# ---- distributions ---------------------------------------------------------------------------------------------------------


def _distribution(scene: Scene, runs: Sequence[NumberedList], rows: Sequence[Decimal]) -> Iterator[Claim]:
    scored = (list(rows), 0) if len(rows) >= 3 else _scored_list(scene, runs)
    for passage in scene.passages:
        yield from _means(passage, scored)
        yield from _by_points(passage)
        for start, end in _windows(passage.text):
            parts = list(_DISTRIBUTED.finditer(passage.text, start, end))
            ranks = [RANKS[m["g"] or m["g2"]] for m in parts]
            if not parts or (len(set(ranks)) < len(ranks) and "；" in passage.text[parts[0].start() : parts[-1].end()]):
                continue  # 2022年优3个；2023年优5个: the projects of two years
            stated: dict[int, int] = {}
            for m, rank in zip(parts, ranks, strict=True):
                number = m["n"] or m["n2"]
                value = int(number) if number.isdigit() else _NUMERALS.get(number, 0)
                stated[rank] = stated.get(rank, 0) + value
            whole = scored is not None and not scored[1] and sum(stated.values()) == len(scored[0])
            if len(parts) < 2 and not whole:
                continue
            near = _scores_before(passage, parts[0].start())
            if near and min(near) >= 40 and abs(sum(stated.values()) - len(near)) <= 1:
                yield _distribution_claim(scene, passage, parts, stated, near, 0)
            elif scored is not None and "项目" in passage.text[start:end] and sum(stated.values()) >= len(scored[0]):
                yield _distribution_claim(scene, passage, parts, stated, *scored)
            else:
                yield from _against_number(passage, parts, stated)


def _means(passage: Passage, scored: tuple[list[Decimal], int] | None) -> Iterator[Claim]:
    """六个项目得分分别为…，平均得分94.17分: the mean of the scores listed before it, or of all listed projects."""
    for item in passage.items:
        if item.q.dimension is not Dimension.SCORE or item.hedged or not _MEAN.search(item.label):
            continue
        near = _scores_before(passage, item.q.span.start)
        scores = near or (scored[0] if scored is not None and not scored[1] and "项目" in passage.text else [])
        if len(scores) < 3:
            continue
        mean = sum(scores, Decimal(0)) / len(scores)
        formula = f"({' + '.join(plain(s) for s in scores)}) ÷ {len(scores)}"
        outcome = compare_value(item.q.figure, mean, point(mean), formula)
        if near or outcome.holds:  # the list of all projects may hold more than those that the mean is of
            yield claim_of(ClaimKind.AVERAGE, item, [], outcome, shape="scores")


def _by_points(passage: Passage) -> Iterator[Claim]:
    """得分：甲98分、乙81分、丙85分；其中90分以上1个: scores counted by their points instead of a grade."""
    for match in _POINTS.finditer(passage.text):
        scores = _scores_before(passage, match.start())
        low, high = Decimal(match["low"]), Decimal(match["high"]) if match["high"] else None
        if not scores:
            continue
        if match["side"] and match["side"].endswith("以上"):
            fits = sum(1 for s in scores if s >= low)
        elif match["side"]:
            fits = sum(1 for s in scores if s < low)
        elif high is not None:
            fits = sum(1 for s in scores if low <= s < high)
        else:
            continue
        said = int(match["n"])
        yield Claim(
            kind=ClaimKind.DISTRIBUTION,
            verdict=Verdict.AGREES if said == fits else Verdict.DISAGREES,
            stated=match[0],
            computed=f"{fits}个",
            operands=(place(Span(passage.block.index, match.start(), match.end()), "stated"),),
            difference=None if said == fits else f"{abs(said - fits)}个",
            formula="得分：" + "、".join(plain(s) for s in scores),
            shape="points",
        )


def _scores_before(passage: Passage, at: int) -> list[Decimal]:
    """得分依次为96分、94分、…: a list of at least three scores in the sentences before."""
    run: list[Item] = []
    for item in passage.items:
        if item.q.span.start >= at:
            break
        if item.q.dimension is not Dimension.SCORE or item.role is Role.WEIGHT:
            continue
        if run and item.q.mark == "、" and item.order - run[-1].order == 1:
            run.append(item)
        elif len(run) < 3:
            run = [item]
    return [i.q.base for i in run] if len(run) >= 3 else []


def _against_number(passage: Passage, parts: list[re.Match[str]], stated: dict[int, int]) -> Iterator[Claim]:
    """26个项目中，优19个、良5个、中3个: the grades may not count more projects than there are."""
    number = next(
        (
            i
            for i in reversed(passage.items)
            if i.q.span.end <= parts[0].start()
            and i.q.figure.unit.symbol in ("个", "项")
            and (re.search(r"项目|专项|指标", i.label[-8:] + i.q.noun[:4]) or re.search(r"共|全部|总", i.gap[-6:]))
            and i.q.span.block == passage.block.index
            and 0 <= passage.text.count("。", 0, parts[0].start()) - i.q.sentence <= 1
            and not any(m.start() <= i.q.span.start < m.end() for m in parts)
        ),
        None,
    )
    said = sum(stated.values())
    if number is None or number.hedged or said < 2:
        return
    whole = int(number.q.base)
    if said < whole and len(parts) < 3:
        return
    yield Claim(
        kind=ClaimKind.DISTRIBUTION,
        verdict=Verdict.AGREES if said == whole else Verdict.DISAGREES,
        stated="、".join(m[0] for m in parts),
        computed=f"{said}个",
        operands=(
            *(
                place(Span(passage.block.index, m.start(), m.end()), "stated" if n == 0 else "part")
                for n, m in enumerate(parts)
            ),
            operand(number, "number"),
        ),
        difference=None if said == whole else f"{abs(said - whole)}个",
        formula=" + ".join(str(n) for n in stated.values()) + f" = {said}，项目数{whole}",
        confidence=SURE if said > whole else LIKELY,
        shape="number",
    )


def _scored_list(scene: Scene, runs: Sequence[NumberedList]) -> tuple[list[Decimal], int] | None:
    """The scores of the listed projects and how many of them have none."""
    best: tuple[list[Decimal], int] | None = None
    for run in runs:
        scores = []
        for item in run.items:
            found = [
                i
                for b in item.blocks
                for i in (scene.by_block[b.index].items if b.index in scene.by_block else ())
                if i.q.dimension is Dimension.SCORE and i.role in (Role.SCORED, Role.PLAIN)
            ]
            if found:
                scores.append(found[-1].q.base)
        if len(scores) >= 2 and len(scores) * 2 > len(run.items) and (best is None or len(scores) > len(best[0])):
            best = (scores, len(run.items) - len(scores))
    return best


def _distribution_claim(
    scene: Scene, passage: Passage, parts: list[re.Match[str]], stated: dict[int, int], scores: list[Decimal], blanks: int
) -> Claim:
    scale = scale_in_force(scene)
    counted: dict[int, int] = {}
    for score in scores:
        band = band_of(score, scale)
        if band is not None:
            rank = RANKS.get(band.words[0], 3)
            counted[rank] = counted.get(rank, 0) + 1
    spare = sum(max(0, stated.get(r, 0) - counted.get(r, 0)) for r in set(stated) | set(counted))
    over = sum(max(0, counted.get(r, 0) - stated.get(r, 0)) for r in set(stated) | set(counted))
    agrees = over == 0 and spare <= blanks
    names = {RANKS[b.words[0]]: b.words[0] for b in scale if b.words[0] in RANKS}
    shown = "、".join(f"{n}个{names.get(r, '?')}" for r, n in sorted(counted.items()))
    if blanks:
        shown += f"，{blanks}个无得分"
    said = "、".join(f"{n}个{names.get(r, '?')}" for r, n in stated.items())
    return Claim(
        kind=ClaimKind.DISTRIBUTION,
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        stated=said,
        computed=shown,
        operands=tuple(
            place(Span(passage.block.index, m.start(), m.end()), "stated" if n == 0 else "part") for n, m in enumerate(parts)
        ),
        formula="得分：" + "、".join(plain(s) for s in scores),
    )
