"""What a check rests on, from its manual: the clause or the principle, for the auditor who has to defend the finding."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.model import patterns as re
from gouji.model.result import CheckInfo, Finding
from gouji_reports.labels import UI, name

_SECTION = re.compile(r"^[ \t]*Rests on[ \t]*\n(?:[ \t]*-{3,}[ \t]*\n)?(.*)\Z", re.MULTILINE | re.DOTALL)
_CLAUSE = re.compile(
    r"[^\x00-\x7f][^:;,]*?(?:号|报表编制说明|报表|管理|规则|办法|规定|法|条例|9704)(?:[ 第][^:;,.]*)?|GB/T \d+[^\s,:;.]*"
)
_TAIL = re.compile(r" ?\(.*| and .*")
_PRINCIPLES = {
    "arithmetic": "数字间的计算关系",
    "calculation": "数字间的计算关系",
    "contradict": "同一报告前后应当一致",
    "forms of self-evaluation": "绩效自评表的填报要求",
    "forms of final accounts": "部门决算报表的填报要求",
}


def basis(info: CheckInfo | None, lang: str) -> str:
    """The clause in the language asked for; "" where the manual names none."""
    found = _SECTION.search(info.manual) if info else None
    if not found:
        return ""
    text = " ".join(found[1].split()).strip()
    if text.startswith("None"):  # a slip is a slip; no clause is needed to name it
        return ""
    if lang == "en":
        return text
    if clauses := dict.fromkeys(_TAIL.sub("", m[0]).strip() for m in _CLAUSE.finditer(text)):
        return "、".join(clauses)
    return next((zh for word, zh in _PRINCIPLES.items() if word in text.lower()), "")


def requirement(finding: Finding, lang: str) -> str:
    """What is asked of the department: to look, and to correct or to explain. It accuses nobody."""
    if finding.computed is not None and finding.stated is not None:
        return name(UI, "ask_figures", lang).format(stated=finding.stated, computed=finding.computed)
    return name(UI, "ask", lang)


def by_code(catalogue: Iterable[CheckInfo]) -> dict[str, CheckInfo]:
    """The checks of a result by their code."""
    return {info.code: info for info in catalogue}
