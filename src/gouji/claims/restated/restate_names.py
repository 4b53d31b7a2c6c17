"""Whether the names of two figures may name one fact: the words that they share in whatever order, and those that set them apart."""

from __future__ import annotations

from gouji.claims.restated.fact import Stated
from gouji.model import patterns as re

_EMPTY = re.compile(
    r"^[一二三四五六七八九][是要]以?|（[一二三四五六七八九十\d]{1,3}）|\d{2,4}年度?|\d+|同时|另外|此外|选聘|聘用|聘请|选派|项目|资金|支出|预算|实际|完成|全部|全年|年度|共计|合计|累计|其中|达到|安排|情况|工作|进行|开展|使用|单位|本年|已经|投入|总额|经费|"
    r"全[县区市省镇乡州局院校]|我[县区市省镇乡州局院校]|有效|涉及|覆盖|惠及|受益|采购|购置|新购|购买|订购|举办|组织|发放|拨付|现有|共有|上述|年末|年底|期末|今后|目前|截至|仍|尚|要|并|还|以上|对|该|共|总|有|已|的|为"
)
_GOAL = {"计划", "目标", "任务", "本年", "今年"}
_HEAD = re.compile(
    r"^[（(]?[\d一二三四五六七八九十]*[）)、.．]?\s*([\u4e00-\u9fff]{2,12})：.*", re.DOTALL
)  # 2.隔离带：计划35公里
_TIME = re.compile(
    r"(?<!\d)\d{1,2}月(?!末|底)|上半年|下半年|[一二三四]季度|第[一二三四五六七八九十\d]+(?:批|期|季度|轮|阶段|标段|次)|[一二三四五六七八九十A-D\d]+标段|春季|秋季|夏季|冬季|上学期|下学期"
)
_SUBJECT = re.compile(
    r"^[（(]?[\d一二三四五六七八九十]*[）)、.．]?\s*(?P<name>[\u4e00-\u9fff]{1,8}?(?:项目|标段|镇|乡|街道|村|学校|医院|片区|支队|公司|分局|中学|小学))(?=[，：、（]|绩效|全年|共|支出|预算|完成|有)"
)
_VERB = re.compile(r"[建设办把将由对请开发布创引投养管运维改修整治清查检化解立受收接签领导]")
_QUALIFIER = 4  # characters at most: 新能源 of 新能源公交车


def pairs(fact: Stated) -> set[str]:
    """The pairs of characters of what names a figure, before it and behind it."""
    found = set()
    for words in (fact.item.label, fact.item.q.noun[:6]):
        found |= _split(words)
    return found or (_split(fact.lent()) if fact.lent else found)


def told_by(fact: Stated) -> set[str]:
    """The pairs of characters of what names a figure; where nothing does, of what names the one before it in its sentence."""
    own = _split(fact.item.label) | _split(fact.item.q.noun[:6])
    if own - _GOAL:
        return own
    return _split(fact.above) - _GOAL or (
        _split(_HEAD.sub(r"\1", fact.before)[:12]) if _HEAD.match(fact.before) else pairs(fact)
    )


def _split(words: str) -> set[str]:
    return {part[n : n + 2] for part in _EMPTY.sub("·", words).split("·") for n in range(len(part) - 1)}


def alike(a: Stated, b: Stated) -> bool:
    """Whether two names share a word, in whatever order: 采购图书4.58万册, 新购4.85万册图书."""
    return bool(pairs(a) & pairs(b))


def bare(fact: Stated) -> bool:
    """Whether a figure stands without a name of its own: 按该数, 上述的1,420万元, 以13.60万亩为分母."""
    return not pairs(fact)


def apart(a: Stated, b: Stated, *, qualified: bool = True) -> bool:
    """Whether words set two figures apart: 入库 and 出库, 一标段 and 二标段, 3月 and 10月, and, where `qualified`, 新能源公交车 and 公交车."""
    if a.core == b.core and a.before == b.before:
        return False
    first, second = _TIME.findall(a.before + a.item.label), _TIME.findall(b.before + b.item.label)
    if first and second and set(first) != set(second):
        return True
    subjects = [m["name"] if (m := _SUBJECT.match(f.before)) else "" for f in (a, b)]
    if all(subjects) and subjects[0] != subjects[1]:
        return True
    shared = pairs(a) & pairs(b)
    (one, tight_one), (two, tight_two) = _before(a, shared), _before(b, shared)
    if one and two:
        return one != two and not (one in _DEALT_WITH and two in _DEALT_WITH)
    if tight_one is None or tight_two is None:
        return False
    return tight_one != tight_two if qualified and (one or two) else False


_LEADS = frozenset(("在", "把", "将", "对", "与", "和", "及"))
_DEALT_WITH = frozenset(  # said of the same things with one meaning
    ("清理", "清除", "除治", "清运", "处置", "处理", "治理", "整治", "清理处置")
)


def ending(fact: Stated) -> str:
    """The last two characters of what names a figure right before it: 立案 of 经审查立案286件 and of 立案的268件."""
    words = _EMPTY.sub("·", fact.item.label.removesuffix("的")).rpartition("·")[2]
    return words[-2:] if len(words) >= 2 else ""


def _before(fact: Stated, shared: set[str]) -> tuple[str, bool | None]:
    """What stands in a label before the shared words, and whether it qualifies them: 新能源 of 新能源公交车."""
    label = _EMPTY.sub("·", fact.item.label)
    at = min((n for n in range(len(label) - 1) if label[n : n + 2] in shared), default=-1)
    if at < 0:
        # shared behind the figure only: 营养餐惠及8,462名学生, 把98,040个小区
        return "", None if label in _LEADS else False
    words = label[:at].rpartition("·")[2]
    if words in _LEADS or words.endswith("等"):
        return "", None  # 在优良天数, 桥闸等建筑物: what is told back to
    return words, 1 < len(words) <= _QUALIFIER and not _VERB.search(words)
