"""Where a finding stands, in the terms of programs that know lines of files: addresses, lines, columns."""

from __future__ import annotations

import os
from urllib.parse import quote

from gouji.model.result import DocumentResult, Evidence, Finding


def uri(path: str) -> str:
    """A path as a URI reference (RFC 3986); bytes that are no UTF-8 are kept as they are."""
    address = quote(os.fsencode(path.replace("\\", "/")), safe="/~")
    return f"file://{address}" if address.startswith("/") else address


def line(result: DocumentResult, evidence: Evidence) -> int:
    """The line of a text file; of other formats, which have none, the number of the block, counted from 1."""
    own = result.document if evidence.document is None else None
    if result.format == "txt" and own is not None and evidence.block < len(own.blocks):
        found = own.blocks[evidence.block].anchor.paragraph
        if found is not None:
            return max(found, 1)
    return evidence.block + 1


def first_line(result: DocumentResult, finding: Finding) -> int:
    """The line of the faulty words; 1 where the finding is about the document as a whole."""
    return line(result, finding.evidence[0]) if finding.evidence else 1
