"""Stated counts against what is listed: names in brackets or behind a colon, 《》titles, 一是…二是…, numbered items, projects.

等 closes a list that is open; 和 inside a name is not a separator, so a count is right anywhere between the 、 divisions and
those plus every 和 and 及.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.build import LIKELY, SURE
from gouji.claims.counts import announced, count_back, count_offices
from gouji.claims.counts.count_before import before
from gouji.claims.counts.count_clauses import clauses_behind, titles_behind
from gouji.claims.counts.count_turns import TURNS, named_alike, turns
from gouji.claims.counts.count_valued import valued
from gouji.claims.counts.names import CONJUNCTION, OFFICE, TITLE, count_claim, split_names, together, two_offices
from gouji.claims.counts.numbered import blocks, inline, ordinals, projects
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.sums.listing import NumberedList
from gouji.claims.vocabulary import common_ending
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension
from gouji.text.numerals import parse_chinese

_TIMES = frozenset(
    ["天", "小时", "分钟", "课时", "学时", "周", "级", "届", "人次", "户次", "台次", "场次", "件次", "车次", "批次"]
)
_SECOND_NUMBER = re.compile(r"“[两二三四五六七八九十]{1,2}[个项大条类级]")
_IN_A_NAME = re.compile(r"(?:补贴|制度|改革|政策|补助|建设|行动|工程)(?:项目|专项|资金|经费|补助资金)")
_CLOSE = re.compile(r"[。；！？]|$")
_MORE_MEETINGS = re.compile(r"[^，。；）]*[、和届]")
_PHRASE = 5  # characters of phrases of one length that are told one by one; of four they are a manner of speaking
_NUMBERED = ("（1）", "1.", "1、", "1．", "1)", "①")  # the first number of a list inside a paragraph
_FIRSTS = ("一是", "第一", *_NUMBERED)


def find(scene: Scene, runs: Sequence[NumberedList], claims: Sequence[Claim] = ()) -> Iterator[Claim]:
    """Every stated count with its list. `claims`: those of the document, whose sums tell which lists are whole."""
    found = [
        *_of_figures(scene, runs, claims),
        *projects(scene, runs),
        *count_offices.find(scene),
        *count_back.find(scene, runs),
    ]
    yield from found
    yield from announced.find(scene, frozenset(c.operands[0].span for c in found))


def _of_figures(scene: Scene, runs: Sequence[NumberedList], claims: Sequence[Claim]) -> Iterator[Claim]:
    sums = [c for c in claims if c.kind is ClaimKind.TOTAL and c.verdict is Verdict.AGREES]
    whole = {o.span for c in sums for o in c.operands[1:]}
    for passage in scene.passages:
        if Dimension.COUNT not in passage.dimensions:
            continue
        ordered, numbered, turned = passage.tells(*_FIRSTS), passage.tells(*_NUMBERED), passage.tells(*TURNS)
        for item in passage.items:
            figure = item.q.figure
            if figure.unit.dimension is not Dimension.COUNT or item.hedged or figure.places or not 1 <= figure.value <= 60:
                continue
            if figure.unit.symbol in _TIMES or item.q.noun.startswith("月") or _is_name(item):
                continue
            if figure.value == 1:
                if re.search(r"\d\s?[\u4e00-\u9fff]{1,2}$", item.gap) or item.gap == "":
                    continue  # 5科1室: the second half of a pair
                claim = (
                    before(passage, item)
                    or _several(_behind(passage, item))
                    or _several(ordinals(passage, item) if ordered else None)
                )
                if claim is not None:
                    yield claim
                continue
            claim = (
                _behind(passage, item)
                or titles_behind(passage, item)
                or clauses_behind(passage, item)
                or before(passage, item)
                or dates_before(passage, item)
                or valued(passage, item, whole)
                or (turns(passage, item) if turned else None)
                or named_alike(passage, item)
                or (inline(passage, item) if numbered else None)
                or (ordinals(passage, item) if ordered else None)
                or blocks(runs, passage, item)
            )
            if claim is not None:
                yield claim


def _is_name(item: Item) -> bool:
    """残疾人两项补贴项目: the number belongs to a name."""
    return item.q.chinese and bool(item.label) and _IN_A_NAME.match(item.q.noun) is not None


def _several(claim: Claim | None) -> Claim | None:
    """Of 1项 the list may be one name with commas in it: three that are told one by one are surely no single thing."""
    if claim is None or claim.verdict is not Verdict.DISAGREES or int(re.sub(r"\D", "", claim.computed or "0") or 0) < 3:
        return None
    return claim


# ---- 7个专门委员会（A、B、C） ---------------------------------------------------------------------------------------------------


_NOUN = re.compile(
    r"[\u4e00-\u9fff“”·]{0,18}(?:（[\u4e00-\u9fff]{1,6}）(?=，即|：|，(?:分别|包括|具体)))?"
)  # 乡镇（街道），即…


_OTHER_COUNT = re.compile(r"分(?:为|成)?[两二三四五六七八九十](?:大)?(?:块|类|个|项|部分|方面|种|步|段|级|批)")


def _behind(passage: Passage, item: Item) -> Claim | None:
    """The names behind the count, in a bracket, behind a colon or behind 分别为 / 即 / 包括."""
    text = passage.text
    at = item.q.span.end
    head = _NOUN.match(text, at)
    noun_end = head.end() if head else at
    if head and _OTHER_COUNT.search(head[0]):
        return None  # 二期建设分三块：…: the list is of the later count
    found = _opening(text, at, noun_end)
    if found is None:
        return None
    start, closed = found
    end = _end_of_list(text, start, closed)
    body = text[start:end]
    told = _dates(passage, item, start, body) or _meetings(passage, item, start)
    if told is not None:
        return told
    if not closed and "、" not in body:
        stop = _CLOSE.search(text, start)
        whole = text[start : stop.start() if stop else len(text)].rstrip()
        if _listed_by_commas(whole) and not re.search(r"\d", whole):
            return _verdict(item, Span(passage.block.index, start, start + len(whole)), re.split("，", whole))
    if not body or re.search(r"\d|万元|%|届", re.sub(r"《[^》]*》|“[^”]*”|[A-Z]{1,2}\d{2,4}|\d{1,2}月的", "", body)):
        return None
    return _compare(passage, item, start, end)


_DATE = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初|份)?"
_DATES = re.compile(rf"{_DATE}(?:[、和及与，]|以及|{_DATE})*{_DATE}")
_HELD = re.compile(r"(?:召开|举行|举办|开展|进行|组织|完成|实施|[。；，）]|$)")


def _dates(passage: Passage, item: Item, start: int, body: str) -> Claim | None:
    """召开4次，时间分别为3月、6月、9月和11月."""
    match = _DATES.match(body)
    if (
        match is None
        or not _HELD.match(passage.text, start + match.end())
        or item.q.figure.unit.symbol not in ("次", "场", "期", "批", "轮")
    ):
        return None
    names = re.findall(_DATE, match[0])
    if len(names) != item.q.base and together(passage, item, len(names)):
        return None  # 党组会4次、局务会2次，分别于3月、5月、6月、8月召开党组会: of another count of the sentence
    return _verdict(item, Span(passage.block.index, start, start + match.end()), names) if len(names) >= 2 else None


_MEETINGS = re.compile(
    r"[\u4e00-\u9fff]{0,8}?第?([一二三四五六七八九十]{1,3}|\d{1,2})次?(?:会议)?[至到—-]+第?([一二三四五六七八九十]{1,3}|\d{1,2})次"
)


_DATES_BEFORE = re.compile(
    rf"(?:日期|时间|[分先]别于|分别[在是]|先后[于在])[^，。；\d]{{0,6}}(?P<dates>{_DATES.pattern})(?:召开|举行|举办|进行)?，(?:合计|共计?|总共|一共)$"
)


def dates_before(passage: Passage, item: Item) -> Claim | None:
    """日期是3月4日、4月22日、6月15日，合计3次: the dates told before how many times there were."""
    if item.q.figure.unit.symbol not in ("次", "场", "期", "批", "轮"):
        return None
    match = _DATES_BEFORE.search(passage.text, 0, item.q.span.start)
    if match is None:
        return None
    return _verdict(item, Span(passage.block.index, *match.span("dates")), re.findall(_DATE, match["dates"]))


def _meetings(passage: Passage, item: Item, start: int) -> Claim | None:
    """召开5次，即三次至七次会议."""
    match = _MEETINGS.match(passage.text, start)
    more = _MORE_MEETINGS.match(passage.text, match.end()) if match else None
    if match is None or more or item.q.figure.unit.symbol != "次":
        return None
    first, last = (int(g) if g.isdigit() else parse_chinese(g) or 0 for g in match.groups())
    if not 0 < first < last:
        return None
    span = Span(passage.block.index, match.start(), match.end())
    verdict = Verdict.AGREES if last - first + 1 == int(item.q.figure.value) else Verdict.DISAGREES
    return count_claim(item, span, last - first + 1, match[0], verdict, SURE)


def _listed_by_commas(body: str) -> bool:
    """Whether commas divide names here: three or more short ones of one build."""
    names = body.split("，")
    phrases = len({len(n) for n in names}) == 1 and len(names[0]) >= _PHRASE  # 优化办事流程，健全工作机制，完善配套制度
    short = all(2 <= len(n) <= 12 for n in names)
    return len(names) >= 3 and short and (phrases or len({n[-1] for n in names}) == 1)


def _verdict(item: Item, span: Span, names: Sequence[str]) -> Claim:
    verdict = Verdict.AGREES if len(names) == int(item.q.figure.value) else Verdict.DISAGREES
    return count_claim(item, span, len(names), "、".join(names), verdict, SURE)


def _opening(text: str, at: int, noun_end: int) -> tuple[int, bool] | None:
    """Where the list begins and whether a bracket closes it."""
    follow = text[noun_end : noun_end + 14]
    noun = text[at:noun_end]
    if _SECOND_NUMBER.search(noun):
        return None  # 两项补贴工作建立“四项机制”，即…: the list is that of the second number
    inner = re.search(r"(?:分别为|分别是|分别有|即为|即|包括|依次为|具体为|具体包括|[为是](?=$))$", noun) if noun else None
    if follow.startswith("（"):
        cue = re.match(r"（(?:分别为|分别是|分别|即|包括|具体为|指)?：?", follow)
        return (noun_end + (cue.end() if cue else 1), True)
    if follow.startswith("："):
        return (noun_end + 1, False)
    cue = re.match(
        r"[，；](?:(?:[\u4e00-\u9fff]{0,4}?(?:名单|名称|具体|情况)?如下：)|[\u4e00-\u9fff]{0,8}?(?:分别为|分别是|分别有|分别系|分别于|分别在|分别安排在|分别设在|分别位于|分别分布在|设在|位于|分布在|即为|即|包括|依次为|依次是|具体为|具体包括|具体是|放在|定在|选在|日期[是为]|时间[是为]|地点[是为])|(?:为|有|是))：?",
        follow,
    )
    if cue:
        return (noun_end + cue.end(), False)
    if inner:
        return (noun_end, False)
    within = re.search(r"(?:分别为|分别是|分别有|即为|包括|依次为)：?", noun) if noun else None
    if within and noun_end - (at + within.end()) >= 2:
        return (at + within.end(), False)
    return None


def _end_of_list(text: str, start: int, closed: bool) -> int:
    depth = quote = 0
    for k in range(start, min(len(text), start + 600)):
        c = text[k]
        if c in "（《“":
            depth += 1
        elif c in "）》”":
            if depth == 0:
                return k
            depth -= 1
        elif depth == 0 and not closed and (c in "。；！？" or (c == "，" and quote == 0)):
            return k
    return min(len(text), start + 600) if not closed else start


def _compare(passage: Passage, item: Item, start: int, end: int) -> Claim | None:
    body = passage.text[start:end]
    names = split_names(body)
    if len(names) == 1:
        titles = TITLE.findall(body)
        if len(titles) >= 2 and "".join(titles) == re.sub(r"[和及与、\s]|以及", "", body):
            names = titles
        elif not CONJUNCTION.search(body) or len(body) > 40:
            return None
        else:
            sides = CONJUNCTION.split(body)
            told = re.search(r"分别(?:为|是|有|系)：?$", passage.text[:start]) is not None
            if len(sides) == 2 and sides[0] and sides[1] and (told or sides[0][-1] == sides[1].rstrip("）")[-1:]):
                names = sides
    stated = int(item.q.figure.value)
    listed = len(names)
    last = names[-1]
    if re.search(r"等(?:\d|[一二三四五六七八九十]|$|[\u4e00-\u9fff]{0,8}$)", last) and not re.search(
        r"[一二三四高中初同平上下优]等$", last
    ):
        return None  # an open list
    span = Span(passage.block.index, start, end)
    shown = "、".join(names)
    shared = common_ending([n.rstrip("）") for n in names])  # 委员会
    ends = {shared[-3:]} if shared else {n.rstrip("）")[-1:] for n in names}
    offices = len(names) >= 3 and all(
        OFFICE.search(n.rstrip("）")) for n in names
    )  # 普法与依法治理股 is one: 普法 is no office
    splits = [
        sum(
            1
            for m in CONJUNCTION.finditer(re.sub(r"《[^》]*》|“[^”]*”|（[^）]*）", "", n))
            if (OFFICE.search(n, 0, m.start()) if offices else len(ends) > 1) or n[: m.start()].endswith(tuple(ends))
        )
        for n in names
    ]
    inside, joined = sum(splits), splits[-1]
    inner = sum(len(split_names(m[1])) for n in names for m in [re.search(r"（([^（）]+)）$", n)] if m)
    if stated == inner and inner > listed:
        return count_claim(item, span, stated, shown, Verdict.AGREES, SURE)  # 3个乡镇9个村，即甲镇（a村、b村）…
    if offices and two_offices(last):
        listed += 1  # 设备科和人力资源部
    if listed == stated or (listed == len(names) and listed + joined == stated):
        return count_claim(item, span, stated, shown, Verdict.AGREES, SURE)
    if listed < stated <= listed + inside and (joined or len(ends) > 1 or not splits[:-1]):
        return count_claim(item, span, stated, shown, Verdict.AGREES, SURE)
    if max(len(n) for n in names) > 28 or listed < 2 or stated > 3 * listed + 2 or together(passage, item, listed):
        return None
    # names of one build (…科, …委员会) or in a bracket behind the noun are surely meant as the whole list
    alike = len({n.rstrip("）")[-1:] for n in names}) <= max(1, listed // 3)
    if max(len(n) for n in names) <= 1:
        return None
    tight = abs(stated - listed) <= 2 or passage.text[start - 1] in "：（"
    if not tight and not alike:
        return None
    return count_claim(item, span, listed, shown, Verdict.DISAGREES, SURE if alike or listed >= 3 else LIKELY)
