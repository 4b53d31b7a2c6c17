"""Places with the organ or lower place named after them: 清河县水利局, 桐阳县双墩铺镇.

Chinese prints no space before a name, so `name` takes up to three characters before 县 and drops the particles that cannot
begin a place name; who compares names compares their ends.
"""

from __future__ import annotations

import re

from gouji.model.fact import Organisation, Span

_TAIL = (
    r"(?:人民政府|委员会办公室|人民法院|人民检察院|法院|检察院|政协|人大|总工会|妇联|团委|残联|工商联|红十字会|"
    r"(?!全|各|本|当)[\u4e00-\u9fff]{2,9}?局|(?!全|各|本|当)[\u4e00-\u9fff]{2,3}(?:镇|乡|街道))"
)
_ORGANISATION = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,3}})(?P<level>自治县|县|区|市|镇|乡|旗)(?P<tail>{_TAIL})")
_PARTICLES = "的和与及由向在对到从赴为是将把经被按据给使让请并等该本我全各据受以于至往去来"
_NO_NAME = re.compile(r"[的和与及、等各全本我该]|所属|下属|上级|乡镇|同级|相关|有关|部分|多个|以上|郊|城$|辖$|园$|社$|地$|校$")
_MARKS = ("县", "区", "市", "镇", "乡", "旗")


def find_organisations(block_index: int, text: str, normal_text: str) -> tuple[Organisation, ...]:
    """The named organs of a block in order of position. `normal_text` is the normal form of `text`."""
    if not any(mark in normal_text for mark in _MARKS):
        return ()
    found: list[Organisation] = []
    for match in _ORGANISATION.finditer(normal_text):
        start, end = match.span()
        name = match["name"].lstrip(_PARTICLES)
        start += len(match["name"]) - len(name)
        if len(name) >= 2 and not _NO_NAME.search(name):
            found.append(Organisation(Span(block_index, start, end), text[start:end], name, match["level"], match["tail"]))
    return tuple(found)
