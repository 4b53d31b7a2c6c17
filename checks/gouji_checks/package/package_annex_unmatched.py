"""An annex named is not there, or a file there is not named."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import Hit, PackageContext, Severity, Text, crossing_hit, package_check


@package_check(
    code="PK302",
    name="package-annex-unmatched",
    severity=Severity.WARNING,
    zh="附件目录与所附文件不对应",
    en="annexes named and files do not match",
)
def package_annex_unmatched(ctx: PackageContext) -> Iterator[Hit]:
    """An annex named is not there, or a file there is not named.

    What it does
    Compares the annexes that the report names on lines of their own (附件：1.…) with the files of the submission, by their titles and file names.

    Why is this bad
    What is missing cannot be checked; what is not named may not belong.

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
        附件：1.部门整体支出绩效自评表
        2.项目绩效目标申报表
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
        总分					100	99.50

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
        附件：1.部门整体支出绩效自评表
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
        总分					100	99.50

    Rests on
    GB/T 9704: 附件说明 with order and names equal to the annexes.
    """
    for crossing in ctx.crossings_of("annex"):
        claim = crossing.claim
        yield crossing_hit(
            crossing,
            Text(
                f"“{claim.stated}”没有对应：{claim.cause.zh if claim.cause else ''}",
                f"“{claim.stated}” has no counterpart: {claim.cause.en if claim.cause else ''}",
            ),
        )
