"""Writes a ledger of payments and the reports of the units in it, with planted differences.

The ledger pays in instalments, in 元, to several units in two years; names of projects differ as they do between offices: with 项目 or 专项
behind them, with the year before them, by a character. Reports speak in 万元. `plant` of the reports carry one difference each.
"""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HEAD = ("支付日期", "预算单位", "项目名称", "年度", "全年预算（元）", "支付金额（元）", "摘要")
PLACES = ("云港", "青岭", "汀岚", "石桥", "沙田", "梅溪", "白塔", "松川", "柳河", "枫桥")
BUREAUS = ("水务局", "教育局", "民政局", "林业局", "文化局", "住建局", "交通局")
WORKS = (
    "河道清淤整治", "泵站维修养护", "校舍安全改造", "困难老人养老服务", "农村公路养护", "城区路灯维护", "森林防火能力建设",
    "图书馆免费开放", "农村饮水安全巩固", "危旧房屋改造", "学生营养改善", "残疾人康复救助", "环卫设备购置", "智慧水务平台运维",
    "地方戏曲保护", "病虫害防治", "桥梁加固", "公共厕所改造",
)  # fmt: skip
DIFFERENCES = ("spent", "budget", "rate", "unreported", "unpaid")
WAN = Decimal(10_000)


@dataclass
class Project:
    """A project of a unit in a year, in 元."""

    name: str
    budget: Decimal
    spent: Decimal


def two(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def projects(rng: random.Random, count: int) -> list[Project]:
    made = []
    for name in rng.sample(WORKS, count):
        budget = Decimal(rng.randrange(20_0000, 900_0000)) + Decimal(rng.randrange(100)) / 100
        made.append(Project(name, budget, two(budget * Decimal(rng.randrange(8000, 9990)) / 10000)))
    if rng.random() < 0.4:  # two stages of one work are two projects
        made[0].name, made[1].name = f"{made[0].name}一期", f"{made[0].name}二期"
    return made


def other_name(rng: random.Random, name: str) -> str:
    """The name as another office writes it."""
    return rng.choice((name, f"{name}项目", f"2023年{name}专项资金", f"{name}经费", f"{name}工程"))


def report(rng: random.Random, unit: str, own: list[Project], fault: str) -> tuple[str, str]:
    """A report's text, and the figure or name that is wrong in it."""
    wrong = ""
    told = list(own)
    if fault == "unreported":
        wrong = told.pop().name
    if fault == "unpaid":
        told.append(Project("退役军人创业扶持", Decimal(500_000), Decimal(482_000)))
        wrong = "48.20万元"
    blocks = []
    for n, project in enumerate(told):
        budget, spent = two(project.budget / WAN), two(project.spent / WAN)
        rate = two(project.spent / project.budget * 100)
        if n == 1 and fault == "spent":
            spent += Decimal(rng.choice(("1.30", "-2.70", "10.00")))
            wrong = f"{spent}万元"
        if n == 1 and fault == "budget":
            budget += Decimal(5)
            wrong = f"{budget}万元"
        if n == 1 and fault == "rate":
            rate = two(rate - Decimal("3.1"))
            wrong = f"{rate}%"
        name = other_name(rng, project.name)
        lead = rng.choice(
            ("全年预算{b}万元，实际支出{s}万元，执行率{r}%。", "全年预算{b}万元，全年支出{s}万元，预算执行率为{r}%。")
        )
        if fault in ("spent", "budget", "rate") and n == 1 and fault != "rate":
            lead = lead.partition("，执行率")[0].partition("，预算执行率")[0].rstrip("。") + "。"
        blocks.append(
            f"（{'一二三四五六七八'[n]}）{name}\n{lead.format(b=budget, s=spent, r=rate)}各项任务按计划推进，未发生质量安全事故。"
        )
    body = "\n".join(blocks)
    text = (
        f"{unit}2023年度项目支出绩效自评报告\n一、基本情况\n{unit}机关编制{rng.randrange(20, 60)}人，内设办公室、财务科、业务科等科室。"
        f"各项目均由本局组织实施，资金由区级财政预算安排。\n二、项目实施情况\n{body}\n三、存在问题\n部分项目支付集中在第四季度，需要加快前期工作。\n"
        "四、改进措施\n按季度通报支付进度，并把支付情况纳入考核。\n"
    )
    return text, wrong


def write(folder: Path, units: int, rows: int, plant: int, seed: int = 1) -> tuple[Path, dict[str, tuple[str, str]]]:
    """The ledger (ledger.csv) and a report for each unit under reports/; what is wrong in which file."""
    rng = random.Random(seed)
    names = [f"{place}区{bureau}" for place in PLACES for bureau in BUREAUS][:units]
    ledger: list[tuple[object, ...]] = []
    planted: dict[str, tuple[str, str]] = {}
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    for n, unit in enumerate(names):
        own = projects(rng, rng.randrange(4, 7))
        fault = DIFFERENCES[n % len(DIFFERENCES)] if n < plant else ""
        text, wrong = report(rng, unit, own, fault)
        file = folder / "reports" / f"{n:02}{unit}.txt"
        file.write_text(text, "utf-8")
        if fault:
            planted[file.name] = (fault, wrong)
        for year, scale in ((2023, Decimal(1)), (2022, Decimal("0.87"))):
            for project in own:
                ledger += instalments(rng, unit, project, year, scale)
    while len(ledger) < rows:
        stranger = Project(rng.choice(WORKS), Decimal(300_000), Decimal(250_000))
        ledger += instalments(rng, f"{rng.choice(PLACES)}县卫生局", stranger, 2023, Decimal(1))
    rng.shuffle(ledger)
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *ledger[: max(rows, len(ledger))]])
    target = folder / "ledger.csv"
    target.write_text(out.getvalue(), "utf-8-sig")
    return target, planted


def instalments(rng: random.Random, unit: str, project: Project, year: int, scale: Decimal) -> list[tuple[object, ...]]:
    """The payments of a project: two to four, one of them now and then paid back in part."""
    whole, paid = two(project.spent * scale), Decimal(0)
    rows = []
    for n in range(rng.randrange(2, 5)):
        part = two((whole - paid) * rng.randrange(20, 60) / 100)
        paid += part
        rows.append((f"{year}-0{n + 3}-15", unit, project.name, year, two(project.budget * scale), part, "按合同支付"))
    rows.append((f"{year}-12-20", unit, project.name, year, two(project.budget * scale), whole - paid, "结清"))
    return rows
