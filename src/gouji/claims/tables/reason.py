"""What the rows of a form owe the reader: the reason of a deduction, a score, an actual of their own.

财预〔2020〕10号: every deviation is explained, with the measures taken; every indicator is scored by its actual value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.build import LIKELY, SURE, operand, place
from gouji.claims.scene import Scene
from gouji.claims.tables.build import hedged
from gouji.claims.tables.execution_score import EXECUTION
from gouji.claims.tables.facts import indicator_name
from gouji.claims.tables.goal import Goal, goal_of
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort, is_indicators, leaf_weight
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.document import BlockKind
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, plain
from gouji.model.text import Text

_REASON_HEAD = re.compile(r"原因|措施|扣分")  # 备注 alone asks for nothing
_NOTHING = re.compile(r"[—–\-/无]*")
_CAUSE = re.compile(r"原因|由于|因|受.{1,8}影响|扣\d|扣分|导致")
_BOUND = re.compile(r"(?:≥|>=|>|≤|<=|<)\d[\d,.]*\D{0,6}")
_BOUND_WORDS = re.compile(r"(?:不低于|不少于|不超过|不高于)\d[\d,.]*\D{0,6}|\d[\d,.]*[^\d以]{0,6}(?:以上|以内|以下)")
_FAR_ABOVE = Decimal("1.3")  # where the profile gives no bound
_NAME = 4  # characters of an indicator's name by which a sentence speaks of it


def find(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """Deductions without a reason, blank scores, actuals that copy the target, targets far exceeded without a word."""
    for section in sections:
        weight, score = leaf_weight(section), section.first(Sort.SCORE)
        if score is None and section.of(Sort.LEVEL):
            yield from _missed(scene, section)
        if weight is None or score is None or not is_indicators(section):
            continue
        rows = [r for r in section.rows if r.kind == Kind.NORMAL and weight.index in r.values and not EXECUTION.match(r.label)]
        for at, row in enumerate(rows):
            w, s = row.values[weight.index], row.values.get(score.index)
            goal = goal_of(section, row)
            if s is not None and not hedged(w, s):
                before = rows[at - 1] if at else None
                heads = _heads_others(section, row, rows[at + 1 : at + 2])
                if s.base < w.base and not heads and not earned(scene, goal) and unexplained(scene, section, row, before):
                    yield _deduction(s, w)
                elif s.base == w.base and goal is not None and _far(scene, goal) and unexplained(scene, section, row):
                    yield _far_above(s, goal)
            claim = _quality(scene, section, row, w, s) if s is not None else None
            if claim is not None:
                yield claim
        yield from _blank_scores(section, rows, weight, score)
        yield from _copied(section, rows)


def earned(scene: Scene, goal: Goal | None) -> bool:
    """Whether the full weight is due: the target is plainly met, and not by so much that points may be taken off for it."""
    if goal is None or not goal.met or not goal.sure or not (goal.direction or goal.said):
        return False
    return goal.ratio < (scene.profile.over_achievement or _FAR_ABOVE)


def reason_columns(section: Section) -> list[Column]:
    """The columns in which a deviation is to be explained: by their name, or because a row that lost points explains itself there."""
    return [c for c in section.of(Sort.REASON) if _REASON_HEAD.search(c.name) or _explains(section, c)]


def _heads_others(section: Section, row: Line, following: Sequence[Line]) -> bool:
    """Whether a row has neither a goal nor what came of it and the one below has: a first level with the sums of its indicators."""
    goals = section.of(Sort.TARGET, Sort.ACTUAL)
    return bool(goals and following) and all(bool(r.texts.get(c.index)) != (r is row) for r in (row, *following) for c in goals)


def _explains(section: Section, column: Column) -> bool:
    weight, score = leaf_weight(section), section.first(Sort.SCORE)
    if weight is None or score is None:
        return False
    for row in section.rows:
        w, s = row.values.get(weight.index), row.values.get(score.index)
        if w is not None and s is not None and s.base < w.base and not _NOTHING.fullmatch(row.texts.get(column.index, "")):
            return row.kind == Kind.NORMAL
    return False


# ---- deductions -----------------------------------------------------------------------------------------------------------------


def unexplained(scene: Scene, section: Section, row: Line, before: Line | None = None, *, due: bool = False) -> bool:
    """Whether the form asks for reasons, this row gives none, and no sentence of the document speaks of it either.

    `due`: the full weight is due by the rules, so that a deduction needs a word even where there is a column 备注 only.
    """
    columns = section.of(Sort.REASON) if due else reason_columns(section)
    if not columns or any(not _NOTHING.fullmatch(row.texts.get(c.index, "")) for c in columns):
        return False
    merged = (
        scene.document.format == "txt"
        and before is not None
        and any(not _NOTHING.fullmatch(before.texts.get(c.index, "")) for c in columns)
    )
    return not merged and not _told_elsewhere(scene, indicator_name(section, row))


def _told_elsewhere(scene: Scene, name: str) -> bool:
    """Whether running text explains: four characters of the indicator's name and a word of cause in one block."""
    parts = [name[n : n + _NAME] for n in range(max(1, len(name) - _NAME + 1))] if name else []
    for block, found in zip(scene.document.blocks, scene.facts.blocks, strict=True):
        if block.kind is not BlockKind.ROW and _CAUSE.search(found.normal) and any(p in found.normal for p in parts):
            return True
    return False


def _deduction(score: Quantity, weight: Quantity) -> Claim:
    lost = plain(weight.base - score.base)
    return _claim(
        "unexplained",
        Verdict.DISAGREES,
        score.raw,
        (operand(score, "stated"), operand(weight, "weight")),
        Text(f"扣{lost}分，未填写原因", f"{lost} points lost, no reason given"),
        f"分值{plain(weight.base)}，得分{plain(score.base)}，偏差原因一栏为空",
    )


_MISS_HEAD = re.compile("未完成原因|偏差原因|未达标?原因")


def _missed(scene: Scene, section: Section) -> Iterator[Claim]:
    """A form that scores nothing but asks why targets were missed (转移支付自评表): a missed target without a word."""
    if not any(_MISS_HEAD.search(c.name) for c in section.of(Sort.REASON)):
        return
    for row in section.rows:
        goal = goal_of(section, row) if row.kind == Kind.NORMAL else None
        if goal is None or goal.met or not goal.sure or not goal.direction or not unexplained(scene, section, row):
            continue
        places = tuple(place(span, "stated" if role == "actual" else role) for role, span in reversed(goal.places))
        if len(places) == 2:
            said = Text("未达到指标值，未填写原因", "the target is missed, no reason given")
            column = section.first(Sort.ACTUAL)
            words = row.texts.get(column.index, "") if column is not None else ""
            yield _claim("unexplained", Verdict.DISAGREES, words, places, said, f"{goal.words}，原因一栏为空")


# ---- qualitative indicators -----------------------------------------------------------------------------------------------------


def _quality(scene: Scene, section: Section, row: Line, weight: Quantity, score: Quantity) -> Claim | None:
    """An actual in the very words of a band (部分达成) against the share of the weight that the band may score."""
    actual = section.first(Sort.ACTUAL)
    words = row.texts.get(actual.index, "").rstrip("。") if actual is not None else ""
    bands = scene.profile.qualitative
    at = next((n for n, b in enumerate(bands) if words in b.words), None)
    if at is None or actual is None or not weight.base or hedged(weight, score):
        return None
    share = score.base / weight.base * HUNDRED
    low, high = bands[at].low, bands[at - 1].low if at else HUNDRED
    if low <= share <= high:
        return None
    places: tuple[Operand, ...] = (operand(score, "stated"), operand(weight, "weight"))
    if actual.index in row.spans:
        places = (*places, place(row.spans[actual.index], "actual"))
    said = Text(
        f"“{words}”一档得分为分值的{plain(low)}%至{plain(high)}%",
        f"“{words}” scores {plain(low)} to {plain(high)} % of the weight",
    )
    formula = f"{plain(score.base)} ÷ {plain(weight.base)} = {plain(share.quantize(Decimal('0.1')))}%"
    return _claim("band", Verdict.DISAGREES, score.raw, places, said, formula)


# ---- far above ------------------------------------------------------------------------------------------------------------------


def _far(scene: Scene, goal: Goal) -> bool:
    bound = scene.profile.over_achievement
    return bound is not None and goal.direction > 0 and goal.met and goal.target > 0 and goal.ratio > bound


def _far_above(score: Quantity, goal: Goal) -> Claim:
    share = plain((goal.ratio * 100).quantize(Decimal("0.1")))
    return _claim(
        "far_above",
        Verdict.UNDECIDABLE,
        score.raw,
        (operand(score, "stated"), *(place(s, r) for r, s in goal.places)),
        Text(f"完成目标的{share}%，未说明原因", f"{share}% of the target, not explained"),
        f"{goal.words}：{share}%",
    )


# ---- blanks and copies ----------------------------------------------------------------------------------------------------------


def _blank_scores(section: Section, rows: Sequence[Line], weight: Column, score: Column) -> Iterator[Claim]:
    """Rows with a weight of their own and an empty score, where at least three rows in four are scored."""
    blank = [
        r
        for r in rows
        if score.index in r.spans
        and not r.texts.get(score.index)
        and r.values[weight.index].base
        and indicator_name(section, r)
    ]
    scored = sum(1 for r in rows if score.index in r.values)
    if scored < 3 or scored < 3 * len(blank):
        return
    for row in blank:
        q = row.values[weight.index]
        name = indicator_name(section, row)[:30]
        said = Text(f"“{name}”一行没有填写得分", f"the row “{name}” has no score")
        yield _claim(
            "blank", Verdict.UNDECIDABLE, "", (operand(q, "weight"),), said, f"分值{plain(q.base)}，得分为空", missing=True
        )


def _copied(section: Section, rows: Sequence[Line]) -> Iterator[Claim]:
    """实际完成值 that says ≥95% like its target: a bound, where the figure reached is due."""
    target, actual = section.first(Sort.TARGET), section.first(Sort.ACTUAL)
    if target is None or actual is None:
        return
    for row in rows:
        words = row.texts.get(actual.index, "")
        if not words or words != row.texts.get(target.index) or actual.index not in row.spans:
            continue
        if _BOUND.fullmatch(words) or _BOUND_WORDS.fullmatch(words):
            said = Text("照抄指标值，没有实际完成的数字", "copies the target, gives no figure reached")
            places = [place(row.spans[c.index], r) for c, r in ((actual, "stated"), (target, "target")) if c.index in row.spans]
            sure = SURE if _BOUND.fullmatch(words) else LIKELY
            yield _claim("copied", Verdict.UNDECIDABLE, words, tuple(places), said, f"指标值{words}，实际完成值{words}", sure)


def _claim(
    shape: str,
    verdict: Verdict,
    stated: str,
    operands: tuple[Operand, ...],
    reason: Text,
    formula: str,
    confidence: float = LIKELY,
    *,
    missing: bool = False,
) -> Claim:
    return Claim(
        ClaimKind.INDICATOR_SCORE,
        verdict,
        stated,
        None,
        operands,
        formula=formula,
        reason=reason,
        confidence=confidence,
        shape=shape,
        missing=missing,
    )
