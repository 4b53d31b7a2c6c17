"""The narrative of the final accounts against their tables, by name and by amount.

The tables come from the accounting system; the sentences are typed (部门决算公开 part three). A figure is held against the line
that its own words name, within the scope that heading and sentence set: all funds, 财政拨款, 一般公共预算, 政府性基金. A sentence that
names no line is left alone; where a scope can be read in two ways, either line will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal

from gouji.claims.accounts.balances import same
from gouji.claims.accounts.ledger import Entry, Ledger
from gouji.claims.arithmetic import compare_ratio
from gouji.claims.build import LIKELY, operand, undecidable
from gouji.claims.scene import Item, Passage, Scene
from gouji.model import patterns as re
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.fact import Quantity, Span
from gouji.model.quantity import Dimension
from gouji.model.text import Text

_SECTION = re.compile(r"(?:收入|支出|收支|结转|三公|拨款|经费)[^。；]{0,20}(?:决算|情况|说明)|(?:决算|支出)情况")
_FRAME = (
    r"(?:其中：?|包括：?)?(?:（?[一二三四五六七八九十]+[）、](?:[^。，]{2,12}。)?|\d+[.、])?"
    r"(?:\d{4}年度?|本年度?|全年|当年)?(?:[本我][局委办院部单]位?门?|单位|部门)?(?:年度)?"
)
_COPULA = r"(?:决算数?|总额|金额|数)?(?:各|均|共计|共|总计)?(?:为|是|：|达)?"
_SCOPES = (("fund", "政府性基金"), ("capital", "国有资本"), ("general", "一般公共预算"))
_CONCEPTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"收入?[、，和及与]?支出?(?:决算)?总(?:计|额)", ("grand",)),
    (r"(?:收入总计|总收入|收入总额)", ("grand", "income")),
    (r"(?:支出总计|总支出|支出总额)", ("grand", "spent")),
    (r"(?:本年)?收入(?:决算)?合计", ("income",)),
    (r"(?:本年)?支出(?:决算)?合计", ("spent",)),
    (r"基本支出", ("basic",)),
    (r"项目支出", ("project",)),
    (r"人员经费", ("people",)),
    (r"(?:日常)?公用经费", ("office",)),
    (r"(?:年初|上年)(?:财政拨款)?结转[和与]?结余", ("opening",)),
    (r"年末(?:财政拨款)?结转[和与]?结余", ("closing",)),
)
_WHOLE = re.compile(rf"{_FRAME}(?:一般公共预算|政府性基金预算)?财政拨款(支出|收入){_COPULA}")
_FUND = re.compile(rf"{_FRAME}本年(支出|收入){_COPULA}")
_NAMED = tuple(
    (re.compile(rf"{_FRAME}(?:财政拨款|一般公共预算财政拨款)?{words}{_COPULA}"), found) for words, found in _CONCEPTS
)
_LINE = re.compile(rf"{_FRAME}(?:用于)?([^，。；：]{{2,20}}?)(?:（类）)?{_COPULA}")
_ITEM = re.compile(r"([^（）。，；：、.\d]{2,30})（类）([^（）。，；]{2,40})（款）([^（）。；]{2,50})（项）")
_TEN_THOUSAND = Decimal(10_000)
_UNIT_SLIPS = 3
_PLAN = re.compile(r"(?:年初|调整后?|全年|支出)预算|预算(?:数|安排|批复)?(?:为|是)")
_YEAR = re.compile(r"(20\d\d)年")
_ACTUAL = re.compile(r"(?:支出)?决算数?(?:为|是)?$|实际支出(?:为)?$")
_BUDGET = re.compile(r"(?:年初|全年|支出)?预算(?:数|安排)?(?:为|是)?$")

_DONE = re.compile(r"完成(?:年初|全年|支出|调整)?预算(?:数)?的?$")
_TRIP_NAMES = (
    ("cars", re.compile(r"公务用车购置[及和与]运行(?:维护)?费")),
    ("run", re.compile(r"公务用车运行(?:维护)?费")),
    ("buy", re.compile(r"公务用车购置(?:费|支出)")),
    ("abroad", re.compile(r"因公出国（境）(?:费用?|支出|经费)")),
    ("guests", re.compile(r"公务接待费")),
    ("trips", re.compile(r"[“\"]?三公[”\"]?经费")),
)
_SHARE = re.compile(r"占(?:全年|当年)?(本年|财政拨款)?(支出|收入)(?:决算)?(?:合计|总计|总额)的?(?:比重|比例)?(?:为)?$")


def find(scene: Scene, ledger: Ledger, wrong: AbstractSet[Span]) -> Iterator[Claim]:
    """Every figure of the narrative that names a line of the tables. `wrong`: cells that their own table proves false."""
    for passage in scene.passages:
        heading = _heading(scene, passage)
        if heading is None:
            continue
        found = _ITEM.search(passage.text)
        for item in passage.items:
            if item.hedged:
                continue
            lead = _lead(passage, item)
            years = _YEAR.findall(_sentence(passage, item))
            if years and scene.document.year not in (None, int(years[-1])):
                continue  # the words speak of another year
            claim = None
            if item.money:
                if found is not None:
                    claim = _of_item(ledger, found, item, lead)
                elif "三公" in heading:
                    claim = _of_trips(ledger, passage, item, lead)
                else:
                    claim = _of_lines(ledger, passage, item, lead, heading)
            elif item.percent:
                claim = _share(ledger, passage, item, lead) or _of_nothing(passage, item, lead)
                if claim is None and "三公" in heading and _DONE.search(lead) and "年初" not in lead:
                    claim = _trip_rate(ledger, passage, item)
            if claim is not None and (claim.verdict is Verdict.AGREES or wrong.isdisjoint(o.span for o in claim.operands[1:])):
                yield claim


def scaled(claims: Sequence[Claim]) -> list[Claim]:
    """The claims; without those of text against cell where three figures and more are just ten thousand times their line.

    Then a unit is wrongly declared, which is one fault and not one for each figure.
    """
    wrong = [c for c in claims if c.verdict is Verdict.DISAGREES]
    if sum(_shifted(c) for c in wrong) < _UNIT_SLIPS:
        return list(claims)
    return [c for c in claims if c not in wrong or not (_shifted(c) or _across(c))]


def _across(claim: Claim) -> bool:
    """Whether a claim holds a figure of the text against a cell."""
    return len({o.quantity.cell is None for o in claim.operands if o.quantity is not None}) == 2


def _shifted(claim: Claim) -> bool:
    """Whether two figures for one fact agree once one is taken in 元 instead of 万元."""
    figures = [o.quantity for o in claim.operands if o.quantity is not None]
    if claim.kind is not ClaimKind.RESTATEMENT or len(figures) != 2:
        return False
    one, other = (q.figure.rounded() for q in figures)
    return any(one.scaled(_TEN_THOUSAND**n).meets(other) for n in (1, -1))


def cleared(claims: Sequence[Claim], ledgered: Sequence[Claim]) -> Iterator[Claim]:
    """The claims, those of the narrative undecided that would accuse figures of which the tables bear out every one.

    So is a percentage of a figure that the tables contradict: 总计2100.04万元，增长20.35%, where the tables have 1991.04.
    """
    borne = {c.operands[0].span for c in ledgered if c.verdict is Verdict.AGREES}
    wrong = {c.operands[0].span for c in ledgered if c.verdict is Verdict.DISAGREES and c.kind is ClaimKind.RESTATEMENT}
    for claim in claims:
        accused = claim.verdict is Verdict.DISAGREES and claim.kind is ClaimKind.TOTAL
        if accused and all(o.span in borne and o.quantity is not None and o.quantity.cell is None for o in claim.operands):
            yield undecidable(
                claim, "各数均与决算表相符，分项之间可能有包含关系", "every figure is the tables'; one part may hold another"
            )
        elif (
            claim.verdict is Verdict.DISAGREES
            and claim.kind in _PERCENTAGES
            and any(o.span in wrong for o in claim.operands[1:])
        ):
            yield undecidable(claim, "所依据的数与决算表不符，先核对该数", "a figure that it rests on contradicts the tables")
        else:
            yield claim


_PERCENTAGES = (ClaimKind.CHANGE, ClaimKind.RATE, ClaimKind.SHARE)


def _heading(scene: Scene, passage: Passage) -> str | None:
    """The headings above a paragraph, if they are of the narrative."""
    words: list[str] = []
    parent = passage.block.parent
    while parent is not None and len(words) < 4:
        words.append(scene.document.blocks[parent].text)
        parent = scene.document.blocks[parent].parent
    told = any(_SECTION.search(w) for w in words[:2]) and "名词解释" not in "".join(words)
    return "\n".join(words[:2]) if told else None


def _lead(passage: Passage, item: Item) -> str:
    """The words of the figure's own clause before it, blanks out."""
    before = passage.items[item.order - 1].q.span.end if item.order else 0
    text = re.sub(r"\s+", "", passage.text[before : item.q.span.start])
    cut = max((text.rfind(mark) for mark in "，。；（"), default=-1)
    if text[max(cut, 0) :].startswith("（") and "）" in text[cut:]:  # 因公出国（境）费: a bracket inside the name
        cut = max((text.rfind(mark) for mark in "，。；"), default=-1)
    return text[cut + 1 :]


def _sentence(passage: Passage, item: Item) -> str:
    start = passage.text.rfind("。", 0, item.q.span.start) + 1
    return passage.text[start : item.q.span.start]


def _scopes(heading: str, sentence: str, lead: str) -> tuple[str, ...]:
    """Which funds a figure may speak of: those of its own words, else any that its sentence and its headings name."""
    found: list[str] = []
    for words in (lead, sentence, *heading.split("\n")):
        scope = next((s for s, w in _SCOPES if w in words), None)
        found += [scope] if scope else ["fiscal", "general"] if "财政拨款" in words else []
        if found and words is lead:
            return tuple(found)
    return tuple(dict.fromkeys([*found, "all"]))


def _of_lines(ledger: Ledger, passage: Passage, item: Item, lead: str, heading: str) -> Claim | None:
    """Totals, basic and project spending, income by kind, spending by function."""
    sentence = _sentence(passage, item)
    if _planned(sentence):
        return None
    scopes = _scopes(heading, sentence, lead)
    concepts = next((found for pattern, found in _NAMED if pattern.fullmatch(lead)), ())
    whole = _WHOLE.fullmatch(lead) or (_FUND.fullmatch(lead) if scopes[0] == "fund" else None)
    if not concepts and whole:
        concepts = ("spent",) if whole[1] == "支出" else ("income",)
    entries = [e for scope in scopes for concept in concepts for e in ledger.get(scope, concept)]
    if not concepts and (named := _LINE.fullmatch(lead)):
        entries = [e for scope in scopes for e in ledger.get(scope, "line:" + named[1])]
        entries += ledger.get("all", named[1]) if named[1].endswith("收入") else []
    return _against(ledger, item.q, entries, lead)


def _planned(sentence: str) -> bool:
    """Whether the words have come to a budget (年初预算为A万元，其中：基本支出) and not yet to what was spent."""
    plans = [m.end() for m in _PLAN.finditer(sentence)]
    return bool(plans) and plans[-1] > max(sentence.rfind("决算"), sentence.rfind("完成"))


def _of_item(ledger: Ledger, found: re.Match[str], item: Item, lead: str) -> Claim | None:
    """林业和草原（款）行政运行（项）: the line of that name in the code tree."""
    if not _ACTUAL.search(lead) or item.q.span.start < found.end():
        return None
    class_, group, leaf = (re.sub(r"\s+", "", w) for w in found.groups())
    codes = [
        code
        for code, name in ledger.codes.items()
        if name == leaf and ledger.codes.get(code[:5]) == group and class_.endswith(ledger.codes.get(code[:3], "\0"))
    ]
    entries = [e for code in codes for scope in ("general", "all") for e in ledger.get(scope, f"code:{code}")]
    return _against(ledger, item.q, entries, leaf)


def _of_trips(ledger: Ledger, passage: Passage, item: Item, lead: str) -> Claim | None:
    """“三公”: budget or actual of the item that the words name last."""
    before = passage.text[: item.q.span.start]
    last = _last_trip(before)
    if last is None:
        return None
    end, name = last
    named = lead and next((n for n, p in _TRIP_NAMES if p.fullmatch(lead.removeprefix("其中：").removesuffix("支出"))), None)
    if named:
        stages: tuple[str, ...] = ("actual",)
        name = named
    elif _BUDGET.search(lead) and "上年" not in before[end:]:
        stages = ("budget",)
    elif _ACTUAL.search(lead) and "上年" not in before[end:]:
        stages = ("actual",)
    else:
        return None
    entries = [e for stage in stages for e in ledger.get("trips_" + stage, name)]
    claim = _against(ledger, item.q, entries, lead)
    other = "年初" in lead and claim is not None and claim.verdict is not Verdict.AGREES  # the table's budget is the year's
    return None if other else claim


def _last_trip(text: str) -> tuple[int, str] | None:
    """The item of “三公” that a text names last, and where the name ends."""
    return max(((m.end(), name) for name, pattern in _TRIP_NAMES for m in pattern.finditer(text)), default=None)


def _trip_rate(ledger: Ledger, passage: Passage, item: Item) -> Claim | None:
    """公务接待费支出A万元，完成预算B%: where the sentence gives no budget, the table does."""
    sentence = _sentence(passage, item)
    last = _last_trip(sentence)
    if last is None or "上年" in sentence[last[0] :]:
        return None
    budgets, actuals = (ledger.get(f"trips_{stage}", last[1]) for stage in ("budget", "actual"))
    if not budgets or not actuals:
        return None
    budget, actual = budgets[0].q, actuals[0].q
    operands = (operand(item, "stated"), Operand("numerator", actual.span, actual), Operand("denominator", budget.span, budget))
    if not budget.base:
        return _rate_of_nothing(item.q, actual, operands) if actual.base and item.q.base else None
    outcome = compare_ratio(item.q.figure, actual.figure, budget.figure)
    if outcome is None:
        return None
    return Claim(
        ClaimKind.RATE,
        outcome.verdict,
        item.q.raw,
        outcome.computed,
        operands,
        difference=outcome.difference,
        formula=outcome.formula,
        cause=outcome.cause,
        shape="accounts",
        right=outcome.right,
    )


def _rate_of_nothing(stated: Quantity, spent: Quantity, operands: tuple[Operand, ...]) -> Claim:
    return Claim(
        ClaimKind.RATE,
        Verdict.DISAGREES,
        stated.raw,
        None,
        operands,
        formula=f"{spent.raw} ÷ 0",
        confidence=LIKELY,
        shape="of_nothing",
    )


def _against(ledger: Ledger, q: Quantity, entries: Sequence[Entry], name: str) -> Claim | None:
    """The figure against the lines that it may be: any of them will do."""
    if not entries:
        return None
    claims = [same(q, entry, name or q.label) for entry in entries]
    good = next((c for c in claims if c.verdict is Verdict.AGREES), None)
    if good is not None or not q.base:
        return good
    return replace(claims[0], cause=_other_line(ledger, q, entries[0]) or claims[0].cause)


def _other_line(ledger: Ledger, q: Quantity, entry: Entry) -> Text | None:
    """The line of the same table whose amount it is: the name belongs to another line than the figure."""
    others = [
        e
        for found in ledger.entries.values()
        for e in found
        if e.form is entry.form and e.q.base == q.base and e.q.span != entry.q.span and e.name != entry.name
    ]
    if not others or len({e.name for e in others}) > 2:
        return None
    name = others[0].name
    return Text(f"这是{entry.form}中“{name}”的数", f"this is the figure of “{name}” in the same table")


def _share(ledger: Ledger, passage: Passage, item: Item, lead: str) -> Claim | None:
    """占本年支出合计的…: the part stands before it, the base in the tables."""
    found = _SHARE.search(lead)
    part = passage.items[item.order - 1] if item.order else None
    if found is None or part is None or not part.money or part.q.sentence != item.q.sentence or part.hedged:
        return None
    scopes = ("fiscal", "general") if found[1] == "财政拨款" else ("all",)
    bases = [e for scope in scopes for e in ledger.get(scope, "spent" if found[2] == "支出" else "income")]
    outcomes = [(o, e) for e in bases if (o := compare_ratio(item.q.figure, part.q.figure, e.q.figure)) is not None]
    if not outcomes:
        return None
    outcome, base = next(((o, e) for o, e in outcomes if o.holds), outcomes[0])
    return Claim(
        ClaimKind.SHARE,
        outcome.verdict,
        item.q.raw,
        outcome.computed,
        (operand(item, "stated"), operand(part, "part"), Operand("base", base.q.span, base.q)),
        difference=outcome.difference,
        formula=outcome.formula,
        cause=outcome.cause,
        shape="accounts",
        right=outcome.right,
    )


def _of_nothing(passage: Passage, item: Item, lead: str) -> Claim | None:
    """A completion of a budget of 0, though something was spent: nothing can be divided by nothing."""
    if not _DONE.search(lead) or not item.q.base:
        return None
    before = [i for i in passage.items[: item.order] if i.money and i.q.sentence == item.q.sentence]
    if len(before) < 2 or any(i.q.dimension is not Dimension.MONEY for i in before[-2:]):
        return None
    budget, spent = before[-2:]
    if (
        budget.q.base
        or not spent.q.base
        or not _BUDGET.search(_lead(passage, budget))
        or not _ACTUAL.search(_lead(passage, spent))
    ):
        return None
    operands = (operand(item, "stated"), operand(spent, "numerator"), operand(budget, "denominator"))
    return _rate_of_nothing(item.q, spent.q, operands)
