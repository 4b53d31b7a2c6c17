"""The score sheet of a report: its total score, and the weights and scores of its first-level indicators, wherever they stand.

财预〔2020〕10号: the weights of the first-level indicators make 100, their scores the total. Reports scatter them over list items, headings
and paragraphs; what one name is given twice with two figures (several projects, each with a sheet) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from decimal import Decimal

from gouji.claims.scene import Item, Passage, Scene
from gouji.claims.scores.in_tables import told_in_table
from gouji.claims.tables.grid import Kind, Section, Sort
from gouji.claims.vocabulary import SHORT_SCORED, Role
from gouji.model import patterns as re
from gouji.model.fact import Quantity
from gouji.model.quantity import HUNDRED, Dimension, Hedge
from gouji.model.record import record

_NAMES = (
    ("execution", r"(?:部门|项目)?(?:预算|资金|预算资金)(?:支出)?执行(?:率|情况|进度)?|执行率|预算支出进度"),
    ("input", r"(?:资金|项目)?投入(?:管理)?"),
    ("decision", r"(?:项目|资金)?(?:决策|立项)(?:情况)?"),
    ("process", r"(?:项目|预算|资金|实施|业务|组织|财务|综合)?(?:过程|管理)(?:管理|效率|控制|情况)?"),
    ("output", r"(?:项目|履职|工作)?产出|履职(?:效能|情况|尽责)|任务完成(?:情况)?"),
    ("benefit", r"(?:项目|履职|社会|实施|产出)?(?:效益|效果|成效|效应)|绩效(?:结果)?"),
    ("satisfaction", r"(?:服务对象|社会公众|群众|受益对象|社会)?(?:满意度?|满意度情况)"),
    ("cost", r"(?:运行|项目)?成本(?:控制)?"),
    ("sustained", r"可持续(?:发展|影响)?(?:能力)?"),
)
_COMPONENT = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _NAMES))
_BEFORE = re.compile(
    r"^(?:[（(]?\d{1,2}[）).、]|[（(]?[一二三四五六七八九十][）)、.])+|^(?:由|按|其中|以上|上述|本项目|连同|一级指标|其一|一是|二是|三是|四是|，|：)+"
)
_BEHIND = re.compile(
    r"(?:(?:类|一级)?指标|类|方面|部分|维度|环节|情况|分值|满分|权重|赋分|标准分|总分|得分|自评|实际|实得|评分|小计|合计|共计|得|打|共|计|占|为|各|总)+$"
)
_TOTAL = re.compile(
    r"(?:总(?:得分|评分|分|体得分|评得分|评)|(?:综合|自评|评价|最终|最后|合计|整体|绩效)(?:总|综合)?(?:得分|评分|总分|分|结果|结论|成绩)?(?:共|合计)?|"
    r"^(?:以上|四项|五项|三项|六项|各项)?(?:合计|共计|总计|累计|相加|加总)?(?:得分|得|共得)?)(?:为|是|共|计|达到?)*$"
)
_WHOLE = re.compile(r"整体[^，。]{0,6}得$|总得分$|综合得分$|自评总分$|整体[^，。]{0,6}得分$")
_SCORE_WORD = re.compile(r"得分|评分|总分|得$|自评|合计|共计|总计|综合|相加|总评|评价结果")
_SCORE_BEHIND = re.compile(r"\s?的(?:自评|评价|绩效|综合|总)*(?:结果|成绩|得分|总分|分数)")
_FOREIGN = re.compile(
    r"满意|指标|投入|过程|产出|效益|效果|执行|决策|管理[得评]|成本|考核|测评|测试|检查|问卷|调查|竞赛|考试|抽查|复核|再评价|重点评价|财政|主管|第三方|平均|"
    r"目标|不低于|力争|争取|上年|去年|同期|初评|初步|原|扣|加分|季度|半年|上期|优良|分别|最高|最低|答卷|培训|验收|巡查|督查|质量|以上|区间|标准|省厅|专家|抽评"
)


_WEIGHTED = re.compile(r"分\s?[×*xX乘]\s?以?\s?\d+(?:\.\d+)?%[^。]*[+＋加]")


@record(slots=True)
class Part:
    """A first-level indicator: the figures it is given, one for each value."""

    weights: dict[Decimal, Quantity] = field(default_factory=dict)
    scores: dict[Decimal, Quantity] = field(default_factory=dict)

    @property
    def weight(self) -> Quantity | None:
        return next(iter(self.weights.values())) if len(self.weights) == 1 else None

    @property
    def score(self) -> Quantity | None:
        return next(iter(self.scores.values())) if len(self.scores) == 1 else None


@record(slots=True)
class Total:
    """A statement of the total score. `subject` is what is left of the words that name it: of a project, or of nothing."""

    item: Item
    subject: str
    summed: bool = False  # said to be a sum: 四项相加
    year: str = ""  # told beside it

    @property
    def q(self) -> Quantity:
        return self.item.q


@record(slots=True)
class Sheet:
    parts: dict[str, Part] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)
    form: Quantity | None = None  # the total of the one table of scores

    @property
    def overall(self) -> list[Item]:
        """The total scores of the unit or project that the report is on, those of its text before that of its table."""
        own = [t.item for t in self.totals if not t.subject]
        return own or ([Item(self.form, Role.SCORED, 0, "", "")] if self.form is not None else [])


def component(label: str) -> str | None:
    """Which first-level indicator a label names; None for those below it (产出数量指标) and for all else."""
    name = _BEFORE.sub("", label)
    shorter = ""
    while name != shorter:
        shorter, name = name, _BEHIND.sub("", name)
    match = _COMPONENT.fullmatch(name)
    return match.lastgroup if match else None


def collect(scene: Scene, sections: Sequence[Section]) -> Sheet:
    """The score sheet of a document."""
    sheet = Sheet(form=_form_total(scene, sections))
    for passage in scene.passages:
        if not passage.dimensions & _POINTS:
            continue
        scores = [i for i in passage.items if _is_score(i) and i.role is not Role.DEDUCTED and not i.hedged]
        if not scores:
            continue
        totals = [t for i in scores if (t := _total(scene, passage, i)) is not None]
        elsewhere = {t.q.sentence for t in totals if t.subject and not t.summed}  # the sheet of one project among others
        for name, item, scored in _parts(passage, scores):
            if item.q.sentence in elsewhere:
                continue
            part = sheet.parts.setdefault(name, Part())
            (part.scores if scored else part.weights).setdefault(item.q.base, item.q)
        sheet.totals += totals
    return sheet


_POINTS = frozenset({Dimension.SCORE, Dimension.BARE})
_NO_UNIT = re.compile(r"(?:得分|评分|总分|分数|分值)$")


def _is_score(item: Item) -> bool:
    """A figure in points, or 自评得分：95.6 without its unit."""
    bare = item.q.dimension is Dimension.BARE and _NO_UNIT.search(item.label) is not None
    return item.q.dimension is Dimension.SCORE or bare


def _form_total(scene: Scene, sections: Sequence[Section]) -> Quantity | None:
    """The score in the total row of the document's one table of scores out of 100."""
    found: dict[Decimal, Quantity] = {}
    for section in sections:
        told = told_in_table(scene, section)
        if told is not None and any(w.weight and w.q.base == HUNDRED for w in told.wholes):
            found.update((w.q.base, w.q) for w in told.wholes if not w.weight and w.q.exact)
            continue
        score, weight = section.first(Sort.SCORE), section.first(Sort.WEIGHT)
        if score is None or weight is None:
            continue
        for row in section.rows:
            q, full = row.values.get(score.index), row.values.get(weight.index)
            if row.kind == Kind.TOTAL and q is not None and full is not None and full.base == HUNDRED and q.exact:
                found.setdefault(q.base, q)
    return next(iter(found.values())) if len(found) == 1 else None


# ---- first-level indicators ----------------------------------------------------------------------------------------------------


def _parts(passage: Passage, scores: Sequence[Item]) -> Iterator[tuple[str, Item, bool]]:
    """(name, figure, whether it is what was got) of every first-level indicator of a paragraph."""
    pending: list[tuple[str, Item]] = []
    told: set[bool] = set()
    n = 0
    while n < len(scores):
        item = scores[n]
        name = _name_of(passage, item) if item.q.base <= _PART else None
        after = scores[n + 1] if n + 1 < len(scores) else None
        n += 1
        if name is None:
            continue
        if after is not None and (_got(item, after) or _of(item, after)):
            weight, score = (item, after) if _got(item, after) else (after, item)
            yield name, weight, False
            yield name, score, True
            n += 1
        elif item.role in (Role.WEIGHT, Role.SCORED):
            told.add(item.role is Role.SCORED)
            yield name, item, item.role is Role.SCORED
        else:
            pending.append((name, item))
    if len(told) == 1:
        yield from ((name, item, next(iter(told))) for name, item in pending)


def _name_of(passage: Passage, item: Item) -> str | None:
    """The indicator that a figure's label names, or the words before it where it says no more than 满分: 决策情况（满分15分."""
    name = component(item.label)
    if name is not None or _BEHIND.sub("", item.label):
        return name
    head = passage.text[: item.q.label_start].rstrip("（：，")
    return component(re.split(r"[。；：，、（）]", head)[-1].removeprefix(_marker(passage)))


def _marker(passage: Passage) -> str:
    marker = passage.block.marker
    return passage.text[: marker.end].strip(" （）") if marker is not None else ""


def _of(score: Item, weight: Item) -> bool:
    """预算执行得9.5分，占10分: what was got, and of how much."""
    return (
        score.role is Role.SCORED
        and weight.role is Role.WEIGHT
        and weight.q.sentence == score.q.sentence
        and component(weight.label) is None
        and not _BEHIND.sub("", weight.label)
        and score.q.base <= weight.q.base
    )


def _got(weight: Item, score: Item) -> bool:
    """过程（20分）：得18.64分; 满意度指标10分，群众满意度…，得10分: the score behind a weight."""
    if weight.q.sentence != score.q.sentence or weight.role is Role.SCORED or score.role is Role.WEIGHT:
        return False
    short = SHORT_SCORED.match(score.label) is not None or (score.role is Role.SCORED and component(score.label) is None)
    return short and not _TOTAL_ONLY.search(score.label) and score.q.base <= weight.q.base


_PART = 75  # points: no first-level indicator has more
_TOTAL_ONLY = re.compile(r"总|综合|合计|共")


# ---- the total score -----------------------------------------------------------------------------------------------------------

_FRAME = re.compile(
    r"20\d\d年度?|分数|截至|年末|年底|经(?:过)?|由|按照?|根据|依据|对照|^中心|本(?:次|项目|单位|部门|级|年度?|专项|局|委|办|院|中心|馆|站|校|镇|乡|街道)?|我(?:[市县区镇乡省]?[\u4e00-\u9fff]{0,3}?)(?:局|委|办|院|中心|馆|站|校|镇|乡|会|队|场|所|部)|"
    r"部门|单位|整体|全年|年度|当年|该|此|项目|专项|资金|支出|绩效|自评|评价|自我|评分|得分|总分|综上|综合|总体|最终|最后|合计|总计|共计|累计|相加|加总|"
    r"各项|以上|上述|[二三四五六]项|一级|分值|计算|汇总|测算|评定|评估|打分|结果|结论|情况|显示|反映|载明|列示|填报|填列|记载|表|为|的|了|是|达到?|总|共|得|分|有|因此|从而|故|和|与|及|、|其"
)


def _total(scene: Scene, passage: Passage, item: Item) -> Total | None:
    """A figure that is a total score out of 100."""
    least = 10 if _WHOLE.search(item.label) else 50  # 整体支出自评得39分: two digits of 93 swapped
    if not least <= item.q.base < 100 or item.role is Role.WEIGHT or item.q.figure.hedge is not Hedge.NONE or item.q.depth:
        return None
    text = passage.text
    start = max(text.rfind(c, 0, item.q.span.start) for c in "。；，") + 1
    own = text[max(start, passage.block.marker.end if passage.block.marker else 0) : item.q.span.start]
    for other in passage.items[: item.order]:
        if other.q.span.start >= start:
            return None  # another figure in the clause: A分的权重得B分
    behind = _SCORE_BEHIND.match(text, item.q.span.end)
    label = re.sub(r"[^\u4e00-\u9fff]", "", own.replace(scene.document.organisation or "\0", ""))
    if _FOREIGN.search(label) or (item.q.base <= _PART and component(item.label) is not None):
        return None
    if not behind and not (_SCORE_WORD.search(label) or (item.gap.strip("，； ") in ("自评", "得", "合计", "共计"))):
        return None
    if any(y[1] != str(scene.document.year) for y in re.finditer(r"(20\d\d)年", own)) and scene.document.year:
        return None
    sentence = text[text.rfind("。", 0, start) + 1 : item.q.span.start]
    if re.search(
        r"专家|评审|审核|核定|审定|终评|复评|复核|再评价|抽查|上年|去年|第三方|考核办法|调查|满意度测评", sentence[-40:]
    ):
        return None
    opened = _OTHER_YEAR.match(sentence.lstrip())
    if opened and scene.document.year and opened[1] != str(scene.document.year):
        return None  # 2021年，本部门自评得分95.1分
    if _WEIGHTED.search(sentence):
        return None  # 综合得分=自评分×40%+财政评价分×60%，自评分96分: the terms of a formula
    summed = re.search(r"相加|合计|共计|加总|总计|累计", label) is not None
    years = re.findall(r"(20\d\d)年", own)
    return Total(item, _subject(scene, passage, item, sentence), summed, years[-1] if years else "")


_OTHER_YEAR = re.compile(r"(20\d\d)年度?，")


def _subject(scene: Scene, passage: Passage, item: Item, sentence: str) -> str:
    """What the sentence up to a total says besides the words of grading: the project, survey or year that it is of."""
    marker = passage.block.marker
    whole = re.search(r"部门|整体|单位|本项目|[我本][局委办院中馆校镇乡]", sentence)
    if marker is not None and not whole and (passage.block.level is None or item.q.sentence > 0):
        return "·"  # one of a list of projects
    for other in passage.items[: item.order]:
        sentence = sentence.replace(other.q.raw, "")
    graded = _GRADED_BEHIND.match(passage.text, item.q.span.end)  # 依据85.6分的自评结果，甲项目绩效等级认定为良
    sentence += graded["name"] if graded else ""
    words = _FRAME.sub("", _LIFE.sub("", sentence.replace(scene.document.organisation or "\0", "")))
    return re.sub(r"[^\u4e00-\u9fff]", "", words)


_GRADED_BEHIND = re.compile(r"[^，。；\d]{0,8}，(?P<name>[^，。；\d]{2,20}?)(?:绩效|自评|评价)*(?:等级|等次|结果|档次)")
_LIFE = re.compile(
    r"年初|全年|调整后?|预算数?|安排|批复|下达|指标|支出|决算|执行率|执行|实际|合计|财政|资金|投入|过程|产出|效益|效果|满意度|决策|管理|四个|五个|方面|满分|等级|等次|扣分?|"
    r"优|良|占|完成|基本|其中|标准|办法|细则|规定|要求|绩效目标|小组|工作组|认真|逐项|逐一|对照|采用|百分制|开展|指标体系|体系|评分表|自评表|见|附件|附表|下表|如下"
)
