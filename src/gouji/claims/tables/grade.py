"""Grades in a table by the scale in force: in a column beside scores, and of a form's total score (自评等级 | 优)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.build import SURE, operand, place
from gouji.claims.scene import Scene
from gouji.claims.scores.scale import judge
from gouji.claims.tables.build import hedged
from gouji.claims.tables.grid import Column, Kind, Line, Section, Sort
from gouji.claims.tables.words import squeeze
from gouji.facts.grades import RANKS
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import HUNDRED
from gouji.model.text import Text

_NAMES = "|".join(sorted(RANKS, key=len, reverse=True))
_WORD = re.compile(rf"({_NAMES})[级等档]?[”’\s]*$")
_LABEL = r"(?:本?单?位?(?:绩效|综合|总体|整体|最终)?(?:自评|评价|评定|考核)?(?:总体)?)(?:等级|等次|结果|结论|评级|档次)"
_GRADE_LABEL = re.compile(rf"{_LABEL}：?")
_GRADE_CELL = re.compile(rf"{_LABEL}(?:：|为)[“‘]?(?P<word>{_NAMES})[级等档]?[”’]?")
_SCORE_LABEL = re.compile(r"(?:绩效|综合|总体|整体|最终)?(?:自评|评价)?(?:总?得分|总分|评分)：?")


def find(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """The grade of every row whose score is out of 100."""
    for section in sections:
        for grade in section.of(Sort.GRADE):
            score = _score_column(section, grade)
            if score is None:
                continue
            for row in section.rows:
                found = _grade(scene, row, grade)
                q = row.values.get(score.index)
                if found is not None and q is not None and not hedged(q) and q.base <= HUNDRED and _full(section, row):
                    claim = _claim(scene, q, *found)
                    if claim is not None:
                        yield claim
    yield from _overall(scene, sections)


# ---- the grade of a form's total ------------------------------------------------------------------------------------------------


def _overall(scene: Scene, sections: Sequence[Section]) -> Iterator[Claim]:
    """The grade that a form names in a cell of its own, against the score in its row or the form's total score."""
    totals: dict[int, list[Quantity]] = {}
    for section in sections:
        q = total_score(section)
        if q is not None:
            totals.setdefault(section.table.index, []).append(q)
    for table in scene.document.tables:
        whole = {q.base: q for q in totals.get(table.index, ())}
        for index in table.rows:
            found = _named_grade(scene, index)
            if found is None:
                continue
            score = _named_score(scene, index) or (next(iter(whole.values())) if len(whole) == 1 else None)
            claim = _claim(scene, score, *found) if score is not None else None
            if claim is not None:
                yield claim


def total_score(section: Section) -> Quantity | None:
    """The score out of 100 in the section's total row."""
    score = section.first(Sort.SCORE)
    weights = section.of(Sort.WEIGHT)
    if score is None or not (weights or section.of(Sort.LEVEL)):
        return None
    for row in section.rows:
        q = row.values.get(score.index)
        if row.kind == Kind.TOTAL and q is not None and not hedged(q) and q.base <= HUNDRED:
            full = [row.values[c.index] for c in weights if c.index in row.values]
            return q if all(w.base == HUNDRED for w in full) else None
    return None


def _named_grade(scene: Scene, index: int) -> tuple[Span, str] | None:
    """自评等级 | 优, or 自评等级：优 in one cell."""
    text = scene.facts.blocks[index].normal
    named = False
    for cell in scene.document.blocks[index].cells:
        words = squeeze(text[cell.start : cell.end])
        if not words:
            continue
        own = _GRADE_CELL.fullmatch(words)
        match = _WORD.search(text[cell.start : cell.end]) if named or own is not None else None
        if match is not None and (own is not None or not text[cell.start : cell.start + match.start()].strip(" “‘")):
            return Span(index, cell.start + match.start(1), cell.start + match.end(1)), match[1]
        named = _GRADE_LABEL.fullmatch(words) is not None
    return None


def _named_score(scene: Scene, index: int) -> Quantity | None:
    """自评得分 | 89.79 in the row of the grade."""
    text = scene.facts.blocks[index].normal
    named, full = False, None
    for ordinal, cell in enumerate(scene.document.blocks[index].cells):
        words = squeeze(text[cell.start : cell.end])
        if not words:
            continue
        if named:
            found = [q for q in scene.facts.blocks[index].quantities if q.cell == ordinal]
            alone = len(found) == 1 and squeeze(found[0].raw) == words and not hedged(found[0])
            if not (alone and HUNDRED / 2 <= found[0].base <= HUNDRED):
                return None
            if found[0].base < HUNDRED:
                return found[0]
            full = found[0]  # 总分 | 100 | 自评得分 | 85
        named = _SCORE_LABEL.fullmatch(words) is not None
    return full


# ---- grades in a column ---------------------------------------------------------------------------------------------------------


def _score_column(section: Section, grade: Column) -> Column | None:
    """The score nearest before the grade, else nearest after it."""
    return min(section.of(Sort.SCORE), key=lambda c: (c.index > grade.index, abs(c.index - grade.index)), default=None)


def _full(section: Section, row: Line) -> bool:
    """Whether the row's score is out of 100: no weight beside it, or 100, and no indicator's target."""
    weights = [row.values[c.index] for c in section.of(Sort.WEIGHT) if c.index in row.values]
    return all(w.base == HUNDRED for w in weights) and not any(row.texts.get(c.index) for c in section.of(Sort.TARGET))


def _grade(scene: Scene, row: Line, grade: Column) -> tuple[Span, str] | None:
    """The grade word of a row and where it stands."""
    cell = row.spans.get(grade.index)
    if cell is None:
        return None
    match = _WORD.search(scene.facts.blocks[row.block].normal[cell.start : cell.end])
    return (Span(row.block, cell.start + match.start(1), cell.start + match.end(1)), match[1]) if match else None


def _claim(scene: Scene, score: Quantity, span: Span, word: str) -> Claim | None:
    verdict, right, formula, confidence = judge(score.base, word, scene)
    if verdict is Verdict.UNDECIDABLE:
        return None
    return Claim(
        kind=ClaimKind.GRADE,
        verdict=verdict,
        stated=word,
        computed=right,
        operands=(place(span, "stated"), operand(score, "score")),
        formula=formula,
        confidence=confidence,
        reason=Text("按另一种在用等级标准则相符", "fits another scale in use") if confidence < SURE else None,
        shape="row",
    )
