"""Signed sums told in one sentence: an opening figure, what was added, what was taken away, and the result.

期初A，增加B，减少C，期末D; 送审A，审减B，审定C; 下达A，收回B，实际可用C; 评分A，加分B，减分C，最后得分D; 年初在职A人，调入B人，
退休C人，年末在职D人. The words before each figure give its sign; the last one, or the one that a result word names, is the result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.claims.arithmetic import SIGN, TRANSPOSED, Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of
from gouji.claims.scene import Item, Scene, kin
from gouji.claims.vocabulary import PEOPLE, Role, by_words
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.quantity import ZERO, Dimension

_RESULT = re.compile(
    r"(?:尾款|还差|尚差|期末|年末|年底|月末|审定|最终|最后|实际可|净|结余|结存|核定|认定|实际核|实际认|由此达|至此|剩余|尚余|还剩|余额|节约|节省|结余率|未支付|未执行|未使用|未支出|差额|缺口|合计得分|最终得分|结转|留存|现有|"
    r"尚欠|待(?:付|结|支付|结算|拨付?|兑付|发放)|尚未支付|实有|实际到位|实际下达|调整后|调整为|全年预算|净收益|盈余|亏损|还有|剩下|现存|(?:调整|核减|压减|砍|压缩|扣除|追加|调减|审减|核定|调剂|核销)后(?:的|余|剩|为)?|可以?动用|可支配|可用|"
    r"账面剩|实存|定案|^合$|^现|现[余仍]|仍有|尚有|尚$|转(?:入|至|到)?下(?:一)?(?:年|期|季|月|学期)|^其余|^剩下|^构成|^等于|未办结|未结|未执结|在办|待办|未完成|未落实|未发放|滚存|实余|余下|还余)"
)
_PENDING = re.compile(r"\s?(?:资金|任务|投资)?(?:未|没有|尚未|待|仍未|还没)")  # 尚有5万元未支付: said behind the figure
_SO_FAR = re.compile(
    r"可用|可支配|可动用|可供|合计|共计|总计|共$|共有$|总可"
)  # what has come in so far, before anything is taken away
_TAKEN_OFF = re.compile(r"减去|再减|扣除|扣减|剔除|加上|再加")
_DEDUCTED = ("扣除", "剔除", "扣减", "核减", "减去")
_GAPS = ("缺口", "差口", "差", "缺", "亏空")
_BEFORE_IT = re.compile(r"（\s?原[\u4e00-\u9fff]{0,8}$")
_PLUS = re.compile(
    r"补[入栽充]|接入|装上|安装|新入|新纳入|新参保|发展|入会|入党|入学|入院|入住|入园|入托|进账|收进|购进|进货|划拨|繁殖|出生|产仔|孵化|捐赠入|新招|新收|收到|受理|当年下|本年下|新下|新到|加上|再加|拨入|存入|移入|进来|迁入|纳入|增加|追加|调增|新增|调入|转入|加分|奖励分|收入|补充|下拨|入库|招录|增收|流入|划入|录用|招聘|新进|吸收|新登记|利息|计提|举借|补助收入|购入|新购|接收|上年|年初|期初"
)
_MINUS = re.compile(
    r"拔除|拆除|停保|退保|脱保|断保|停发|停缴|停用|停业|歇业|毕业|结业|退役|到期|失效|解除|清退|劝退|迁走|转走|调走|销毁|报损|领出|发出|外借|清偿|偿付|清还|兑付|退还|清退|退付|返还|转作|转为|划扣|抵扣|罚没|出院|离院|病故|退园|出园|离岗|解约|解聘|付出|花出|死亡|淘汰|宰杀|病死|放生|审结|执结|结案|已结|领用|领取|领走|借出|售出|用掉|用了|注销|减去|再减|剔除|移出|拨出|转付|取出|已付|砍|压缩|削减|偿还|归还|还款|减少|核减|审减|调减|压减|收回|退休|出去|走了|迁出|离开|退出|调出|转出|减分|扣分|扣除|扣减|支出|使用|成交|中标|结算|实际|支付|执行|退库|流出|划出|辞职|去世|离职|报废|核销|处置|上缴|"
    r"用于|用去|已用|列支|拨付|发放|消耗|办结|完成|出库"
)
_OPENS = re.compile(
    r"^(?:\d{4}年|上年|去年)(?:年?底|末)|收取|预收|保证金|押金|质保金|欠付|滚存|账上|留有|结存|受理|收案|限价|可用|可支配|库存|基础|期初|年初|上年|在册|收入|投资|存量|结转|原|送审|预算|下达|总额|采购|计划|到位|收入|评分|安排|批复|库存|收到|指标|应|账面|概算|申报|合同|控制价|部门评"
)
_MOVES_IN = re.compile(
    r"调入|转入|移入|新开|新设|新建|开通|补[入栽充]|入库|购入|新增|追加|录用|招聘|招录|考录|考入|遴选|安置|新招|新进|引进|进来"
)
_MOVES_OUT = re.compile(
    r"销号|撤并|撤销|停开|取消|淘汰|关停|注销|退出|调出|转出|移出|出库|退休|离职|报废|核销|砍|调减|核减|扣减|出去"
)
_TAKES_OFF = re.compile(rf"(?:{'|'.join(_DEDUCTED)})[^，。]{{0,12}}$")
_OUTSIDE = re.compile(r"(?:以外|之外|外)，(?:其余|剩下|余下|剩余|其他)的?(?:资金|部分)?$")
_CLOSING = re.compile(r"^(?:截至)?(?:\d{4}年)?(?:年末|年底|期末|月末|季末)")
_AT_THE_END = re.compile(r"(?<!上)(?:年末|年底|期末|月末|季末)")
_OPENING = re.compile(r"^(?:其中)?(?:\d{4}年)?(?:年初|期初|上年年?[末底]|月初|季初)")
_LEFT_OVER = re.compile(r"现存|现有|结余|剩余|尚余|期末|年末|原有|原存|期初|年初")
_MOVES = re.compile("|".join(p.pattern for p in (_MOVES_IN, _MOVES_OUT, _LEFT_OVER)))
_STOCK = re.compile(r"余额|结存|库存")
_HELD = re.compile(
    r"期初|年初|月初|上年|上期|原|结转|结余|余额|账上|结存|库存|存量|在册|留有|下达|预算|安排|到位|可用|可支配|总额|指标"
)
_NEED = re.compile(r"(?:覆盖|满足|保障|应对|承担|弥补|需要?|需求|总需|支出|应付)(?:的)?$")
_MEANS = re.compile(r"收入|结余|结转|拨款|到位|下达|安排|补助|余额|可用|筹集|自筹|预算|资金")
_SHORT = re.compile(r"缺口|差口|(?:资金|还|尚|仍)(?:差|缺)|亏空|不敷")
_REST = re.compile(r"^(?:其余|余下|剩余|剩下)的?$")
_AT_FIRST = re.compile(r"年初|期初|月初|上年(?:结转|结余|转入|末|底)|上期|基础分")
_AT_LAST = re.compile(r"年末|期末|月末|年底|下(?:一)?(?:年|期|月)|最终|最后|^结(?:余|转|存)|尚欠|现[有存]")
_GOES_ON = re.compile(r"\s?[、和及与]")
_MANY = 8  # figures of one flow
_STOP = re.compile(r"其中|分别|合计|共计|占|比上年|较上年|同比|每|平均|(?<!高)标准(?!化)")


def moves(item: Item) -> bool:
    """Whether the words before a figure tell of something coming in, going out or being left."""
    return _tell_of_moves(item.label)


@by_words
def _tell_of_moves(label: str) -> bool:
    return _MOVES.search(label) is not None


def direction(item: Item) -> int:
    """+1 for what came in, -1 for what went out, 0 where the words do not tell."""
    return (1 if _MOVES_IN.search(item.label) else 0) - (1 if _MOVES_OUT.search(item.label) else 0)


def find(scene: Scene, taken: set[int]) -> Iterator[Claim]:
    """Signed sums of three to five figures. `taken` holds id() of quantities that another claim already states."""
    for passage in scene.passages:
        for sentence in passage.sentences:
            if len(sentence) < 3:
                continue
            for claim in (
                *_over_runs(sentence, taken),
                _before_deduction(sentence, taken) if passage.tells(*_DEDUCTED) else None,
                _all_but(sentence, taken) if passage.tells("除") else None,
                _closing_first(sentence, taken),
                _gap(sentence, taken) if passage.tells(*_GAPS) else None,
            ):
                if claim is not None:
                    taken.add(id(claim.operands[0].quantity))
                    yield claim


def _over_runs(sentence: Sequence[Item], taken: set[int]) -> Iterator[Claim | None]:
    for run in _runs(sentence):
        yield _so_far(run, taken)
        yield _solve(run, taken)


def _so_far(run: list[Item], taken: set[int]) -> Claim | None:
    """上年结转A，当年下达B，可用资金C，实际支出D，结转下年E: C is a result on the way."""
    for n in range(2, len(run) - 1):
        result = run[n]
        if not _SO_FAR.search(_words(result)):
            continue
        members = run[:n]
        if id(result.q) in taken or result.role is Role.SPENT or not _OPENS.search(members[0].label):
            return None
        if all(_sign(m) > 0 or m.role in (Role.OPENING, Role.BUDGET, Role.INCOME) for m in members):
            outcome = compare_sum(result.q.figure, [m.q.figure for m in members])
            return _made(result, members, [1] * len(members), SURE if outcome.holds else LIKELY)
    return None


def _before_deduction(sentence: Sequence[Item], taken: set[int]) -> Claim | None:
    """扣除D后，净支出N（原列支O）: N = O − D."""
    for taken_off, net, gross in zip(sentence, sentence[1:], sentence[2:], strict=False):
        told = (
            _TAKES_OFF.search(taken_off.gap) and re.match(r"\s?(?:后|之后)", taken_off.after) and _BEFORE_IT.search(gross.gap)
        )
        if told and kin(taken_off.q, net.q) and kin(net.q, gross.q) and id(net.q) not in taken and not net.hedged:
            return _made(net, [gross, taken_off], [1, -1], SURE)
    return None


def _all_but(sentence: Sequence[Item], taken: set[int]) -> Claim | None:
    """未用的A，除B要留作质保金外，剩下的C收回: C = A − B."""
    for whole, apart, rest in zip(sentence, sentence[1:], sentence[2:], strict=False):
        told = re.search(r"[，；]除(?:了|去)?[^，。；\d]{0,8}$", apart.gap) and _OUTSIDE.search(rest.gap)
        same = kin(whole.q, apart.q) and kin(apart.q, rest.q) and whole.money
        if told and same and id(rest.q) not in taken and not any(i.hedged for i in (whole, apart, rest)):
            return _made(rest, [whole, apart], [1, -1], SURE)
    return None


def _closing_first(sentence: Sequence[Item], taken: set[int]) -> Claim | None:
    """年末存栏612头，年初587头，繁殖58头、调入13头、调出21头、死亡25头: the result stands before what it comes from."""
    if len(sentence) < 4:
        return None
    labels = {id(i): i.label for i in sentence}
    for before, item in pairwise(sentence):
        if not item.label and not item.gap.strip():
            labels[id(item)] = before.label  # 86种621头
    closings = [i for i in sentence if _AT_THE_END.search(labels[id(i)])]
    for result in closings:
        opening = next((i for i in sentence if _OPENING.search(labels[id(i)]) and kin(i.q, result.q)), None)
        if opening is None or opening.order < result.order or id(result.q) in taken:
            continue
        flows = [
            i
            for i in sentence
            if i.order > result.order and i is not opening and kin(i.q, result.q) and i.q.depth == result.q.depth
        ]
        flows = [i for i in flows if i.q.segment == opening.q.segment and "净" not in i.label]
        signs = [_sign(i) for i in flows]
        if len(flows) < 2 or signs.count(0) > 1 or any(i.hedged for i in (result, opening, *flows)):
            continue
        if 0 in signs:
            signs = _nearer(result, [opening, *flows], signs)
        return _made(result, [opening, *flows], [1, *signs], LIKELY)
    return None


def _nearer(result: Item, members: list[Item], signs: list[int]) -> list[int]:
    """The signs with the one that no word tells so as to come nearest to the result: where that fails, both do."""
    known = members[0].q.base + sum((s * m.q.base for s, m in zip(signs, members[1:], strict=True)), ZERO)
    return [s or (1 if result.q.base > known else -1) for s in signs]


def _gap(sentence: Sequence[Item], taken: set[int]) -> Claim | None:
    """上年结余A之后，本年收入B仍不足以覆盖C的支出，缺口D: what is needed is all that there is for it and what is lacking."""
    result = sentence[-1]
    run = [i for i in sentence if kin(i.q, result.q) and i.q.segment == result.q.segment]
    if not 3 <= len(run) <= 5 or run[-1] is not result or not _SHORT.search(result.label) or id(result.q) in taken:
        return None
    needs = [i for i in run[:-1] if _NEED.search(i.label)]
    means = [i for i in run[:-1] if i not in needs]
    told = all(_MEANS.search(i.label) and not i.hedged and i.q.depth == result.q.depth for i in means)
    if len(needs) != 1 or not told or not result.money or result.hedged or needs[0].hedged or "其中" in result.gap:
        return None
    outcome = compare_sum(needs[0].q.figure, [m.q.figure for m in (*means, result)], [1] * len(run[1:]))
    if outcome.right > needs[0].q.base * 2:
        return None
    return _made(needs[0], [*means, result], [1] * len(run[1:]), SURE if outcome.holds else LIKELY)


def _words(item: Item) -> str:
    """The words of the item's own clause before it."""
    return re.split(r"[，；。：（]", item.gap)[-1].strip()


def _is_pending(item: Item) -> bool:
    return _PENDING.match(item.after) is not None or re.search(r"尚|仍|还|剩|未", _words(item)) is not None


def _is_result(item: Item) -> bool:
    words = _words(item)
    if ("中" in words or "里" in words) and re.search(
        r"[中里](?:已|实际|共)*(?:支|用|拨|付|执行|发放)[\u4e00-\u9fff]{0,2}$", words
    ):
        return False  # 全部可用资金中已支出
    return (
        _RESULT.search(item.label) is not None or _RESULT.search(words) is not None or (_PENDING.match(item.after) is not None)
    )


def _without_breakdowns(sentence: Sequence[Item]) -> Sequence[Item]:
    """受理A件，其中旧存B件、新收C件；办结D件，未结E件: without B and C, which A is made of."""
    for n, item in enumerate(sentence[1:-1], 1):
        if "其中" not in item.gap:
            continue
        whole = sentence[n - 1]
        inner = [i for i in sentence[n:] if i.q.segment == item.q.segment and kin(i.q, whole.q)]
        if len(inner) >= 2 and compare_sum(whole.q.figure, [i.q.figure for i in inner]).verdict is Verdict.AGREES:
            return [i for i in sentence if i not in inner]
    return sentence


def _runs(sentence: Sequence[Item]) -> Iterator[list[Item]]:
    """Neighbouring figures of one kind, outside brackets, each named."""
    run: list[Item] = []
    sentence = [i for i in _without_breakdowns(sentence) if not (i.percent and i.label.endswith("率"))]  # …，结案率95%；未结C
    for at, item in enumerate(sentence):
        good = (
            item.q.dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.SCORE, Dimension.MEASURE)
            and (item.role is not Role.STANDARD or re.search(r"限价|控制价", item.label))
            and item.label
            and not item.hedged
            and not _STOP.search(item.gap)
        )
        if good and (not run or (kin(run[-1].q, item.q) and item.q.depth == run[-1].q.depth and sentence[at - 1] is run[-1])):
            run.append(item)
            continue
        if len(run) >= 3:
            yield run
        run = [item] if good else []
    if len(run) >= 3:
        yield run


def _sign(item: Item) -> int:
    """+1, -1, or 0 where the words do not tell; the last telling word wins."""
    plus = max((m.end() for m in _PLUS.finditer(item.label)), default=-1)
    if re.search(r"(?:改|调整?|减|增|降|升|压|变更?)[为至到成]\s?$", item.gap):
        return 0  # 调减改为210个: what came of it
    operator = re.match(r"(?:再|又)?(?:(加上|加)|减去|减|扣除|扣减|剔除)", _words(item))
    if operator:
        return 1 if operator[1] else -1
    minus = max((m.end() for m in _MINUS.finditer(item.label)), default=-1)
    if plus == minus:
        return 0
    return 1 if plus > minus else -1


def sign_of(member: Item) -> int:
    """+1 for what came in by its words, -1 for what went out, 0 where they do not tell."""
    return _sign(member)


def _signs(members: Sequence[Item]) -> list[int]:
    """The sign of each figure; one that goes on a list bears that of the one before it: 剔除重复的A和不符合的B."""
    signs = [1]
    for n, member in enumerate(members[1:], 1):
        joined = n > 1 and _GOES_ON.match(member.gap) is not None
        signs.append(_sign(member) or (signs[-1] if joined else 0))
    return signs


def _solve(run: list[Item], taken: set[int]) -> Claim | None:
    for length in range(min(len(run), _MANY), 2, -1):
        for start in range(len(run) - length + 1):
            part = run[start : start + length]
            if length == 3 and _is_pending(part[1]) and not _is_result(part[2]) and _sign(part[2]) < 0 and len(run) == 3:
                part = [part[0], part[2], part[1]]  # 计划A，尚有C未完成，已完成B
            result = part[-1]
            if id(result.q) in taken or result.role is Role.OPENING or not _is_result(result):
                continue
            operators = any(_TAKEN_OFF.search(m.gap) for m in part[1:])
            if re.search("累计|滚存(?![至到下转])", result.label) and not operators:
                continue
            members = part[:-1]
            if not _OPENS.search(members[0].label) and (not operators or _PLUS.search(members[0].label)):
                continue
            signs = _signs(members)
            claim = _claim(result, members, signs, last=part[-1] is run[-1] or part[1] is run[-1])
            if claim is not None and not (claim.verdict is Verdict.DISAGREES and _running(result, run)):
                return claim
    return None


def _claim(result: Item, members: list[Item], signs: list[int], *, last: bool) -> Claim | None:
    if "净" in result.label and _OPENING.search(members[0].label):
        return None  # 年初6159人，新增312人，减少46人，净增266人: what changed, without what there was
    if 0 in signs:
        if signs.count(0) > 1:
            return None
        at = signs.index(0)
        swapped: list[list[int]] = []
        for guess in (1, -1):
            trial = [*signs[:at], guess, *signs[at + 1 :]]
            outcome = compare_sum(result.q.figure, [m.q.figure for m in members], trial)
            if outcome.verdict is Verdict.AGREES:
                return _made(result, members, trial, SURE)
            if outcome.cause is TRANSPOSED:
                swapped.append(trial)
        framed = _OPENING.search(members[0].label) is not None and _CLOSING.search(result.label) is not None
        return _made(result, members, swapped[0], LIKELY) if framed and last and len(swapped) == 1 else None
    outcome = compare_sum(result.q.figure, [m.q.figure for m in members], signs)
    if not outcome.holds:
        of_income = any(sign > 0 and "收入" in m.label for m, sign in zip(members[1:], signs[1:], strict=True))
        if not last or _untold(result, members, signs, outcome) or (members[0].role is Role.BUDGET and of_income):
            return None  # 预算A，总收入B，支出C，收支相抵结余D: what was budgeted came in as B
        if outcome.right < 0 and _SHORT.search(result.label):
            return None  # what is lacking: see `_gap`
        if outcome.right < 0 and outcome.cause in (None, SIGN) and not _all_told(result, members, signs):
            return None
        if len({m.label for m in members}) < len(members) or _by_the_last(result, members, signs):
            return None
        told = re.search(r"期末|年末|年底|审定|最终|最后|节约|节省|实际可|结余|剩余|尚余|余额", result.label)
        return _made(result, members, signs, SURE if told else LIKELY)
    return _made(result, members, signs, SURE)


def _running(result: Item, run: Sequence[Item]) -> bool:
    """合同总额A，累计支付B，本年支付C，尚欠A − B: whether two figures make the result up beside running totals, which hold one another."""
    if not any("累计" in i.label for i in run):
        return False
    values = {i.q.base for i in run if i is not result}
    return any(v + result.q.base in values for v in values)


def _by_the_last(result: Item, members: list[Item], signs: list[int]) -> bool:
    """收到申请486件，受理462件，办结438件，尚有24件在办: whether what stands nearest makes the result up, what comes before being apart."""
    figures = [m.q.figure for m in members]
    return any(compare_sum(result.q.figure, figures[n:], [1, *signs[n + 1 :]]).holds for n in range(1, len(members) - 1))


def _all_told(result: Item, members: list[Item], signs: list[int]) -> bool:
    """年初结转A，新下达B，支出C，年末结转D: from first to last, so that C cannot be more than there was and D be left."""
    flow = _AT_FIRST.search(members[0].label) is not None and _AT_LAST.search(result.label) is not None
    return flow and signs[-1] < 0 < signs[-2] and result.money and _SO_FAR.search(members[-1].label) is None


def _untold(result: Item, members: list[Item], signs: list[int], outcome: Outcome) -> bool:
    """Whether something that made the result is not told.

    专户收入A、支出B，余额C: what the account held at first; 年初301人，新入院46人，年末321人: who left.
    """
    if _STOCK.search(result.label) and not any(_HELD.search(m.label) for m in members):
        return True
    return min(signs) > 0 and result.q.base < outcome.right and result.q.figure.unit.symbol in PEOPLE


def _made(result: Item, members: list[Item], signs: list[int], confidence: float) -> Claim:
    outcome = compare_sum(result.q.figure, [m.q.figure for m in members], signs)
    kind = ClaimKind.SCORE_TOTAL if result.q.dimension is Dimension.SCORE else ClaimKind.BALANCE
    roles = ["plus" if s > 0 else "minus" for s in signs]
    shape = "flow" if _is_flow(result, members, signs) else "signed"
    return claim_of(kind, result, list(zip(roles, members, strict=True)), outcome, shape=shape, confidence=confidence)


def _is_flow(result: Item, members: list[Item], signs: list[int]) -> bool:
    """Whether the words tell all from what there was at first to what is left: 年初A，新增B，清偿C，年末D; 保证金A中，已退B，转C，其余D."""
    if len(members) < 3 or min(signs) > 0:
        return False
    if members[1].gap.lstrip().startswith(("中，", "里，")) and _REST.search(_words(result)):
        return max(signs[1:]) < 0
    return _AT_FIRST.search(members[0].label) is not None and _AT_LAST.search(result.label) is not None
