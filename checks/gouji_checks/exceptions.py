"""What is said of all, against a counted few of which the very same verb is denied: 来信已全部办复, 尚有6件来信没有办复.

Any verb counts here, so that the exception itself must be told as one (尚有, 仍有, 个别, a number) and name what is counted or done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gouji.engine.kit import AuditContext, Block
from gouji.model import patterns as re
from gouji_checks.acts import SINCE
from gouji_checks.spans import clause, sentence, within

Found = tuple[Block, re.Match[str]]
Said = tuple[Block, tuple[int, int]]
Judge = Callable[[AuditContext, Block, re.Match[str]], bool]

_N = r"(?:\d[\d,.]*|[一二两三四五六七八九十]+)"
_UNIT = (
    r"(?:件|个|座|处|人|名|户|家|所|条|项|台|套|辆|份|笔|宗|起|例|篇|期|村|班|站|亩|公里|万元|元|块|栋|间|只|棵|批|张|单|支|盏)"
)
# 尚有6件来信没有办复; 有2座水库管护责任人至今没有落实; 个别乡镇未开展
_CASE = re.compile(
    rf"(?P<few>(?:尚|仍|还|其中|，|；|。|：|^)?\s?(?:全年|目前|至今)?(?:仍|尚|还)?(?:有)?\s?(?:{_N}\s?{_UNIT}|个别|少数|部分))(?P<noun>[\u4e00-\u9fff]{{0,12}}?)"
    r"(?:因[^，。；]{1,12}|由于[^，。；]{1,12})?(?:超期|逾期|至今|一直|仍|尚|还)*(?:未能?|没有|没能)(?P<verb>[\u4e00-\u9fff]{2})"
)
_FEW = ("没有", "未", "没能")
_MAY_HOLD = re.compile(
    rf"(?:[\d,.一二两三四五六七八九十]\s?{_UNIT}|个别|少数|部分)[^，。；]*?[未没]"
)  # of every case, and quickly found
# 应评尽评, 应收尽收: the verb is told by one character.
_OUGHT = re.compile(r"应(?P<one>[\u4e00-\u9fff])尽(?P=one)")
_NO_VERB = frozenset(
    (
        "发生",
        "出现",
        "收到",
        "接到",
        "产生",
        "发现",
        "达到",
        "形成",
        "得到",
        "用上",
        "能够",
        "完全",
        "全部",
        "及时",
        "按时",
        "按期",
        "按照",
        "有效",
        "列入",
        "纳入",
        "实现",
        "超过",
    )
)
_SUBSET = re.compile(r"(?:新招聘?|原有|新增|在建|拟建|其余|其他|另外?|上年|往年|历史|以前|老旧|外地)[^，。；]{0,8}$")


def exceptions(ctx: AuditContext, is_whole: Judge, is_case: Judge) -> Iterator[tuple[Said, Said]]:
    """(what is said of all, the few of which it is denied), one for each verb."""
    told: set[str] = set()
    for block in within(ctx, ctx.wording.having(*_FEW)):
        if not _MAY_HOLD.search(block.text):
            continue
        for case in _CASE.finditer(block.text):
            verb = case["verb"]
            if verb in _NO_VERB or verb in told or _SUBSET.search(block.text, max(0, case.start() - 8), case.end("few")):
                continue
            if not is_case(ctx, block, case) or block.text[case.end("verb") : case.end("verb") + 1] == "的":
                continue
            said = next((s for s in _said_of_all(ctx, verb) if is_whole(ctx, *s) and _is_of_these(s, (block, case))), None)
            if said is not None:
                told.add(verb)
                start = case.start("few") + len(case["few"]) - len(case["few"].lstrip("，；。： "))
                yield (said[0], said[1].span()), (block, (start, case.end()))


def _said_of_all(ctx: AuditContext, verb: str) -> Iterator[Found]:
    """Where the verb is said of all: 已全部办复, 均办复, 办复率100%, 应评尽评."""
    pattern = re.once(rf"(?:全部|均|都|一律|全数|悉数|逐[一户个项])已?{SINCE}{verb}|{verb}率(?:均?(?:达到?了?|为|是))?\s?100%")
    for block in within(ctx, ctx.wording.having(verb)):
        yield from ((block, match) for match in pattern.finditer(block.text))
    for block in within(ctx, ctx.wording.having("尽" + verb[0], "尽" + verb[1])):
        yield from ((block, match) for match in _OUGHT.finditer(block.text) if match["one"] in verb)


def _is_of_these(said: Found, case: Found) -> bool:
    """Whether both tell of one thing: the few are counted of what stands in the other sentence, or the verb has one object."""
    (block, claim), (other, few) = said, case
    if block is other and claim.start() < few.end() and few.start() < claim.end():
        return False
    own = block.text[clause(block.text, claim.start(), claim.end())[0] : claim.start()]
    words = own if len(_WHEN.sub("", own)) >= _NAME else block.text[sentence(block.text, *claim.span())[0] : claim.start()]
    behind = _TWO.match(other.text, few.end("verb"))
    if behind is not None and block.text.startswith((behind["what"], "了" + behind["what"]), claim.end()):
        return True  # 开展了安全教育, 未开展安全教育
    noun = few["noun"].removeprefix("的")
    if not noun and (lead := _LEAD.search(other.text, max(0, few.start() - 8), few.start())):
        noun = lead[0]
    ends = (noun[:2], noun[-2:]) if len(noun) >= _NAME else ()
    return any(end in words and end not in _VAGUE for end in ends)


_TWO = re.compile(r"了?(?P<what>[\u4e00-\u9fff]{4})")
_LEAD = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_WHEN = re.compile(
    r"[^\u4e00-\u9fff]|截至|至|年|月|底|末|前|后|目前|全年|已|均|都|并|也"
)  # at the head of a clause that names nothing
_NAME = 2
_VAGUE = frozenset(("项目", "资金", "工作", "任务", "单位", "部门", "问题", "人员", "指标", "目标", "情况", "乡镇"))
