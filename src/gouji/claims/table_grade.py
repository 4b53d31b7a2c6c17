"""Grades beside scores in a table: each row's grade by the scale in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.claims.build import SURE, operand, place
from gouji.claims.grade import judge
from gouji.claims.scene import Scene
from gouji.claims.table_build import hedged
from gouji.claims.table_grid import Column, Line, Section, Sort
from gouji.facts.grades import RANKS
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import HUNDRED
from gouji.model.text import Text

_WORD = re.compile(rf"({'|'.join(sorted(RANKS, key=len, reverse=True))})[级等档]?[”’\s]*$")


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
