"""What is said of every one against one that is not so: 全部签订管护协议 against 官庄乡至今没有签订管护协议.

The acts are data: how each is told as done, and how as not done. A pair counts only where both sentences speak of one object, and where
nothing narrows either of them: another year, another part (其余, 除…外, 已到期的, 一期), a plan, a condition, a matter settled since.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block
from gouji.model import patterns as re
from gouji_checks.acts import ACTS, ALL, DUTIES, NOT, TIMELY
from gouji_checks.exceptions import exceptions
from gouji_checks.spans import clause, sentence, within

Found = tuple[Block, tuple[int, int]]

# A universal denial against a case: the happening is taken from the sentence itself.
_NEVER = re.compile(
    r"(?:未|没有|从未|无|均未)(?:再)?(?P<verb>发生|出现|收到|接到|产生)(?:过|一起|一例|一笔|任何)?(?P<what>[\u4e00-\u9fff]{2,8}?)(?:的?(?:情况|现象|情形|问题|事件|行为))?(?=[，。；]|$)"
)
_CASE = r"(?<![未没有无])(?:发生|出现|收到|接到|产生)(?:了|过)?[^，。；]{{0,8}}{0}"
_HAPPENINGS = ("发生", "出现", "收到", "接到", "产生")
_ALL_WORDS = (
    "全面",
    "全部",
    "全数",
    "悉数",
    "一律",
    "逐",
    "一次性",
    "无一例外",
    "均",
    "都",
    "100%",
    "尽",
    "全覆盖",
    "全员",
    "结清",
    "付清",
    "清零",
)
_EACH, _DONE = ("所有", "各", "每"), "已"  # these say it of all with this word only
_VAGUE = re.compile(
    r"^(?:问题|情况|事故|投诉|现象|举报|信访|异议|变化|变动|调整|费用|支出|业务|案件|纠纷|安全)|其他|重大|较大|此类|类似|上述|重复"
)
_COUNTED = re.compile(r"(?<![第年月])\d|[一二两三四五六七八九十]+(?:起|例|笔|人|户|件|次|名|处|家|个)")
_WISH = re.compile(
    r"确保|力争|争取|下一步|(?<!现)将|计划|预计|要求|(?<![供响反效])应当?(?![急用])|如果|若|凡|标准|推动|督促|防止|避免|杜绝|是否|严禁|须|必须|方可|待|拟|目标值|承诺|建议(?=[加尽进由将在对县省市各把提])|否则|才能|之后再|不得"
)
_ELSE_WHEN = re.compile(
    r"上年|去年|上一年|往年|以前年度|历年|前期|此前|之前|当时|年初|上半年|[一二三]季度|截至\d{1,2}月|检查时|期初|曾|一度|最初|起初|开始时|原"
)
_ELSEWHERE = re.compile(r"协助|邻[县区市镇]|外[县省市]|兄弟|全[市省国]")
_OTHER_ONES = re.compile(r"(?:新招聘?|原有|在建|拟建|上年|老旧)[^，。；]{0,8}?的?\s?\d")  # 在建的3处供水站没有签订
_LATER = re.compile(r"后(?:已|经|来)|随后|现已|目前已|后续已|已于|经协调|补[签发办拨]|整改后|次年")
_TO_COME = re.compile(r"(?:需|待|拟|将|须)[^，。；]*")
_NARROW = re.compile(
    r"其余|其他|剩余|在建|除(?![险草尘臭雪冰虫害])|以外|之外|另|外(?:的|，)|(?:已|到期|应|符合|具备|列入|纳入|立案|通过|需|可|有|属于)[^，。；]{0,8}的[^，。；]{0,16}$|首批|第[一二三]批|[一二三]期|主体|[一二三]标段|春季|秋季|本次|其中|部分|多数|大多|基本"
)
_SUMMARY = re.compile(r"总体(?:上|来)?看|综[上合]|总的来[看说]|整体(?:上|来)?看|总之|任务|目标")
_GENERIC = re.compile(
    r"完成|全部|任务|工作|项目|进度|年度|竣工|目标|计划|实际|专项|经费|资金|补助|工程|支付|部分|尚有|尚余|仍有|未|已|均|办结|绩效|其中|本年|全年|我[局委办院]|单位|部门|万元"
    r"|综[上合](?:所述|来看)?|总体(?:上|来)?看|因|由于|目前|至今|没有|验收|签订|合同|协议|群众|通过|公示|公开|发放|拨付|到位|投入使用|建设|相关|有关|情况|问题|个|的|了|与|和|年底|年末|截至"
)
_COUNT_NOUN = re.compile(
    r"(\d+|[一二两三四五六七八九十]+)(个|座|所|家|条|处|项|台|套|辆|栋|名|户|艘|部|眼|口)([\u4e00-\u9fff]{2})"
)
_UNDONE = re.compile("未[完竣建开]|未.?$")
_CLASS = re.compile(r"(?:所有|各|每个)([\u4e00-\u9fff]{2})(?=均|都|已)")
_VAGUE_KINDS = re.compile("项目|任务|工作|部门|单位|情况|问题|资金|方面|指标|目标|事项|环节|工程|内容|措施|制度|经费|人员|建设")
_TOWN = re.compile("[\u4e00-\u9fff]{2}[乡镇](?![村级街政上])")
# The work as a whole, in the report on one project.
_THE_WORK = re.compile(r"(?:建设|工程|改造|实施)(?:内容|任务)|(?:全部|各项)(?:工程|建设)")
_PROJECT = re.compile(r"项目|工程|专项")
_OWN_NAME = re.compile(
    r"(?<![各全个座所条处家项])([\u4e00-\u9fff]{2,3})(?:乡|镇|村|街道|水库|小区|标段|中学|小学|医院|泵站|灌区|大桥)"
)
_NO_NAME = re.compile("[个各全所座有和与等一二三四五六七八九十]")
_ONE_GOAL = re.compile(r"(?:指标|目标|计划)值?(?:为|是)?\s?\d[\d.,]*[^，。；]{0,6}，(?:实际|全年|本年)?[^，。；\d]{0,8}\d")
_AS_GOAL = re.compile(r"(?:目标|指标值?|计划)[^。；]{0,16}[：为是]")
_SOME_COUNT = re.compile(r"(?:指标|目标|任务)\s?\d{1,3}[项个条]，$")
_WHEN = re.compile(r"(?:20\d\d年)?度?(?:全年|本年)?")
_UNDONE_LEAD = re.compile(r"(?:未|没有)(?:完工|完成|建成|开工|验收|签订|到位|支付|拨付|办结)")
_PART_BEHIND = re.compile(r"(?:主体|基础|前期|招标|设计|初步|部分|大部|立项|形象)")
_MEASURES = "[件个座所家条处项台套辆栋名户艘部眼口份笔宗]"
_SOME_OF = re.compile(
    rf"(?:\d+|[一二两三四五六七八九十]+)\s?(?P<measure>{_MEASURES})(?P<noun>[\u4e00-\u9fff]{{2,4}}?)(?:至今|目前|因[^，。；]{{1,12}})?(?=(?:尚|还|仍|一直)?(?:未|没|在))"
)
_AMONG = re.compile(
    rf"(?P<noun>[\u4e00-\u9fff]{{2}})中，?(?:尚|仍|还)?有\s?(?:\d+|[一二两三四五六七八九十]+)\s?(?P<measure>{_MEASURES})"
)
_TOLD_OF = re.compile(
    rf"(?P<noun>[\u4e00-\u9fff]{{2,8}}?)(?:总?共有?|共?计|总数|有|为)?\s?\d+\s?(?P<measure>{_MEASURES})(?![\u4e00-\u9fff]{{2}})|\d+\s?(?P<of>{_MEASURES})(?P<behind>[\u4e00-\u9fff]{{2,6}}?)(?=[，。；、（]|均|都|已|全|$)"
)
_OBJECT = re.compile(r"[\u4e00-\u9fff]{3,8}")
_NEXT_COLUMN = re.compile(r"[ \t\u3000]+[\d.]+\s?%?")
_NOT_OF = re.compile(r"(?:不影响|不涉及|不含|不包括|未影响)[^，。；]*")  # what the case is said not to touch
_NEAR = 30
_TAIL = 4
_FULL_NAME = 5  # characters from which a happening is named in full: 安全责任事故
_NO_MORE_NAME = "中内里的尚还仍有均都已未没共全"  # 信号机中还有3处: the name is over
_RULE = re.compile(r"^(?:对|凡|凡是|若|如)(?![^，。；]*的是)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")
_WORD = re.compile(r"[\u4e00-\u9fff]+")


def broken_universals(ctx: AuditContext) -> Iterator[tuple[Found, Found]]:
    """(what is said of all, the one that is not so), one for each act."""
    having = ctx.wording.having
    whole_words = having(*_ALL_WORDS) | (having(*_EACH) & having(_DONE))
    told: list[Found] = []
    known: set[tuple[int, int]] = set()  # a case speaks against one claim
    for alike, hints, whole, undone in _PATTERNS:
        named = ctx.wording.having(*hints)
        if not named & whole_words:
            continue
        hinted = list(within(ctx, named))
        said = [(b, m) for b in within(ctx, named & whole_words) for m in whole.finditer(b.text) if is_whole(ctx, b, m)]
        against = [(b, m) for b in hinted for m in undone.finditer(b.text) if is_case(ctx, b, m)] if said else []
        pair = next(((s, a) for s in said for a in against if _is_one_matter(ctx, s, a, alike)), None)
        if pair is not None:
            (block, claim), (other, case) = pair
            if (at := (other.index, case.end())) in known:
                continue
            known.add(at)
            told += [(block, claim.span()), (other, case.span())]
            yield (block, claim.span()), (other, case.span())
    for every, few in exceptions(ctx, is_whole, is_case):
        if not any(_overlap(one, found) for one in (every, few) for found in told):
            yield every, few
    yield from _denials(ctx, list(within(ctx, ctx.wording.having(*_HAPPENINGS))))


def _overlap(one: Found, other: Found) -> bool:
    return one[0] is other[0] and one[1][0] < other[1][1] and other[1][0] < one[1][1]


_PATTERNS = tuple(
    (
        act.alike,
        tuple(act.hint.split("|")),
        re.compile(rf"{ALL}{act.done}|{act.done}率(?:均?(?:达到?了?|为|是))?\s?100%" + (f"|{act.whole}" if act.whole else "")),
        re.compile(rf"{NOT}{act.done}" + (f"|{act.undone}" if act.undone else "")),
    )
    for act in ACTS
) + tuple(
    (2, (f"应{x}尽{x}", *verbs.split("|")), re.compile(f"应{x}尽{x}"), re.compile(rf"{NOT}(?:得到|进行|完成)?(?:{verbs})"))
    for x, verbs in DUTIES.items()
)


def is_whole(ctx: AuditContext, block: Block, match: re.Match[str]) -> bool:
    """Whether the sentence says it of all, as done, in the report's year."""
    text = block.text
    start = sentence(text, match.start(), match.end())[0]
    left = clause(text, match.start(), match.end())[0]
    lead = text[left : match.start()]
    if (
        _WISH.search(lead)
        or _NARROW.search(lead)
        or _NARROW.search(lead + match[0])
        or re.search(r"(?:除|以外|之外|外)[^，。；]{0,2}，$", text[start:left])
    ):
        return False
    if _UNDONE_LEAD.search(lead) or _PART_BEHIND.match(text, match.end()):
        return False  # 未完工3个均已完成主体
    if "率" in match[0] and lead.endswith(("按期", "按时", "及时", "限时", "到期")):
        return False  # of what was due
    if "率" in match[0] and _NEXT_COLUMN.match(text, match.end()):
        return False  # 完工率　100%　96.3%: a row whose first figure is the goal
    if "率" in match[0] and _AS_GOAL.search(text[start : match.start()]):
        return False  # 目标由县局确定：服务5200名，评估率100%
    if not lead and _SOME_COUNT.search(text[start:left]):
        return False  # 满意度指标2项，均已完成: of these two
    if _ONE_GOAL.search(text[start:left]):
        return False  # 指标值120人次，实际完成136人次，指标全部完成: of this one
    return not names_other_year(ctx, text[start : match.start()]) and not _UNDONE.search(lead)


def is_case(ctx: AuditContext, block: Block, match: re.Match[str]) -> bool:
    """Whether the sentence tells of something not done at the end of the year, and not settled since."""
    text = block.text
    start, end = sentence(text, match.start(), match.end())
    left = clause(text, match.start(), match.end())[0]
    if _WISH.search(text[left : match.start()]) or _ELSE_WHEN.search(text[start : match.end()]):
        return False
    if _ELSEWHERE.search(text[start : match.start()]) or _OTHER_ONES.search(text, left, match.start()):
        return False  # 协助邻县调处纠纷5起
    if _RULE.search(text[left:]) and "的" in text[match.end() : clause(text, match.start(), match.end())[1]]:
        return False  # 对未签订协议的乡镇，暂缓拨付
    return not _LATER.search(_TO_COME.sub("", text[match.end() : end])) and not names_other_year(
        ctx, text[start : match.start()]
    )


def names_other_year(ctx: AuditContext, words: str) -> bool:
    own = ctx.document.year
    return own is not None and any(int(year) != own for year in _YEAR.findall(words))


def _is_one_matter(
    ctx: AuditContext, said: tuple[Block, re.Match[str]], against: tuple[Block, re.Match[str]], alike: int
) -> bool:
    """Whether both sentences speak of one object: things counted alike, or enough words in common beside those of doing."""
    (block, claim), (other, case) = said, against
    if block is other and not (claim.end() <= case.start() or case.end() <= claim.start()):
        return False
    if TIMELY.search(case[0]) and not TIMELY.search(claim[0]):
        return False
    start = sentence(block.text, claim.start(), claim.end())[0]
    subject = block.text[start : clause(block.text, claim.start(), claim.end())[1]]
    lead = block.text[start : claim.start()]
    words = _whole_sentence(other.text, case.start(), case.end())
    if block is other and block.text[start : claim.end()] in words:
        words = other.text[slice(*sentence(other.text, case.start(), case.end()))]
    words = _NOT_OF.sub("", words)
    if "率" in claim[0] and lead[-2:] == other.text[case.end() : case.end() + 2] and _WORD.fullmatch(lead[-2:]):
        return True  # 合同签订率100% against 未签订合同
    if _is_counted_alike(lead, other.text[clause(other.text, case.start(), case.end())[0] : case.end()]):
        return True
    among = _AMONG.search(words)
    if among is not None and re.once(rf"{among['measure']}{among['noun']}").search(lead):
        return True  # 4座泵站全部投用; 泵站中有1座至今未运行
    names = [n for n in _OWN_NAME.findall(lead[-20:]) if not _NO_NAME.search(n)]
    if names and not any(name in words for name in names):
        return False
    if set(_COUNT_NOUN.findall(subject)) & set(_COUNT_NOUN.findall(words)):
        return True
    own = other.text[sentence(other.text, case.start(), case.end())[0] : case.start()]
    if lead[-2:] == own[-2:] and _WORD.fullmatch(lead[-2:]) and _GENERIC.sub("", lead[-2:]) and claim[0][:2] == case[0][:2]:
        return True  # 消防验收全部合格 against 消防验收没有通过
    if lead[-_TAIL:] in words and _WORD.fullmatch(lead[-_TAIL:]) and _GENERIC.sub("", lead[-_TAIL:]):
        return True
    object_ = _same_object(block.text, claim.end(), other.text, case.end())
    if object_ is not None:
        return object_
    if block is other and _is_next(ctx, block.text[claim.end() : case.start()], lead):
        return True
    shared = shared_words(subject, words)
    if len(shared) >= (alike if block is not other else 2) and not _parts_of(shared, subject, words):
        return True
    return _is_member(subject, words) or _is_whole_work(ctx, lead, shared, case[0])


def _is_counted_alike(lead: str, own: str) -> bool:
    """Whether the things last counted before 全部 are those of which some are left: 提案124件，已全部办复; 尚有11件提案没有办复."""
    case, told = _SOME_OF.search(own), list(_TOLD_OF.finditer(lead))
    if case is None or not told:
        return False
    last = told[-1]
    noun = last["noun"] or last["behind"]
    return (
        case["measure"] == (last["measure"] or last["of"])
        and noun.endswith(case["noun"])
        and not _VAGUE_KINDS.fullmatch(case["noun"])
    )


def _same_object(one: str, end: int, other: str, other_end: int) -> bool | None:
    """Whether both acts are done to one thing, where both name it behind the verb: 签订管护协议; None where one does not."""
    thing, missing = _OBJECT.match(one, end), _OBJECT.match(other, other_end)
    if thing and other.startswith(thing[0], other_end):
        return True
    if thing and missing and len(shared_words(thing[0], missing[0])) < 2:
        return False  # 配备管水员 against 未配备手持终端
    return None


def _is_next(ctx: AuditContext, between: str, lead: str) -> bool:
    """Whether the case follows in the same sentence, or in the next one as one of those that the report lists."""
    if not between:
        return False
    if len(between) < _NEAR and not re.search("[。；]", between):
        return True
    return between.count("。") == 1 and bool(_COUNT_NOUN.search(lead)) and _is_listed(ctx, between.rpartition("。")[2])


def _is_whole_work(ctx: AuditContext, lead: str, shared: str, case: str) -> bool:
    """Whether the claim sums up the one work that the report is on: 项目建设内容均已完成, 改造任务已全部完成."""
    title = "".join(ctx.document.title.split())
    if case[-1] in "工成施设" and _THE_WORK.search(lead) and _PROJECT.search(title):
        return True
    rest = re.sub(r"20\d\d|[，、\d]", "", _GENERIC.sub("", lead)).replace(shared, "", 1)
    return len(shared) >= 2 and shared in title and not rest and bool(_SUMMARY.search(lead))


def _whole_sentence(text: str, start: int, end: int) -> str:
    """The sentence up to its 。 on both sides."""
    left = text.rfind("。", 0, start) + 1
    right = text.find("。", end)
    return text[left : right if right >= 0 else len(text)]


def _is_listed(ctx: AuditContext, words: str) -> bool:
    """Whether the sentence is headed by a name that the report lists among others: 机床厂宿舍、榆树巷、北园."""
    name = _WORD.match(words)
    head = name[0][:2] if name else ""
    return len(head) == 2 and any(f"、{head}" in b.text or f"{head}、" in b.text for b in ctx.document.blocks)


def _is_member(subject: str, words: str) -> bool:
    """Whether the sentence names one of those that all are said of: 柳溪泵站 of 12座泵站, 监测设备 of 所有设备."""
    kinds = {noun for _, _, noun in _COUNT_NOUN.findall(subject)} | set(_CLASS.findall(subject))
    if kinds & {"乡镇", "镇街"} and _TOWN.search(words):
        return True
    return any(not _VAGUE_KINDS.fullmatch(kind) and re.once(rf"[\u4e00-\u9fff]{{2}}{kind}").search(words) for kind in kinds)


def _parts_of(shared: str, subject: str, words: str) -> bool:
    """Whether the common words only head two different names: 道路硬化 against 道路绿化."""
    after = [_GENERIC.sub("，", w).partition(shared)[2][:2] for w in (subject, words)]
    return all(len(a) == 2 and _WORD.fullmatch(a) and a[0] not in _NO_MORE_NAME for a in after) and after[0] != after[1]


def shared_words(subject: str, words: str) -> str:
    """The longest run of characters in common beside the words of doing."""
    plain, own = _GENERIC.sub("，", words), _GENERIC.sub("，", subject)
    best = ""
    for run in _WORD.findall(plain):
        for at in range(len(run)):
            while at + len(best) < len(run) and run[at : at + len(best) + 1] in own:
                best = run[at : at + len(best) + 1]
    return best


def _denials(ctx: AuditContext, blocks: list[Block]) -> Iterator[tuple[Found, Found]]:
    """没有发生退票 against 14名学生因银行卡销户发生退票."""
    for block in blocks:
        for never in _NEVER.finditer(block.text):
            what = never["what"]
            lead = block.text[clause(block.text, never.start(), never.end())[0] : never.start()]
            if (
                (_VAGUE.search(what) and len(what) < _FULL_NAME)
                or len(_GENERIC.sub("", _WHEN.sub("", lead))) > 4
                or not is_whole(ctx, block, never)
            ):
                continue
            counted = rf"|(?<![未没有无不]){re.escape(what)}\s?\d" if len(what) > 2 else ""
            case = re.once(_CASE.format(re.escape(what)) + counted)
            for other in within(ctx, ctx.wording.having(what)):
                for match in case.finditer(other.text):
                    if match.start() >= never.start() and match.end() <= never.end() and other is block:
                        continue
                    left, right = sentence(other.text, match.start(), match.end())
                    if _COUNTED.search(other.text[left:right]) and is_case(ctx, other, match):
                        yield (block, never.span()), (other, match.span())
                        return
