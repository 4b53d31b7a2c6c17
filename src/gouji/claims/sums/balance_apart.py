"""Balances told over paragraphs: （一）收入：上年结转A，本年到位B。（二）支出：C。（三）结余：D.

D = A + B − C, or B − C where B holds what was carried over. What ties to the last digit is taken; where nothing does, the plain equation
of the one income, the one expenditure and what was carried over is said to fail where a slip of the pen explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.vocabulary import CLOSING_WORDS, OPENING_WORDS, Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict

_NEAR = 3  # paragraphs before
_COMES_IN = re.compile(r"收入|到位|下达|预算|拨款|可用|指标|安排|收到|筹集|拨入|到账")
_GOES_OUT = re.compile(r"支出|支付|使用|执行|决算")
_LEFT = re.compile(r"结余|结转|结存|剩余|未支出|未使用|未执行|未用")
_RETURNED = re.compile(r"收回|上缴|累计|滚存|交回|历年|净增|净减")
_STILL = re.compile(r"(?:[尚仍还](?:有|余|存|剩)?|剩|余)$")
_UNSPENT = re.compile(r"\s?(?:资金)?(?:尚|仍|还)?(?:未|没有|没)(?:支|使|执|拨|用|花)")
_AT_END_OF = re.compile(r"(20\d\d)年(?:度)?[末底]")
_CLOSES = re.compile(r"12月(?:31日|底)|[年期]末|年底")
_FINE = 4  # digits of what is left that no slip meets by chance


def find(scene: Scene, stated: set[int], used: set[int]) -> Iterator[Claim]:
    """Every such balance. `stated` and `used` hold id() of the results and the members of sums."""
    for at, passage in enumerate(scene.passages):
        if Role.LEFT not in passage.roles and not passage.tells("未", "没"):
            continue
        for left in passage.items:
            fit = left.money and _is_left(left) and not left.hedged and not left.q.depth and left.q.base > 0
            if (
                not fit
                or id(left.q) in stated
                or id(left.q) in used
                or _RETURNED.search(left.label)
                or not (_LEFT.search(left.label) or left.role is not Role.LEFT)
            ):
                continue
            claim = _claim(left, _neighbours(scene, at), passage, scene.document.year)
            if claim is not None:
                stated.add(id(left.q))
                yield claim


def _is_left(item: Item) -> bool:
    """Told as left, before the figure or behind it: 年末尚有32.6万元未支出."""
    told = _STILL.search(item.gap) is not None and _UNSPENT.match(item.after) is not None
    return item.role is Role.LEFT or (told and item.role is Role.PLAIN)


def _opens(item: Item, left: Item, year: int | None) -> bool:
    """上年结转, or 2021年末结转 where the year after is spoken of."""
    if item.role is Role.OPENING or OPENING_WORDS.search(item.label):
        return True
    told = _AT_END_OF.search(item.gap) if item.role is Role.LEFT else None
    now = re.search(r"(20\d\d)年", left.gap)
    here = int(now[1]) if now else year
    return told is not None and here is not None and int(told[1]) == here - 1


def _neighbours(scene: Scene, at: int) -> list[Passage]:
    """The paragraphs before, without a gap of more than one between them."""
    out: list[Passage] = []
    last = scene.passages[at].block.index
    for passage in reversed(scene.passages[max(0, at - _NEAR) : at]):
        if last - passage.block.index > 2:
            break
        out.insert(0, passage)
        last = passage.block.index
    return out


def _claim(left: Item, ahead: Sequence[Passage], passage: Passage, year: int | None) -> Claim | None:
    if not ahead:
        return None
    rows = [*(p.items for p in ahead), passage.items[: left.order]]
    plain = [[i for i in row if i.money and not i.hedged and not i.q.depth] for row in rows]
    opening = [i for row in plain for i in row if _opens(i, left, year)]
    spent = [h for row in plain if (h := _head(row, Role.SPENT, _GOES_OUT)) is not None]
    income = [h for row in plain if (h := _head(row, Role.INCOME, _COMES_IN) or _head(row, Role.BUDGET, _COMES_IN)) is not None]
    equations = [
        ([*o, i, s], [*([1] * len(o)), 1, -1])
        for o in ([], *([x] for x in opening))
        for i in income
        for s in spent
        if i is not s
    ]
    across = [(m, g) for m, g in equations if any(x.q.span.block != left.q.span.block for x in m)]
    for members, signs in across:
        outcome = compare_sum(left.q.figure, [m.q.figure for m in members], signs)
        if outcome.verdict is Verdict.AGREES and outcome.right == left.q.base:
            return claim_of(ClaimKind.BALANCE, left, _roles(members, signs), outcome, shape="apart", confidence=SURE)
    if len(income) != 1 or len(spent) != 1 or len(opening) > 1:
        return None
    if not (CLOSING_WORDS.search(left.label) or _CLOSES.search(left.gap)) and spent[0].q.span.block != left.q.span.block:
        return None
    carried = opening if opening and not re.search("可用|含", income[0].label) else []
    members, signs = [*carried, income[0], spent[0]], [*([1] * len(carried)), 1, -1]
    outcome = compare_sum(left.q.figure, [m.q.figure for m in members], signs)
    digits = len(re.sub(r"\D", "", left.q.raw))
    fine = digits >= _FINE or (outcome.cause is TRANSPOSED and digits == _FINE - 1 and len(opening) == 1)
    if outcome.right <= 0 or outcome.cause not in (TRANSPOSED, ONE_DIGIT) or not fine or outcome.holds:
        return None
    return claim_of(ClaimKind.BALANCE, left, _roles(members, signs), outcome, shape="apart", confidence=LIKELY)


def _head(row: Sequence[Item], role: Role, words: re.Pattern[str]) -> Item | None:
    """The first amount of a paragraph in that role: those behind it break it down."""
    return next((i for i in row if i.role is role and words.search(i.label)), None)


def _roles(members: Sequence[Item], signs: Sequence[int]) -> list[tuple[str, Item]]:
    return [("plus" if s > 0 else "minus", m) for m, s in zip(members, signs, strict=True)]
