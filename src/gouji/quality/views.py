"""The tables that suites judge: SQL over the Parquet tables of a batch, in DuckDB."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gouji.quality.suite import Measure, Suite, SuiteError

_TABLES = ("documents", "quantities", "claims", "findings", "not_checked")
_SUBJECT = "subject"


class Views:
    """A connection with the batch's tables, `roster` and last year's `last_…` beside them where they were given."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def prepare(self, suite: Suite, last: bool) -> None:
        """Make the view `reports`, one row for each document with a column for each measure, and `last_reports`."""
        for prefix in ("", "last_") if last else ("",):
            self._connection.execute(f"create or replace temp table {prefix}reports as {_reports(suite.measures, prefix)}")

    def frame(self, suite: Suite, name: str) -> Any:
        """The rows of a view as a pandas DataFrame; raises what DuckDB raises on SQL that is wrong."""
        sql = next((v.sql for v in suite.views if v.name == name), "select * from reports")
        frame = self._connection.execute(sql).df()
        if _SUBJECT not in frame.columns:
            raise SuiteError(f"view {name}: no column {_SUBJECT}")
        return frame.sort_values(_SUBJECT, kind="stable").reset_index(drop=True)


@contextmanager
def opened(tables: Path, roster: Path | None, last: Path | None) -> Iterator[Views]:
    """The tables of a batch, with a roster of units (CSV with a column `unit`, or one name a line) and last year's tables."""
    import duckdb
    import pyarrow as pa
    import pyarrow.dataset as ds

    with duckdb.connect() as connection:
        for prefix, root in (("", tables), ("last_", last)):
            for name in _TABLES if root else ():
                parts = sorted(str(path) for path in (root / name).glob("part-*.parquet"))  # type: ignore[operator]
                connection.register(f"{prefix}{name}", ds.dataset(parts, format="parquet"))
        if roster:
            connection.register("roster", pa.table({"unit": pa.array(_units(roster), pa.string())}))
        yield Views(connection)


def _units(path: Path) -> list[str]:
    """The names of a roster, each once, in its order."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.reader(stream) if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SuiteError(f"{path}: cannot be read ({error})") from error
    heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
    column = next((heads.index(word) for word in ("unit", "单位", "单位名称") if word in heads), None)
    if column is None and rows and len(rows[0]) > 1:
        raise SuiteError(f"{path}: no column unit (单位, 单位名称)")
    body = rows if column is None else rows[1:]
    names = dict.fromkeys(row[column or 0].strip() for row in body if len(row) > (column or 0))
    names.pop("", None)
    if not names:
        raise SuiteError(f"{path}: names no unit")
    return list(names)


def _reports(measures: Iterable[Measure], prefix: str) -> str:
    """SQL for one row a document: what it says of itself, and each measure by the best label, the first of several."""
    joins, columns = [], []
    for measure in measures:
        cases = " ".join(f"when regexp_matches(label, {_quoted(label)}) then {n}" for n, label in enumerate(measure.labels))
        without = f"and not regexp_matches(label, {_quoted(measure.without)})" if measure.without else ""
        joins.append(
            f"left join (select document, arg_min(base, (rank, number)) as value from (select document, number, base, "
            f"case {cases} end as rank from {prefix}quantities where dimension = {_quoted(measure.dimension)} {without}) "
            f"where rank is not null and base is not null group by document) as m_{measure.name} using (document)"
        )
        columns.append(f", m_{measure.name}.value as {measure.name}")
    return (  # names and patterns of a suite, which is the user's own program
        f"select d.document, coalesce(d.organisation, d.document) as subject, d.organisation as unit, d.year, d.verdict"
        f"{''.join(columns)} from {prefix}documents d {' '.join(joins)}"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
