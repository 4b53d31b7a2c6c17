"""The column names of the forms of this trade, and what stands under each."""

from __future__ import annotations

from enum import Enum, auto

from gouji.model import patterns as re


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = auto()
    REMARK = auto()  # a text that most rows lack
    NUMBER = auto()
    POINTS = auto()  # a weight or a score: no percentage, no amount
    GRADE = auto()
    OPERATOR = auto()
    VALUE = auto()
    UNIT = auto()
    LEVEL1 = auto()
    LEVEL2 = auto()


_NAMES = {
    Kind.LEVEL1: "一级指标",
    Kind.LEVEL2: "二级指标",
    Kind.TEXT: (
        "三级指标 四级指标 指标名称 绩效指标 项目名称 单位名称 部门名称 单位基本性质 单位性质 经费形式 "
        "项目 内容 名称 任务名称 主要内容 评价内容 评分标准 评价标准 "
        "主管部门 实施单位 资金来源 类型 类别 指标解释 指标说明 项目类型 功能科目 科目名称"
    ),
    Kind.REMARK: (
        "偏差原因 偏差原因分析 偏差原因及改进措施 偏差原因分析及改进措施 偏差原因和改进措施 原因 备注 说明 扣分原因 未完成原因 "
        "未完成原因分析 改进措施 未完成原因及改进措施 未完成原因分析及改进措施"
    ),
    Kind.OPERATOR: "绩效指标性质 指标性质 性质",
    Kind.VALUE: "绩效指标值 指标值 年度指标值 目标值 实际完成值 完成值 年初目标值 全年实际值 实际值 年度目标值 计划完成值",
    Kind.UNIT: "绩效度量单位 度量单位 计量单位 单位",
    Kind.NUMBER: (
        "序号 总分 预算数 年初预算数 全年预算数 全年执行数 执行数 执行率 调整预算数 "
        "调整后预算数 预算执行数 预算执行率 决算数 支出决算数 金额 资金总额 财政拨款 其他资金 年初预算 预算金额 实际支出 支出金额 "
        "合计 小计 人数 数量 基本支出 项目支出 本年数 上年数 增减额 增减率 上年决算数 年初结转 年末结转 下达资金 到位资金 支付金额 "
        "科目编码 完成率 支付率 结余 结转 调整数"
    ),
    Kind.POINTS: "权重 分值 得分 自评得分 评价得分 自评分 标准分",
    Kind.GRADE: "评价等级 自评等级 等级 自评结果 评价结果 评级",
}
COLUMNS: dict[str, Kind] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
FIGURES = (Kind.NUMBER, Kind.POINTS)
_FAMILIES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            Kind.REMARK,
            r"(?:存在)?(?:偏差|未完成|扣分|差异|问题|偏离)?(?:指标)?(?:情况)?(?:主要)?(?:原因|说明|分析|存在问题)(?:分析)?(?:[及和与、]?(?:下一步|拟采取的?)?(?:改进|整改)(?:措施|意见))?",
        ),
        (Kind.VALUE, r"(?:年度|年初|全年|预期|计划|绩效|本年)?(?:绩效)?(?:指标值|目标值)(?:设定)?"),
        (
            Kind.VALUE,
            r"(?:全年|年度|本年|指标)?实际(?:完成|达到)?(?:指标)?值|(?:全年|年度|本年)?(?:实际)?完成(?:指标)?值|(?:全年|年度)?实际完成(?:指标)?情况",
        ),
        (Kind.POINTS, r"(?:自评|评价|考核|标准|指标|复核|实际|单项)*(?:得分|分值|权重|评分|分)(?:权重|数)?|(?:综合|合计)?得分"),
        (Kind.NUMBER, r"(?:(?:19|20)\d\d年?|上年|去年|本年|今年|当年)度?(?:数|预算数?|决算数?|支出数?|执行数?|金额)?"),
        (Kind.NUMBER, r"(?:全年|年初|调整后?|年度|本年|上年|累计|实际)(?:预算|执行|决算|支出|到位|拨付|支付|使用)"),
        (
            Kind.NUMBER,
            r"(?:全年|年初|年末|调整后?|年度|本年|上年|累计|实际|项目|资金)?(?:预算|执行|决算|支出|到位|拨付|支付|使用|下达|结转|结余)(?:数|额|金额|资金)",
        ),
        (Kind.NUMBER, r"(?:预算|资金|支出|项目)?(?:执行|完成|到位|支付|拨付|使用)率|占比|比重|增减[额率]|增长率|增幅"),
    )
)
LONGEST = max(map(len, COLUMNS)) + 12
LEVEL1 = {
    "产出指标",
    "效益指标",
    "满意度指标",
    "成本指标",
    "投入指标",
    "过程指标",
    "效果指标",
    "决策指标",
    "管理指标",
    "预算执行",
    "资金执行率",
    "产出",
    "效益",
    "满意度",
    "成本",
}
LEVEL2 = {
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "社会效益指标",
    "经济效益指标",
    "生态效益指标",
    "可持续影响指标",
    "可持续发展指标",
    "服务对象满意度指标",
    "满意度指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    "社会效益",
    "经济效益",
    "生态效益",
    "可持续影响",
    "预算执行率",
    "帮扶对象满意度指标",
    "社会公众满意度指标",
    "受益对象满意度指标",
}
OPERATORS = {
    "＝",
    "=",
    "═",
    "≥",
    "≧",
    ">=",
    "≤",
    "≦",
    "<=",
    "＞",
    ">",
    "＜",
    "<",
    "定性",
    "定量",
    "等于",
    "大于",
    "小于",
    "大于等于",
    "小于等于",
    "－",
}
GRADES = {"优", "良", "中", "差", "优秀", "良好", "一般", "较差", "合格", "不合格", "较好", "中等", "基本合格", "—", "-", "/"}
_TAIL = re.compile(r"[（(][^（）()]*[）)]\s*$")


def column_kind(text: str) -> Kind | None:
    """The kind of a column by its name, a unit or formula in brackets disregarded; None if no such column is known."""
    name = re.sub(r"\s+", "", text)
    bare = _TAIL.sub("", name) if name.endswith(("）", ")")) else name
    kind = COLUMNS.get(name) or COLUMNS.get(bare)
    if kind is None and 2 <= len(bare) <= LONGEST:
        kind = next((family for family, pattern in _FAMILIES if pattern.fullmatch(bare)), None)
    return kind


def is_column_name(text: str) -> bool:
    return column_kind(text) is not None
