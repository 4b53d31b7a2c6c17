"""What an unfinished Word file carries beside its words: tracked changes not accepted, comments, highlighted words.

What Word shows is read whatever its state (an insertion is read, a deletion is not); that the file was not finished is told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from gouji.model import patterns as re
from gouji.model.document import TraceKind
from gouji.readers.docx import names as n
from gouji.readers.raw import RawTrace

MOST = 200
"""Traces of one file that are looked up; a file that is marked all over is told of by its first ones."""

_COMMENT = n.W + "commentReference"
_HIGHLIGHT = n.W + "highlight"
_DELETED = n.W + "delText"
_CHANGED = {n.INS: TraceKind.INSERTED, n.MOVE_TO: TraceKind.INSERTED, n.DEL: TraceKind.DELETED, n.MOVE_FROM: TraceKind.DELETED}
_OWN = re.compile(r"gouji [0-9a-f]{20}$")  # the comments of a marked copy end so: they are no one's draft
_MARKS = (*_CHANGED, _COMMENT, _HIGHLIGHT)


def find_traces(body: _Element, comments: _Element | None) -> list[RawTrace]:
    """The traces in the body in their order, at most `MOST`."""
    if next(body.iter(*_MARKS), None) is None:
        return []
    found: list[RawTrace] = []
    told = _comments(comments)
    for paragraph in body.iter(n.P):
        traces = list(_of_paragraph(paragraph, told))
        if traces:
            near = _shown(paragraph)
            found += [RawTrace(kind, words, near) for kind, words in traces]
        if len(found) >= MOST:
            break
    return found[:MOST]


def _of_paragraph(paragraph: _Element, comments: Mapping[str, str]) -> Iterator[tuple[TraceKind, str]]:
    for element in paragraph.iter(*_MARKS):
        kind = _CHANGED.get(element.tag)
        if kind is not None:
            words = "".join(t.text or "" for t in element.iter(n.T, _DELETED)).strip()
            if words:
                yield kind, words
        elif element.tag == _COMMENT:
            words = comments.get(element.get(n.W + "id", ""), "")
            if not _OWN.search(words):
                yield TraceKind.COMMENT, words
        elif element.get(n.VAL, "none") != "none":
            run = element.getparent()
            run = None if run is None else run.getparent()
            words = "" if run is None or run.tag != n.R else "".join(t.text or "" for t in run.iterchildren(n.T)).strip()
            if words:
                yield TraceKind.HIGHLIGHTED, words


def _comments(part: _Element | None) -> dict[str, str]:
    """The words of each comment by its number."""
    comments = part.iterchildren(n.W + "comment") if part is not None else ()
    return {c.get(n.W + "id", ""): "".join(t.text or "" for t in c.iter(n.T)).strip() for c in comments}


def _shown(paragraph: _Element) -> str:
    """The words of the paragraph that Word shows."""
    gone = {id(t) for tag in (n.DEL, n.MOVE_FROM) for element in paragraph.iter(tag) for t in element.iter(n.T)}
    return "".join(t.text or "" for t in paragraph.iter(n.T) if id(t) not in gone)
