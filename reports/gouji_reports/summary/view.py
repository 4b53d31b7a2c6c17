"""From the answers of the queries to what the template shows: words, shares, and the filter that each figure leads to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gouji.model.record import record
from gouji_reports.labels import GATES, SEVERITIES, name
from gouji_reports.plain import visible
from gouji_reports.summary.queries import Rows, ask
from gouji_reports.summary.words import THEMES, WORDS

VERDICTS = ("pass", "review", "block", "unreadable")
WORST = 20
BINS = 10
_TEN_THOUSAND, _HUNDRED_MILLION = Decimal(10_000), Decimal(100_000_000)


@record(frozen=True, slots=True)
class Figure:
    """A number that leads to documents: its text, the filter as the address's fragment, and its share for a bar."""

    text: str
    filter: str = ""
    share: float = 0.0
    kind: str = ""


@record(frozen=True, slots=True)
class Line:
    """A row of a table: what it is about, its figures, and a note."""

    label: str
    figures: tuple[Figure, ...]
    note: str = ""
    kind: str = ""
    link: str = ""


@record(frozen=True, slots=True)
class Page:
    """Everything on the page."""

    t: Mapping[str, str]
    verdict: str
    gate: str
    lead: str
    verdicts: tuple[Line, ...]
    tiles: tuple[Line, ...]
    units: tuple[Line, ...]
    codes: tuple[Line, ...]
    themes: tuple[str, ...]
    matrix: tuple[Line, ...]
    stakes: tuple[Line, ...]
    bins: tuple[Figure, ...]
    worst: tuple[Line, ...]
    reasons: tuple[Line, ...]
    skipped: tuple[Line, ...]
    data: str


def page(tables: Path, note: Mapping[str, Any], reports: str, lang: str) -> Page:
    """The page over the tables of a finished batch."""
    return _View(ask(tables), note, reports, lang).page()


class _View:
    def __init__(self, rows: Mapping[str, Rows], note: Mapping[str, Any], reports: str, lang: str) -> None:
        self.rows, self.note, self.reports, self.lang = rows, note, reports, lang
        self.t = {key: text.get(lang) for key, text in WORDS.items()}
        self.units = [row[0] for row in rows["units"]]
        self.codes = [row[0] for row in rows["codes"]]
        self.reasons = [row[0] for row in rows["reasons"]]

    def page(self) -> Page:
        totals = self.rows["totals"][0]
        return Page(
            t=self.t,
            verdict=self.note["verdict"],
            gate=name(GATES, self.note["verdict"], self.lang),
            lead=self.t["lead"].format(documents=_count(totals[0]), units=_count(totals[12]), profile=self.note["profile"]),
            verdicts=tuple(self._verdicts()),
            tiles=tuple(self._tiles(totals)),
            units=tuple(self._units()),
            codes=tuple(self._codes()),
            themes=tuple(self._theme(key) for key in self._themes()),
            matrix=tuple(self._matrix()),
            stakes=tuple(self._stakes()),
            bins=tuple(self._bins()),
            worst=tuple(self._worst()),
            reasons=tuple(self._reasons()),
            skipped=tuple(
                Line(self._said(zh, en), (Figure(_count(found)),), source) for zh, en, found, source in self.rows["skipped"]
            ),
            data=self._data(),
        )

    def _verdicts(self) -> list[Line]:
        counts = self.note["verdicts"]
        all_ = max(sum(counts.values()), 1)
        return [
            Line(name(GATES, v, self.lang), (Figure(_count(counts[v]), f"v={v}", counts[v] / all_),), kind=v) for v in VERDICTS
        ]

    def _tiles(self, totals: tuple[Any, ...]) -> list[Line]:
        _, quantities, tied, claims, agreed, disagreed, undecided, errors, warnings, notices, amount, *_ = totals
        t = self.t
        share = f"{tied * 100 / quantities:.1f}%" if quantities else "–"
        return [
            Line(
                t["errors"],
                (Figure(_count(errors), "e=1"),),
                t["of_warnings"].format(warnings=_count(warnings), notices=_count(notices)),
            ),
            Line(t["amount"], (Figure(self._money(amount), "a=1"),), t["amount_note"]),
            Line(
                t["claims"],
                (Figure(_count(claims), ""),),
                t["of_claims"].format(a=_count(agreed), d=_count(disagreed), u=_count(undecided)),
            ),
            Line(t["coverage"], (Figure(share, ""),), t["of_figures"].format(tied=_count(tied), quantities=_count(quantities))),
        ]

    def _units(self) -> list[Line]:
        lines = []
        for place, (unit, count, *verdicts, errors, warnings, amount) in enumerate(self.rows["units"]):
            cells = [Figure(_count(count), f"u={place}")]
            cells += [self._cell(n, f"u={place}&v={v}", n / count, v) for v, n in zip(VERDICTS, verdicts, strict=True)]
            cells += [self._cell(errors, f"u={place}&e=1"), self._cell(warnings, f"u={place}&w=1")]
            cells.append(Figure(self._money(amount), f"u={place}&a=1") if amount else Figure("–"))
            lines.append(Line(unit or self.t["no_unit"], tuple(cells)))
        return lines

    def _codes(self) -> list[Line]:
        most = max((row[4] for row in self.rows["codes"]), default=1)
        lines = []
        for place, (_, code, slug, severity, found, documents, amount) in enumerate(self.rows["codes"]):
            title = self.note["checks"].get(code, {}).get(self.lang, slug)
            figures = (
                Figure(_count(found), f"c={place}", found / most, severity),
                Figure(_count(documents), f"c={place}"),
                Figure(self._money(amount) if amount else "–", f"c={place}" if amount else ""),
            )
            lines.append(Line(title, figures, code, severity, name(SEVERITIES, severity, self.lang)))
        return lines

    def _themes(self) -> list[str]:
        return sorted(
            {row[1] for row in self.rows["unit_themes"]}, key=lambda t: (list(THEMES).index(t) if t in THEMES else 99, t)
        )

    def _theme(self, key: str) -> str:
        return THEMES[key].get(self.lang) if key in THEMES else key

    def _matrix(self) -> list[Line]:
        counts = {(unit, theme): n for unit, theme, n in self.rows["unit_themes"]}
        most = max(counts.values(), default=1)
        lines = []
        for place, unit in enumerate(self.units):
            row = [counts.get((unit, theme), 0) for theme in self._themes()]
            if any(row):
                cells = (
                    self._cell(n, f"u={place}&t={theme}", n / most, f"heat{min(5, 1 + n * 5 // (most + 1))}" if n else "")
                    for n, theme in zip(row, self._themes(), strict=True)
                )
                lines.append(Line(unit or self.t["no_unit"], tuple(cells)))
        return lines

    def _stakes(self) -> list[Line]:
        return [
            Line(document, (Figure(self._money(amount)),), self._said(zh, en), code, self._link(report))
            for document, code, zh, en, amount, report in self.rows["stakes"]
        ]

    def _bins(self) -> list[Figure]:
        counts = [0] * BINS
        for row in self.rows["documents"]:
            if row[7]:
                counts[_bin(row[7], row[8])] += 1
        most = max([*counts, 1])
        return [Figure(_count(n), f"k={place}", n / most, f"{place * 10}–{place * 10 + 10}%") for place, n in enumerate(counts)]

    def _worst(self) -> list[Line]:
        ranked = sorted(self.rows["documents"], key=lambda r: (-r[3], -r[4], -r[5], r[0]))
        return [
            Line(
                row[0],
                (Figure(_count(row[3])), Figure(_count(row[4])), Figure(self._money(row[5]) if row[5] else "–")),
                row[1] or row[9],
                row[2],
                self._link(row[6]),
            )
            for row in ranked[:WORST]
            if row[3] or row[4] or row[2] == "unreadable"
        ]

    def _reasons(self) -> list[Line]:
        return [
            Line(self._said(zh, en), (Figure(_count(found)), Figure(_count(documents), f"r={place}")))
            for place, (zh, en, found, documents) in enumerate(self.rows["reasons"])
        ]

    def _data(self) -> str:
        """The documents for the list: names and the numbers that the filters go by. `<` is escaped: it stands inside a script."""
        units = {unit: place for place, unit in enumerate(self.units)}
        codes = _grouped(self.rows["document_codes"], self.codes)
        reasons = _grouped(self.rows["document_reasons"], self.reasons)
        documents = [
            [
                visible(row[0]),
                units[row[1]],
                VERDICTS.index(row[2]),
                row[3],
                row[4],
                self._money(row[5]) if row[5] else "",
                self._link(row[6]),
                codes.get(row[0], []),
                _bin(row[7], row[8]) if row[7] else -1,
                reasons.get(row[0], []),
            ]
            for row in self.rows["documents"]
        ]
        data = {
            "documents": documents,
            "units": [visible(unit) or self.t["no_unit"] for unit in self.units],
            "codes": self.codes,
            "verdicts": list(VERDICTS),
            "names": [name(GATES, v, self.lang) for v in VERDICTS],
            "more": self.t["more"],
            "all": self.t["all_documents"],
            "some": self.t["some_documents"],
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

    def _cell(self, count: int, filter_: str, share: float = 0.0, kind: str = "") -> Figure:
        return Figure(_count(count), filter_, share, kind) if count else Figure("·")

    def _link(self, report: str | None) -> str:
        return f"{self.reports}/{quote(report)}" if report else ""

    def _said(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def _money(self, amount: Decimal) -> str:
        if self.lang == "en":
            return f"¥{amount:,.0f}"
        if amount >= _HUNDRED_MILLION:
            return f"{amount / _HUNDRED_MILLION:,.2f}亿元"
        if amount >= _TEN_THOUSAND:
            return f"{amount / _TEN_THOUSAND:,.2f}万元"
        return f"{amount:,.2f}元" if amount != int(amount) else f"{amount:,.0f}元"


def _grouped(rows: Rows, order: list[str]) -> dict[str, list[int]]:
    places = {value: place for place, value in enumerate(order)}
    found: dict[str, list[int]] = defaultdict(list)
    for document, value in rows:
        if value in places:
            found[document].append(places[value])
    return found


def _bin(quantities: int, tied: int) -> int:
    return min(tied * BINS // quantities, BINS - 1)


def _count(value: int) -> str:
    return f"{value:,}"
