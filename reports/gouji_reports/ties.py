"""How the figures of a finding tie: each part with the sum up to it, so that the recomputation can be followed by eye."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.model import patterns as re
from gouji.model.result import Evidence

_PRINTED = re.compile(r"([-−]?[\d,，]*\d(?:\.\d+)?)\s*([^\d\s]*)")
_SUMMED = frozenset({"part", "item", "plus"})
_LEAST = 2


def running(evidence: Sequence[Evidence]) -> list[str]:
    """For each evidence the sum of the parts up to it, "" where it is no part. Nothing where the parts have several units."""
    parsed = [_PRINTED.fullmatch(e.quote.strip()) if e.role in _SUMMED else None for e in evidence]
    units = {m[2] for m in parsed if m}
    if len(units) != 1 or sum(m is not None for m in parsed) < _LEAST:
        return [""] * len(evidence)
    if any(e.role in _SUMMED and m is None for e, m in zip(evidence, parsed, strict=True)):
        return [""] * len(evidence)
    sums, so_far = [], Decimal(0)
    for match in parsed:
        if match:
            so_far += Decimal(re.sub("[,，]", "", match[1]).replace("−", "-"))
        sums.append(f"{so_far}{match[2]}" if match else "")
    return sums
