"""What the summary asks of the tables, in SQL. Every answer is ordered in full, so that the same tables give the same page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TABLES = ("documents", "quantities", "claims", "findings", "not_checked", "skipped")
Rows = list[tuple[Any, ...]]

QUERIES = {
    "totals": """
        select count(*), coalesce(sum(quantities), 0), coalesce(sum(tied), 0), coalesce(sum(claims), 0),
               coalesce(sum(agreed), 0), coalesce(sum(disagreed), 0), coalesce(sum(undecided), 0),
               coalesce(sum(errors), 0), coalesce(sum(warnings), 0), coalesce(sum(notices), 0),
               coalesce(sum(amount), 0), coalesce(sum(pages), 0), count(distinct organisation)
        from documents""",
    "documents": """
        select document, coalesce(organisation, ''), verdict, errors, warnings, coalesce(amount, 0), report,
               quantities, tied, coalesce(title, ''), not_checked
        from documents order by document""",
    "units": """
        select coalesce(organisation, '') as unit, count(*), count(*) filter (verdict = 'pass'), count(*) filter (verdict = 'review'),
               count(*) filter (verdict = 'block'), count(*) filter (verdict = 'unreadable'),
               coalesce(sum(errors), 0) as errors, coalesce(sum(warnings), 0) as warnings, coalesce(sum(amount), 0) as amount
        from documents group by unit order by errors desc, warnings desc, unit""",
    "codes": """
        select code || '/' || severity, code, min(name), severity, count(*) as found, count(distinct document), coalesce(sum(amount), 0)
        from findings group by code, severity
        order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, found desc, code""",
    "unit_themes": """
        select coalesce(d.organisation, '') as unit, regexp_extract(f.code, '^[A-Z]+') as theme, count(*)
        from findings f join documents d using (document) where f.severity <> 'notice' group by unit, theme order by unit, theme""",
    "document_codes": """
        select distinct document, code || '/' || severity as code from findings order by document, code""",
    "stakes": """
        select f.document, f.code, f.message_zh, f.message_en, f.amount, d.report
        from findings f join documents d using (document)
        where f.amount is not null and f.severity = 'error' order by f.amount desc, f.document, f.number limit 20""",
    "reasons": """
        select regexp_replace(why_zh, '[0-9]+', '…', 'g') as zh, min(regexp_replace(why_en, '[0-9]+', '…', 'g')), count(*) as found,
               count(distinct document)
        from not_checked group by zh order by found desc, zh limit 40""",
    "document_reasons": """
        select document, regexp_replace(why_zh, '[0-9]+', '…', 'g') as zh from not_checked group by document, zh order by document, zh""",
    "skipped": "select why_zh, min(why_en), count(*) as found, min(source) from skipped group by why_zh order by found desc, why_zh",
}


def ask(tables: Path) -> dict[str, Rows]:
    """The answers to all queries over the Parquet parts under `tables`."""
    import duckdb
    import pyarrow.dataset as ds

    with duckdb.connect() as connection:
        for name in TABLES:
            parts = sorted(str(path) for path in (tables / name).glob("part-*.parquet"))
            connection.register(name, ds.dataset(parts, format="parquet"))
        return {name: connection.execute(query).fetchall() for name, query in QUERIES.items()}
