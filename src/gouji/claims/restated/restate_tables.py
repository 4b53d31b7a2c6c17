"""The narrative against the tables: an amount of a row, the actual of an indicator, told once more in a sentence.

In official documents the tables come from the accounting system; the sentences around them are typed. The sentence is accused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.build import LIKELY
from gouji.claims.restated.fact import Stated, claim_between
from gouji.claims.restated.scope import PARTIAL, core_of
from gouji.claims.scene import Item, Scene
from gouji.claims.tables.facts import indicator_actuals
from gouji.claims.tables.grid import Kind, Section, is_indicators
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import Dimension

_FILLER = re.compile(r"数量|个数|人数|次数|面积|长度|规模|完成|情况|指标|工作|项目|数$")
_SHARED = 4  # characters that a name of the text and a name of the table must have in common


def rows(scene: Scene, sections: Sequence[Section]) -> Iterator[Stated]:
    """The amounts of the tables' rows under their row's name: what a sentence may restate with a slip of the pen."""
    del scene
    for section in sections:
        if is_indicators(section):
            continue
        for row in section.rows:
            if row.kind != Kind.NORMAL or len(row.label) < 3:
                continue
            for q in row.values.values():
                if q.dimension is Dimension.MONEY and q.base:
                    yield stated(q, row.label)


def stated(q: Quantity, label: str) -> Stated:
    """A figure of a table as one side of a restatement."""
    core = core_of(label)
    return Stated(Item(q, Role.PLAIN, 0, "", ""), label, core, None, listed=True)


def find(
    scene: Scene, facts: Sequence[Stated], sections: Sequence[Section], tied: set[Span], accused: set[Span]
) -> Iterator[Claim]:
    """What the text says of an indicator against the indicator's actual value."""
    named: dict[str, list[tuple[str, Quantity, Quantity | None]]] = {}
    for name, actual, target in indicator_actuals(scene, sections):
        core = _FILLER.sub("", name)
        if actual.dimension in (Dimension.COUNT, Dimension.MEASURE) and len(core) >= _SHARED:
            named.setdefault(actual.figure.unit.symbol, []).append((core, actual, target))
    if not named:
        return
    for fact in facts:
        q = fact.item.q
        candidates = named.get(q.figure.unit.symbol)
        if candidates is None or q.cell is not None or q.span in accused or PARTIAL.search(fact.item.label[-6:]):
            continue
        words = fact.item.label + q.noun[:8]
        for core, actual, target in candidates:
            if not _names(core, words):
                continue
            if q.base == actual.base or (target is not None and q.base == target.base):
                if q.base == actual.base:
                    yield _agreed(fact, actual)
                break
            if abs(q.base - actual.base) * 4 <= actual.base:
                accused.add(q.span)
                yield claim_between(stated(actual, core), fact, None, tied | {actual.span}, LIKELY, shape="table")
            break


def _names(core: str, words: str) -> bool:
    """Whether the words hold four characters in a row of the indicator's name."""
    return any(core[n : n + _SHARED] in words for n in range(len(core) - _SHARED + 1))


def _agreed(fact: Stated, actual: Quantity) -> Claim:
    q = fact.item.q
    return Claim(
        ClaimKind.RESTATEMENT,
        Verdict.AGREES,
        q.raw,
        actual.raw,
        (Operand("stated", q.span, q), Operand("restated", actual.span, actual)),
        formula=f"{q.raw} = {actual.raw}",
        shape="table",
    )
