"""The style sheet of a Word file: what is left out of it unread is what no paragraph takes anything from."""

from __future__ import annotations

import zipfile
from importlib import resources
from io import BytesIO

import docx
import pytest

from gouji.readers.container import parse_xml
from gouji.readers.docx.names import W
from gouji.readers.docx.styles import Styles, essential

HEADING = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
TABLE = '<w:style w:type="table" w:styleId="T"><w:name w:val="grid"/><w:tblPr/></w:style>'


def sheet(inside: str) -> bytes:
    """A style sheet with these styles."""
    space = W.strip("{}")
    return f'<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{space}">{inside}</w:styles>'.encode()


def test_every_style_of_a_paragraph_is_what_it_is_in_the_whole_sheet() -> None:
    """In the sheet that Word files have by default, of which a tenth is left."""
    template = resources.files(docx) / "templates" / "default.docx"
    with zipfile.ZipFile(BytesIO(template.read_bytes())) as archive:
        whole = archive.read("word/styles.xml")
    cut = essential(whole)
    assert len(cut) * 10 < len(whole)
    root = parse_xml(whole, "styles.xml")
    ours, theirs = Styles(parse_xml(cut, "styles.xml")), Styles(root)
    styles = [style for style in root if style.tag == W + "style" and style.get(W + "type") != "table"]
    assert len(styles) > 50
    for style in styles:
        assert ours.get(style.get(W + "styleId")) == theirs.get(style.get(W + "styleId"))
    assert ours.get(None) == theirs.get(None)


def test_tables_styles_and_latent_ones_are_left_out() -> None:
    """The style before and after them stays."""
    latent = '<w:latentStyles w:count="1"><w:lsdException w:name="heading 1"/></w:latentStyles>'
    last = HEADING.replace('"1"', '"2"').replace("heading 1", "heading 2")
    assert essential(sheet(latent + HEADING + TABLE + TABLE + last)) == sheet(HEADING + last)


@pytest.mark.parametrize(
    "inside",
    [
        f"<!-- {TABLE} -->{HEADING}",
        f"<?note {TABLE}?>{HEADING}",
        f'<w:style w:type="table" w:styleId="T"/>{HEADING}',
        f"<w:style w:type=\"table\" w:styleId='/>'/>{HEADING}",
        f'<w:style w:type="table" w:styleId="a>b"/>{HEADING}',
    ],
)
def test_a_sheet_that_could_be_misread_is_left_whole(inside: str) -> None:
    """What looks like a style of a table may be none, or none that ends where it seems to."""
    assert essential(sheet(inside)) == sheet(inside)
    assert Styles(parse_xml(essential(sheet(inside)), "styles.xml")).get("1").heading == 1


def test_a_sheet_cut_short_is_left_whole() -> None:
    """The parser is to see that it is damaged."""
    short = sheet(TABLE)[:-40]
    assert essential(short) == short
