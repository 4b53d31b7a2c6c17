"""Distributions of grades and means of scores against the scores that the document lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.claims.arithmetic import compare_value
from gouji.claims.build import LIKELY, SURE, claim_of, operand, place
from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.scores.scale import band_of, scale_in_force, windows
from gouji.claims.sums.listing import NumberedList
from gouji.claims.vocabulary import Role
from gouji.facts.grades import GRADE_WORDS, RANKS
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Verdict
from gouji.model.fact import Span
from gouji.model.quantity import Dimension, plain, point

_POINTS = re.compile(
    r"(?:(?:不足|低于|不到)(?P<top>\d{2}(?:\.\d+)?)\s?分"
    r"|(?P<low>\d{2}(?:\.\d+)?)\s?分?(?:(?P<side>（含）以上|及以上|（含）及以上|以上|以下)|\s?(?:（含）)?(?:[—–~～-]+|至|到)\s?(?P<high>\d{2,3}(?:\.\d+)?)\s?分(?:（不含）)?))的?(?:项目|子项|单位)?(?:有|共|为)?\s?(?P<n>\d+)\s?[个项家所]"
)
_REST = re.compile(
    r"其余的?\s?(?P<n>\d+)\s?[个项家所][\u4e00-\u9fff]{0,4}?(?:均|都)?(?:在|低于|不足)(?P<top>\d{2}(?:\.\d+)?)\s?分(?:以下)?"
)
_LINE = re.compile(  # 达到60分合格线的3家，未达到的6家
    r"(?:达到|达)(?P<low>\d{2}(?:\.\d+)?)\s?分(?:的)?(?:合格|及格|达标|优秀)?线?的(?:有|共)?\s?(?P<n>\d+)\s?[个项家所名](?:，(?P<rest>未达(?:到)?的(?:有|共)?\s?(?P<m>\d+)\s?[个项家所名]))?"
)
_MEAN = re.compile(r"平均(?:得分|分|评分|成绩)(?:数|值)?为?$|均分为?$")
DISTRIBUTED = re.compile(
    rf"(?P<n>\d+|[一二三四五六七八九十]+)\s?(?:个|项)(?!项目中|中)(?:[^，。；、）\d]{{0,16}}?)(?P<g>{GRADE_WORDS})(?=[，。；、）”’]|的|等|级|$|档|评)"
    rf"|(?<!其)[“‘]?(?P<g2>{GRADE_WORDS})[”’]?(?:等级|等次|等|级|档)?的?(?:项目)?(?:有|共|为|：|的有)?\s?(?P<n2>\d+|[一二三四五六七八九十]+)\s?(?:个|项)"
)
_MAY_COUNT = re.compile(  # what `DISTRIBUTED` matches holds both
    r"[优良差中格般][^。]{0,24}[个项]|[个项][^。]{0,24}[优良差中格般]"
)
_GRADED = ("优", "良", "差", "中", "合格", "及格", "一般")
_REGRADED = re.compile(r"[由从].{1,4}[调改降升]")  # 11个项目由优调为良
_ONE_SORT = re.compile(
    r"(?:镇|乡|街道|村|社区|县|区|校|院|馆|园|项目|单位|公司|企业|局|站|所|队|室|处|办|厂|中心|[费科])(?:自评|考核|测评|综合)?(?:得分|得|为)?$"
)
_SCORED_THINGS = re.compile(r"项目|子项|专项|单位|工程")
_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


def find(scene: Scene, runs: Sequence[NumberedList], rows: Sequence[Decimal]) -> Iterator[Claim]:
    scored = (list(rows), 0) if len(rows) >= 3 else _scored_list(scene, runs)
    graded, counted = scene.wording.having(*_GRADED), scene.wording.having("个", "项")
    for passage in scene.passages:
        if Dimension.SCORE in passage.dimensions:
            yield from _means(passage, scored)
            yield from _by_points(scene, passage)
        if passage.block.index not in graded or passage.block.index not in counted or not _MAY_COUNT.search(passage.text):
            continue
        for start, end in windows(passage.text):
            parts = [m for m in DISTRIBUTED.finditer(passage.text, start, end) if not _REGRADED.search(m[0])]
            ranks = [RANKS[m["g"] or m["g2"]] for m in parts]
            if not parts or (len(set(ranks)) < len(ranks) and "；" in passage.text[parts[0].start() : parts[-1].end()]):
                continue  # 2022年优3个；2023年优5个: the projects of two years
            stated: dict[int, int] = {}
            for m, rank in zip(parts, ranks, strict=True):
                number = m["n"] or m["n2"]
                value = int(number) if number.isdigit() else _NUMERALS.get(number, 0)
                stated[rank] = stated.get(rank, 0) + value
            whole = scored is not None and not scored[1] and sum(stated.values()) == len(scored[0])
            if len(parts) < 2 and not whole:
                continue
            near = _scores_before(passage, parts[0].start())
            if near and min(near) >= 40 and abs(sum(stated.values()) - len(near)) <= 1:
                yield _distribution_claim(scene, passage, parts, stated, near, 0)
            elif (
                scored is not None
                and _SCORED_THINGS.search(passage.text, start, end)
                and len(scored[0]) <= sum(stated.values()) <= len(scored[0]) * 2  # else the list is of some other projects
            ):
                yield _distribution_claim(scene, passage, parts, stated, *scored)
            else:
                yield from _against_number(passage, parts, stated)


def _means(passage: Passage, scored: tuple[list[Decimal], int] | None) -> Iterator[Claim]:
    """六个项目得分分别为…，平均得分94.17分: the mean of the scores listed before it, or of all listed projects."""
    for item in passage.items:
        if item.q.dimension is not Dimension.SCORE or item.hedged or not _MEAN.search(item.label):
            continue
        near = _scores_before(passage, item.q.span.start)
        scores = near or (scored[0] if scored is not None and not scored[1] and "项目" in passage.text else [])
        if len(scores) < 3:
            continue
        mean = sum(scores, Decimal(0)) / len(scores)
        formula = f"({' + '.join(plain(s) for s in scores)}) ÷ {len(scores)}"
        outcome = compare_value(item.q.figure, mean, point(mean), formula)
        counted = item.order > 0 and _all_of(passage.items[item.order - 1], item, len(scores))
        if near or counted or outcome.holds:  # the list of all projects may hold more than those that the mean is of
            yield claim_of(ClaimKind.AVERAGE, item, [], outcome, shape="scores")


def _all_of(number: Item, mean: Item, listed: int) -> bool:
    """6个项目…平均得分: whether the figure before a mean counts as many projects as have scores."""
    told = number.q.figure.unit.symbol in ("个", "项") and number.q.noun.startswith(("项目", "子项"))
    return told and number.q.sentence == mean.q.sentence and number.q.base == listed


def _by_points(scene: Scene, passage: Passage) -> Iterator[Claim]:
    """得分：甲98分、乙81分、丙85分；其中90分以上1个: scores counted by their points instead of a grade."""
    text = passage.text
    told: list[tuple[int, int, int, Decimal, Decimal | None, bool]] = []  # where, how many, the bound or two, whether below it
    for match in _POINTS.finditer(text):
        low, high = Decimal(match["low"] or match["top"]), Decimal(match["high"]) if match["high"] else None
        below = bool(match["top"]) or match["side"] == "以下"
        told.append((*match.span(), int(match["n"]), low, high, below))
    told += [(*m.span(), int(m["n"]), Decimal(m["top"]), None, True) for m in _REST.finditer(text)]
    lines = list(_LINE.finditer(text))
    for match in lines:
        low = Decimal(match["low"])
        told.append((match.start(), match.end("n") + 1, int(match["n"]), low, None, False))
        if match["rest"]:
            told.append((*match.span("rest"), int(match["m"]), low, None, True))
    for start, end, said, low, high, below in told:
        head = next((m.start() for m in lines if m.start() <= start < m.end()), start)  # 60分 is no score
        scores = _scores_before(passage, head) or _scores_above(scene, passage, head)
        if not scores:
            continue
        fits = sum(1 for s in scores if (s < low if below else s >= low and (high is None or s < high)))
        yield Claim(
            kind=ClaimKind.DISTRIBUTION,
            verdict=Verdict.AGREES if said == fits else Verdict.DISAGREES,
            stated=text[start:end],
            computed=f"{fits}个",
            operands=(place(Span(passage.block.index, start, end), "stated"),),
            difference=None if said == fits else f"{abs(said - fits)}个",
            formula="得分：" + "、".join(plain(s) for s in scores),
            shape="points",
        )


_RESULT = re.compile(r"(?:打分|评分|考核|评价|自评|得分|测试)结果(?:中|里|看|显示)")
_ABOVE = 4  # blocks up to the list that a result points back at


def _scores_above(scene: Scene, passage: Passage, at: int) -> list[Decimal]:
    """打分结果中，90分以上的3个镇: the one list of scores in the paragraphs right before."""
    if not _RESULT.search(passage.text, max(0, at - 40), at):
        return []
    index = passage.block.index
    near = [scene.by_block[n] for n in range(max(0, index - _ABOVE), index) if n in scene.by_block]
    lists = [scores for p in near if (scores := _scores_before(p, len(p.text)))]
    return lists[0] if len(lists) == 1 else []


def _scores_before(passage: Passage, at: int) -> list[Decimal]:
    """得分依次为96分、94分、…: a list of at least three scores in the sentences before."""
    run: list[Item] = []
    broken = False  # the list goes on with what cannot be read as its next member
    for item in passage.items:
        if item.q.span.start >= at:
            break
        if item.q.dimension is not Dimension.SCORE or item.role is Role.WEIGHT or item.hedged:
            continue
        close = bool(run) and item.order - run[-1].order == 1
        if close and (item.q.mark == "、" or (item.q.mark in "；，" and _told_alike(item, run[-1]))):
            run.append(item)
        elif len(run) < 3:
            run, broken = [item], close and item.q.mark in "、；，"
        elif close and item.q.mark in "；，" and item.q.sentence == run[-1].q.sentence:
            broken = True
    return [i.q.base for i in run] if len(run) >= 3 and not broken else []


def _told_alike(a: Item, b: Item) -> bool:
    """东升镇得95分；银杏镇得80分: names of one sort, each with what it got."""
    named = all(len(i.label) >= 3 and _ONE_SORT.search(i.label) for i in (a, b))
    return named and (a.label[-2:] == b.label[-2:] or a.label[-1:] == b.label[-1:] == "得")


def _against_number(passage: Passage, parts: list[re.Match[str]], stated: dict[int, int]) -> Iterator[Claim]:
    """26个项目中，优19个、良5个、中3个: the grades may not count more projects than there are."""
    number = next(
        (
            i
            for i in reversed(passage.items)
            if i.q.span.end <= parts[0].start()
            and i.q.figure.unit.symbol in ("个", "项")
            and (not i.q.chinese or re.match(r"(?:子|分|评价)?(?:项目|指标|任务|单位|部门)", i.q.noun))
            and (re.search(r"项目|专项|指标", i.label[-8:] + i.q.noun[:4]) or re.search(r"共|全部|总", i.gap[-6:]))
            and i.q.span.block == passage.block.index
            and 0 <= passage.text.count("。", 0, parts[0].start()) - i.q.sentence <= 1
            and not any(m.start() <= i.q.span.start < m.end() for m in parts)
        ),
        None,
    )
    said = sum(stated.values())
    if number is None or number.hedged or said < 2:
        return
    whole = int(number.q.base)
    if (said < whole and len(parts) < 3) or said > 2 * whole:
        return  # 有11个由优调为良，调整后优254个、良49个: another number
    yield Claim(
        kind=ClaimKind.DISTRIBUTION,
        verdict=Verdict.AGREES if said == whole else Verdict.DISAGREES,
        stated="、".join(m[0] for m in parts),
        computed=f"{said}个",
        operands=(
            *(
                place(Span(passage.block.index, m.start(), m.end()), "stated" if n == 0 else "part")
                for n, m in enumerate(parts)
            ),
            operand(number, "number"),
        ),
        difference=None if said == whole else f"{abs(said - whole)}个",
        formula=" + ".join(str(n) for n in stated.values()) + f" = {said}，项目数{whole}",
        confidence=SURE if said > whole else LIKELY,
        shape="number",
    )


def _scored_list(scene: Scene, runs: Sequence[NumberedList]) -> tuple[list[Decimal], int] | None:
    """The scores of the listed projects and how many of them have none."""
    best: tuple[list[Decimal], int] | None = None
    for run in runs:
        scores = []
        for item in run.items:
            found = [
                i
                for b in item.blocks
                if (passage := scene.by_block.get(b.index)) is not None and Dimension.SCORE in passage.dimensions
                for i in passage.items
                if i.q.dimension is Dimension.SCORE and i.role in (Role.SCORED, Role.PLAIN)
            ]
            if found:
                scores.append(found[-1].q.base)
        if len(scores) >= 2 and len(scores) * 2 > len(run.items) and (best is None or len(scores) > len(best[0])):
            best = (scores, len(run.items) - len(scores))
    return best


def _distribution_claim(
    scene: Scene, passage: Passage, parts: list[re.Match[str]], stated: dict[int, int], scores: list[Decimal], blanks: int
) -> Claim:
    scale = scale_in_force(scene)
    counted: dict[int, int] = {}
    for score in scores:
        band = band_of(score, scale)
        if band is not None:
            rank = RANKS.get(band.words[0], 3)
            counted[rank] = counted.get(rank, 0) + 1
    spare = sum(max(0, stated.get(r, 0) - counted.get(r, 0)) for r in set(stated) | set(counted))
    over = sum(max(0, counted.get(r, 0) - stated.get(r, 0)) for r in set(stated) | set(counted))
    agrees = over == 0 and spare <= blanks
    names = {RANKS[b.words[0]]: b.words[0] for b in scale if b.words[0] in RANKS}
    shown = "、".join(f"{n}个{names.get(r, '?')}" for r, n in sorted(counted.items()))
    if blanks:
        shown += f"，{blanks}个无得分"
    said = "、".join(f"{n}个{names.get(r, '?')}" for r, n in stated.items())
    return Claim(
        kind=ClaimKind.DISTRIBUTION,
        verdict=Verdict.AGREES if agrees else Verdict.DISAGREES,
        stated=said,
        computed=shown,
        operands=tuple(
            place(Span(passage.block.index, m.start(), m.end()), "stated" if n == 0 else "part") for n, m in enumerate(parts)
        ),
        formula="得分：" + "、".join(plain(s) for s in scores),
    )
