"""What Word shows and this reader cannot read, and what Word hides: collected by kind, reported as not checked."""

from __future__ import annotations

from enum import Enum

from gouji.model.document import NotChecked
from gouji.model.text import Text

_SAMPLES = 3
_SAMPLE = 20  # characters quoted of each


class Kind(Enum):
    """A kind of content that is not checked; the value names it and says why, in Chinese and English."""

    HIDDEN = (
        "隐藏文字",
        "hidden text",
        "在 Word 中设为隐藏，打印时不显示，未作核对",
        "it is hidden in Word and not printed; not checked",
    )
    PICTURE = (
        "大幅图片",
        "large picture",
        "图片里可能有文字或表格，未作识别",
        "it may hold words or a table; pictures are not read",
    )
    OBJECT = ("嵌入对象", "embedded object", "嵌入的表格或文档未读取", "embedded sheets and documents are not read")
    CHART = ("图表", "chart", "图表中的数据未读取", "the data of charts are not read")
    DIAGRAM = ("SmartArt 图示", "SmartArt diagram", "图示中的文字未读取", "the words of diagrams are not read")
    CHUNK = ("外部内容块", "embedded chunk", "以其他格式嵌入的内容未读取", "content embedded in another format is not read")


class Unread:
    """The collection of one document."""

    def __init__(self) -> None:
        self._found: dict[Kind, list[str]] = {}

    def add(self, kind: Kind, sample: str = "") -> None:
        """Note one occurrence; `sample` is quoted in the report."""
        self._found.setdefault(kind, []).append(sample.strip())

    def has(self, kind: Kind) -> bool:
        return kind in self._found

    def report(self) -> list[NotChecked]:
        """One entry for each kind, in the order of `Kind`."""
        return [_entry(kind, self._found[kind]) for kind in Kind if kind in self._found]


def _entry(kind: Kind, samples: list[str]) -> NotChecked:
    zh, en, why_zh, why_en = kind.value
    cut = [s if len(s) <= _SAMPLE else s[:_SAMPLE] + "…" for s in samples if s][:_SAMPLES]
    quotes_zh = "：" + "、".join(f"“{s}”" for s in cut) if cut else ""
    quotes_en = ": " + ", ".join(f"“{s}”" for s in cut) if cut else ""
    return NotChecked(Text(f"{zh} {len(samples)} 处{quotes_zh}", f"{en} ×{len(samples)}{quotes_en}"), Text(why_zh, why_en))
