"""Makes PDF files for the tests of the reader."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
WIDE, HIGH = 595, 842


def paper(draw: Callable[[Canvas], None], **settings: object) -> bytes:
    """A PDF of what `draw` puts on the canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDE, HIGH), **settings)
    canvas.setFont(SONG, 12)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def put(canvas: Canvas, x: float, top: float, text: str, size: float = 12) -> None:
    """Print a line whose upper edge is about `top` points below the upper edge of the page."""
    canvas.setFont(SONG, size)
    canvas.drawString(x, HIGH - top - size, text)
