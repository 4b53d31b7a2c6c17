"""The grade of the report is not the form's."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import Hit, PackageContext, Severity, Text, crossing_hit, package_check


@package_check(
    code="PK203",
    name="package-grade-differs",
    severity=Severity.ERROR,
    zh="各文件的等级不一致",
    en="grades differ between files",
)
def package_grade_differs(ctx: PackageContext) -> Iterator[Hit]:
    """The grade of the report is not the form's.

    What it does
    Compares the grade of the unit, and of each project, between report and forms.

    Why is this bad
    The grade that is published is not the one that was given.

    Example
    Flagged::

        == 报告.txt
        云港区水务局2023年度部门整体支出绩效自评报告
        一、部门概况
        云港区水务局承担河道管护职责，编制20人，年末在职18人，内设办公室、工程科、财务科三个科室。
        二、预算执行情况
        2023年年初预算100.00万元，全年预算120.00万元，全年支出114.00万元，预算执行率95.00%。全年巡查河道365次，完成清淤任务。
        三、自评结果
        经自评，综合得分99.50分，评价等级为“优”。
        四、存在问题
        项目进度前松后紧，年中支付偏慢，需要加强计划管理。
        == 自评表.txt
        2023年度部门整体支出绩效自评表
        部门名称	云港区水务局
        单位：万元
        项目	年初预算数	全年预算数	全年执行数	分值	执行率	得分
        年度资金总额	100.00	120.00	114.00	10	95.00%	9.50
        其他资金	100.00	120.00	114.00	—	95.00%	—

        一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        产出指标	数量指标	巡查河道次数	≥360次	365次	50	50
        效益指标	社会效益	防洪能力提升	提升	提升	30	30
        满意度指标	服务对象	沿河群众满意度	≥90%	93%	10	10
        总分					100	99.50	自评等级：良

    Accepted::

        == 报告.txt
        云港区水务局2023年度部门整体支出绩效自评报告
        一、部门概况
        云港区水务局承担河道管护职责，编制20人，年末在职18人，内设办公室、工程科、财务科三个科室。
        二、预算执行情况
        2023年年初预算100.00万元，全年预算120.00万元，全年支出114.00万元，预算执行率95.00%。全年巡查河道365次，完成清淤任务。
        三、自评结果
        经自评，综合得分99.50分，评价等级为“优”。
        四、存在问题
        项目进度前松后紧，年中支付偏慢，需要加强计划管理。
        == 自评表.txt
        2023年度部门整体支出绩效自评表
        部门名称	云港区水务局
        单位：万元
        项目	年初预算数	全年预算数	全年执行数	分值	执行率	得分
        年度资金总额	100.00	120.00	114.00	10	95.00%	9.50
        其他资金	100.00	120.00	114.00	—	95.00%	—

        一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        产出指标	数量指标	巡查河道次数	≥360次	365次	50	50
        效益指标	社会效益	防洪能力提升	提升	提升	30	30
        满意度指标	服务对象	沿河群众满意度	≥90%	93%	10	10
        总分					100	99.50	自评等级：优

    Rests on
    财预〔2020〕10号: the report states the result of the form.
    """
    for crossing in ctx.crossings_of("grade"):
        claim = crossing.claim
        yield crossing_hit(
            crossing,
            Text(
                f"等级与另一文件不一致：本文件“{claim.stated}”，另一文件“{claim.computed}”",
                f"grade “{claim.stated}”, in another file “{claim.computed}”",
            ),
        )
