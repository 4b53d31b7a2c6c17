"""Parts of a whole that is named again before them: 基本支出里人员经费A、公用经费B; 立案的268件里，…; 在职中，机关A人、支队B人.

The name is that of a figure in the sentence or the one before. The list is judged as one behind 其中: complete where its names or its
size say so. A list in the sentence right behind its whole is tied where it makes it up to the last digit, whatever its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import TRANSPOSED, compare_sum
from gouji.claims.build import LIKELY, SURE
from gouji.claims.follow import follows
from gouji.claims.scene import Item, Passage, Scene, kin, wholes
from gouji.claims.sums.cues import ADDITIVE, EACH, NOT_A_PART, Cue
from gouji.claims.sums.judge import judge, open_ended, total_claim
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.quantity import Dimension

_WORDS = ("里", "中")
_INSIDE = re.compile(
    r"(?:^|[，；。：])\s*(?P<name>[^，。；：、\d]{0,14}?)(?:里面?|当中|之中|(?<![其年集])中)(?P<label>(?:，|：|，?其中)?[^，；。：、\d]{1,16})$"
)
_KIND = re.compile(r"(?:人员|资金|支出|经费|项目|部分|任务|的钱|的|面积)+$")
_AGAIN = re.compile(r"^(?:上述|这|全部|本年|全年|年末|\d{4}年)?")
_HEDGING = re.compile(r"主要|重点|大多|部分|最|前[一二三四五六七八九十\d]|还有|另|，已|又")
_FIRST = re.compile(r"[\u4e00-\u9fff（）]{0,6}，[\u4e00-\u9fffA-Za-z（）“”《》]{1,14}")
_STEP = re.compile(
    r"立案|受理|办结|结案|整改|完成|达标|合格|通过|验收|开工|竣工|审核|支付|到位|参加|取得|满意|采纳|答复|执行|发现|处置|处理|实到|应到|实际|计划|已|未|剩|结余|每|均|另|共|合计"
)
_END = re.compile(r"[\u4e00-\u9fff]{0,4}[。；，]|$")
_SPENDING = re.compile(r"支出|决算|执行|使用|支付")
_BASIC = re.compile(r"基本支出")
_UNLIKE = (Role.BUDGET, Role.LEFT, Role.OPENING, Role.INCOME)
_LEAST = 3
_NEAR = 10  # a list that misses by more than a tenth may be of something else
_FINE = 4
_MANY = 12


def find(scene: Scene, stated: set[int], used: set[int]) -> Iterator[Claim]:
    """Every such list whose whole no other finder has recomputed. `stated` and `used` hold id() of the wholes and the parts of sums."""
    for passage in scene.passages:
        if len(passage.items) < 2 or not passage.dimensions & ADDITIVE:
            continue
        for at, sentence in enumerate(passage.sentences):
            before = passage.sentences[at - 1] if at else []
            if not at and not used.intersection(id(i.q) for i in sentence):
                yield from (c for c in _below(scene, passage, sentence, used) if id(c.operands[0].quantity) not in stated)
            for claim in (
                *_inside(passage, sentence, before),
                *_list_of(passage, sentence),
                *_listed_behind(sentence, before, used),
            ):
                if id(claim.operands[0].quantity) not in stated:
                    stated.add(id(claim.operands[0].quantity))
                    yield claim


def _part(item: Item) -> bool:
    fit = item.q.dimension in ADDITIVE and item.q.dimension is not Dimension.SCORE and item.role not in NOT_A_PART
    return fit and not item.hedged and not EACH.search(item.label)


def _inside(passage: Passage, sentence: Sequence[Item], before: Sequence[Item]) -> Iterator[Claim]:
    """The lists that a name and 里 or 中 open."""
    if not passage.tells(*_WORDS):
        return
    for n, item in enumerate(sentence):
        told = _INSIDE.search(item.gap) if ("中" in item.gap or "里" in item.gap) and _part(item) else None
        if told is None or _HEDGING.search(told["label"]):
            continue
        bare = told.start() == 0 and item.gap.strip()[:1] not in "，；。：（("
        whole = _named(told["name"], bare, item, sentence[:n], before)
        run = _run(sentence, n)
        if whole is None or len(run) < 2 or whole.hedged or whole.role in NOT_A_PART:
            continue
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in run])
        if outcome.holds:
            yield total_claim(whole, run, outcome, "inside", SURE)
            continue
        claim = judge(passage, whole, run, outcome, Cue("which", n, bracket=False))
        if claim is not None and claim.verdict is Verdict.DISAGREES:
            yield claim


def _named(name: str, bare: bool, part: Item, ahead: Sequence[Item], before: Sequence[Item]) -> Item | None:
    """The figure that is named again: right before the words, or the nearest one whose label ends like the name."""
    if bare and ahead and kin(ahead[-1].q, part.q) and ahead[-1].order == part.order - 1:
        return ahead[-1] if ahead[-1].q.depth == part.q.depth else None  # 2207名儿童中
    plain = _KIND.sub("", _AGAIN.sub("", name)) or name
    if len(plain) < 2:
        return None
    for other in (*reversed(ahead), *reversed(before)):
        label = _KIND.sub("", other.label) or other.label
        if (
            kin(other.q, part.q)
            and other.q.base > part.q.base
            and len(label) >= 2
            and (label.endswith(plain) or _with_noun(plain, label, (*ahead, *before)))
        ):
            return other
    return None


def _with_noun(name: str, label: str, told: Sequence[Item]) -> bool:
    """提案216件，经审查立案186件 … 立案提案中: the last word of a label with the name of what is counted behind it."""
    ends = (n for n in range(2, min(len(name), len(label) + 1)) if label.endswith(name[:n]))
    return any(i.label.endswith(name[n:]) for n in ends for i in told if len(name) - n > 1)


def _run(sentence: Sequence[Item], n: int) -> list[Item]:
    """The list from item n on: named figures of one kind, one behind the other; what breaks one of them down stands in brackets."""
    run = [sentence[n]]
    for item in sentence[n + 1 :]:
        if item.percent or item.q.depth > run[0].q.depth:
            continue
        gap = item.gap.rpartition("）")[2] if item.q.depth == run[0].q.depth else item.gap
        if not (_part(item) and kin(item.q, run[0].q) and item.q.depth == run[0].q.depth and follows(gap, named=True)):
            break
        if (
            "其中" in gap
            or item.label.startswith(("按", "应"))
            or re.search(r"[里中]，?[^，；]*$", gap)
            or (item.q.segment != run[-1].q.segment and len(run) == 1)
        ):
            break
        run.append(item)
    return run


def _listed_behind(sentence: Sequence[Item], before: Sequence[Item], used: set[int]) -> Iterator[Claim]:
    """全年支出T，执行率P。甲A；乙B（…）。: what the sentence holds makes up a figure of the one before."""
    run = [i for i in sentence if _part(i)]
    if not before or len(run) < 2 or all(id(i.q) in used for i in run):
        return
    for whole in reversed(before):
        if whole.hedged or whole.role in NOT_A_PART or whole.q.dimension not in ADDITIVE or whole.q.depth or whole.q.base <= 0:
            continue
        parts = wholes([i for i in run if kin(i.q, whole.q) and i.q.depth == 0])
        if not 2 <= len(parts) <= _MANY or sum((p.q.base for p in parts), Decimal(0)) != whole.q.base:
            continue
        fine = sum(1 for p in parts if len(p.q.raw.replace(",", "")) > _FINE and p.q.figure.places) >= 2
        if fine or (len(parts) >= 3 and whole.q.base >= 20):
            yield total_claim(whole, parts, compare_sum(whole.q.figure, [p.q.figure for p in parts]), "implicit")
            return
    yield from _partition_behind(run, before, used)


def _below(scene: Scene, passage: Passage, sentence: Sequence[Item], used: set[int]) -> Iterator[Claim]:
    """…；决算支出T，完成率P。/ 基本支出A，项目支出B: the same at the head of the paragraph right below."""
    at = scene.order[passage.block.index]
    earlier = scene.passages[at - 1] if at else None
    if earlier is not None and earlier.sentences and passage.block.index - earlier.block.index == 1:
        run = [i for i in sentence if _part(i)]
        if v.partition_of([i.label for i in run if i.money]) in ("expenditure", "basic"):
            yield from _listed_behind(sentence, earlier.sentences[-1], used)


def _partition_behind(run: Sequence[Item], before: Sequence[Item], used: set[int]) -> Iterator[Claim]:
    """决算支出T，执行率P。基本支出A，占P；项目支出B: the parts that the forms fix, and the one expenditure before them."""
    parts = wholes([i for i in run if i.money and i.q.depth == 0])
    name = v.partition_of([p.label for p in parts]) if len(parts) >= 2 else None
    if name not in ("expenditure", "basic") or any(id(p.q) in used or re.search("其中|另|较|比|里|部分", p.gap) for p in parts):
        return
    named = [i for i in before if i.money and i.role is Role.SPENT and not i.hedged and not i.q.depth]
    word = _SPENDING if name == "expenditure" else _BASIC
    if len(named) != 1 or not word.search(named[0].label) or any(p.role in _UNLIKE for p in parts):
        return
    outcome = compare_sum(named[0].q.figure, [p.q.figure for p in parts])
    near = abs(outcome.right - named[0].q.base) * _NEAR <= named[0].q.base or outcome.cause is TRANSPOSED
    if not outcome.holds and near:
        yield total_claim(named[0], parts, outcome, "partition", LIKELY)


def _list_of(passage: Passage, sentence: Sequence[Item]) -> Iterator[Claim]:
    """隐患点326处，滑坡241处、崩塌58处、泥石流27处；: a list that 、 divides, right behind a figure that none of its names repeats."""
    for n, whole in enumerate(sentence[:-3]):
        head = sentence[n + 1]
        if not (_part(whole) and _part(head) and kin(whole.q, head.q) and whole.q.mark != "、" and head.q.mark == "，"):
            continue
        run = _run(sentence, n + 1)
        stop = next((k for k, i in enumerate(run[1:], 1) if i.q.mark != "、"), len(run))
        run = run[:stop]
        names = [p.label for p in run]
        plain = _FIRST.fullmatch(head.gap) is not None and all(names) and len(set(names)) == len(names)
        if len(run) < _LEAST or not plain or head.order != whole.order + 1 or any(p.role is not head.role for p in run):
            continue
        if any(_STEP.search(x) for x in names) or open_ended(passage, run) or "其中" in whole.gap:
            continue
        if not _END.match(passage.text, run[-1].q.span.end) or any(p.q.base >= whole.q.base for p in run):
            continue
        outcome = compare_sum(whole.q.figure, [p.q.figure for p in run])
        off = abs(outcome.right - whole.q.base) * _NEAR
        if outcome.holds or off <= whole.q.base or outcome.cause is TRANSPOSED:
            yield total_claim(whole, run, outcome, "bare", SURE if outcome.holds else LIKELY)
