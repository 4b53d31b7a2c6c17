"""Writes a submission of five files: report (.docx), department form (.docx), two project forms (.xlsx, .pdf), final accounts (.pdf).

`python tests/package/package_files.py FOLDER [FAULT …]` writes it, clean or with planted contradictions between the files; each file ties by
itself. The clean one is full of differences that are none: all funds and 财政拨款, carry-over, short names of the unit, rounded amounts.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent.parent / "claims"))
from form_print import Cell, Paper, sheet

UNIT = "云港市水务局"
# fault -> (file, words, words instead); each keeps its own file in order
FAULTS = {
    "unit": ("accounts", "{UNIT}", "青岭市水务局"),
    "year": ("form_a", "2023年度", "2022年度"),
    "spent": ("report", "全年支出1973.16万元", "全年支出1937.16万元"),
    "reception": ("report", "公务接待费6.20万元", "公务接待费6.90万元"),
    "project": ("report", "实际支出412.86万元", "实际支出408.45万元"),
    "score": ("report", "自评得分96.69分", "自评得分98.69分"),
    "grade": ("form", "自评等级：优", "自评等级：良"),
    "indicator": ("report", "清淤河道38.6公里", "清淤河道36.8公里"),
    "annex": ("report", "4.部门决算公开表", "4.部门决算公开表\n5.绩效目标批复文件"),
    "list": ("report", "泵站维修养护\t260.00\t251.94\n", "泵站维修养护\t260.00\t251.94\n水质自动监测\t80.00\t78.20\n"),
}
FOLLOWS = {  # what else of the file changes with it, so that it ties by itself
    "spent": (("预算执行率98.05%", "预算执行率96.26%"), ("项目支出853.06万元", "项目支出817.06万元")),
    "reception": (("三公”经费决算支出18.60万元", "三公”经费决算支出19.30万元"),),
    "project": (("执行率98.30%", "执行率97.25%"),),
}

REPORT = """# {UNIT}2023年度部门整体支出绩效自评报告
## 一、部门概况
云港市水务局（以下简称“市水务局”）负责全市水资源管理、河道治理和防汛抗旱，机关编制46人，年末在职43人。2022年本局支出1802.35万元，与本年口径不同，不作比较。
## 二、预算执行情况
2023年年初预算1860.00万元，全年预算2012.40万元，全年支出1973.16万元，预算执行率98.05%。按支出性质分，基本支出1120.10万元，项目支出853.06万元。
“三公”经费决算支出18.60万元，其中公务用车运行维护费12.40万元，公务接待费6.20万元，没有因公出国（境）费用。
年末结转39.24万元，全部为项目资金，次年继续使用。
## 三、项目实施情况
纳入自评的项目如下（单位：万元）。
项目名称	全年预算数	全年执行数
河道清淤整治	420.00	412.86
泵站维修养护	260.00	251.94
（一）河道清淤整治项目
全年预算420.00万元，实际支出412.86万元，执行率98.30%。全年清淤河道38.6公里，惠及沿线村民。经自评，该项目自评得分98.83分，评价等级为“优”。
（二）泵站维修养护项目
全年预算260.00万元，实际支出251.94万元，执行率96.90%。全年维修泵站24座。经自评，该项目自评得分96.69分，评价等级为“优”。
## 四、自评结论
经综合评定，2023年度部门整体支出绩效自评得分98.81分，评价等级为“优”。
## 五、存在问题及改进措施
部分项目开工偏晚，支付集中在第四季度。下一步将提前做好前期工作，按季度通报进度，并把支付情况纳入考核。
附件：1.部门整体支出绩效自评表
2.河道清淤整治项目绩效自评表
3.泵站维修养护项目绩效自评表
4.部门决算公开表
{UNIT}
2024年3月18日
"""
FORM = """# 2023年度部门整体支出绩效自评表
部门名称	{UNIT}	<	<	<	<	<
项目资金（万元）	年初预算数	全年预算数	全年执行数	分值	执行率	得分
年度资金总额	1860.00	2012.40	1973.16	10	98.05%	9.81
其中：财政拨款	1800.00	1950.00	1915.66	—	98.24%	—
上年结转资金	60.00	62.40	57.50	—	92.15%	—
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分
产出指标	数量指标	防汛应急演练次数	≥6次	6次	50	50
效益指标	社会效益	水旱灾害防御能力	增强	增强	30	29
满意度指标	服务对象	社会公众满意度	≥90%	93.2%	10	10
总分	<	<	<	<	100	98.81
自评等级：优	<	<	<	<	<	<
"""
PROJECT = """# 2023年度项目支出绩效自评表
项目名称	{name}	<	<	<	<	<	<
主管部门	市水务局（本级）	<	<	实施单位	{agent}	<	<
项目资金（万元）	年初预算数	全年预算数	全年执行数	分值	执行率	得分
年度资金总额	{first}	{budget}	{spent}	10	{rate}	{score}
其中：财政拨款	{first}	{budget}	{spent}	—	{rate}	—
一级指标	二级指标	三级指标	年度指标值	实际完成值	分值	得分	偏差原因
产出指标	数量指标	{indicator}	50	50
效益指标	社会效益	运行条件改善程度	改善	改善	30	{benefit}	{reason}
满意度指标	服务对象	受益群众满意度	≥90%	94%	10	10
总分	<	<	<	<	100	{total}
"""
A = {
    "name": "河道清淤整治项目", "agent": "市河道管理处", "first": "400.00", "budget": "420.00", "spent": "412.86", "rate": "98.30%",
    "score": "9.83", "indicator": "清淤河道长度\t≥38公里\t38.6公里", "benefit": "29", "reason": "部分河段复淤", "total": "98.83",
}  # fmt: skip
B = {
    "name": "泵站维修养护", "agent": "市排灌站", "first": "260.00", "budget": "260.00", "spent": "251.94", "rate": "96.90%",
    "score": "9.69", "indicator": "维修泵站数量\t≥24座\t24座", "benefit": "27", "reason": "两座泵站待验收", "total": "96.69",
}  # fmt: skip
ACCOUNTS = """# {UNIT}2023年度部门决算公开表
## 一、收入支出决算总表
单位：万元
收入	<	支出	<
项目	决算数	项目	决算数
一、一般公共预算财政拨款收入	1915.66	一、农林水支出	1850.06
二、其他收入	57.50	二、住房保障支出	123.10
本年收入合计	1973.16	本年支出合计	1973.16
年初结转和结余	39.24	年末结转和结余	39.24
总计	2012.40	总计	2012.40
## 二、支出决算表
单位：万元
科目编码	科目名称	本年支出合计	基本支出	项目支出
合计	<	1973.16	1120.10	853.06
213	农林水支出	1850.06	997.00	853.06
221	住房保障支出	123.10	123.10	0.00
## 三、一般公共预算财政拨款支出决算表
单位：万元
科目编码	科目名称	本年支出合计	基本支出	项目支出
合计	<	1915.66	1108.60	807.06
213	农林水支出	1792.56	985.50	807.06
221	住房保障支出	123.10	123.10	0.00
## 四、“三公”经费支出决算表
单位：万元
项目	预算数	决算数
合计	22.00	18.60
因公出国（境）费	0.00	0.00
公务用车运行维护费	14.00	12.40
公务接待费	8.00	6.20
"""
NAMES = {
    "report": "1.部门整体支出绩效自评报告.docx",
    "form": "附件1.部门整体支出绩效自评表.docx",
    "form_a": "附件2.河道清淤整治项目绩效自评表.xlsx",
    "form_b": "附件3.泵站维修养护项目绩效自评表.pdf",
    "accounts": "附件4.部门决算公开表.pdf",
}


def script() -> ModuleType:
    """The maker of sample documents."""
    path = Path(__file__).parent.parent.parent / "sample_inputs" / "generate.py"
    spec = importlib.util.spec_from_file_location("generate", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def texts(faults: tuple[str, ...] = ()) -> dict[str, str]:
    """The source of each file, with the faults planted."""
    found = {"report": REPORT, "form": FORM, "form_a": PROJECT.format(**A), "form_b": PROJECT.format(**B), "accounts": ACCOUNTS}
    for fault in faults:
        file, words, instead = FAULTS[fault]
        for old, new in ((words, instead), *FOLLOWS.get(fault, ())):
            if old not in found[file]:
                raise ValueError(f"{fault}: {old!r} not in {file}")
            found[file] = found[file].replace(old, new)
    return {file: text.replace("{UNIT}", UNIT) for file, text in found.items()}


def write(folder: Path, faults: tuple[str, ...] = ()) -> Path:
    """The five files in `folder`."""
    make = script()
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in texts(faults).items():
        target = folder / NAMES[file]
        source = make.parse(text)
        if target.suffix == ".xlsx":
            target.write_bytes(_sheet(text))
        else:
            target.write_bytes(make.to_docx(source) if target.suffix == ".docx" else make.to_pdf(source))
    return folder


def _sheet(text: str) -> bytes:
    title, *lines = text.strip("\n").split("\n")
    grid = []
    for line in lines:
        row: list[Cell] = []
        for words in line.split("\t"):
            if words == "<":
                row[-1] = Cell(row[-1].text, row[-1].colspan + 1)
            else:
                row.append(Cell(words))
        grid.append(row)
    return sheet(Paper((title.removeprefix("# "),), grid))


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), tuple(sys.argv[2:])))
