"""Word written twice."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.spans import prose

_PAIRED = "主要|其中|进行|及时|按照|根据|通过|加强|以及|严格|切实|不断|有效|确保|提高|促进|积极|认真|同时|由于|因此|开展|完成|实施|落实"
_DOUBLED = re.compile(
    rf"(?P<long>(?![一每逐两几百])[\u4e00-\u9fff]{{3,8}})(?P=long)|(?P<pair>{_PAIRED})(?P=pair)|(?:(?<![目标])|(?<=项目)|(?<=科目)|(?<=目标)|(?<=指标))的的(?![确士])"
)


@check(
    code="ST113",
    name="doubled-word",
    theme="structure",
    severity=Severity.NOTICE,
    zh="词语重复",
    en="word written twice",
)
def doubled_word(ctx: AuditContext) -> Iterator[Hit]:
    """Word written twice.

    What it does
    Reports a word or phrase that stands twice in a row: 主要是主要是, 进一步进一步, 的的. Reduplication that the language knows (常常,
    一项一项) and 目的的 are not reported.

    Why is this bad
    The sentence was edited by halves or taken from a template.

    Example
    Flagged::

        支出减少的主要原因主要原因是压缩开支。
        ----
        下一步进一步进一步加强管理。

    Accepted::

        逐项逐项核对，常常走访，一件一件落实，按项目的目的的不同分类。
        ----
        开展了了解民情活动。

    Rests on
    None: slips of editing.
    """
    for block in _doubling(list(prose(ctx))):
        for match in _DOUBLED.finditer(block.text):
            words = match.group()
            if len(set(words)) == 1 and words != "的的":
                continue
            yield Hit(
                Text(f"词语重复：“{words}”", f"written twice: “{words}”"),
                (Place(Span(block.index, match.start(), match.end())),),
                stated=words,
            )


def _doubling(blocks: list[Block]) -> Iterator[Block]:
    """The blocks in which two to eight characters stand twice in a row: the text against itself moved, as one number each."""
    raw = "\n".join([block.text for block in blocks]).encode("utf-16-le", "replace")
    whole = int.from_bytes(raw, "little")
    moved = [(bytes(2 * n), (whole ^ (whole >> 16 * n)).to_bytes(len(raw), "little")) for n in range(2, 9)]
    found = [(nothing, same) for nothing, same in moved if nothing in same]
    start = 0
    for block in blocks:
        end = start + len(block.text.encode("utf-16-le", "replace"))
        if "的的" in block.text or any(same.find(nothing, start, end) >= 0 for nothing, same in found):
            yield block
        start = end + 2
