"""The text of a report with its key: every planted error with a quote that stands once, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass

from generate import Report, generate
from inject import Fault, inject
from instances import Tag

WARNINGS = {"period", "identity", "heading", "contradiction"}
SPAN = {
    "weight_total": "sentence",
    "text": "sentence",
    "heading": "lines",
    "contradiction": "sentence",
}  # where else such a fault may rightly be shown


@dataclass(slots=True)
class Written:
    """A report as text with its key."""

    text: str
    keys: list[dict[str, object]]
    areas: list[tuple[int, int, str]]  # start, end and kind of every phrasing in the text


def write(report: Report, faults: list[Fault]) -> Written:
    """The text and the key of a report."""
    places: dict[tuple[int, Tag], tuple[int, int]] = {}
    parts, areas, at = [], [], 0
    for piece, instance in report.pieces():
        if piece.tag and instance:
            where = (id(instance), piece.tag)
            start = places[where][0] if where in places else at
            places[where] = (start, at + len(piece.text))
        if instance:
            areas.append((at, at + len(piece.text), instance.phrasing.kind))
        parts.append(piece.text)
        at += len(piece.text)
    text = "".join(parts)
    return Written(text, [_key(text, places, fault) for fault in faults], areas)


def _key(text: str, places: dict[tuple[int, Tag], tuple[int, int]], fault: Fault) -> dict[str, object]:
    kind = fault.instance.phrasing.kind
    start, end = places[id(fault.instance), fault.tag]
    spans = [places[id(i), t] for i, t in fault.also if (id(i), t) in places]
    if start == end:  # something was left out: its neighbours show the place
        start, end = max(text.rfind("\n", 0, start) + 1, start - 4), min(end + 2, len(text))
    if kind in SPAN or fault.slip in {"bound broken", "direction"}:
        spans.append(_around(text, start, end, whole_lines=SPAN.get(kind) == "lines"))
    start, end = _trimmed(text, start, end)
    return {
        "quote": unique(text, start, end),
        "type": kind,
        "severity": _severity(kind),
        "fault": fault.slip,
        "phrasing": fault.instance.phrasing.id,
        "at": [start, end],
        "also": [unique(text, *_trimmed(text, *s)) for s in dict.fromkeys(spans)],
        "also_at": [list(_trimmed(text, *s)) for s in dict.fromkeys(spans)],
        "computed": fault.right,
        "alternatives": sorted(set(fault.others)),
        "explanation": fault.explanation,
    }


def _severity(kind: str) -> str:
    return "notice" if kind == "text" else "warning" if kind in WARNINGS else "error"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _around(text: str, start: int, end: int, *, whole_lines: bool) -> tuple[int, int]:
    """The sentence that a place stands in, or the lines of its list."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    if whole_lines:
        for _ in range(4):
            above = text.rfind("\n", 0, max(left - 1, 0)) + 1
            if text[above:left].rstrip().endswith("：") or (not text[left].isascii() and text[left] != "（"):
                left = above if text[above:left].rstrip().endswith("：") else left
                break
            left = above
        while (line := text[right + 1 : right + 4]) and (line[0].isdigit() or line[0] == "（"):
            right = text.find("\n", right + 1)
        return left, right
    stop = text.rfind("。", left, max(start - 1, left))
    left = stop + 1 if stop >= 0 else left
    stop = text.find("。", end, right)
    return left, stop + 1 if stop >= 0 else right


def squeeze(text: str) -> str:
    return "".join(text.split())


def unique(text: str, start: int, end: int) -> str:
    """The shortest quote of a place that stands once in the text, leaving white space aside: widened to the left, then right."""
    whole = squeeze(text)
    line, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    while whole.count(squeeze(text[start:end])) > 1:
        if start > line:
            start -= 1
        elif end < stop:
            end += 1
        elif line > 0:
            line = text.rfind("\n", 0, line - 1) + 1
        else:
            break
    return text[start:end]


def document(seed: int, split: str) -> Written:
    """The document of a seed with its key; every other one is clean."""
    report = generate(seed, split)
    return write(report, inject(report, seed) if seed % 2 else [])
