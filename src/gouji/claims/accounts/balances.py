"""The final accounts against themselves: one amount in several tables, and the balances that the nine tables must keep.

收入合计 + 使用非财政拨款结余 + 年初结转 = 总计 = 支出合计 + 结余分配 + 年末结转; 基本支出 = 人员经费 + 公用经费; 年初 + 收入 − 支出 = 年末.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from gouji.claims.accounts.ledger import Entry, Form, Ledger, fund_concept
from gouji.claims.arithmetic import digit_cause
from gouji.claims.build import SURE
from gouji.claims.tables.build import hedged, sum_of, table_claim
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity
from gouji.model.quantity import show


def find(ledger: Ledger) -> Iterator[Claim]:
    """Every claim over the tables together."""
    doubts = _doubts(ledger)
    for entries in ledger.entries.values():
        yield from _equal(entries, doubts)
    yield from _balances(ledger)
    yield from _fund_rows(ledger)
    yield from _basic(ledger)
    yield from _trips(ledger)


def _doubts(ledger: Ledger) -> Counter[int]:
    """For each section, how many figures of other sections it contradicts: the one that stands alone is wrong."""
    doubts: Counter[int] = Counter()
    for entries in ledger.entries.values():
        for one, other in combinations(entries, 2):
            if one.section != other.section and one.q.base != other.q.base:
                doubts.update((one.section, other.section))
    return doubts


def _equal(entries: Sequence[Entry], doubts: Counter[int]) -> Iterator[Claim]:
    """One amount in several tables, or in both halves of one, is one figure."""
    if len({e.section for e in entries}) < 2:
        return
    first = min(entries, key=lambda e: doubts[e.section])
    for entry in entries:
        if entry is not first and entry.section != first.section and not hedged(entry.q, first.q):
            yield same(entry.q, first, f"{entry.form}·{entry.name}")


def same(q: Quantity, entry: Entry, name: str) -> Claim:
    """A figure against the ledger's: equal, or two figures for one fact."""
    other = entry.q
    near = q.figure.rounded().meets(other.figure.rounded())
    verdict = Verdict.AGREES if near else Verdict.DISAGREES
    return Claim(
        ClaimKind.RESTATEMENT,
        verdict,
        q.raw,
        _shown(other),
        (Operand("stated", q.span, q), Operand("restated", other.span, other)),
        difference=None if near else show(abs(q.base - other.base), q.figure.unit),
        formula=f"{name}：{_shown(q)}；{entry.form}·{entry.name}：{_shown(other)}",
        cause=None if near else digit_cause(q.figure, other.base / q.figure.unit.factor),
        confidence=SURE,
        shape="accounts",
        right=other.base,
    )


def _shown(q: Quantity) -> str:
    return show(q.base, q.figure.unit, q.figure.places)


def _balances(ledger: Ledger) -> Iterator[Claim]:
    """总计 is what makes it up, on either side and in every kind of funds."""
    for scope in ("all", "fiscal", "general", "fund", "capital"):
        for grand in ledger.get(scope, "grand"):
            for parts in (("income", "used", "opening"), ("spent", "shared_out", "closing")):
                own = [e for part in parts for e in ledger.get(scope, part) if e.section == grand.section]
                if any(e.key.concept == parts[0] for e in own):
                    claim = _sum(grand.q, [e.q for e in own], ClaimKind.BALANCE)
                    if claim.verdict is not Verdict.DISAGREES or grand.section not in ledger.open:
                        yield claim


def _sum(stated: Quantity, parts: Sequence[Quantity], kind: ClaimKind, signs: Sequence[int] | None = None) -> Claim:
    outcome = sum_of(stated, parts, signs)
    return table_claim(kind, stated, [("part", p) for p in parts], outcome, shape="accounts")


def _fund_rows(ledger: Ledger) -> Iterator[Claim]:
    """公开07表: 年初结转 + 本年收入 − 本年支出 = 年末结转, in every line."""
    for _, section in ledger.forms.get(Form.FUND, []):
        columns: dict[str, int] = {}
        for column in section.columns:
            if column.additive:
                columns.setdefault(fund_concept(column), column.index)
        if not {"income", "spent", "closing"} <= columns.keys():
            continue
        for row in section.rows:
            closing, spent = row.values.get(columns["closing"]), row.values.get(columns["spent"])
            parts = [(columns.get(name, -1), sign) for name, sign in (("opening", 1), ("income", 1), ("spent", -1))]
            known = [(row.values[at], sign) for at, sign in parts if at in row.values]
            if closing is not None and spent is not None and len(known) >= 2:
                yield _sum(closing, [q for q, _ in known], ClaimKind.BALANCE, [sign for _, sign in known])


def _trips(ledger: Ledger) -> Iterator[Claim]:
    """公开09表: “三公” is 因公出国 + 公务用车 + 公务接待, and 公务用车 is 购置 + 运行."""
    for stage in ("trips_budget", "trips_actual"):
        for whole, names in (("trips", ("abroad", "cars", "guests")), ("cars", ("buy", "run"))):
            found = [ledger.get(stage, name) for name in (whole, *names)]
            parts = [entries[0].q for entries in found[1:] if entries]
            if found[0] and parts and all(len(entries) <= 1 for entries in found):
                yield _sum(found[0][0].q, parts, ClaimKind.TOTAL)


def _basic(ledger: Ledger) -> Iterator[Claim]:
    """公开06表: 人员经费合计 + 公用经费合计 is the 基本支出 of 公开05表."""
    people, office, basic = (ledger.get("general", name) for name in ("people", "office", "basic"))
    if people and office and basic:
        yield _sum(basic[0].q, [people[0].q, office[0].q], ClaimKind.TOTAL)
