"""Judge findings by the overlap of their evidence with the key's quotes, and add the judgements up.

A finding at error or warning whose evidence overlaps no key's place is false. Notices are never false; they satisfy only keys
of severity notice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Any

RANK = {"notice": 0, "warning": 1, "error": 2}
ARITHMETIC = {
    "total",
    "rate",
    "change",
    "share",
    "product",
    "average",
    "balance",
    "count",
    "score_total",
    "weight_total",
    "execution_score",
    "indicator_score",
    "distribution",
    "unit",
}
FACTOR = {"亿": Decimal(100000000), "万": Decimal(10000)}
NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*(亿|万)?")
UNIT = re.compile(r"[万亿]?元")
Spot = tuple[int, int]


@dataclass(slots=True)
class KeyMark:
    """How one planted error fared."""

    kind: str
    hit: bool
    first_quote: bool = False  # the first evidence is on the faulty figure
    first_place: bool = False  # … or on a place that the key allows
    valued: bool = False  # it has a value that could be proposed
    right_value: bool = False
    any_value: bool = False  # the value, or another that also makes the claim tie
    fault: str = ""


@dataclass(slots=True)
class Marked:
    """The judgement of one document."""

    keys: list[KeyMark]
    flagged: int = 0
    true_by_kind: Counter[str] = field(default_factory=Counter)
    false_by_code: Counter[str] = field(default_factory=Counter)
    false_errors: int = 0
    false_by_kind: Counter[str] = field(default_factory=Counter)  # by the phrasing that the first evidence stands in
    clean: bool = False
    quantities: int = 0
    tied: int = 0
    unreadable: bool = False
    false_examples: list[str] = field(default_factory=list)
    missed_examples: list[str] = field(default_factory=list)


class Squeezed:
    """A text without its white space, with the way back from positions in the text."""

    def __init__(self, raw: str) -> None:
        self.text = "".join(raw.split())
        self.before = [0, *accumulate(not c.isspace() for c in raw)]  # squeezed characters before a position

    def spot(self, start: int, end: int) -> Spot:
        return self.before[start], self.before[end]

    def find(self, quote: str) -> Spot | None:
        quote = "".join(quote.split())
        at = self.text.find(quote) if quote else -1
        return (at, at + len(quote)) if at >= 0 else None


def places(doc: Squeezed, evidence: dict[str, Any]) -> list[Spot]:
    """Where an evidence stands: by its block's context, else everywhere its quote stands."""
    quote = "".join((evidence.get("quote") or "").split())
    if not quote:
        return []
    context = evidence.get("context")
    if context:
        whole = "".join(context.split())
        at, start = doc.text.find(whole), evidence.get("start")
        if at >= 0:
            lead = len("".join(context[:start].split())) if isinstance(start, int) else max(whole.find(quote), 0)
            return [(at + lead, at + lead + len(quote))]
    return [(m.start(), m.end()) for m in re.finditer(re.escape(quote), doc.text)]


def key_places(raw: str, doc: Squeezed, key: dict[str, Any]) -> list[Spot]:
    """The place of a fault, then the others where it may rightly be reported. The generator's keys give exact offsets."""
    if "at" in key:
        return [doc.spot(*key["at"]), *(doc.spot(*s) for s in key["also_at"])]
    row, found, before = key.get("row_context"), [], ""
    for line in raw.split("\n") if row else ():
        flat = "".join(line.split())
        if "".join(row.split()) in flat and "".join(key["quote"].split()) in flat:
            found.append((len(before), len(before) + len(flat)))
        before += flat
    quotes = ([] if found else [key["quote"]]) + list(key.get("also") or [])
    return found + [spot for quote in quotes if (spot := doc.find(quote))]


def amounts(text: str) -> list[Decimal]:
    """The numbers of a printed value, in base units."""
    return [Decimal(n.replace(",", "")) * FACTOR.get(u, Decimal(1)) for n, u in NUMBER.findall(text)]


def digit(text: str) -> Decimal:
    """The last printed digit of a value, in base units."""
    match = NUMBER.search(text)
    if match is None:
        return Decimal(0)
    places = len(match[1].partition(".")[2])
    return Decimal(1).scaleb(-places) * FACTOR.get(match[2], Decimal(1))


def same(proposed: str | None, wanted: str | None) -> bool:
    """Whether two printed values are one number at the wanted one's precision. A key without a unit is in the finding's unit."""
    if not proposed or not wanted:
        return False
    if not UNIT.search(wanted):
        proposed = UNIT.sub("", proposed)
    ours, theirs = amounts(wanted), amounts(proposed)
    return bool(ours and theirs) and abs(ours[0] - theirs[0]) <= max(digit(wanted), digit(proposed))


def judge(
    name: str, raw: str, keys: list[dict[str, Any]], result: dict[str, Any], areas: Sequence[tuple[int, int, str]] = ()
) -> Marked:
    """Compare a document's findings with its key."""
    doc = Squeezed(raw)
    spots = [key_places(raw, doc, key) for key in keys]
    hits: list[list[tuple[int, bool, str | None]]] = [[] for _ in keys]
    coverage = result.get("coverage") or {}
    marked = Marked(
        [],
        clean=not keys,
        quantities=coverage.get("quantities", 0),
        tied=coverage.get("tied", 0),
        unreadable=result.get("verdict") in {"unreadable", "crashed"},
    )
    for finding in result.get("findings", []):
        if finding.get("waived"):
            continue
        rank, matched = RANK[finding["severity"]], set()
        found = [(i, spot) for i, e in enumerate(finding.get("evidence", [])) for spot in places(doc, e)]
        for n, (key, wanted) in enumerate(zip(keys, spots, strict=True)):
            on = [(i, w) for i, (a, b) in found for w, (x, y) in enumerate(wanted) if a < y and b > x]
            if not on:
                continue
            matched.add(key.get("type", "?"))
            if rank >= (0 if key.get("severity") in {"notice", "info"} else 1):
                hits[n].append((min(i for i, _ in on), any(i == 0 and w == 0 for i, w in on), finding.get("computed")))
        if rank >= 1:
            _count(marked, finding, matched, name)
            if not matched:
                first = [spot for i, spot in found if i == 0]
                kinds = [k for a, b, k in areas for x, y in first if doc.before[a] < y and doc.before[b] > x]
                marked.false_by_kind[kinds[0] if kinds else "elsewhere"] += 1
    for key, hit in zip(keys, hits, strict=True):
        marked.keys.append(_key_mark(key, hit))
        if not hit:
            marked.missed_examples.append(_missed(name, key, result, spots[keys.index(key)], doc))
    return marked


def _count(marked: Marked, finding: dict[str, Any], matched: set[str], name: str) -> None:
    marked.flagged += 1
    if matched:
        marked.true_by_kind.update(matched)
        return
    marked.false_by_code[finding["code"] + " " + finding["name"]] += 1
    marked.false_errors += finding["severity"] == "error"
    first = (finding.get("evidence") or [{}])[0]
    marked.false_examples.append(
        f"FALSE {name} {finding['code']} {finding['severity']}: {finding['message']} «{first.get('quote')}» in «{(first.get('context') or '')[:160]}»"
    )


def _key_mark(key: dict[str, Any], hit: list[tuple[int, bool, str | None]]) -> KeyMark:
    kind, choices = (
        key.get("type", "?"),
        [str(c) for c in (key.get("computed"), *(key.get("alternatives") or [])) if c is not None],
    )
    wanted = str(key["computed"]) if key.get("computed") else None  # some keys give bare numbers
    valued = kind in ARITHMETIC and bool(wanted) and bool(amounts(wanted or ""))
    return KeyMark(
        kind,
        bool(hit),
        any(quote for _, quote, _ in hit),
        any(i == 0 for i, _, _ in hit),
        valued,
        valued and any(same(c, wanted) for _, _, c in hit),
        valued and any(same(c, w) for _, _, c in hit for w in choices),
        key.get("fault", ""),
    )


def _missed(name: str, key: dict[str, Any], result: dict[str, Any], spots: list[Spot], doc: Squeezed) -> str:
    notices = [
        f["code"]
        for f in result.get("findings", [])
        for e in f.get("evidence", [])
        for a, b in places(doc, e)
        for x, y in spots
        if a < y and b > x
    ]
    start = spots[0][0] if spots else 0
    around = doc.text[max(start - 50, 0) : start + 60]
    return (
        f"MISSED {name} [{key.get('type')}/{key.get('severity')}/{key.get('fault', '')}] {key.get('phrasing', '')} «{key['quote']}» "
        f"should be {key.get('computed')} {key.get('explanation', '')} …{around}…"
        + (f" (notices: {sorted(set(notices))})" if notices else "")
    )


@dataclass(slots=True)
class Tally:
    """All documents together."""

    documents: int = 0
    clean: int = 0
    clean_errors: int = 0
    clean_warnings: int = 0
    flagged: int = 0
    false_errors: int = 0
    quantities: int = 0
    tied: int = 0
    unreadable: int = 0
    keys: list[KeyMark] = field(default_factory=list)
    true_by_kind: Counter[str] = field(default_factory=Counter)
    false_by_code: Counter[str] = field(default_factory=Counter)
    false_by_kind: Counter[str] = field(default_factory=Counter)
    false_examples: list[str] = field(default_factory=list)
    missed_examples: list[str] = field(default_factory=list)

    def add(self, marked: Marked) -> None:
        """Take in one document."""
        self.documents += 1
        self.flagged += marked.flagged
        self.false_errors += marked.false_errors
        self.quantities += marked.quantities
        self.tied += marked.tied
        self.unreadable += marked.unreadable
        self.keys += marked.keys
        self.true_by_kind += marked.true_by_kind
        self.false_by_code += marked.false_by_code
        self.false_by_kind += marked.false_by_kind
        self.false_examples += marked.false_examples
        self.missed_examples += marked.missed_examples
        if marked.clean:
            self.clean += 1
            self.clean_errors += marked.false_errors
            self.clean_warnings += marked.false_by_code.total() - marked.false_errors


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "–"


def _row(tally: Tally, kind: str) -> str:
    """A kind's line. Its precision counts the false findings that stand in phrasings of the kind."""
    mine = [k for k in tally.keys if k.kind == kind]
    found = [k for k in mine if k.hit]
    priced = [k for k in found if k.valued]
    true, false = tally.true_by_kind[kind], tally.false_by_kind[kind]
    recall, precision = len(found) / len(mine) if mine else 0.0, true / (true + false) if true + false else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    known = bool(tally.false_by_kind) or not tally.false_by_code
    return (
        f"| {kind} | {len(mine)} | {len(found)} | {_share(len(found), len(mine))} | {false if known else '–'} | "
        f"{_share(true, true + false) if known else '–'} | {f'{f1:.4f}' if known and mine else '–'} | "
        f"{_share(sum(k.first_place for k in found), len(found))} | {_share(sum(k.any_value for k in priced), len(priced))} |"
    )


def table(tally: Tally, title: str) -> str:
    """The result in Markdown. False findings have no kind of error; they are listed by the check that made them."""
    hits = [k for k in tally.keys if k.hit]
    false = tally.false_by_code.total()
    precision = 1 - false / tally.flagged if tally.flagged else 0.0
    recall = len(hits) / len(tally.keys) if tally.keys else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    valued = [k for k in hits if k.valued]
    lines = [
        f"### {title}: {tally.documents} documents, {len(tally.keys)} errors",
        "",
        "| measure | value |",
        "|---|---|",
        f"| precision | {precision:.4f} ({tally.flagged - false} of {tally.flagged} findings) |",
        f"| recall | {recall:.4f} ({len(hits)} of {len(tally.keys)}) |",
        f"| F1 | {f1:.4f} |",
        f"| first evidence on the faulty figure, or on a figure of the same claim that the key allows | {_share(sum(k.first_place for k in hits), len(hits))} |",
        f"| first evidence on the faulty figure itself | {_share(sum(k.first_quote for k in hits), len(hits))} |",
        f"| right value proposed, arithmetic kinds | {_share(sum(k.any_value for k in valued), len(valued))} |",
        f"| … and it is the value before the error was planted | {_share(sum(k.right_value for k in valued), len(valued))} |",
        f"| errors per clean document | {_share(tally.clean_errors, tally.clean)} ({tally.clean_errors} on {tally.clean}) |",
        f"| warnings per clean document | {_share(tally.clean_warnings, tally.clean)} ({tally.clean_warnings} on {tally.clean}) |",
        f"| coverage: quantities tied | {_share(tally.tied, tally.quantities)} |",
        f"| documents unreadable or with a crash | {tally.unreadable} |",
        "",
        "| kind | errors | found | recall | false findings there | precision | F1 | first evidence | right value |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(tally, kind) for kind in sorted({k.kind for k in tally.keys} | set(tally.false_by_kind))]
    lines += ["", "| false findings of | number |", "|---|---|"]
    lines += [f"| {code} | {n} |" for code, n in sorted(tally.false_by_code.items(), key=lambda item: (-item[1], item[0]))]
    return "\n".join(lines)
