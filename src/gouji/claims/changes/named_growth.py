"""Growths of a figure that another sentence gives under the same name: 公务用车购置及运行维护费支出决算减少20.06万元，下降88.37%.

The sentences of final accounts that compare with last year name the item and not its amount, which stands some paragraphs before or
behind. A name that the document gives to one amount alone tells it for certain; among several one may only bear the growth out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED
from gouji.claims.build import LIKELY
from gouji.claims.changes.change_words import DELTA
from gouji.claims.scene import Item, Passage, Scene, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict

_LEAST = 4  # characters of a name that is one item's own
_CLAUSE = 60  # characters before the difference that may name it
_HEAD = re.compile(r"[。；;]|其中[：:，,]")
_TAIL = re.compile(
    r"(?:(?:比|较|与|同)\s?(?:上年度?|去年|20\d\d\s?年度?)(?:同期)?(?:决算数?|预算数?)?(?:相比|比较)?，?)?"
    r"(?:增加|减少|增长|下降|上升|降低)(?:了)?\s?$"
)
_GENERAL = re.compile(r"20\d\d\s?年度?|（[^）]*）|[“”\s]|财政拨款|支出|决算|费用$|年度|本年|全年|数$|为$|是$")
_BUDGET = re.compile(r"(?:年初|全年|调整后?)?预算(?:数)?(?:为|是)?\s?$")
_BARE = re.compile(r"，?(?:支出)?决算数?(?:为|是)?\s?")
_Grown = Callable[[Item, Item, Item], Claim | None]


class Names:
    """The amounts of a document by the core of their name, gathered when the first one is asked for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._found: dict[str, list[Item]] | None = None

    def amounts(self, name: str) -> list[Item]:
        if self._found is None:
            self._found = {}
            for item in self._scene.items():
                if _may_be(item):
                    self._found.setdefault(_name(self._scene, item), []).append(item)
        return self._found.get(name, [])


def find(names: Names, passage: Passage, item: Item, delta: Item, grown: _Grown) -> Claim | None:
    """The growth `item` by `delta` of the amount that the document gives elsewhere under the name told before it."""
    words = passage.text[max(0, delta.q.span.start - _CLAUSE) : delta.q.span.start]
    tail = _TAIL.search(words)
    if tail is None:
        return None
    heads = list(_HEAD.finditer(words, 0, tail.start()))
    name = _core(words[heads[-1].end() if heads else 0 : tail.start()].rpartition("，")[2])
    if len(name) < _LEAST:
        return None
    amounts = [i for i in names.amounts(name) if kin(i.q, delta.q)]
    claims = [c for c in (grown(item, delta, i) for i in amounts) if c is not None]
    tie = next((c for c in claims if c.verdict is not Verdict.DISAGREES), None)
    if tie is not None or not claims or len({i.q.base for i in amounts}) > 1:
        return replace(tie, shape="elsewhere") if tie is not None else None
    sure = claims[0].cause in (TRANSPOSED, ONE_DIGIT)
    return replace(claims[0], shape="elsewhere", confidence=claims[0].confidence if sure else LIKELY)


def _may_be(item: Item) -> bool:
    return item.money and not item.hedged and item.role not in (*DELTA, Role.PRIOR, Role.BUDGET, Role.STANDARD)


def _name(scene: Scene, item: Item) -> str:
    """The name of an amount; of a bare 支出决算 behind its budget, the budget's."""
    if _BARE.fullmatch(item.gap) and item.order:
        passage = scene.by_block[item.q.span.block]
        budget = passage.items[item.order - 1]
        return _core(_BUDGET.sub("", budget.label)) if budget.role is Role.BUDGET else ""
    return _core(item.label)


@lru_cache(maxsize=4096)
def _core(words: str) -> str:
    return _GENERAL.sub("", words.strip("，、：:（ "))
