"""Counts of points announced in words, against the points that follow one by one, whatever numbers them or parts them.

抓了四件事。一是…；二是…；三是…; 五个环节：首先…，其次…，再次…，最后…; 三项做法得到推介：…；…；…；…; 五道程序：甲、乙、丙、丁; 7人组成：组长甲，副组长乙、丙.

What number a count prints is read from the text, so that measure words which count nothing elsewhere (道, 点, 步, 招) count here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from gouji.claims.build import LIKELY, place
from gouji.claims.counts.names import TITLE, split_names
from gouji.claims.scene import Scene
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.document import BlockKind
from gouji.model.fact import Span
from gouji.text.numerals import parse_chinese

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_NUMBER = r"(?<![第\d.,一二三四五六七八九十百千每各这那前后近“])(?P<all>(?P<n>[两三四五六七八九]|十[一二三四五]?|\d{1,2})\s?(?P<unit>个方面|个[大小]?|[大小]?[项点条类种件道步招关环份部本篇名人位]))"
_ANNOUNCED = re.compile(rf"{_NUMBER}(?P<noun>[\u4e00-\u9fff“”]{{0,14}})(?P<lead>[，：。；][^。；：\d]{{0,16}}?|)$")
_THERE_ARE = re.compile(  # 不足之处有三：
    r"(?:问题|不足|原因|经验|做法|困难|教训|建议|体会|之处|理由|因素|难点)(?:主要|共|大致|归纳)?有(?P<all>(?P<n>[两二三四五六七八九])(?P<unit>))(?P<noun>)[：。，]$"
)
_OPENS = re.compile(rf"{_NUMBER}(?P<noun>[\u4e00-\u9fff“”]{{0,14}})(?P<mark>[：，])")
_PARTLY = re.compile(r"其中|部分|例如|比如|之一|前[两三四五]|等(?:$|[：。，])|其余|另")
_SEQUENCES = (  # the words that number points, by the first of them
    ("一是", re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[。；：，]))(?P<n>[一二三四五六七八九十])是")),
    ("第一", re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[。；：，]))第(?P<n>[一二三四五六七八九十])(?=[，、：是])")),
    ("其一", re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[。；：，]))其(?P<n>[一二三四五六七八九十])(?=[，、：是])")),
)
_NUMERALS = "零一二三四五六七八九十"
_FIRSTLY = re.compile(r"(?<=[：，。；])首先")
_NEXT = re.compile(
    r"[，；。](?:其次|再次|再者|然后|接着|接下来|随后|而后|之后|第[二三四五]步)(?=[由对是，在将把组开进按从\u4e00-\u9fff])"
)
_LAST = re.compile(r"[，；。](?:最后|末了|最终)(?=[由对是，在将把组开进按从\u4e00-\u9fff])")
_MEMBERS = re.compile(
    r"(?P<list>(?:(?:执行|常务)?(?:正|副)?(?:组长|主任|主席|会长|院长|队长|主编|召集人|负责人)|成员|委员|秘书长?|联络员|专家|组员|顾问|评委|代表)[:：为是]?[\u4e00-\u9fff·]{2,4}(?:[、和][\u4e00-\u9fff·]{2,4})*"
    r"(?:[，；](?:(?:执行|常务)?(?:正|副)?(?:组长|主任|主席|会长|院长|队长|主编|召集人|负责人)|成员|委员|秘书长?|联络员|专家|组员|顾问|评委|代表)[:：为是]?[\u4e00-\u9fff·]{2,4}(?:[、和][\u4e00-\u9fff·]{2,4})*)+)(?=。|$)"
)
_OFFICE_HELD = re.compile(
    r"^(?:(?:执行|常务)?(?:正|副)?(?:组长|主任|主席|会长|院长|队长|主编|召集人|负责人)|成员|委员|秘书长?|联络员|专家|组员|顾问|评委|代表)[:：为是]?"
)
_NAMES = re.compile(
    r"(?P<list>[\u4e00-\u9fff“”]{2,12}(?:、[\u4e00-\u9fff“”]{2,12}){1,9}(?:[和与][\u4e00-\u9fff]{2,12})?)(?=，[每各均]|。|；|$)"
)
_TITLES = re.compile(r"(?P<list>(?:《[^《》]{2,60}》[、，和及与]?){2,})(?=。|；|$)")
_CLAUSES = re.compile(r"(?P<body>[^。：；]{4,90}(?:；[^。：；]{4,90}){2,})(?:。|$)")
_ENUMERATED = re.compile(r"^\s?(?:[一二三四五六七八九十]是|第[一二三四五六七八九十]|其[一二三四五]|首先|（\d|[①-⑳]|\d[.、．)])")
_POINTS = re.compile(
    r"问题|环节|措施|做法|工作|举措|原因|建议|经验|不足|任务|方面|步骤|阶段|内容|特点|事情?|实事|大事|短板|困难|难点|成效|变化|亮点|教训|体会|打算|办法|制度|机制|要求|目标|原则|文章|功夫|程序|流程|关口|职能|职责|优势|情况|对策|思路"
)
_BY_NAME = "道点步招关环"  # measure words of what is named one by one
_PERSONS = "名人位"
_LESS = 2  # more than the points announced and fewer are told apart by no more than this
_LEAST = 3  # clauses or names that are a list by themselves
_FAR = 44  # characters that an announcement stands before its first point


def find(scene: Scene, told: AbstractSet[Span]) -> Iterator[Claim]:
    """Every count of points with the points told behind it; `told` are the counts that have been held to a list."""
    cues = scene.wording.having("一是", "第一", "其一", "首先")
    lists = scene.wording.having("：", "组成")
    for index in sorted(cues | lists):
        block, text = scene.document.blocks[index], scene.facts.blocks[index].normal
        if block.kind not in _PROSE:
            continue
        taken: set[int] = {s.start for s in told if s.block == index}
        for claim in (*(_enumerated(scene, index, text) if index in cues else ()), *_listed(index, text)):
            start = claim.operands[0].span.start
            if start not in taken:
                taken.add(start)
                yield claim


def _value(digits: str) -> int:
    return int(digits) if digits.isdigit() and digits.isascii() else parse_chinese(digits) or 0


def _enumerated(scene: Scene, index: int, text: str) -> Iterator[Claim]:
    """四件事。一是…；二是…；三是…: the run of numbered points and the count right before its first."""
    for first, pattern in _SEQUENCES:
        if first not in text:
            continue
        run: list[re.Match[str]] = []
        for match in (*pattern.finditer(text), None):
            number = _NUMERALS.find(match["n"]) if match is not None else 1
            if number == 1:
                yield from _announced(scene, index, text, run, first)
                run = []
            if match is not None and number == len(run) + 1:
                run.append(match)
    for start in _FIRSTLY.finditer(text):
        stop = text.find("。", start.end())
        last = next(_LAST.finditer(text, start.end()), None)
        if last is None or (stop >= 0 and text.count("。", start.end(), last.start()) > _LESS):
            continue
        between = list(_NEXT.finditer(text, start.end(), last.start()))
        yield from _announced(scene, index, text, [start, *between, last], "")


def _announced(scene: Scene, index: int, text: str, run: Sequence[re.Match[str]], first: str) -> Iterator[Claim]:
    """The claim that the count right before a run of points makes."""
    if len(run) < _LESS:
        return
    head = run[0].start()
    where, before, lead = index, text[max(0, head - _FAR) : head], max(0, head - _FAR)
    if not head and index and scene.document.blocks[index - 1].kind in _PROSE:
        where, before = index - 1, scene.facts.blocks[index - 1].normal
        lead = max(0, len(before) - _FAR)
        before = before[lead:]
    found = _ANNOUNCED.search(before.rstrip()) or _THERE_ARE.search(before.rstrip())
    if (
        found is None
        or _PARTLY.search(before, found.end("all"))
        or _PARTLY.search(before, max(0, found.start() - 4), found.start())
    ):
        return
    if not (_POINTS.search(found["noun"]) or found["unit"] in ("", "点", "个方面", "条", "招", "步", "道")):
        return
    if first and _goes_on(scene, index, first, len(run)):
        return
    at = lead + found.start("all")
    yield from _claim(Span(where, at, at + len(found["all"])), found, len(run), Span(index, *run[-1].span()))


def _goes_on(scene: Scene, index: int, first: str, told: int) -> bool:
    """Whether the next paragraph has the next point."""
    if index + 1 >= len(scene.facts.blocks) or told + 1 >= len(_NUMERALS):
        return False
    return first.replace("一", _NUMERALS[told + 1]) in scene.facts.blocks[index + 1].normal[:6]


def _listed(index: int, text: str) -> Iterator[Claim]:
    """三项做法得到推介：…；…；…；…, 五道程序：甲、乙、丙、丁, 文件4份：《A》《B》《C》, 7人组成：组长甲，副组长乙、丙."""
    for found in _OPENS.finditer(text):
        if _PARTLY.search(text, max(0, found.start() - 6), found.end()):
            continue
        at, unit = found.end(), found["unit"]
        if found["mark"] == "，" and unit not in _PERSONS:
            continue
        names: Sequence[str] = ()
        members = _MEMBERS.match(text, at) if unit in _PERSONS else None
        titles = _TITLES.match(text, at) if unit in "份部本篇个项种" else None
        plain = _NAMES.match(text, at) if unit in _BY_NAME else None
        clauses = _CLAUSES.match(text, at) if _POINTS.search(found["noun"]) or unit in ("点", "条", "个方面") else None
        if members is not None:
            match = members
            names = [n for part in re.split("[，；]", match["list"]) for n in re.split("[、和]", _OFFICE_HELD.sub("", part))]
        elif titles is not None:
            match, names = titles, TITLE.findall(titles["list"])
        elif plain is not None:
            match, names = plain, split_names(plain["list"])
        elif clauses is not None and not _ENUMERATED.match(clauses["body"]):
            match, names = clauses, clauses["body"].split("；")
            if len(names) < _value(found["n"]) and len({n.count("，") for n in names}) > 1:
                continue  # one of them may tell two
        else:
            continue
        if len(names) >= min(_LEAST, _value(found["n"])):
            yield from _claim(Span(index, *found.span("all")), found, len(names), Span(index, at, match.end()))


def _claim(stated: Span, found: re.Match[str], told: int, where: Span) -> Iterator[Claim]:
    number, unit = _value(found["n"]), found["unit"].removesuffix("方面")
    if not number or abs(number - told) > _LESS:
        return
    yield Claim(
        kind=ClaimKind.COUNT,
        verdict=Verdict.AGREES if number == told else Verdict.DISAGREES,
        stated=found["all"],
        computed=f"{told}{unit}",
        operands=(place(stated, "stated"), place(where, "list")),
        difference=None if number == told else f"{abs(number - told)}{unit}",
        formula=f"列出{told}{unit}",
        confidence=LIKELY,
        shape="announced",
    )
