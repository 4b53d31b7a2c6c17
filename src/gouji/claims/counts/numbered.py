"""Stated counts against numbered lists: （1）…（2）… and 一是…二是… in one paragraph, items in blocks of their own, projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.build import LIKELY, SURE
from gouji.claims.counts.names import count_claim
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.sums.listing import NumberedList
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.document import BlockKind, MarkerStyle
from gouji.model.fact import Span
from gouji.model.quantity import Dimension

_POINTS = re.compile(
    r"[\u4e00-\u9fff]{0,3}?(?:问题|环节|措施|做法|工作|举措|原因|建议|经验|不足|任务|方面|步骤|阶段|内容|重点|改进|机制|优势|特点|项目|专项|指标|方法)"
)
_LEADS_ON = re.compile(
    r"[^，。；：]{0,16}(?:，(?:逐一|逐项|现将|具体|分[别述项]|详细|明细|主要|情况|内容|其|即|包括|共计|总|资金|金额|合计|支出|预算|现|各)[^。；]{0,30})?[：。]"
)
_ORDINAL_WORDS = {
    "一是": re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[。；：，]))([一二三四五六七八九十])是"),
    "第一": re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[。；：，]))第([一二三四五六七八九十])(?=[，、：是])"),
}
_PROJECT = re.compile(r"项目|专项|任务|工程")
_PART_WORDS = re.compile(r"其中|另|新增|优|良|中$|差|完成|未|个别|部分|重点|余")
NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


def inline(passage: Passage, item: Item) -> Claim | None:
    """4个子项目：1.…；2.…；3.…；4.… inside one paragraph."""
    if item.q.chinese and not names_points(item):
        return None
    text = passage.text
    at = item.q.span.end
    if re.match(r"[^，。：]{0,14}[两二三四五六七八九十][个项步类方点种阶大]", text[at : at + 18]):
        return None  # 两项补贴验收分四步：①…: the list belongs to the number behind
    head = re.match(r"[\u4e00-\u9fff“”]{0,14}(?:，(?:分别为|分别是|包括|即))?：\s?(?=(?:（1）|1[.、．)]|①))", text[at:])
    if head is None:
        return None
    numbers = 0
    last = at
    for match in re.finditer(r"(?<![\d.])(?:（(\d{1,2})）|(\d{1,2})[.、．)](?!\d)|([①-⑳]))", text[at:]):
        number = int(match[1] or match[2] or ord(match[3]) - 0x2460 + 1)
        if number != numbers + 1:
            break
        numbers, last = number, at + match.start()
    if numbers < 2:
        return None
    stated = int(item.q.figure.value)
    span = Span(passage.block.index, last, last + 2)
    verdict = Verdict.AGREES if numbers == stated else Verdict.DISAGREES
    return count_claim(item, span, numbers, "", verdict, SURE, "inline")


def ordinals(passage: Passage, item: Item) -> Claim | None:
    """三个方面：一是…；二是…；三是…"""
    text = passage.text
    at = item.q.span.end
    if not re.match(r"[\u4e00-\u9fff“”]{0,14}[：。，]", text[at : at + 16]):
        return None
    numbers: list[tuple[int, int]] = []
    if item.q.chinese and not names_points(item):
        return None
    nearby = re.match(r"[\u4e00-\u9fff“”]{0,14}[：。，][\u4e00-\u9fff，]{0,12}?(?:一是|（1）|1\.|①|第一)", text[at : at + 34])
    if nearby is None:
        return None
    first = "第一" if nearby[0].endswith("第一") else "一是"
    for match in _ORDINAL_WORDS[first].finditer(text, at):
        number = NUMERALS[match[1]]
        if number == len(numbers) + 1:
            numbers.append((number, match.start()))
        else:
            break
    if len(numbers) < 2:
        return None
    stated = int(item.q.figure.value)
    span = Span(passage.block.index, numbers[-1][1], numbers[-1][1] + 2)
    verdict = Verdict.AGREES if len(numbers) == stated else Verdict.DISAGREES
    return count_claim(item, span, len(numbers), "", verdict, SURE, "ordinals")


def names_points(item: Item) -> bool:
    """Whether a Chinese numeral counts points of an argument or projects and is not part of a name (两项补贴)."""
    return item.q.figure.unit.symbol in ("方面", "点") or _POINTS.match(item.q.noun) is not None


def blocks(runs: Sequence[NumberedList], passage: Passage, item: Item) -> Claim | None:
    """以下5项：1.… 2.… in blocks of their own, announced by the block before."""
    text = passage.text.rstrip()
    if not text.endswith(("：", "。")) or item.q.sentence != passage.items[-1].q.sentence:
        return None
    if not (text.endswith("：") or re.search(r"(?:如下|以下|下列)", text[-24:])):
        return None
    if not re.search(r"如下|以下|下列|包括|分别|主要(?:有|是)|即|：$", text[item.q.span.start :]):
        return None
    tail = text[item.q.span.end :]
    if len(tail) > 40 or any(i.order > item.order and i.q.dimension is Dimension.COUNT for i in passage.items):
        return None
    if any(i.order > item.order and i.percent for i in passage.items):
        return None
    if not _LEADS_ON.fullmatch(tail):
        return None
    if re.search(r"未|其中|另|[中里]的?$", passage.text[item.q.label_start : item.q.span.start]) or "；" in tail:
        return None  # 涉及12个乡镇中的6个
    if item.q.chinese and not names_points(item):
        return None
    run = next((r for r in runs if r.intro is not None and r.intro.index == passage.block.index), None)
    if run is None or re.search(
        r"主要|部分|前[一二三四五六七八九十\d]", tail + text[max(0, item.q.span.start - 8) : item.q.span.start]
    ):
        return None
    if _is_outline(run) and not _counts_sections(item, run):
        return None
    stated, listed = int(item.q.figure.value), len(run.items)
    last = run.items[-1].block
    marker = run.items[-1].marker
    span = Span(last.index, marker.start, marker.end)
    verdict = Verdict.AGREES if listed == stated else Verdict.DISAGREES
    return count_claim(item, span, listed, "", verdict, SURE if abs(stated - listed) <= 3 else LIKELY, "numbered")


def _is_outline(run: NumberedList) -> bool:
    """Whether the items are the report's own sections: 三个项目…现将自评情况报告如下。一、基本情况"""
    first = run.items[0].block
    return run.items[0].marker.style is MarkerStyle.CN and first.kind is BlockKind.HEADING and first.parent is None


def _counts_sections(item: Item, run: NumberedList) -> bool:
    """Whether a count before the report's sections is of them: 分四个方面报告如下, 3个项目 where most are headed 甲项目."""
    if re.match(r"方面|部分|章|问题|环节|阶段|步骤", item.q.noun):
        return True
    named = [i for i in run.items if any(w in i.block.text[-8:] for w in ("项目", "工程", "专项", "任务") if w in item.q.noun)]
    return len(named) * 2 > len(run.items)


def projects(scene: Scene, runs: Sequence[NumberedList]) -> Iterator[Claim]:
    """预算项目7个 against the document's numbered list of projects, wherever the two stand."""
    candidates = [r for r in runs if len(r.items) >= 3 and sum(1 for i in r.items if i.money) * 3 >= len(r.items) * 2]
    if not candidates:
        return
    run = max(candidates, key=lambda r: len(r.items))
    inside = {b.index for i in run.items for b in i.blocks}
    marker = run.items[-1].marker
    span = Span(run.items[-1].block.index, marker.start, marker.end)
    for passage in scene.passages:
        if passage.block.index in inside:
            continue
        for item in passage.items:
            if item.q.dimension is not Dimension.COUNT or item.hedged or item.q.figure.unit.symbol not in ("个", "项", "大类"):
                continue
            words = item.label[-10:] + "|" + item.q.noun[:6]
            if not _PROJECT.search(words) or _PART_WORDS.search(words):
                continue
            if item.q.base == len(run.items):
                yield count_claim(item, span, len(run.items), "", Verdict.AGREES, SURE, "projects")
