"""Places with the organ or lower place named after them: 清河县水利局, 桐阳县双墩铺镇; at the head of a title, 《清河县…办法》, alone.

Chinese prints no space before a name, so a name is taken only where something before it can end a phrase: two characters
after a mark, a particle or a higher place, three after a mark. A verb (协助县财政局) may still look like one.
"""

from __future__ import annotations

import re

from gouji.model.fact import Organisation, Span

_TAIL = (
    r"(?:人民政府|人民法院|人民检察院|法院|检察院|政协|人大|总工会|团委|纪委|监委|工商联|红十字会|第[一二三四五六七八九十]+届|"
    r"(?![全各本当])[\u4e00-\u9fff]{2,9}?(?:局|联合会|委员会|档案馆|党校)|委员会|妇联|残联|"
    r"(?![全各本当])[\u4e00-\u9fff]{2,3}(?:镇|乡|街道))"
)
_ORGANISATION = re.compile(
    rf"《(?P<author>[\u4e00-\u9fff]{{2,3}})(?P<author_level>县|区|旗)(?!志|史|域|报|年鉴|[委级长])"
    rf"|(?P<name>[\u4e00-\u9fff]{{2,3}})(?P<level>自治县|县|区|市|镇|乡|旗)(?P<tail>{_TAIL})"
)
_MARKS = ("县", "区", "市", "镇", "乡", "旗")
# What may stand before a name of two characters: nothing, a mark, a higher place, a particle, the end of a verb of reference.
_BEFORE = frozenset("，。；：、！？（）《》“”\t\n 省市州盟照据由于在对向经为与和及将被把至从到赴受是按请报送得的协")
_MARK_BEFORE = frozenset("，。；：、！？（）《》“”\t\n ")
_NEVER_IN_A_NAME = frozenset("的是为将把被由向在从到与及等该我各全本市县区")


def find_organisations(block_index: int, text: str, normal_text: str) -> tuple[Organisation, ...]:
    """The named organs of a block in order of position. `normal_text` is the normal form of `text`."""
    if not any(mark in normal_text for mark in _MARKS):
        return ()
    found: list[Organisation] = []
    for match in _ORGANISATION.finditer(normal_text):
        start, end = match.span()
        if match["author"]:
            name, level, tail, start = match["author"], match["author_level"], "", start + 1
        else:
            name, level, tail = _name(normal_text, match.end("name")), match["level"], match["tail"]
            start = match.end("name") - len(name)
        if name and not _NEVER_IN_A_NAME & set(name):
            found.append(Organisation(Span(block_index, start, end), text[start:end], name, level, tail))
    return tuple(found)


def _name(text: str, end: int) -> str:
    """The two characters before `end` where a name can begin there, else three after a mark; empty where neither holds."""
    if end == 2 or (end > 2 and text[end - 3] in _BEFORE):
        return text[end - 2 : end]
    if end == 3 or (end > 3 and text[end - 4] in _MARK_BEFORE):
        return text[end - 3 : end]
    return ""
