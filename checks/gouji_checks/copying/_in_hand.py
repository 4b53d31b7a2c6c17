"""The year of the evaluation in hand: 经对2021年度经费逐项打分，形成本自评结论 can tell of the report's own year alone."""

from __future__ import annotations

from gouji.model import patterns as re
from gouji.model.fact import DateFact

_WHAT = r"[^，。；\d]{0,22}"
_SELF = r"(?:本(?:部门|单位|局|委|办|院|校|中心|镇|乡|街道)|我(?:部门|单位|局|委|办|院|校|中心|镇|乡|街道))"
_THIS = r"(?:本(?:次|报告|自评|评价)|此次)"
# What stands before the year in its sentence, and what stands behind it.
_TIES = tuple(
    (re.compile(before), re.compile(behind))
    for before, behind in (
        (
            rf"(?:经对|(?:^|，){_SELF}?(?:组织|[^，。；\d]{{2,10}}[科股室])?对)$",
            rf"度?{_WHAT}(?:逐项(?:打分|评分|核定)|(?:开展|进行|实施|组织)了?[^，。；\d]{{0,6}}(?:自评|自我评价)|[^，。；]{0, 16}(?:做|作|开展|进行)了?自评)",
        ),
        (rf"^(?:现|兹)将{_WHAT}$", r"度?[^，。；\d]{0,14}(?:绩效|自评)[^，。；\d]{0,8}(?:报告|汇报|说明|公告|函报|总结)如下"),
        (rf"{_THIS}[^。；\d]{{0,30}}(?:指|是指|系指)的?(?:是)?$", r"度"),
        (
            rf"{_THIS}(?:绩效)?(?:自评|评价|报告)?的?(?:覆盖|涉及|涵盖|针对|对象(?:为|是)|范围(?:为|是))了?{_WHAT}$",
            r"度|1月1日(?:至|到|—|-|～)12月31日",
        ),
        (
            rf"^(?:总的?来?看|总体上?来?看|综合来看|综上(?:所述)?)，{_WHAT}$",
            r"度?[^，。；\d]{0,8}(?:目标|任务)(?:基本|总体|全面|全部|均已?|圆满)?(?:实现|完成|达成)",
        ),
        (
            r"^(?:对照|围绕|按照|根据)$",
            r"度?(?:部门)?(?:整体|项目)?(?:支出)?(?:绩效)?目标，(?:本年|今年|当年)(?!度?(?:预算|目标))",
        ),
        (
            rf"^[^，。；\d]{{2,22}}(?:属于|属|是|系|为){_SELF}?$",
            r"度?(?:部门|单位)?(?:年初)?预算(?:安排)?的?(?:当年)?项目，[^。；]{0,10}(?:本次|本报告|本自评|一并)",
        ),
    )
)
_EARLIER = re.compile(r"上一?年|去年|往年|历年|以前年度|曾|整改|抽查|复核|重点评价|再评价|跟踪|跨年|结转|两年|三年")


def is_in_hand(date: DateFact, words: str, before: str, after: str) -> bool:
    """Whether the sentence ties the evaluation in hand to the year; `words` is the sentence, parted by the date."""
    if date.month is not None:
        after = f"{date.month}月{date.day or 1}日{after}" if date.day else ""
    elif date.fiscal:
        after = f"度{after}"
    if _EARLIER.search(words):
        return False
    return any(tie.search(before) and behind.match(after) for tie, behind in _TIES)
