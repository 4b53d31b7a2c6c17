"""How sure it is that the parts of a total were meant to be all of it; the claims that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from gouji.claims import vocabulary as v
from gouji.claims.arithmetic import ONE_DIGIT, TRANSPOSED, Outcome, compare_sum
from gouji.claims.build import LIKELY, SURE, claim_of, undecidable
from gouji.claims.scene import Item, Passage, kin, name_of
from gouji.claims.sums.cues import EACH, SUM_AFTER, Cue
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind
from gouji.model.quantity import Dimension
from gouji.text.numerals import parse_chinese

NOT_TOLD = re.compile(
    r"[，；。、](?:其余|余下|剩余|剩下|其他|其它|另外|余|还有)(?:的|部分|资金|支出|款项|经费|开支|费用|几[类项]|各[类项])*"
    r"(?:(?:都|均|则|全部|主要|基本)*(?:为|是|系|属|由|皆|用于|用在|用作|花在|投向|作为?)|都|均)[^，。；\d]{2,24}[。；，]"
    r"|，(?:其余|其他|其它|另外|剩余)[^，。；\d]{0,10}(?:略|不再|不一一|不列|详见|见附|未列|不赘)"
    r"|[，；、（][^，。；\d]{2,24}?(?:不|未|没有?|不再)(?:再)?(?:逐[项一个]|一一|单独|单列|分别|另行|详细)?(?:列示|列出|列举|列入|列明|罗列|赘述|统计在内|细分|细列|展开|计入|包括在内|包含在内)"
)
_AT_LAST = re.compile(r"年末|期末|年底|月末|季末|(?:现|目前|尚)有|现存|结存|结余|余额|在册|在保|在岗|在职|存栏|库存")
_AT_FIRST = re.compile(r"(?:其中)?(?:\d{4}年)?(?:年初|期初|月初|季初|上年(?:年?末|年?底)|上期末?|原有|原存)")
_NUMBER = re.compile(
    r"(?<![第\d.·、一二三四五六七八九十])([两二三四五六七八九十]|1?\d)\s?(?:大|个)?(?:项|块|类|部分|方面|家|笔|种|批|期|标段|乡镇|镇|街道|县|区|单位|项目|子项|渠道|年级|季度|者|地|处|档|款|股|路|学年|年|乡|村|校|院)"
)
_ACROSS = re.compile("新|党员|女|男|少数民族|兼|含|重点|示范|优秀|达标|合格|完成|已|未|[以之]上|[以之]下|特|残|岁|贫困|脱贫|等")
_BESIDE = 30  # characters before a list where the number of its members is told
_OPEN = ("satisfied", "grades", "completion", "ranks", "passes", "handled")
_ITS_SHARE = re.compile(r"^（[^（），；]{0,6}[\d.]+%）")  # 技术查新54万元（10%）、其余为…
_OVERLAP = re.compile(r"（[^）]{0,4}(?:含|与|和|同)(?:前述|上述|前者|其中|以上)|（[^）]{0,6}(?:重复|交叉|重叠|兼)")
_FUNCTION = re.compile(
    r"(?:一般公共服务|社会保障和就业|卫生健康|住房保障|农林水|教育|科学技术|公共安全|城乡社区|交通运输|节能环保|文化旅游体育与传媒|灾害防治及应急管理|自然资源海洋气象等)(?:支出|类)"
)


def total_claim(whole: Item, parts: Sequence[Item], outcome: Outcome, shape: str, confidence: float = SURE) -> Claim:
    kind = ClaimKind.TOTAL
    if whole.q.dimension is Dimension.SCORE:
        weights = whole.role is Role.WEIGHT or all(p.role is Role.WEIGHT for p in parts)
        kind = ClaimKind.WEIGHT_TOTAL if weights else ClaimKind.SCORE_TOTAL
    claim = claim_of(kind, whole, [("part", p) for p in parts], outcome, shape=shape, confidence=confidence)
    labels = [p.label for p in parts]
    if outcome.holds:
        return claim
    if outcome.cause is None and all(p.q.base > whole.q.base for p in parts):
        return undecidable(claim, "每个分项都远大于合计", "each part is far above the whole")  # 逾期6天（合同90天，实际96天）
    if whole.role is Role.SCORED and kind is ClaimKind.WEIGHT_TOTAL:
        return undecidable(claim, "得分与分值不能加总", "points to be had do not add up to points that were got")
    if _SUCH_AS.match(parts[0].gap):
        return undecidable(claim, "所列只是举例", "the list names some of the parts")
    if "财政" in whole.label and any(map(_PRIVATE.search, labels)):  # 中央A、省级B、社会出资C，财政资金合计T
        return undecidable(claim, "分项中有非财政资金", "one of the parts is no public money")
    if _may_overlap(whole, labels):
        return undecidable(claim, "所列各类人员可能重叠", "one person may be counted in several parts")
    if any(b.startswith(f"{a.removeprefix('其中')}中") for a, b in pairwise(labels) if len(a) > 2):  # 运输费中由本级承担的
        return undecidable(claim, "后一项是前一项的一部分", "a part is of the part before it")
    return claim


_SUCH_AS = re.compile(r"[，：（]\s*(?:如|例如|比如|诸如)(?!下)")
_PRIVATE = re.compile(r"社会|自筹|自有|企业|居民|群众|村集体|捐|银行|贷款|业主|单位出资")


def _may_overlap(whole: Item, labels: list[str]) -> bool:
    """其中党员166人、女性111人、少数民族71人: one may be all three."""
    return whole.q.figure.unit.symbol in v.PEOPLE and v.traits(labels) > 1 and v.partition_of(labels) is None


def single_part(whole: Item, part: Item, cue: Cue) -> Claim | None:
    """One part only: it may not exceed its whole; a rest that is not named is no fault."""
    if whole.hedged or part.hedged or whole.role in (Role.UP, Role.DOWN) or cue.kind in ("respect", "follows"):
        return None
    if re.search("合计|共计|小计|重复|重叠|交叉|折合|约合|相当于", part.gap):
        return None  # 三级A人，四级B人，其中一、二级合计C人: of all that were listed; 二者有128人重复，不重复计1620人
    outcome = compare_sum(whole.q.figure, [part.q.figure])
    if outcome.holds:
        return total_claim(whole, [part], outcome, "of_which")
    if re.search(r"[下内各]设|下辖|分为", part.label) or (not whole.money and re.search(r"季度|半年|月$", whole.label)):
        return None  # 三个专班，其中业务专班下设4个小组; 12场，…四季度3场，其中送戏下乡5场: of one, of all
    if part.q.base > whole.q.base and cue.kind == "which" and _same_measure(whole, part):
        return part_exceeds(whole, part, outcome, SURE if whole.money else LIKELY)
    return None


def part_exceeds(whole: Item, part: Item, outcome: Outcome, confidence: float) -> Claim:
    """A part above its whole."""
    above = replace(outcome, right=whole.q.base, computed=f"不超过{whole.q.raw}", formula=f"{part.q.raw} > {whole.q.raw}")
    return claim_of(ClaimKind.TOTAL, part, [("whole", whole)], above, shape="part_exceeds", confidence=confidence)


def _same_measure(whole: Item, part: Item) -> bool:
    if {whole.role, part.role} == {Role.BUDGET, Role.SPENT} or (part.role is Role.BUDGET and whole.role is not Role.BUDGET):
        return False
    if part.role in (Role.OPENING, Role.LEFT):
        return False
    return whole.money or whole.q.figure.unit.symbol == part.q.figure.unit.symbol


def judge(passage: Passage, whole: Item, parts: Sequence[Item], outcome: Outcome, cue: Cue) -> Claim | None:
    """How sure is it that these parts were meant to make up the whole?"""
    roles = {p.role for p in parts}
    if whole.role is Role.LEFT and Role.SPENT in roles and roles & {Role.INCOME, Role.BUDGET}:
        return None  # 结余28万元（收入480万元，支出452万元） is a difference
    if _AT_LAST.search(whole.label) and _AT_FIRST.match(parts[0].label):
        return None  # 年末在保228户：年初212户，新纳入34户、停保18户 is what came and went
    claim = total_claim(whole, parts, outcome, cue.kind)
    if whole.hedged or any(p.hedged for p in parts):
        return undecidable(claim, "含约数，不能精确加总", "hedged figures do not add exactly")
    behind = passage.items[parts[-1].order + 1] if parts[-1].order + 1 < len(passage.items) else None
    closed = behind is not None and SUM_AFTER.match(behind.gap) and behind.q.base != whole.q.base
    if cue.kind == "mainly" and outcome.cause is not None and not closed and _shares_are_all(passage, parts):
        return total_claim(whole, parts, outcome, cue.kind)
    if cue.kind == "mainly" or closed or open_ended(passage, parts):
        return undecidable(claim, "所列只是主要部分", "the list names the main parts only")
    if (
        cue.kind == "which"
        and outcome.cause is None
        and outcome.right > whole.q.base
        and parts[0].q.segment != parts[1].q.segment
    ):
        return undecidable(claim, "分号后的数可能另有所属", "what stands behind the semicolon may belong elsewhere")
    labels = [name_of(p) for p in parts]
    ordered = cue.kind == "respect" and not any(labels[1:])  # 三个三级指标各为4分、8分和7分
    if not ordered and any(EACH.search(label) for label in labels):
        return undecidable(claim, "有“各”“每”字，倍数不明", "a part is told for each of several")  # 除夕和初一各1天
    unnamed = not all(p.label or v.NAMED_BEHIND.match(p.after) for p in parts[1:]) and v.partition_of(labels) is None
    if unnamed and cue.kind in ("which", "bracket"):
        return undecidable(claim, "有分项未说明名称", "a part has no name")
    if any(p.role is not parts[0].role and Role.LEFT in (p.role, parts[0].role) for p in parts):
        return undecidable(claim, "分项口径不一", "the parts are of different kinds")
    if _of_others(passage, whole, parts, outcome, cue):
        return undecidable(claim, "所列各项的归属不能确定", "whether the figures listed are of the whole is uncertain")
    head = parts[0].q.span.start
    near = whole.q.sentence == parts[0].q.sentence and whole.q.dimension is not Dimension.SCORE
    if near and cue.kind in ("respect", "follows", "includes") and as_many(passage.text[max(0, head - _BESIDE) : head], parts):
        return total_claim(whole, parts, outcome, "counted")
    sure = exhaustive(whole, parts, outcome, cue.kind)
    if sure is None and whole.q.dimension is Dimension.COUNT and _measured(whole, parts, outcome):
        sure = LIKELY
    if sure is None:
        return undecidable(claim, "“其中”所列未必是全部", "the list after 其中 need not be complete")
    return total_claim(whole, parts, outcome, cue.kind, sure)


def _of_others(passage: Passage, whole: Item, parts: Sequence[Item], outcome: Outcome, cue: Cue) -> bool:
    """Whether a bracket lists far less than its whole (开放305天（闭馆42天、停电18天）), or points that are not the whole's."""
    if cue.kind == "bracket" and outcome.cause is None and outcome.right * 2 < whole.q.base:
        return True
    points = whole.q.dimension is Dimension.SCORE
    return points and (_of_other_points(passage, whole, parts, outcome) or _left_untold(passage, parts))


_MANNER = ("按", "以", "折", "经", "依", "根据", "参照")


def _of_other_points(passage: Passage, whole: Item, parts: Sequence[Item], outcome: Outcome) -> bool:
    """Whether the parts of points are read across statements, one of them is told by a rule, or a figure beside them makes up what is missing."""
    if parts[0].q.segment != whole.q.segment and parts[0].q.sentence == whole.q.sentence and whole.q.span < parts[0].q.span:
        return True  # 投入30分，其中执行10分；产出40分；效益20分
    if any(p.label.startswith(_MANNER) for p in parts):
        return True  # 其中执行率10分，按98.76%折算为9.88分
    if parts[0].role is Role.SCORED and whole.role in (Role.PLAIN, Role.WEIGHT) and not _GOT.search(whole.label):
        return True  # 投入15分：执行5分，得4.87分，其余10分得9分: full marks are no sum of scores
    first, last = min(whole.order, parts[0].order), max(whole.order, parts[-1].order)
    missing = abs(outcome.right - whole.q.base)
    beside = (
        i for i in passage.items[first : last + 1] if i.q.dimension is Dimension.SCORE and i is not whole and i not in parts
    )
    return any(i.q.base == missing for i in beside)


_GOT = re.compile(r"得|评|总|合计|小计|共|计$")


def _left_untold(passage: Passage, parts: Sequence[Item]) -> bool:
    """预算10分，得9分；产出40分，未完成的两项得5分；效益30分，得29分: whether full marks that no word tells as such stand among the parts."""
    between = passage.items[parts[0].order : parts[-1].order]
    depth = min(p.q.depth for p in parts)
    return parts[0].role is Role.WEIGHT and any(
        i.q.dimension is Dimension.SCORE and i.role is Role.PLAIN and i.q.depth == depth and i.q.mark in "；。" for i in between
    )


def as_many(words: str, parts: Sequence[Item]) -> bool:
    """由四块组成, 五项：, 三个标段中标价依次为, 四家合计: whether the words beside a list tell just as many members as it has."""
    told = [int(m[1]) if m[1].isdigit() else parse_chinese(m[1]) for m in _NUMBER.finditer(words)]
    return len(parts) > 1 and len(parts) in told


def _shares_are_all(passage: Passage, parts: Sequence[Item]) -> bool:
    """主要用于以下方面：A，占63.2%；B，占36.8%: the shares of the parts add up to the whole."""
    shares = [passage.items[p.order + 1] for p in parts if p.order + 1 < len(passage.items)]
    if len(shares) < len(parts) or not all(i.percent and i.label.startswith("占") for i in shares):
        return False
    return abs(sum((i.q.base for i in shares), Decimal(-100))) * 10 <= len(parts)


def _measured(whole: Item, parts: Sequence[Item], outcome: Outcome) -> bool:
    """32.6万份，其中应急12.4万份，常态22.0万份: figures with decimals do not overlap as people do; a little more, or less, is a slip."""
    off = abs(outcome.right - whole.q.base)
    return all(i.q.figure.places for i in (whole, *parts)) and off * 10 <= whole.q.base


def open_ended(passage: Passage, parts: Sequence[Item]) -> bool:
    """Whether 等 closes the list, or a part's words say 主要."""
    last = parts[-1].q.span.end
    follow = passage.text[last : last + 24]
    if _OVERLAP.match(follow):
        return True  # 高水平专业3个、重点专业4个（含前述3个中的2个）
    follow = _ITS_SHARE.sub("", follow)
    if _APART.match(follow) or _goes_on(passage, parts[-1]):
        return True
    return bool(v.NOT_EXHAUSTIVE.match(follow[:6].lstrip("）”’ "))) or NOT_TOLD.match(follow) is not None


_APART = re.compile(  # （教学用车2辆、校车3辆属于其他用车，不在统计口径内）
    r"[^。；（）\d]{0,16}(?:属于?其[他它]|另[行外]|不在|不含|不计|未计|未纳入|不纳入|未包[含括]|不包[含括]|除外|不属于|不列入)"
)


def _goes_on(passage: Passage, last: Item) -> bool:
    """海水鱼0.21亿尾、淡水鱼0.38亿尾、贝类0.26亿粒: a list that goes on with a figure that cannot be added."""
    behind = passage.items[last.order + 1] if last.order + 1 < len(passage.items) else None
    if behind is None or behind.gap[:1] != "、" or behind.q.depth != last.q.depth or kin(behind.q, last.q):
        return False
    return bool(behind.label) and behind.q.dimension is last.q.dimension and behind.role is last.role


def exhaustive(whole: Item, parts: Sequence[Item], outcome: Outcome, kind: str) -> float | None:
    """Confidence that the parts were meant to be all of the whole, from cue, labels and the size of what is missing."""
    labels = [p.label for p in parts]
    short = whole.q.base - outcome.right  # positive: the parts do not reach the whole
    share = abs(short) / whole.q.base if whole.q.base else Decimal(1)
    fixed = v.partition_of(labels)
    if whole.q.dimension is Dimension.COUNT:
        if fixed not in v.IN_ORDER:
            return _exhaustive_count(whole, labels, outcome, kind, fixed)
        sure = _exhaustive_count(whole, labels, outcome, kind, None)
        told = len(labels) > 2 and (short < 0 or share * 10 <= 1)  # not 其中一类坝12座、二类坝15座: the third kind is not told
        return LIKELY if sure is None and told else sure
    if fixed is not None or kind == "after":
        return SURE
    if kind in ("follows", "respect", "by", "bracketed") or (kind in ("includes", "bracket") and len(parts) >= 2):
        return SURE if share <= 1 else LIKELY
    if kind == "listed":
        return LIKELY if outcome.cause is not None or share * 50 <= 1 else None
    if outcome.cause is not None or short < 0:
        return SURE
    if any(_FUNCTION.search(label) for label in labels):
        return None
    if any("其他" in label for label in labels) or whole.q.dimension is Dimension.SCORE:
        return SURE
    if len(parts) >= 3 and share <= Decimal("0.1"):
        return SURE
    return LIKELY if share <= Decimal("0.25" if len(parts) >= 3 else "0.1") else None


def _exhaustive_count(whole: Item, labels: Sequence[str], outcome: Outcome, kind: str, fixed: str | None) -> float | None:
    """The same for people and things, whose lists name the notable ones as often as all."""
    short = whole.q.base - outcome.right
    share = abs(short) / whole.q.base if whole.q.base else Decimal(1)
    people = whole.q.figure.unit.symbol in v.PEOPLE
    if outcome.cause == TRANSPOSED and len(str(int(whole.q.base))) >= 3:
        return SURE
    if (
        outcome.cause is not None
        and TRANSPOSED.zh in outcome.cause.zh
        and (len(labels) >= 3 or len(str(int(whole.q.base))) >= 4)
    ):
        return LIKELY  # 4318起，其中3204起、916起: 3402 as 3204
    ranked = kind == "bracket" and len(labels) >= 3 and share <= Decimal("0.1")  # 49项（一等奖12项、二等奖16项、三等奖19项）
    if fixed in _OPEN and short > 0 and not ranked and (outcome.cause is None or outcome.cause is ONE_DIGIT):
        return None  # 收回184份，其中满意150份、比较满意31份: the rest is not told
    if fixed not in (None, "levels", "titles"):  # 省级采用9期、市级采用22期 is a selection as often as a breakdown
        return SURE if fixed in ("posts", "staff", "retired", "sexes") else LIKELY
    if kind == "includes" and share * 5 > 1 and outcome.cause is None:
        return None
    if kind in ("follows", "respect", "by") or (kind in ("includes", "bracket") and len(labels) >= 2):
        return SURE if share <= 1 and len(labels) >= 2 else LIKELY
    if kind == "after":
        return SURE
    if kind == "listed":
        return LIKELY if share * 50 <= 1 else None
    if any(label.startswith(("其他", "其它", "其余")) for label in labels) and not people and len(labels) >= 3:
        return LIKELY  # what a list of things closes with 其他 is all of them
    if short < 0 and share <= Decimal("0.05") and not people and (len(labels) >= 3 or whole.q.base >= 100):
        return SURE if len(labels) >= 3 else LIKELY
    if short < 0:
        listed = len(labels) >= 3 and (share <= Decimal("0.05") or parallel(labels))
        return LIKELY if listed or (not people and _left_out(labels, outcome)) else None
    if any(_FUNCTION.search(label) for label in labels):
        return None
    if outcome.cause is not None and len(labels) >= 3 and share <= Decimal("0.15"):
        return LIKELY
    near = share <= Decimal("0.1") or (abs(short) <= 1 and whole.q.base <= 15)
    listed = len(labels) >= 3 and near
    return LIKELY if listed or any("其他" in label for label in labels) else None


def _left_out(labels: Sequence[str], outcome: Outcome) -> bool:
    """235所，其中小学198所、初中37所、九年一贯制学校12所: whether the sum of all but one of a list of kinds is what is stated."""
    left_out = outcome.cause is not None and outcome.cause.zh.startswith("合计漏加")
    others = list(labels[:-1]) if len(labels) > 2 else []
    return left_out and bool(others) and v.partition_of(others) is None and not any(_ACROSS.search(label) for label in labels)


def parallel(labels: Sequence[str]) -> bool:
    return all(labels) and len({label[-1] for label in labels}) == 1
