"""Reports of a made-up city: five hundred units, each with its name, its money, its projects and scores, all of them right.

The figures are drawn over four orders of magnitude, as budgets are, so that their first digits follow Benford's law.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

DISTRICTS = (
    "青岚",
    "白沙",
    "龙泉",
    "石桥",
    "柳林",
    "清溪",
    "长滩",
    "东河",
    "南岭",
    "西坪",
    "北塘",
    "云山",
    "丹江",
    "金川",
    "松岭",
    "安泽",
    "永和",
    "临湖",
    "广陵",
    "嘉禾",
)
ORGANS = (
    "财政局",
    "教育局",
    "民政局",
    "水务局",
    "林业局",
    "司法局",
    "审计局",
    "统计局",
    "商务局",
    "文化局",
    "卫生健康局",
    "交通运输局",
    "自然资源局",
    "生态环境局",
    "应急管理局",
    "市场监督管理局",
    "农业农村局",
    "退役军人事务局",
    "医疗保障局",
    "住房和城乡建设局",
    "人力资源和社会保障局",
    "档案局",
    "体育局",
    "公安局",
    "科学技术局",
)
PROJECTS = ("信息系统运行维护项目", "业务培训项目", "办公用房修缮项目", "政策宣传项目")
YEAR = 2023


@dataclass(frozen=True, slots=True)
class Report:
    """One unit's report."""

    unit: str
    budget: Decimal  # 万元
    spent: Decimal
    projects: tuple[tuple[Decimal, Decimal], ...]  # what each spent, and its score
    score: Decimal
    satisfaction: Decimal
    year: int = YEAR
    left_out: frozenset[str] = field(default_factory=frozenset)

    @property
    def rate(self) -> Decimal:
        return (self.spent * 100 / self.budget).quantize(Decimal("0.01"))

    def text(self) -> str:
        """The report as its unit would send it."""
        lines = [f"{self.unit}{self.year}年度部门整体支出绩效自评报告", "一、资金情况"]
        if "budget" not in self.left_out:
            lines.append(
                f"{self.year}年部门整体支出全年预算数{self.budget}万元，全年执行数{self.spent}万元，预算执行率{self.rate}%。"
            )
        lines.append("二、项目情况")
        for number, (spent, score) in enumerate(self.projects, 1):
            name = PROJECTS[number - 1]
            lines.append(f"（{'一二三四'[number - 1]}）{name}。{name}支出{spent}万元，{name}自评得分{score}分。")
        lines.append("三、自评结论")
        if "satisfaction" not in self.left_out:
            lines.append(f"服务对象满意度{self.satisfaction}%。")
        if "score" not in self.left_out:
            lines.append(f"综合评价，部门整体支出绩效自评得分{self.score}分。")
        return "\n".join(lines) + "\n"


def city(seed: int = 8, year: int = YEAR, growth: str = "1") -> list[Report]:
    """Five hundred units, ordered by name."""
    pick = random.Random(seed)
    found = []
    for unit in sorted(f"{district}县{organ}" for district in DISTRICTS for organ in ORGANS):
        budget = _money(10 ** pick.uniform(2, 6) * float(growth))
        spent = (budget * Decimal(pick.randint(8300, 9990)) / 10000).quantize(Decimal("0.01"))
        projects = tuple(
            (_money(10 ** pick.uniform(0.5, 3.5)), Decimal(pick.randint(860, 995)) / 10) for _ in range(pick.randint(2, 4))
        )
        score, satisfaction = Decimal(pick.randint(820, 985)) / 10, Decimal(pick.randint(8800, 9980)) / 100
        found.append(Report(unit, budget, spent, projects, score, satisfaction, year))
    return found


def _money(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"))


def write(reports: list[Report], folder: Path) -> Path:
    """The reports as text files, and the roster of their units."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(reports):
        (folder / f"{number:04}.txt").write_text(report.text(), "utf-8")
    return folder


__all__ = ["DISTRICTS", "ORGANS", "YEAR", "Report", "city", "replace", "write"]
