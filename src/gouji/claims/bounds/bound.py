"""Bounds: 控制在5%以内 against the deviation that the document gives; people in service against the establishment (编制)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.claims.arithmetic import quotient
from gouji.claims.build import LIKELY, SURE, operand
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import PEOPLE, Role
from gouji.facts.units import unit_of
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.document import BlockKind
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Dimension, Hedge, plain
from gouji.model.text import Text

_DEVIATION = re.compile(r"偏差|偏离")
_MEASURED = re.compile(r"偏差|偏离|变更|变动|调整|增幅|增加|超支|超出|误差|浮动|结余率|结转率|结余|增长")
_RULE = re.compile(r"要求|规定|目标|标准|不得|应当|须|原则上|力争|计划|拟|指标值|合同约定|按照")
_CLAIMED = re.compile(
    r"控制在(?:规定|要求|目标|标准|允许|合理)?[^，。；]{0,8}(?:范围|以内|之内|内)|符合(?:要求|规定)|未超(?:过|出)|达标"
)
_TOTAL_BUDGET = re.compile(r"资金总额|预算总额|年初预算|预算合计|全年预算|部门预算|批复预算|总预算")
_TOTAL_SPENT = re.compile(
    r"(?:全年|本年|年度|部门|整体|财政拨款|总|决算)[^，。；]{0,8}支出(?:总额|合计|数|决算)?$|支出(?:合计|总额|总计|决算)$"
)
_IN_SERVICE = re.compile(r"在职|在编|实有|现有|在岗|到岗")
_NOT_COUNTED = re.compile(
    r"编外|聘用|劳务|派遣|临时|临聘|借调|遗属|离退|退休|离休|超编|公益性岗位|军转|辅警|合同制|挂职|辅助人员|招录|三支一扶|见习|购买服务|消化|过渡"
)
_CATEGORIES = ("行政", "事业", "工勤", "参公", "政法", "专技")


def find(scene: Scene) -> Iterator[Claim]:
    """Bounds on percentages, and establishments."""
    for passage in scene.passages:
        for item in passage.items if Dimension.PERCENT in passage.dimensions else ():
            if not item.percent:
                continue
            if item.q.figure.hedge is not Hedge.AT_MOST or (
                re.search(r"控制在$", item.label) and _stands_before(passage, item)
            ):
                continue
            claim = _local(passage, item) or _overall(scene, passage, item)
            if claim is not None:
                yield claim
    yield from _establishment(scene)


def _stands_before(passage: Passage, bound: Item) -> bool:
    """Whether the figure that is said to keep within the bound stands right before it (see `compare`)."""
    value = passage.items[bound.order - 1] if bound.order else None
    return value is not None and value.percent and bound.q.clause - value.q.clause <= 1


def _local(passage: Passage, bound: Item) -> Claim | None:
    """A percentage of the same paragraph that is said to keep within the bound and does not."""
    if not _MEASURED.search(bound.label):
        return None
    text = passage.text
    rule = _RULE.search(text[max(0, bound.q.label_start - 12) : bound.q.span.start])
    if rule and not _CLAIMED.search(text[bound.q.span.end + 2 :]):
        return None
    for value in passage.items:
        if value is bound or not value.percent or value.hedged or abs(value.q.sentence - bound.q.sentence) > 1:
            continue
        match = _MEASURED.search(value.label)
        if match is None or value.q.base < 0:
            continue
        shared = match[0] in bound.label or value.q.sentence == bound.q.sentence or bool(rule)
        if not shared:
            continue
        return _claim(bound, value, rule is None and value.q.sentence == bound.q.sentence)
    return None


def _claim(bound: Item, value: Item, sure: bool) -> Claim:
    holds = value.q.base <= bound.q.base
    return Claim(
        kind=ClaimKind.BOUND,
        verdict=Verdict.AGREES if holds else Verdict.DISAGREES,
        stated=f"{bound.q.raw}以内",
        computed=value.q.raw,
        operands=(operand(bound, "stated"), operand(value, "value")),
        difference=None if holds else plain(value.q.base - bound.q.base) + "个百分点",
        formula=f"{plain(value.q.base)}% {'≤' if holds else '>'} {plain(bound.q.base)}%",
        confidence=SURE if sure else LIKELY,
    )


def _overall(scene: Scene, passage: Passage, bound: Item) -> Claim | None:
    """预决算偏差控制在X%以内 against the document's total budget and expenditure; its own scope may be narrower."""
    start = bound.q.label_start
    words = passage.text[max(0, start - 24) : bound.q.span.start]
    if not _DEVIATION.search(words) or not re.search(r"预决算|预算|支出|决算|公用", words) or _RULE.search(words):
        return None
    if "项目" in words:
        return None
    here = [i for i in passage.items if i.money and not i.hedged and i.order < bound.order]
    budget = next((i.q for i in reversed(here) if i.role is Role.BUDGET), None)
    spent = next((i.q for i in reversed(here) if i.role is Role.SPENT), None)
    if budget is None or spent is None:
        budget, spent = _total(scene, _TOTAL_BUDGET, Role.BUDGET), _total(scene, _TOTAL_SPENT, Role.SPENT)
    if budget is None or spent is None or not budget.base:
        return None
    share = quotient(spent.figure, budget.figure)
    if share is None:
        return None
    deviation = abs(share - HUNDRED).quantize(Decimal("0.01"))
    if deviation <= bound.q.base:
        return None
    return Claim(
        kind=ClaimKind.BOUND,
        verdict=Verdict.DISAGREES,
        stated=f"{bound.q.raw}以内",
        computed=f"{plain(deviation)}%",
        operands=(operand(bound, "stated"), Operand("budget", budget.span, budget), Operand("spent", spent.span, spent)),
        difference=plain(deviation - bound.q.base) + "个百分点",
        formula=f"|{spent.raw} - {budget.raw}| ÷ {budget.raw} = {plain(deviation)}%",
        confidence=LIKELY,
        shape="overall",
        reason=Text("所称口径可能较窄，请核实", "the claim's own scope may be narrower: ask"),
    )


def _total(scene: Scene, name: re.Pattern[str], role: Role) -> Quantity | None:
    """The document's largest figure under such a name: of running text, or of a table column so headed."""
    found = [i.q for i in scene.items() if i.money and i.role is role and name.search(i.label) and not i.hedged]
    for table in scene.document.tables:
        headers = {
            c.column: c.text
            for r in table.rows[: table.header_rows]
            for c in scene.document.blocks[r].cells
            if name.search(c.text)
        }
        if not headers or table.unit is None:
            continue
        unit = unit_of(table.unit)
        for r in table.rows[table.header_rows :]:
            block = scene.document.blocks[r]
            for q in scene.facts.blocks[r].quantities:
                if (
                    q.cell is not None
                    and q.cell < len(block.cells)
                    and block.cells[q.cell].column in headers
                    and q.figure.places
                ):
                    found.append(replace(q, figure=replace(q.figure, unit=unit)))
    return max(found, key=lambda q: q.base, default=None)


# ---- establishment ------------------------------------------------------------------------------------------------------------


def _establishment(scene: Scene) -> Iterator[Claim]:
    """在职 above 编制, in total or of one category."""
    posts, service = _posts_and_service(scene)
    for category in ("total", *_CATEGORIES):
        if category not in posts or category not in service:
            continue
        have, may = service[category], posts[category]
        if have.base > 2 * may.base or have.span.block != may.span.block:
            continue  # another body of people
        over = have.base > may.base
        yield Claim(
            kind=ClaimKind.BOUND,
            verdict=Verdict.DISAGREES if over else Verdict.AGREES,
            stated=have.raw,
            computed=f"编制{may.raw}",
            operands=(Operand("stated", have.span, have), Operand("establishment", may.span, may)),
            difference=f"{plain(have.base - may.base)}人" if over else None,
            formula=f"在职{plain(have.base)} {'>' if over else '≤'} 编制{plain(may.base)}",
            confidence=LIKELY,
            shape="establishment",
        )
        if over:
            return


_BESIDES_POSTS = re.compile(r"（(?:含|包括|其中)[^）]*(?:挂职|借调|借用|聘用|劳务|不占|临聘|抽调|跟班|编外|政府购买)?")


def _posts_and_service(scene: Scene) -> tuple[dict[str, Quantity], dict[str, Quantity]]:
    """The first stated 编制 and 在职 of the whole and of each category."""
    posts: dict[str, Quantity] = {}
    service: dict[str, Quantity] = {}
    for passage in scene.telling("编", "在职"):
        if passage.block.kind is BlockKind.NOTE:
            continue
        if re.search(
            r"编外|超编|消化|安置|备案|多于编制|超出编制|[较比]编制(?:数)?多|核增|上划|编制尚未|编制未同步", passage.text
        ):
            continue
        for sentence in passage.sentences:
            _staff_of(sentence, posts, service)
    if posts.pop(_SEVERAL, None) is not None:
        posts.pop("total", None)  # 国家编制71名、实有66人，地方编制32名、实有30人: no one figure is all posts
    if len(posts) == 1 and "total" not in posts and "total" in service and len(service) == 1:
        posts["total"] = next(iter(posts.values()))  # one category of posts for all staff
    return posts, service


_NO_POSTS = re.compile(r"编制床位|床位(?:编制)?|编制内|车辆编制|编制车辆")  # 编制内612人 are people
_SEVERAL = "several"
_KIND_OF_POSTS = re.compile(
    r"(?:国家|地方|中央|省级?|市级?|县级?|区级?|参公|机关|专项|周转|备案|财政|非|全额|差额|自收自支)[\u4e00-\u9fff]{0,6}编制"
)


def _other_posts(posts: dict[str, Quantity], item: Item) -> bool:
    """Whether a figure tells posts of another kind than those told before it, in the words of a kind."""
    first = posts.get("total")
    kinds = (
        first is not None and _KIND_OF_POSTS.search(first.label) is not None and _KIND_OF_POSTS.search(item.label) is not None
    )
    return first is not None and first.base != item.q.base and kinds


def _staff_of(sentence: Sequence[Item], posts: dict[str, Quantity], service: dict[str, Quantity]) -> None:
    """Adds what one sentence states: the categories behind 编制 or 在职 belong to it up to the next of the two."""
    mode: dict[str, Quantity] | None = None
    for item in sentence:
        label = item.label
        if item.q.dimension is not Dimension.COUNT or item.hedged:
            continue
        if (item.q.figure.unit.symbol not in PEOPLE and "编制" not in label) or _NO_POSTS.search(label):
            continue
        if _NOT_COUNTED.search(label):
            mode = None
            if re.search(r"其中|含|包括", item.gap):
                service.pop("total", None)  # 在职25名，其中聘用5名: a number of more than those who fill posts
            continue
        in_service = _IN_SERVICE.search(label) is not None
        if in_service:
            mode = service
        elif "编制" in label:
            mode = posts
        category = next((c for c in _CATEGORIES if c in label), "total")
        if in_service and _BESIDES_POSTS.match(item.after):
            mode = None  # 在职43人（含挂职2人，不占编制）: more than those who fill posts
            continue
        if category == "total" and "在编" in label and re.search(r"其中|含|包括", item.gap):
            service["total"] = item.q  # 在岗67人，其中在编47人: these fill posts
        elif mode is posts and category == "total" and _other_posts(posts, item):
            posts[_SEVERAL] = item.q
        elif mode is not None and (category != "total" or in_service or "编制" in label):
            mode.setdefault(category, item.q)
