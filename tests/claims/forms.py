"""Writes self-evaluation forms (自评表) as departments submit them: six layouts, clean or with one fault; `form_print` prints them.

A form is a grid of merged cells. `python tests/claims/forms.py FOLDER COUNT` writes COUNT forms with their expected fault beside them.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from form_print import WAYS, Cell, Grid, Paper, printed

FAULTS = ("weights", "execution", "above", "missed", "total", "grade", "reason", "funds", "rate")
DIALECT = {  # what else a column is called
    "年初预算数": ("年初预算数", "年初预算", "预算数（年初）"),
    "全年预算数": ("全年预算数", "全年预算数（A）", "调整后预算数", "全年预算"),
    "全年执行数": ("全年执行数", "全年执行数（B）", "实际支出数", "执行数"),
    "执行率": ("执行率", "执行率（B/A）", "执行率（%）", "预算执行率"),
    "年度指标值": ("年度指标值", "指标值", "目标值", "年初目标值", "年度指标值（A）", "预期指标值"),
    "实际完成值": ("实际完成值", "全年完成值", "全年实际完成值", "实际完成指标值", "实际完成情况", "实际完成值（B）"),
    "分值": ("分值", "权重", "标准分", "分值权重", "指标分值"),
    "得分": ("得分", "自评得分", "自评分", "实际得分"),
    "偏差原因分析及改进措施": (
        "偏差原因分析及改进措施",
        "未完成原因分析",
        "偏差原因",
        "备注",
        "扣分原因及改进措施",
        "未完成原因和改进措施",
    ),
    "总分": ("总分", "合计", "总计", "总得分", "总 分", "合计得分"),
}
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Indicator:
    """One row of the indicators. `direction`: 1 more is better, -1 less is better, 0 told in words."""

    top: str
    middle: str
    name: str
    direction: int
    target: Decimal
    actual: Decimal
    unit: str
    weight: Decimal
    score: Decimal
    words: str = ""
    reason: str = ""
    look: str = ""  # how target and actual are printed: range, bare, done, ten_thousands, exactly, tail

    @property
    def missed(self) -> bool:
        return bool(self.direction) and (self.actual - self.target) * self.direction < 0


@dataclass
class Form:
    """What a form says, before it is laid out."""

    rng: random.Random
    money: str  # 万元 or 元
    sources: list[tuple[str, list[Decimal]]]  # name and the amounts: year's start, adjusted, spent
    totals: list[Decimal]
    weight: Decimal  # of execution
    rate: str
    execution: Decimal
    indicators: list[Indicator]
    weights: Decimal
    score: Decimal
    grade: str
    blank: str = ""
    fault: str = ""
    words: dict[str, str] = field(default_factory=dict)
    serial: bool = False  # indicators are numbered
    repeated: bool = False  # merged names are printed in every row
    spelled: bool = False  # targets in words: 不低于


# ---- what it says ---------------------------------------------------------------------------------------------------------------

NAMES = {
    "产出指标": {
        "数量指标": [
            "举办培训班期数",
            "新建管网长度",
            "检查企业户数",
            "补贴发放人数",
            "维修桥梁数量",
            "印发宣传资料",
            "采购设备台数",
        ],
        "质量指标": ["工程验收合格率", "培训人员合格率", "设备验收通过率", "补贴对象准确率"],
        "时效指标": ["资金按时拨付率", "任务按期完成率", "项目完成时间"],
        "成本指标": ["人均培训成本", "单位管护成本", "项目总成本"],
    },
    "效益指标": {
        "社会效益指标": ["政策知晓率", "安全事故起数", "群众生活改善程度", "服务能力提升"],
        "经济效益指标": ["带动就业人数", "节约成本比例", "产值增长情况"],
        "可持续影响指标": ["长效机制健全性", "设施持续使用年限"],
        "生态效益指标": ["森林覆盖率", "空气优良天数比例"],
    },
    "满意度指标": {"服务对象满意度指标": ["受益群众满意度", "服务对象满意度", "参训学员满意率"]},
}
UNITS = {
    "期数": "期",
    "长度": "公里",
    "户数": "户",
    "人数": "人",
    "数量": "座",
    "资料": "份",
    "台数": "台",
    "起数": "起",
    "年限": "年",
}
WORDS = ("有效提升", "逐步健全", "明显改善", "持续完善")
SOURCES = {
    "national": ("其中：当年财政拨款", "上年结转资金", "其他资金"),
    "hebei": ("其中：财政资金", "其他资金"),
    "hubei": (),
    "hubei_project": (),
    "hunan_levels": (),
    "sichuan_tasks": (),
    "hunan": ("其中：一般公共预算拨款", "政府性基金拨款", "其他资金"),
    "sichuan": ("其中：财政资金", "财政专户管理资金", "单位资金", "其他资金"),
    "yunnan": ("其中：本年财政拨款", "上级补助", "本级安排", "其他资金"),
}


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def shown(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text if value.as_tuple().exponent != 0 else str(value)


def amount(value: Decimal, rng: random.Random) -> str:
    return f"{value:,.2f}" if rng.random() < 0.3 else f"{value:.2f}"


def indicator(rng: random.Random, top: str, middle: str, name: str, weight: Decimal) -> Indicator:
    """A row that is met, missed in proportion, or told in words."""
    blank = Indicator(top, middle, name, 0, Decimal(0), Decimal(0), "", weight, weight)
    if name == "项目完成时间":
        return replace(blank, words=rng.choice(("2023年12月底前", "2023年12月", "12月31日前")))
    if any(w in name for w in ("程度", "健全性", "能力", "情况")):
        score = weight - (rng.choice((Decimal("0.5"), Decimal(1))) if rng.random() < 0.3 else 0)
        return replace(blank, words=rng.choice(WORDS), score=score, reason="机制有待完善" if score < weight else "")
    low = ("成本" in name and "比例" not in name) or "事故" in name
    rate = not low and ("率" in name or "满意" in name or "比例" in name)
    if name == "安全事故起数":
        target, actual, unit = Decimal(rng.choice((0, 2))), Decimal(0), "起"
    elif rate:
        target = Decimal(rng.choice((85, 90, 95, 98, 100)))
        actual = min(Decimal(100), target + rng.choice((0, 1, 2, Decimal("0.6"))))
        unit = "%"
    elif low:
        target, unit = Decimal(rng.randrange(100, 900, 10)), rng.choice(("元", "元/人", "元/亩"))
        actual = target - rng.randrange(0, 30)
    else:
        target = Decimal(5 if "年限" in name else rng.choice((4, 12, 20, 36, 150, 800, 1200, 12000)))
        actual = target + rng.choice((0, 0, 1, 2))
        unit = next((u for key, u in UNITS.items() if name.endswith(key)), "个")
    done = replace(blank, direction=-1 if low else 1, target=target, actual=actual, unit=unit)
    done = replace(done, look=_look(rng, done))
    if done.look in ("", "bare", "done") and not low and target > 4 and rng.random() < 0.2:
        actual = (target * rng.randrange(70, 97) / 100).quantize(Decimal(1))
        done = replace(done, actual=actual, score=cents(weight * actual / target), reason="部分任务推迟到次年实施")
    return done


def _look(rng: random.Random, row: Indicator) -> str:
    """How target and actual are printed, of the ways that fit the figures."""
    looks = ["", "", "", "done"]
    if row.direction > 0 and row.unit != "%":
        looks.append("tail")
    if row.direction > 0 and row.unit in ("期", "户", "人", "份") and row.target >= 12:
        looks.append("range")
    if row.direction > 0 and row.unit == "人" and row.target >= 800:
        looks.append("ten_thousands")
    if row.target == row.actual and row.unit != "%" and row.direction > 0:
        looks.append("exactly")
    return rng.choice(looks)


def split(rng: random.Random, whole: int, count: int) -> list[Decimal]:
    """`whole` in `count` weights."""
    base = whole // count
    parts = [base] * count
    parts[-1] += whole - base * count
    if count > 1 and rng.random() < 0.5 and base > 2:
        parts[0], parts[1] = parts[0] + 1, parts[1] - 1
    return [Decimal(p) for p in parts]


def grade_of(score: Decimal) -> str:
    return next(word for low, word in ((90, "优"), (80, "良"), (60, "中"), (0, "差")) if score >= low)


def make(rng: random.Random, layout: str) -> Form:
    """A form without fault."""
    factor = 10000 if layout == "yunnan" else 1
    names = SOURCES[layout]
    rows = []
    for n, name in enumerate(names or ("x",)):
        start = Decimal(rng.randrange(1000, 90000)) / 100 * factor
        if n and rng.random() < 0.4:
            rows.append((name, [Decimal(0)] * 3))
            continue
        adjusted = start + Decimal(rng.randrange(-900, 9000)) / 100 * factor
        rows.append((name, [start, adjusted, cents(adjusted * Decimal(rng.randrange(8200, 10001)) / 10000)]))
    totals = [sum((r[1][k] for r in rows), Decimal(0)) for k in range(3)]
    weight = Decimal(20 if layout in NO_WEIGHTS else 10)
    percent = totals[2] / totals[1] * 100
    rate = f"{percent.quantize(CENT, ROUND_HALF_UP)}%"
    execution = cents(weight * percent.quantize(CENT, ROUND_HALF_UP) / 100)
    indicators = []
    plan = (
        {"产出指标": 40, "效益指标": 30, "满意度指标": 10}
        if layout in NO_WEIGHTS
        else {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
    )
    for top, whole in plan.items():
        chosen = [(m, n) for m, ns in NAMES[top].items() for n in rng.sample(ns, min(len(ns), rng.choice((1, 1, 2))))]
        chosen = chosen[: whole // 4]
        for (middle, name), part in zip(chosen, split(rng, whole, len(chosen)), strict=True):
            indicators.append(indicator(rng, top, middle, name, part))
    score = sum((i.score for i in indicators), execution)
    form = Form(
        rng, "元" if layout == "yunnan" else "万元", rows if names else [], totals, weight, rate, execution, indicators, Decimal(100),
        score, grade_of(score),
    )  # fmt: skip
    form.blank = rng.choice(("", "", "—", "/"))
    form.words = {name: rng.choice(others) for name, others in DIALECT.items()} if rng.random() < 0.7 else {}
    form.serial, form.repeated, form.spelled = (rng.random() < share for share in (0.3, 0.2, 0.2))
    return form


def spoil(form: Form, fault: str) -> bool:
    """Plant one fault; False where this form offers no place for it."""
    rng = form.rng
    form.fault = fault
    rows = form.indicators
    if fault == "weights":
        n = rng.randrange(len(rows))
        rows[n] = replace(rows[n], weight=rows[n].weight + 2)
    elif fault == "execution":
        if Decimal(form.rate[:-1]) > 97:  # less may be rounding to whole points
            return False
        change = form.weight - form.execution
        form.execution, form.score = form.weight, form.score + change
    elif fault == "above":
        n = rng.randrange(len(rows))
        form.score += rows[n].weight + 1 - rows[n].score
        rows[n] = replace(rows[n], score=rows[n].weight + 1)
    elif fault == "missed":
        return _miss(form)
    elif fault == "reason":
        _unexplain(form)
    elif fault == "total":
        form.score = form.score - rng.choice((1, 2, Decimal("0.5"))) if form.score > 62 else form.score + 1
    elif fault == "grade":
        form.grade = "优" if form.grade != "优" else "良"
        return True
    elif fault == "funds":
        if len(form.sources) < 2:
            return False
        name, values = form.sources[0]
        form.sources[0] = (name, [values[0] + 10, *values[1:]])
    elif fault == "rate":
        old = form.rate
        form.rate = f"{Decimal(old[:-1]) - Decimal('3.3')}%"
        form.score -= form.execution
        form.execution = cents(form.weight * Decimal(form.rate[:-1]) / 100)
        form.score += form.execution
    if fault != "grade":
        form.grade = grade_of(min(form.score, Decimal(100)))
    return True


def _miss(form: Form) -> bool:
    """A target clearly missed, and the full score for it."""
    places = [n for n, i in enumerate(form.indicators) if i.direction and i.target >= 20]
    if not places:
        return False
    n = form.rng.choice(places)
    row = form.indicators[n]
    bad = (row.target * (100 - row.direction * 12) / 100).quantize(Decimal(1))
    form.score += row.weight - row.score
    form.indicators[n] = replace(row, actual=bad, score=row.weight, reason="")
    form.grade = grade_of(form.score)
    return True


def _unexplain(form: Form) -> None:
    """Points deducted, and the reason left out."""
    n = form.rng.randrange(len(form.indicators))
    row = form.indicators[n]
    lost = form.rng.choice((Decimal(1), Decimal("0.5"), Decimal("1.5")))
    score = row.score if row.score < row.weight else row.weight - lost
    form.score -= row.score - score
    form.indicators[n] = replace(row, score=score, reason="")


# ---- how it is laid out ---------------------------------------------------------------------------------------------------------


def named(label: str, value: str, wide: int) -> list[Cell]:
    return [Cell(label), Cell(value, wide - 1)]


def goal(wide: int) -> Grid:
    left = (wide - 1) // 2
    return [
        [Cell("年度总体目标", 1, 2), Cell("预期目标", left), Cell("实际完成情况", wide - 1 - left)],
        [Cell("按计划完成年度任务，提升服务水平。", left), Cell("年度任务基本完成，服务水平稳步提升。", wide - 1 - left)],
    ]


def funds(form: Form, heads: Sequence[str], first: str, total: str, side: bool, cut: int) -> Grid:
    """The rows of the funds: a side label over all rows, then the columns `heads` from the amounts on."""
    rng = form.rng
    rows: Grid = []
    lead = [Cell(first, 1, 2 + len(form.sources))] if side else []
    rows.append([*lead, Cell("" if side else first), *(Cell(h) for h in heads)])
    values = [amount(v, rng) for v in form.totals[cut:]]
    rows.append([Cell(total), *_money(form, heads, values, True)])
    for name, amounts in form.sources:
        rows.append([Cell(name), *_money(form, heads, [amount(v, rng) for v in amounts[cut:]], False, amounts)])
    return rows


def _money(form: Form, heads: Sequence[str], values: Sequence[str], whole: bool, amounts: Sequence[Decimal] = ()) -> list[Cell]:
    dash = form.rng.choice(("—", "-", "—", "/")) if not form.blank else form.blank
    rate = form.rate
    if not whole:
        rate = f"{(amounts[2] / amounts[1] * 100).quantize(CENT, ROUND_HALF_UP)}%" if amounts[1] else dash
    given = iter(values)
    cells = []
    for head in heads:
        if "率" in head and "得分" not in head:
            cells.append(Cell(rate))
        elif "分值" in head or "权重" in head:
            cells.append(Cell(shown(form.weight) if whole else dash))
        elif "得分" in head:
            cells.append(Cell(shown(form.execution) if whole else dash))
        elif "原因" in head:
            cells.append(Cell(""))
        else:
            cells.append(Cell(next(given)))
    return cells


def indicators(form: Form, heads: Sequence[str], cells: Callable[[Indicator], list[str]], *, side: bool, tops: bool) -> Grid:
    """The indicator rows; the names of the levels merged over their rows. `tops`: weights in brackets behind the first level."""
    rows: Grid = [[*([Cell("绩效指标", 1, len(form.indicators) + 1)] if side else []), *(Cell(h) for h in heads)]]
    last_top = last_middle = ""
    for row in form.indicators:
        line: list[Cell] = []
        whole = sum((i.weight for i in form.indicators if i.top == row.top), Decimal(0))
        same = [i for i in form.indicators if i.top == row.top]
        if row.top != last_top:
            if tops:
                planned = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}[row.top]
                whole = Decimal(planned) if form.fault == "weights" and form.weight == 10 else whole
            line.append(Cell(f"{row.top}（{whole}分）" if tops else row.top, 1, len(same)))
            last_middle = ""
        if row.middle != last_middle:
            line.append(Cell(row.middle, 1, sum(1 for i in same if i.middle == row.middle)))
        last_top, last_middle = row.top, row.middle
        name = f"指标{len(rows)}：{row.name}" if form.serial else row.name
        rows.append([*line, *(Cell(t) for t in (name, *cells(row)))])
    return rows


def _target(row: Indicator, glued: bool = True, spelled: bool = False) -> str:
    if not row.direction:
        return row.words
    if not glued:
        return shown(row.target)
    if row.look == "range":
        return f"{shown(row.target)}-{shown(row.target * 2)}{row.unit}"
    if row.look == "exactly":
        return f"{shown(row.target)}{row.unit}" if spelled else f"＝{shown(row.target)}{row.unit}"
    if row.look == "tail":
        return f"{shown(row.target)}{row.unit}以上"
    sign = ("不低于" if spelled else "≥") if row.direction > 0 else ("不超过" if spelled else "≤")
    if row.look == "ten_thousands":
        return f"{sign}{shown(row.target / 10000)}万{row.unit}"
    if row.unit == "%" and row.target == 100:
        sign = "" if spelled else "＝"
    return f"{sign}{shown(row.target)}{row.unit}"


def _actual(row: Indicator) -> str:
    if not row.direction:
        return "已完成" if "20" in row.words or "日" in row.words else row.words
    return f"{'完成' if row.look == 'done' and row.unit != '%' else ''}{shown(row.actual)}{row.unit}"


def national(form: Form) -> Grid:
    """The project form of 财预〔2020〕10号."""
    heads = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    wide = 9
    rows: Grid = [
        named("项目名称", "公共服务能力提升项目", wide),
        [Cell("主管部门"), Cell("云港市水务局", 4), Cell("实施单位"), Cell("云港市水务局", 3)],
    ]
    money = funds(form, heads, f"项目资金（{form.money}）", "年度资金总额", True, 0)
    for line in money:  # 8 columns of funds on 9 columns of indicators
        line[-1] = replace(line[-1], colspan=2)
    rows += money + goal(wide)
    blank = form.blank if form.blank != "/" else ""

    def cells(row: Indicator) -> list[str]:
        return [_target(row, spelled=form.spelled), _actual(row), shown(row.weight), shown(row.score), row.reason or blank]

    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    rows += indicators(form, heads, cells, side=True, tops=form.rng.random() < 0.5)
    return [*rows, [Cell("总分", 6), Cell(shown(form.weights)), Cell(shown(form.score)), Cell("")]]


def hebei(form: Form) -> Grid:
    """Signs, values and units in columns of their own."""
    wide = 10
    rows: Grid = [named("项目名称", "基层公共设施维护", wide)]
    heads = ["年初预算数", "调整后预算数", "执行数", "分值", "执行率", "得分"]
    money = funds(form, heads, f"预算执行情况（{form.money}）", "资金总额", True, 0)
    for line in money:
        line[-1] = replace(line[-1], colspan=3)
    rows += money + goal(wide)

    def cells(row: Indicator) -> list[str]:
        sign = {1: "≥", -1: "≤", 0: "定性"}[row.direction]
        actual = shown(row.actual) if row.direction else _actual(row)
        return [sign, _target(row, False), row.unit or form.blank, actual, shown(row.weight), shown(row.score), row.reason]

    heads = [
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "计量单位",
        "实际完成值",
        "分值",
        "自评得分",
        "未完成原因",
    ]
    rows += indicators(form, heads, cells, side=False, tops=True)
    rows.append([Cell("合计", 7), Cell(shown(form.weights)), Cell(shown(form.score)), Cell("")])
    return [*rows, [Cell("自评等级", 2), Cell(form.grade, 8)]]


def hubei(form: Form) -> Grid:
    """Execution counts 20; no column of weights: they stand in brackets."""
    wide = 6
    rows: Grid = [named("单位名称", "云港市水务局", wide)]
    heads = ["预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分×执行率）"]
    rows += funds(form, heads, f"预算执行情况（{form.money}）（20分）", "部门整体支出总额", True, 1)

    def cells(row: Indicator) -> list[str]:
        return [_target(row, spelled=form.spelled), _actual(row), shown(row.score)]

    heads = ["一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"]
    body = indicators(form, heads, cells, side=False, tops=False)
    whole = {top: sum((i.weight for i in form.indicators if i.top == top), Decimal(0)) for top in NAMES}
    body = [[replace(c, text=f"{c.text}（{whole[c.text]}分）") if c.text in whole else c for c in line] for line in body]
    return [*rows, *body, [Cell("总分", 5), Cell(shown(form.score))]]


def hunan(form: Form) -> Grid:
    """Funds named inside cells, by kind of income and of expenditure."""
    wide = 9
    rng = form.rng
    rows: Grid = [named("部门名称", "云港市水务局", wide)]
    heads = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    bare = replace_sources(form)
    money = funds(bare, heads, "年度预算申请", "年度资金总额", True, 0)
    for line in money:
        line[-1] = replace(line[-1], colspan=2)
    basic = cents(form.totals[2] * rng.randrange(40, 80) / 100)
    kinds = [("其中：基本支出", basic), ("项目支出", form.totals[2] - basic)]
    if form.fault == "funds":
        kinds[1] = (kinds[1][0], kinds[1][1] + 10)
    incomes = [(name, values[2]) for name, values in form.sources]
    money[0][0] = replace(money[0][0], rowspan=3 + len(incomes))
    money.append([Cell("按收入性质分：", 3), Cell("按支出性质分：", 5)])
    for n, (name, value) in enumerate(incomes):
        right = f"{kinds[n][0]}：{kinds[n][1]:.2f}" if n < len(kinds) else ""
        money.append([Cell(f"{name}：{value:.2f}", 3), Cell(right, 5)])
    rows += money + goal(wide)

    def cells(row: Indicator) -> list[str]:
        return [_target(row, spelled=form.spelled), _actual(row), shown(row.weight), shown(row.score), row.reason]

    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    rows += indicators(form, heads, cells, side=True, tops=True)
    rows.append([Cell("总分", 6), Cell(shown(form.weights)), Cell(shown(form.score)), Cell("")])
    return [*rows, named("自评等级", form.grade, wide)]


def replace_sources(form: Form) -> Form:
    return replace(form, sources=[])


def sichuan(form: Form) -> Grid:
    """Weights as 权重, a column of units, the total as 合计."""
    wide = 11
    rows: Grid = [named("项目名称", "农村人居环境整治", wide)]
    heads = ["年初预算数", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"]
    money = funds(form, heads, "", "总额", False, 0)
    money[0][0] = Cell("预算执行情况（万元）")
    for line in money:
        line[-1] = replace(line[-1], colspan=4)
    rows += money + goal(wide)

    def cells(row: Indicator) -> list[str]:
        sign = {1: "≥", -1: "≤", 0: "定性"}[row.direction]
        actual = shown(row.actual) if row.direction else _actual(row)
        return [sign, _target(row, False), row.unit, actual, shown(row.weight), shown(row.score), row.reason]

    heads = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"]
    rows += indicators(form, heads, cells, side=True, tops=False)
    return [*rows, [Cell("合计", 8), Cell(shown(form.weights)), Cell(shown(form.score)), Cell("")]]


def yunnan(form: Form) -> Grid:
    """In 元, with the grade in the last row."""
    wide = 9
    rows: Grid = [named("项目名称", "县乡道路养护", wide)]
    heads = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    money = funds(form, heads, "项目资金（元）", "年度资金总额", True, 0)
    for line in money:
        line[-1] = replace(line[-1], colspan=2)
    rows += money + goal(wide)

    def cells(row: Indicator) -> list[str]:
        return [_target(row, spelled=form.spelled), _actual(row), shown(row.weight), shown(row.score), row.reason or "无"]

    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    rows += indicators(form, heads, cells, side=True, tops=False)
    rows.append([Cell("总分", 6), Cell(shown(form.weights)), Cell(shown(form.score)), Cell(f"自评等级：{form.grade}")])
    return rows


def hunan_levels(form: Form) -> Grid:
    """Input, process, output and effect: weights of all three levels, criteria with numbers in them, no target and no actual."""
    wide = 9
    rows: Grid = [named("单位名称", "云港市水务局", wide)]
    heads = ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评价标准", "自评得分", "扣分原因"]
    rows.append([Cell(h) for h in heads])
    first = Indicator(
        "过程", "预算执行", "预算执行率", 0, Decimal(0), Decimal(0), "", form.weight, form.execution, reason="按执行率计分"
    )
    first = replace(first, reason=f"执行率{form.rate}" if form.execution < form.weight else "")
    listed = [first, *form.indicators]
    for top in dict.fromkeys(i.top for i in listed):
        same = [i for i in listed if i.top == top]
        for n, row in enumerate(same):
            line: list[Cell] = []
            if not n:
                line += [Cell(top, 1, len(same)), Cell(shown(sum((i.weight for i in same), Decimal(0))), 1, len(same))]
            kin = [i for i in same if i.middle == row.middle]
            if kin[0] is row:
                line += [Cell(row.middle, 1, len(kin)), Cell(shown(sum((i.weight for i in kin), Decimal(0))), 1, len(kin))]
            rule = form.rng.choice(
                (
                    "完成目标得满分，每低1个百分点扣0.5分。",
                    "达到目标值得满分，未达到按比例计分。",
                    "制度健全得2分，执行到位得3分，以扣完为止。",
                )
            )
            line += [Cell(row.name), Cell(shown(row.weight)), Cell(rule), Cell(shown(row.score)), Cell(row.reason)]
            rows.append(line)
    rows.append([Cell("合计", 5), Cell(shown(form.weights)), Cell(""), Cell(shown(form.score)), Cell("")])
    return rows


def sichuan_tasks(form: Form) -> Grid:
    """The whole department: its tasks with what each was given and spent, then the indicators."""
    wide = 9
    rng = form.rng
    rows: Grid = [named("部门（单位）名称", "云港市水务局", wide)]
    rows.append(
        [
            Cell("年度主要任务", 1, 6),
            Cell("任务名称", 2),
            Cell("年初预算数"),
            Cell("全年预算数"),
            Cell("全年执行数"),
            Cell("执行率"),
            Cell("分值"),
            Cell("得分"),
        ]
    )
    parts = [parts_of(rng, whole) for whole in form.totals]
    if form.fault == "funds":
        parts[0][1] += 10
    for n, name in enumerate(("任务1：保障机关运转", "任务2：防汛抗旱", "任务3：农村供水")):
        given, spent = parts[1][n], parts[2][n]
        share = f"{(spent / given * 100).quantize(CENT, ROUND_HALF_UP)}%"
        rows.append([Cell(name, 2), *(Cell(amount(p[n], rng)) for p in parts), Cell(share), Cell("—"), Cell("—")])
    rows.append(
        [
            Cell("金额合计", 2),
            *(Cell(amount(v, rng)) for v in form.totals),
            Cell(form.rate),
            Cell(shown(form.weight)),
            Cell(shown(form.execution)),
        ]
    )
    rows.append([Cell("备注：任务资金含上年结转。", 8)])
    rows += goal(wide)

    def cells(row: Indicator) -> list[str]:
        return [_target(row, spelled=form.spelled), _actual(row), shown(row.weight), shown(row.score), row.reason]

    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    rows += indicators(form, heads, cells, side=True, tops=form.rng.random() < 0.5)
    return [*rows, [Cell("总分", 6), Cell(shown(form.weights)), Cell(shown(form.score)), Cell("")]]


def parts_of(rng: random.Random, whole: Decimal) -> list[Decimal]:
    """An amount in three."""
    first = cents(whole * rng.randrange(20, 50) / 100)
    second = cents(whole * rng.randrange(20, 40) / 100)
    return [first, second, whole - first - second]


def hubei_project(form: Form) -> Grid:
    """Weights in brackets behind the indicators' names, the score of execution by its formula in the header."""
    wide = 7
    rows: Grid = [
        named("项目名称", "病险水库除险加固", wide),
        [Cell("项目主管部门"), Cell("云港市水务局", 2), Cell("项目实施单位"), Cell("云港市水务局", 3)],
    ]
    heads = ["预算数（A）", "执行数（B）", "执行率（B/A）", f"得分（{shown(form.weight)}分×执行率）"]
    money = funds(form, heads, f"预算执行情况（{form.money}）（{shown(form.weight)}分）", "年度财政资金总额", True, 1)
    for line in money:
        line[-1] = replace(line[-1], colspan=2)
    rows += money

    def cells(row: Indicator) -> list[str]:
        return [_target(row, spelled=form.spelled), _actual(row), shown(row.score)]

    heads = ["", "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"]
    body = indicators(form, heads, cells, side=False, tops=False)
    body[0] = [Cell("年度绩效目标（80分）", 1, len(body)), *body[0][1:]]
    return [
        *rows,
        *body,
        [Cell("总分", 6), Cell(shown(form.score))],
        [Cell("偏差大或目标未完成原因分析"), Cell("个别工程受汛期影响。", 6)],
    ]


LAYOUTS: dict[str, Callable[[Form], Grid]] = {
    "national": national, "hebei": hebei, "hubei": hubei, "hunan": hunan, "sichuan": sichuan, "yunnan": yunnan,
    "hubei_project": hubei_project, "hunan_levels": hunan_levels, "sichuan_tasks": sichuan_tasks,
}  # fmt: skip
SHOWS_GRADE = ("hebei", "hunan", "yunnan")
NO_PLACE = {
    "hubei": ("weights", "missed", "above", "reason"),
    "hubei_project": ("weights", "missed", "above", "reason"),
    "hunan_levels": ("missed", "execution", "funds", "rate"),
}  # faults that a layout has no place for
NO_WEIGHTS = ("hubei", "hubei_project")  # no column of weights


def paper(form: Form, layout: str) -> Paper:
    """The form with its heading, and below it what the sentence under many forms says."""
    grid = [[replace(c, text=form.words.get(c.text, c.text)) for c in line] for line in LAYOUTS[layout](form)]
    below = ["说明：本表由项目实施单位填报。"]
    if layout not in SHOWS_GRADE and (form.fault == "grade" or form.rng.random() < 0.4):
        below.append(f"经自评，本项目绩效自评得分{shown(form.score)}分，评价等级为“{form.grade}”。")
    kind = "部门整体支出" if layout in ("hubei", "hunan") else "项目支出"
    return Paper((f"2023年度{kind}绩效自评表", f"金额单位：{form.money}"), grid, tuple(below), form.repeated)


def write(seed: int, layout: str, way: str, fault: str = "") -> tuple[str, bytes] | None:
    """A form's suffix and bytes, or None where the layout has no place for the fault."""
    form = make(random.Random(f"{seed} {layout} {way} {fault}"), layout)
    if fault in NO_PLACE.get(layout, ()):
        return None
    if fault and not spoil(form, fault):
        return None
    return printed(paper(form, layout), way)


def main(folder: str, count: str) -> None:
    """Write forms of every layout, way and fault in turn."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for seed in range(int(count)):
        for layout in LAYOUTS:
            for way in WAYS:
                for fault in ("", FAULTS[seed % len(FAULTS)]):
                    made = write(seed, layout, way, fault)
                    if made is not None:
                        name = f"{layout}-{way}-{seed}-{fault or 'clean'}"
                        (out / (name + made[0])).write_bytes(made[1])
                        (out / (name + ".json")).write_text(json.dumps({"fault": fault}))


if __name__ == "__main__":
    main(*sys.argv[1:3])
