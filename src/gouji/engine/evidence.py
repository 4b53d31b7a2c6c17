"""From spans to evidence a reader can see, and from content to a fingerprint that survives edits elsewhere."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from gouji.model import patterns as re
from gouji.model.claim import Claim
from gouji.model.document import Block, Document
from gouji.model.fact import Span
from gouji.model.result import Evidence

_LEAD = 30  # characters quoted of a block that is faulty as a whole
_SPACE = re.compile(r"\s+")
_STOP = re.compile(r"[。；;！!？?\n\t]")


def resolve(document: Document, span: Span, role: str) -> Evidence:
    """The words of a span and where they stand. An empty span points at its block as a whole: its first words are quoted."""
    block = document.blocks[span.block]
    text = block.text
    start, end = (span.start, span.end) if 0 <= span.start < span.end <= len(text) else _clamp(block, span)
    boxes = block.anchor.boxes(start, end) if block.anchor.pieces else ()
    cell = _cell(block, start) if block.cells else None
    return Evidence(role, text[start:end], text, span.block, start, end, boxes, cell)


def of_claim(document: Document, claim: Claim) -> tuple[Evidence, ...]:
    """The evidence of a claim, in the order of its operands."""
    return tuple([resolve(document, o.span, o.role) for o in claim.operands])


def fingerprint(code: str, evidence: Sequence[Evidence], stated: str | None, computed: str | None) -> str:
    """A digest of what is said, not of where it stands."""
    parts = [code, *(_squeezed(e.quote) for e in evidence), _squeezed(stated or ""), _squeezed(computed or "")]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def _clamp(block: Block, span: Span) -> tuple[int, int]:
    start = max(0, min(span.start, len(block.text)))
    end = max(start, min(span.end, len(block.text)))
    if start < end:
        return start, end
    stop = _STOP.search(block.text, 1, _LEAD) if block.text else None
    return 0, stop.start() if stop else min(len(block.text), _LEAD)


def _cell(block: Block, position: int) -> str | None:
    for cell in block.cells:
        if cell.start <= position <= cell.end:
            return cell.address or None
    return None


@lru_cache(maxsize=1024)
def _squeezed(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))
