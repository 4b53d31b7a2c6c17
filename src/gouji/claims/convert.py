"""One amount printed in two units side by side: 2,594,791元（259.4791万元）, 折合317.79万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from gouji.claims.arithmetic import compare_value, figure_interval
from gouji.claims.build import SURE, claim_of
from gouji.claims.scene import Scene
from gouji.claims.vocabulary import Role
from gouji.model.claim import Claim, ClaimKind

_TOLD = re.compile(r"^(?:，|（)?(?:约)?(?:折合|合计约|即|约合|相当于|也就是|合|折算|换算)(?:人民币|为|约|成)*$")


def find(scene: Scene) -> Iterator[Claim]:
    """Every amount that is restated in another unit right behind itself."""
    for passage in scene.passages:
        for first, second in pairwise(passage.items):
            if not (first.money and second.money) or second.q.sentence != first.q.sentence:
                continue
            gap = second.gap.strip()
            if Role.STANDARD in (first.role, second.role):
                continue
            units = first.q.figure.unit.factor != second.q.figure.unit.factor
            bracketed = gap == "（" and units and passage.text[second.q.span.end : second.q.span.end + 1] == "）"
            if not (bracketed or (_TOLD.match(gap) and (units or "折合" in gap))):
                continue
            value = figure_interval(first.q.figure)
            words = first.q.raw
            outcome = compare_value(second.q.figure, first.q.base, value, words)
            yield claim_of(ClaimKind.RESTATEMENT, second, [("restated", first)], outcome, shape="unit", confidence=SURE)
