"""Grade words: 优 良 中 差 and their synonyms. Found only where something is graded, so that 优化 and 良好环境 are none."""

from __future__ import annotations

from gouji.model import patterns as re
from gouji.model.fact import Grade, Span

RANKS = {
    "优": 0, "优秀": 0, "优等": 0,
    "良": 1, "良好": 1, "良等": 1,
    "中": 2, "中等": 2, "一般": 2, "合格": 2, "及格": 2,
    "差": 3, "较差": 3, "不合格": 3, "不及格": 3, "差等": 3,
    "A": 0, "B": 1, "C": 2, "D": 3,
    "一等": 0, "二等": 1, "三等": 2, "四等": 3, "一类": 0, "二类": 1, "三类": 2, "四类": 3, "一档": 0, "二档": 1, "三档": 2, "四档": 3,
}  # fmt: skip
GRADE_WORDS = r"优秀|优等|良好|良等|中等|一般|不合格|不及格|合格|及格|较差|差等|优|良|中|差"
RANKED_WORDS = (
    r"[A-D](?![A-Za-z\d+-])|[一二三四][等档类](?!奖|功|残|职|水|河|疫|品|事)"  # grades only where a printed scale uses them
)
_AFTER_GRADE_WORD = re.compile(
    rf"(?:等级|等次|级别|档次|结论|结果|评级|评定|评价|评为|确定|认定|达到|综合|绩效|自评|定)[^，。；：“”\d]{{0,8}}?(?:分别)?(?:均|都|全部)?(?:为|是|：|属于?|属|达到?|评为|在)\s?[“‘]?(?P<grade>{GRADE_WORDS})[”’]?(?![\u4e00-\u9fff]{{0,1}}[化好效异越]|[\u4e00-\u9fff]{{0,2}}(?:率|化))"
    rf"|[“‘](?P<quoted>{GRADE_WORDS})[”’](?=\s?(?:这?一?(?:等|等级|等次|级|档)|[，。；、）]|$))"
    rf"|(?<![\u4e00-\u9fff])(?P<bare>优秀|良好|优|良|中|差|合格|不合格)(?=\s?(?:[，。；、）\t]|$|等级|等次|档))"
    rf"|评(?:价|定)?为\s?[“‘]?(?P<rated>{GRADE_WORDS}|{RANKED_WORDS})[”’]?(?![化好效异先])"
    rf"|(?:等级|等次|档次)[“‘]?(?P<told>{GRADE_WORDS})(?=[”’（(，。；]|$)"
    rf"|[“‘](?P<stands>{GRADE_WORDS})[”’](?=的?(?:水平|区间|档次|行列|标准))"
    rf"|(?:本项目|本部门|本单位|该项目|项目整体|部门整体|我[局委办院会馆校])[\u4e00-\u9fff]{{0,6}}?(?:为|属于?)[“‘]?(?P<own>优秀|良好|优|良|中等?|差|合格)(?=[”’，。；）]|$|等|级|档)"
    rf"|\d\s?分?，[^。；\d]{{0,24}}?(?:属于?|达到?|处于|列入|定为|确定为|进入|划入)[“‘]?(?P<scored>{GRADE_WORDS}|{RANKED_WORDS})[”’]?(?=的?(?:档次|档|等级|等次|级|水平|行列|区间)|[，。；（]|$)"
    rf"|(?:绩效|自评|评价)(?:自评)?(?:等级|等次|结果|档次)(?:为|：|是|属于?)[“‘]?(?P<ranked>{RANKED_WORDS})"
)
# What may stand right before a grade: a mark, a blank, one of the verbs above. A paragraph without it is not read: 其中, 优化.
_HINT = re.compile(rf"(?:(?<![\u4e00-\u9fff])|(?<=[为是于属达到在入级次]))(?:{GRADE_WORDS}|{RANKED_WORDS})")


def find_grades(block: int, text: str) -> tuple[Grade, ...]:
    """Every grade word of a block that stands as a grade."""
    if not _HINT.search(text):
        return ()
    found = []
    for match in _AFTER_GRADE_WORD.finditer(text):
        group = match.lastgroup
        if group:
            word = match[group]
            found.append(Grade(Span(block, match.start(group), match.end(group)), word, RANKS[word]))
    return tuple(found)
