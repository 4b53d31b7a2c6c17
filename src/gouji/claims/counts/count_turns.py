"""Counts against what is told one by one behind a comma: 分3组，第一组…，第二组…，第三组…; 四类指标，产出指标、效益指标、满意度指标各有侧重."""

from __future__ import annotations

from gouji.claims.build import LIKELY, SURE
from gouji.claims.counts.names import count_claim
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import common_ending
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.fact import Span
from gouji.text.numerals import parse_chinese

TURNS = ("第一", "第1", "一期", "1期", "一标", "1标", "一阶", "一季", "一档", "一轮", "一小组", "一梯", "Ⅰ")
_FIRST = re.compile(r"(?P<th>第?)(?:一|1|Ⅰ)(?P<what>小组|[组批期轮次]|阶段|梯队|标段|档|季度|步)")
_NEAR = 40  # characters from the count to its first turn
_PARTLY = re.compile(r"其中|目前|正在|已有|其余|余下|另|例如|如第|主要|重点")


def turns(passage: Passage, item: Item) -> Claim | None:
    """分3个小组调研，第一组…，第二组…，第三组…: turns that are numbered in the words of the count."""
    text, at = passage.text, item.q.span.end
    if "一" not in text[at : at + _NEAR] and "1" not in text[at : at + _NEAR]:
        return None
    said = item.q.figure.unit.symbol + item.q.noun[:6]
    first = next((m for m in _FIRST.finditer(text, at, at + _NEAR) if m["what"] and m["what"][-1] in said), None)
    if first is None or (not first["th"] and first["what"][-1] in "组批次步"):
        return None  # 一次 is no turn
    numbered = re.once(rf"{'第' if first['th'] else '(?<!第)'}(?P<n>[一二三四五六七八九十]{{1,2}}|\d{{1,2}}){first['what']}")
    told, last = 0, first.end()
    for match in numbered.finditer(text, first.start()):
        number = int(match["n"]) if match["n"].isdigit() else parse_chinese(match["n"])
        if number == told + 1:
            if _TO_COME.match(text, match.end()):
                break
            told, last = told + 1, match.end()
        elif number is None or number > told:
            return None
    stated = int(item.q.figure.value)
    lead = text[at : first.start()]
    if told < _LEAST or (told < stated and (_PARTLY.search(text, at) or stated - told > 1)) or re.search(r"\d", lead):
        return None
    if told < stated and item.q.chinese and _ANNOUNCED.search(text[: item.q.span.start]):
        return None  # the check of what is announced and missing has these
    span = Span(passage.block.index, first.start(), last)
    verdict = Verdict.AGREES if told == stated else Verdict.DISAGREES
    return count_claim(item, span, told, "", verdict, SURE if told > stated else LIKELY, "turns")


_LEAST = 2
_ANNOUNCED = re.compile(r"分[为成]?$")
_TO_COME = re.compile(r"[^。；]{0,6}(?:定于|将|拟|计划|预计|明年|下年|下一)")
_ALIKE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{1,10})，(?:即)?(?P<names>[\u4e00-\u9fff“”·]{2,16}(?:、[\u4e00-\u9fff“”·]{2,16}){2,})(?:[，。；]|$)"
)
_ALL_OF_THEM = re.compile(r"(?:各有|各自|各负|分别|均[由为有已按以]|都[由为有已按]|全部)[^、]*$")


def named_alike(passage: Passage, item: Item) -> Claim | None:
    """四类一级指标，过程类指标、效益类指标、投入类指标各有侧重: names that all end with the noun, of which something is said one and all."""
    match = _ALIKE.match(passage.text, item.q.span.end) if "、" in passage.text else None
    if match is None:
        return None
    *names, last = match["names"].split("、")
    all_of = _ALL_OF_THEM.search(last)
    names.append(last[: all_of.start()] if all_of is not None else last)
    ending = common_ending(names)
    if not ending or ending[-1] not in match["noun"][-3:] or len(set(names)) != len(names) or max(map(len, names)) > _LONG:
        return None
    stated, listed = int(item.q.figure.value), len(names)
    rest = passage.text[match.end("names") :]
    if listed < stated and (all_of is None or stated - listed > 1 or ending in rest or re.search("其中|等|部分", match[0])):
        return None  # 4个镇，东镇、西镇、南镇已达标: some of them
    if listed - stated > _LEAST:
        return None
    span = Span(passage.block.index, match.start("names"), match.start("names") + len("、".join(names)))
    verdict = Verdict.AGREES if listed == stated else Verdict.DISAGREES
    return count_claim(item, span, listed, "、".join(names), verdict, LIKELY, "alike")


_LONG = 12  # characters of a name
