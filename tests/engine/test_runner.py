"""The runner's promises, on documents, claims and checks made on the spot."""

from __future__ import annotations

from gouji import facts
from gouji.engine import catalogue, profiles
from gouji.engine.kit import Hit, Place, Span
from gouji.engine.runner import audit_document, audit_file, examine
from gouji.model.claim import Claim, ClaimKind, Operand, Verdict
from gouji.model.document import Anchor, Block, BlockKind, Box, Cell, Document, NotChecked, Piece
from gouji.model.profile import Profile
from gouji.model.quantity import Hedge
from gouji.model.result import Severity
from gouji.model.text import Text

SAID = Text("对不上", "does not tie")


def hit(block: int, start: int, end: int, **more) -> Hit:
    return Hit(SAID, (Place(Span(block, start, end)),), **more)


def test_finding_quotes_the_words_and_their_place(make_document, make_context, make_check):
    """A finding carries the quoted words, the whole text of their block and the offsets of the one in the other."""
    document = make_document("标题", "合计10万元，其中甲3万元。")
    result = examine(make_context(document), [make_check(hit(1, 2, 6, stated="10万元"))])
    (finding,) = result.findings
    (evidence,) = finding.evidence
    assert (evidence.quote, evidence.block, evidence.start, evidence.end) == ("10万元", 1, 2, 6)
    assert evidence.context[evidence.start : evidence.end] == "10万元"
    assert (finding.code, finding.severity, finding.stated) == ("AR901", Severity.ERROR, "10万元")


def test_evidence_carries_the_cell_and_the_boxes(make_context, make_check):
    """Evidence in a table row names its cell; on a page, the boxes that its words touch and no other."""
    boxes = Box(1, 0, 0, 10, 10), Box(1, 10, 0, 20, 10)
    row = Block(
        0,
        BlockKind.ROW,
        "合计\t10",
        Anchor(pieces=(Piece(0, 2, boxes[0]), Piece(3, 5, boxes[1]))),
        cells=(Cell("合计", 0, 2, 0, 0, address="T1R1C1"), Cell("10", 3, 5, 0, 1, address="T1R1C2")),
    )
    document = Document("a.pdf", "0" * 64, "pdf", "", (row,))
    (finding,) = examine(make_context(document), [make_check(hit(0, 3, 5))]).findings
    assert finding.evidence[0].cell == "T1R1C2"
    assert finding.evidence[0].boxes == (boxes[1],)


def test_empty_span_quotes_the_start_of_its_block(make_document, make_context, make_check):
    """A fault of a block as a whole quotes the block's first words up to a stop."""
    document = make_document("三、存在的问题；其余从略")
    (finding,) = examine(make_context(document), [make_check(hit(0, 0, 0))]).findings
    assert finding.evidence[0].quote == "三、存在的问题"
    assert (finding.evidence[0].start, finding.evidence[0].end) == (0, 7)


def test_findings_stand_in_order_of_position_then_code(make_document, make_context, make_check):
    """Findings are listed as a reader meets them, whatever the order of the checks."""
    document = make_document("甲1乙2", "丙3")
    checks = [make_check(hit(1, 0, 1), hit(0, 2, 3), code="AR902"), make_check(hit(0, 2, 4), hit(0, 0, 1), code="AR901")]
    found = [(f.evidence[0].block, f.evidence[0].start, f.code) for f in examine(make_context(document), checks).findings]
    assert found == [(0, 0, "AR901"), (0, 2, "AR901"), (0, 2, "AR902"), (1, 0, "AR902")]


def test_same_code_at_the_same_place_is_said_once_and_gravely(make_document, make_context, make_check):
    """Two hits of one code on one place are one finding, the graver one."""
    document = make_document("合计10万元")
    mild, grave = hit(0, 2, 6, severity=Severity.NOTICE), hit(0, 2, 6)
    (finding,) = examine(make_context(document), [make_check(mild, grave)]).findings
    assert finding.severity is Severity.ERROR


def test_hit_may_lower_but_not_raise_its_severity(make_document, make_context, make_check):
    """A check cannot accuse more gravely than it declares."""
    document = make_document("合计10万元")
    context = make_context(document)
    raised = examine(context, [make_check(hit(0, 0, 1, severity=Severity.ERROR), severity=Severity.WARNING)])
    lowered = examine(context, [make_check(hit(0, 0, 1, severity=Severity.NOTICE), severity=Severity.WARNING)])
    assert [f.severity for f in raised.findings] == [Severity.WARNING]
    assert [f.severity for f in lowered.findings] == [Severity.NOTICE]


def test_profile_sets_severities_and_silences_checks(make_document, make_context, make_check):
    """A profile lowers, raises or turns off a check by its code."""
    document = make_document("合计10万元")
    rules = Profile("p", "p", (), severities={"AR901": "notice", "AR902": "off"})
    checks = [make_check(hit(0, 0, 1), code="AR901"), make_check(hit(0, 0, 1), code="AR902")]
    result = examine(make_context(document, rules=rules), checks)
    assert [(f.code, f.severity) for f in result.findings] == [("AR901", Severity.NOTICE)]
    assert result.verdict == "pass"


def test_fingerprint_survives_an_edit_elsewhere(make_document, make_context, make_check):
    """The same fault in another paragraph of a longer document, with other spacing, keeps its fingerprint."""
    before, after = make_document("合计10万元"), make_document("新增一段", "据统计，合计１０ 万元")
    first = examine(make_context(before), [make_check(hit(0, 2, 6, stated="10万元"))])
    second = examine(make_context(after), [make_check(hit(1, 6, 11, stated="10万元"))])
    assert first.findings[0].fingerprint == second.findings[0].fingerprint


def test_fingerprints_tell_faults_apart(make_document, make_context, make_check):
    """Another code, another figure and a second occurrence each give another fingerprint."""
    document = make_document("合计10万元", "合计10万元")
    one = make_check(hit(0, 2, 6, computed="9万元"), hit(1, 2, 6, computed="9万元"), hit(0, 0, 2), code="AR901")
    other = make_check(hit(0, 2, 6, computed="9万元"), code="AR902")
    prints = [f.fingerprint for f in examine(make_context(document), [one, other]).findings]
    assert len(set(prints)) == 4
    assert [p for p in prints if p.endswith("-2")] == [prints[-1]]


def test_check_that_raises_fails_the_gate_and_stops_no_other(make_document, make_context, make_check):
    """A crash is said aloud with the check's code; what the other checks found is all there."""
    document = make_document("合计10万元")
    checks = [make_check(hit(0, 0, 1), code="AR901", fails=ValueError("boom")), make_check(hit(0, 2, 6), code="AR902")]
    result = examine(make_context(document), checks)
    assert result.crashed
    assert [f.code for f in result.findings] == ["AR902"]
    (entry,) = result.not_checked
    assert "AR901" in entry.what.zh
    assert "ValueError: boom" in entry.why.en


def test_hit_outside_the_document_is_a_crash_not_an_abort(make_document, make_context, make_check):
    """A check that points at a block which does not exist is reported like one that raised."""
    result = examine(make_context(make_document("甲")), [make_check(hit(7, 0, 1))])
    assert result.crashed
    assert result.findings == ()


def test_facts_that_cannot_be_found_are_a_crash_not_an_abort(make_document, monkeypatch):
    """The document's other checks run, and no one is told that all is well."""
    monkeypatch.setattr(facts, "extract", lambda _: int("x"))
    result = audit_document(
        make_document("合计10万元", "，，"), profiles.load(profiles.DEFAULT, catalogue.load()), catalogue.load()
    )
    assert result.crashed
    assert result.verdict != "pass"
    assert any("ValueError" in entry.why.en for entry in result.not_checked)


def test_crash_alone_blocks_a_pass(make_document, make_context, make_check):
    """No finding and a crashed check is no pass."""
    result = examine(make_context(make_document("甲")), [make_check(fails=KeyError("x"))])
    assert result.verdict == "review"


def total(document: Document, verdict: Verdict, *quantities, missing: bool = False) -> Claim:
    operands = tuple(Operand("part", q.span, q) for q in quantities)
    reason = Text("缺少一项的金额", "an amount is missing") if verdict is Verdict.UNDECIDABLE else None
    return Claim(ClaimKind.TOTAL, verdict, quantities[0].raw, None, operands, reason=reason, missing=missing)


def test_claim_with_a_missing_figure_is_not_checked(make_document, make_quantity, make_context):
    """A sum with a blank cell is listed with the words it concerns and blocks a pass."""
    document = make_document("合计10万元")
    figure = make_quantity(document, "10万元")
    claim = total(document, Verdict.UNDECIDABLE, figure, missing=True)
    result = examine(make_context(document, (figure,), (claim,)), [])
    assert [(n.what.zh, n.why.en) for n in result.not_checked] == [("“10万元”", "an amount is missing")]
    assert result.verdict == "review"


def test_claim_undecided_for_its_wording_is_in_the_ledger_only(make_document, make_quantity, make_context):
    """A claim whose figures allow two readings is shown with its reason; it closes no gate."""
    document = make_document("合计10万元")
    claim = total(document, Verdict.UNDECIDABLE, make_quantity(document, "10万元"))
    result = examine(make_context(document, (), (claim,)), [])
    assert [e.claim.verdict for e in result.ledger] == [Verdict.UNDECIDABLE]
    assert (result.not_checked, result.verdict) == ((), "pass")


def test_unread_page_is_not_checked(make_document, make_context):
    """What the reader could not read is carried into the result and blocks a pass."""
    gap = NotChecked(Text("第3页", "page 3"), Text("没有文字层", "no text layer"))
    result = examine(make_context(make_document("甲", unread=(gap,))), [])
    assert result.not_checked == (gap,)
    assert result.verdict == "review"


def test_coverage_counts_figures_of_decided_claims_only(make_document, make_quantity, make_context):
    """A figure is tied when a decided claim uses it; every other figure is listed with its class."""
    document = make_document("合计10万元，其中甲4万元、乙6万元；丙5万元；约7万元；计划8万元；另2023、110101；戊3万元")
    raws = ["10万元", "4万元", "6万元", "5万元"]
    ten, four, six, five = (make_quantity(document, raw) for raw in raws)
    about = make_quantity(document, "7万元", hedge=Hedge.ABOUT)
    plan, alone = make_quantity(document, "8万元"), make_quantity(document, "3万元")
    year, number = make_quantity(document, "2023", bare=True), make_quantity(document, "110101", bare=True)
    claims = total(document, Verdict.AGREES, ten, four, six), total(document, Verdict.UNDECIDABLE, five)
    figures = (ten, four, six, five, about, plan, year, number, alone)
    result = examine(make_context(document, figures, claims), [])
    assert (result.coverage.quantities, result.coverage.tied, result.coverage.untied) == (9, 3, 6)
    assert [(u.quantity.raw, u.why) for u in result.untied] == [
        ("5万元", "operand_missing"),
        ("7万元", "hedged"),
        ("8万元", "plan"),
        ("2023", "date_like"),
        ("110101", "identifier"),
        ("3万元", "standalone"),
    ]


def test_ledger_lists_every_claim_with_its_evidence(make_document, make_quantity, make_context):
    """A claim that agrees is in the ledger, its operands quoted in their order."""
    document = make_document("合计10万元，其中甲4万元、乙6万元")
    figures = tuple(make_quantity(document, raw) for raw in ("10万元", "4万元", "6万元"))
    result = examine(make_context(document, figures, (total(document, Verdict.AGREES, *figures),)), [])
    assert [e.quote for e in result.ledger[0].evidence] == ["10万元", "4万元", "6万元"]
    assert result.verdict == "pass"


def test_number_of_dozens_of_digits_is_not_checked(make_document, make_context):
    """Digits that no amount has are said to be unread: a document of nothing else is no pass."""
    result = examine(make_context(make_document("1234567890" * 5)), [])
    assert [n.why.en for n in result.not_checked] == ["a number too long to be a figure was not read"]
    assert result.verdict == "review"


def test_hundreds_of_figures_in_one_paragraph_are_not_checked(tmp_path):
    """A list without an end costs no time and is no pass."""
    path = tmp_path / "report.txt"
    path.write_text("部门整体支出绩效自评报告\n" + "其中：甲1万元、\n" * 800, "utf-8")
    result = audit_file(path)
    assert [n.why.en for n in result.not_checked] == ["too many figures in one paragraph to be checked"]
    assert result.verdict == "review"


def test_figures_of_any_length_crash_nothing(tmp_path):
    """Numbers at the edge of what is read are computed with."""
    path = tmp_path / "report.txt"
    path.write_text("部门整体支出绩效自评报告\n合计12345678901234567890亿元，其中：基本支出4亿元，项目支出7亿元。\n", "utf-8")
    assert not audit_file(path).crashed


def test_finder_that_crashes_loses_its_own_claims_only(tmp_path, monkeypatch):
    """The other finders' claims stand in the ledger, and the crash closes the gate."""

    def broken(_scene):
        raise KeyError("x")

    monkeypatch.setattr("gouji.claims.ratios.rate.find", broken)
    path = tmp_path / "report.txt"
    path.write_text("部门整体支出绩效自评报告\n全年支出90万元，其中：基本支出40万元，项目支出50万元。\n", "utf-8")
    result = audit_file(path)
    assert [e.claim.verdict for e in result.ledger] == [Verdict.AGREES]
    assert (result.crashed, result.verdict) == (True, "review")
    assert "KeyError" in result.not_checked[0].why.en
