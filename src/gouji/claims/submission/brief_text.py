"""What the running text of a file states of the unit and of its projects: budgets, expenditure, rates, scores, grades; its annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.claims.restated.fact import Stated, collect
from gouji.claims.restated.restate_whole import PROJECT_CHAPTER, speaks_of_all
from gouji.claims.scene import Scene
from gouji.claims.tables.grid import Kind, Section, Sort, is_indicators
from gouji.claims.tables.words import squeeze
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.document import Block, BlockKind
from gouji.model.fact import Span
from gouji.model.package import Said
from gouji.model.quantity import HUNDRED, Dimension

_FISCAL = re.compile(r"财政拨款|一般公共预算(?:财政拨款)?|财政资金")
_FRAME = re.compile(
    r"\d{4}年度?|截至|年末|年底|[我本][局委办院县市区镇乡校馆部单站所中]位?心?|本级|部门|单位|整体|项目资金|项目|全年度?|年度|当年|本年度?|今年|"
    r"实际|共计|合计|总计|累计|总额|总|共|完成|达到|达|实现|资金|金额|经费|数额?|为|的|了|已|其中|绩效|自评|评价|综合|最终|结果|情况|该|一般公共预算|财政拨款|财政|安排|批复|下达|核定|使用|发生|列支|"
    r"，|：|、|“|”"
)
_MONEY: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (key, re.compile(wanted), re.compile(words))
    for key, wanted, words in (
        ("budget_initial", r"年初预算|年初部门预算|年初安排", r"年初|预算"),
        ("budget", r"全年预算|调整后?(?:的)?(?:全年)?预算|预算调整(?:数|为|后)", r"全年|调整后?|预算|年"),
        ("basic", r"基本支出", r"基本支出|决算|支出|执行"),
        ("project", r"项目支出", r"项目支出|支出|决算|执行"),
        ("three_public", r"“?三公”?经费", r"三公|支出|决算|执行"),
        ("abroad", r"因公出国", r"因公出国（境）费?用?|因公出国|支出|决算|费用?"),
        ("car_buy", r"公务用车购置", r"公务用车购置费?用?|支出|决算"),
        ("car_run", r"公务用车运行", r"公务用车运行(?:维护)?费?用?|支出|决算"),
        ("reception", r"公务接待", r"公务接待费?用?|支出|决算"),
        ("income", r"收入", r"收入|决算"),
        ("spent", r"支出|执行|支付|决算", r"支出|执行|支付|决算"),
        ("budget_any", r"预算", r"预算"),
    )
)
_NAMED = {"basic", "project", "three_public", "abroad", "car_buy", "car_run", "reception"}  # the name itself is the subject
_WHOLE = re.compile(r"部门|整体|单位|综合|总|最终")
_MARKER = re.compile(r"^(?:（[一二三四五六七八九十\d]{1,2}）|[一二三四五六七八九十\d]{1,2}[、.．])")
_OVERALL = re.compile(r"总体|总的|整体|收支|预算执行|资金使用|部门|单位")
_RATE = re.compile(r"(?:预算|资金|支出)?(?:预算)?执行率|预算完成率|支出率")
_RATE_WORDS = re.compile(r"预算|资金|支出|执行率|完成率|支出率|率")
_SCORE = re.compile(r"得分|评分|总分|自评分|分")
_SCORE_WORDS = re.compile(r"支出|得分|评分|总分|自评|分|得|评定|打分")
_SUFFIX = re.compile(r"(?:补助|专项)?(?:项目|资金|经费|工程)$")
_ANNEX = re.compile(
    r"^\s*附件\s*(?:[0-9一二三四五六七八九十]{0,3})\s*[：:.、．]?\s*(?:[0-9]{1,2}\s*[.、．])?\s*《?([^，。；《》\n]{4,60}?)》?\s*$"
)
_ANNEX_ITEM = re.compile(r"^\s*(?:附件\s*)?[0-9一二三四五六七八九十]{1,2}\s*[.、．：:]\s*《?([^，。；《》\n]{4,60}?)》?\s*$")
_HEADED = re.compile(r"\s*([^：:。，；、,]{4,30})(?=[：:。，；,]|$)")
_PROJECT = re.compile(r"项目|工程|专项|资金|经费|补助|补贴|改造|建设|维修|养护|购置|整治|治理|保障|服务|培训|救助|运维|监测")
_NO_PROJECT = re.compile(r"情况|分析|绩效|概况|总体|问题|措施|建议|评价|目标|结论|原因|预算|支出|收入|决算|制度|管理办法")
_LISTED = re.compile(r"项目名称|专项名称|^项目$")
_BUDGET = {Sort.BUDGET, Sort.SPENT, Sort.RATE, Sort.SCORE, Sort.AMOUNT}


def core(name: str) -> str:
    """A project's name without blanks, year and what every project is called."""
    text = re.sub(r"^\d{4}年度?|[“”\"（(]\d{4}年度?[）)]", "", squeeze(name))
    return _SUFFIX.sub("", text) or text


def text_said(scene: Scene, names: Sequence[str], claims: Sequence[Claim]) -> Iterator[Said]:
    """The unit's and the projects' figures told in sentences and in lists of projects; the grades that follow from their scores."""
    cores = {core(n): n for n in names if len(core(n)) >= 3}
    scores: dict[Span, str] = {}
    for fact in collect(scene):
        q = fact.item.q
        if scene.document.blocks[q.span.block].cells or q.cell is not None:
            continue
        subject = _subject(scene, q.span, q.label_start, cores)
        if subject is None:
            continue
        key = _key(fact, core(subject) if subject else "")
        if key is None or (fact.year is not None and fact.year != scene.document.year):
            continue
        whole = key in _NAMED or (key == "score" and _WHOLE.search(fact.item.label))
        if not subject and not whole and not speaks_of_all(scene, fact) and not _under_overall(scene, q.span):
            continue
        scope = (
            "fiscal"
            if _FISCAL.search(fact.item.label) and key not in ("budget_initial", "budget", "budget_any", "rate")
            else ""
        )
        if key == "score":
            scores[q.span] = subject
        yield Said(key, q.span, fact.item.label, subject, scope, q)
    for claim in claims:
        if (
            claim.kind is ClaimKind.GRADE
            and claim.shape != "row"
            and len(claim.operands) > 1
            and claim.operands[1].span in scores
        ):
            yield Said("grade", claim.operands[0].span, claim.stated, scores[claim.operands[1].span])


def _under_overall(scene: Scene, span: Span) -> bool:
    """Whether a run-in heading says that its block is about the unit as a whole: （一）总体情况。"""
    block = scene.document.blocks[span.block]
    if block.marker is None or block.level is not None:
        return False
    text = block.text[block.marker.end : span.start]
    lead = text.partition("。")[0]
    return len(lead) <= 12 and "。" in text and _OVERALL.search(lead) is not None


def _subject(scene: Scene, span: Span, label_start: int, cores: dict[str, str]) -> str | None:
    """The project that the words before a figure speak of: named in its sentence, else at the head of its block, else in the heading above.

    "" where no project is named; None where the figure stands in a list of things that are no project of the submission.
    """
    block = scene.document.blocks[span.block]
    text = scene.facts.blocks[span.block].normal
    start = text.rfind("。", 0, span.start) + 1
    found = _named(text[start : span.start], cores)
    if found is not None:
        return found
    lead = text[: min(len(text), 60)]
    if block.kind is BlockKind.LIST_ITEM or block.marker is not None:
        found = _named(lead, cores)
        if found is not None:
            return found
    for above in _above(scene, block):
        found = _named(above.text, cores)
        if found is not None:
            return found
        if above.level is not None and above.level >= 3:
            return None  # under a project or a matter that no form is about
    return "" if label_start >= 0 else None


def _above(scene: Scene, block: Block) -> Iterator[Block]:
    while block.parent is not None:
        block = scene.document.blocks[block.parent]
        yield block


def _named(text: str, cores: dict[str, str]) -> str | None:
    """The project named last in a text; of two that end alike the longer (城区河道整治, not 河道整治)."""
    bare = squeeze(text)
    best: tuple[int, int, str] | None = None
    for name, whole in cores.items():
        at = bare.rfind(name)
        if at >= 0 and (best is None or (at + len(name), len(name)) > best[:2]):
            best = (at + len(name), len(name), whole)
    return best[2] if best else None


def _key(fact: Stated, subject: str) -> str | None:
    """What a figure is, by its label with nothing left over."""
    q, label = fact.item.q, _MARKER.sub("", squeeze(fact.item.label))
    if subject:
        label = label[label.rfind(subject) + len(subject) :] if subject in label else label
        label = (
            _SUFFIX.sub("", label) if _SUFFIX.fullmatch(label) else re.sub(r"^(?:补助|专项)?(?:项目|资金|经费|工程)", "", label)
        )
    if q.dimension is Dimension.PERCENT:
        return "rate" if _RATE.search(label) and not _left(label, _RATE_WORDS) else None
    if q.dimension is Dimension.SCORE:
        whole = q.base <= HUNDRED and q.base * 2 >= HUNDRED and fact.item.role is not Role.WEIGHT
        told = _SCORE.search(label) or "得" in label or "自评" in label
        return "score" if whole and told and q.base < HUNDRED and not _left(label, _SCORE_WORDS) else None
    if q.dimension is not Dimension.MONEY:
        return None
    for key, wanted, words in _MONEY:
        if wanted.search(label):
            return key if not _left(label, words) else None
    return None


def _left(label: str, words: re.Pattern[str]) -> str:
    return re.sub(r"[^\u4e00-\u9fff]", "", _FRAME.sub("", words.sub("", label)))


# ---- counts ---------------------------------------------------------------------------------------------------------------------


def counted_of(scene: Scene, names: Sequence[str]) -> Iterator[Said]:
    """Counts, measures and percentages of running text with the words that name them, and the project that they are about."""
    cores = {core(n): n for n in names if len(core(n)) >= 3}
    for fact in collect(scene):
        q = fact.item.q
        if q.cell is None and q.dimension in (Dimension.COUNT, Dimension.MEASURE, Dimension.PERCENT) and q.exact:
            subject = _subject(scene, q.span, q.label_start, cores)
            if subject is not None:
                yield Said("counted", q.span, fact.item.label + q.noun[:8], subject, quantity=q)


# ---- projects and annexes -------------------------------------------------------------------------------------------------------


def listed_projects(sections: Sequence[Section]) -> Iterator[Said]:
    """The projects of a report's table of projects: a column 项目名称 beside amounts or scores."""
    for section in sections:
        names = next((c for c in section.columns if _LISTED.search(squeeze(c.name))), None)
        if names is None or is_indicators(section) or not any(c.sort in _BUDGET for c in section.columns):
            continue
        for row in section.rows:
            span = row.spans.get(names.index)
            words = row.texts.get(names.index, "")
            if row.kind == Kind.NORMAL and span is not None and len(words) >= 4 and row.values:
                yield Said("project", span, words)


def headed_projects(scene: Scene) -> Iterator[Said]:
    """Projects that a heading below the first level, or the head of a list item, names."""
    for block in scene.document.blocks:
        if block.cells or block.marker is None or block.level == 1:
            continue
        match = _HEADED.match(block.text, block.marker.end)
        above = scene.document.blocks[block.parent] if block.parent is not None else None
        listed = above is not None and above.level == 1 and PROJECT_CHAPTER.search(above.text) is not None
        if match and (listed or _PROJECT.search(match[1])) and not _NO_PROJECT.search(match[1]):
            yield Said("project", Span(block.index, *match.span(1)), match[1])


def annexes_of(scene: Scene) -> Iterator[Said]:
    """The annexes that a report names at its end: 附件：1.…  2.… on lines of their own."""
    open_list = False
    for block in scene.document.blocks:
        if block.cells:
            continue
        whole = _ANNEX.match(block.text)
        item = _ANNEX_ITEM.match(block.text) if open_list else None
        match = whole or item
        open_list = match is not None or re.fullmatch(r"\s*附件\s*[：:]?\s*", block.text) is not None
        if match is not None:
            yield Said("annex", Span(block.index, *match.span(1)), match[1].strip())
