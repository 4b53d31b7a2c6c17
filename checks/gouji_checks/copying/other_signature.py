"""Signed by another unit than the one in the title."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji.model.fact import DateKind
from gouji_checks.spans import prose

_END = r"(?:局|委员会|委|办公室|办|厅|院|中心|政府|联合会|总工会|会|所|站|校|学|大学|部|处|队|社|馆|园|台|场|街道办事处|乡|镇|联|协)"
_LINE = re.compile(rf"\s*(?P<name>[\u4e00-\u9fff]{{3,30}}?{_END})\s*(?:（(?:盖章|公章|章)）)?\s*")
_DECLARED = re.compile(
    rf"\s*(?:填报|编制|报送|自评|预算|评价)?(?:单位|部门)(?:名称)?(?:（(?:盖章|公章|章)）)?\s?：\s?(?P<name>[\u4e00-\u9fff]{{3,30}}?{_END})\s*(?:（(?:盖章|公章|章)）)?\s*"
)
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,4}?)(自治县|县|(?<![小社园景校辖])区|旗|市)(?![场政民级直])")
# Who signs in the author's place by right: superiors and companies that evaluate, groups set up for it.
_OTHERS = re.compile(r"财政|审计|公司|事务所|小组|评价|专班|联合|主管|人民政府办公室")
_LAST = 6
_JOINTS = frozenset("和与及暨")  # as good as one another in a name
_SAME_ENDS = 3  # characters that two names of one kind share at their end


@check(
    code="CP110",
    name="other-signature",
    theme="copying",
    severity=Severity.WARNING,
    zh="落款或填报单位与标题单位不一致",
    en="signed by another unit than the one in the title",
)
def other_signature(ctx: AuditContext) -> Iterator[Hit]:
    """Signed by another unit than the one in the title.

    What it does
    Compares the unit under the report, beside its date, and the one after 填报单位： with the unit that the title names. Short and full
    forms of one name are the same unit; a finance bureau, an evaluating company, a superior or subordinate unit that the text
    speaks of may sign.

    Why is this bad
    The report was taken from another unit, and one of the two names was not changed.

    Example
    Flagged::

        平岭县水务局2023年度部门整体支出绩效自评报告
        一、基本情况
        我局编制20名。
        二、自评结论
        自评得分95分。
        平岭县林业局
        2024年3月1日
        ----
        平岭县水务局2023年度部门整体支出绩效自评报告
        一、基本情况
        我局编制20名。
        二、自评结论
        自评得分95分。
        南安县水务局
        2024年3月1日
        ----
        平陵纺织职业学院2023年度部门整体支出绩效自评报告
        一、基本情况
        我院在校学生4000名。
        二、自评结论
        自评得分95分。
        平陵轻工职业学院
        2024年3月1日

    Accepted::

        平岭县卫生健康局2023年度部门整体支出绩效自评报告
        一、基本情况
        我局编制20名。
        二、自评结论
        自评得分95分。
        平岭县卫健局
        2024年3月1日

    Rests on
    None: a report is signed by its author.
    """
    own = "".join((ctx.document.organisation or "").split())
    title = "".join(ctx.document.title.split())
    if own and own not in title:
        yield from _from_elsewhere(ctx, title)
    if not own or own not in title:
        return
    everything = "\n".join(facts.normal for facts in ctx.facts.blocks)
    for block, match in _signatures(ctx):
        name = match["name"]
        if _differs(name, own, title, everything):
            yield Hit(
                Text(f"标题单位为“{own}”，此处署“{name}”", f"the title names “{own}”; signed “{name}”"),
                (Place(Span(block.index, match.start("name"), match.end("name"))),),
                stated=name,
                computed=own,
            )


def _from_elsewhere(ctx: AuditContext, title: str) -> Iterator[Hit]:
    """Signed by a unit of another county, or of another city with the same house, than the one whose project the title names."""
    home = dict(_named(title))
    for block, match in _signatures(ctx):
        name = match["name"]
        there = dict(_named(name))
        level = next((lv for lv in ("县", "区", "自治县", "旗", "市") if lv in there), None)
        if level is None or set(home) != {level} or _OTHERS.search(name) or ctx.wording.whole.count(there[level] + level) > 1:
            continue
        organ = _PLACE.sub("", name)
        if home[level][-2:] != there[level][-2:] and (level != "市" or (len(organ) > 1 and organ in title)):
            yield Hit(
                Text(
                    f"标题写“{home[level]}{level}”，此处署“{name}”", f"the title names “{home[level]}{level}”; signed “{name}”"
                ),
                (Place(Span(block.index, match.start("name"), match.end("name"))),),
                stated=name,
                computed=home[level] + level,
            )


def _signatures(ctx: AuditContext) -> Iterator[tuple[Block, re.Match[str]]]:
    """The line above (or below) the date at the end, and the lines 填报单位：."""
    blocks = list(prose(ctx))
    for at, block in enumerate(blocks):
        text = ctx.facts.blocks[block.index].normal
        declared = _DECLARED.fullmatch(text)
        if declared:
            yield block, declared
        elif at >= len(blocks) - _LAST:
            beside = [b for b in (*blocks[at + 1 : at + 2], *blocks[max(0, at - 1) : at]) if _is_date(ctx, b)]
            signed = _LINE.fullmatch(text)
            if signed and beside and block.marker is None:
                yield block, signed


def _is_date(ctx: AuditContext, block: Block) -> bool:
    """Whether a line is a date and nothing else."""
    dates = ctx.facts.blocks[block.index].dates
    return (
        len(dates) == 1 and dates[0].kind in {DateKind.DAY, DateKind.MONTH} and len(block.text.strip()) <= len(dates[0].raw) + 3
    )


def _differs(name: str, own: str, title: str, everything: str) -> bool:
    here, there = dict(_named(own)), dict(_named(name))
    if name in title or own in name or _fits(name, own) or _fits(own, name) or _OTHERS.search(name):
        return False
    if everything.count(name) == 1 and _is_namesake(name, own):
        return True
    same_levels = bool(here.keys() & there.keys()) or not here or not there
    if same_levels and set(_core(name)) <= set(_core(own)):
        return False
    if any(
        a[-2:] == b[-2:] and la != lb for la, a in here.items() for lb, b in there.items() if not here.keys() & there.keys()
    ):
        return True  # 蘅州县 under the report of 蘅州区
    if any(here[level][-2:] != there[level][-2:] for level in here.keys() & there.keys()):
        return True
    organ = _PLACE.sub("", name)
    return len(organ) >= 2 and everything.count(organ) == 1 and not _fits(organ, own)


def _is_namesake(name: str, own: str) -> bool:
    """Whether two full names of one kind differ in one run of characters: 江州工业学院 beside 江州工程学院."""
    if len(name) != len(own):
        return False
    odd = [at for at, (a, b) in enumerate(zip(name, own, strict=True)) if a != b]
    first, last = odd[0], odd[-1] + 1
    runs = {name[first:last], own[first:last]}
    return first >= 2 and last - first <= 3 and len(name) - last >= _SAME_ENDS and not runs <= _JOINTS


def _core(name: str) -> str:
    """A name in short forms, without the words that every office bears."""
    short = name.replace("中国人民政治协商会议", "政协").replace("人民代表大会", "人大")
    return re.sub(r"常务委员会|委员会|人民政府|办公室|机关", "", short)


def _named(words: str) -> list[tuple[str, str]]:
    return [(level, place) for place, level in _PLACE.findall(words)]


def _fits(short: str, full: str) -> bool:
    """Whether every character of the one stands in the other in this order: 卫健局 in 卫生健康局."""
    rest = iter(full)
    return all(char in rest for char in short)
