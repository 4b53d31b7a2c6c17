"""Console: dense lines in the manner of a linter, styled on a terminal, stable plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.model.result import AuditResult, DocumentResult, Evidence, Finding
from gouji_reports.basis import by_code
from gouji_reports.labels import GATES, SEVERITIES, UI, name
from gouji_reports.lines import STYLES, Line, line, show
from gouji_reports.order import answer, runs, told
from gouji_reports.plain import columns, head, one_line, tail

_INDENT = 4
_SUM = re.compile(r"[^=≠≈≤≥<>]*[\d%）)]")  # a side of an equation, not a comparison and not prose
_FURTHER = 2  # blocks quoted beside the faulty one
_SHOWN = 12  # places of many notices of one kind
_LEAST = 40  # columns below which a quotation says nothing


def _colon(lang: str) -> str:
    return ": " if lang == "en" else "："


def _label(key: str, lang: str) -> str:
    return name(UI, key, lang) + _colon(lang)


def quotation(evidence: Evidence, width: int, style: str) -> Line:
    """Block number, then the quoted words between 【】 amid as much of their block as fits."""
    quote = one_line(evidence.quote)
    before = one_line(evidence.context[: evidence.start].lstrip())
    after = one_line(evidence.context[evidence.end :].rstrip())
    file = one_line(evidence.document.replace("\\", "/").rpartition("/")[2]) + ":" if evidence.document else ""
    number = f"{file}{evidence.block + 1} | "
    room = max(width, _LEAST) - _INDENT - columns(number) - columns(quote) - 8
    left = max(room - min(columns(after), room // 3), 0)
    shown_before = tail(before, left)
    shown_after = head(after, max(room - columns(shown_before), 0))
    return line(
        (number, "dim"),
        ("" if shown_before == before else "…") + shown_before,
        ("【", "dim"),
        (quote, f"{style} underline"),
        ("】", "dim"),
        shown_after + ("" if shown_after == after else "…"),
        indent=_INDENT,
    )


def _quotations(evidence: tuple[Evidence, ...], width: int, style: str) -> Iterator[Line]:
    """The faulty words, then one quotation from each of the next blocks that bear witness."""
    blocks: set[tuple[str | None, int]] = set()
    for item in evidence:
        if (item.document, item.block) not in blocks and len(blocks) <= _FURTHER:
            yield quotation(item, width, "bold" if blocks else style)
            blocks.add((item.document, item.block))


def _ends_with(formula: str | None, computed: str | None) -> bool:
    """Whether the formula says its result itself: 100 × 2 ÷ 4 = 50 for 50分."""
    return bool(formula and computed and "=" in formula and computed.startswith(formula.rpartition("=")[2].strip()))


def recomputation(finding: Finding, lang: str) -> str:
    """36.89 + 7 = 43.89，文中 43.98万元，差 0.09万元: all that is needed to check the finding by hand."""
    formula, computed = finding.formula, finding.computed
    if formula is None and computed is None:
        return ""
    sum_up = bool(formula and computed and _SUM.fullmatch(formula))
    parts = [f"{formula} = {computed}" if sum_up else formula]
    for key, value in (
        (answer(finding), None if sum_up or _ends_with(formula, computed) else computed),
        ("stated", finding.stated),
        ("difference", finding.difference),
    ):
        parts.append(value and f"{name(UI, key, lang).lower()} {value}")
    return ("; " if lang == "en" else "，").join(p for p in parts if p)


def _finding(result: DocumentResult, finding: Finding, lang: str, width: int) -> Iterator[Line]:
    waived = finding.waived is not None
    style = "dim" if waived else STYLES[finding.severity.value]
    severity = name(UI, "waived", lang) if waived else name(SEVERITIES, finding.severity.value, lang)
    first = finding.evidence[0] if finding.evidence else None
    where = f":{first.block + 1}" if first is not None and first.document is None else ""
    yield line(
        (f"{result.path}{where} ", "dim"),
        (f"{finding.code} {severity} ", style),
        (f"{finding.name} ", "dim"),
        finding.message.get(lang),
    )
    if finding.waived is not None:
        yield line((_label("waiver", lang) + finding.waived, "dim"), indent=_INDENT)
        return
    yield from _quotations(finding.evidence, width, style)
    if recomputed := recomputation(finding, lang):
        yield line(recomputed, indent=_INDENT)
    if finding.cause:
        yield line((_label("cause", lang), "dim"), finding.cause.get(lang), indent=_INDENT)


def _folded(result: DocumentResult, run: tuple[Finding, ...], title: str, lang: str, width: int) -> Iterator[Line]:
    """Many notices of one kind: what they are and how many, then each place in a line."""
    style = STYLES[run[0].severity.value]
    yield line(
        (f"{result.path} ", "dim"),
        (f"{run[0].code} {name(SEVERITIES, run[0].severity.value, lang)} ", style),
        (f"{run[0].name} ", "dim"),
        f"{title}{_colon(lang)}{name(UI, 'places', lang).format(len(run))}",
    )
    for finding in run[:_SHOWN]:
        if finding.evidence:
            yield quotation(finding.evidence[0], width, style)
    if len(run) > _SHOWN:
        yield line((name(UI, "more_places", lang).format(len(run) - _SHOWN), "dim"), indent=_INDENT)


def _document(result: DocumentResult, titles: dict[str, str], lang: str, width: int) -> Iterator[Line]:
    facts = (result.organisation, str(result.year) if result.year is not None else None, result.title)
    yield line(
        (result.path, "bold"),
        "  ",
        (name(GATES, result.verdict, lang), STYLES.get(result.verdict, "bold")),
        ("  " + "  ".join(f for f in facts if f) if any(facts) else "", "dim"),
    )
    for run in runs(told(result)):
        if len(run) > 1:
            yield from _folded(result, run, titles.get(run[0].code, run[0].name), lang, width)
        else:
            yield from _finding(result, run[0], lang, width)
    if result.crashed:
        yield line((f"{result.path} ", "dim"), (name(UI, "crashed", lang), "bold magenta"))
    for item in result.not_checked:
        label = (f"{name(UI, 'not_checked', lang).lower()} ", "bold magenta")
        yield line((f"{result.path} ", "dim"), label, item.what.get(lang) + _colon(lang) + item.why.get(lang))
    yield Line(())


def _summary(result: AuditResult, lang: str) -> Line:
    found = [f for d in result.documents for f in d.findings]
    segments: list[str | tuple[str, str]] = [f"{len(result.documents)} {name(UI, 'documents', lang)}  "]
    segments.append((name(GATES, result.verdict, lang), STYLES.get(result.verdict, "bold")))
    for severity in ("error", "warning", "notice"):
        count = sum(f.waived is None and f.severity.value == severity for f in found)
        segments += ["  ", (f"{name(SEVERITIES, severity, lang)} {count}", STYLES[severity] if count else "dim")]
    if waived := sum(f.waived is not None for f in found):
        segments.append((f"  {name(UI, 'waived', lang)} {waived}", "dim"))
    tied = sum(d.coverage.tied for d in result.documents)
    quantities = sum(d.coverage.quantities for d in result.documents)
    segments.append(f"  {name(UI, 'tied', lang)} {tied}/{quantities}")
    missed = sum(len(d.not_checked) for d in result.documents)
    segments += ["  ", (f"{name(UI, 'not_checked', lang).lower()} {missed}", "bold magenta" if missed else "dim")]
    return line(*segments)


def _lines(result: AuditResult, lang: str, width: int) -> Iterator[Line]:
    titles = {code: info.title.get(lang) for code, info in by_code(result.catalogue).items()}
    for document in result.documents:
        yield from _document(document, titles, lang, width)
    yield _summary(result, lang)


@record(frozen=True, slots=True)
class ConsoleWriter:
    """Writes the result for a person at a terminal, or for a pipe."""

    name: str = "console"
    suffix: str = ".txt"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh", color: bool = False, width: int = 100) -> None:
        show(_lines(result, lang, width), stream, width, color=color)


WRITER = ConsoleWriter()
