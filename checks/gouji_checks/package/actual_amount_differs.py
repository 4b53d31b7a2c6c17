"""A report claims another budget, expenditure or rate than the ledger of payments."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import Hit, PackageContext, Severity, Text, crossing_hit, package_check


@package_check(
    code="PK401",
    name="actual-amount-differs",
    severity=Severity.ERROR,
    zh="所报金额与实际支付不符",
    en="claimed amount differs from what was paid",
)
def actual_amount_differs(ctx: PackageContext) -> Iterator[Hit]:
    """A report claims another budget, expenditure or rate than the ledger of payments.

    What it does
    Matches the projects of a report with those of the ledger of the same unit and year, by name, and compares expenditure, budget and rate. The score of
    the match is shown; a match that is not exact makes a warning.

    Why is this bad
    The payments are what the treasury really made.

    Example
    Flagged::

        == 报告.txt
        云港区水务局2023年度项目支出绩效自评报告
        一、基本情况
        云港区水务局承担河道管护职责，编制20人，年末在职18人，内设办公室、工程科、财务科三个科室。
        二、项目实施情况
        （一）河道清淤整治项目
        全年预算60.00万元，实际支出59.00万元。
        （二）泵站维修养护项目
        全年预算40.00万元，实际支出38.00万元。
        三、存在问题
        项目进度前松后紧，年中支付偏慢，需要加强计划管理。
        == 台账.csv
        预算单位,项目名称,年度,全年预算（元）,支付金额（元）
        云港区水务局,河道清淤整治,2023,600000.00,570000.00
        云港区水务局,泵站维修养护,2023,400000.00,380000.00
        云港区林业局,森林防火,2023,500000.00,500000.00

    Accepted::

        == 报告.txt
        云港区水务局2023年度项目支出绩效自评报告
        一、基本情况
        云港区水务局承担河道管护职责，编制20人，年末在职18人，内设办公室、工程科、财务科三个科室。
        二、项目实施情况
        （一）河道清淤整治项目
        全年预算60.00万元，实际支出57.00万元。
        （二）泵站维修养护项目
        全年预算40.00万元，实际支出38.00万元。
        三、存在问题
        项目进度前松后紧，年中支付偏慢，需要加强计划管理。
        == 台账.csv
        预算单位,项目名称,年度,全年预算（元）,支付金额（元）
        云港区水务局,河道清淤整治,2023,600000.00,570000.00
        云港区水务局,泵站维修养护,2023,400000.00,380000.00
        云港区林业局,森林防火,2023,500000.00,500000.00

    Rests on
    The bureau's own records of payments (国库集中支付). Only with `--actuals`.
    """
    for crossing in ctx.crossings_of("actual"):
        claim = crossing.claim
        yield crossing_hit(
            crossing,
            Text(
                f"所报与实际支付不符：{claim.formula}" + (f"，相差{claim.difference}" if claim.difference else ""),
                f"differs from the ledger of payments: {claim.formula}",
            ),
        )
