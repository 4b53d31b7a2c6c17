"""The check of sentences that stand twice: behind a remark, behind a clause of their own, and within one section."""

from __future__ import annotations

import pytest

COUNTS = "培训村级管水员4期256人次，抽查供水站17家，发现问题88个，整改85个，下发通报4期，推动了各项管护措施落实。"
PLAIN = "项目实行周调度制度，由分管领导主持，财务和业务股室参加，施工、监理两方到会汇报，问题清单化、责任到人、限期销号。"


@pytest.mark.parametrize(
    "text",
    [
        f"二、完成情况\n（一）供水工程\n全县供水正常。（此处补充停水情况，200字左右）{COUNTS}\n（二）灌溉工程\n全县灌溉正常。\n{COUNTS}",
        f"二、概况和成效\n项目一：供水\n{COUNTS}\n项目二：灌溉\n{COUNTS}\n三、问题\n支付偏慢。",
        f"二、年度工作总结\n{PLAIN}\n五、管理经验\n做法有两条。一条是统一标准，所有工程按同一规范验收；另一条是严格管理，{PLAIN}",
    ],
)
def test_sentence_copied_is_a_warning(found, text):
    """Counts told again under another project, or a long sentence in another section, were copied."""
    assert [(code, severity) for code, severity, _ in found("CP104", text)] == [("CP104", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        f"一、工作概述\n{COUNTS}\n二、完成情况\n{COUNTS}",
        f"一、完成情况\n{COUNTS}\n五、综合结论\n综上所述，{COUNTS}",
    ],
)
def test_summary_may_say_it_again(found, text):
    """A summary or a conclusion may repeat what the report tells: a notice at most."""
    assert [severity for _, severity, _ in found("CP104", text) if severity != "notice"] == []
