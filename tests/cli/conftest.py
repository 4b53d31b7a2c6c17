"""Running the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

CLEAN = (
    "部门整体支出绩效自评报告\n\n一、基本情况\n\n2023年项目支出合计10万元，其中：甲项目4万元、乙项目3万元、其他项目3万元。\n"
)
WRONG = CLEAN.replace("乙项目3万元", "乙项目2万元")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A report in which everything ties."""
    file = tmp_path / "clean.txt"
    file.write_text(CLEAN, "utf-8")
    return file


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A report whose total is not the sum of its parts."""
    file = tmp_path / "wrong.txt"
    file.write_text(WRONG, "utf-8")
    return file
