"""The cue words of totals: what announces a list of parts before a figure."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.claims import vocabulary as v
from gouji.claims.scene import Item, Passage, kin
from gouji.claims.vocabulary import Role
from gouji.model import patterns as re
from gouji.model.quantity import Dimension
from gouji.model.record import record
from gouji.text.numerals import parse_chinese

ADDITIVE = {Dimension.MONEY, Dimension.COUNT, Dimension.SCORE, Dimension.MEASURE}
NOT_A_PART = {Role.UP, Role.DOWN, Role.PRIOR, Role.STANDARD, Role.DEDUCTED, Role.EXTREME}
HEAD_CUE = re.compile(rf"(?:^|[，；：。（、]\s*|其中[^，；：。]{{0,6}}[，：])(?:{v.CUE.pattern})")
SUM_AFTER = re.compile(
    rf"^(?:之和|{v.SUMMING})(?:后|得|即)?[，]?(?:总[\u4e00-\u9fff]{{0,4}}|合计|共计|共)?(?:为|是|得|等于|达)?$|^[，；、。（：\s]*(?:以上|上述|前述|这)?[\u4e00-\u9fff、]{{0,12}}?(?:{v.SUMMING})[\u4e00-\u9fff]{{0,6}}：?$"
    r"|^[，；](?:全[局系院县区市校馆委镇乡站所会]|合|总|在职|以上|上述)[\u4e00-\u9fff]{0,10}共(?:有)?$"
    r"|^[，；](?:以上|这)?[两二三四五六七八九十\d]年(?:来|间)?[^，。；\d]{0,6}(?:累计|合计|共|总)[^，。；\d]{0,8}$"
    r"|^[，；](?:以上|上述|前述|这)[两二三四五六七八九十]+(?:项|类|笔|块)[^，。；]{0,6}(?:为|是|共)$"
    r"|^[，；。]?(?:以上|上述|前述|[两二三四五六七八九十]+(?:项|个|类|批|部分)[\u4e00-\u9fff]{0,4})[^，。；]{0,10}(?:共|合计|总计|合共)[\u4e00-\u9fff]{0,5}$"
)
NOT_COUNTED = re.compile(  # 聘用辅助人员20人不计入在职数: behind a figure that is no part of the whole before
    r"[^，。；、\d]{0,3}(?:不|未|没有)(?:计入|列入|纳入|算入|算在|统计在|包含在|占编|占用?编制|在此列|在其[内中]|在[^，。；、\d]{1,6}(?:之内|以内|范围))"
    r"|[^，。；、\d]{0,3}(?:另计|另算|另列|另行统计|单独统计|单列)"
)
APART = re.compile(r"[，；（]\s?(?:另有|另外|另(?!一)|此外|还有|不含)")
_IN_PARTS = re.compile(  # 投向三块：, 由两部分构成：
    r"(?:分[为成]?|投向|用于|用在|由|包括|包含|为|有|是|含)(?:以下|这|如下)?[两二三四五六七八九十](?:大?块|个?部分|个?方面|大?类|笔|口|个标段)(?:构成|组成)?[：，][^，。：；]*$"
)
_MADE_UP = re.compile(  # 其来源为：, 按年级分布为：, 是这样用出去的：
    r"\s?(?:是|都|均|就)?(?:这样|这么|如此)[\u4e00-\u9fff]{0,8}：[^，。；：]*$|(?:^|[，；])\s*(?:其|全部|实际|决算|(?:全部|实际|总)?(?:支出|资金|经费|收入|用款|付款|支付|开支|投入)|按[\u4e00-\u9fff]{1,6}|从[\u4e00-\u9fff]{1,6}看)?[\u4e00-\u9fff]{0,6}(?:来源|构成|组成|明细|分布|去向|用途|结构|投向|逐[项笔一条]|分列)[\u4e00-\u9fff]{0,2}(?:为|是|如下)?：[^，。；：]*$"
    r"|[\u4e00-\u9fff]{0,8}的?(?:来源|构成|组成|结构|分布)(?:分别|依次)?(?:为|是|如下)：?[^，。；：\d]{1,12}$"
    r"|[，；]\s*(?:其|资金|经费|投资|收入|支出)?(?:来源|构成|组成|结构)(?:分别|依次)?(?:为|是)[^，。；：]*$"
)
_BROKEN_DOWN = re.compile(  # 把它分解为A、B、C; 三个三级指标各为A、B、C
    r"(?:分解|细分|拆分|拆(?![除迁改装])|切(?![实块割])|划分|下分)(?:为|成)?[^，。；：\d]{0,12}$"
    r"|[两二三四五六七八九十\d]个(?:[一二三]级|子|分)?(?:指标|子项|分项|部分|方面)[^，。；\d]{0,6}(?:各为|各占|分别为|分别占|依次为)$"
    r"|由[^，。；：]{1,16}(?:承担|承储|负责|实施|完成|组成|构成|安排|供应)：[^，。；：\d]{0,12}$"
)
_EACH_OWN = re.compile(  # T，2018年、2019年、2020年分别安排A、B和C
    r"^[\u4e00-\u9fff]{0,4}[，：][^，。；：]{1,24}(?:、|和|与|及)[^，。；：]{1,24}(?:分别|依次)[\u4e00-\u9fff]{0,4}$"
)
_FORMED_OF = re.compile(r"[\u4e00-\u9fff]{1,8}由[^，。；：]*$")  # 217.3万元支出由A、B、C三部分组成
_SPLIT = re.compile(r"分(?:为|成)?[两二三四五六七八九十\d]+个[\u4e00-\u9fff]{1,4}：[^，。；：\d]*$")  # 分三个标段：
_EACH_DOES = re.compile(  # 按进度支付T。三个标段分别支付：一标段A，二标段B
    r"(?:[两二三四五六七八九十\d]|各)(?:个|家|大)?[\u4e00-\u9fff]{1,5}(?:分别|各自?|依次)(?P<verb>[\u4e00-\u9fff]{2,4})了?：[^，。；：\d]*$"
)
_SORTED = re.compile(  # 141件建议按内容划分：A…
    r"[，；]?(?:[\u4e00-\u9fff]{0,8})按(?:照)?[\u4e00-\u9fff]{1,8}?(?:划分|分类|分组|分|统计|来看|看)(?:为|，|：)(?:则为|即为)?[^，。；：]*$"
)
_MAY_CUE = re.compile(  # one of these is in whatever announces a list: a new cue is told here as well
    "其中|用于|包括|下设|也就是|大额|主要|具体|明细|构成|依次|涵盖|涉及|逐|分别|[拆切由含分即如等按从有系各前块面类笔口：（]"
)
_USED_FOR = re.compile(r"，(?:全部|分别|具体)?用于[^，。；：]{2,16}$")  # 支出T，用于A、B、C
_WHICH = re.compile(r"其中(?!标[价额者人单供合]|标金额|标通知)")  # 达到其中标价的90%: its, 中标价
EACH = re.compile(r"各[派出设配自]?$|每")  # 三家各派1人: one times three
UPWARDS = re.compile(r"(省|市|县)级?(?:及|或)?以上")
_LEVELS = tuple(
    (mark, re.compile(words)) for mark, words in (("央", "中央|国家"), ("省", "省|自治区"), ("市", "市|州"), ("县", "县|区|旗"))
)
_HOW_MANY = re.compile(
    r"[，；。：]?(?:前|后|上述|以上|这)?(?P<n>[两二三四五六七八九])(?:类|档|项|者|种|级(?!指标)|个?方面|个?部分|块|家|笔|款"
    r"|(?<=[前后][两二三四五六七八九])(?:个|期|批|季度))"
)
_VAGUE = {"有", "涉及", "由", "分", "即", "含", "系", "如"}


@record(slots=True)
class Cue:
    """A cue before item `first`: its kind, whether its list is open-ended, and whether it opens a bracket behind the total."""

    kind: str
    first: int
    bracket: bool


def cue_before(passage: Passage, sentence: Sequence[Item], n: int) -> Cue | None:
    item = sentence[n]
    gap = item.gap.rpartition("。")[2]
    if not _MAY_CUE.search(gap):
        return None
    which = max((m.start() for m in _WHICH.finditer(gap)), default=-1) if "其中" in gap else -1
    if which < 0 and _USED_FOR.match(gap) and n and item.q.mark == "，" and sentence[n - 1].q.mark != "、":
        return Cue("which", n, bracket=False)
    if _SORTED.match(gap):
        return Cue("by", n, bracket=False)
    if which >= 0:
        mainly = re.search(r"其中[：，]?(?:主要|重点|如|用于)", gap)
        return Cue(
            "mainly" if mainly else "which", n, "（" in gap[:which] and gap.rfind("）", 0, which) < gap.rfind("（", 0, which)
        )
    formed = _formed(passage, sentence, n, gap)
    if formed is not None:
        return formed
    best = _best_word(gap)
    if best is None and re.search(r"(?:分别为|分别是|依次为|依次是)：?$", gap):
        return Cue("listed", n, bracket=False)
    if best is None or best.lastgroup is None:
        if gap.startswith("（") and n and item.q.depth > sentence[n - 1].q.depth:
            return Cue("bracket", n, bracket=True)
        return None
    kind = best.lastgroup
    word = best[kind]
    if word == "由" and _composed(passage, sentence, n):
        return Cue("respect", n, bracket=False)
    if word in _VAGUE:
        if not (word in ("含", "即") and gap.startswith("（")):
            return None
        kind = "mainly" if word == "含" else kind
    if word == "：" and not gap.startswith("："):
        return None
    names = gap[best.end() :]
    if item.q.dimension is Dimension.COUNT and "、" in names and ("；" in names or (names.count("、") > 1 and "，" in names)):
        return None  # 8个部门，分别为甲、乙、丙，甲下设4个科: the cue announces the names
    return Cue(kind, n, "（" in gap[: best.start() + 1] and "）" not in gap)


def _best_word(gap: str) -> re.Match[str] | None:
    """The cue word of a gap that says most: 主要 before all, a plain one before a vague one."""
    best = None
    for match in HEAD_CUE.finditer(gap):
        kind = match.lastgroup
        if (
            best is None
            or kind == "mainly"
            or (best[best.lastgroup or 0] in _VAGUE and kind is not None and match[kind] not in _VAGUE)
        ):
            best = match
        if kind == "mainly":
            break
    return best


def _formed(passage: Passage, sentence: Sequence[Item], n: int, gap: str) -> Cue | None:
    """A cue told by the form of the words between: 过程管理（42分）包含…, 其来源为：…, 由三块组成：…, 分解为…, 即A加B."""
    item = sentence[n]
    if item.q.dimension is Dimension.SCORE and re.match(r"）(?:包含|包括|由|含|分为|分解为|下设)", gap):
        return Cue("bracketed", n, bracket=False)
    if _MADE_UP.match(gap):
        return Cue("follows", n, bracket=False)
    start = item.q.span.start
    broken_down = "按" not in gap and _BROKEN_DOWN.search(passage.text, max(0, start - 24), start)
    below = item.q.dimension is Dimension.SCORE and re.match(r"(?:下设|分设|细化为)", gap)
    split = _SPLIT.search(passage.text, max(0, start - 30), start)
    formed_of = _FORMED_OF.match(gap) and _composed(passage, sentence, n)
    told = _EACH_DOES.search(passage.text, max(0, start - 40), start)
    if told is not None and any(told["verb"] in i.label for i in passage.items[: item.order]):
        return Cue("respect", n, bracket=False)
    if _EACH_OWN.search(gap):
        return Cue("listed", n, bracket=False)
    if _IN_PARTS.search(gap) or formed_of or split or broken_down or below or _spelled_out(sentence, n, gap):
        return Cue("respect", n, bracket=False)
    return None


def _spelled_out(sentence: Sequence[Item], n: int, gap: str) -> bool:
    """T，即A、B、C; T，即A加B: what 即 opens spells out the figure before it."""
    if not re.search(r"[，：（](?:即|也就是|也即|亦即)(?:为|是)?[^，。；：]*$", gap):
        return False
    following = sentence[n + 1 : n + 2]
    return (
        bool(following)
        and kin(following[0].q, sentence[n].q)
        and (following[0].q.mark == "、" or re.match(r"\s*(?:加上?|和|及|与|\+)", following[0].gap) is not None)
    )


def _composed(passage: Passage, sentence: Sequence[Item], n: int) -> bool:
    """由A、B和C组成: whether the list that begins at item n closes with 组成 or 构成."""
    last = sentence[n]
    for item in sentence[n + 1 :]:
        if item.q.clause != last.q.clause or not kin(item.q, sentence[n].q):
            break
        last = item
    return re.match(r"[\u4e00-\u9fff（）]{0,14}?(?:组成|构成|承担|解决|安排)", passage.text[last.q.span.end :]) is not None


_SUM_OF = re.compile(r"(?:合计|共计?|总计|总共|累计)(?P<name>[\u4e00-\u9fff]{2,6})$")
_OF_BOTH = re.compile(
    r"(?:[两二三四五][类项者种级个家]|全[部体局院])(?P<name>[\u4e00-\u9fff]{2,6}?)(?:人员|人数|总数|数)?(?:合计|共计?|总计|总共)$"
)
_UNTIL = re.compile(
    r"前?(?P<quarters>[两二三])个?季度(?:末|底|止|累计|合计|共|为止)|(?P<half>上半年)|(?:截至|至|到|前)(?P<months>\d{1,2})个?月[末底份]?"
)
_QUARTER = re.compile(r"第?([一二三四])季度")
_MONTH = re.compile(r"(\d{1,2})月")
_ENDS = "一二三四"


def _alike(gap: str, before: Sequence[Item]) -> list[Item]:
    """甲200人、满意192人，乙100人、满意93人，合计满意285人: the parts that bear the very name of the sum, where others do not."""
    told = _SUM_OF.search(gap)
    own = [i for i in before if told is not None and i.label.endswith(told["name"])]
    if not own and (told := _OF_BOTH.search(gap)) is not None:
        own = [i for i in before if i.label and told["name"].startswith(i.label)]  # A名、实有B人，…，两类实有合计
    return own if 2 <= len(own) < len(before) else []


def _until(gap: str, before: Sequence[Item]) -> list[Item] | None:
    """一季度A，…，四季度D，三季度末累计T: the quarters or months up to the end that the words tell; None where they tell none."""
    told = _UNTIL.search(gap)
    if told is None:
        return None
    unit = _MONTH if told["months"] else _QUARTER
    last = int(told["months"] or 0) or (2 if told["half"] else "零一二三".index(told["quarters"].replace("两", "二")))
    ends = [(i, found[1]) for i in before if (found := unit.search(i.label)) is not None]
    if len(ends) < 2 or len(ends) < len(before):
        return None
    within = [i for i, end in ends if (int(end) if told["months"] else _ENDS.index(end) + 1) <= last]
    return within if 2 <= len(within) < len(before) else None


def chosen_of(gap: str, before: Sequence[Item]) -> list[list[Item]]:
    """非常满意和满意两档合计, 前两类共: the parts that the words name, or as many as they count; none where they do neither."""
    clause = re.split(r"[，；：。]", gap)[-1] or gap
    named = []
    for item in sorted(before, key=lambda i: -len(i.label)):
        name = item.label.strip("“”")
        if len(name) >= 2 and name in clause:
            named.append(item)
            clause = clause.replace(name, "", 1)
    if len(named) >= 2:
        return [sorted(named, key=lambda i: i.order)]
    alike = _alike(gap, before)
    if alike:
        return [alike]
    if (until := _until(gap, before)) is not None:
        return [until]
    above = UPWARDS.search(clause)
    if above:  # 省级以上资金合计: what the centre and the province give
        upper = _LEVELS[: next(n for n, (mark, _) in enumerate(_LEVELS) if mark == above[1]) + 1]
        levels = [i for i in before if any(words.search(i.label) for _, words in upper)]
        return [levels] if len(levels) >= 2 else []
    number = _HOW_MANY.search(gap)
    count = parse_chinese(number["n"]) if number else None
    if count is None or not 2 <= count < len(before):
        return []
    return [list(before[k : k + count]) for k in range(len(before) - count, -1, -1)]
