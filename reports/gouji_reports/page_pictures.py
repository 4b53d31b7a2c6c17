"""The pages of a PDF as pictures, with a frame round every quoted line: what the auditor has on paper, on demand in the report.

Only pages on which a finding quotes words are drawn, in grey at reading size, as many as fit; the picture lies in the file.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

from markupsafe import Markup

from gouji.model.document import Box
from gouji.model.result import DocumentResult, Finding
from gouji.model.writer import Original, WriterError
from gouji_reports.labels import UI, name

_SCALE = 1.35  # pixels a point: A4 is 803 pixels wide
_MOST = 40  # pages
ROOM = 6_000_000  # bytes of all pictures of a report
_SHADES = 16


def page_pictures(
    result: DocumentResult, findings: Sequence[Finding], prefix: str, original: Original, lang: str, room: int
) -> dict[int, Markup]:
    """The picture of each page with findings; nothing for other formats, or where the file is gone or has changed."""
    if result.format != "pdf" or result.document is None:
        return {}
    boxes: dict[int, list[tuple[Box, int, str]]] = defaultdict(list)
    for number, finding in enumerate(findings, 1):
        severity = "waived" if finding.waived is not None else finding.severity.value
        for evidence in finding.evidence:
            for box in evidence.boxes if evidence.document is None else ():
                boxes[box.page].append((box, number, severity))
    try:
        return dict(_drawn(boxes, original(result), prefix, lang, room)) if boxes else {}
    except WriterError:
        return {}


def _drawn(
    boxes: dict[int, list[tuple[Box, int, str]]], data: bytes, prefix: str, lang: str, room: int
) -> list[tuple[int, Markup]]:
    import pypdfium2  # type: ignore[import-untyped]

    made: list[tuple[int, Markup]] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in sorted(boxes)[:_MOST]:
            page = document[number - 1]
            picture = page.render(scale=_SCALE, grayscale=True).to_pil().quantize(_SHADES)
            stream = BytesIO()
            picture.save(stream, "PNG", optimize=True)
            room -= len(stream.getvalue())
            if room < 0:
                break
            made.append((number, _figure(number, page.get_size(), stream.getvalue(), boxes[number], prefix, lang)))
    finally:
        document.close()
    return made


def _figure(
    number: int, size: tuple[float, float], png: bytes, boxes: list[tuple[Box, int, str]], prefix: str, lang: str
) -> Markup:
    wide, high = size
    title = name(UI, "page_picture", lang).format(number)
    frames = Markup("").join(
        Markup(
            '<a href="#{}f{}" aria-label="{}"><rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/></a>'
        ).format(prefix, finding, finding, severity, box.x0 - 1, box.top - 1, box.x1 - box.x0 + 2, box.bottom - box.top + 2)
        for box, finding, severity in dict.fromkeys(boxes)
    )
    return Markup(
        '<details class="scan"><summary>{}</summary><svg viewBox="0 0 {:.1f} {:.1f}" role="group" aria-label="{}">'
        '<image href="data:image/png;base64,{}" width="{:.1f}" height="{:.1f}"/>{}</svg></details>\n'
    ).format(title, wide, high, title, base64.b64encode(png).decode(), wide, high, frames)
