"""Paragraph repeated word for word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji.model.quantity import Dimension
from gouji_checks.copying._said_again import said_again
from gouji_checks.spans import prose

_SENTENCE = re.compile(r"[^。；！？\s][^。；！？]*[。；！？]?")
_LONG, _PASTED, _ITEM, _RESULT, _SHORTEST = 40, 30, 20, 24, 18
_STATED_OFTEN = frozenset({Dimension.MONEY, Dimension.PERCENT, Dimension.SCORE})  # a total or a rate is rightly said twice
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九]是|其[一二三四五六七]，|第[一二三四五六七]，|[（(]?\d{1,2}[）).、])")
_REMARK = re.compile(r"（[^（）]{1,40}）")  # what stands in a bracket before a sentence is none of it
_COUNTING = "一二三四五六七八九其第（("  # what an ordinal begins with, beside digits
_PROJECT = re.compile(r"项目|工程|专项|经费|课题|活动")
_CLAUSE = re.compile(r"[^，。；！？\s][^，。；！？]*")
_RUN = 10
_FIGURE = re.compile(r"\d[\d.,]*%?")
_SUMMARY = re.compile(r"结论|综述|概述|摘要|总体|综合评价|综上|(?<!工作)总结|前言|导言|概况|概要|小结|基本情况")
_PROBLEMS = re.compile(r"问题|不足|困难|短板|偏差|原因")
_MEASURES = re.compile(r"措施|打算|建议|改进|整改|下一步|对策|方向|计划")


@check(
    code="CP104",
    name="repeated-paragraph",
    theme="copying",
    severity=Severity.WARNING,
    zh="整段文字重复",
    en="paragraph repeated word for word",
)
def repeated_paragraph(ctx: AuditContext) -> Iterator[Hit]:
    """Paragraph repeated word for word.

    What it does
    Reports clauses written twice in a row, and a sentence of forty characters or more that stands twice in the text, word for word or with the same figures in almost
    the same words. One finding for each pair of paragraphs: a notice; a warning where counts of what was done are told a second
    time as if new, where a numbered item is another one word for word, and where an item of twenty characters or more among the
    problems stands again among the measures. Totals and rates are rightly said twice, and a conclusion may sum up.

    Why is this bad
    Boilerplate says nothing about the second project. Where results are repeated, one of the two was copied.

    Example
    Flagged::

        一、供水项目
        通过查阅会计账簿和支付凭证、核对合同与验收资料、走访服务对象等方式，对资金使用的合规性和项目成效进行了全面核查，结果真实可靠。
        二、防汛项目
        通过查阅会计账簿和支付凭证、核对合同与验收资料、走访服务对象等方式，对资金使用的合规性和项目成效进行了全面核查，结果真实可靠。

        ----
        一、存在问题
        （一）预算编制不够精细。部分经费按往年数打捆安排，年中调剂较多。
        （二）支付进度偏慢。
        二、改进措施
        （一）预算编制不够精细。部分经费按往年数打捆安排，年中调剂较多。
        （二）加快支付进度。

    Accepted::

        一、供水项目
        通过查阅会计账簿和支付凭证、核对合同与验收资料、走访服务对象等方式，对资金使用的合规性和项目成效进行了全面核查，结果真实可靠。
        二、防汛项目
        走访沿河群众，核对物资台账。

    Rests on
    None: worth a look; parallel sections may share their wording.
    """
    told: set[tuple[int, int]] = set()
    for hit, pair in _problems_for_measures(ctx):
        told.add(pair)
        yield hit
    yield from _run_on(ctx)
    yield from said_again(ctx)
    for found in _groups(ctx):
        first, *others = found
        others = [s for s in others if (first.block.index, s.block.index) not in told]
        if not others:
            continue
        told.update((first.block.index, s.block.index) for s in others)
        copied = (
            any(s.block.index == first.block.index for s in others)
            or any(_tells_results(ctx, s, first) for s in others)
            or (len(others) == 1 and (_is_sibling(others[0], first) or _is_pasted(ctx, others[0], first)))
        )
        times = "" if len(others) == 1 else f"，共{len(others) + 1}处"
        how = (
            ("逐字相同", "word for word")
            if all(s.key == first.key for s in others)
            else ("几乎逐字相同", "almost word for word")
        )
        yield Hit(
            Text(
                f"此句与前文{how[0]}（{len(first.key)}字{times}）：“{first.key[:20]}…”",
                f"this sentence of {len(first.key)} characters stands {how[1]} in {len(others) + 1} places",
            ),
            (*(Place(s.span) for s in others), Place(first.span, "earlier")),
            severity=None if copied else Severity.NOTICE,
        )


def _run_on(ctx: AuditContext) -> Iterator[Hit]:
    """Clauses of a paragraph that stand in it twice in a row, word for word or with the same figures in almost the same words."""
    repeating = {text for text in {block.text for block in prose(ctx)} if _may_repeat(text)}
    for block in prose(ctx) if repeating else ():
        if block.text not in repeating:
            continue
        clauses = list(_CLAUSE.finditer(block.text, block.marker.end if block.marker else 0))
        likely = _likely([clause[0] for clause in clauses])
        done = 0
        for at in sorted(likely):
            if at < done:
                continue
            sizes = (n for n in likely[at] if _is_again(clauses[at : at + n], clauses[at + n : at + 2 * n]))
            if found := next(sizes, 0):
                first, again = clauses[at : at + found], clauses[at + found : at + 2 * found]
                words = block.text[first[0].start() : first[-1].end()]
                yield Hit(
                    Text(f"连续两次写了同一句话：“{words[:20]}”", f"written twice in a row: “{words[:20]}”"),
                    (
                        Place(Span(block.index, again[0].start(), again[-1].end())),
                        Place(Span(block.index, first[0].start(), first[-1].end()), "earlier"),
                    ),
                )
                done = at + 2 * found


def _likely(told: list[str]) -> dict[int, list[int]]:
    """How many clauses from each one on may be said again by as many after them, the most first.

    What is said again is long enough, and ends alike or has the same figures, ordinals aside.
    """
    found: dict[int, list[int]] = {}
    ends = [0, *accumulate(map(len, told))]
    figures = ["".join([f"{figure}/" for figure in _FIGURE.findall(words)]) for words in told]
    runs = [_headed(words, own) for words, own in zip(told, figures, strict=True)]  # figures of n clauses from each one on
    by_length, lasts = {1: runs}, [words[-1] for words in told]
    for n in (2, 3):
        by_length[n] = runs = [run + more for run, more in zip(runs, figures[n - 1 :], strict=False)]
    for n, runs in reversed(by_length.items()):
        for at, (first, again) in enumerate(zip(runs, runs[n:], strict=False)):
            middle, end = at + n, at + 2 * n
            if (first == again or lasts[middle - 1] == lasts[end - 1]) and ends[end] - ends[middle] + n - 1 >= _RUN:
                found.setdefault(at, []).append(n)
    return found


def _headed(words: str, figures: str) -> str:
    """The figures of a clause, an ordinal at its head aside."""
    if not figures or not (words[0] in _COUNTING or words[0].isdecimal()):
        return figures
    return "".join([f"{figure}/" for figure in _FIGURE.findall(_ORDINAL.sub("", words))])


def _may_repeat(text: str) -> bool:
    """Whether any eight characters stand twice: without them no run of clauses does."""
    last = len(text) - 8
    for at in range(
        0, last + 4 if len(text) >= 2 * _RUN else 0, 5
    ):  # of eight in a row the four from one such place on are part
        if text.find(text[at : at + 4], at + 1) < 0:
            continue
        if any(text.find(text[n : n + 8], n + 1) >= 0 for n in range(max(at - 4, 0), min(at, last) + 1)):
            return True
    return False


def _is_again(first: list[re.Match[str]], again: list[re.Match[str]]) -> bool:
    """Whether the second run of clauses says what the first has said."""
    if not first or len(first) != len(again):
        return False
    other = _joined(again)
    if len(other) < _RUN or (len(first) > 1 and len(_FIGURE.findall(other)) < 2 and len(other) < _RUN + 6):
        return False
    one = _joined(first)
    if one.startswith("其中") or other.startswith("其中"):
        return one == other  # 支出预算A，其中：财政拨款支出预算A: a whole and its only part
    if min(len(one), len(other)) >= _RUN and (one.endswith(other) or other.endswith(one)):
        return True
    return _FIGURE.findall(one) == _FIGURE.findall(other) and _is_alike(one, other) and not _is_replaced(one, other)


def _joined(run: list[re.Match[str]]) -> str:
    return _ORDINAL.sub("", "，".join([m[0] for m in run]))


def _is_replaced(one: str, other: str) -> bool:
    """Whether words stand in the place of others: 收入总计减少… and 支出总计减少… are two statements."""
    from difflib import SequenceMatcher  # few reports need it

    return any(tag == "replace" for tag, *_ in SequenceMatcher(None, one, other, autojunk=False).get_opcodes())


class _Sentence(NamedTuple):
    """A sentence in its place; `key` is its text without blanks, `figures` its figures in order, `counts` how many count things."""

    block: Block
    start: int
    end: int
    key: str
    counts: int

    @property
    def span(self) -> Span:
        return Span(self.block.index, self.start, self.end)

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(_FIGURE.findall(self.key))


def _sentences(ctx: AuditContext) -> Iterator[_Sentence]:
    known: dict[tuple[str, int], list[tuple[int, int, str]]] = {}  # the same words stand under many heads
    for block in prose(ctx):
        if len(block.text) < _SHORTEST:
            continue
        text = (block.text, block.marker.end if block.marker else 0)
        keys = known.get(text)
        if keys is None:
            keys = known[text] = list(_keys(*text))
        quantities = ctx.facts.blocks[block.index].quantities if keys else ()
        counted = [q.span.start for q in quantities if q.dimension not in _STATED_OFTEN]
        for start, end, key in keys:
            counts = bisect_left(counted, end) - bisect_left(counted, start) if counted else 0
            yield _Sentence(block, start, end, key, counts)


def _keys(text: str, head: int) -> Iterator[tuple[int, int, str]]:
    """Where the long sentences of a text stand from `head` on, each with its words without blanks, ordinal and remark."""
    for match in _SENTENCE.finditer(text, head):
        start, end = match.span()
        if end - start < _SHORTEST:
            continue
        key = "".join(match[0].split()).rstrip("。；！？")
        if (key[0] in _COUNTING or key[0].isdecimal()) and (ordinal := _ORDINAL.match(key)):
            key = key[ordinal.end() :]
        if key.startswith("（") and (remark := _REMARK.match(key)):
            key = key[remark.end() :]
        if len(key) >= _SHORTEST:
            yield start, end, key


def _groups(ctx: AuditContext) -> Iterator[list[_Sentence]]:
    """Sentences that are one and the same text: word for word, or with the same figures in almost the same words."""
    same: dict[str, list[_Sentence]] = {}
    alike: dict[tuple[str, ...], list[_Sentence]] = {}
    longer: list[_Sentence] = []
    for sentence in _sentences(ctx):
        same.setdefault(sentence.key, []).append(sentence)
        if len(sentence.key) >= _LONG:
            longer.append(sentence)
        if sentence.counts and len(figures := sentence.figures) >= 2:
            alike.setdefault(figures, []).append(sentence)
    for sentence in longer:  # 另一条是严格管理，… : behind a clause of its own the sentence is another one word for word
        tail = sentence.key.partition("，")[2]
        if len(tail) >= _LONG and tail in same:
            start = sentence.end - (len(sentence.key) - sentence.key.index(tail)) - 1
            same[tail].append(sentence._replace(start=max(sentence.start, start), key=tail))
    yield from (group for group in same.values() if len(group) > 1 and _is_worth(group))
    for group in alike.values():
        first = group[0]
        close = [s for s in group[1:] if s.key != first.key and _is_alike(s.key, first.key)]
        if close:
            yield [first, *close]


def _is_worth(group: list[_Sentence]) -> bool:
    """Whether a repetition says something: it is long, counts what was done, or stands in one and the same paragraph."""
    first = group[0]
    told = first.counts >= 2 or (first.counts == 1 and len(first.key) >= _RESULT)
    return len(first.key) >= _PASTED or told or any(s.block.index == first.block.index for s in group[1:])


def _is_alike(one: str, other: str) -> bool:
    """Whether two sentences share most of their pieces of four characters."""
    most = 3 * (len(one) - 3) / 7  # pieces of the other that this one may lack, as it has at most len - 3 of its own
    foreign: set[str] = set()
    for n in range(len(other) - 3):  # most pairs have little in common, which shows after a few pieces
        if (piece := other[n : n + 4]) not in one:
            foreign.add(piece)
            if len(foreign) > most:
                return False
    a, b = ({key[n : n + 4] for n in range(len(key) - 3)} for key in (one, other))
    return len(a & b) >= 0.7 * len(a | b)


def _problems_for_measures(ctx: AuditContext) -> Iterator[tuple[Hit, tuple[int, int]]]:
    """The items that stand once among the problems and once more, word for word, among the measures."""
    problems: dict[str, Block] = {}
    headings = {block.parent for block in ctx.document.blocks if block.parent is not None}
    faults, remedies = ({n for n in headings if words.search(ctx.document.blocks[n].text)} for words in (_PROBLEMS, _MEASURES))
    for block in prose(ctx) if faults and remedies else ():
        if block.parent is None or block.kind is BlockKind.HEADING or not (block.parent in faults) ^ (block.parent in remedies):
            continue
        key = _words(block)
        if len(key) < _ITEM:
            continue
        if block.parent in faults:
            problems.setdefault(key, block)
        elif key in problems:
            earlier = problems[key]
            yield (
                Hit(
                    Text(
                        f"此项与存在问题中的一项逐字相同：“{key[:20]}…”，不是措施",
                        "this measure is word for word one of the problems above",
                    ),
                    (Place(_whole(block)), Place(_whole(earlier), "earlier")),
                ),
                (earlier.index, block.index),
            )


def _words(block: Block) -> str:
    """The text without its number and blanks."""
    return "".join(block.text[block.marker.end if block.marker else 0 :].split())


def _whole(block: Block) -> Span:
    return Span(block.index, 0, len(block.text))


def _tells_results(ctx: AuditContext, one: _Sentence, first: _Sentence) -> bool:
    """Whether a result is told twice as if new: an item that is another one word for word, or counts of what was done.

    A conclusion may say again what the report has said, and so may a summary at its head.
    """
    if one.block.kind is BlockKind.LIST_ITEM and _words(one.block) == _words(first.block) and len(_words(one.block)) >= _LONG:
        return True
    if (_sums_up(ctx, one.block) or _sums_up(ctx, first.block)) and one.block.parent != first.block.parent:
        return False
    if min(len(one.key), len(first.key)) < _RESULT:
        return False
    return first.counts >= 2 or (first.counts == 1 and len(first.key) >= _LONG)


def _is_sibling(one: _Sentence, first: _Sentence) -> bool:
    """Whether two items of one list, next to one another, hold the same long sentence."""
    near = one.block.parent == first.block.parent and one.block.index - first.block.index <= 2
    return near and one.block.marker is not None and first.block.marker is not None and len(one.key) >= _LONG


def _is_pasted(ctx: AuditContext, one: _Sentence, first: _Sentence) -> bool:
    """Whether a sentence without a figure stands in two sections that are not those of two projects."""
    if one.key != first.key or one.figures or len(one.key) < _PASTED or one.block.parent == first.block.parent:
        return False
    heads = [ctx.document.blocks[b.parent].text if b.parent is not None else "" for b in (one.block, first.block)]
    parallel = heads[0] == heads[1] or all(_PROJECT.search(head) for head in heads)
    return not parallel and not _sums_up(ctx, one.block) and not _sums_up(ctx, first.block)


def _sums_up(ctx: AuditContext, block: Block) -> bool:
    parent = ctx.document.blocks[block.parent] if block.parent is not None else None
    return (parent is not None and _is_summary(parent.text)) or _is_summary(block.text[:16])


@lru_cache(maxsize=1024)
def _is_summary(words: str) -> bool:
    return _SUMMARY.search(words) is not None
