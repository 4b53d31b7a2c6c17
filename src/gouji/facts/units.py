"""Units and measure words, as data. The lexer's pattern is built from these tables once."""

from __future__ import annotations

from decimal import Decimal

from gouji.model import patterns as re
from gouji.model.quantity import Dimension, Unit

MULTIPLIERS = {
    "": Decimal(1),
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "万亿": Decimal(1_000_000_000_000),
}

# Things that are counted one by one: a stated number of them is exact.
COUNTERS = [
    "人次",
    "户次",
    "台次",
    "场次",
    "件次",
    "车次",
    "批次",
    "家次",
    "个",
    "名",
    "人",
    "位",
    "次",
    "场",
    "件",
    "项",
    "家",
    "户",
    "所",
    "座",
    "处",
    "条",
    "篇",
    "期",
    "份",
    "册",
    "本",
    "辆",
    "台",
    "套",
    "批",
    "班",
    "组",
    "种",
    "类",
    "天",
    "例",
    "起",
    "宗",
    "笔",
    "头",
    "只",
    "株",
    "棵",
    "幅",
    "张",
    "部",
    "款",
    "支",
    "队",
    "片",
    "块",
    "级",
    "轮",
    "门",
    "间",
    "栋",
    "幢",
    "盏",
    "口",
    "艘",
    "架",
    "枚",
    "尊",
    "面",
    "卷",
    "盒",
    "箱",
    "袋",
    "瓶",
    "桶",
    "门次",
    "课时",
    "学时",
    "小时",
    "分钟",
    "例次",
    "剂次",
    "架次",
    "班次",
    "组次",
    "队次",
    "辆次",
    "艘次",
    "点次",
    "处次",
    "头次",
    "航次",
    "趟次",
    "课次",
    "针次",
    "人天",
    "人日",
    "剂",
    "路",
    "顶",
    "垛",
    "管",
    "眼",
    "羽",
    "盆",
    "匹",
    "粒",
    "根",
    "扇",
    "杆",
    "棚",
    "蓬",
    "捆",
    "筐",
    "坛",
    "尾",
    "床",
    "车",
    "村",
    "镇",
    "乡",
    "街道",
    "社区",
    "委",
    "室",
    "科",
    "股",
    "站",
    "点",
    "校",
    "岗",
    "团",
    "会",
    "国",
    "省",
    "市",
    "县",
    "区",
    "版",
    "集",
    "则",
    "封",
    "页",
    "字",
    "步",
    "遍",
    "趟",
    "方面",
    "大类",
    "单位",
    "部门",
    "项目",
    "标段",
    "路",
    "剂",
    "票",
    "顶",
    "副",
    "双",
    "餐",
    "席",
    "亩次",
    "人天",
    "人日",
    "工日",
    "人时",
    "车日",
    "台班",
    "件套",
    "机组",
]

# Things that are measured: a printed figure is rounded.
MEASURES = [
    "平方米",
    "平方公里",
    "平方千米",
    "立方米",
    "公里",
    "千米",
    "米",
    "厘米",
    "亩",
    "公顷",
    "吨",
    "公斤",
    "千克",
    "斤",
    "克",
    "千瓦时",
    "兆瓦时",
    "千瓦",
    "兆瓦",
    "蒸吨",
    "毫米",
    "吨公里",
    "人公里",
    "TB",
    "GB",
    "MB",
    "PB",
    "度",
    "升",
    "毫升",
    "微克/立方米",
    "毫克/立方米",
    "毫克/升",
    "毫克/千克",
    "微克",
    "毫克",
    "分贝",
    "TB",
    "GB",
    "兆瓦时",
    "摄氏度",
    "元/平方米",
    "㎡",
    "m²",
    "km",
    "kg",
    "t",
    "m",
]

PERCENT = Unit("%", Dimension.PERCENT)
PERMILLE = Unit("‰", Dimension.PERCENT, Decimal("0.1"))
POINTS = Unit("个百分点", Dimension.POINTS)
SCORE = Unit("分", Dimension.SCORE)
BARE = Unit("", Dimension.BARE)
YUAN = Unit("元", Dimension.MONEY)
WAN = Unit("万元", Dimension.MONEY, Decimal(10_000))

_CACHE: dict[str, Unit] = {}


def unit_of(symbol: str) -> Unit:
    """The unit that a printed symbol names, multiplier included: 万元, 亿, 万人次, 元/人·天, %."""
    unit = _CACHE.get(symbol)
    if unit is None:
        unit = _CACHE[symbol] = _make(symbol)
    return unit


def _make(symbol: str) -> Unit:
    if symbol in ("%", "个百分点", "百分点", "个点", "‰", "分", ""):
        return {"%": PERCENT, "‰": PERMILLE, "分": SCORE, "": BARE}.get(symbol, POINTS)
    mult = ""
    for candidate in ("万亿", "千万", "百万", "十万", "亿", "万", "千", "百"):
        if symbol.startswith(candidate) and symbol not in COUNTERS and symbol not in MEASURES:
            mult = candidate
            break
    rest = symbol[len(mult) :]
    factor = MULTIPLIERS[mult]
    if "/" in rest and rest.startswith("元"):
        per = re.search(r"/\s*([万千百])", rest)  # 900元/万只
        return Unit(symbol, Dimension.RATE, factor / MULTIPLIERS[per[1]] if per else factor)
    if rest == "元" or (rest == "" and mult in ("万", "亿", "百万", "千万", "万亿")):
        return Unit(symbol, Dimension.MONEY, factor)
    if rest in MEASURES:
        return Unit(symbol, Dimension.MEASURE, factor)
    return Unit(symbol, Dimension.COUNT, factor)


# How large a measured unit is, in that of its kind which stands first: 1公顷 is 15亩 (国际单位制与市制换算，1959年).
_MU = Decimal(2000) / 3
_SIZES: dict[str, dict[str, Decimal | int]] = {
    "weight": {"千克": 1, "公斤": 1, "吨": 1000, "斤": Decimal("0.5"), "克": Decimal("0.001"), "kg": 1, "t": 1000},
    "length": {"米": 1, "公里": 1000, "千米": 1000, "厘米": Decimal("0.01"), "毫米": Decimal("0.001"), "km": 1000, "m": 1},
    "area": {"平方米": 1, "亩": _MU, "公顷": 10_000, "平方公里": 1_000_000, "平方千米": 1_000_000, "㎡": 1, "m²": 1},
    "volume": {"立方米": 1, "升": Decimal("0.001"), "毫升": Decimal("0.000001")},
    "energy": {"千瓦时": 1, "度": 1, "兆瓦时": 1000},
    "power": {"千瓦": 1, "兆瓦": 1000},
    "data": {"GB": 1, "TB": 1000, "MB": Decimal("0.001"), "PB": 1_000_000},
    "dust": {"毫克/立方米": 1, "微克/立方米": Decimal("0.001")},
}
_SIZED = {symbol: (kind, Decimal(size)) for kind, sizes in _SIZES.items() for symbol, size in sizes.items()}


def size_of(unit: Unit) -> tuple[str, Decimal] | None:
    """What a measured unit measures, and how much one of it is, its multiplier left aside; None of what is counted or paid."""
    symbol = unit.symbol.replace(" ", "")
    return _SIZED.get(symbol) or _SIZED.get(symbol.lstrip("十百千万亿"))
