"""Another place's organ named as one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Hit, Place, Severity, Text, check
from gouji.model.fact import Organisation
from gouji_checks.spans import sentence

_COMPARED = frozenset({"县", "区", "旗"})
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,4}?)(自治县|县|区|旗)(?![域级直属])")
# Words that stand before 县 and 区 and are no names: 根据县财政局, 报请区政协.
_WORDS = (
    "根据 按照 依据 依照 参照 遵照 对照 报请 提请 上报 提交 报送 汇报 报告 请示 申请 通过 接受 配合 "
    "会同 协助 协调 邀请 成立 召开 获得 取得 争取 收到 加强 承办 用于 落实 围绕 服务 学习 传达 贯彻 "
    "执行 参加 参与 报经 纳入 列入 支持 推动 推进 促进 实现 完成 制定 出台 印发 开展 调整 涉及 包括 "
    "其中 目前 去年 今年 年度 以及 同时 此外 另外 以来 作为 成为 属于 由于 关于 对于 针对 发挥 建设 "
    "建立 上缴 拨付 年中 年初 年末 经过 委托 巡察 代表 负责 承担 隶属 下辖 下设 举办 出席 列席 经常 "
    "积极 认真 严格 沟通 对接 联系 咨询 会商 商请 函告 呈报 汇总 移送 移交 反馈 转发 抄送 依托 借助 "
    "联动 聘请 牵头 督促 指导 监督 督办 检查 抽调 选派 派驻 挂牌 划转 划入 原属 设立 组建 创建 主动 "
    "经由 上交 划拨 追加 批复 下达 安排 转入 核定 审核 审批 验收 评审 复核 通报 公布 公示 发布 表彰 "
    "授予 荣获 评为 获评 入选 受理 办理 接收 来自 位于 地处 前往 全面 及时 按时 依法 统一 共同 重点 "
    "主要 原则 分别 先后 多次 首次 正式 确定 明确 上级 主管 组织 先进 自治 该项 所属 政协 协商 团结 "
    "全省 全市 本市 本省 我省 我市 省市 市县 "
)
_ORDERS = re.compile(r"(?:根据|按照|依据|依照|遵照|按)[照据]?$")
_ZONE = re.compile(
    r"开发|高新|[新园景社校山林库灌牧矿港湾市]$|产业|示范|度假|保税|经济|技术"
)  # 开发区, 灌区: no district's name
_ELSEWHERE = re.compile(
    r"考察|学习|交流|对口|支援|协作|帮扶|结对|赴|前往|借鉴|经验|邻|友好|联合(?!会)|中标|签订|委托|来自|兄弟|外地|外县|跨|省|转入|转出|移交|追逃|联动|共建|合作|援"
)


@check(
    code="CP106",
    name="foreign-organisation",
    theme="copying",
    severity=Severity.WARNING,
    zh="误留其他单位名称",
    en="another place's organ named as one's own",
)
def foreign_organisation(ctx: AuditContext) -> Iterator[Hit]:
    """Another place's organ named as one's own.

    What it does
    Reports an organ or town that bears another county's or district's name than the report's own: the title says 清河县水利局, the
    text says 南安县水利局 or cites 南安县财政局 once. Sentences about visits, exchanges, aid, contracts and other places are left
    alone, and cities are not compared: a city's bureau may be the superior one.

    Why is this bad
    The text was cloned from another place's submission.

    Example
    Flagged::

        清河县水利局2023年度部门整体支出绩效自评报告
        一、基本情况
        清河县水利局设3个股。清河县财政局批复预算100万元。清河县水利局编制20名。
        二、下一步打算
        南安县水利局将加强资金监管。

    Accepted::

        清河县水利局2023年度部门整体支出绩效自评报告
        一、基本情况
        清河县水利局设3个股。清河县财政局批复预算100万元。清河县水利局编制20名。
        二、主要做法
        赴南安县水利局考察学习节水经验。根据石安市水利局要求开展检查。

    Rests on
    None: a report speaks of its own place.
    """
    places = {level: name for name, level in _PLACE.findall("".join(ctx.document.title.split()))}
    everything = "\n".join(facts.normal for facts in ctx.facts.blocks)
    for facts in ctx.facts.blocks:
        for named in facts.organisations:
            own = places.get(named.level)
            if own is None or named.level not in _COMPARED or not _is_foreign(named, own, everything, facts.normal):
                continue
            start, end = sentence(facts.normal, named.span.start, named.span.end)
            if _ELSEWHERE.search(facts.normal[start:end]):
                continue
            expected = own[-2:] + named.level + named.tail
            yield Hit(
                Text(
                    f"本报告属“{own[-2:]}{named.level}”，此处写“{named.raw}”，疑为其他单位的文字",
                    f"the report is {own[-2:]}{named.level}'s; “{named.raw}” is named here",
                ),
                (Place(named.span),),
                stated=named.raw,
                computed=expected,
            )


def _is_foreign(named: Organisation, own: str, everything: str, text: str) -> bool:
    """Whether the organ bears another name than one's own, once, where one's own place or organ is named time and again."""
    if named.name.endswith(own[-2:]) or own.endswith(named.name) or named.name[-2:] in _WORDS:
        return False
    if named.level == "区" and _ZONE.search(named.name):
        return False
    short = named.name[-2:]
    if everything.count(short + named.level) > 2 or everything.count(short) > everything.count(short + named.level):
        return False  # at home here too, or an ordinary word
    at_home = own[-2:] + named.level
    if at_home + named.tail in everything or not named.tail:
        return True
    orders = "财政局" in named.tail and _ORDERS.search(text[: named.span.end - len(named.tail) - 3])
    return everything.count(at_home) >= (1 if orders else 2)
