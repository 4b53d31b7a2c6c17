"""Make the built-in templates of the correction notice, `reports/gouji_reports/templates/notice.<lang>.docx`.

An office makes its own in Word: copy one, change everything but the placeholders. See `gouji_reports.notice`.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from gouji_reports.office import timeless

TARGET = Path(__file__).resolve().parent.parent / "reports" / "gouji_reports" / "templates"
ZH = {
    "title": "整改通知书",
    "to": "{{单位}}：",
    "intro": "经核对你单位提交的《{{标题}}》（文件：{{文件}}），下列{{件数}}处数字或文字需要核实。请逐项更正原文或书面说明理由，"
    "于______年____月____日前反馈。",
    "item": ("{{序号}}. {{问题}}", ("原文：“{{原文}}”（{{位置}}）", "核算：{{计算}}", "依据：{{依据}}", "要求：{{要求}}")),
    "missed": "未能核对的内容，请一并自查：{{未核对}}",
    "sign": ("（印章）", "______年____月____日"),
}
EN = {
    "title": "Correction notice",
    "to": "To {{单位}}:",
    "intro": "In your submission “{{标题}}” (file: {{文件}}) the following {{件数}} places need to be verified. Please correct the "
    "text or explain in writing, item by item, by ____________.",
    "item": (
        "{{序号}}. {{问题}}",
        ("Text: “{{原文}}” ({{位置}})", "Recomputed: {{计算}}", "Rests on: {{依据}}", "Requirement: {{要求}}"),
    ),
    "missed": "Not checked; please verify yourselves: {{未核对}}",
    "sign": ("(seal)", "Date: ____________"),
}


def make(words: dict[str, Any]) -> bytes:
    """A template in the look of GB/T 9704: 方正小标宋-like title, 仿宋 三号 text, 28 pt lines."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)

    def add(text: str, *, bold: bool = False, size: float = 16, indent: bool = True, font: str = "仿宋") -> Any:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.font.size, run.font.name = bold, Pt(size), "Times New Roman"
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
        paragraph.paragraph_format.line_spacing = Pt(28)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.first_line_indent = Pt(2 * size) if indent else None
        return paragraph

    add(words["title"], bold=True, size=22, indent=False, font="宋体").alignment = WD_ALIGN_PARAGRAPH.CENTER
    add("", indent=False)
    add(words["to"], indent=False)
    add(words["intro"])
    add("{{#问题}}")
    head, lines = words["item"]
    add(head, bold=True, font="黑体").paragraph_format.keep_with_next = True
    for line in lines:
        add(line)
    add("{{/问题}}")
    add(words["missed"])
    add("", indent=False)
    for line in words["sign"]:
        add(line, indent=False).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


if __name__ == "__main__":
    for lang, words in (("zh", ZH), ("en", EN)):
        (TARGET / f"notice.{lang}.docx").write_bytes(make(words))
