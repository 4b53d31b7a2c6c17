"""One person or company under two names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose_with

_ROLES = (
    "组长",
    "局长",
    "主任",
    "院长",
    "校长",
    "书记",
    "会计师",
    "负责人",
    "联系人",
    "经办人",
    "主评人",
    "馆长",
    "所长",
    "经理",
)
# A name of three characters right behind its bearer's office, and what may follow a name.
_PERSON = re.compile(
    rf"(?P<role>{'|'.join(_ROLES)})(?:[：:]\s?|为|是)?(?P<name>[\u4e00-\u9fff]{{3}})(?=[，。；、（）\s]|$|担任|负责|办公室|带队|主持|签字|牵头|任组长|兼任|审核|同志)"
)
_NO_NAME = frozenset("办会议室公为由在和与及或等任组责制的各分管副长员委局科处股级以下上一二三四两几全本该")
_FORMS = ("股份有限公司", "有限责任公司")
_COMPANY = re.compile(
    r"(?P<core>[\u4e00-\u9fff]{4,14}?)(?P<form>股份有限公司|有限责任公司)(?P<branch>[\u4e00-\u9fff]{2,8}分公司)?"
)
_OWN = 4  # last characters of a company's own name, which tell it from others


@check(
    code="CP112",
    name="name-variant",
    theme="copying",
    severity=Severity.WARNING,
    zh="同一人名或公司名称前后用字不一",
    en="one person or company under two names",
)
def name_variant(ctx: AuditContext) -> Iterator[Hit]:
    """One person or company under two names.

    What it does
    Reports two names of three characters, each right behind an office (组长, 局长, 负责人), that differ in the last or middle character and stand in
    two paragraphs; and one company that is a 股份有限公司 here and a 有限责任公司 there.

    Why is this bad
    One of the two is mistyped; who signed or who was paid cannot be told.

    Example
    Flagged::

        评价组由6人组成，组长由注册会计师贺守廉担任。
        评价组组长：贺守濂
        ----
        经公开招标，由省广电网络股份有限公司临泽分公司承建。
        承建单位江北省广电网络有限责任公司临泽分公司无异议。

    Accepted::

        评价组组长为贺守廉，现场核查由注册会计师周明远负责。
        评价组组长：贺守廉
        ----
        经公开招标，由省广电网络股份有限公司临泽分公司承建。
        监理由省建设监理有限责任公司承担。

    Rests on
    None: one person has one name.
    """
    yield from _persons(ctx)
    yield from _companies(ctx)


def _persons(ctx: AuditContext) -> Iterator[Hit]:
    first: dict[str, tuple[Span, str]] = {}
    for block in prose_with(ctx, *_ROLES):
        for match in _PERSON.finditer(ctx.facts.blocks[block.index].normal):
            if not _NO_NAME & set(match["name"]):
                first.setdefault(match["name"], (Span(block.index, *match.span("name")), match["role"]))
    for (one, (at, _)), (other, (there, _)) in combinations(first.items(), 2):
        apart = sum(a != b for a, b in zip(one, other, strict=True))
        if apart == 1 and one[0] == other[0] and not _are_two(ctx, one, other):
            yield _hit(there, at, other, one)


def _are_two(ctx: AuditContext, one: str, other: str) -> bool:
    """Whether both names stand in one paragraph: two members of one group."""
    return any(one in facts.normal and other in facts.normal and f"{one}、" in facts.normal for facts in ctx.facts.blocks)


def _companies(ctx: AuditContext) -> Iterator[Hit]:
    found = [
        (Span(block.index, *match.span()), match)
        for block in prose_with(ctx, *_FORMS)
        for match in _COMPANY.finditer(ctx.facts.blocks[block.index].normal)
    ]
    for (at, one), (there, other) in combinations(found, 2):
        same = one["core"][-_OWN:] == other["core"][-_OWN:] and one["branch"] == other["branch"]
        if same and one["form"] != other["form"]:
            yield _hit(there, at, other[0], one[0])
            return


def _hit(odd: Span, first: Span, words: str, before: str) -> Hit:
    return Hit(
        Text(f"名称前后不一：前为“{before}”，此处为“{words}”", f"“{before}” before, “{words}” here"),
        (Place(odd), Place(first, "earlier")),
        stated=words,
        computed=before,
    )
