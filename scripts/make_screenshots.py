"""Make the pictures of `docs/screenshots/`: reports over the sample documents, taken in headless Chromium, and a marked Word file
as LibreOffice prints it.

`make_screenshots.py [FOLDER]`. Fonts and rasters differ between machines, so that the pictures are made by hand when the look
changes and are not compared by a test.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "reports"))

import margin  # noqa: E402 - found through the path above
import pypdfium2  # noqa: E402 - found through the path above
from browser import Browser  # noqa: E402 - found through the path above
from PIL import Image, ImageOps  # noqa: E402 - found through the path above

from gouji.engine import originals  # noqa: E402 - found through the path above
from gouji.engine.diff import compare  # noqa: E402 - found through the path above
from gouji.engine.runner import audit  # noqa: E402 - found through the path above
from gouji_reports import comparison_html, html  # noqa: E402 - found through the path above
from gouji_reports.marked.writer import WRITER as MARKED  # noqa: E402 - found through the path above

SEEDED = Path("sample_inputs") / "seeded"  # as a user names it, for the pictures show it
OPEN_PICTURES = "document.querySelector('.pictures').open = true; scrollTo(0, 0); 0"
SECOND_CARD = "document.querySelectorAll('.card')[1].click(); 0"
VIEWS = (  # name, documents, width, height, dark, what to do first
    ("report", ["water_bureau.docx"], 1360, 900, False, SECOND_CARD),
    ("pictures", ["housing_form.docx"], 1360, 760, False, OPEN_PICTURES),
    ("dark", ["market_bureau.pdf"], 1360, 900, True, SECOND_CARD),
    ("telephone", ["cppcc_flattened.txt"], 400, 860, False, "0"),
    ("several", [p.name for p in sorted((ROOT / SEEDED).iterdir()) if p.suffix != ".json"], 1360, 620, False, "0"),
)


def written(writer: Any, result: Any, file: Path) -> Path:
    """A report on disk."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer.write(result, stream)
    return file


def take(browser: Browser, page: Path, target: Path, width: int, height: int, *, dark: bool, first: str) -> None:
    """One picture, in few colours so that the repository stays small."""
    features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.call("Emulation.setEmulatedMedia", features=features)
    browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    browser.open(page)
    browser.js(first)
    shot = target.with_suffix(".raw.png")
    browser.picture(shot, width, height, dark=dark)
    _keep(Image.open(io.BytesIO(shot.read_bytes())).convert("RGB"), target)
    shot.unlink()


def take_margin(sample: Path, folder: Path, target: Path) -> None:
    """The first page of the marked sample with its comments in the margin, without the white round it."""
    marked = folder / sample.name
    with marked.open("wb") as stream:
        MARKED.write_binary(audit([sample]), stream, original=originals.read)
    (printed,) = margin.print_with_comments([marked], folder / "printed")
    page = pypdfium2.PdfDocument(printed)[0].render(scale=2).to_pil().convert("RGB")
    inked = page.crop(ImageOps.invert(page).getbbox())
    _keep(ImageOps.expand(inked, 24, "white"), target)


def _keep(picture: Image.Image, target: Path) -> None:
    picture.quantize(200, dither=Image.Dither.NONE).save(target, optimize=True)


def main(target: Path = ROOT / "docs" / "screenshots") -> None:
    os.chdir(ROOT)
    target.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    with Browser(folder / "profile") as browser:
        for name, files, width, height, dark, first in VIEWS:
            page = written(html.WRITER, audit([SEEDED / file for file in files]), folder / f"{name}.html")
            take(browser, page, target / f"{name}.png", width, height, dark=dark, first=first)
        new = Path(tempfile.gettempdir()) / "water_bureau.txt"
        text = "\n\n".join(b.text for b in audit([SEEDED / "water_bureau.docx"]).documents[0].document.blocks)  # type: ignore[union-attr]
        new.write_text(text.replace("85%", "80%").replace("95.5%", "96.5%").replace("98.12", "97.12"), "utf-8")
        page = written(
            comparison_html.WRITER, compare(audit([SEEDED / "water_bureau.docx"]), audit([new])), folder / "diff.html"
        )
        take(browser, page, target / "diff.png", 1280, 860, dark=False, first="0")
    if margin.DRAWS_COMMENTS:
        take_margin(SEEDED / "water_bureau.docx", folder, target / "margin.png")
    else:
        print(f"margin.png: {margin.NEEDS}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
