"""The ledger pays for a project that the report does not name."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import Hit, PackageContext, Severity, Text, crossing_hit, package_check


@package_check(
    code="PK402",
    name="paid-not-reported",
    severity=Severity.WARNING,
    zh="已支付的项目未在报告中",
    en="project paid but not reported",
)
def paid_not_reported(ctx: PackageContext) -> Iterator[Hit]:
    """The ledger pays for a project that the report does not name.

    What it does
    Reports each project of the unit and year with payments of which no file speaks, with the nearest name and its score.

    Why is this bad
    Self-evaluation covers every project.

    Example
    Flagged::

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
        云港区水务局,水质自动监测,2023,300000.00,290000.00
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
    for crossing in ctx.crossings_of("paid_unreported"):
        claim = crossing.claim
        near = claim.cause or Text("", "")
        yield crossing_hit(
            crossing,
            Text(
                f"台账有支付而报告未提及的项目“{claim.formula}”，支付{claim.stated}（{near.zh}）",
                f"project “{claim.formula}” was paid {claim.stated} and is not reported ({near.en})",
            ),
        )
