"""Every word the model can hand to a report has a name in both languages."""

from __future__ import annotations

from enum import StrEnum

import pytest

from gouji.model.claim import ClaimKind, Verdict
from gouji.model.result import Severity
from gouji_reports.labels import GATES, KINDS, ROLES, SEVERITIES, UI, UNTIED, VERDICTS, Labels, name


@pytest.mark.parametrize(("values", "labels"), [(ClaimKind, KINDS), (Verdict, VERDICTS), (Severity, SEVERITIES)])
def test_every_value_of_the_model_is_named_and_no_other(values: type[StrEnum], labels: Labels) -> None:
    """A new kind, verdict or severity cannot reach a reader without a name."""
    assert set(labels) == {value.value for value in values}


def test_the_gate_has_its_four_words() -> None:
    """通过, 待复核, 退回 and 无法读取 are the only verdicts on a document."""
    assert [text.zh for text in GATES.values()] == ["通过", "待复核", "退回", "无法读取"]


@pytest.mark.parametrize("labels", [SEVERITIES, GATES, VERDICTS, KINDS, ROLES, UNTIED, UI])
def test_both_languages_are_given(labels: Labels) -> None:
    """No name is empty, and no English name holds Chinese characters."""
    for text in labels.values():
        assert text.zh
        assert text.en
        assert not any("\u4e00" <= character <= "\u9fff" for character in text.en)


def test_a_word_from_elsewhere_is_printed_as_it_is() -> None:
    """A kind that another pack brings is shown by its key, not dropped."""
    assert name(KINDS, "carry_over", "zh") == "carry over"
