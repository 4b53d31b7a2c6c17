"""The gate of a campaign: from findings, coverage and what was not checked to pass, review or block."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from gouji.engine import catalogue
from gouji.engine.gate import BLOCK, PASS, REVIEW, UNREADABLE
from gouji.engine.package import FORMAT
from gouji.model.text import Text
from gouji.service.faults import Invalid


@dataclass(frozen=True, slots=True)
class Policy:
    """What a campaign asks for. An error or warning that does not block waits for a reviewer: nothing of it passes unseen.

    `blocking`: codes of the checks whose findings return a submission; None = every error.
    `minimum_coverage`: percent of the figures that must be recomputed; below it a reviewer looks.
    `waivable`: codes whose dismissals may become waivers; None = all.
    `accept_passed`: a pass is accepted and locked at once; else it waits for a reviewer's acceptance.
    """

    blocking: tuple[str, ...] | None = None
    minimum_coverage: int = 0
    waivable: tuple[str, ...] | None = None
    accept_passed: bool = False

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """The policy that a campaign's row holds; a key or code that does not exist is Invalid."""
        known = {info.code for info in catalogue.load().infos}
        lists: dict[str, tuple[str, ...] | None] = {}
        for key in ("blocking", "waivable"):
            codes = said.get(key)
            if codes is not None and (wrong := sorted(set(codes) - known)):
                raise Invalid(Text(f"没有检查 {', '.join(wrong)}", f"no check has the code {', '.join(wrong)}"))
            lists[key] = None if codes is None else tuple(sorted(set(codes)))
        share = int(said.get("minimum_coverage", 0))
        if not 0 <= share <= 100:
            raise Invalid(Text("最低核对比例为 0 至 100", "the minimum coverage is a percentage from 0 to 100"))
        return cls(lists["blocking"], share, lists["waivable"], bool(said.get("accept_passed", False)))

    def row(self) -> dict[str, Any]:
        """What the campaign's row holds."""
        return asdict(self)

    def blocks(self, code: str, severity: str) -> bool:
        return severity == "error" if self.blocking is None else code in self.blocking

    def may_waive(self, code: str) -> bool:
        return self.waivable is None or code in self.waivable


@dataclass(frozen=True, slots=True)
class Fault:
    """What the gate looks at of a finding. `excused`: waived, or dismissed by a reviewer."""

    code: str
    severity: str
    excused: bool


def judge(policy: Policy, faults: Iterable[Fault], documents: Sequence[Mapping[str, Any]]) -> tuple[str, list[Text]]:
    """The verdict and its reasons. A document that no reader could open blocks; what a crash left unchecked waits."""
    blocking: list[str] = []
    doubtful: list[str] = []
    for fault in faults:
        if fault.excused:
            continue
        if policy.blocks(fault.code, fault.severity):
            blocking.append(fault.code)
        elif fault.severity in {"error", "warning"}:
            doubtful.append(fault.code)
    unread = [d["name"] for d in documents if d["verdict"] == UNREADABLE and not d["crashed"]]
    crashed = [d["name"] for d in documents if d["crashed"]]
    missed = sum(len(d["not_checked"]) for d in documents if d["verdict"] != UNREADABLE)
    quantities, tied = measured(documents)
    reasons = [*_blocked(blocking, unread), *_waiting(doubtful, crashed, missed)]
    if quantities and tied * 100 < policy.minimum_coverage * quantities:
        share = tied * 100 // quantities
        need = policy.minimum_coverage
        reasons.append(
            Text(f"核对比例 {share}%，低于要求的 {need}%", f"{share} % of the figures recomputed, {need} % asked for")
        )
    if blocking or unread:
        return BLOCK, reasons
    return (REVIEW if reasons else PASS), reasons


def measured(documents: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Figures of the files and those recomputed; what is said of several files together counts none of them twice."""
    files = [d for d in documents if d["format"] != FORMAT]
    return sum(d["quantities"] for d in files), sum(d["tied"] for d in files)


def _blocked(codes: Collection[str], unread: Collection[str]) -> Iterable[Text]:
    if codes:
        yield Text(f"{len(codes)} 处问题须更正", f"{len(codes)} findings to correct")
    for name in unread:
        yield Text(f"文件“{name}”无法读取", f"the file “{name}” cannot be read")


def _waiting(codes: Collection[str], crashed: Collection[str], missed: int) -> Iterable[Text]:
    if codes:
        yield Text(f"{len(codes)} 处疑点待审核", f"{len(codes)} doubtful findings to review")
    for name in crashed:
        yield Text(f"文件“{name}”未能检查完", f"the check of the file “{name}” did not finish")
    if missed:
        yield Text(f"{missed} 处未能核对", f"{missed} places could not be checked")
