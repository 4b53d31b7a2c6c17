"""The words that keep figures apart or make them one: scopes, stages, parts. Data for the restatement finders."""

from __future__ import annotations

from gouji.claims.vocabulary import by_words
from gouji.model import patterns as re

NOISE = re.compile(
    r"^[一二三四五六七八九]是|\d{4}年度?|\d{1,2}月|截至|年末|年底|本年度?|当年|全年|今年|我[局委办院县市区镇乡校馆部单]位?|本[局委办院镇乡校馆部单]位?|部门|单位|累计|实际|共计|合计|总计|共|"
    r"其中|该项目?|上述|上列|前述|上文|此外|审计报告|认定|审定|名下的?|所办|办班|年内|管护|办理|经统计|据统计|从[\u4e00-\u9fff]{2,6}看|用于|投入|安排|达到|完成|执行|为|的|了|约|由于|主要|计划|发放|拨付"
)
GENERIC = re.compile(
    r"项目|金额|资金|支出|预算|决算|经费|得分|自评|评价|绩效|收入|财政|拨款|使用|支付|到位|总额|总量|总数|数|额|费|率|指标|年初|调整|专项|涉及|满意度|完成|整体|情况|"
    r"合计|补助|资金量|目标|培训|会议|工作|活动"
)
_QUALIFYING = (
    "年初 调整 追加 上年 结转 中央 省级 市级 县级 区级 镇级 本级 上级 财政拨款 一般公共预算 政府性基金 "
    "国有资本 非税 自筹 社会 人员 公用 基本 项目 购置 运行 出国 接待 收入 支出 预算 决算 执行 到位 "
    "下达 支付 计划 目标 新增 新建 累计 其中 行政 事业 工勤 离休 退休 在职 编制 在编 男 女 上半年 "
    "下半年 一季度 二季度 三季度 四季度 第一 第二 第三 第四 首批 中期 期末 年末 期初 平均 最高 最低 "
    "合同 中标 结算 审定 概算 概 投资 余额 结余 应 未 户 人次 招生 毕业 城镇 农村 城市 乡村 优秀 "
    "良好 扣 满 分值 权重 城乡 本科 高中 初中 小学 幼儿 省 市 县 区 乡 村 月 批 次 期 一般 重点 "
    "非 外 内 政府采购 政府购买 货物 服务 工程 小微 中小 "
    "初检 复检 初审 复审 终审 初评 复评 初验 终验 复核 复查 初步 "
)
QUALIFIER = re.compile("|".join(sorted(_QUALIFYING.split(), key=len, reverse=True)))  # words that qualify a figure
_DECIDING = (
    "年初 调整 上年 结转 中央 省级 市级 县级 区级 人员 公用 购置 运行 出国 接待 收入 预算 决算 到位 "
    "下达 计划 目标 新增 离休 退休 编制 男 女 上半年 下半年 一季度 二季度 三季度 四季度 第一 第二 第三 "
    "第四 平均 合同 中标 结算 概算 结余 其中 未 户 货物 工程 小微 中小 城镇 农村 基本 政府采购 "
    "政府性基金 初检 复检 初审 复审 终审 初评 复评 初验 终验 复核 复查 初步 "
)
DECISIVE = frozenset(_DECIDING.split())  # two figures of which one has such a word and the other not are two facts
DECISIVE_FOR_COUNTS = DECISIVE - frozenset(
    ["中央", "省级", "市级", "县级", "区级", "收入", "预算", "决算", "人员", "公用", "结余", "其中", "户"]
)
PARTIAL = re.compile(
    r"其中|新建|新增|每|各|部分|重点|优秀|先进|另|余下|剩余|抽查|随机|选派|组织|下派|有$|余|未|已|参加|参与|约|计划|目标"
)
SCOPES = re.compile(r"全[县区市省镇乡州旗校院馆局系国]|辖区|本级|机关|我[县区市镇乡]")


@by_words
def core_of(label: str) -> str:
    """The label without noise."""
    return NOISE.sub("", label)


@by_words
def particular(core: str) -> str:
    """What a core names beyond what any project has: 设备购置 of 设备购置支出."""
    return GENERIC.sub("", core)


@by_words
def marks_of(label: str) -> frozenset[str]:
    """The qualifying words of a label."""
    return frozenset(QUALIFIER.findall(label))
