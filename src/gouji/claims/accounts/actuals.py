"""What a report claims of its projects against what was really paid: the bureau's own ledger of payments.

Projects are matched by name. A match below the bound is never used and never passed over: it is named with its score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import LIKELY, SURE
from gouji.claims.submission.across import same_unit
from gouji.claims.submission.brief_text import core
from gouji.claims.tables.words import squeeze
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span
from gouji.model.package import Crossing, Member, Said
from gouji.model.quantity import HUNDRED, Figure, plain, show
from gouji.model.record import record
from gouji.model.text import Text

BOUND = 85  # of 100: names less alike are not taken for one project
_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十]+(?=期|标段|批|号|段)|[南北东西](?=片|区|段)")


@record(frozen=True, slots=True)
class Paid:
    """What the ledger says of one project of one unit in one year, in 元; `spans` are the cells of name and payments."""

    unit: str
    project: str
    year: int | None
    budget: Decimal | None
    spent: Decimal
    name: Span
    payments: tuple[Span, ...]


@record(frozen=True, slots=True)
class _Match:
    paid: Paid
    project: str
    score: float


def find(members: Sequence[Member], ledger: int, paid: Sequence[Paid], bound: int = BOUND) -> list[Crossing]:
    """The crossings of the files of one submission (all but `ledger`) with the ledger's rows of their unit and year."""
    files = [n for n in range(len(members)) if n != ledger]
    own = rows_of(members, files, paid)
    if not own:
        return []
    projects = _claimed(members, files)
    matches, nearest = match(list(projects), own, bound)
    found: list[Crossing] = []
    for pair in matches:
        found += _compared(projects[pair.project], pair, ledger)
    taken = {m.project for m in matches}
    for name, said in projects.items():
        spent = [(n, s) for n, s in said if s.key == "spent" and s.quantity is not None and s.quantity.base]
        if name not in taken and spent:
            found.append(_unmatched("reported_unpaid", spent[0], (ledger, own[0].name), nearest.get(name)))
    listed = {m.paid for m in matches}
    head = next((n for n in files if members[n].brief.projects or members[n].brief.said), files[0])
    for entry in own:
        told = any(core(entry.project) in squeeze(b.text) for n in files for b in members[n].document.blocks)
        if entry not in listed and entry.spent and not told:
            found.append(_unreported(entry, ledger, (head, members[head]), nearest.get(entry.project)))
    return found


def rows_of(members: Sequence[Member], files: Sequence[int], paid: Sequence[Paid]) -> list[Paid]:
    """The ledger's projects of the unit and the year that the files are about."""
    units = {u.words for n in files for u in members[n].brief.units}
    years = {members[n].document.year for n in files} - {None}
    return [p for p in paid if any(same_unit(p.unit, u) for u in units) and (p.year is None or p.year in years)]


def match(names: Sequence[str], paid: Sequence[Paid], bound: int) -> tuple[list[_Match], dict[str, tuple[str, float]]]:
    """Each name with at most one project of the ledger, the best pairs first; and of every name its nearest one, however far.

    Names that differ in a number (一期, 二期) are never one project.
    """
    from rapidfuzz import fuzz

    cores, others = [core(n) for n in names], [core(p.project) for p in paid]
    scored = ((fuzz.ratio(a, b), i, j) for i, a in enumerate(cores) for j, b in enumerate(others))
    pairs = sorted(scored, key=lambda t: (-t[0], t[1], t[2]))
    nearest: dict[str, tuple[str, float]] = {}
    used: tuple[set[int], set[int]] = (set(), set())
    matches = []
    for score, i, j in pairs:
        nearest.setdefault(names[i], (paid[j].project, score))
        nearest.setdefault(paid[j].project, (names[i], score))
        if score < bound or i in used[0] or j in used[1] or _NUMBERS.findall(cores[i]) != _NUMBERS.findall(others[j]):
            continue
        used[0].add(i)
        used[1].add(j)
        matches.append(_Match(paid[j], names[i], score))
    return matches, nearest


def _claimed(members: Sequence[Member], files: Sequence[int]) -> dict[str, list[tuple[int, Said]]]:
    """What the files say of each project, by its name as they print it."""
    found: dict[str, list[tuple[int, Said]]] = {}
    for n in files:
        brief = members[n].brief
        for project in (*brief.projects, *brief.mentioned):
            name = next((k for k in found if core(k) == core(project.words)), project.words)
            found.setdefault(name, [])
        for said in brief.said:
            if said.subject and not said.scope:
                name = next((k for k in found if core(k) == core(said.subject)), said.subject)
                found.setdefault(name, []).append((n, said))
    return found


# ---- comparing ------------------------------------------------------------------------------------------------------------------


def _compared(said: Sequence[tuple[int, Said]], pair: _Match, ledger: int) -> Iterator[Crossing]:
    """Expenditure, budget and rate of a project, each statement of each file."""
    paid = pair.paid
    budgets = [s for _, s in said if s.key == "budget"] or [s for _, s in said if s.key == "budget_any"]
    for n, one in said:
        if one.quantity is None:
            continue
        if one.key == "spent":
            yield _amount(n, one, pair, ledger, paid.spent, Text("支付", "paid"))
        elif one in budgets and paid.budget is not None:
            yield _amount(n, one, pair, ledger, paid.budget, Text("预算", "budget"))
        elif one.key == "rate" and paid.budget:
            yield _rate(n, one, pair, ledger)


def _agrees(figure: Figure, value: Decimal) -> bool:
    return value in figure.rounded() or value in figure.truncated()


def _amount(n: int, said: Said, pair: _Match, ledger: int, value: Decimal, what: Text) -> Crossing:
    assert said.quantity is not None
    figure = said.quantity.figure
    right = show(value, figure.unit)
    holds = _agrees(figure, value)
    return _crossing(
        "actual", n, said, pair, ledger, right, holds,
        difference=None if holds else show(abs(figure.base - value), figure.unit),
        formula=f"“{pair.project}”{_label(said)}{said.quantity.raw}；台账“{pair.paid.project}”{what.zh}{right}（名称相似度{pair.score:.0f}）",
        cause=None if holds else digit_cause(figure, value / figure.unit.factor),
    )  # fmt: skip


def _rate(n: int, said: Said, pair: _Match, ledger: int) -> Crossing:
    assert said.quantity is not None
    assert pair.paid.budget
    value = pair.paid.spent / pair.paid.budget * HUNDRED
    figure = said.quantity.figure
    right = f"{plain(value.quantize(Decimal(1).scaleb(-max(figure.places, 2))))}%"
    holds = _agrees(figure, value)
    division = f"{plain(pair.paid.spent)} ÷ {plain(pair.paid.budget)}"
    return _crossing(
        "actual", n, said, pair, ledger, right, holds,
        difference=None if holds else f"{plain(abs(figure.base - value).quantize(Decimal('0.01')))}个百分点",
        formula=f"“{pair.project}”{_label(said)}{said.quantity.raw}；台账{division} = {right}（名称相似度{pair.score:.0f}）",
    )  # fmt: skip


def _label(said: Said) -> str:
    return said.words.rpartition("·")[2]


def _crossing(
    topic: str, n: int, said: Said, pair: _Match, ledger: int, right: str, holds: bool, *,
    difference: str | None, formula: str, cause: Text | None = None,
) -> Crossing:  # fmt: skip
    assert said.quantity is not None
    spans = (pair.paid.name, *pair.paid.payments[:3])
    claim = Claim(
        ClaimKind.RESTATEMENT,
        Verdict.AGREES if holds else Verdict.DISAGREES,
        said.quantity.raw,
        right,
        (Operand("stated", said.span, said.quantity), *(Operand("actual", s) for s in spans)),
        difference=difference,
        formula=formula,
        cause=cause,
        confidence=SURE if pair.score > 99 and said.key != "budget_any" else LIKELY,
        shape=topic,
    )
    return Crossing(topic, claim, (n, *(ledger for _ in spans)))


# ---- without a counterpart ------------------------------------------------------------------------------------------------------


def _near(nearest: tuple[str, float] | None) -> Text:
    if nearest is None or not nearest[1]:
        return Text("没有名称相近的", "none of a similar name")
    return Text(
        f"最接近的是“{nearest[0]}”，名称相似度{nearest[1]:.0f}",
        f"the nearest is “{nearest[0]}”, names alike to {nearest[1]:.0f}",
    )


def _unmatched(topic: str, said: tuple[int, Said], row: tuple[int, Span], nearest: tuple[str, float] | None) -> Crossing:
    one = said[1]
    claim = Claim(
        ClaimKind.RESTATEMENT, Verdict.DISAGREES, one.quantity.raw if one.quantity else one.words, None,
        (Operand("stated", one.span, one.quantity), Operand("actual", row[1])),
        formula=one.subject, cause=_near(nearest), confidence=LIKELY, shape=topic,
    )  # fmt: skip
    return Crossing(topic, claim, (said[0], row[0]))


def _unreported(entry: Paid, ledger: int, head: tuple[int, Member], nearest: tuple[str, float] | None) -> Crossing:
    title = Span(0, 0, 0)
    spans = (entry.name, *entry.payments[:3])
    claim = Claim(
        ClaimKind.RESTATEMENT, Verdict.DISAGREES, f"{plain(entry.spent)}元", None,
        (*(Operand("actual", s) for s in spans), Operand("report", title)),
        formula=entry.project, cause=_near(nearest), confidence=LIKELY, shape="paid_unreported",
    )  # fmt: skip
    return Crossing("paid_unreported", claim, (*(ledger for _ in spans), head[0]))
