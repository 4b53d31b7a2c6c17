"""The quantity lexer: one pass over a block's normal form gives every figure with unit, hedge, label and place in the sentence."""

# ruff: noqa: SIM905 - a list of words reads better as words
from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from gouji.facts.units import COUNTERS, MEASURES, unit_of
from gouji.model import patterns as re
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import Figure, Hedge, Unit
from gouji.text.markers import UNIT_WORD
from gouji.text.numerals import parse_chinese


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda word: (-len(word), word)))


_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:，\d{3})+(?=\.\d)|\d{1,3}(?:,? \d{3})+(?=(?:\.\d+)?\s?[万亿千]?(?:元|人|份|户|件|名|亩|册|吨))|\d+)"
    r"(?:\.\d+)?"
)
_MONEY = (
    r"(?:万亿|千万|百万|十万|亿|万|千|百)?(?:余|多)?元(?![旦素宵件首月])"
    r"(?: ?/ ?(?:[万千百]?[只头尾枚株斤吨袋瓶箱盒字条件亩人米]|[人户天日月年个次亩件台套辆所村吨场班课床平户生站处页株头间]|平方米|公里|㎡|人次|课时|学期|小时|立方米)(?: ?[·.•*×/] ?[\u4e00-\u9fff]{1,2})?)?"
)
_SHARE = r"%|‰|个?百分点|个点(?![位])"
_SCORE = r"分(?![别为管钟析配类解布局支批期成公工内包项级设散部]|之(?!和))"
_THINGS = (
    rf"(?:亿|万|千|百)?(?:余|多)?(?:{_alternatives(MEASURES)})|(?:亿|万|千|百)?(?:余|多)?(?:{_alternatives(COUNTERS)})"
    r"|(?:百万|千万|万亿|亿|万)(?:余|多)?"
)
_CN_COUNTERS = [
    "个",
    "名",
    "项",
    "种",
    "类",
    "次",
    "本",
    "篇",
    "件",
    "家",
    "所",
    "场",
    "期",
    "条",
    "份",
    "人",
    "位",
    "户",
    "处",
    "座",
    "台",
    "套",
    "辆",
    "大类",
    "大项",
    "方面",
    "部",
    "级",
    "支",
    "张",
    "册",
    "间",
    "轮",
    "批",
    "场次",
    "人次",
    "部门",
    "科室",
    "股室",
    "岗位",
]
_TOKEN = re.compile(
    r"(?P<mark>[。！？；，：、（）《》〔〕\t])"
    rf"|(?P<sign>(?<![\d%A-Za-z）])[-+])?(?<![\dA-Za-z.])(?P<number>{_NUMBER})(?P<more> ?[余多])? ?"
    rf"(?P<unit>{_MONEY}|{_SHARE}|{_SCORE}|{_THINGS})?"
    rf"|百分之(?P<percent>[一二三四五六七八九十百零〇]+(?:点[一二三四五六七八九零〇]+)?)"
    rf"|(?<![第一二三四五六七八九十百千万两〇零])(?P<tenths>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半]?)(?![\u4e00-\u9fff]?(?:不变|熟|新)|[立效员功果长本品套])"
    rf"|(?<![第一二三四五六七八九十百千万两〇零届“‘前近后每各这那])(?P<chinese>[二两三四五六七八九十][一二三四五六七八九十百零〇]*)"
    rf"(?P<counter>{_alternatives(_CN_COUNTERS)})"
)
_LAST = re.compile(r"(?s:.*)[\d百一二两三四五六七八九十]")  # up to the last character that a figure can begin with
_ANYTHING = re.compile(
    r"\d|百分之|[一二两三四五六七八九]成|[二两三四五六七八九十]一?[个名项种类次本篇件家所场期条份人位户处座台套辆大方部级支张册间轮批科股岗]"
)
_TWIN_UNIT = re.compile(r"（[套件份次台组个辆户座处项]）")
_GLUED = re.compile(r"\d{1,2}\.([1-9]\d*)")
_WHOLE_THINGS = frozenset("个名项种类次件家所场期条位处座台套辆支册间轮批")  # what is never counted in tenths
_GROUPING = re.compile("[,， ]")
_UNGROUPED = 4  # characters of a number that hold no mark between its digits
_COMMA = re.compile(r",(?!\d{3}(?!\d))")
_BAR = re.compile(r"[｜|](?=\s?[\u4e00-\u9fff])")  # 构成｜本级：56万元｜上级：30万元
_COPULAS = (
    "分别 累计 共计 合计 总计 共有 总共 一共 达到 仅为 只有 实为 均为 共 为 是 达 有 计 的 了 至 于 近 逾 超过 超 不低于 不少于 不超过 "
    "不高于 不足 不到 至少 最多 大约 约为 接近 将近 突破 仅 (?<!每)只 即 以 按 按照"
).split()
_COPULA = re.compile(rf"(?:{'|'.join(_COPULAS)}|(?<!收)到|(?<![节签预履违特邀解续集])约|[：≥≤><=～~\s])+$")
_COPULA_ENDS = frozenset("到约：≥≤><=～~").union(
    word[-1] for word in _COPULAS
)  # a label that ends with none of these ends with none
_HEDGE_BEFORE = re.compile(
    r"(?:(?P<about>大约|(?<![节签预履违特邀解续集])约为|(?<![节签预履违特邀解续集])约|大概)|(?P<nearly>接近|将近|近|不足|不到)|(?P<over>逾|超过|超|突破)"
    r"|(?P<least>不低于|不少于|至少|≥|>=|>|大于等于|大于)|(?P<most>不超过|不高于|不多于|最多|≤|<=|<|小于等于|小于))\s?(?:为|达|达到)?\s?$"
)
_HEDGE_ENDS = frozenset("约概近足到逾过超破于少≥=>多≤<为达")  # the last characters of these words
_HEDGE_AFTER = re.compile(
    r"\s?(?:(?P<over>有余|开外)|(?P<about>左右|上下)|(?:（不?含(?:本数)?）)?(?:(?P<least>及?以上|起)|(?P<most>及?以下|以内|之内)))"
)
_DATE_TAIL = "年月日号届时#"
_HEDGES = {
    "about": Hedge.ABOUT,
    "nearly": Hedge.NEARLY,
    "over": Hedge.OVER,
    "least": Hedge.AT_LEAST,
    "most": Hedge.AT_MOST,
}
_BARE_LABEL = re.compile(
    r"(?:得分|评分|分值|权重|总分|满分|分数|数|金额|经费|支出|收入|资金|总额|总计|合计|小计|占|预算|决算|结余|结转|为|是|计|达|：|款|费|值)$"
)
_BARE_SCORE = re.compile(r"(?:满分|分值|权重|标准分)\s?\d{1,3}(?:\.\d+)?[，、；： ]*(?:自评|实际|实)?得 ?$")  # 满分20，得19.2
_JOINERS = frozenset({"和", "及", "与", "以及", "或"})
_BARE_MOVED = re.compile(r"(?:[增减升降][至到为]|[由从])$")
_INNER_MARKER = re.compile(r"（[一二三四五六七八九十\d]{1,2}）\s?")
_RANGE_AFTER = re.compile(r" ?(?:（不?含）)?(?:[~～—–-]+|至|到) ?\d")  # blanks only: a tab divides cells
_LOOSE_AFTER = re.compile(r"[\s（左上有开以及起之~～—–\-至到]")  # what either of these begins with
_RANGE_ENDS = frozenset("~～—–-至到 ")
_RANGE_BEFORE = re.compile(r"\d ?(?:[%个名人万元分]{0,2}) ?(?:（不?含）)?(?:[~～—–-]+|至|到) ?$")
_PRONOUN_BEFORE = re.compile(r"(?:以上|上述|前述|上列)$")  # 以上三项 points back and counts nothing new
_TOGETHER = re.compile(r"[\u4e00-\u9fff]{0,5}共[\u4e00-\u9fff]{0,4}\d")  # ，三个乡镇共拨付56万元 sums up and counts nothing new
TOO_LONG = 24  # characters of a number, marks included
SAMPLED = 5  # one character in so many is looked at for a number too long
OVERLONG_PART = re.compile(rf"[\d.,，]{{{(TOO_LONG + 1) // SAMPLED}}}")  # of each run that `OVERLONG` finds, as it is sampled
OVERLONG = re.compile(rf"[\d.,，]{{{TOO_LONG + 1},}}")
_COMPOUND = re.compile(r"[一二两三四五六七八九十\d][办科室局处委会部院所中]$")
_PRONOUN_AFTER = re.compile(
    r"(?:支出|费用|资金|经费|金额)?(?:合计|共计|总计|相加|加总|加起来|合起来|一?汇总|共(?!性|同|产|建|享|有))"
    r"|[\u4e00-\u9fff]{1,10}?(?:合计|共计|总计|一共|总共)\s?[\u4e00-\u9fff]{0,4}\d"  # 两级服务力量合计61人
)
_RANK = re.compile(r"[\u4e00-\u9fff]{0,8}?\d")  # 二级道路198.4万平方米: which of them, not how many
_DIGITS = "零一二三四五六七八九"
_SIBLING = 40  # characters before 二类 that 一类 is looked for in
_NOUN = re.compile(r"[\u4e00-\u9fff·“”]{0,14}")
MARKER_HEAD = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)?[（]?\d{1,3}(?:[.、）]|\s?[.．](?!\d))(?!\d)"
    rf"|\s*[1-9]\d?(?:\.[1-9]\d?){{1,3}}\s+(?={UNIT_WORD})"  # 1.3 项目支出
)


def comma_normal(text: str) -> str:
    """Half-width commas that do not group digits, and bars before words, become Chinese commas."""
    if "｜" in text or "|" in text:
        text = _BAR.sub("，", text)
    return _COMMA.sub("，", text) if "," in text else text


def _without_marker(text: str, start: int, number: str) -> tuple[int, str]:
    """3.46所学校 at the head of a paragraph: its number, and the figure behind it."""
    glued = _GLUED.fullmatch(number) if not text[:start].strip() else None
    return (start, number) if glued is None else (start + glued.start(1), glued[1])


@lru_cache(maxsize=1024)
def _unit(printed: str) -> tuple[Unit, bool, int]:
    """The unit, whether it says that there is more (万余元), and how many times the figure counts: 3百人 is 300人."""
    printed = printed.replace(" ", "")
    symbol = printed.replace("余", "").replace("多", "")
    hundreds = symbol.startswith("百") and len(symbol) > 1 and symbol not in COUNTERS and "元" not in symbol
    return unit_of(symbol[1:] if hundreds else symbol), symbol != printed, 100 if hundreds else 1


def _ends_with(text: str, characters: frozenset[str]) -> bool:
    """Whether the last character is one of these or a blank."""
    last = text[-1:]
    return last in characters or last.isspace()


def _without_copula(label: str) -> str:
    return (_COPULA.sub("", label) if _ends_with(label, _COPULA_ENDS) else label).strip(" ”“\t")


# start, end, value, digits behind the point, unit, hedge
_Read = tuple[int, int, Decimal, int, Unit, Hedge]


class _Scanner:
    """Walks a block's tokens and keeps sentence, segment, clause and bracket."""

    def __init__(self, block: int, text: str, *, row: bool) -> None:
        self.block = block
        self.text = text
        self.row = row
        self.sentence = self.segment = self.clause = 0
        self.brackets: list[int] = []
        self.outside: list[tuple[str, int, int]] = []  # mark, its end and the number of figures where each bracket opened
        self.titles = 0
        self.cell = 0
        self.mark = ""
        self.mark_end = 0
        self.previous_end = 0  # end of the last figure
        self.clause_text_start = 0
        self.found: list[Quantity] = []

    def run(self) -> tuple[Quantity, ...]:
        head = MARKER_HEAD.match(self.text) if not self.row else None
        if head:
            self.mark_end = self.clause_text_start = head.end()
        last = _LAST.match(self.text)
        end = last.end() if last else 0
        for match in _TOKEN.finditer(self.text, head.end() if head else 0):
            if match.start() >= end:
                break  # no figure stands behind
            mark = match[1]
            if mark is None:
                if not self.titles:
                    self.quantity(match)
            elif mark in "，、：":
                self.clause += mark != "、"
                self.mark = mark
                self.mark_end = match.end()
            else:
                self.punctuate(mark, match.start())
        return tuple(self.found)

    def punctuate(self, mark: str, at: int) -> None:
        if mark in "《〔":
            self.titles += 1
            return
        if mark in "》〕":
            self.titles = max(0, self.titles - 1)
            return
        if mark == "（":
            self.brackets.append(at)
            self.outside.append((self.mark, self.mark_end, len(self.found)))
        elif mark == "）":
            if self.brackets:
                self.brackets.pop()
                before, end, figures = self.outside.pop()
                if figures == len(self.found):  # 因公出国（境）费 is one name
                    self.mark, self.mark_end = before, end
                    return
        elif mark == "\t":
            self.cell += 1
            self.sentence += 1
            self.brackets.clear()
            self.outside.clear()
        elif mark == "。" and self.brackets and self.text.startswith("）", at + 1):
            return  # (…万元。)比上年增加…: the bracket closes, the sentence goes on
        elif mark in "。！？":
            self.sentence += 1
            self.segment += 1
            self.clause += 1
            self.brackets.clear()
            self.outside.clear()
        elif mark == "；":
            self.segment += 1
            self.clause += 1
        self.mark = mark
        self.mark_end = at + 1

    def quantity(self, match: re.Match[str]) -> None:
        found = self.spoken(match) if match["number"] is None else self.printed(match)
        if found is None:
            return
        text = self.text
        figure_start, end, value, places, unit, hedge = found
        start = max(self.mark_end, self.previous_end)
        label = text[start:figure_start]
        if hedge is Hedge.NONE:
            hedge = self.hedge(label, figure_start, end)
        while end > figure_start and text[end - 1] == " ":
            end -= 1
        noun = _NOUN.match(text, end)
        self.found.append(
            Quantity(  # by position: by name it takes a third longer to make
                Span(self.block, figure_start, end),
                text[figure_start:end],
                Figure(value, places, unit, hedge),
                self.clean(label, start),
                start,
                noun[0] if noun else "",
                self.mark if self.mark_end >= self.previous_end else "",
                self.sentence,
                self.segment,
                self.clause,
                self.brackets[-1] if self.brackets else -1,
                len(self.brackets),
                self.cell if self.row else None,
                match["number"] is None,
            )
        )
        self.previous_end = end

    def printed(self, match: re.Match[str]) -> _Read | None:
        """A figure in digits; None where these are an ordinal, a code, part of a date …"""
        text, start, end = self.text, match.start(), match.end()
        sign, number, over, printed = match.group("sign", "number", "more", "unit")
        if text[start - 1 : start] == "第" or len(number) > TOO_LONG:
            return None  # the latter is no amount; the run says that it was not read
        if printed:
            twin = _TWIN_UNIT.match(text, end) if text.startswith("（", end) else None
            end = twin.end() if twin else end  # 12台（套） is one unit
        elif not self.keep_bare(match):
            return None
        unit, more, times = _unit(printed or "")
        if printed in _WHOLE_THINGS:
            start, number = _without_marker(text, start, number)
        value = Decimal(_GROUPING.sub("", number)) if len(number) > _UNGROUPED else Decimal(number)
        if times != 1 or sign == "-":
            value *= -times if sign == "-" else times
        return start, end, value, len(number.partition(".")[2]), unit, Hedge.OVER if more or over else Hedge.NONE

    def spoken(self, match: re.Match[str]) -> _Read | None:
        """A figure in Chinese numerals; None where these count nothing: 三部分, 以上三项."""
        text, start, end = self.text, match.start(), match.end()
        if match["percent"] is not None:
            whole, _, part = match["percent"].partition("点")
            digits = str(parse_chinese(whole)) + ("." + "".join(str(parse_chinese(c)) for c in part) if part else "")
            return start, end, Decimal(digits), len(part), unit_of("%"), Hedge.NONE
        if match["tenths"] is not None:
            half = 5 if match["half"] == "半" else parse_chinese(match["half"]) or 0
            tenths = Decimal((parse_chinese(match["tenths"]) or 0) * 10 + half)
            told = self.hedge(text[max(self.mark_end, self.previous_end) : start], start, end)
            return start, end, tenths, 0, unit_of("%"), Hedge.ABOUT if told is Hedge.NONE else told  # a round figure
        value = parse_chinese(match["chinese"])
        session = match["counter"] == "次" and "届" in text[max(0, start - 14) : start]
        back = (
            (text[start - 1 : start] == "，" and _TOGETHER.match(text, end))
            or _PRONOUN_BEFORE.search(text, max(0, start - 2), start)
            or _PRONOUN_AFTER.match(text, end)
        )
        share = match["counter"] == "部" and text.startswith("分", end)  # 三部分 counts nothing
        named = _COMPOUND.search(text, max(0, start - 2), start)  # “一办三部” is a name
        rank = match["counter"] == "级" and match["chinese"] != "两" and _RANK.match(text, end)
        if value is not None and match["counter"] == "类" and _RANK.match(text, end):  # 一类12处、二类64处
            rank = f"{_DIGITS[(int(value) - 1) % len(_DIGITS)]}类" in text[max(0, start - _SIBLING) : start]
        if value is None or session or back or share or named or rank:
            return None
        return start, end, Decimal(value), 0, unit_of(match["counter"]), Hedge.NONE

    def keep_bare(self, match: re.Match[str]) -> bool:
        """Whether a number without unit is a figure at all and not part of a date, a code, a range or a list marker."""
        text, start, end = self.text, match.start(), match.end("number")
        following = text[end : end + 2].lstrip(" ")[:1]
        if following and (following in _DATE_TAIL or (following.isascii() and (following.isalnum() or following in "-_.~"))):
            return False
        if _RANGE_AFTER.match(text, end):
            return False
        if self.row:
            return True
        if len(match["number"]) > 12 or text[start - 1 : start] in ("第", "“", "+") or (following and following in "+“”/"):
            return False
        if _BARE_MOVED.search(text, max(0, start - 6), start):
            return len(match["number"]) >= 4 and "." not in match["number"]  # 人次由5,712增至6,043
        if _BARE_LABEL.search(text, max(0, start - 6), start):
            return True
        return text[start - 1 : start].strip() in ("得", "") and _BARE_SCORE.search(text, max(0, start - 24), start) is not None

    def hedge(self, label: str, start: int, end: int) -> Hedge:
        text = self.text
        before = _HEDGE_BEFORE.search(label) if _ends_with(label, _HEDGE_ENDS) else None
        if before and before.lastgroup:
            return _HEDGES[before.lastgroup]
        if _LOOSE_AFTER.match(text, end):
            after = _HEDGE_AFTER.match(text, end)
            if after and after.lastgroup:
                return _HEDGES[after.lastgroup]
            if _RANGE_AFTER.match(text, end):
                return Hedge.ABOUT
        if text[start - 1 : start] in _RANGE_ENDS and _RANGE_BEFORE.search(text, max(0, start - 8), start):
            return Hedge.ABOUT
        return Hedge.NONE

    def clean(self, label: str, start: int) -> str:
        """The naming phrase; empty behind a colon or bracket, it is the phrase before these."""
        label = _without_copula(label)
        if label.startswith("（"):
            label = _INNER_MARKER.sub("", label)  # A；（二）2020年决算B: a member of a list in one paragraph
        if not label and self.mark in ("：", "（") and start == self.mark_end:
            label = _without_copula(self.text[self.clause_before(start - 1) : start - 1])
        label = label.replace(" ", "")
        return "" if label in _JOINERS else label

    def clause_before(self, end: int) -> int:
        at = end
        text = self.text
        while at > 0 and text[at - 1] not in "。！？；，：、（）\t" and end - at < 40:
            at -= 1
        return max(at, self.previous_end)


def find_quantities(block: int, text: str, *, row: bool = False) -> tuple[Quantity, ...]:
    """Every figure of a block. `text` is the block's normal form (`comma_normal(normal(text))`)."""
    if not _ANYTHING.search(text):
        return ()
    return _Scanner(block, text, row=row).run()
