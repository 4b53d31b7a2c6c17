"""Placeholder or instruction of the template left in."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import AuditContext, Block, BlockKind, Hit, Place, Severity, Span, Text, check
from gouji.model import patterns as re
from gouji_checks.copying import _unfilled
from gouji_checks.copying._instruction import INSTRUCTION, may_hold
from gouji_checks.spans import sentence, within

_MASKS = "XxＸｘ×✕╳"
_X = f"[{_MASKS}]"
_MODEL = re.compile(rf"(?<![A-Za-z])({_X}{{2,3}})[-—]\d")
_NICKNAME = re.compile(rf"“?({_X}{{2,3}})[^”。]{{0,6}}”?[^。]{{0,24}}(?:代号|代码|简称|品牌|缩写|首字母|型号)")
_MASKED_YEAR = re.compile(
    rf"(?:20|2)?{_X}{{2,3}}年(?![^》]*表》)(?![^》]*》\s?(?:的?(?:格式|样式|模板|文本)|由))"
)  # a title may mask whose rules it quotes, not of which year
_TITLE = re.compile(r"《[^》]*》")
# A paper of the unit's own, handed in with the report, whose title was not filled in: 详见《××××项目绩效自评表》.
_OWN_PAPER = re.compile(
    rf"(?:详?见|附|附件\s?\d*[：:]?|形成了?|编制了?|编写了?|填报了?|填制了?|填写了?|提交了?|报送了?|上报了?|完成了?)(?=《[^》]*(?:{_X}{{2,}}|○{{2,}}|某某|_{{3,}})[^》]*(?:表|报告|清单|台账|说明|总结|材料)》(?!\s?(?:的?(?:格式|样式|模板|范本|文本|要求)|由)))"
)
# Each placeholder holds one of these.
_NEEDED = (*_MASKS, *"_○某填删待字请例】〕△□☐◇■？?[｛<［略范", "**", "名称", "此处", "样表", "模板", "参考")
_NEEDED += tuple(
    f"{how}{what}"
    for how in ("简要", "详细", "具体", "重点", "分别", "逐项", "概括")
    for what in ("说明", "概述", "描述", "阐述", "介绍", "分析", "列", "反映", "总结")
)
# And one of these, which say more of where it stands; asked second, for most blocks hold neither.
_FIGURED = tuple(f"{before}字" for before in "0123456789 \t\n\u3000\xa0")  # 不超过 300 字
_LIKELY = (
    *_MASKS, *"_某【[｛<［△□☐◇■", "○○", "**", "此处", "样表", "模板", "参考", "例文", "示例", "样例", "范例", "范文", "（略）",
    "填写", "填报", "填列", "填入", "填表", "请删", "请自行", "待补", "待填", "待定", "待核", "〕号", *(f"〕{blank}" for blank in " \t\n\u3000\xa0"),
    *(f"名称{closing}" for closing in "）】]｝>"), *(f"{one}{two}" for one in "？?" for two in "？?"), *_FIGURED,
    *(f"请{what}" for what in "按根在结参对简如具详说概描阐介分填列"),
    *(f"{who}{whom}" for who in "由请需" for whom in ("各", "填", "项目", "预算", "部门", "主管", "单位")),
    *(word for word in _NEEDED if word[:2] in ("简要", "详细", "具体", "重点", "分别", "逐项", "概括")),
)  # fmt: skip
_QUOTED = re.compile(r"“[^”]*”")
# Who is quoted prescribes how a paper is to be named or written: 通知要求“各乡镇填写××项目绩效自评表”.
_PRESCRIBED = re.compile(r"要求|规定|通知|方案|办法|格式|模板|样式|范本|指南|规范|提纲|填写|不得|应当?[写填为包]")
# A blank that a form prints for others to fill in: 选票正面印有“第____号”字样.
_FORM = re.compile(
    r"规定|示范文本|范本|样本|格式|样式|空白|印[有着制上成刷为]|字样|[抬表栏题版]头|封面|落款处|留[有出]|式样|样票|制式|统一[写填印]"
)
# A number or a name that is masked to protect a person is no placeholder.
_PRIVATE = re.compile(r"(?:电话|手机|身份证|账号|账户|卡号|车牌|联系(?:方式|电话|号码))[^。；，]{0,12}$")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾韦白邹孟熊秦邱江尹薛闫侯史陶黎贺顾毛郝龚邵钱严覃戴"
_PERSON = re.compile(
    rf"[{_SURNAMES}]{_X}{{2}}(?=同志|等|先生|女士|医[生师]|护士|教[师授]|老师|同学|学员|工程师|主任|院长|[校局科处站所村队]长|书记|村民|职工|干部|一[家人行]|[某户]|夫妇|本人|[，、；。）]|$|的|反映|家|户|（|因|于|已|提前|调|未|被)"
)
# What tells an instruction (to the author) from a remark (of the author).
_ORDER = r"请|应当?|须|需要|不得|填写|选填|勾选|字以内|\d字|简要|概述|如实|如无"
_HEADED = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)?(?:填写|填报|填表)(?:说明|要求|须知)\s?[：:]?\s*"
)
# A choice of which nothing is ticked: 优□ 良□ 中□.
_BOXES = re.compile(r"(?:[\u4e00-\u9fff]{1,6}[□☐]\s*[、，/]?\s*){2,}|(?:[□☐]\s?[\u4e00-\u9fff]{1,6}\s*[、，/]?\s*){2,}")
_TICKED = re.compile("[☑☒■√✓✔●]")
_ORDERS = re.compile(rf"{_ORDER}")
_SLOT = r"(?:名称|全称|简称|姓名|金额|日期|数字|数量|人数|年份|比例|分值|编号|文号|地点|地址|电话|联系方式)"
_REMOVE = r"|[^，。；]{0,10}请(?:自行)?(?:删除|删掉|删去)(?:此|本|该)?(?:行|段|项|说明|提示|内容|文字)[^，。；]{0,6}"
_FORMS = (
    rf"(?<![A-Za-z0-9])(?:20|2){_X}{{2,3}}\s?年?度?|20\d{_X}\s?年|20_+\d?年"
    rf"|(?<![A-Za-z0-9.\-—]){_X}{{2,}}(?![A-Za-z0-9])(?=[\u4e00-\u9fff，。、；（））%]|$)[\u4e00-\u9fff]{{0,6}}"
    rf"|(?<![A-Za-z0-9.]){_X}{{2,4}}\.{_X}{{1,2}}(?![A-Za-z0-9])"
    r"|_{3,}(?!_|\s?(?:[万亿]?元|[%分人个项次份台场名套批辆件所座条篇亩吨期处])\s*(?:[，。；、）]|$))|(?<![一二三四五六七八九○])○○+(?![一二三四五六七八九○年])|(?<=[\u4e00-\u9fff])\*{2,}(?=[\u4e00-\u9fff])|某{1,2}(?:[县区市镇乡村]|(?<=某某))[\u4e00-\u9fff]{0,8}?(?:局|委员会|办公室|政府|中心|公司|事务所|机构|单位|部门)"
    r"|(?<![如“])某某(?:[县区市镇乡村旗]|项目|工程|专项|街道|社区|同志)|(?<=主任|书记|局长|县长|区长|市长|镇长|乡长|主席|院长|校长|部长|科长|处长|站长|所长|会长|经理)某某(?!同志)"
    r"|【\s?[XxＸ×]{2,}\s?】|[（【\[](?:[^）】\]。，]{0,6}[项值数名](?=】)|单位名称|部门名称|项目名称|填写[^）】\]]{0,60}(?:说明|情况|名称|金额|内容|依据|数字|原因)|请填写[^）】\]]{0,60}|请根据[^）】\]]{0,60}|此处[^）】\]]{0,60}|不超过\s?\d+\s?字|\d+\s?字(?:以内|左右))[）】\]]"
    rf"|[【\[｛<](?:请|此处)?(?:填写|填入|输入|插入|选择)?[\u4e00-\u9fff]{{0,10}}{_SLOT}[】\]｝>]"
    rf"|（(?:第三方|评价|委托|承办|采购|代理|中标|监理|施工|设计|实施|主管|承担|下属|所属|评估|审计)(?:机构|单位|公司|部门|企业|供应商|学校|乡镇)名称）"
    r"|此处填写[^，。；]{0,12}|\d+字以内(?=[）。])|（_人）|附[件表][Xx×](?![A-Za-z0-9])"
    rf"|(?:填写|填报|填表)(?:说明|要求|须知)\s?[：:](?=[^。；]{{0,60}}(?:{_ORDER}))[^。；]{{0,40}}"
    rf"{_REMOVE}"
    r"|[（(](?:示例|样例|范例|样表|模板|仅供参考|以下为(?:示例|样例|模板)[^）]{0,12})[）)]"
    r"|(?:此|本|该)(?:行|段|栏|处|表格?|部分)(?:内容)?(?:由|需由?|应由?|请由?)(?:各?(?:单位|部门)|填报人|项目单位|第三方机构|评价机构|财政部门)(?:自行|根据实际|结合实际|如实)?填[写报列][^，。；]{0,10}|(?<![有亟尚还均仍])待(?:补充|填写|核实后补|定稿)(?=[。；，）)\s]|$)|(?<=[（(【\[])(?:此处)?(?:略|同上|空|无内容)?待[补填定][^）)】\]]{0,8}(?=[）)】\]])"
    r"|请(?:按照?|根据|在|结合|参照|对照)[^。；]{2,30}(?:填写|补充|填报|编写|撰写|粘贴|插入)[^。；，]{0,16}|(?:字数|内容|篇幅|文字|说明)[^。；，]{0,6}(?:不超过|控制在|不少于|限)\s?\d{2,4}\s?字(?:以内|左右)?"
    r"|^请(?:简要|如实|具体|结合|根据|详细)?(?:说明|概述|描述|阐述|介绍|分析|填写|填报|列出|列明)[^，。；]{2,40}[。：]?$"
    r"|^(?:简要|详细|具体)(?:说明|概述|描述|阐述)[^，。；]{4,40}。$"
    r"|[△□◇■]{2,}(?=[\u4e00-\u9fff，。；、%])|[？?]{2,}(?=[万亿]?元|[%人个项次份台场名套批辆件所座条篇亩吨期处户])|【\s*】|［\s*］|\[\s*\]"
    r"|[【\[（(]填写[^）】\]，。]{1,14}[）】\]]|[（(](?:注：?)?[^）)。]{0,24}(?:由|请|需)各?(?:填报|项目|预算|部门|主管)?(?:单位|部门)[^）)。]{0,24}(?:填[写报列]|补充|调整|增删|删减)[^）)]{0,6}[）)]"
    r"|[（(](?:请?(?:简要|详细|重点|分别|逐项|概括)(?:说明|概述|描述|阐述|介绍|分析|列出|列明|反映|总结))[^）)]{2,60}[）)]"
    r"|此处(?:插入|粘贴|添加|补充|附|放)[^，。；]{0,14}|^(?:示例|样例|范例|范文|参考样式|例文)：|(?<=[等共有设聘])[×✕╳](?=[个名人件项家场次台辆座处][\u4e00-\u9fff])|……（略）|〔20\d\d〕\s{0,4}号(?=[）)，。；、]|$)"
)
_PLACEHOLDER = re.compile(_FORMS)
# That one may begin with any character, so that the search tries all forms everywhere; without its words it is left out.
_NO_REMOVAL = re.compile(_FORMS.replace(_REMOVE, ""))


@check(
    code="CP102",
    name="placeholder",
    theme="copying",
    severity=Severity.WARNING,
    zh="模板占位符或填写说明未删",
    en="placeholder or instruction of the template left in",
)
def placeholder(ctx: AuditContext) -> Iterator[Hit]:
    """Placeholder or instruction of the template left in.

    What it does
    Reports XX, ××, 20XX年, 202×年, ____, 某某单位, （单位名称）, 此处填写…, （100字以内）, 填写说明, 周期为X年, 待定元, （报来再填） in the text and in tables. Names of forms and
    documents inside 《》 are not looked at.

    Why is this bad
    The template was not filled in: what should stand there is missing, or another unit's text was taken over.

    Example
    Flagged::

        XX县水务局20XX年度部门整体支出绩效自评报告
        ----
        根据××县财政局要求，我单位开展自评。
        ----
        （100字以内）部门职能如下。
        ----
        项目负责人：____，联系电话完整。
        ----
        各乡镇均成立工作专班，某某镇还组建了宣讲队。
        ----
        分管副局长某某带队开展检查。
        ----
        委托【评价机构名称】开展评价。
        ----
        由{负责人姓名}牵头，3月启动。

    Accepted::

        严格执行《××县预算管理办法》。
        ----
        实行“A+B”模式，开展XXL口罩采购。
        ----
        【典型案例】柳林社区3月启动改造，成本[见附件]已核定。
        ----
        规定合同不得写作“某某镇”，如某某镇一类的简称也不用。
        ----
        填报说明：本表金额取自预算管理一体化系统，单位为万元。

    Rests on
    The forms of self-evaluation: instructions are not part of the report.
    """
    told: set[int] = set()
    for hit in _masks(ctx):
        told.add(hit.places[0].span.block)
        yield hit
    for block in within(ctx, _unfilled.may_hold(ctx) - told):
        text = ctx.facts.blocks[block.index].normal
        left = _unfilled.UNFILLED.search(text)
        if left is not None and not _is_quoted(text, left.start()):
            told.add(block.index)
            yield _hit(block, *left.span())
    for block in within(ctx, may_hold(ctx)):
        found = INSTRUCTION.search(ctx.facts.blocks[block.index].normal) if block.index not in told else None
        if found is not None and not _is_quoted(ctx.facts.blocks[block.index].normal, found.start()):
            yield _hit(block, *found.span())


def _is_quoted(text: str, start: int) -> bool:
    """Whether a quotation or a title is open at this place."""
    return any(text.count(opens, 0, start) > text.count(closes, 0, start) for opens, closes in ("“”", "《》"))


def _masks(ctx: AuditContext) -> Iterator[Hit]:
    """What should have been filled in, and the instructions that stand in its place."""
    explained = _NICKNAME.search(ctx.wording.whole) if ctx.wording.having(*_MASKS) else None
    likely = ctx.wording.having(*_NEEDED) & ctx.wording.having(*_LIKELY)
    for block in map(ctx.document.blocks.__getitem__, sorted(likely)):
        if block.kind is BlockKind.HEADER:
            continue
        text = ctx.facts.blocks[block.index].normal
        if _HEADED.fullmatch(text) and _gives_orders(ctx, block.index + 1):
            yield _hit(block, 0, len(text))
        boxes = _BOXES.search(text) if "□" in text or "☐" in text else None
        if boxes is not None and not _TICKED.search(text):
            yield _hit(block, boxes.start(), boxes.end())
        forms = _PLACEHOLDER if "请删" in text or "请自行" in text else _NO_REMOVAL
        for match in forms.finditer(text):
            masked = explained or _MODEL.search(text)  # “XX线”为…的简称; XX-3型: letters of a name
            titles = [m.span() for m in _TITLE.finditer(text)]
            start, end = match.span()
            inside = next((a for a, b in titles if a < start < b), None)
            if (
                (masked and match.group().startswith(masked[1]))
                or (inside is not None and not (_MASKED_YEAR.match(text, start) or _is_own_paper(text, inside)))
                or _is_prescribed(text, start)
                or _PRIVATE.search(text[max(0, start - 14) : start])
                or _PERSON.match(text, start - 1)
            ):
                continue
            yield _hit(block, start, end)
            break


def _is_prescribed(text: str, start: int) -> bool:
    """Whether the mask or the blank stands in a quotation of what a rule prescribes or a form prints."""
    blank = text[start] in "_○"
    if text[start] not in _MASKS and not blank:
        return False
    quoted = next((m for m in _QUOTED.finditer(text) if m.start() < start < m.end()), None) if "“" in text else None
    words = text[slice(*sentence(text, *quoted.span()))] if quoted is not None else ""
    return (_FORM if blank else _PRESCRIBED).search(words) is not None


def _is_own_paper(text: str, title: int) -> bool:
    """Whether the title that begins at `title` is that of a paper which the unit itself hands in."""
    return any(m.end() == title for m in _OWN_PAPER.finditer(text, max(0, title - 12)))


def _gives_orders(ctx: AuditContext, index: int) -> bool:
    """Whether a block tells the author what to write."""
    return index < len(ctx.facts.blocks) and bool(_ORDERS.search(ctx.facts.blocks[index].normal[:80]))


def _hit(block: Block, start: int, end: int) -> Hit:
    words = block.text[start:end]
    return Hit(
        Text(f"模板占位符或填写说明未删：“{words}”", f"left from the template: “{words}”"),
        (Place(Span(block.index, start, end)),),
        stated=words,
    )
