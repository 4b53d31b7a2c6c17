"""Expectations that Great Expectations lacks. Each has its docs where its users look for them: in the class."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnAggregateExpectation
from great_expectations.expectations.metrics import ColumnAggregateMetricProvider, column_aggregate_value

BENFORD = tuple(math.log10(1 + 1 / digit) for digit in range(1, 10))


class _Shares(ColumnAggregateMetricProvider):  # type: ignore[misc]  # the library has no strict types
    metric_name = "column.gouji.most_common_share"

    @column_aggregate_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column: Any, **_: Any) -> tuple[float, int]:  # noqa: N805 - the decorator makes it a class method
        return float(column.value_counts(normalize=True).max()), len(column)


class _Above(ColumnAggregateMetricProvider):  # type: ignore[misc]
    metric_name = "column.gouji.share_at_least"
    value_keys = ("threshold",)

    @column_aggregate_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column: Any, threshold: float, **_: Any) -> tuple[float, int]:  # noqa: N805
        return float((column.astype(float) >= threshold).mean()), len(column)


class _FirstDigits(ColumnAggregateMetricProvider):  # type: ignore[misc]
    metric_name = "column.gouji.first_digit_deviation"

    @column_aggregate_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column: Any, **_: Any) -> tuple[float, int]:  # noqa: N805
        first = [int(f"{abs(float(value)):e}"[0]) for value in column if value]
        shares = [first.count(digit) / len(first) if first else 0.0 for digit in range(1, 10)]
        return sum(abs(share - law) for share, law in zip(shares, BENFORD, strict=True)) / 9, len(first)


class ExpectColumnMostCommonShareToBeAtMost(ColumnAggregateExpectation):  # type: ignore[misc]
    """Expect no single value to make up more than a share of a column.

    A rate that half of all units state to the last digit was copied, not measured. Missing values do not count.

    Args:
        column: the column.
        max_share: the greatest share of the rows, 0 to 1, that may have the same value.
        min_rows: with fewer values the expectation holds: a share of a handful says nothing.
    """

    max_share: float
    min_rows: int = 20
    metric_dependencies: ClassVar[tuple[str, ...]] = ("column.gouji.most_common_share",)
    success_keys: ClassVar[tuple[str, ...]] = ("max_share", "min_rows")

    def _validate(self, metrics: dict[str, Any], **_: Any) -> dict[str, Any]:
        return _at_most(metrics, "column.gouji.most_common_share", self.max_share, self.min_rows)


class ExpectColumnShareAtLeastToBeAtMost(ColumnAggregateExpectation):  # type: ignore[misc]
    """Expect at most a share of a column's values to reach a threshold.

    Nine tenths of all projects at 100, or every unit above 98, is no distribution that honest scoring gives.

    Args:
        column: the column.
        threshold: the value that is reached from here up.
        max_share: the greatest share of the rows, 0 to 1, that may reach it.
        min_rows: with fewer values the expectation holds.
    """

    threshold: float
    max_share: float
    min_rows: int = 20
    metric_dependencies: ClassVar[tuple[str, ...]] = ("column.gouji.share_at_least",)
    success_keys: ClassVar[tuple[str, ...]] = ("threshold", "max_share", "min_rows")

    def _validate(self, metrics: dict[str, Any], **_: Any) -> dict[str, Any]:
        return _at_most(metrics, "column.gouji.share_at_least", self.max_share, self.min_rows)


class ExpectColumnFirstDigitsToFollowBenford(ColumnAggregateExpectation):  # type: ignore[misc]
    """Expect the first digits of a column to be spread as Benford's law says: log10(1 + 1/d) for the digit d.

    Amounts over several orders of magnitude follow it unless somebody made them up. Judged by the mean absolute deviation of
    the nine shares, for which Nigrini (Benford's Law, 2012, table 7.1) gives 0.015 as the bound of nonconformity.

    Args:
        column: the column; zeros and missing values do not count.
        max_deviation: the greatest mean absolute deviation.
        min_rows: with fewer values the expectation holds: the law shows on large sets only.
    """

    max_deviation: float = 0.015
    min_rows: int = 1000
    metric_dependencies: ClassVar[tuple[str, ...]] = ("column.gouji.first_digit_deviation",)
    success_keys: ClassVar[tuple[str, ...]] = ("max_deviation", "min_rows")

    def _validate(self, metrics: dict[str, Any], **_: Any) -> dict[str, Any]:
        return _at_most(metrics, "column.gouji.first_digit_deviation", self.max_deviation, self.min_rows)


def _at_most(metrics: dict[str, Any], name: str, limit: float, min_rows: int) -> dict[str, Any]:
    observed, count = metrics[name]  # the library hands the values over without those that are missing
    holds = count < min_rows or observed <= limit
    return {"success": bool(holds), "result": {"observed_value": observed, "element_count": count}}
