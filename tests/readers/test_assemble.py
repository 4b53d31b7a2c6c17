"""Raw paragraphs and tables -> Document: joining, kinds, levels, parents, title."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gouji.model.document import BlockKind, Box, Document, Piece
from gouji.readers.assemble import assemble
from gouji.readers.raw import Raw, RawParagraph
from gouji.readers.text import read_raw


def read(text: str) -> Document:
    return assemble("report.txt", "0" * 64, "txt", read_raw(dedent(text).strip("\n").encode()))


def outline(document: Document) -> list[str]:
    """Each block as: kind, level of a heading, number of the heading above it, text."""
    return [
        f"{b.kind} {'' if b.level is None else b.level}<{'' if b.parent is None else b.parent} {b.text}"
        for b in document.blocks
    ]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_headings_items_and_paragraphs_are_told_apart() -> None:
    """Kinds, levels and parents of a report that uses every level."""
    assert outline(
        read("""
        青禾县林业局2023年度部门决算说明

        第一部分　部门概况
        一、主要职责
        （一）机构组成。局机关设4个股室。
        （二）人员情况
        年末在职86人。
        1.行政人员
        （1）在编情况
        在编20人。
        ①科级
        二、收支情况
        1.收入1,200.50万元。
        2.支出1,180.20万元；
        一是基本支出900万元。
        第二部分　评价结论
        自评得分96分。
        """)
    ) == [
        "title < 青禾县林业局2023年度部门决算说明",
        "heading 0< 第一部分　部门概况",
        "heading 1<1 一、主要职责",
        "list_item <2 （一）机构组成。局机关设4个股室。",
        "heading 2<2 （二）人员情况",
        "paragraph <4 年末在职86人。",
        "heading 3<4 1.行政人员",
        "heading 4<6 （1）在编情况",
        "paragraph <7 在编20人。",
        "heading 4<6 ①科级",
        "heading 1<1 二、收支情况",
        "list_item <10 1.收入1,200.50万元。",
        "list_item <10 2.支出1,180.20万元；",
        "list_item <10 一是基本支出900万元。",
        "heading 0< 第二部分　评价结论",
        "paragraph <14 自评得分96分。",
    ]


def test_hard_wrapped_lines_join_to_paragraphs() -> None:
    """Lines wrapped at one width, inside a figure, a word or after a full stop, are whole paragraphs again; nothing else joins."""
    document = read("""
        青禾县林业局2023年度部门整体支出绩效自评报告

        　　根据县财政局要求，我局对2023年度部门整体支出情况进行
        了自评，全年预算1,240.50万元，实际支出1,180.20万元，执
        行率95.14%。全局干部职工认真落实绩效管理各项规定要求。
        现将有关情况报告如下。
        　　一、部门概况
        　　青禾县林业局为县政府工作部门，内设办公室、资源股、造
        林股、计财股4个股室，下属事业单位2个，年末在职人员86
        人，其中行政21人、事业65人。
        　　1.贯彻执行林业法律法规，拟订全县林业发展规划并组织实
        施。
        　　2.负责森林资源保护管理工作。

        　　　　　　　　　　　　　　　　青禾县林业局
        　　　　　　　　　　　　　　　　2024年3月20日
        """)
    assert texts(document) == [
        "青禾县林业局2023年度部门整体支出绩效自评报告",
        (
            "根据县财政局要求，我局对2023年度部门整体支出情况进行了自评，全年预算1,240.50万元，实际支出1,180.20万元，执行率95.14%。"
            "全局干部职工认真落实绩效管理各项规定要求。现将有关情况报告如下。"
        ),
        "一、部门概况",
        "青禾县林业局为县政府工作部门，内设办公室、资源股、造林股、计财股4个股室，下属事业单位2个，年末在职人员86人，其中行政21人、事业65人。",
        "1.贯彻执行林业法律法规，拟订全县林业发展规划并组织实施。",
        "2.负责森林资源保护管理工作。",
        "青禾县林业局",
        "2024年3月20日",
    ]
    assert [b.anchor.paragraph for b in document.blocks] == [1, 3, 7, 8, 11, 13, 15, 16]


@pytest.mark.parametrize(
    "gap", ["\n\n", "\f", "\n\f", "\n\n- 2 -\n\n"], ids=["blank line", "form feed", "line and form feed", "page number"]
)
def test_a_sentence_cut_by_a_page_break_is_whole_again(gap: str) -> None:
    """A paragraph of one line, cut in the middle of a word at the end of its page, joins across the break."""
    before = "加强作风建设，把机关打造成为民服务的重要阵地。深入开展调查研究，广泛听取意见，在解决问题中凝"
    after = "聚各方面共识，提升了服务水平。完善各项管理制度，规范资金使用。"
    document = read(f"一、主要做法\n\n{before}{gap}{after}\n\n二、评价结论")
    assert [b.text for b in document.blocks if b.kind is not BlockKind.HEADER] == [
        "一、主要做法",
        before + after,
        "二、评价结论",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一、进一步加强预算管理，提高资金使用效益\n我局将细化预算编制。",
        "1、开展以服务群众为主题的活动，进一步树立为民务实的形象\n各项活动围绕群众所盼展开，安排培训6次。",
        "1.加强预算管理\n2.完善内控制度",
        "项目支出120万元，其中培训费20万元、设备购置费100万元\n（二）结转结余情况",
        "全年各项工作任务按计划完成，资金使用规范有效\n存在问题",
        "本部门全年预算支出按计划完成，执行情况良好\n2024年3月20日",
        "本部门全年预算支出按计划完成，执行情况良好\n青禾县林业局",
        "全年预算支出情况如下：\n基本支出20万元。",
        "设备购置已全部完成。\n资金已全部支付。",
    ],
)
def test_what_stands_on_its_own_line_is_not_joined(text: str) -> None:
    """A heading and its text, two items, a paragraph and a heading or a signature, two sentences stay apart."""
    assert texts(read(text)) == text.split("\n")


def test_latin_words_are_joined_with_a_blank_and_chinese_without() -> None:
    """The blank between two Latin words is given back; Chinese and figures take none."""
    document = read("系统采用了国际通行的数据标准，名称为 Open\ndata，全年处理数据1,2\n00.5万条，达到预期。")
    assert texts(document) == ["系统采用了国际通行的数据标准，名称为 Open data，全年处理数据1,200.5万条，达到预期。"]


def test_the_title_is_one_block_without_the_attachment_line() -> None:
    """A title over two lines joins; 附件 before it is no part of it; organisation and year are read from it."""
    document = read("附件1\n\n青禾县林业局\n\n2023年度部门整体支出绩效自评报告\n\n部门名称：青禾县林业局\n一、概况")
    assert outline(document)[:3] == [
        "paragraph < 附件1",
        "title < 青禾县林业局2023年度部门整体支出绩效自评报告",
        "paragraph < 部门名称：青禾县林业局",
    ]
    assert (document.title, document.organisation, document.year) == (
        "青禾县林业局2023年度部门整体支出绩效自评报告",
        "青禾县林业局",
        2023,
    )


def test_a_title_may_break_inside_its_last_word() -> None:
    """A title printed large leaves a single character on its second line; it is the title all the same."""
    document = read("2023年度部门整体支出绩效评价报\n告\n为切实做好绩效自评工作，我局组织开展了评价。\n一、概况")
    assert outline(document)[:2] == [
        "title < 2023年度部门整体支出绩效评价报告",
        "paragraph < 为切实做好绩效自评工作，我局组织开展了评价。",
    ]


@pytest.mark.parametrize(
    ("text", "organisation", "year"),
    [
        ("问答：溪口县图书馆2022年度预算绩效情况\n问：2023年的钱够不够？2023年度预算、2023年度决算呢？", None, 2022),
        (
            "2021年度优抚对象医疗补助（编码XX03）绩效自评报告\n——河湾市退役军人事务局\n2022年度继续，2022年度预算已报。",
            None,
            2021,
        ),
        ("黄陂镇2020年预算执行情况和2021年预算草案（讨论稿，二次修改后付印）\n2021年度预算2021年执行。", None, 2020),
        ("2023 年度政协海岭县委员会 整体绩效自评工作报告\n一、概况", "政协海岭县委员会", 2023),
        ("云山区政协2025年度整体支出绩效自评报告", "云山区政协", 2025),
        ("安平县财政局2022年度部门整体支出绩效自评报告", "安平县财政局", 2022),
        ("双河镇人民政府\n二〇二三年度部门整体支出绩效自评报告", "双河镇人民政府", 2023),
        ("关于2021年度安平县民政局部门整体支出绩效自评的报告", "安平县民政局", 2021),
        ("2021年度部门整体支出绩效自评报告\n2021年我局支出合理。", None, 2021),
        (
            "部门整体支出绩效自评报告\n单位名称：安平县水务局\n本部门2022年度支出合理，2022年度、2021年度均有结余。",
            "安平县水务局",
            2022,
        ),
        ("部门整体支出绩效自评报告\n一、概况\n支出合理。\n安平县水务局\n2023年4月1日", "安平县水务局", None),
    ],
)
def test_organisation_and_year(text: str, organisation: str | None, year: int | None) -> None:
    """They come from the title, else from what is declared at the top, the signature or the most frequent fiscal year."""
    document = read(text)
    assert (document.organisation, document.year) == (organisation, year)


def test_a_renumbered_heading_keeps_its_level() -> None:
    """A conversion that turns 一、 into 1、 and （二） into （2） does not move the heading down the outline."""
    document = read("""
        1、 组织情况
        1.收集信息。对照目标收集信息。
        2.分析信息。分析偏离的原因。
        二、目标实现情况
        1、培训费。支出4万元。
        2、印刷费。支出8万元。
        2、 目标设定情况
        （一）收入
        收入12万元。
        （2） 支出
        支出12万元。
        （三）结转
        没有结转。
        4、 评价结论
        自评为优。
        五、整改措施
        """)
    assert [(b.text, b.level) for b in document.blocks if b.kind is BlockKind.HEADING] == [
        ("1、 组织情况", 1),
        ("二、目标实现情况", 1),
        ("2、 目标设定情况", 1),
        ("（一）收入", 2),
        ("（2） 支出", 2),
        ("（三）结转", 2),
        ("4、 评价结论", 1),
        ("五、整改措施", 1),
    ]


def test_a_numbered_list_without_texts_is_a_list() -> None:
    """Short numbered lines in a row with nothing under them are items, not headings."""
    document = read("一、下属单位\n1.林业站\n2.苗圃\n3.种子站\n二、收支")
    assert [b.kind for b in document.blocks] == [BlockKind.HEADING, *[BlockKind.LIST_ITEM] * 3, BlockKind.HEADING]


def test_the_entries_of_a_table_of_contents_are_no_headings() -> None:
    """目录 repeats the headings; only the second stand is a heading."""
    document = read("目录\n一、概况 1\n（一）收入……2\n一、概况\n情况良好。\n（一）收入\n收入100万元。")
    assert [b.index for b in document.blocks if b.kind is BlockKind.HEADING] == [3, 5]


def test_an_automatic_number_heads_the_text() -> None:
    """Word's computed number becomes part of the text, so that a gap in it can be quoted."""
    raws: list[Raw] = [RawParagraph("概况", number="一、"), RawParagraph("结论", number="三、")]
    blocks = assemble("a.docx", "", "docx", raws).blocks
    assert [b.text for b in blocks] == ["一、概况", "三、结论"]
    assert [(m.number, m.automatic, m.end) for b in blocks if (m := b.marker)] == [(1, True, 2), (3, True, 2)]


def test_a_heading_that_word_numbers_is_not_joined_to_its_text() -> None:
    """A long heading with an automatic number is a heading as if its number were typed; the paragraph after it stands alone."""
    words = "开展以“惠农富农、强村兴村”为主题的“提升”工程，进一步做好农业农村工作"
    text = "围绕群众关心的问题，深入一线开展调研，推动各项政策落实到位。"
    document = assemble("x", "", "docx", [RawParagraph(words, number="1、"), RawParagraph(text)])
    assert texts(document) == ["1、" + words, text]


def test_notes_and_running_heads_are_kept_apart() -> None:
    """A footnote is a note and a footer a header block; neither stands under a heading or breaks a sentence."""
    raws: list[Raw] = [
        RawParagraph("一、概况"),
        RawParagraph("含上年结转。", part="footnotes"),
        RawParagraph("收入100万元。"),
        RawParagraph("第 1 页", part="footer"),
    ]
    assert outline(assemble("a.docx", "", "docx", raws)) == [
        "heading 1< 一、概况",
        "paragraph <0 收入100万元。",
        "note < 含上年结转。",
        "header < 第 1 页",
    ]


def test_the_place_on_the_page_survives_joining() -> None:
    """After joining two lines, each character is still found in the box of its own line."""
    first, second = Box(1, 10, 10, 90, 20), Box(2, 10, 30, 90, 40)
    raws: list[Raw] = [
        RawParagraph("  全年预算执行情况总体较好，支出", pieces=(Piece(2, 17, first),), continues=True),
        RawParagraph(" 120万元。", pieces=(Piece(1, 7, second),)),
    ]
    block = assemble("a.pdf", "", "pdf", raws).blocks[0]
    at = block.text.index("120万元")
    assert block.text == "全年预算执行情况总体较好，支出120万元。"
    assert block.anchor.boxes(at, at + 5) == (second,)
    assert block.anchor.boxes(0, 2) == (first,)


def test_a_series_inside_a_paragraph_goes_on_over_the_page() -> None:
    """三是 at the head of a page belongs to the paragraph in which 二是 stands; where each stands on its own, they stay items."""
    box = (Piece(0, 20, Box(1, 10, 10, 90, 20)),)
    inside: list[Raw] = [
        RawParagraph("主要做法。一是细化预算。二是加强监管。", pieces=box),
        RawParagraph("三是公开结果。", pieces=box),
    ]
    alone: list[Raw] = [RawParagraph("二是加强监管。", pieces=box), RawParagraph("三是公开结果。", pieces=box)]
    assert len(assemble("a.pdf", "", "pdf", inside).blocks) == 1
    assert len(assemble("a.pdf", "", "pdf", alone).blocks) == 2


def test_a_reader_that_knows_overrules_the_words() -> None:
    """`continues` decides: lines that the words would join stay apart, and the other way round."""
    apart: list[Raw] = [RawParagraph("支出主要用于，", continues=False), RawParagraph("培训。")]
    joined: list[Raw] = [RawParagraph("支出完成。", continues=True), RawParagraph("执行率为95%。")]
    assert len(assemble("a.pdf", "", "pdf", apart).blocks) == 2
    assert [b.text for b in assemble("a.pdf", "", "pdf", joined).blocks] == ["支出完成。执行率为95%。"]


_WORDS = [
    "一、",
    "（一）",
    "1.",
    "2、",
    "①",
    "预算",
    "支出",
    "执行率",
    "120.5",
    "万元",
    "，",
    "。",
    "、",
    "：",
    "（",
    "）",
    "　",
    "  ",
    "\t",
    "Open",
    "data",
    "合计",
    "2023年",
]
_CELLS = [
    "序号",
    "项目名称",
    "预算数",
    "得分",
    "评价等级",
    "一级指标",
    "二级指标",
    "三级指标",
    "权重",
    "产出指标",
    "数量指标",
    "≥",
    "95",
    "%",
    "优",
    "合计",
    "1",
    "培训费",
    "、",
]
_LINE = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=12).map("".join), st.sampled_from(_CELLS), st.just("\f"), st.just("")
)


@settings(deadline=None)
@given(st.lists(_LINE, max_size=40))
@example(["序号", "项目名称", "1", "序号"])
def test_nothing_is_lost_and_nothing_doubled(lines: list[str]) -> None:
    """Whatever the lines, the blocks together hold exactly their characters, in their order."""
    text = "自评报告。\n" + "\n".join(lines)
    document = assemble("a.txt", "", "txt", read_raw(text.encode()))
    assert squeezed("".join(block.text for block in document.blocks)) == squeezed(text)
    for block in document.blocks:
        assert document.blocks[block.index] is block
        assert [block.text[c.start : c.end] for c in block.cells] == [c.text for c in block.cells]
        assert block.marker is None or block.marker.end <= len(block.text)


def test_real_reports_are_read_whole(seeds: Path) -> None:
    """Of five real reports not a character is lost, and page breaks inside a sentence are healed."""
    for path in sorted(seeds.glob("*.txt")):
        document = assemble(path.name, "", "txt", read_raw(path.read_bytes()))
        assert squeezed("".join(b.text for b in document.blocks)) == squeezed(path.read_text(encoding="utf-8"))
        unended = [
            b for b in document.blocks if b.kind is BlockKind.PARAGRAPH and len(b.text) > 60 and b.text[-1] not in "。！：；"
        ]
        assert unended == []


@pytest.mark.parametrize(
    "text",
    [
        "1．教育支出（类）普通教育（款）小学\n教育（项），年初预算为40.00万元。",
        "“教育支出（类）普通教育（款）小\n学教育（项）”40.00万元，用于保障运转。",
        "本镇2023年收入支出总计\n1260.40万元。比上年有所增加。",
        "教师工资按月发放到位。年初预算为\n256万元，全部执行。",
        "财政拨款支出1260.40万元，主要用于以\n下方面：教育支出640.00万元。",
    ],
)
def test_a_line_broken_inside_a_sentence_of_accounts_goes_on(text: str) -> None:
    """The levels of a budget subject, an amount behind its name and 以|下 stay in one paragraph."""
    assert texts(read(f"县教育局2023年度部门决算说明\n\n{text}"))[1:] == [text.replace("\n", "")]
