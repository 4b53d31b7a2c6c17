"""Target and actual of an indicator as figures that can be compared, and the direction in which the indicator runs.

≥, ≤, =, a range (80-90人), or no operator at all; the operator may stand in a column of its own, the unit too. What is no plain figure on
both sides has no goal here.
"""

from __future__ import annotations

from decimal import Decimal

from gouji.claims.tables.grid import Line, Section, Sort
from gouji.model import patterns as re
from gouji.model.fact import Span
from gouji.model.record import record

_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d~～—–\-至到、，；。≥≤<>=+（）]{0,8}?(?:（[^\d（）]{1,6}）)?)"
_TARGET = re.compile(
    rf"(?P<op>≥|>=|>|≤|<=|<|=|不低于|不少于|不超过|不高于|不多于|大于等于|小于等于|大于|小于|至少|达到)?{_NUMBER}(?P<tail>以上|及以上|以内|以下|之内)?"
)
_ACTUAL = re.compile(rf"(?:实际完成|实际|已完成|完成|达到|达|共|=)?{_NUMBER}")
_OPERATOR = re.compile(r"≥|>=|>|≤|<=|<|=|大于等于|小于等于|等于|大于|小于|不低于|不超过")
_AT_LEAST = {"≥", ">=", ">", "不低于", "不少于", "大于等于", "大于", "至少", "达到", "以上", "及以上"}
_AT_MOST = {"≤", "<=", "<", "不超过", "不高于", "不多于", "小于等于", "小于", "以内", "以下", "之内"}
_DURATIONS = {"天", "小时", "分钟", "工作日", "个工作日", "个月", "季度", "年", "秒", "周"}
_DATES = {"月", "日", "号", "时", "月底", "年底", "月前", "日前", "月末", "年末"}
_RANGE = re.compile(
    r"(?P<low>\d[\d,]*(?:\.\d+)?)(?P<unit1>[^\d~～—–\-至到]{0,4})[~～—–\-至到](?P<high>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d，；。≥≤<>=+（）]{1,6})"
)
_ALIKE = (
    {"人", "名"},
    {"人", "位"},
    {"名", "位"},
    {"个", "家"},
    {"个", "处"},
    {"公里", "千米"},
    {"辆", "台"},
    {"平方米", "㎡"},
)
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_CALENDAR = 1900  # years from here on are dates
_LOW_IS_GOOD = re.compile(
    r"成本|造价|单价|费用|支出|经费|投诉|差错|事故|逾期|违规|死亡|发病|下降|降低|减少|能耗|排放|时长|时间|时限|周期|天数|控制|偏差|变动|流失|失业|空置|超支"
)
_HIGH_IS_GOOD = re.compile(r"节约|节省|优良|覆盖|办结|处[理置]|化解|完成率|合格|达标|整改|及时|按时|准时")


@record(frozen=True, slots=True)
class Goal:
    """A target and an actual that can be compared. `direction`: 1 more is better, -1 less is better, 0 not said."""

    target: Decimal
    actual: Decimal
    direction: int
    said: bool  # the form gives the operator
    sure: bool  # both print one unit
    words: str
    places: tuple[tuple[str, Span], ...] = ()

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.actual <= self.target if self.direction < 0 else self.actual >= self.target

    @property
    def ratio(self) -> Decimal:
        """How much of the target is reached, by the direction."""
        a, b = (self.target, self.actual) if self.direction < 0 else (self.actual, self.target)
        return a / b if b else Decimal(1)


def goal_of(section: Section, row: Line) -> Goal | None:
    """The goal of a row; None where target or actual is no plain figure, or where their units differ."""
    targets, actuals = section.of(Sort.TARGET), section.of(Sort.ACTUAL)
    if len(targets) != 1 or len(actuals) != 1:
        return None
    target_text, actual_text = row.texts.get(targets[0].index, ""), row.texts.get(actuals[0].index, "")
    actual = _ACTUAL.fullmatch(actual_text)
    if actual is None:
        return None
    words = f"目标{target_text}、实际{actual_text}"
    places = tuple((r, row.spans[c.index]) for r, c in (("target", targets[0]), ("actual", actuals[0])) if c.index in row.spans)
    target = _TARGET.fullmatch(target_text)
    if target is None:
        between = _RANGE.fullmatch(target_text)
        return _in_range(between, actual, words, places) if between else None
    measure = section.first(Sort.MEASURE_UNIT)
    unit = row.texts.get(measure.index, "") if measure else ""
    ours, theirs = target["unit"] or unit, actual["unit"] or unit
    a, b = _number(target["number"]), _number(actual["number"])
    if ours != theirs:
        ours, a = _scaled(ours, a)
        theirs, b = _scaled(theirs, b)
    if not _comparable(ours, theirs):
        return None
    operator = target["op"] or target["tail"] or _column_operator(section, row)
    if ours in _DURATIONS and (ours != theirs or not operator or operator in ("=", "等于")):
        return None  # whether sooner or later is better is not said
    direction, said = _direction(section, row, operator)
    if ours == "年" and max(a, b) >= _CALENDAR:
        return None
    strict = operator in (">", "<", "大于", "小于") and a == b
    passed = operator in ("=", "等于") and b > a  # more than was wanted: good or bad as the case may be
    if strict or passed or (direction == 0 and a != b):
        return None
    return Goal(a, b, direction, said, ours == theirs, words, places)


def _direction(section: Section, row: Line, operator: str) -> tuple[int, bool]:
    """Which way is better, and whether the form says so by an operator."""
    if operator in _AT_LEAST:
        return 1, True
    if operator in _AT_MOST:
        return -1, True
    columns = section.of(Sort.LEVEL, Sort.LABEL)
    names = "".join(row.texts.get(c.index, "") for c in columns)
    named = row.texts.get(columns[-1].index, "") if columns else ""
    low = _LOW_IS_GOOD.search(names) is not None and not _HIGH_IS_GOOD.search(named)
    return (0 if low else 1), operator in ("=", "等于")


def _in_range(between: re.Match[str], actual: re.Match[str], words: str, places: tuple[tuple[str, Span], ...]) -> Goal | None:
    """80-90人: met inside; below it the lower end is missed; above it nothing is said."""
    unit, own = between["unit"], actual["unit"]
    low, high, b = _number(between["low"]), _number(between["high"]), _number(actual["number"])
    if between["unit1"] not in ("", unit) or own not in ("", unit) or unit in _DATES | _DURATIONS or low >= high or b > high:
        return None
    return Goal(low, b, 1, said=True, sure=False, words=words, places=places)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _scaled(unit: str, value: Decimal) -> tuple[str, Decimal]:
    """万人 as 人, 亿元 as 元."""
    factor = _SCALES.get(unit[:1])
    return (unit[1:], value * factor) if factor is not None and len(unit) > 1 else (unit, value)


def _comparable(ours: str, theirs: str) -> bool:
    if ours in _DATES or theirs in _DATES or ("%" in ours + theirs and ours != theirs):
        return False
    return not ours or not theirs or ours == theirs or {ours, theirs} in _ALIKE


def _column_operator(section: Section, row: Line) -> str:
    column = section.first(Sort.OPERATOR)
    match = _OPERATOR.fullmatch(row.texts.get(column.index, "")) if column else None
    return match[0] if match else ""
