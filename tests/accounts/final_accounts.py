"""Final accounts (部门决算) in the official layout of nine tables, with their narrative, clean or with known faults.

Every amount is drawn as whole hundredths of 万元, so that all relations hold exactly; the narrative is written from the same
figures. `document(seed)` gives the markup of sample_inputs/generate.py; `FAULTS` says what each fault does to it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TREE = {  # function codes: 类, 款, 项 with their names and whether the item holds basic (基本) or project (项目) spending
    "205": ("教育支出", {"20508": ("进修及培训", {"2050803": ("培训支出", "p")})}),
    "208": (
        "社会保障和就业支出",
        {
            "20805": ("行政事业单位养老支出", {
                "2080501": ("行政单位离退休", "b"), "2080505": ("机关事业单位基本养老保险缴费支出", "b"),
                "2080506": ("机关事业单位职业年金缴费支出", "b"),
            }),
            "20808": ("抚恤", {"2080801": ("死亡抚恤", "b")}),
        },
    ),
    "210": ("卫生健康支出", {"21011": ("行政事业单位医疗", {"2101101": ("行政单位医疗", "b"), "2101103": ("公务员医疗补助", "b")})}),
    "213": (
        "农林水支出",
        {
            "21302": ("林业和草原", {
                "2130201": ("行政运行", "b"), "2130202": ("一般行政管理事务", "p"), "2130205": ("森林资源培育", "p"),
                "2130234": ("林业草原防灾减灾", "p"), "2130299": ("其他林业和草原支出", "p"),
            }),
            "21305": ("巩固脱贫攻坚成果衔接乡村振兴", {"2130599": ("其他巩固脱贫攻坚成果衔接乡村振兴支出", "p")}),
        },
    ),
    "221": ("住房保障支出", {"22102": ("住房改革支出", {"2210201": ("住房公积金", "b")})}),
}  # fmt: skip
FUND = ("212", "城乡社区支出", "21208", "国有土地使用权出让收入安排的支出", "2120804", "农村基础设施建设支出")
PEOPLE = {
    "301": ("工资福利支出", {"30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30108": "机关事业单位基本养老保险缴费", "30113": "住房公积金"}),
    "303": ("对个人和家庭的补助", {"30302": "退休费", "30304": "抚恤金", "30305": "生活补助"}),
}  # fmt: skip
OFFICE = {
    "302": ("商品和服务支出", {"30201": "办公费", "30207": "邮电费", "30211": "差旅费", "30217": "公务接待费", "30231": "公务用车运行维护费"}),
    "310": ("资本性支出", {"31002": "办公设备购置"}),
}  # fmt: skip
PLACES = ("云屏县林业局", "沅溪市林业局", "松岭区林业局", "鹤川县林业和草原局")


def money(hundredths: int) -> str:
    """12345 as 123.45."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def percent(part: int, whole: int) -> str:
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


@dataclass
class Accounts:
    """The figures of one department and year, in hundredths of 万元."""

    unit: str
    year: int
    basic: dict[str, int] = field(default_factory=dict)  # by 项
    project: dict[str, int] = field(default_factory=dict)
    budget: dict[str, int] = field(default_factory=dict)
    other_spent: int = 0  # project spending on 2130299 out of 其他收入
    fund: int = 0
    fund_opening: int = 0
    fund_income: int = 0
    opening: int = 0
    fiscal_opening: int = 0
    general_income: int = 0
    other_income: int = 0
    people: dict[str, int] = field(default_factory=dict)
    office: dict[str, int] = field(default_factory=dict)
    trips: dict[str, tuple[int, int]] = field(default_factory=dict)  # 三公: budget, actual

    @property
    def general(self) -> int:
        return sum(self.basic.values()) + sum(self.project.values())

    @property
    def spent(self) -> int:
        return self.general + self.other_spent + self.fund

    @property
    def income(self) -> int:
        return self.general_income + self.fund_income + self.other_income

    @property
    def grand(self) -> int:
        return self.income + self.opening

    @property
    def closing(self) -> int:
        return self.grand - self.spent

    @property
    def fiscal_income(self) -> int:
        return self.general_income + self.fund_income

    @property
    def fiscal_grand(self) -> int:
        return self.fiscal_income + self.fiscal_opening + self.fund_opening

    @property
    def fiscal_spent(self) -> int:
        return self.general + self.fund


def draw(seed: int) -> Accounts:
    """Figures at random that satisfy every identity of the accounts."""
    r = random.Random(seed)
    a = Accounts(r.choice(PLACES), r.choice((2021, 2022, 2023)))
    for _, groups in TREE.values():
        for _, items in groups.values():
            for code, (_, kind) in items.items():
                amount = r.randint(300, 9000) if kind == "b" else r.randint(500, 30000)
                amount *= 12 if code == "2130201" else 1
                (a.basic if kind == "b" else a.project)[code] = amount
                a.budget[code] = (
                    r.choice((0, amount)) if code in {"2080801", "2130599"} else round(amount * r.uniform(0.8, 1.3))
                )
    a.other_spent = r.randint(200, 3000)
    a.fund, a.fund_opening = r.randint(3000, 20000), r.randint(500, 3000)
    a.fund_income = a.fund - r.randint(100, a.fund_opening - 100)
    left = r.randint(1500, 9000)  # of the general budget at the end of the year
    a.fiscal_opening = r.randint(400, 8000)
    a.general_income = a.general + left - a.fiscal_opening
    own = r.randint(100, 900)
    a.opening = a.fiscal_opening + a.fund_opening + own
    a.other_income = a.other_spent + r.randint(50, 400)
    basic = sum(a.basic.values())
    a.trips = {
        "abroad": (0, 0), "buy": (0, 0), "run": (run := r.randint(800, 2000), run - r.randint(20, 300)),
        "guests": (guests := r.randint(300, 900), guests - r.randint(20, 150)),
    }  # fmt: skip
    office = {"30217": a.trips["guests"][1], "30231": a.trips["run"][1]}
    for code in ("30201", "30207", "30211", "31002"):
        office[code] = r.randint(100, basic // 40)
    a.office = office
    rest = basic - sum(office.values())
    codes = [c for _, items in PEOPLE.values() for c in items]
    for code in codes[:0:-1]:
        a.people[code] = r.randint(50, rest // 12)
    a.people[codes[0]] = rest - sum(a.people.values())
    return a


# ---- tables ---------------------------------------------------------------------------------------------------------------------


def rows_of(a: Accounts, *, total: bool) -> list[tuple[str, str, int, int]]:
    """Code, name, basic and project spending of every level; `total`: all funds, else the general budget."""
    tree: list[tuple[str, str, int, int]] = []
    for code, (name, groups) in TREE.items():
        inner: list[tuple[str, str, int, int]] = []
        for sub, (label, items) in groups.items():
            leaves = [
                (c, n, a.basic.get(c, 0), a.project.get(c, 0) + (a.other_spent if total and c == "2130299" else 0))
                for c, (n, _) in items.items()
            ]
            inner += [(sub, label, sum(x[2] for x in leaves), sum(x[3] for x in leaves)), *leaves]
        tops = [x for x in inner if len(x[0]) == 5]
        tree += [(code, name, sum(x[2] for x in tops), sum(x[3] for x in tops)), *inner]
        if total and code == "210":
            tree += [(FUND[i], FUND[i + 1], 0, a.fund) for i in (0, 2, 4)]
    return tree


def line(*cells: str | int) -> str:
    return "\t".join(money(c) if isinstance(c, int) else c for c in cells)


def blank(hundredths: int) -> str:
    """The form leaves a cell without an amount blank."""
    return money(hundredths) if hundredths else ""


def head(number: int, title: str, a: Accounts) -> list[str]:
    return [f"## {title}", f"公开{number:02d}表", f"部门：{a.unit}　　　　单位：万元"]


def table1(a: Accounts) -> list[str]:
    functions = [(n, b + p) for c, n, b, p in rows_of(a, total=True) if len(c) == 3]
    left = [
        ("一、一般公共预算财政拨款收入", a.general_income), ("二、政府性基金预算财政拨款收入", a.fund_income),
        ("三、国有资本经营预算财政拨款收入", 0), ("四、上级补助收入", 0), ("五、事业收入", 0), ("六、经营收入", 0),
        ("七、附属单位上缴收入", 0), ("八、其他收入", a.other_income),
    ]  # fmt: skip
    marks = "一二三四五六七八九十"
    right = [(f"{marks[i]}、{name}", amount) for i, (name, amount) in enumerate(functions)]
    rows = [*head(1, "收入支出决算总表", a), line("收入", "<", "<", "支出", "<", "<"), line("项目", "行次", "金额", "项目", "行次", "金额"), line("栏次", "", "1", "栏次", "", "2")]  # fmt: skip
    count = max(len(left), len(right)) + 1
    for i in range(count):
        l_name, l_amount = left[i] if i < len(left) else ("", 0)
        r_name, r_amount = right[i] if i < len(right) else ("", 0)
        rows.append(line(l_name, str(i + 1), blank(l_amount), r_name, str(i + count + 4), blank(r_amount)))
    tail = [
        ("本年收入合计", a.income, "本年支出合计", a.spent), ("使用非财政拨款结余", 0, "结余分配", 0),
        ("年初结转和结余", a.opening, "年末结转和结余", a.closing), ("总计", a.grand, "总计", a.grand),
    ]  # fmt: skip
    for i, (l_name, l_amount, r_name, r_amount) in enumerate(tail, count):
        rows.append(line(l_name, str(i + 1), blank(l_amount), r_name, str(i + count + 4), blank(r_amount)))
    return rows


def table2(a: Accounts) -> list[str]:
    """Income by function: what was spent there, the difference to the year's income on 2130201 and the fund's own code."""
    names = ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
    rows = [
        *head(2, "收入决算表", a),
        line("项目", "<", *names),
        line("科目代码", "科目名称", *("^",) * 7),
        line("栏次", "<", *"1234567"),
    ]
    extra = a.general_income - a.general
    rows.append(line("合计", "<", a.income, a.fiscal_income, "", "", "", "", a.other_income))
    for code, name, basic, project in rows_of(a, total=True):
        fund = code in FUND
        other = a.other_income if code in {"213", "21302", "2130299"} else 0
        spent_other = a.other_spent if other else 0
        fiscal = (
            a.fund_income if fund else basic + project - spent_other + (extra if code in {"213", "21302", "2130201"} else 0)
        )
        rows.append(line(code, name, fiscal + other, fiscal, "", "", "", "", blank(other)))
    return rows


def table3(a: Accounts) -> list[str]:
    names = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
    rows = [
        *head(3, "支出决算表", a),
        line("项目", "<", *names),
        line("科目代码", "科目名称", *("^",) * 6),
        line("栏次", "<", *"123456"),
    ]
    basic = sum(a.basic.values())
    rows.append(line("合计", "<", a.spent, basic, a.spent - basic, "", "", ""))
    rows += [line(c, n, b + p, blank(b), blank(p), "", "", "") for c, n, b, p in rows_of(a, total=True)]
    return rows


def table4(a: Accounts) -> list[str]:
    functions = [(n, b + p) for c, n, b, p in rows_of(a, total=False) if len(c) == 3]
    functions.insert(3, (FUND[1], a.fund))
    marks = "一二三四五六七八九十"
    left = [
        ("一、一般公共预算财政拨款", a.general_income),
        ("二、政府性基金预算财政拨款", a.fund_income),
        ("三、国有资本经营预算财政拨款", 0),
    ]
    rows = [
        *head(4, "财政拨款收入支出决算总表", a), line("收入", "<", "<", "支出", *("<",) * 5),
        line("项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
        line("栏次", "", "1", "栏次", "", "2", "3", "4", "5"),
    ]  # fmt: skip
    count = len(functions) + 1
    for i in range(count):
        l_name, l_amount = left[i] if i < len(left) else ("", 0)
        name, amount = functions[i] if i < len(functions) else ("", 0)
        fund = amount if name == FUND[1] else 0
        label = f"{marks[i]}、{name}" if name else ""
        rows.append(
            line(
                l_name,
                str(i + 1),
                blank(l_amount),
                label,
                str(i + count + 5),
                blank(amount),
                blank(amount - fund),
                blank(fund),
                "",
            )
        )
    general_left = a.general_income + a.fiscal_opening - a.general
    fund_left = a.fund_income + a.fund_opening - a.fund
    tail = [
        ("本年收入合计", a.fiscal_income, "本年支出合计", a.general, a.fund),
        ("年初财政拨款结转和结余", a.fiscal_opening + a.fund_opening, "年末财政拨款结转和结余", general_left, fund_left),
        ("一、一般公共预算财政拨款", a.fiscal_opening, "", 0, 0), ("二、政府性基金预算财政拨款", a.fund_opening, "", 0, 0),
        ("总计", a.fiscal_grand, "总计", a.general + general_left, a.fund + fund_left),
    ]  # fmt: skip
    for i, (l_name, l_amount, r_name, one, two) in enumerate(tail, count):
        rows.append(
            line(l_name, str(i + 1), blank(l_amount), r_name, str(i + count + 5), blank(one + two), blank(one), blank(two), "")
        )
    return rows


def table5(a: Accounts) -> list[str]:
    rows = [
        *head(5, "一般公共预算财政拨款支出决算表", a), line("项目", "<", "本年支出", "<", "<"),
        line("科目代码", "科目名称", "小计", "基本支出", "项目支出"), line("栏次", "<", "1", "2", "3"),
    ]  # fmt: skip
    rows.append(line("合计", "<", a.general, sum(a.basic.values()), sum(a.project.values())))
    rows += [line(c, n, b + p, blank(b), blank(p)) for c, n, b, p in rows_of(a, total=False)]
    return rows


def table6(a: Accounts) -> list[str]:
    def listed(groups: dict[str, tuple[str, dict[str, str]]], amounts: dict[str, int]) -> list[tuple[str, str, int]]:
        found = []
        for code, (name, items) in groups.items():
            found.append((code, name, sum(amounts[c] for c in items)))
            found += [(c, n, amounts[c]) for c, n in items.items()]
        return found

    left, right = listed(PEOPLE, a.people), listed(OFFICE, a.office)
    rows = [
        *head(6, "一般公共预算财政拨款基本支出决算表", a), line("人员经费", "<", "<", "公用经费", "<", "<"),
        line("科目代码", "科目名称", "金额", "科目代码", "科目名称", "金额"),
    ]  # fmt: skip
    for i in range(max(len(left), len(right))):
        one = left[i] if i < len(left) else ("", "", 0)
        two = right[i] if i < len(right) else ("", "", 0)
        rows.append(line(one[0], one[1], blank(one[2]), two[0], two[1], blank(two[2])))
    rows.append(line("人员经费合计", "<", sum(a.people.values()), "公用经费合计", "<", sum(a.office.values())))
    return rows


def table7(a: Accounts) -> list[str]:
    rows = [
        *head(7, "政府性基金预算财政拨款收入支出决算表", a),
        line("项目", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"),
        line("科目代码", "科目名称", "^", "^", "小计", "基本支出", "项目支出", "^"), line("栏次", "<", *"123456"),
    ]  # fmt: skip
    amounts = (a.fund_opening, a.fund_income, a.fund, "", a.fund, a.fund_opening + a.fund_income - a.fund)
    rows.append(line("合计", "<", *amounts))
    rows += [line(FUND[i], FUND[i + 1], *amounts) for i in (0, 2, 4)]
    return rows


def table8(a: Accounts) -> list[str]:
    return [
        *head(8, "国有资本经营预算财政拨款支出决算表", a), line("项目", "<", "本年支出", "<", "<"),
        line("科目代码", "科目名称", "合计", "基本支出", "项目支出"), line("栏次", "<", "1", "2", "3"), line("合计", "<", "", "", ""),
        f"注：{a.unit}{a.year}年度没有国有资本经营预算财政拨款收入，也没有使用国有资本经营预算财政拨款安排的支出，故本表无数据。",
    ]  # fmt: skip


def table9(a: Accounts) -> list[str]:
    def side(at: int) -> list[str]:
        abroad, buy, run, guests = (a.trips[k][at] for k in ("abroad", "buy", "run", "guests"))
        return [money(abroad + buy + run + guests), blank(abroad), money(buy + run), blank(buy), money(run), money(guests)]

    names = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "<", "<", "公务接待费")
    inner = ("^", "^", "小计", "公务用车购置费", "公务用车运行维护费", "^")
    return [
        *head(9, "财政拨款“三公”经费支出决算表", a), line("预算数", *("<",) * 5, "决算数", *("<",) * 5), line(*names, *names),
        line(*inner, *inner), line(*(str(i) for i in range(1, 13))), line(*side(0), *side(1)),
    ]  # fmt: skip


def widened(rows: list[str]) -> list[str]:
    """总表 with three columns of amounts in each half: 年初预算数, 全年预算数, 决算数, the budgets equal to what was spent."""
    found = []
    for text in rows:
        cells = text.split("\t")
        if len(cells) != 6:
            found.append(text)
        elif cells[1] == "<":
            found.append(line(cells[0], *"<<<<", cells[3], *"<<<<"))
        elif cells[0] == "项目":
            found.append(line(*2 * ("项目", "行次", "年初预算数", "全年预算数", "决算数")))
        elif cells[0] == "栏次":
            found.append(line("栏次", "", "1", "2", "3", "栏次", "", "4", "5", "6"))
        else:
            found.append(line(*cells[:3], cells[2], cells[2], *cells[3:], cells[5], cells[5]))
    return found


def coded(rows: list[str]) -> list[str]:
    """A code tree whose codes stand in three columns: 类, 款, 项."""
    found = []
    for text in rows:
        first, mark, rest = text.partition("\t")
        if not mark:
            found.append(text)
        elif first in {"项目", "栏次", "合计"}:
            found.append(line(first, "<", "<", rest))
        elif first == "科目代码":
            found.append(line("类", "款", "项", rest))
        else:
            found.append(line(first[:3], first[3:5], first[5:], rest))
    return found


def upright(a: Accounts) -> list[str]:
    """公开09表 with its items down the side."""
    t = a.trips
    cars = tuple(t["buy"][i] + t["run"][i] for i in (0, 1))
    whole = tuple(cars[i] + t["abroad"][i] + t["guests"][i] for i in (0, 1))
    items = (
        ("合计", whole), ("1.因公出国（境）费", t["abroad"]), ("2.公务用车购置及运行维护费", cars),
        ("其中：（1）公务用车购置费", t["buy"]), ("（2）公务用车运行维护费", t["run"]), ("3.公务接待费", t["guests"]),
    )  # fmt: skip
    return [
        *head(9, "“三公”经费支出决算表", a),
        line("项目", "预算数", "决算数"),
        *(line(name, *amounts) for name, amounts in items),
    ]


def with_meetings(a: Accounts) -> list[str]:
    """公开09表 with 会议费 and 培训费 beside the three, and the stages down the side."""
    t = a.trips
    rows = [
        *head(9, "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表", a),
        line("项目", "“三公”经费", *"<<<<<", "会议费", "培训费"),
        line("^", "小计", "因公出国（境）费", "公务接待费", "公务用车购置及运行维护费", "<", "<", "^", "^"),
        line(*"^^^^", "小计", "公务用车购置费", "公务用车运行维护费", "^", "^"),
    ]
    for name, i in (("预算数", 0), ("决算数", 1)):
        cars = t["buy"][i] + t["run"][i]
        whole = cars + t["abroad"][i] + t["guests"][i]
        rows.append(line(name, whole, blank(t["abroad"][i]), t["guests"][i], cars, blank(t["buy"][i]), t["run"][i], 350, 120))
    return rows


def with_budgets(a: Accounts) -> list[str]:
    """公开04表 with 年初预算数 before 决算数: the budget is two thirds of what was spent."""
    found = []
    for text in table4(a):
        cells = text.split("\t")
        if len(cells) != 9:
            found.append(text)
            continue
        if cells[3] == "支出":
            found.append(line(cells[0], *"<<<", "支出", *"<<<<<<"))
        elif cells[0] == "项目":
            names = [c.replace("财政拨款", "") for c in cells[5:8]]
            found.append(line("项目", "行次", "年初预算数", "决算数", "项目", "行次", "年初预算数", "<", "决算数", "<", "<"))
            found.append(line(*"^^^^^^", *names[:2], *names))
        elif cells[0] == "栏次":
            found.append(line("栏次", "", "1", "2", "栏次", "", *"34567"))
        else:
            less = [money(round(Decimal(c) * 200 / 3)) if c else "" for c in (cells[2], cells[5], cells[6])]
            found.append(line(*cells[:2], less[0], cells[2], *cells[3:5], *less[1:], *cells[5:8]))
    return found


def other_tables(a: Accounts) -> list[list[str]]:
    """The nine tables as other provinces lay them out."""
    return [
        widened(table1(a)), coded(table2(a)), coded(table3(a)), table4(a), coded(table5(a)), table6(a), coded(table7(a)), table8(a),
        upright(a),
    ]  # fmt: skip


# ---- narrative ------------------------------------------------------------------------------------------------------------------


def compared(now: int, before: int) -> str:
    """增加X万元，增长Y% against last year."""
    if now >= before:
        return f"增加{money(now - before)}万元，增长{percent(now - before, before)}"
    return f"减少{money(before - now)}万元，下降{percent(before - now, before)}"


def narrative(a: Accounts, r: random.Random) -> list[str]:
    def last(now: int) -> int:
        return round(now * r.uniform(0.7, 1.25))

    basic, project = sum(a.basic.values()), a.spent - sum(a.basic.values())
    trips = [sum(v[i] for v in a.trips.values()) for i in (0, 1)]
    budget = sum(a.budget.values())
    functions = [(c, n, b + p) for c, n, b, p in rows_of(a, total=False) if len(c) == 3]
    out = [
        "# 第三部分 部门决算情况说明".replace("# ", "## "),
        "### 一、收入支出决算总体情况说明",
        f"{a.year}年度收、支总计均为{money(a.grand)}万元。与{a.year - 1}年度相比，收、支总计各{compared(a.grand, last(a.grand))}，主要原因是林业项目安排有变化。",
        "### 二、收入决算情况说明",
        f"{a.year}年度收入合计{money(a.income)}万元，其中：财政拨款收入{money(a.fiscal_income)}万元，占{percent(a.fiscal_income, a.income)}；其他收入{money(a.other_income)}万元，占{percent(a.other_income, a.income)}。",
        "### 三、支出决算情况说明",
        f"{a.year}年度支出合计{money(a.spent)}万元，其中：基本支出{money(basic)}万元，占{percent(basic, a.spent)}；项目支出{money(project)}万元，占{percent(project, a.spent)}。",
        "### 四、财政拨款收入支出决算总体情况说明",
        f"{a.year}年度财政拨款收、支总计均为{money(a.fiscal_grand)}万元。与{a.year - 1}年度相比，财政拨款收、支总计各{compared(a.fiscal_grand, last(a.fiscal_grand))}，主要原因是上级补助项目有增有减。",
        "### 五、一般公共预算财政拨款支出决算情况说明",
        f"（一）总体情况。{a.year}年度一般公共预算财政拨款支出{money(a.general)}万元，占本年支出合计的{percent(a.general, a.spent)}。与{a.year - 1}年度相比，一般公共预算财政拨款支出{compared(a.general, last(a.general))}。",
        f"（二）结构情况。{a.year}年度一般公共预算财政拨款支出{money(a.general)}万元，主要用于以下方面："
        + "；".join(f"{n}{money(v)}万元，占{percent(v, a.general)}" for _, n, v in functions)
        + "。",
        f"（三）具体情况。{a.year}年度一般公共预算财政拨款支出年初预算为{money(budget)}万元，支出决算为{money(a.general)}万元，完成年初预算的{percent(a.general, budget)}。其中：",
    ]
    number = 0
    for name, groups in TREE.values():
        for label, items in groups.values():
            for code, (item, _) in items.items():
                number += 1
                spent, planned = a.basic.get(code, 0) + a.project.get(code, 0), a.budget[code]
                done = f"，完成年初预算的{percent(spent, planned)}" if planned else ""
                why = (
                    "决算数与预算数持平" if spent == planned
                    else "年初未安排预算，年中追加" if not planned
                    else f"决算数{'大' if spent > planned else '小'}于预算数的主要原因是{'年中追加经费' if spent > planned else '厉行节约'}"
                )  # fmt: skip
                out.append(
                    f"{number}.{name}（类）{label}（款）{item}（项）。年初预算为{money(planned)}万元，支出决算为{money(spent)}万元{done}，{why}。"
                )
    people, office = sum(a.people.values()), sum(a.office.values())
    run, guests = a.trips["run"], a.trips["guests"]
    before = {k: max(v[1] + r.choice((-1, 1)) * r.randint(5, 90), 10) for k, v in a.trips.items() if v[1]}
    saved = trips[1] - sum(before.values())
    out += [
        "### 六、一般公共预算财政拨款基本支出决算情况说明",
        f"{a.year}年度一般公共预算财政拨款基本支出{money(basic)}万元，其中：人员经费{money(people)}万元，主要包括基本工资、津贴补贴、奖金、住房公积金、退休费等；公用经费{money(office)}万元，主要包括办公费、邮电费、差旅费、公务接待费等。",
        "### 七、政府性基金预算财政拨款收入支出决算情况说明",
        f"{a.year}年度政府性基金预算财政拨款年初结转和结余{money(a.fund_opening)}万元，本年收入{money(a.fund_income)}万元，本年支出{money(a.fund)}万元，年末结转和结余{money(a.fund_opening + a.fund_income - a.fund)}万元。",
        "### 八、国有资本经营预算财政拨款支出决算情况说明",
        f"{a.year}年度没有使用国有资本经营预算财政拨款安排的支出。",
        "### 九、财政拨款“三公”经费支出决算情况说明",
        f"（一）{a.year}年度财政拨款“三公”经费支出预算为{money(trips[0])}万元，支出决算为{money(trips[1])}万元，完成预算的{percent(trips[1], trips[0])}，比上年{compared(trips[1], trips[1] - saved)}。",
        "（二）“三公”经费具体情况说明。",
        "1.因公出国（境）费预算为0万元，支出决算为0万元，与上年持平。",
        f"2.公务用车购置及运行维护费预算为{money(run[0])}万元，支出决算为{money(run[1])}万元，完成预算的{percent(run[1], run[0])}，比上年{compared(run[1], before['run'])}。其中：公务用车购置费0万元；公务用车运行维护费{money(run[1])}万元，年末公务用车保有量6辆。",
        f"3.公务接待费预算为{money(guests[0])}万元，支出决算为{money(guests[1])}万元，完成预算的{percent(guests[1], guests[0])}，比上年{compared(guests[1], before['guests'])}。全年国内公务接待38批次。",
        "### 十、机关运行经费支出说明",
        f"{a.year}年度机关运行经费支出{money(office)}万元，比上年{compared(office, last(office))}。",
        "## 第四部分 名词解释",
        "一、财政拨款收入：指本级财政部门当年拨付的资金。",
        "二、年初结转和结余：指以前年度尚未完成、结转到本年按有关规定继续使用的资金。",
    ]
    return out


def narrative_west(a: Accounts, r: random.Random) -> list[str]:
    """The same accounts in other words: all kinds of income with their zeros, 类 in brackets, the shares of “三公”."""

    def last(now: int) -> int:
        return round(now * r.uniform(0.7, 1.25))

    basic, project = sum(a.basic.values()), a.spent - sum(a.basic.values())
    trips = [sum(v[i] for v in a.trips.values()) for i in (0, 1)]
    run, guests = a.trips["run"], a.trips["guests"]
    people, office = sum(a.people.values()), sum(a.office.values())
    functions = [(c, n, b + p) for c, n, b, p in rows_of(a, total=False) if len(c) == 3]
    year = a.year
    out = [
        f"## 第三部分 {year}年度部门决算情况说明",
        "### 一、收入支出决算总体情况说明",
        f"{year}年度收、支总计均为{money(a.grand)}万元。与{year - 1}年度相比，收、支总计各{compared(a.grand, last(a.grand))}。主要变动原因是项目有增有减。{year - 1}年度收、支总计均为{money(last(a.grand))}万元（同口径调整后）。",
        "### 二、收入决算情况说明",
        f"{year}年度本年收入合计{money(a.income)}万元，其中：一般公共预算财政拨款收入{money(a.general_income)}万元，占{percent(a.general_income, a.income)}；政府性基金预算财政拨款收入{money(a.fund_income)}万元，占{percent(a.fund_income, a.income)}；国有资本经营预算财政拨款收入0万元，占0%；事业收入0万元，占0%；经营收入0万元，占0%；其他收入{money(a.other_income)}万元，占{percent(a.other_income, a.income)}。",
        "### 三、支出决算情况说明",
        f"{year}年度本年支出合计{money(a.spent)}万元，其中：基本支出{money(basic)}万元，占{percent(basic, a.spent)}；项目支出{money(project)}万元，占{percent(project, a.spent)}；上缴上级支出0万元，占0%；经营支出0万元，占0%；对附属单位补助支出0万元，占0%。",
        "### 四、财政拨款收入支出决算总体情况说明",
        f"{year}年度财政拨款收、支总计均为{money(a.fiscal_grand)}万元。与{year - 1}年相比，财政拨款收、支总计各{compared(a.fiscal_grand, last(a.fiscal_grand))}。",
        "### 五、一般公共预算财政拨款支出决算情况说明",
        "#### （一）一般公共预算财政拨款支出决算总体情况",
        f"{year}年度一般公共预算财政拨款支出{money(a.general)}万元，占本年支出合计的{percent(a.general, a.spent)}。与{year - 1}年相比，一般公共预算财政拨款支出{compared(a.general, last(a.general))}。",
        "#### （二）一般公共预算财政拨款支出决算结构情况",
        f"{year}年度一般公共预算财政拨款支出{money(a.general)}万元，主要用于以下方面："
        + "；".join(f"{n}（类）{money(v)}万元，占{percent(v, a.general)}" for _, n, v in functions)
        + "。",
        "#### （三）一般公共预算财政拨款支出决算具体情况",
        f"{year}年度一般公共预算支出决算数为{money(a.general)}万元，完成预算100%。其中：",
    ]
    for name, groups in TREE.values():
        for label, items in groups.values():
            for code, (item, _) in items.items():
                spent = a.basic.get(code, 0) + a.project.get(code, 0)
                out.append(
                    f"{name}（类）{label}（款）{item}（项）：支出决算为{money(spent)}万元，完成预算100%，决算数等于预算数。"
                )
    total = trips[1]
    out += [
        "### 六、一般公共预算财政拨款基本支出决算情况说明",
        f"{year}年度一般公共预算财政拨款基本支出{money(basic)}万元，其中：人员经费{money(people)}万元，主要包括：基本工资、津贴补贴、奖金、住房公积金等。公用经费{money(office)}万元，主要包括：办公费、邮电费、差旅费等。",
        "### 七、财政拨款“三公”经费支出决算情况说明",
        "#### （一）“三公”经费财政拨款支出决算总体情况说明",
        f"{year}年度“三公”经费财政拨款支出决算为{money(total)}万元，完成预算{percent(total, trips[0])}，较上年度{compared(total, last(total))}。决算数小于预算数的主要原因是厉行节约。",
        "#### （二）“三公”经费财政拨款支出决算具体情况说明",
        f"{year}年度“三公”经费财政拨款支出决算中，因公出国（境）费支出决算0万元，占0%；公务用车购置及运行维护费支出决算{money(run[1])}万元，占{percent(run[1], total)}；公务接待费支出决算{money(guests[1])}万元，占{percent(guests[1], total)}。具体情况如下：",
        "1.因公出国（境）经费支出0万元，完成预算0%。全年安排因公出国（境）团组0次，出国（境）0人。",
        f"2.公务用车购置及运行维护费支出{money(run[1])}万元，完成预算{percent(run[1], run[0])}。公务用车购置及运行维护费支出决算比{year - 1}年{compared(run[1], last(run[1]))}。其中：公务用车购置支出0万元。公务用车运行维护费支出{money(run[1])}万元，主要用于巡山护林所需的燃料费、维修费、过路过桥费。",
        f"3.公务接待费支出{money(guests[1])}万元，完成预算{percent(guests[1], guests[0])}。公务接待费支出决算比{year - 1}年{compared(guests[1], last(guests[1]))}。其中：国内公务接待支出{money(guests[1])}万元，主要用于上级检查的接待；外事接待支出0万元。",
        "### 八、政府性基金预算支出决算情况说明",
        f"{year}年度政府性基金预算财政拨款支出{money(a.fund)}万元。",
        "### 九、国有资本经营预算支出决算情况说明",
        f"{year}年度国有资本经营预算财政拨款支出0万元。",
        "### 十、其他重要事项的情况说明",
        f"（一）机关运行经费支出情况。{year}年度机关运行经费支出{money(office)}万元，比{year - 1}年{compared(office, last(office))}。",
        "## 第四部分 名词解释",
        "1.财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
    ]
    return out


def narrative_south(a: Accounts, r: random.Random) -> list[str]:
    """Once more in other words: 总收入 and 总支出, changes by part, two totals in one sentence, opening and closing balances."""

    def last(now: int) -> int:
        return round(now * r.uniform(0.7, 1.25))

    basic, project = sum(a.basic.values()), a.spent - sum(a.basic.values())
    year, before = a.year, {k: last(v) for k, v in (("income", a.income), ("basic", basic), ("project", project))}
    general_left = a.general_income + a.fiscal_opening - a.general
    return [
        f"## 第三部分 {year}年度决算情况说明",
        "### 一、收入支出决算总体情况",
        f"{year}年度收入总计{money(a.grand)}万元，支出总计{money(a.grand)}万元。其中本年收入合计{money(a.income)}万元，年初结转和结余{money(a.opening)}万元；本年支出合计{money(a.spent)}万元，年末结转和结余{money(a.closing)}万元。",
        "### 二、收入决算情况",
        f"{year}年度收入合计{money(a.income)}万元。其中：财政拨款收入{money(a.fiscal_income)}万元，占总收入的{percent(a.fiscal_income, a.income)}；其他收入{money(a.other_income)}万元，占总收入的{percent(a.other_income, a.income)}。与上年相比，收入合计{compared(a.income, before['income'])}。",
        "### 三、支出决算情况",
        f"{year}年度支出合计{money(a.spent)}万元。其中：基本支出{money(basic)}万元，占总支出的{percent(basic, a.spent)}；项目支出{money(project)}万元，占总支出的{percent(project, a.spent)}。与上年相比，基本支出{compared(basic, before['basic'])}；项目支出{compared(project, before['project'])}。",
        "#### （一）基本支出情况",
        f"{year}年度用于保障机关正常运转的日常支出{money(basic)}万元。包括基本工资、津贴补贴等人员经费支出{money(sum(a.people.values()))}万元，占基本支出的{percent(sum(a.people.values()), basic)}；办公费、差旅费、邮电费等公用经费{money(sum(a.office.values()))}万元，占基本支出的{percent(sum(a.office.values()), basic)}。",
        "#### （二）项目支出情况",
        f"{year}年度用于完成特定林业任务的项目支出{money(project)}万元，其中财政拨款安排{money(project - a.other_spent)}万元，其他资金安排{money(a.other_spent)}万元。",
        "### 四、财政拨款支出决算情况",
        f"{year}年度财政拨款收入总计{money(a.fiscal_grand)}万元，支出总计{money(a.fiscal_grand)}万元。其中，本年财政拨款支出{money(a.fiscal_spent)}万元，一般公共预算财政拨款支出{money(a.general)}万元，政府性基金预算财政拨款支出{money(a.fund)}万元。年末一般公共预算财政拨款结转和结余{money(general_left)}万元。",
        f"一般公共预算财政拨款支出占本年支出合计的{percent(a.general, a.spent)}。",
        "## 第四部分 名词解释",
        "1.其他收入：指除上述收入以外的各项收入。",
    ]


NARRATIVES = (narrative, narrative_west, narrative_south)


def document(seed: int, style: int = 0, *, other: bool = False) -> str:
    """The markup of one document, clean; `style` chooses the words of the narrative, `other` the layout of the tables."""
    a = draw(seed)
    tables = [table1, table2, table3, table4, table5, table6, table7, table8, table9]
    lines = [
        f"footer: 第 # 页\n\n# {a.unit}{a.year}年度部门决算",
        "## 第一部分 部门概况",
        f"{a.unit}是县级政府工作部门，负责林业生态保护修复、森林防火和林业产业发展，纳入{a.year}年度部门决算编制范围的单位为本级1家。",
        f"## 第二部分 {a.year}年度部门决算表",
        *(text.replace("## ", "### ") for table in (other_tables(a) if other else [t(a) for t in tables]) for text in table),
        *NARRATIVES[style](a, random.Random(seed + 1)),
    ]
    return "\n".join(lines) + "\n"


# ---- faults ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """What is wrong: the figure or words that stand there now, and those of its place that prove which one is meant."""

    name: str
    quote: str
    near: str  # words of the row or sentence


Change = Callable[[Accounts, list[str]], Fault]


def _at(lines: list[str], start: str, after: str = "") -> int:
    begin = next(i for i, text in enumerate(lines) if after in text) if after else 0
    return next(i for i in range(begin, len(lines)) if lines[i].startswith(start))


def _cell(lines: list[str], at: int, column: int, by: int) -> str:
    cells = lines[at].split("\t")
    cells[column] = money(round(Decimal(cells[column]) * 100) + by)
    lines[at] = "\t".join(cells)
    return cells[column]


def _say(lines: list[str], start: str, old: str, new: str) -> None:
    at = _at(lines, start, "第三部分 部门决算")
    assert lines[at].count(old) >= 1, (old, lines[at])
    lines[at] = lines[at].replace(old, new, 1)


def code_tree(a: Accounts, lines: list[str]) -> Fault:
    """A 款 of 支出决算表 is not the sum of its 项."""
    at = _at(lines, "20805\t", "公开03表")
    return Fault("code tree", _cell(lines, at, 2, 300), "20805")


def cross_table(a: Accounts, lines: list[str]) -> Fault:
    """收入决算表 adds up in itself, to another total than 收入支出决算总表."""
    quotes = []
    for start in ("合计", "205\t", "20508\t", "2050803\t"):
        at = _at(lines, start, "公开02表")
        _cell(lines, at, 3, 450)
        quotes.append(_cell(lines, at, 2, 450))
    return Fault("cross-table", quotes[0], "合计")


def three_publics(a: Accounts, lines: list[str]) -> Fault:
    """“三公” is not its parts."""
    at = len(lines) - 1 - next(i for i, text in enumerate(reversed(lines)) if text.startswith("1\t2\t3")) + 1
    return Fault("三公", _cell(lines, at, 6, 50), lines[at].split("\t")[8])


def balance(a: Accounts, lines: list[str]) -> Fault:
    """支出合计 + 结余分配 + 年末结转 is not 总计."""
    at = _at(lines, "年初结转和结余", "公开01表")
    return Fault("balance", _cell(lines, at, 5, 720), "年末结转和结余")


def fund_balance(a: Accounts, lines: list[str]) -> Fault:
    """年初 + 收入 − 支出 is not 年末, in the line of the fund."""
    at = _at(lines, "2120804", "公开07表")
    return Fault("fund balance", _cell(lines, at, 7, 90), "2120804")


def economic_total(a: Accounts, lines: list[str]) -> Fault:
    """人员经费合计 is not 301 + 303."""
    at = _at(lines, "人员经费合计", "公开06表")
    return Fault("economic total", _cell(lines, at, 2, 100), "人员经费合计")


def told_total(a: Accounts, lines: list[str]) -> Fault:
    """The narrative's total is not the table's."""
    wrong = money(a.grand + 10900)
    _say(lines, f"{a.year}年度收、支总计", f"均为{money(a.grand)}", f"均为{wrong}")
    return Fault("told total", wrong, "收、支总计均为")


def told_share(a: Accounts, lines: list[str]) -> Fault:
    """A share that its own figures do not give."""
    share, wrong = percent(a.general, a.spent), percent(a.general, a.grand)
    _say(lines, "（一）总体情况", f"的{share}", f"的{wrong}")
    return Fault("told share", wrong, "占本年支出合计的")


def told_kind(a: Accounts, lines: list[str]) -> Fault:
    """基本支出 is said of the amount of 项目支出, and the other way round."""
    basic, project = money(sum(a.basic.values())), money(a.spent - sum(a.basic.values()))
    at = _at(lines, f"{a.year}年度支出合计")
    lines[at] = lines[at].replace("基本支出", "\0").replace("项目支出", "基本支出").replace("\0", "项目支出")
    return Fault("told kind", project, f"基本支出{project}万元" if basic != project else "")


def told_neighbour(a: Accounts, lines: list[str]) -> Fault:
    """The amount of the neighbouring line."""
    mine, other = a.basic["2101101"], a.basic["2101103"]
    start = next(t for t in lines if "行政单位医疗（项）" in t)
    at, planned = lines.index(start), a.budget["2101101"]
    lines[at] = (
        start.replace(f"支出决算为{money(mine)}", f"支出决算为{money(other)}")
        .replace(percent(mine, planned), percent(other, planned))
        .replace("大于" if other < planned else "小于", "小于" if other < planned else "大于")
    )
    return Fault("told neighbour", money(other), "行政单位医疗（项）")


def told_zero(a: Accounts, lines: list[str]) -> Fault:
    """A completion rate of a budget of nothing."""
    start = next(t for t in lines if "死亡抚恤（项）" in t)
    at, spent, planned = lines.index(start), a.basic["2080801"], a.budget["2080801"]
    head_, _, _ = start.partition("年初预算为")
    lines[at] = (
        f"{head_}年初预算为0万元，支出决算为{money(spent)}万元，完成年初预算的100%，决算数大于预算数的主要原因是年中追加抚恤金。"
    )
    change = f"支出年初预算为{money(sum(a.budget.values()))}万元"
    at = next(i for i, t in enumerate(lines) if change in t)
    total = sum(a.budget.values()) - planned
    lines[at] = (
        lines[at]
        .replace(change, f"支出年初预算为{money(total)}万元")
        .replace(percent(a.general, total + planned), percent(a.general, total))
    )
    return Fault("told zero", "100%", "死亡抚恤（项）")


def told_part(a: Accounts, lines: list[str]) -> Fault:
    """人员经费 and 公用经费 in the narrative are not the table's."""
    people = sum(a.people.values())
    wrong = money(people - 3000)
    _say(lines, f"{a.year}年度一般公共预算财政拨款基本支出", f"人员经费{money(people)}", f"人员经费{wrong}")
    return Fault("told part", wrong, "人员经费")


FAULTS: tuple[Change, ...] = (
    code_tree, cross_table, three_publics, balance, fund_balance, economic_total,
    told_total, told_share, told_kind, told_neighbour, told_zero, told_part,
)  # fmt: skip


def touches(evidence: Iterable[Any], fault: Fault, *, at_all: bool = False) -> bool:
    """Whether evidence shows the wrong figure at its own place; `at_all`: anywhere, or beside a figure that follows from it."""
    return any(fault.quote in e.quote and (at_all or fault.near in e.context) for e in evidence)


def spoilt(seed: int, faults: tuple[Change, ...] = FAULTS) -> tuple[str, list[Fault]]:
    """The markup of a document with faults, and what each is."""
    a = draw(seed)
    lines = document(seed).split("\n")
    found = [fault(a, lines) for fault in faults]
    return "\n".join(lines), found
