"""The words that carry relations, as data: roles of figures, cues, and the partitions that accounting fixes.

One pattern a concept, compiled once. Terms keep the official budget vocabulary (政府收支分类科目, 部门决算报表).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import ParamSpec, TypeVar, cast

from gouji.model import patterns as re
from gouji.model.choice import Choice

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def by_words(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A question whose answer rests on words alone, asked once of each: a report says 实际支出 of every project, and so do all others."""
    return cast("Callable[Asked, Answer]", lru_cache(maxsize=1024)(question))


class Role(Choice):
    """What a figure is in the budget's life."""

    PLAIN = "plain"
    BUDGET = "budget"  # 预算, 下达, 到位, 计划: what a rate divides by
    SPENT = "spent"  # 支出, 执行, 支付: what a rate divides
    INCOME = "income"
    LEFT = "left"  # 结余, 结转, 剩余
    OPENING = "opening"  # 年初结转, 上年结转
    UP = "up"  # a growth: 增加 10 万元
    DOWN = "down"
    FLAT = "flat"
    PRIOR = "prior"  # last year's figure
    STANDARD = "standard"  # 每人 350 元
    TARGET = "target"  # 目标, 计划, 不低于
    DEDUCTED = "deducted"  # 扣2分
    WEIGHT = "weight"  # 分值20分, 满分100分
    SCORED = "scored"  # 得19.2分
    EXTREME = "extreme"  # 单处最高10万元, 最低6万元: of one among those told


UP_WORDS = "^[增升涨扩]$|增支|增速|净增加?|增加|增长|上升|提高|增收|增产|增支|增幅|升幅|涨幅|增速|回升|增长率|多了|多花|多用|多出|超预算|多支|涨了?|高出|往上走|上浮|超出|高出|超支|上涨|增多|(?:[比较同][^，。；]{0,24})(?:多|扩大|提升|升|高|新增|追加|调增)|^(?:多|高|扩大|提升)"
DOWN_WORDS = "^[减降跌缩]$|压降|降幅|节电|节水|节油|节气|节煤|节材|净减少?|减少|下降|降低|降幅|减幅|跌幅|少了|少花|少用|少支|省了|压减|减支|减收|减产|缩短|节支|缩减|下滑|回落|下降率|削减|压缩|节省|节能率|节水率|节电率|下浮|收窄|下跌|(?:[比较同][^，。；]{0,24})(?:少|低|降|节约|核减|调减)|^(?:少|低)"
_TAIL = r"(?:了|支|花|额|幅度?|率|比例|幅|数|额度|资金|预算|支出|收入|约|近|为|共|共计|合计|净)*$"
UP = re.compile(rf"(?:{UP_WORDS}){_TAIL}")
DOWN = re.compile(rf"(?:{DOWN_WORDS}){_TAIL}")
MOVED = re.compile("[增升高涨多超走浮扩追减降跌少省缩节滑落削压窄低]")  # one of these is in whatever `UP` or `DOWN` finds
FLAT = re.compile(r"(?:持平|无增减|没有变化|无变化)$")
PRIOR = re.compile(r"(?:前年|上年|去年|上一年|上期|同期|前一年|往年|上年度|上次|上届|上学年|上季度?|上月)[^比较]{0,14}$")
STANDARD = re.compile(
    r"(?:各[补发拨给奖]|一个?[\u4e00-\u9fff]{1,4}一[天月年]补?|每[\u4e00-\u9fff]{1,3}|均价|平均|单价|年均|月均|[人户村校镇乡站所院馆点组台家车次件亩床班例场生套座处篇日岗剂桌吨头只羽株棵里米店企园案批盏]均|(?<![全\d])[日月年](?:薪|租金|租费|工资|补贴|租)|单[\u4e00-\u9fff]{1,2}(?:造价|成本|投资|费用|补助|耗资)|单[车辆座台套件个户次场间亩])|标准$"
)
WEIGHT = re.compile(r"满分|分值|权重|标准分|总分值|分数共|赋分|占$|(?<![建增开])设$")
SCORED = re.compile(r"[得打]$|(?<![登标])记$|给了$|得分$|实得|自评得|自评$|评分$|核定得分|打分$|总分$|比例$")
SHORT_SCORED = re.compile(
    r"^中?(?:实际|自评|实|最终|评价|本次|自评实际|综合)?(?:得|得分|评分|自评|实得|自评分|评得|打|给|打分)$"
)
DEDUCT = re.compile(
    r"[扣丢失减](?:除|减|了|去|掉)?$|[扣失减丢]分(?:共|合计|总计)?$|(?:扣|失|丢)得(?:最多|较多)?$|^(?!.*(?:比|较|上年|去年|减少)).*少(?:得|拿|打|给)?了?$"
)
RATE_LABEL = re.compile(
    r"(?:率|覆盖面|满意度|知晓度|认可度|进度|完成比例|比例|比重|完成度)(?:仅|只|均|已|也|都|平均|保持|维持|稳定|达到|在|实际|约|接近|算得|算下来|折算|计算|核定|测算|由此|得出|因此)*(?:为|达|达到|是)?$|(?:完成|为|占|达到|达)[^占]{0,14}(?:预算|计划|目标|任务|指标)[数额量]?的?$"
)
SHARE_LABEL = re.compile(
    r"(?:占|拿走了?|用掉了?|花掉了?|吃掉了?|承担了?)(?P<base>[^，。；：]{0,30})$|(?:占比|比重|所占比例|比例|份额|占有率)(?:为|达|约)?$"
)

BUDGET_WORDS = re.compile(
    r"预算|批复|下达|安排|计划|申请|核定|到位|应[收发付]|拨入|批准|总投资|概算|指标|筹集|拨款|额度|合同价|合同金额|中标|收到|可用资金|盘子"
)
SPENT_WORDS = re.compile(
    r"实际|支出|执行|使用|支付|拨付|发放|决算|兑付|列支|报账|报销|花费|支取|结算|用于|用去|花$|花掉|用掉|开支|付款|已付|实付|完成(?:投资|支付|支出)|消耗|实支|落实"
)
LEFT_WORDS = re.compile(
    r"结余|余款|结转|剩余|余额|未支付|未使用|未执行|节余|尚余|尚未|净结余|沉淀|收回|余下|剩|账面(?:还)?[有余]"
)
OPENING_WORDS = re.compile(r"(?:年初|上年|期初|以前年度|上年末|去年)[^，。]{0,6}(?:结转|结余|余额)|上年(?:末)?(?:结转|结余)")
CLOSING_WORDS = re.compile(
    r"(?:年末|期末|年底|结转下年|下年)[^，。]{0,6}(?:结转|结余|余额)|结转(?:至|到)?下[一]?年|年末|期末|累计结余|滚存"
)
INCOME_WORDS = re.compile(r"收入|收到|进账|到账")

SUMMING = "合计|共计|总计|总共|一共|合共|相加|累加|加总|加起来|合起来|加在一起|合在一起|凑起来|汇总起来|算在一起|拢共|归总"
NAMED_BEHIND = re.compile(  # 320万元用于道路: what a figure is for stands behind it
    r"\s?(?:全部|主要|均|都|分别)?(?:用于|用在|用作|用来|给了|拨给|补给|投向|投入|花在|付给|来自|来源于|出自|是|为|系|属于|在|由|去了|到了)[\u4e00-\u9fff]{2}"
)
OF_WHICH = re.compile(r"其中|其中：")
CUE = re.compile(
    r"(?P<mainly>前[二两三四五六十几]+[位项名个](?:分别|依次)?(?:为|是)?|主要(?:包括|用于|是|有|为|由|涉及|包含|分为|分布)|重点用于|大额支出|如|例如|比如|等(?=[：，]))"
    r"|(?P<which>其中(?!标[价额者人单供合]|标金额|标通知))"
    r"|(?P<follows>[\u4e00-\u9fff]{0,4}如下|具体(?:为|是|支出|包括|情况|构成|有|分为|明细)|明细为|构成为|分项为|(?:分项|分部门|分单位|分级次|分季度?|分月|分期|分批|分年度?|分镇街?|分县区?|分校|分类|具体)(?:完成|执行)?(?:情况)?(?:是|为)：?)"
    r"|(?P<by>分(?:乡镇|镇街|街道|区域|片区|县区|地区|单位|部门|项目|类别|类型|类|科目|用途|来源|渠道|行业|性质|年龄|学历|层级|级次|季度|月份|标段|环节|学段|对象)(?:来看|看|统计|计|是)?(?:，|：)|按(?:照)?[\u4e00-\u9fff]{1,8}?(?:(?:分类|划分|分组|统计|分为|分，|分：|来看|看，)(?:，|：)?|(?:等级|级别|类型|类别|种类|性质|来源|用途|区域|地区|片区|科目|结构|对象|阶段|季度|年龄|学历|行业|方式|渠道|层级|规模|功能|属地|等次|标段|单位|镇街|乡镇)[，：])|从[\u4e00-\u9fff]{2,8}?(?:来看|看|来说|上说|划分)[，：])"
    r"|(?P<respect>分别为|分别是|分别系|分别有|分别|依次为|依次是|即|分为|由|分)"
    r"|(?P<includes>包括|包含|含有|涵盖|涉及|有|含|系|：)"
)
NOT_EXHAUSTIVE = re.compile(r"等(?!级|于|额|候|待|同|价|值|次|高|身|宽|距|效|份|离|量)")

PEOPLE = frozenset({"人", "名", "位"})
LIKE_UNITS = {  # measure words of one kind of thing, by the first of them
    **dict.fromkeys(PEOPLE, "人"),
    **dict.fromkeys(("场", "场次", "次", "期", "班次"), "场"),
    **dict.fromkeys(("批", "批次"), "批"),
    **dict.fromkeys(("头", "头（只）", "只"), "头"),
}


@by_words
def unit_kind(symbol: str) -> str:
    """What a measure word counts, whatever its multiplier: 万人次 and 人次, 场 and 场次."""
    plain = symbol.lstrip("十百千万亿") or symbol
    return LIKE_UNITS.get(plain, plain)


# Fixed partitions: a whole, and the parts that together make it up, by the words that name them. The forms of the final
# accounts (部门决算报表) define them; parts may be absent, none may be foreign.
PARTITIONS: tuple[tuple[str, re.Pattern[str], tuple[re.Pattern[str], ...]], ...] = tuple(
    (name, re.compile(whole), tuple(re.compile(p) for p in parts))
    for name, whole, parts in (
        (
            "expenditure",
            r"支出|经费|资金|决算|执行|总计|合计|预算",
            (r"基本支出", r"项目支出", r"经营支出", r"上缴上级", r"对附属单位补助", r"事业单位经营"),
        ),
        ("basic", r"基本支出", (r"人员(?:经费|支出|费用)|工资福利|对个人和家庭", r"(?:日常)?公用(?:经费|支出)|商品和?服务")),
        ("three_public", r"三公|“三公”", (r"出国", r"公务(?:用车|车)|车辆", r"接待")),
        ("vehicles", r"车", (r"购置", r"运行")),
        ("three_public_items", r"三公|“三公”", (r"出国", r"车[^，]{0,6}购置", r"车[^，]{0,6}(?:运行|维护)", r"接待")),
        (
            "income",
            r"收入|资金|预算|总计|合计",
            (r"财政拨款|财政补助|一般公共预算", r"事业收入", r"经营收入", r"上级补助", r"附属单位", r"其他(?:收入|资金)"),
        ),
        ("levels", r".", (r"中央|国家", r"省", r"市|州|地区", r"[县区旗]", r"乡|镇", r"自筹|配套|社会")),
        ("posts", r"编制|编", (r"行政", r"事业", r"参公|参照", r"工勤|后勤", r"政法")),
        ("staff", r"在职|在编|实有|人员|职工|现有", (r"行政|公务员", r"事业", r"参公|参照", r"工勤|工人|后勤", r"政法")),
        ("duty", r"职工|人员|在编|在册", (r"在岗|在职|在班", r"内退|离岗|待岗|病休|借调|离退|退养")),
        ("retired", r"退休|离退", (r"离休", r"退休")),
        ("sexes", r".", (r"男", r"女")),
        ("grades", r".", (r"优秀?$|^优(?!良)", r"(?<!优)良好?$|^良", r"^评?中等?$|一般$|(?<![不本])合格$", r"差$|不合格$")),
        ("ownership", r".", (r"公办|公立|国有|公建", r"(?<!普惠)(?<!普惠性)民办|民营|私立|社会办|民建")),
        ("built", r".", (r"已?(?:完工|竣工|建成|投用)", r"在建|正在(?:建设|施工|实施)|未完工", r"未开工|未启动|待建|未建")),
        ("reached", r".", (r"(?<!未)(?<!没有)(?<!不)(?:达到|达标)", r"(?:未|没有|不)(?:达到|达标)|^未$")),
        ("tiers", r".", (r"一级", r"二级", r"三级", r"四级", r"五级", r"未(?:上|评|达|入)|等外|无级")),
        ("accidents", r"事故|火灾|灾", (r"一般(?:事故|火灾|以下|及以下)?$", r"较大", r"重大")),
        (
            "ages",
            r".",
            (
                r"岁(?:（含）)?(?:及|（含）)?以下|不满\d+岁",
                *[r"\d+岁?(?:周岁)?[至到—~～-]+\d+周?岁"] * 4,
                r"岁(?:（含）)?(?:及|（含）)?以上",
            ),
        ),
        ("titles", r".", (r"正?高级(?:职称)?$", r"中级(?:职称)?$", r"初级(?:职称)?$|助理级$", r"无职称|未(?:评|定)[职级]")),
        ("stars", r".", (r"五星", r"四星", r"三星", r"[一二]星|未定级|无星")),
        ("passes", r".", (r"(?<!不)(?<!基本)合格$", r"基本合格$", r"不合格$")),
        ("classes", r".", (r"人员类", r"运转类", r"特定目标类")),
        ("payments", r"合同|价款|总价|款项", (r"首付|预付|首期", r"进度款|中期", r"尾款|余款|末期", r"质保金|质量保证金")),
        ("bodies", r".", (r"本级|机关", r"所属|下属|直属|基层单位|二级单位")),
        ("towns", r".", (r"城[镇市]|城区", r"农村|乡村")),
        ("care", r".", (r"集中", r"分散")),
        ("lines", r".", (r"线上", r"线下")),
        ("build", r".", (r"新建", r"改扩?建|续建|维修")),
        ("halves", r".", (r"上半年", r"下半年")),
        ("quarters", r".", (r"一季度|第1季度", r"二季度|第2季度", r"三季度|第3季度", r"四季度|第4季度")),
        ("months", r".", (r"(?<!\d)1月?[至到—~-]\d{1,2}月", r"\d{1,2}月?[至到—~-]12月")),
        ("degrees", r".", (r"研究生|硕士|博士", r"本科", r"大专|专科", r"中专|高中")),
        ("ranks", r".", (r"特等", r"一等", r"二等", r"三等", r"优秀奖|鼓励奖")),
        (
            "satisfied",
            r".",
            (
                r"(?:非常|很|十分)满意|说好|好评",
                r"不(?:太)?满意",
                r"基本满意|较满意|比较满意",
                r"一般",
                r"(?<!不)(?<!基本)满意",
                r"不了解|不清楚|弃权|说不清",
            ),
        ),
        (
            "completion",
            r".",
            (
                r"提前",
                r"如期|按期|按时|正常",
                r"滞后|延期|逾期|延迟|推迟",
                r"部分|基本(?:完成|达|实现)",
                r"未|没有|尚",
                r"^(?:已|全部|按要求|全面|其中|中)*(?:完成|达标|达成|实现|达到)",
            ),
        ),
        ("quota", r".", (r"(?:限额|标准|红线)(?:（含）|及)?以上|限上", r"(?:限额|标准|红线)(?:（不?含）|及)?以下|限下")),
        ("scales", r".", (r"规模(?:（含）|及)?以上|规上", r"规模(?:（不?含）|及)?以下|规下")),
        (
            "sizes",
            r".",
            (
                r"[十百千万亿]+[人吨亩元户米头千瓦]{1,2}(?:（含）|及)?以上",
                r"[十百千万亿]+[人吨亩元户米头千瓦]{1,2}(?:（不?含）|及)?以下|不足[十百千万亿]+[人吨亩元户米头千瓦]{1,2}",
            ),
        ),
        (
            "cadres",
            r".",
            (
                r"[厅局]级",
                r"(?<!副)[处县]级(?!及?以下)",
                r"(?<!副)科级(?!及?以下)",
                r"[处县科](?:级)?及?以下|科员(?:及?以下)?|一般(?:干部|人员|工作人员)|科办员",
            ),
        ),
        ("kinds", r".", (r"(?:一|甲|A|Ⅰ)类", r"(?:二|乙|B|Ⅱ)类", r"(?:三|丙|C|Ⅲ)类", r"(?:四|丁|D|Ⅳ)类", r"(?:五|E|Ⅴ)类|劣")),
        ("letters", r".", (r"A级", r"B级", r"C级", r"D级", r"E级")),
        ("truth", r".", (r"(?<!不)(?<!部分)(?<!基本)属实", r"部分属实|基本属实", r"不属实|失实|查无")),
        ("stages", r".", (r"续建", r"新建|新开工", r"前期|储备|拟建")),
        ("handled", r".", (r"按期|按时|已办结", r"延期|逾期|超期", r"正在|在办|未办结")),
    )
)


IN_ORDER = ("kinds", "letters")  # partitions whose first parts may be told alone


def own_name(label: str) -> str:
    """基本支出中人员经费 names 人员经费."""
    head, tail = _INSIDE.split(label, maxsplit=1) if _INSIDE.search(label) else ("", "")
    return tail if head and len(tail) >= 2 else label


_INSIDE = re.compile(r"中(?!央|小|国|心|医|学|等|级|高|型|期|标)")


def partition_of(labels: list[str]) -> str | None:
    """The fixed partition that every label falls into, each part once, at least two of them."""
    if len(labels) < 2:
        return None
    fitting = [_parts_of(label) for label in labels]
    if not all(fitting):
        return None
    for name in fitting[0]:
        seen: set[int] = set()
        for parts in fitting:
            hit = next((n for n in parts.get(name, ()) if n not in seen), None)
            if hit is None:
                break
            seen.add(hit)
        else:
            if name not in _CLOSED_BY or _CLOSED_BY[name] in seen:
                return name
    return None


_CLOSED_BY = {"cadres": 3}  # the part without which the others leave some out: 处级A人、科级及以下B人


def may_be_part(label: str) -> bool:
    """Whether the label names a part of any fixed partition."""
    return bool(_parts_of(label))


@by_words
def _parts_of(label: str) -> Mapping[str, tuple[int, ...]]:
    """The parts, by their number in each fixed partition, that a label can name; the partitions in their order."""
    label = own_name(label)
    if not _ANY_PART.search(label):
        return {}
    found = {name: tuple(n for n, p in enumerate(parts) if p.search(label)) for name, _, parts in PARTITIONS}
    return {name: parts for name, parts in found.items() if parts}


_TRAITS = tuple(
    map(
        re.compile,
        (
            r"党员|党派|团员|非党|群众$",
            r"男|女|妇",
            r"少数民族|汉族|[壮回苗彝侗藏]族",
            r"岁|青年|老年|老人|儿童|青壮|周岁",
            r"本科|硕士|博士|研究生|大专|高中|学历|学位",
            r"职称|技师|工程师|职业资格|持证",
            r"残疾|残障",
            r"脱贫|低保|困难|贫困|特困|监测对象|低收入",
        ),
    )
)


def traits(names: Sequence[str]) -> int:
    """How many sides of a person the names tell of, which the same person may have all: party, sex, people, age, degree, means."""
    return sum(1 for trait in _TRAITS if any(trait.search(name) for name in names))


_ANY_PART = re.compile("|".join(f"(?:{part.pattern})" for _, _, parts in PARTITIONS for part in parts))


def common_ending(names: Sequence[str]) -> str:
    """The characters that all names end with: 委员会 of 提案委员会, 经济委员会."""
    alike = takewhile(lambda chars: len(set(chars)) == 1, zip(*(reversed(n) for n in names), strict=False))
    return "".join(chars[0] for chars in alike)[::-1]
