"""Office files without a clock: what a library stamps with the time of writing is set to one fixed time."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from gouji_reports.plain import visible

_TIME = (1980, 1, 1, 0, 0, 0)
_HARMFUL = re.compile(r'[\x00-\x1f\\/:*?"<>|]')  # in a file name, on one system or another
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")


def timeless(data: bytes) -> bytes:
    """The same package with its parts in one order and no time of day in it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return out.getvalue()


def archive(files: list[tuple[str, bytes]]) -> bytes:
    """Several files in one zip, numbered, each under its name: made harmless, since a submitter chose it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (name, data) in enumerate(files, 1):
            info = zipfile.ZipInfo(f"{number:03d}_{_HARMFUL.sub('_', visible(name))}", _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return out.getvalue()
