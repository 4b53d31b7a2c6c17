"""Restatements: one fact, stated in several places, must be one figure.

Equal figures are tied where they are too particular to be equal by chance. Figures that differ are compared only where label,
role, period and scope say that they are one fact: by a slip of the pen between them (two digits swapped, one digit off, a power
of ten) and a shared name, or by the same full name. Pairs come from an index of digit signatures, so that time stays linear.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, digit_cause
from gouji.claims.build import LIKELY, SURE
from gouji.claims.restated import (
    restate_change,
    restate_counts,
    restate_near,
    restate_rate,
    restate_slips,
    restate_small,
    restate_tables,
    restate_unit,
    restate_whole,
)
from gouji.claims.restated.fact import Stated, claim_between, collect, compatible, may_be_one
from gouji.claims.restated.restate_names import alike, apart
from gouji.claims.restated.scope import PARTIAL, SCOPES
from gouji.claims.scene import Scene
from gouji.claims.tables.grid import Section
from gouji.claims.vocabulary import PEOPLE, Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension
from gouji.model.text import Text

_RATE_NAME = re.compile(r"(?:预算|资金|项目|支出|总体|综合|整体|全年)(?:预算)?(?:执行|支付|支出|到位|完成|使用)率$")


def find(
    scene: Scene,
    tied: set[Span],
    sections: Sequence[Section],
    told: AbstractSet[Span] = frozenset(),
    wrong: AbstractSet[Span] = frozenset(),
) -> Iterator[Claim]:
    """Facts stated more than once.

    `tied` holds the spans of figures that agreeing claims use, `told` those of restatements accused already, `wrong` those of all claims
    that fail: what a shared word alone ties is not held against them once more.
    """
    facts = list(collect(scene))
    yield from _equal(facts)
    accused = set(told)
    standing = Counter((q.dimension, q.base) for q in scene.facts.quantities)
    for group in _by_signature([*facts, *restate_tables.rows(scene, sections)], tied):
        for a, b in group:
            claim = _pair(a, b, tied, standing, wrong)
            if claim is not None:
                key = claim.operands[0].span
                if key not in accused:
                    accused.add(key)
                    yield claim
    for claim in restate_slips.referring(facts, tied):
        if claim.operands[0].span not in accused:
            accused.add(claim.operands[0].span)
            yield claim
    yield from _same_name(facts, tied, accused)
    yield from restate_whole.find(scene, facts, tied, accused)
    yield from restate_unit.find(scene, facts, tied, accused)
    yield from _people(facts, tied, accused)
    yield from restate_counts.find(scene, facts, tied, accused)
    for claim in restate_near.find(scene, facts, tied, accused | wrong):
        accused.add(claim.operands[0].span)
        yield claim
    yield from restate_rate.find(scene, tied, accused)
    yield from restate_change.find(scene, tied, accused | wrong)
    yield from restate_tables.find(scene, facts, sections, tied, accused)
    yield from restate_small.find(scene, facts, tied, accused)


_MEASURED = frozenset({Dimension.MONEY, Dimension.PERCENT, Dimension.SCORE, Dimension.MEASURE})


def _particular(fact: Stated) -> bool:
    """Whether a figure is too particular to turn up twice by chance."""
    return fact.item.q.dimension in _MEASURED and len(fact.digits.rstrip("0")) >= 4


def _equal(facts: list[Stated]) -> Iterator[Claim]:
    first: dict[tuple[Dimension, object], Stated] = {}
    for fact in facts:
        q = fact.item.q
        if q.dimension is Dimension.COUNT:
            if len(fact.core) < 4 or q.base < 3:
                continue
            key: tuple[Dimension, object] = (q.dimension, (q.base, q.figure.unit.symbol, fact.core[-6:]))
        elif _particular(fact):
            key = (q.dimension, q.base)
        else:
            continue
        known = first.setdefault(key, fact)
        if known is not fact and known.item.q.span != q.span:
            yield Claim(
                ClaimKind.RESTATEMENT,
                Verdict.AGREES,
                q.raw,
                known.item.q.raw,
                (Operand("stated", q.span, q), Operand("restated", known.item.q.span, known.item.q)),
                formula=f"{q.raw} = {known.item.q.raw}",
            )


_LARGE = 10_000  # numbers that are told in 万 as well
_Kind = tuple[Dimension, int, str, int]  # dimension, places, unit and number of digits: a slip of the pen alters none of them


def _kind(fact: Stated) -> _Kind | None:
    """The kind of a figure of enough digits to be looked for elsewhere."""
    q = fact.item.q
    if q.dimension is not Dimension.COUNT and q.dimension not in _MEASURED:
        return None
    least = 2 if q.dimension is Dimension.COUNT and q.figure.unit.factor == 1 else 3
    return (q.dimension, q.figure.places, restate_counts.unit(fact), len(fact.digits)) if len(fact.digits) >= least else None


def _by_signature(facts: list[Stated], tied: set[Span]) -> Iterator[list[tuple[Stated, Stated]]]:
    """Pairs that differ by a swap, one digit or a power of ten, from an index of what such figures have in common.

    Figures that are all tied are no slips of one another: a kind that holds no other is not indexed.
    """
    kinds = [(fact, kind) for fact in facts if (kind := _kind(fact)) is not None]
    alike: dict[_Kind, dict[str, list[Stated]]] = {kind: {} for fact, kind in kinds if fact.item.q.span not in tied}
    powers: dict[tuple[Dimension, int | str, str], list[Stated]] = {}
    for fact, kind in kinds:
        q, digits = fact.item.q, fact.digits
        counted = q.dimension is Dimension.COUNT and q.figure.unit.factor == 1
        _, places, symbol, length = kind
        buckets = []
        if (own := alike.get(kind)) is not None:
            buckets.append(own.setdefault("".join(sorted(digits)), []))
            if length >= (3 if counted else 4):
                buckets += [own.setdefault(f"{digits[:n]}?{digits[n + 1 :]}", []) for n in range(length)]
        if q.dimension is Dimension.COUNT and q.base >= _LARGE:
            full = restate_near.in_full(fact)
            buckets.append(powers.setdefault((q.dimension, symbol.removeprefix("万"), "".join(sorted(full))), []))
        if not counted:
            buckets.append(powers.setdefault((q.dimension, places, str(q.figure.value)), []))
            if places and length >= 5:
                buckets.append(powers.setdefault((q.dimension, symbol, digits), []))
        pairs = [(old, fact) for bucket in buckets if bucket for old in bucket[-6:] if old.item.q.base != q.base]
        for bucket in buckets:
            bucket.append(fact)
        if pairs:
            yield pairs


def _bigrams(name: str) -> set[str]:
    return {name[n : n + 2] for n in range(len(name) - 1) if "·" not in name[n : n + 2]}


def _common(a: str, b: str) -> str:
    """The longest common substring of two short names."""
    best = ""
    for i in range(len(a)):
        for j in range(len(a), i + len(best), -1):
            if a[i:j] in b:
                best = a[i:j]
                break
    return best


def _pair(
    a: Stated, b: Stated, tied: set[Span], standing: Mapping[tuple[Dimension, Decimal], int], wrong: AbstractSet[Span]
) -> Claim | None:
    """Two figures that a slip of the pen turns into one another, under one name."""
    qa, qb = a.item.q, b.item.q
    if qa.span.block == qb.span.block and (qa.cell is not None or qb.cell is not None):
        return None  # two columns of one row
    if not may_be_one(a, b, tied):
        return None
    cause = digit_cause(qb.figure, qa.base / qb.figure.unit.factor)
    if cause is None:
        return None
    one = compatible(a, b, tied)
    claim = _named(a, b, cause, tied) if one else None
    if claim is None and wrong.isdisjoint((qa.span, qb.span)) and restate_near.one_fact(a, b, cause, standing, fitting=one):
        return claim_between(a, b, cause, tied, LIKELY, shape="count" if qa.dimension is Dimension.COUNT else "")
    if claim is None and cause is TRANSPOSED and qa.figure.unit == qb.figure.unit and restate_slips.swapped(a, b):
        return claim_between(a, b, cause, tied, LIKELY)
    return claim


def _named(a: Stated, b: Stated, cause: Text, tied: set[Span]) -> Claim | None:
    """Two figures of compatible words, one slip of the pen apart, whose names say that they are one."""
    qa = a.item.q
    qb = b.item.q
    if qa.figure.value == qb.figure.value and a.digits[1:].strip("0"):
        if len(a.digits) < 4 and (not alike(a, b) or apart(a, b)):
            return None
        return claim_between(a, b, cause, tied, LIKELY)  # the same long number once in 元, once in 万元
    if apart(a, b) or (cause is TRANSPOSED and qa.dimension is Dimension.MONEY and len(a.digits.rstrip("0")) < 3):
        return None  # 4,800 and 8,400 are round figures, not a slip
    if qa.dimension is Dimension.COUNT and qa.figure.unit.factor == 1:
        one = _same_count(a, b) if cause is TRANSPOSED else _same_thing(a, b)
        return claim_between(a, b, cause, tied, LIKELY, shape="count") if one else None
    if not _named_alike(a, b, cause):
        return None
    confidence = _slip_confidence(a, b, cause)
    return None if confidence is None else claim_between(a, b, cause, tied, confidence)


def _same_count(a: Stated, b: Stated) -> bool:
    both = _bigrams(a.name) & _bigrams(b.name)
    body = (
        a.item.q.base >= 100
        and {a.item.q.figure.unit.symbol, b.item.q.figure.unit.symbol} <= PEOPLE
        and any(w in both for w in ("委员", "代表", "职工", "在职", "学生", "教师", "干部", "党员", "会员", "群众"))
    )
    first, second = PARTIAL.search(a.item.label[-4:]), PARTIAL.search(b.item.label[-4:])
    if first and second and first[0] == second[0]:
        return a.item.q.base >= 100 and bool(both)  # 年末未结683件, 未结的638件案件
    return (len(both) >= 2 or body) and not first and not second


def _same_thing(a: Stated, b: Stated) -> bool:
    """Whether two counts one digit apart carry the same particular name: 经审查立案118件, 108件立案提案."""
    if a.planned or b.planned or a.item.q.base < 100 or a.item.q.figure.unit != b.item.q.figure.unit or a.digits[-1] == "0":
        return False
    return len(_common(a.core, b.core)) >= 6


def _named_alike(a: Stated, b: Stated, cause: Text) -> bool:
    """Whether two figures one slip apart have names alike enough to be one fact."""
    qa = a.item.q
    listed = a.listed or b.listed
    if qa.dimension is Dimension.SCORE:
        scored = "得分" in a.item.label + b.item.label
        return cause is TRANSPOSED and len(a.digits) >= 4 and not listed and scored
    if cause is TRANSPOSED and qa.dimension is Dimension.MONEY and len(a.digits) >= 6 and not (a.listed and b.listed):
        return True  # six digits are not the same by chance
    same_rate = _RATE_NAME.search(a.item.label) and _RATE_NAME.search(b.item.label)
    if qa.dimension is Dimension.PERCENT and same_rate and not (a.listed and b.listed):
        return not ({"人员", "公用", "基本"} & (a.marks | b.marks))
    shared, whole = _common(a.name, b.name), _common(a.core, b.core)
    if listed:
        return len(shared) >= 3
    particular = qa.dimension in (Dimension.MONEY, Dimension.MEASURE, Dimension.COUNT) and len(a.digits.rstrip("0")) >= 3
    if cause is TRANSPOSED and particular and not a.enumerated and not b.enumerated and alike(a, b):
        return True
    return len(shared) >= 2 or (len(whole) >= 4 and whole in (a.core, b.core))


def _slip_confidence(a: Stated, b: Stated, cause: Text) -> float | None:
    """How sure a slip between two figures of alike names is; None where it is too weak to say."""
    qa = a.item.q
    shared, whole = _common(a.name, b.name), _common(a.core, b.core)
    same = a.core == b.core or len(whole) >= 6
    if cause is TRANSPOSED:
        return SURE if len(shared) >= 3 or len(whole) >= 5 else LIKELY
    if qa.dimension in (Dimension.PERCENT, Dimension.MEASURE, Dimension.COUNT):
        return None
    if cause is ONE_DIGIT:
        if len(a.digits) < 4 or not ((same and len(a.core) >= 4) or len(shared) >= 4):
            return None  # 质保金, 预付款: each contract has its own
        return SURE if same and len(a.digits) >= 5 else LIKELY
    return LIKELY if same or len(shared) >= 4 else None


def _same_name(facts: list[Stated], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """The same full and particular name with two figures: money and percentages of running text outside lists."""
    named: dict[tuple[Dimension, str, Role, frozenset[str]], Stated] = {}
    for fact in facts:
        q = fact.item.q
        counted = (
            q.dimension is Dimension.COUNT
            and len(fact.core) >= 9
            and not fact.planned
            and q.base >= 10
            and not PARTIAL.search(fact.item.label[-4:])
        )
        if q.dimension not in (Dimension.MONEY, Dimension.PERCENT, Dimension.SCORE) and not counted:
            continue
        if fact.listed or len(fact.core) < 5:
            continue
        if len(fact.own) < 2 and not re.search(r"整体|总额|三公|预算执行率|综合得分|自评得分|总得分", fact.item.label):
            continue
        key = (q.dimension, fact.core, fact.item.role, fact.marks)
        known = named.setdefault(key, fact)
        if known is fact or not compatible(known, fact, tied) or q.span in accused:
            continue
        if q.figure.rounded().meets(known.item.q.figure.rounded()):
            continue
        cause = digit_cause(q.figure, known.item.q.base / q.figure.unit.factor)
        if fact.enumerated and known.enumerated and cause is None:
            continue  # the same items of a budget and of what was spent
        if (cause is None or len(fact.digits) < 4) and _of_two_papers(known, fact):
            continue
        if counted and (q.figure.unit != known.item.q.figure.unit or abs(q.base - known.item.q.base) * 4 > q.base):
            continue
        accused.add(q.span)
        yield claim_between(known, fact, cause, tied, LIKELY)


_PAPER = re.compile(r"[〕】\]）]第?(\d+)号")


def _of_two_papers(a: Stated, b: Stated) -> bool:
    """〔2023〕3号下达资金40万元，〔2023〕9号下达资金25万元, and what each is broken down into: two sums, not one told twice."""
    numbers = [_PAPER.findall(s.before) for s in (a, b)]
    return (all(numbers) and numbers[0][-1] != numbers[1][-1]) or all(s.before.lstrip().startswith("其中") for s in (a, b))


def _people(facts: list[Stated], tied: set[Span], accused: set[Span]) -> Iterator[Claim]:
    """Counts of one body of people or things that differ by little: 159人, 157名委员."""
    bodies: dict[tuple[bool, str], list[Stated]] = {}
    for fact in facts:
        q = fact.item.q
        if q.dimension is not Dimension.COUNT or q.figure.places or q.base < 10 or q.figure.unit.factor != 1:
            continue
        thing = _thing(q.noun, fact.item.label)
        if len(thing) < 4 or PARTIAL.search(fact.item.label[-6:]):
            continue
        people = q.figure.unit.symbol in PEOPLE
        key = (people, thing[:6] if not people else thing[:4])
        for known in bodies.get(key, ()):
            other = known.item.q
            if not people and other.figure.unit.symbol != q.figure.unit.symbol:
                continue
            gap = abs(other.base - q.base)
            if not gap or gap * 20 > max(other.base, q.base) or q.span in accused or not compatible(known, fact, tied):
                continue
            if other.span.block == q.span.block:
                continue
            accused.add(q.span)
            yield claim_between(known, fact, None, tied, LIKELY, shape="count")
            break
        bodies.setdefault(key, []).append(fact)


@by_words
def _thing(noun: str, label: str) -> str:
    """What is counted: the words right behind the figure, else those right before it, without scope words."""
    behind = re.match(r"[\u4e00-\u9fff]{2,8}?(?=在|中|的|参|进|开|全|均|都|，|$|、|以|到|深|结|任|对)", noun)
    if behind and len(behind[0]) >= 4:
        return SCOPES.sub("", behind[0])
    if not noun:
        if len(label) < 4 or not (SCOPES.search(label) or re.search(r"(?:委员|代表|职工|党员|教师|学生)$", label)):
            return ""
        return SCOPES.sub("", label)[-5:]
    return ""
