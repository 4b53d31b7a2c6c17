"""Places with the organ named after them."""

from __future__ import annotations

import pytest

from gouji.facts.organisations import find_organisations
from gouji.text.normal import normal


def names(text: str) -> list[tuple[str, str, str]]:
    return [(o.name, o.level, o.tail) for o in find_organisations(0, text, normal(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云溪县水务局设3个股", ("云溪", "县", "水务局")),
        ("按照云溪县财政局要求", ("云溪", "县", "财政局")),
        ("石安市清港区人民政府", ("清港", "区", "人民政府")),
        ("下一步，枞林县石铺镇将强化管理", ("枞林", "县", "石铺镇")),
        ("南岗县农业农村局高度重视", ("南岗", "县", "农业农村局")),
        ("服务南岗县经济社会发展大局", ("南岗", "县", "")),
        ("为南岗县高质量发展作出贡献", ("南岗", "县", "")),
        ("负责南岗县救助站运转", ("南岗", "县", "")),
        ("执行《云溪县资金管理办法》", ("云溪", "县", "")),
    ],
)
def test_reads_place_level_and_organ(text, expected):
    """A name is read where something before it can end a phrase."""
    assert expected in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "推动全县水务局系统",
        "办公室是区人大的机构",
        "我局会同县财政局",
        "《云溪县志》",
        "征求县总工会意见",
        "联合县检察院走访",
        "推动县经济发展",
        "提升示范县建设水平",
        "本县财政局",
    ],
)
def test_takes_no_phrase_for_a_name(text):
    """Verbs and pronouns before 县 are no names."""
    assert names(text) == []
