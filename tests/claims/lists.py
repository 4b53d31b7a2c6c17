"""Writes tables of amounts as reports print them: projects with 合计 and 小计, code trees, shares, two years; clean or with one fault."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FAULTS = ("total", "rate", "share", "change", "percent")
Rows = list[list[str]]


@dataclass
class Table:
    """A table with the place of its fault."""

    unit: str
    rows: Rows
    fault: str = ""  # what was planted, "" where the table has no place for it


def two(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def money(rng: random.Random, top: int = 90000) -> Decimal:
    return Decimal(rng.randrange(200, top)) / 100


def percent(a: Decimal, b: Decimal) -> str:
    return f"{two(a / b * 100)}%" if b else "—"


def slip(rng: random.Random, text: str) -> str:
    """A figure with one of its first digits changed."""
    bare = text.replace(",", "")
    at = 1 if bare.startswith("-") else 0
    digit = rng.choice([d for d in "123456789" if d != bare[at]])
    return bare[:at] + digit + bare[at + 1 :]


PLACES = (
    "办公经费",
    "设备购置",
    "道路维修",
    "培训宣传",
    "信息系统运维",
    "环境整治",
    "专项补助",
    "防汛物资",
    "档案整理",
    "监测网络",
)


def projects(rng: random.Random, fault: str) -> Table:
    """Projects in groups with 小计, and a 合计 at the top or at the end."""
    head = ["序号", "项目名称", "年初预算数", "调整后预算数", "执行数", "执行率"]
    groups: list[tuple[str, list[list[Decimal]]]] = []
    names = iter(rng.sample(PLACES, len(PLACES)))
    for name in ("一、部门项目", "二、专项资金")[: rng.choice((1, 2))]:
        rows = []
        for _ in range(rng.choice((2, 3, 4))):
            first = money(rng)
            second = first + (money(rng, 3000) if rng.random() < 0.5 else 0)
            rows.append([first, second, two(second * rng.randrange(80, 101) / 100)])
        groups.append((name, rows))
    body: Rows = []
    number = 0
    whole = [sum((r[k] for _, rows in groups for r in rows), Decimal(0)) for k in range(3)]
    for _, rows in groups:
        for row in rows:
            number += 1
            body.append([str(number), next(names), *(f"{v:.2f}" for v in row), percent(row[2], row[1])])
        if len(groups) > 1:
            sums = [sum((r[k] for r in rows), Decimal(0)) for k in range(3)]
            body.append(["", "小计", *(f"{v:,.2f}" for v in sums), percent(sums[2], sums[1])])
    total = ["", "合计", *(f"{v:,.2f}" for v in whole), percent(whole[2], whole[1])]
    planted = ""
    if fault == "total":
        total[rng.choice((2, 3))] = slip(rng, total[2])
        planted = fault
    if fault == "rate":
        row = rng.choice(body)
        row[5] = f"{Decimal(row[5][:-1]) - Decimal('2.7')}%"
        planted = fault
    return Table("万元", [head, total, *body] if rng.random() < 0.3 else [head, *body, total], planted)


def tree(rng: random.Random, fault: str) -> Table:
    """功能分类科目: 类, 款, 项 with their sums."""
    head = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    body: Rows = []
    whole = [Decimal(0)] * 2
    for top, name in (("201", "一般公共服务支出"), ("208", "社会保障和就业支出"), ("221", "住房保障支出"))[
        : rng.choice((2, 3))
    ]:
        at = len(body)
        sums = [Decimal(0)] * 2
        for middle in range(1, rng.choice((2, 3)) + 1):
            place = len(body)
            inner = [Decimal(0)] * 2
            for low in range(1, rng.choice((1, 2, 3)) + 1):
                values = [money(rng), money(rng) if rng.random() < 0.6 else Decimal(0)]
                body.append([f"{top}{middle:02}{low:02}", f"{name[:4]}事务{middle}{low}", *_three(values)])
                inner = [a + b for a, b in zip(inner, values, strict=True)]
            body.insert(place, [f"{top}{middle:02}", f"{name[:4]}事务{middle}", *_three(inner)])
            sums = [a + b for a, b in zip(sums, inner, strict=True)]
        body.insert(at, [top, name, *_three(sums)])
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
    planted = ""
    if fault == "total":
        row = rng.choice([r for r in body if len(r[0]) < 7])
        row[2] = slip(rng, row[2])
        planted = fault
    return Table("万元", [head, ["", "合计", *_three(whole)], *body], planted)


def _three(values: list[Decimal]) -> list[str]:
    return [f"{sum(values):.2f}", *(f"{v:.2f}" if v else "" for v in values)]


def shares(rng: random.Random, fault: str) -> Table:
    """Amounts with 占比."""
    amounts = [money(rng) for _ in range(rng.choice((3, 4, 6)))]
    whole = sum(amounts, Decimal(0))
    body = [[name, f"{a:.2f}", percent(a, whole)] for name, a in zip(PLACES, amounts, strict=False)]
    planted = ""
    if fault == "share":
        row = rng.choice(body)
        row[2] = f"{Decimal(row[2][:-1]) + Decimal('3.1')}%"
        planted = fault
    total = ["合计", f"{whole:.2f}", "100%"]
    if fault == "total":
        total[1] = f"{whole + 10:.2f}"
        planted = fault
    return Table("万元", [["支出类别", "金额", "占比"], *body, total], planted)


def years(rng: random.Random, fault: str) -> Table:
    """Two years with 增减额 and 增减率."""
    body: Rows = []
    pairs = [(money(rng), money(rng)) for _ in range(rng.choice((3, 4, 5)))]
    pairs.append((sum((a for a, _ in pairs), Decimal(0)), sum((b for _, b in pairs), Decimal(0))))
    for name, (a, b) in zip([*PLACES[: len(pairs) - 1], "合计"], pairs, strict=True):
        body.append([name, f"{a:.2f}", f"{b:.2f}", f"{b - a:.2f}", percent(b - a, a)])
    planted = ""
    row = rng.choice(body[:-1])
    if fault == "change":
        row[3] = slip(rng, row[3])
        planted = fault
    if fault == "percent":
        row[4] = f"{Decimal(row[4][:-1]) + Decimal('6.6')}%"
        planted = fault
    heads = rng.choice((("上年决算数", "本年决算数"), ("2022年", "2023年"), ("上年数", "本年数")))
    return Table("万元", [["项目", *heads, "增减额", "增减率"], *body], planted)


KINDS: dict[str, Callable[[random.Random, str], Table]] = {"projects": projects, "tree": tree, "shares": shares, "years": years}


def printed(table: Table, way: str) -> bytes:
    """The table as tabbed, piped or one-cell-a-line text."""
    lines = ["支出情况如下表：", f"单位：{table.unit}"]
    if way == "lines":
        lines += [cell for row in table.rows for cell in row]
    else:
        lines += ["\t".join(row) if way == "tab" else "|" + "|".join(row) + "|" for row in table.rows]
    return "\n".join([*lines, "以上数据来源于部门决算。", ""]).encode()


def write(seed: int, kind: str, way: str, fault: str = "") -> bytes | None:
    """A table's bytes, or None where it has no place for the fault."""
    table = KINDS[kind](random.Random(f"{seed} {kind} {way} {fault}"), fault)
    return printed(table, way) if table.fault == fault else None
