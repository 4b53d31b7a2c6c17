"""What the PDF reader says of files that it cannot open, or not whole."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gouji.model.document import DocumentError
from gouji.readers.pdf import read_raw
from gouji.readers.raw import RawParagraph

SONG = "STSong-Light"


def report(**settings_of_canvas: object) -> bytes:
    """A PDF of two pages: a sentence and a small ruled table on each."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1, **settings_of_canvas)
    for _ in range(2):
        canvas.setFont(SONG, 12)
        canvas.drawString(80, 760, "预算执行率95%，其中会议费36.89万元。")
        for x in (80, 180, 280):
            canvas.line(x, 700, x, 640)
        for y in (700, 670, 640):
            canvas.line(80, y, 280, y)
        for x, y in ((90, 680), (190, 680), (90, 650), (190, 650)):
            canvas.drawString(x, y, "7.5")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


WHOLE = report()
ZERO_PAGES = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n"
    b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n110\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空的"),
        (b"PK\x03\x04 this is a zip", "不是PDF"),
        ("预算执行率".encode(), "不是PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "PDF文件"),
        (WHOLE[: len(WHOLE) // 2], "不完整"),
        (WHOLE[:-200], "不完整"),
        (ZERO_PAGES, "一页也没有"),
        (report(encrypt=StandardEncryption("secret", "owner", strength=128)), "密码"),
    ],
    ids=["empty", "zip", "text", "garbage", "half", "no end", "no page", "password"],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    """One error, with its reason in Chinese and in English."""
    with pytest.raises(DocumentError) as caught:
        read_raw(data, "x.pdf")
    assert reason in caught.value.reason.zh
    assert caught.value.reason.en


def test_a_file_locked_only_against_changes_is_read() -> None:
    """Encrypted with an empty password to open: everybody may read it, and so do we."""
    raws, gaps, pages = read_raw(report(encrypt=StandardEncryption("", "owner", strength=128)), "x.pdf")
    texts = [r.text for r in raws if isinstance(r, RawParagraph)]
    assert texts == ["预算执行率95%，其中会议费36.89万元。"] * 2
    assert (gaps, pages) == ([], 2)


PLAIN = report(pageCompression=0)
KIDS = re.search(rb"/Kids \[ (\d+) 0 R (\d+) 0 R \]", PLAIN)
assert KIDS is not None
START, END = WHOLE.rindex(b"\nstream\n") + 8, WHOLE.rindex(b"endstream")  # of the second page's contents


@pytest.mark.parametrize(
    "broken",
    [
        PLAIN[: PLAIN.rindex(b"/Type /Page\n")] + b"/Type /Nope\n" + PLAIN[PLAIN.rindex(b"/Type /Page\n") + 12 :],
        PLAIN.replace(KIDS[0], KIDS[0].replace(b" %s 0 R ]" % KIDS[2], b" %s 0 R ]" % (b"9" * len(KIDS[2])))),
        WHOLE.replace(b"/Contents 10 0 R", b"/Contents 99 0 R"),
        WHOLE[:START] + b"x" * (END - START) + WHOLE[END:],
    ],
    ids=["no page", "page missing", "contents missing", "contents wiped"],
)
def test_a_page_that_is_damaged_is_said_aloud(broken: bytes) -> None:
    """The first page is read, the second one is named: a damaged page must not pass for a blank one."""
    raws, gaps, pages = read_raw(broken, "x.pdf")
    assert [r.text for r in raws if isinstance(r, RawParagraph)] == ["预算执行率95%，其中会议费36.89万元。"]
    assert [gap.what.zh for gap in gaps] == ["第2页"]
    assert pages == 2


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cut=st.integers(0, len(WHOLE)))
def test_a_cut_file_is_refused_or_read_whole(cut: int) -> None:
    """However a transfer breaks off, there is no traceback, and never a part taken for the whole."""
    try:
        raws, _, pages = read_raw(WHOLE[:cut], "x.pdf")
    except DocumentError as error:
        assert error.reason.zh
    else:
        assert pages == 2
        assert sum(isinstance(r, RawParagraph) for r in raws) == 2


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(flips=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_file_never_ends_in_a_traceback(flips: list[tuple[int, int]]) -> None:
    """Whatever bytes are changed, the answer is a document or one reason."""
    data = bytearray(WHOLE)
    for place, value in flips:
        data[place] = value
    try:
        raws, gaps, pages = read_raw(bytes(data), "x.pdf")
    except DocumentError as error:
        assert error.reason.en
    else:
        assert pages >= 1
        assert all(gap.what.zh for gap in gaps)
        assert isinstance(raws, list)
