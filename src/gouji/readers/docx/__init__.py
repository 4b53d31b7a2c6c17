"""The Word reader: .docx → paragraphs and tables in reading order.

What it keeps, for an auditor who has the printed page in hand: what Word shows. Tracked insertions are read and deletions
not, results of fields and not their codes, automatic numbers as labels. What Word shows and a program cannot read (a big
picture, an embedded sheet, a chart) and what Word hides (hidden text) is reported as not checked. That changes were not
accepted, comments not removed and words left highlighted is told beside the words (`read_marked`).

A nested table (表中表) is emitted as its own table right after the outer one, and the outer cell keeps only its own words:
read twice, every figure in it would be counted twice. A table of a single cell is a frame round text: its content is
emitted as paragraphs.
"""

from __future__ import annotations

from gouji.readers.docx.story import read_marked, read_raw

__all__ = ["read_marked", "read_raw"]
