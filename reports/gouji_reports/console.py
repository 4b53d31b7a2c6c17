"""Console: dense lines in the manner of a linter, styled on a terminal, stable plain text in a pipe.

Both looks come from the same segments. Text of the document never reaches a markup parser, and its control characters are
shown by number, so that a submission cannot steer the terminal it is read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from gouji.model.result import AuditResult, DocumentResult, Evidence, Finding
from gouji_reports.labels import GATES, SEVERITIES, UI, name
from gouji_reports.order import answer, told
from gouji_reports.plain import columns, head, one_line, tail

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "notice": "bold blue",
    "pass": "bold green",
    "review": "bold yellow",
    "block": "bold red",
    "unreadable": "bold magenta",
}
_INDENT = 4
_SUM = re.compile(r"[^=≠≈≤≥<>]*[\d%）)]")  # a side of an equation, not a comparison and not prose
_FURTHER = 2  # blocks quoted beside the faulty one
_LEAST = 40  # columns below which a quotation says nothing


class Segment(NamedTuple):
    """A stretch of a line and how a terminal shows it."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of output; a terminal folds it with its indent kept."""

    segments: tuple[Segment, ...]
    indent: int = 0


def _line(*segments: str | tuple[str, str], indent: int = 0) -> Line:
    made = (Segment(s) if isinstance(s, str) else Segment(*s) for s in segments)
    return Line(tuple(Segment(one_line(s.text), s.style) for s in made if s.text), indent)


def _colon(lang: str) -> str:
    return ": " if lang == "en" else "："


def _label(key: str, lang: str) -> str:
    return name(UI, key, lang) + _colon(lang)


def _quotation(evidence: Evidence, width: int, style: str) -> Line:
    """Block number, then the quoted words between 【】 amid as much of their block as fits."""
    quote = one_line(evidence.quote)
    before = one_line(evidence.context[: evidence.start].lstrip())
    after = one_line(evidence.context[evidence.end :].rstrip())
    number = f"{evidence.block + 1} | "
    room = max(width, _LEAST) - _INDENT - columns(number) - columns(quote) - 8
    left = max(room - min(columns(after), room // 3), 0)
    shown_before = tail(before, left)
    shown_after = head(after, max(room - columns(shown_before), 0))
    return _line(
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
    blocks: set[int] = set()
    for item in evidence:
        if item.block not in blocks and len(blocks) <= _FURTHER:
            yield _quotation(item, width, "bold" if blocks else style)
            blocks.add(item.block)


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
    style = "dim" if waived else _STYLES[finding.severity.value]
    severity = name(UI, "waived", lang) if waived else name(SEVERITIES, finding.severity.value, lang)
    where = f":{finding.evidence[0].block + 1}" if finding.evidence else ""
    yield _line(
        (f"{result.path}{where} ", "dim"),
        (f"{finding.code} {severity} ", style),
        (f"{finding.name} ", "dim"),
        finding.message.get(lang),
    )
    if finding.waived is not None:
        yield _line((_label("waiver", lang) + finding.waived, "dim"), indent=_INDENT)
        return
    yield from _quotations(finding.evidence, width, style)
    if recomputed := recomputation(finding, lang):
        yield _line(recomputed, indent=_INDENT)
    if finding.cause:
        yield _line((_label("cause", lang), "dim"), finding.cause.get(lang), indent=_INDENT)


def _document(result: DocumentResult, lang: str, width: int) -> Iterator[Line]:
    facts = (result.organisation, str(result.year) if result.year is not None else None, result.title)
    yield _line(
        (result.path, "bold"),
        "  ",
        (name(GATES, result.verdict, lang), _STYLES.get(result.verdict, "bold")),
        ("  " + "  ".join(f for f in facts if f) if any(facts) else "", "dim"),
    )
    for finding in told(result):
        yield from _finding(result, finding, lang, width)
    if result.crashed:
        yield _line((f"{result.path} ", "dim"), (name(UI, "crashed", lang), "bold magenta"))
    for item in result.not_checked:
        label = (f"{name(UI, 'not_checked', lang).lower()} ", "bold magenta")
        yield _line((f"{result.path} ", "dim"), label, item.what.get(lang) + _colon(lang) + item.why.get(lang))
    yield Line(())


def _summary(result: AuditResult, lang: str) -> Line:
    found = [f for d in result.documents for f in d.findings]
    segments: list[str | tuple[str, str]] = [f"{len(result.documents)} {name(UI, 'documents', lang)}  "]
    segments.append((name(GATES, result.verdict, lang), _STYLES.get(result.verdict, "bold")))
    for severity in ("error", "warning", "notice"):
        count = sum(f.waived is None and f.severity.value == severity for f in found)
        segments += ["  ", (f"{name(SEVERITIES, severity, lang)} {count}", _STYLES[severity] if count else "dim")]
    if waived := sum(f.waived is not None for f in found):
        segments.append((f"  {name(UI, 'waived', lang)} {waived}", "dim"))
    tied = sum(d.coverage.tied for d in result.documents)
    quantities = sum(d.coverage.quantities for d in result.documents)
    segments.append(f"  {name(UI, 'tied', lang)} {tied}/{quantities}")
    missed = sum(len(d.not_checked) for d in result.documents)
    segments += ["  ", (f"{name(UI, 'not_checked', lang).lower()} {missed}", "bold magenta" if missed else "dim")]
    return _line(*segments)


def _lines(result: AuditResult, lang: str, width: int) -> Iterator[Line]:
    for document in result.documents:
        yield from _document(document, lang, width)
    yield _summary(result, lang)


def _print_plain(lines: Iterable[Line], stream: TextIO) -> None:
    for line in lines:
        stream.write((" " * line.indent + "".join(s.text for s in line.segments)).rstrip() + "\n")


def _print_styled(lines: Iterable[Line], stream: TextIO, width: int) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text as Styled

    console = Console(file=stream, force_terminal=True, color_system="standard", width=width, legacy_windows=False)
    for line in lines:
        text = Styled.assemble(*((s.text, s.style) for s in line.segments))
        console.print(Padding(text, (0, 0, 0, line.indent), expand=False) if line.indent else text)


@dataclass(frozen=True, slots=True)
class ConsoleWriter:
    """Writes the result for a person at a terminal, or for a pipe."""

    name: str = "console"
    suffix: str = ".txt"

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh", color: bool = False, width: int = 100) -> None:
        lines = _lines(result, lang, width)
        if color:
            _print_styled(lines, stream, width)
        else:
            _print_plain(lines, stream)


WRITER = ConsoleWriter()
