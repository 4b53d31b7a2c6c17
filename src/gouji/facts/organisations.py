"""Places with the organ or lower place named after them: 清河县水利局, 桐阳县双墩铺镇; at the head of a title, 《清河县…办法》, alone.

A place is also read alone where the author speaks of its affairs: 清河县高质量发展, 清河县委、县政府. Chinese prints no space before
a name, so a name is taken only where something before it can end a phrase: two characters after a mark, a particle or a
higher place, three after a mark; and only where it is made of characters that names of places are made of.
"""

# ruff: noqa: SIM905 - a list of words reads better as words
from __future__ import annotations

from gouji.facts.places import above, ending
from gouji.model import patterns as re
from gouji.model.fact import Organisation, Span

_LEVEL = re.compile(r"自治县|[县区市镇乡旗]|村(?=委会|民委员会|“两委”|两委|党支部|党总支|集体经济)")
_TAIL = re.compile(
    r"人民政府|人民法院|人民检察院|法院|检察院|政协|人大|总工会|团委|纪委|监委|工商联|红十字会|第[一二三四五六七八九十]+届|"
    r"(?![全各本当])[\u4e00-\u9fff]{2,9}?(?:(?<![大格布全新开战时变困破])局|联合会|委员会)|委员会|妇联|残联|委会班子|委会|民委员会|“两委”|两委|党支部|党总支|"
    r"(?![全各本当])[\u4e00-\u9fff]{2,3}(?:镇|乡|街道)|(?![全各本当的])[\u4e00-\u9fff]{0,10}?(?:医院|保健院|中学|小学|幼儿园|图书馆|文化馆|博物馆|档案馆|科技馆|党校)|(?![全各本当的])[\u4e00-\u9fff]{2,10}?(?:中心|学院|大学|工作站|[兽牧]医站|管理站|服务站|管理所|供销社)"
)
# What an author says of the place itself; the place is then a fact without an organ.
_AFFAIRS = re.compile(
    r"委、?[县区市旗镇乡]?(?:人民)?政府|委员?会?的(?:坚强|正确)?领导|党委、?(?:人民)?政府|高质量|经济|社会|民生|乡村振兴|发展|现代化"
    r"|各(?:乡镇|镇街|镇乡|街道|行政村|预算单位|学校|科室)|(?:人民)?群众|人民(?!政府|法院|检察院|医院|币)|百姓|实际(?!上)|境内|域内|范围内|各项事业|营商环境|生态|城乡|城镇|城区|农村|居民|企业|医疗|养老|就业|营商|财政收入|“三农”|教育事业|文化|旅游|农业|现有|共有|地处|位于|全境|国土面积|总面积|总人口|常住人口|[下共]?辖\d"
)
# What an author does for the place: after these words a county is named even where no affair of it follows.
_DONE_FOR = re.compile(
    r"(?:负责|承担|覆盖|惠及|遍及|辐射|提升|提高|改善|保障|推动|推进|促进|服务|支撑|助力|增强|满足|维护|净化|优化|完善|是|做好)了?$"
)
_AUTHOR = re.compile(r"《([\u4e00-\u9fff]{2,3})(县|区|旗)(?!志|史|域|报|年鉴|[委级长])")
# What may stand before a name of two characters: nothing, a mark, a higher place, a particle, the end of a verb of reference.
_BEFORE = frozenset("，。；：、！？（）《》“”\t\n 省市州盟照据由于在对向经为与和及将被把至从到赴受是按请报送得的协")
_DONE_FOR_ENDS = frozenset("责担盖及射升高善障动进务撑力强足护化好是了")
_AFFAIRS_BEFORE = _BEFORE | _DONE_FOR_ENDS | frozenset("了动进务力撑障快护展合足绕升级领托")  # 推动, 服务, 支撑, 结合 …
_MARK_BEFORE = frozenset("，。；：、！？（）《》“”\t\n ")
# Particles, and characters of verbs that no place is named with: 征求, 报送, 督促.
_NEVER_IN_A_NAME = frozenset(
    "的是为将把被由向从在到与及等该我全各本市县区"
    "推促助服求据照请报给送获受被使听取询问函督核审批拨付缴签订议论讲说写读看走赴召举办执评估验管导调配援结收学参编发转接移还担负责绕按贯落传部署统筹组送"
    "访谈诉提聘邀委派驻牵挂划抽选兼属辖置增减改整做反馈呈阅抄布示表授予颁率额款用支预算绩效目标了着或比较往去回见并已未又均每你他它其此这因超就也仅"
    "应符遵守接缴退归须需拟先后再均准允获奖罚告补偿债税费账簿册票证例款项规则制商函签盖章"
    "快持坚强保护拥深入构健施惠造有另届次轮指以"
)
# Verbs and adverbs made of characters that places are named with too.
_WORDS = frozenset(
    (
        "根据 按照 依据 依照 参照 遵照 对照 上报 提交 报送 汇报 报告 请示 申请 通过 接受 配合 会同 "
        "协助 协调 邀请 成立 召开 获得 取得 争取 收到 加强 承办 用于 落实 围绕 服务 学习 传达 贯彻 "
        "执行 参加 参与 报经 纳入 列入 支持 推动 推进 促进 实现 完成 制定 出台 印发 开展 调整 涉及 "
        "包括 其中 目前 去年 今年 年度 以及 同时 此外 另外 以来 作为 成为 属于 由于 关于 对于 针对 "
        "发挥 建设 建立 上缴 拨付 年中 年初 年末 经过 委托 巡察 代表 负责 承担 隶属 下辖 下设 举办 "
        "出席 列席 经常 积极 认真 严格 沟通 对接 联系 咨询 会商 商请 函告 呈报 汇总 移送 移交 反馈 "
        "转发 抄送 依托 借助 联动 聘请 牵头 督促 指导 监督 督办 检查 抽调 选派 派驻 挂牌 划转 划入 "
        "原属 设立 组建 创建 主动 经由 上交 划拨 追加 批复 下达 安排 转入 核定 审核 审批 验收 评审 "
        "复核 通报 公布 公示 发布 表彰 授予 荣获 评为 获评 入选 受理 办理 接收 来自 位于 地处 前往 "
        "对应 相应 参照 全面 及时 按时 依法 统一 共同 重点 主要 原则 分别 先后 多次 首次 正式 确定 明确 上级 主管 "
        "组织 先进 自治 该项 所属 政协 协商 团结 全省 全市 本市 本省 我省 我市 省市 市县 联合 协同 "
        "携手 伙同 会签 主持 商得 征得 赢得 上门 借调 内设 合并 合署 分管 分工 分解 各类 直属 垂管 "
        "国家 中央 部委 财政 税务 公安 人大 团委 新增 新建 位居 高于 低于 优于 好于 同步 并入 汇入 "
        "存入 流入 进入 投入 引入 融入 深耕 扎根 保证 稳定 平衡 壮大 做大 做优 振兴 激活 拉动 带动 "
        "带领 引领 维护 立足 面向 深化 优化 美化 繁荣 活跃 平安 法治 和谐 美丽 文明 现代 智慧 数字 "
        "新型 城乡 统领 加快 切实 有力 有效 大力 着力 努力 充分 进而 从而 助力 助推 赋能 聚焦 紧扣 "
        "紧贴 关注 反映 体现 展示 宣传 对外 周边 相邻 毗邻 兄弟 其他 部分 多个 两个 三个 试点 示范 "
        "一个 贫困 革命 少数 民族 山区 老城 新城 主城 中心 辖区 城区 片区 景区 园区 社区 库区 灾区 "
        "校区 厂区 小区 牧区 生态 园林 卫生 森林 双拥 旅游 产粮 边境 沿海 百强 经济 农业 工业 人口 "
        "牧业 模范 标杆 达标 特色 脱贫 主产 畜牧 林业 节水 康养 宜居 文化 教育 体育 全域 整建 邻近 "
        "原名 曾名 现名 更名 改名 改称 简称 全称 名称 名为 前身 撤销 撤并 原属 现属 原由 现由 并称 又称 旧称 "
        "建成 接入 改建 扩建 修建 续建 改造 启动 新设 增设 开放 培训 联通 打造 创办 合办 "
        "西部 东部 所在 户籍 流动 受灾 欠发 发达 强国 富民 共富"
    ).split()
)
_TOO_COMMON = frozenset("区市镇乡")  # 功能区, 城市: words rather than names
_MARK = re.compile("[县区市镇乡旗村]")


def find_organisations(block_index: int, text: str, normal_text: str) -> tuple[Organisation, ...]:
    """The named organs of a block in order of position. `normal_text` is the normal form of `text`."""
    if not _MARK.search(normal_text):
        return ()
    found: list[Organisation] = []
    for match in _LEVEL.finditer(normal_text):
        end = match.end()
        known = ending(normal_text, end)
        if not known and not _name(normal_text, match.start(), _AFFAIRS_BEFORE):  # the widest of the three
            continue
        tail = _TAIL.match(normal_text, end)
        affairs = _AFFAIRS.match(normal_text, end) if tail is None else None
        alone = tail is None and affairs is None
        if alone and (
            match.group() in _TOO_COMMON or not _DONE_FOR.search(normal_text, max(0, match.start() - 8), match.start() - 2)
        ):
            continue
        before = _DONE_FOR_ENDS if alone else _BEFORE if affairs is None else _AFFAIRS_BEFORE
        name = known.removesuffix(match.group()) if known else _name(normal_text, match.start(), before)
        if name:
            organ = tail.group() if tail is not None else ""
            start, stop = match.start() - len(name), end + len(organ)
            span = Span(block_index, start, stop)
            found.append(
                Organisation(span, text[start:stop], name, match.group(), organ, above(known) if known else frozenset())
            )
    for match in _AUTHOR.finditer(normal_text) if "《" in normal_text else ():
        start, stop = match.start(1), match.end()
        if _is_name(match[1]):
            found.append(Organisation(Span(block_index, start, stop), text[start:stop], match[1], match[2], ""))
    return tuple(sorted(set(found), key=lambda o: (o.span.start, o.span.end)))


def _name(text: str, end: int, before: frozenset[str]) -> str:
    """The two characters before `end` where a name can begin there, else three after a mark; empty where neither holds."""
    for length, openers in ((2, before), (3, _MARK_BEFORE)):
        start = end - length
        if start == 0 or (start > 0 and text[start - 1] in openers):
            name = text[start:end]
            if _is_name(name):
                return name
    return ""


def _is_name(name: str) -> bool:
    """Whether the characters are those of a name, and not of a word or phrase that may stand before 县."""
    return (
        all("\u4e00" <= char <= "\u9fff" for char in name)
        and not _NEVER_IN_A_NAME & set(name)
        and name[-2:] not in _WORDS
        and name[:2] not in _WORDS
    )
