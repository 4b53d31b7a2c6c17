"""Counts behind what they count: A、B、C等3种, 《A》《B》两本, 设甲科、乙科共2个科室."""

from __future__ import annotations

from gouji.claims.build import SURE
from gouji.claims.counts.names import CONJUNCTION, OFFICE, TITLE, count_claim, split_names, two_offices
from gouji.claims.scene import Item, Passage
from gouji.claims.vocabulary import common_ending
from gouji.model import patterns as re
from gouji.model.claim import Claim, Verdict
from gouji.model.fact import Span

_GATHERED = re.compile(  # what names before a count are gathered into: 调查、分析、汇总3项工作
    r"(?:大|重点|主要|具体|关键|专项|核心)?(?:活动|工作(?!日)|任务|制度|环节|内容|措施|机制|程序|阶段|领域|方向|板块|工程|指标|职能|职责)|(?:二级|内设|直属|下属|教学|业务|职能|专门|派出|[股科处]级|[正副]科级|事业|预算)*(?:单位|机构|部门|[科股处]室|院系|委员会)"
    r"|(?:重点|试点|行政|自然|示范|偏远|贫困)*(?:村|社区|乡镇|街道|县区|县市|市州|区县|学校|站点|片区|点位|地区)(?![级民])"
)
_PLACES = re.compile(r"[镇乡村县区市局院校站所办司厂园场馆]$|街道|社区|公司")
_OWNERS = re.compile(  # 镇党委、政府设甲办、乙办两个
    r"[\u4e00-\u9fff]{0,6}[委府局会部组]、[\u4e00-\u9fff]{0,5}?[委府局会部组](?:内设|下设|下辖|设有|设立|设置|共设|设)(?![备施计])"
)
# 另外管着甲站、乙站2家单位, 机关内设甲股、乙股共2个股室: a list of its own
_ANOTHER_LIST = re.compile(r"另外?(?=管|辖|下[辖设属]|设|有|所属)|[\u4e00-\u9fff]{0,6}?(?:内设|下设|下辖|设有|设立?|现有)")


_REACHES = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:涉及|涵盖|覆盖|惠及|分布在|分布于|选取|抽取了?|走访了?)(?=[\u4e00-\u9fff])")
_DONE = re.compile(  # 建成甲、乙、丙、丁4个实训基地
    r"[\u4e00-\u9fff]{0,6}?(?:建成|新建|建设|打造|设立|成立|形成|围绕|聚焦|分为|包括|开展|推进|培育|整合|组织|完成)(?=[\u4e00-\u9fff]{2})"
)
_NEAR = 40  # characters before a count in which a title ends
_NAMED = 3  # characters that tell what is counted
_TITLES = re.compile(
    r"((?:(?:《[^《》]{1,80}》(?:第?[\d一二三四五六七八九十]+[辑期卷册版部集])?|“[^“”]{2,30}”)[、和及与，\s]{0,2}(?:以及)?)+)(?P<open>等)?(?:共计?|合计|总共|总计|一共|这)?$"
)
_NAMES = re.compile(
    r"[^。；：，]*(?:，(?=(?:即“[^”]*”)?(?:[\u4e00-\u9fff]{1,8}总数)?(?:为|共|共计|共有|合计)$)[“”\u4e00-\u9fff]+)?$"
)


def before(passage: Passage, item: Item) -> Claim | None:
    """《A》、《B》、《C》3种报刊: the titles right before the count."""
    text = passage.text
    head = text[: item.q.span.start].rstrip()
    match = _TITLES.search(head) if "》" in head[-_NEAR:] or "”" in head[-_NEAR:] else None
    if match is None:
        return _names_before(passage, item, head)
    titles = TITLE.findall(match[1])
    if len(titles) == 1 and titles[0].startswith("“") and ("、" in titles[0] or head.endswith("即", 0, match.start())):
        return _names_before(passage, item, head)  # “甲、乙、丙”3项工作; 甲室、乙委，即“一室一委”共2个
    if len(titles) < 2 or not re.match(r"[种本部篇个项份册套件类]", item.q.figure.unit.symbol):
        return None
    stated = int(item.q.figure.value)
    if (match["open"] and len(titles) < stated) or (any("、" in t for t in titles) and len(titles) != stated):
        return None
    span = Span(passage.block.index, match.start(1), match.end(1))
    verdict = Verdict.AGREES if len(titles) == stated else Verdict.DISAGREES
    return count_claim(item, span, len(titles), "、".join(titles), verdict, SURE, "titles")


def _names_before(passage: Passage, item: Item, head: str) -> Claim | None:
    """设办公室、财务科、人事科共3个科室; with 等 the list may be shorter than the count, never longer."""
    quoted = re.search(r"“([^“”]*、[^“”]*)”$", head) if head.endswith("”") else None
    if quoted is not None:  # “甲、乙、丙”3项工作
        head = head[: quoted.start()] + "。" + "　" * (quoted.start(1) - quoted.start() - 1) + quoted[1]
    clause = max(*map(head.rfind, "。；："), head.rfind("，", 0, max(0, head.rfind("，")))) + 1  # with one comma at most
    match = _NAMES.search(head, clause) if "、" in head[clause:] else None
    if match is None or not (
        closing := re.search(
            r"(?P<open>等)?(?:，?(?:即“[^”]*”)?(?:共有?|合计|共计)|，?[\u4e00-\u9fff]{1,8}总数为|，?共有|，?共|，?共计|，?合计|总计)?$",
            match[0],
        )
    ):
        return None
    joined_by = re.match(r"[\u4e00-\u9fff]{0,6}(?:组成|构成)", passage.text[item.q.span.end :]) is not None and "由" in match[0]
    kinds = item.q.figure.unit.symbol in ("类", "种")
    suffix = re.search(r"([\u4e00-\u9fff])、[^、]*\1$", match[0])
    gathered = _GATHERED.match(item.q.noun) is not None
    body = match[0][: closing.start()].rstrip("，")
    done = _DONE.match(body) if item.q.figure.unit.symbol in ("个", "项", "家") and len(item.q.noun) >= _NAMED else None
    if not (closing[0] or joined_by or kinds or gathered or done or (suffix and suffix[1] in item.q.noun[:3])):
        return None
    verb = _REACHES.match(body) or done
    reached = verb.end() if verb else 0
    body = body[reached:]
    owners = _OWNERS.match(body)
    names = split_names(body[owners.end() :] if owners else body)
    if (
        len(names) < (2 if joined_by or (suffix and suffix[1] in item.q.noun[:3]) else 3)
        or re.search(r"\d|《", body)
        or max(len(n) for n in names[1:]) > 14
        or len(names[0]) > 26
    ):
        return None
    own = _ANOTHER_LIST.match(names[0]) is not None
    if (
        (names[0].startswith(("以及", "和", "及", "还有", "并", "另")) and not own)
        or ("、" in head[clause : match.start()] and not own)
        or body.endswith(("和", "及", "与"))
    ):
        return None  # 管着甲站，以及乙站、丙站、丁站四家: the list begins further ahead
    stated = int(item.q.figure.value)
    start = match.start() + reached
    span = Span(passage.block.index, start, start + len(body))
    shared = common_ending([n.rstrip("）") for n in names])  # 文化文史和学习委 is one name where every name ends with 委
    offices = len(names) >= 3 and all(OFFICE.search(n) for n in names)  # 公路建设与养护股 is one
    joined = sum(
        1
        for n in names
        for m in CONJUNCTION.finditer(n)
        if not (shared or offices) or OFFICE.search(n, 0, m.start()) or (shared and n[: m.start()].endswith(shared))
    )
    surely = len(names) + (offices and two_offices(names[-1]))
    if surely <= stated <= len(names) + joined:
        return count_claim(item, span, stated, "、".join(names), Verdict.AGREES, SURE)
    noun = item.q.noun[:3]
    alike = bool(noun) and sum(1 for n in names if n[-1] in noun) * 2 >= len(names)
    whole = item.q.figure.unit.symbol == "项" and bool(closing[0]) and not closing["open"]
    alike = alike or (gathered and bool(offices or shared)) or (whole and not any(map(_PLACES.search, names)))
    alike = alike or len({n[-1] for n in names}) == 1 or joined_by or not closing[0]
    if (closing["open"] and len(names) < stated) or not (alike and abs(len(names) - stated) <= 3):
        return None
    if done and not closing[0] and (_PLACES.search(names[0]) or shared or abs(len(names) - stated) > 1):
        return None  # 改造甲镇、乙镇、丙镇5个村级卫生室
    told = len(names) + joined if stated > len(names) else surely  # 办公室和提案委 are two
    return count_claim(item, span, told, "、".join(names), Verdict.DISAGREES, SURE)
