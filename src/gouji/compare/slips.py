"""A character that differs inside otherwise equal clauses of two submissions, and is the rarer one: a likely slip of the pen.

Only a clause with a rare character can be wrong. With one wrong character it still has one half whole: the clauses that share that
half and the length are compared, no others. Three readings of the sentences, nothing held but the clauses in doubt.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from gouji.compare.store import Store
from gouji.model.likeness import Slip

_CLAUSE = re.compile(r"[^，、：“”（）《》]{9,60}")
_MEANT = frozenset(
    "一二三四五六七八九十百千两几省市州县区旗镇乡村局委办部厅院校会站所东西南北中上下前后左右大小新旧高低多少增减升降不未无有是否年月日男女"
)
_RARE, _TIMES = 2, 5  # the slip stands this often at most, and the right character that many times as often
_MOST = 20_000  # clauses in doubt; more of them are a foreign language


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A clause with a rare character at `at`."""

    submission: int
    block: int
    text: str
    at: int


def find_slips(store: Store) -> tuple[Slip, ...]:
    """The slips, each once, in the order of the submissions."""
    characters: Counter[str] = Counter()
    for _, unit in store.everything():
        characters.update(unit.text)
    rare = {c for c, n in characters.items() if n <= _RARE and "\u4e00" <= c <= "\u9fff" and c not in _MEANT}
    doubts = _doubts(store, rare)
    found: dict[tuple[int, int, int], Slip] = {}
    owners = store.owners
    for index, unit in store.everything() if doubts else ():
        for match in _CLAUSE.finditer(unit.text):
            for doubt in (d for half in _halves(match.group()) for d in doubts.get(half, ())):
                right = match.group()[doubt.at]
                if (
                    owners[index] != doubt.submission
                    and match.group() == doubt.text[: doubt.at] + right + doubt.text[doubt.at + 1 :]
                    and "\u4e00" <= right <= "\u9fff"
                    and characters[right] >= _TIMES * characters[doubt.text[doubt.at]]
                ):
                    slip = Slip(doubt.submission, doubt.block, doubt.text, doubt.at, right, int(owners[index]), match.group())
                    found.setdefault((doubt.submission, doubt.block, doubt.at), slip)
    return tuple(found[key] for key in sorted(found))


def _halves(clause: str) -> tuple[tuple[int, int, str], ...]:
    middle = len(clause) // 2
    return (len(clause), 0, clause[:middle]), (len(clause), 1, clause[middle:])


def _doubts(store: Store, rare: set[str]) -> dict[tuple[int, int, str], list[_Doubt]]:
    """The clauses with a rare character, under the half that it is not in."""
    found: dict[tuple[int, int, str], list[_Doubt]] = defaultdict(list)
    owners = store.owners
    for index, unit in store.everything() if rare else ():
        if rare.isdisjoint(unit.text):
            continue
        for match in _CLAUSE.finditer(unit.text):
            clause = match.group()
            for at in (n for n, char in enumerate(clause) if char in rare):
                if len(found) < _MOST:
                    whole = _halves(clause)[1 if at < len(clause) // 2 else 0]
                    found[whole].append(_Doubt(int(owners[index]), unit.block, clause, at))
    return found
