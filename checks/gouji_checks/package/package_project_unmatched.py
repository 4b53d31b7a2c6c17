"""A project has no form, or a form no project."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.engine.kit import Hit, PackageContext, Severity, Text, crossing_hit, package_check


@package_check(
    code="PK301",
    name="package-project-unmatched",
    severity=Severity.WARNING,
    zh="项目清单与自评表不对应",
    en="projects and forms do not match",
)
def package_project_unmatched(ctx: PackageContext) -> Iterator[Hit]:
    """A project has no form, or a form no project.

    What it does
    Compares the report's table of projects with the projects of the forms, by name. Only where the forms cover half of the list at least.

    Why is this bad
    Self-evaluation covers every project.

    Example
    Flagged::

        == 报告.txt
        云港区水务局2023年度部门整体支出绩效自评报告
        一、部门概况
        云港区水务局承担河道管护职责，编制20人，年末在职18人，内设办公室、工程科、财务科三个科室。
        二、项目情况
        全年共实施下列项目，均由本局组织实施并纳入绩效自评范围，资金全部来自区级财政预算安排。
        项目名称	全年预算数	全年执行数
        河道清淤整治	60.00	57.00
        泵站维修养护	60.00	57.00
        三、存在问题
        项目进度前松后紧，年中支付偏慢，需要加强计划管理，次年将按季度安排支付。
        == 表1.txt
        2023年度项目支出绩效自评表
        项目名称	河道清淤整治项目
        主管部门	云港区水务局
        一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        产出指标	数量指标	完成工程数量	≥3处	3处	60	60
        效益指标	社会效益	防洪能力提升	提升	提升	30	30
        满意度指标	服务对象	沿河群众满意度	≥90%	93%	10	10
        总分					100	100

    Accepted::

        == 报告.txt
        云港区水务局2023年度部门整体支出绩效自评报告
        一、部门概况
        云港区水务局承担河道管护职责，编制20人，年末在职18人，内设办公室、工程科、财务科三个科室。
        二、项目情况
        全年共实施下列项目，均由本局组织实施并纳入绩效自评范围，资金全部来自区级财政预算安排。
        项目名称	全年预算数	全年执行数
        河道清淤整治	60.00	57.00
        泵站维修养护	60.00	57.00
        三、存在问题
        项目进度前松后紧，年中支付偏慢，需要加强计划管理，次年将按季度安排支付。
        == 表1.txt
        2023年度项目支出绩效自评表
        项目名称	河道清淤整治项目
        主管部门	云港区水务局
        一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        产出指标	数量指标	完成工程数量	≥3处	3处	60	60
        效益指标	社会效益	防洪能力提升	提升	提升	30	30
        满意度指标	服务对象	沿河群众满意度	≥90%	93%	10	10
        总分					100	100
        == 表2.txt
        2023年度项目支出绩效自评表
        项目名称	泵站维修养护项目
        主管部门	云港区水务局
        一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因
        产出指标	数量指标	完成工程数量	≥3处	3处	60	60
        效益指标	社会效益	防洪能力提升	提升	提升	30	30
        满意度指标	服务对象	沿河群众满意度	≥90%	93%	10	10
        总分					100	100

    Rests on
    财预〔2020〕10号: 绩效自评覆盖所有项目.
    """
    for crossing in ctx.crossings_of("project"):
        claim = crossing.claim
        yield crossing_hit(
            crossing,
            Text(
                f"项目“{claim.stated}”没有对应：{claim.cause.zh if claim.cause else ''}",
                f"project “{claim.stated}” has no counterpart: {claim.cause.en if claim.cause else ''}",
            ),
        )
