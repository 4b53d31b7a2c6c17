"""Claims across the files of a submission: what two files state of one thing must be one figure, one grade, one name.

A figure is accused only where subject, key and scope are the same, no statement of the other file agrees with it, and it stands nowhere in
the other file: what stands there under another name is another scope (all funds against 财政拨款, with carry-over and without).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from gouji.claims.arithmetic import TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY, SURE
from gouji.claims.submission.brief_text import core
from gouji.facts.grades import RANKS
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span
from gouji.model.package import Crossing, FileKind, Member, Said
from gouji.model.quantity import Dimension, show
from gouji.model.text import Text

_ORDER = {FileKind.ACCOUNTS: 0, FileKind.FORM: 1, FileKind.REPORT: 2, FileKind.OTHER: 3}  # the first is taken to be right
_BUDGETS = {"budget_any": ("budget_any", "budget", "budget_initial")}
_ALIKE = 0.75  # of the characters of two names in order
_LONG = 4  # digits of a figure that is not the same by chance
_NAMED = 4  # characters that an indicator's name and a sentence must share
_FILLER = re.compile(r"数量|个数|人数|次数|面积|长度|规模|完成|情况|指标|工作|项目|数$")
_PARTIAL = re.compile(r"其中|新建|新增|每|各|部分|目标|计划|不低于|上年|[一二三四]季度|上半年|下半年|抽查|未|余")


def find(members: Sequence[Member]) -> list[Crossing]:
    """Every crossing of the files, the ones that disagree and the ones that agree."""
    found: list[Crossing] = []
    for a, b in combinations(range(len(members)), 2):
        first, second = sorted((a, b), key=lambda n: (_ORDER[members[n].brief.kind], n))
        found += _amounts(members, first, second)
        found += _indicators(members, first, second)
    found += _identity(members)
    found += _projects(members)
    found += _annexes(members)
    return _once(found)


def _once(found: Sequence[Crossing]) -> list[Crossing]:
    """Of several crossings that accuse one place on one topic, the first."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for crossing in found:
        key = (crossing.topic, crossing.members[0], crossing.claim.operands[0].span)
        if crossing.claim.verdict is Verdict.DISAGREES:
            if key in seen:
                continue
            seen.add(key)
        kept.append(crossing)
    return kept


def _crossing(
    topic: str, a: tuple[int, Said], b: tuple[int, Said], verdict: Verdict, confidence: float = SURE, *,
    cause: Text | None = None, difference: str | None = None, formula: str | None = None, others: Sequence[tuple[int, Said]] = (),
) -> Crossing:  # fmt: skip
    """`a` is accused, `b` bears witness."""
    said, other = a[1], b[1]
    operands = [Operand("stated", said.span, said.quantity), Operand("restated", other.span, other.quantity)]
    operands += [Operand("restated", s.span, s.quantity) for _, s in others]
    claim = Claim(
        ClaimKind.RESTATEMENT,
        verdict,
        said.quantity.raw if said.quantity else said.words,
        other.quantity.raw if other.quantity else other.words if topic in ("unit", "year", "grade") else None,
        tuple(operands),
        difference=difference,
        formula=formula,
        cause=cause,
        confidence=confidence,
        shape=topic,
    )
    return Crossing(topic, claim, (a[0], b[0], *(n for n, _ in others)))


# ---- amounts, rates, scores, grades ---------------------------------------------------------------------------------------------


def _amounts(members: Sequence[Member], good: int, bad: int) -> Iterator[Crossing]:
    right, wrong = members[good].brief, members[bad].brief
    for said in wrong.said:
        others = [o for o in right.said if _one_fact(said, o)]
        if not others:
            continue
        agreeing = next((o for o in others if _agree(said, o)), None)
        if agreeing is not None:
            yield _crossing(_topic(said), (bad, said), (good, agreeing), Verdict.AGREES, formula=_formula(said, agreeing))
            continue
        other = others[0]
        confidence = _confidence(said, other, wrong.kind, right.kind)
        if said.quantity is None or other.quantity is None:
            yield _crossing(
                _topic(said), (bad, said), (good, other), Verdict.DISAGREES, confidence, formula=_formula(said, other)
            )
            continue
        narrowed = FileKind.ACCOUNTS in (wrong.kind, right.kind) and _elsewhere(other, wrong.figures)
        if narrowed or _elsewhere(said, right.figures):
            continue
        q, p = said.quantity, other.quantity
        yield _crossing(
            _topic(said), (bad, said), (good, other), Verdict.DISAGREES, confidence,
            cause=digit_cause(q.figure, p.base / q.figure.unit.factor),
            difference=show(abs(q.base - p.base), q.figure.unit),
            formula=_formula(said, other),
        )  # fmt: skip


def _one_fact(a: Said, b: Said) -> bool:
    keys = _BUDGETS.get(a.key, (a.key, "budget_any") if a.key in ("budget", "budget_initial") else (a.key,))
    return b.key in keys and _of_one(a, b) and a.scope == b.scope


def _agree(a: Said, b: Said) -> bool:
    if a.quantity is None or b.quantity is None:
        return a.words == b.words or RANKS.get(a.words) == RANKS.get(b.words)
    p, q = a.quantity.figure, b.quantity.figure
    return p.rounded().meets(q.rounded()) or p.truncated().meets(q.rounded()) or p.rounded().meets(q.truncated())


def _elsewhere(said: Said, figures: frozenset[Decimal]) -> bool:
    """Whether an amount stands in the other file under another name: another scope, not a contradiction."""
    q = said.quantity
    if q is None or q.dimension is not Dimension.MONEY or not q.base:
        return False
    spread = q.figure.rounded()
    return any(figure in spread for figure in figures)


def _confidence(a: Said, b: Said, wrong: FileKind, right: FileKind) -> float:
    """Sure between report and form of one subject; against the accounts, whose scope a report may narrow, only for a slip of digits."""
    if "budget_any" in (a.key, b.key):
        return LIKELY
    if a.quantity is None or b.quantity is None or FileKind.ACCOUNTS not in (wrong, right):
        return SURE
    factor = a.quantity.figure.unit.factor
    return SURE if digit_cause(a.quantity.figure, b.quantity.base / factor) is not None else LIKELY


def _topic(said: Said) -> str:
    return said.key if said.key in ("score", "grade") else "amount"


def _formula(a: Said, b: Said) -> str:
    name = a.subject or b.subject
    first, second = (s.quantity.raw if s.quantity else s.words for s in (a, b))
    return (
        f"{name + '：' if name else ''}{a.words}{first if a.quantity else ''}；{b.words}{second if b.quantity else ''}".replace(
            "·", " "
        )
    )


# ---- indicators -----------------------------------------------------------------------------------------------------------------


def _indicators(members: Sequence[Member], good: int, bad: int) -> Iterator[Crossing]:
    """The actual of an indicator in a form against what a sentence of the report says of it."""
    indicators = members[good].brief.indicators
    cores = [(_FILLER.sub("", i.words), i) for i in indicators]
    alone = len({i.subject for m in members for i in m.brief.indicators}) == 1  # a submission about one project names it once
    for said in members[bad].brief.counted:
        q = said.quantity
        if q is None or _PARTIAL.search(said.words[-10:]):
            continue
        alike = [(name, i) for name, i in cores if _measured_alike(i, said) and (alone or _of_one(i, said))]
        named = [i for name, i in alike if len(name) >= _NAMED and _shares(name, said.words)]
        if not named and not any(i.quantity is not None and i.quantity.base == q.base for _, i in alike):
            named = [i for name, i in alike if _swapped(i, said) and _shares(name, said.words, 2)]
        if not named:
            continue
        agreeing = next((i for i in named if i.quantity is not None and i.quantity.base == q.base), None)
        if agreeing is not None:
            yield _crossing("indicator", (bad, said), (good, agreeing), Verdict.AGREES, formula=_formula(said, agreeing))
            continue
        meant = [i for i in named if i.quantity is not None and abs(q.base - i.quantity.base) * 4 <= i.quantity.base]
        if any(i.bound is not None and i.bound.base == q.base for i in named) or not meant:
            continue
        other = meant[0]
        if other.quantity is not None:
            yield _crossing(
                "indicator", (bad, said), (good, other), Verdict.DISAGREES, LIKELY,
                cause=digit_cause(q.figure, other.quantity.base / q.figure.unit.factor),
                difference=show(abs(q.base - other.quantity.base), q.figure.unit),
                formula=_formula(said, other),
            )  # fmt: skip


def _shares(name: str, words: str, length: int = _NAMED) -> bool:
    return any(name[n : n + length] in words for n in range(len(name) - length + 1))


def _swapped(a: Said, b: Said) -> bool:
    """Whether two long figures are one with two digits swapped: that is not so by chance, whatever they are called."""
    p, q = a.quantity, b.quantity
    if p is None or q is None or len(re.sub(r"\D", "", q.raw).strip("0")) < _LONG:
        return False
    return digit_cause(q.figure, p.base / q.figure.unit.factor) is TRANSPOSED


def _of_one(a: Said, b: Said) -> bool:
    return core(a.subject) == core(b.subject) if a.subject and b.subject else a.subject == b.subject


def _measured_alike(a: Said, b: Said) -> bool:
    p, q = a.quantity, b.quantity
    return p is not None and q is not None and p.figure.unit.symbol == q.figure.unit.symbol


# ---- unit and year --------------------------------------------------------------------------------------------------------------


def _identity(members: Sequence[Member]) -> Iterator[Crossing]:
    """Each file's unit and year against the report's."""
    head = next((n for n, m in enumerate(members) if m.brief.kind is FileKind.REPORT), None)
    if head is None:
        return
    report = members[head].brief
    for n, member in enumerate(members):
        if n == head:
            continue
        ours, theirs = member.brief.units, report.units
        if ours and theirs:
            same = next((u for u in ours if any(same_unit(u.words, t.words) for t in theirs)), None)
            verdict = Verdict.AGREES if same is not None else Verdict.DISAGREES
            yield _crossing("unit", (n, same or ours[0]), (head, theirs[0]), verdict)
        first, second = member.brief.year, report.year
        if first is not None and second is not None:
            verdict = Verdict.AGREES if first.words == second.words else Verdict.DISAGREES
            yield _crossing("year", (n, first), (head, second), verdict)


def same_unit(a: str, b: str) -> bool:
    """Whether two names may be one unit's: one ends with the other, brackets and 本级 apart (云港市水务局, 市水务局（本级）)."""
    first, second = (re.sub(r"（[^）]*）|\([^)]*\)|本级|机关|\s", "", name) for name in (a, b))
    if not first or not second:
        return True
    short, long = sorted((first, second), key=len)
    return short in long


# ---- projects and annexes -------------------------------------------------------------------------------------------------------


def alike(a: str, b: str) -> bool:
    """Whether two names are one project's: one holds the other, or their characters agree in order."""
    first, second = core(a), core(b)
    if not first or not second:
        return False
    return first in second or second in first or SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _projects(members: Sequence[Member]) -> Iterator[Crossing]:
    """The report's list of projects against the forms that are there; only where forms cover half of the list at least."""
    head = next((n for n, m in enumerate(members) if m.brief.kind is FileKind.REPORT and len(m.brief.projects) >= 2), None)
    if head is None:
        return
    listed = members[head].brief.projects
    forms = [(n, p) for n, m in enumerate(members) if m.brief.kind is FileKind.FORM for p in m.brief.projects]
    covered = [p for p in listed if any(alike(p.words, f.words) for _, f in forms)]
    if len(covered) * 2 < len(listed) or not covered:
        return
    for project in listed:
        match = next(((n, f) for n, f in forms if alike(project.words, f.words)), None)
        if match is None:
            said = Text(f"共有{len(forms)}张项目自评表，没有本项目的", f"{len(forms)} forms of projects, none for this one")
            yield _crossing("project", (head, project), forms[0], Verdict.DISAGREES, LIKELY, cause=said, others=forms[1:])
        else:
            yield _crossing("project", (head, project), match, Verdict.AGREES)
    for n, form in forms:
        if not any(alike(form.words, p.words) for p in listed):
            others = [(head, p) for p in listed[1:]]
            said = Text("报告的项目清单中没有这一项目", "the report's list of projects does not name it")
            yield _crossing("project", (n, form), (head, listed[0]), Verdict.DISAGREES, LIKELY, cause=said, others=others)


def _annexes(members: Sequence[Member]) -> Iterator[Crossing]:
    """The annexes that the report names against the files that are there, and the other way round."""
    head = next((n for n, m in enumerate(members) if m.brief.annexes), None)
    if head is None:
        return
    files = [(n, _file_said(m)) for n, m in enumerate(members) if n != head]
    if not files:
        return
    named: set[int] = set()
    for annex in members[head].brief.annexes:
        matches = [n for n, said in files if any(_annex_alike(annex.words, w) for w in _file_words(members[n]))]
        named.update(matches)
        other = next((f for f in files if f[0] in matches), files[0])
        if matches:
            yield _crossing("annex", (head, annex), other, Verdict.AGREES)
        else:
            gone = Text("提交的文件中没有这一附件", "no file of the submission is this annex")
            yield _crossing(
                "annex",
                (head, annex),
                other,
                Verdict.DISAGREES,
                LIKELY,
                cause=gone,
                others=[f for f in files if f is not other],
            )
    for n, said in files:
        if n not in named and members[n].brief.kind is not FileKind.ACCOUNTS:  # published on their own, not as an annex
            why = Text("报告的附件目录没有列出这一文件", "the report's list of annexes does not name this file")
            rest = [(head, a) for a in members[head].brief.annexes[1:]]
            yield _crossing(
                "annex", (n, said), (head, members[head].brief.annexes[0]), Verdict.DISAGREES, LIKELY, cause=why, others=rest
            )


def _file_said(member: Member) -> Said:
    """The words by which a file goes: its title where it stands."""
    title = member.document.title
    for block in member.document.blocks:
        if title and title in block.text:
            at = block.text.index(title)
            return Said("file", Span(block.index, at, at + len(title)), title)
    return Said("file", Span(0, 0, 0), title or member.path)


def _file_words(member: Member) -> list[str]:
    stem = re.sub(
        r"^附件\s*\d*\s*[-_.、：:]?|^\d+\s*[-_.、]", "", member.path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    )
    return [w for w in (member.document.title, stem, *(f"{p.words}自评表" for p in member.brief.projects[:8])) if w]


_ANNEX_NOISE = re.compile(r"\d{4}年度?|附件\d*|[《》（）()\s.、：:“”]|绩效|项目支出|项目|支出")


def _annex_alike(a: str, b: str) -> bool:
    first, second = (_ANNEX_NOISE.sub("", w) for w in (a, b))
    if not first or not second:
        return a == b
    return first in second or second in first or SequenceMatcher(None, first, second).ratio() >= _ALIKE
