"""Equalities told in words: a figure said to be the same as another one that is named.

`金额合起来T，与项目支出相同`; `三项合计T，与全年支出一致`; `得分T，与自评表得分一致`. The named figure is looked for before this one, nearest first.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.claims.arithmetic import compare_value
from gouji.claims.build import LIKELY, claim_of
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind

_SAME = re.compile(
    r"^[，；（]?(?:正好|恰好|刚好|恰)?(?:与|和|同|跟)(?:上述|上文|前述|前文|前面|第?[一二三四五六]部分|本部门|我[局委办院]|单位|全年|本年度?|当年|\d{4}年度?)*(?:的)?"
    r"(?P<name>[\u4e00-\u9fff]{3,10}?)(?:的?(?:金额|数额|总额|数据|合计数|总数))?(?:完全|保持|是|正好|恰好)*(?:相同|一致|相等|相符|吻合|对得上)"
)
_OUT = {Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED}
_FAR = 40  # passages that the named figure is looked for in


def find(scene: Scene) -> Iterator[Claim]:
    """Every figure that the words behind it call equal to another one of the document."""
    for passage in scene.telling("相同", "一致", "相等", "相符", "吻合", "对得上"):
        index = scene.order[passage.block.index]
        for item in passage.items:
            match = _SAME.match(passage.text[item.q.span.end : item.q.span.end + 40])
            if match is None or item.hedged or item.role in _OUT:
                continue
            other = _named(scene, index, passage, item, match["name"])
            if other is None:
                continue
            outcome = compare_value(item.q.figure, other.q.base, other.q.figure.rounded(), match["name"])
            yield claim_of(ClaimKind.RESTATEMENT, item, [("restated", other)], outcome, shape="equal", confidence=LIKELY)


def _named(scene: Scene, index: int, passage: Passage, item: Item, name: str) -> Item | None:
    """The nearest earlier figure whose label ends with the name, if every such figure agrees with it."""
    found: Item | None = None
    for earlier in reversed(scene.passages[max(0, index - _FAR) : index + 1]):
        for other in reversed(earlier.items):
            if earlier is passage and other.order >= item.order:
                continue
            if other.label.endswith(name) and kin(other.q, item.q) and other.role not in _OUT and not other.hedged:
                if found is not None and found.q.base != other.q.base:
                    return None
                found = other
    return found
