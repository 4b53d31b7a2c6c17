"""Is an empty page truly empty?

pdfium passes over what it cannot decode: a page whose contents are damaged, or missing from the file, looks blank to it. Since a
blank page is nothing to speak of, a second library is asked before a page counts as one. Blank pages are few, so this is rare.
"""

from __future__ import annotations

import io
import logging
import re
from typing import Any

_PAINTS = re.compile(rb"(?:\bT[jJ]|\bDo|\bBI|['\"])\s")  # operators that show text or an image


class BlankPages:
    """Asks, of a PDF's pages that look empty, whether the file says so too."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: list[Any] | None = None

    def is_blank(self, number: int) -> bool:
        """Whether page `number`, counted from 1, has contents that can be decoded and that show nothing."""
        try:
            if self._pages is None:
                import pdfplumber  # heavy: only where a page looks empty

                logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it remarks on every oddity, on the user's screen
                self._pages = list(pdfplumber.open(io.BytesIO(self._data)).pages)
            page = self._pages[number - 1].page_obj
            if page.attrs.get("Contents") is not None and not page.contents:
                return False  # it names contents that the file does not have
            return all(_shows_nothing(stream) for stream in page.contents)
        except Exception:  # noqa: BLE001  # a page that this library cannot read either is no blank page
            return False


def _shows_nothing(stream: Any) -> bool:
    stream = stream.resolve() if hasattr(stream, "resolve") else stream
    stored = bool(stream.rawdata)
    data = stream.get_data()
    if stored and not data:
        return False
    return _PAINTS.search(data + b"\n") is None
