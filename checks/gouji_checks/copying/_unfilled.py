"""What was left to be filled in later: a letter for a figure (周期为X年), a masked number (〔20□2〕9号), notes to oneself (报来再填)."""

from __future__ import annotations

from gouji.engine.kit import AuditContext
from gouji.model import patterns as re

_LETTERS, _BEFORE = "XYNxyＸＹ", "为是约共计达额数期有占到了过需即"
_MASKS = "□_×XxＸ○*＊?？#"
_COUNTED = r"(?:[万亿]?元|年(?![级代])|个月|[个人次项户件处座台套亩吨场期份名](?![\u4e00-\u9fff]*模式)|公里|平方米|%)"
_OPEN, _CLOSE, _IN = "[（(【\\[〔]", "[）)】\\]〕]", "[^（）()【】\\[\\]〔〕\\d]"
_STARS = "★☆※#＃▲△◆◇■*＊"
_LATER = (
    "再填", "来填", "后填", "待填", "填数", "填上", "再补", "来补", "待补", "补上", "再改", "再核", "再定", "待签", "先空", "空着", "暂空", "没报来",
    "未报来", "数未到", "数没到", "数据未到", "报来后", "核实后改", "问一下", "再确认", "未填", "忘填", "记得填", "记得改", "记得补",
)  # fmt: skip
UNFILLED = re.compile(
    rf"(?<=[{_BEFORE}])[{_LETTERS}]{{1,2}}\s?{_COUNTED}"
    rf"|〔(?=[^〕]{{0,5}}[{_MASKS}])[\d{_MASKS} ]{{1,6}}〕\s?\d{{0,4}}\s?号|〔20\d\d〕\s?[第{_MASKS}]{{1,4}}\s?号"
    rf"|(?:待定|待填|待补|待核定?|待确认|未定|暂缺|暂空|空缺)\s?(?:[万亿]?元|[个人次项户件处座台套亩吨场份名]|公里|平方米|%)(?=[，。；、）]|$)"
    rf"|{_OPEN}(?!{_IN}*[已了]){_IN}{{0,16}}(?:{'|'.join(_LATER)}){_IN}{{0,12}}{_CLOSE}|【{_IN}{{2,8}}[补填]】"
    rf"|([{_STARS}])\1+[^，。；{_STARS}]{{0,8}}[待填签补核改定缺][^，。；{_STARS}]{{0,4}}"
    r"|(?:电话|手机|传真)[：:]?\s?(?:\d{3,4}[-—])?_{2,}"
    rf"|年[{_MASKS}]{{1,2}}月|(?<![\d{_MASKS}a-zA-Z])[{_MASKS}]{{1,2}}月(?:[{_MASKS}]{{1,2}}|上旬|中旬|下旬|\d{{1,2}})日?|\d月[{_MASKS}]{{1,2}}日"
    r"|(?<![A-Za-z])(?:TBD|TODO|TBC|tbd|todo)(?![A-Za-z])"
)
# Each holds one of these.
_CUES = (
    *(before + letter for before in _BEFORE for letter in _LETTERS),
    *(f"〔{mask}" for mask in _MASKS), *(f"〔2{mask}" for mask in _MASKS), *(f"〔20{mask}" for mask in _MASKS), *(f"〔202{mask}" for mask in _MASKS),
    *(f"〕{mask}" for mask in _MASKS), "〕第", *(f"〕 {mask}" for mask in _MASKS), "待定", "待填", "待补", "待核", "待确认", "未定", "暂缺", "暂空", "空缺",
    *_LATER, "补】", "填】", *(mark * 2 for mark in _STARS), "__", *(f"年{mask}" for mask in _MASKS), *(f"{mask}月" for mask in _MASKS), *(f"月{mask}" for mask in _MASKS),
    "TBD", "TODO", "TBC", "tbd", "todo",
)  # fmt: skip


def may_hold(ctx: AuditContext) -> set[int]:
    """The blocks in which something may have been left to be filled in."""
    return set(ctx.wording.having(*_CUES))
