"""What the columns of the trade's tables are called, and what stands under each name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from gouji.claims.vocabulary import by_words
from gouji.facts.units import unit_of
from gouji.model import patterns as re
from gouji.model.choice import Choice
from gouji.model.quantity import Unit
from gouji.text.normal import normal


class Sort(Choice):
    """What the cells of a column hold."""

    UNKNOWN = "unknown"
    LABEL = "label"
    LEVEL = "level"  # 一级指标 二级指标 三级指标
    SERIAL = "serial"
    CODE = "code"
    REASON = "reason"
    TEXT = "text"
    GRADE = "grade"
    OPERATOR = "operator"
    MEASURE_UNIT = "measure_unit"
    TARGET = "target"
    ACTUAL = "actual"
    WEIGHT = "weight"
    SCORE = "score"
    RATE = "rate"
    CHANGE_RATE = "change_rate"
    CHANGE = "change"
    SHARE = "share"
    TOTAL = "total"  # 合计 小计 资金总额
    BUDGET = "budget"
    SPENT = "spent"
    AMOUNT = "amount"


NUMERIC_SORTS = frozenset({
    Sort.TARGET, Sort.ACTUAL, Sort.WEIGHT, Sort.SCORE, Sort.RATE, Sort.CHANGE_RATE, Sort.CHANGE, Sort.SHARE, Sort.TOTAL,
    Sort.BUDGET, Sort.SPENT, Sort.AMOUNT,
})  # fmt: skip
ADDITIVE_SORTS = frozenset({Sort.CHANGE, Sort.TOTAL, Sort.BUDGET, Sort.SPENT, Sort.AMOUNT})
STRONG_SORTS = (NUMERIC_SORTS | {Sort.LEVEL, Sort.GRADE}) - {Sort.AMOUNT}
NOT_ADDITIVE = re.compile(
    r"率|比[例重]?$|占比|均|单价|价格|标准$|定额|年份|年度$|时间|日期|期限|排名|名次|电话|序号|编[号码]|次序|系数|得分|分数|评分|满意度|进度|天数|工期"
)

_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = tuple(
    (sort, re.compile(pattern))
    for sort, pattern in (
        (Sort.SERIAL, r"^(?:序号|编号|行次|栏次|NO\.?|序)$"),
        (Sort.CODE, r"编码|代码|^[类款项]$"),
        (Sort.REASON, r"原因|措施|备注|说明"),
        (Sort.GRADE, r"等级|等次|评级|^(?:自评|评价)(?:结果|结论)$"),
        (Sort.TEXT, r"(?:评分|评价|打分|扣分)(?:标准|细则|依据|方法|办法)|指标解释|计算公式|数据来源"),
        (Sort.OPERATOR, r"指标性质|^性质$|指标方向|运算符号?|^符号$"),
        (Sort.MEASURE_UNIT, r"(?:度量|计量)单位"),
        (Sort.LEVEL, r"^[一二三四]级指标(?:名称)?$"),
        (
            Sort.CHANGE_RATE,
            r"(?:增减|增长|升降|变动|变化|增加|减少|下降|偏差|差异)(?:率|幅|%|百分比|比例|幅度)|增幅|降幅|增长%|同比",
        ),
        (Sort.RATE, r"率(?:[（(].*[）)])?$|进度$|完成比例$|执行比例$"),
        (Sort.CHANGE, r"增减|增长额|差额|差异|增加额|减少额"),
        (Sort.SHARE, r"占.*(?:比|重|%)|比重|占比|构成比|比例$"),
        (Sort.RATE, r"%$|百分比$"),
        (Sort.ACTUAL, r"实际完成|完成值|实际值|完成情况|全年完成|完成指标"),
        (Sort.TARGET, r"指标值|目标值|计划值|年度目标$|绩效目标$"),
        (Sort.SCORE, r"得分|自评分|评分$|打分$|^评价分$"),
        (Sort.WEIGHT, r"权重|分值|标准分|满分|权值"),
        (Sort.TOTAL, r"^(?:合计|小计|总计|总额|资金总额|总金额|资金总量|.*(?:合计|小计|总计|资金总额))$"),
        (Sort.SPENT, r"执行数|决算|支出|支付|实付|实支|已用|使用数|拨付|执行金额|执行额"),
        (Sort.BUDGET, r"预算|计划数|计划投资|计划金额|批复|下达|安排|指标数|到位"),
        (Sort.AMOUNT, r"金额|拨款|资金$|经费$|费$|结转|结余|收入|人数|数量|个数|户数|数$"),
        (Sort.LABEL, r"项目|名称|单位|科目|内容|类型|类别|部门|指标|任务|地区|乡镇|摘要|经济分类|功能分类"),
    )
)
_TAIL = re.compile(r"（[^（）]*）$")
_BRACKET_UNIT = re.compile(
    r"（(?:单位：|金额单位：)?(万元|亿元|千元|百元|元|%|人次|人|个|户|项|次|平方米|亩|公里|分)）|[/／](万元|元)$"
)
_COUNT_LIKE = re.compile(
    r"人数|数量|个数|户数|次数|人次|项目数|单位数|面积|里程|编制|车辆数|台数|件数|（[^（）]*[人个户项次件台辆亩米]）"
)


@by_words
def squeeze(text: str) -> str:
    """Normal form without blanks."""
    return "".join(normal(text).split())


def sort_of(name: str, names: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Sort | None:
    """What a column of this name holds; None if the name is not known. `name` squeezed; `names`: a profile's own, by kind."""
    if not name:
        return None
    bare = _TAIL.sub("", name) or name
    for kind, own in names.items():
        if name in own or bare in own:
            return Sort(kind)
    return _usual_sort(bare)


@by_words
def _usual_sort(bare: str) -> Sort | None:
    return next((sort for sort, pattern in _SORTS if pattern.search(bare)), None)


def header_unit(name: str) -> Unit | None:
    """The unit that a header declares in brackets."""
    match = _BRACKET_UNIT.search(name)
    return unit_of(match[1] or match[2]) if match else None


def money_like(name: str, sort: Sort) -> bool:
    """Whether a column without a unit of its own holds amounts in the table's unit."""
    return sort in ADDITIVE_SORTS and not _COUNT_LIKE.search(name)
