"""`gouji push`."""

from __future__ import annotations

from pathlib import Path

import click

from gouji.client import Check, Client, GateError
from gouji.engine.gate import FINDINGS, NOT_READ, OK, USAGE
from gouji.model.text import Text

_VERDICTS = {"pass": Text("通过", "pass"), "review": Text("待审核", "review"), "block": Text("退回", "block")}
_CLOSED = {"error": {"block"}, "warning": {"block", "review"}, "never": set[str]()}


def push(
    *,
    paths: tuple[Path, ...],
    server: str,
    token: str,
    campaign: int | None,
    profile: str,
    fail_on: str,
    timeout: float,
    lang: str,
) -> int:
    """Check or submit, print verdict and findings, give the exit code."""
    if not token:
        raise click.UsageError(Text("缺少令牌：--token 或 GOUJI_TOKEN", "no token: --token or GOUJI_TOKEN").get(lang))
    try:
        with Client(server, token) as gate:
            if campaign is None:
                found = gate.check(paths, profile, wait=timeout)
            else:
                found = gate.wait(gate.submit(campaign, paths).job, timeout)
    except GateError as error:
        click.echo(f"gouji: {server}: {error}", err=True)
        return USAGE
    return _tell(found, fail_on, lang)


def _tell(found: Check, fail_on: str, lang: str) -> int:
    if found.verdict is None:
        click.echo(
            Text(f"gouji: 时限内没有结论（任务 {found.id}）", f"gouji: no verdict in time (job {found.id})").get(lang), err=True
        )
        return NOT_READ
    click.echo(_VERDICTS[found.verdict].get(lang))
    for reason in found.reasons_en if lang == "en" else found.reasons_zh:
        click.echo(f"  {reason}")
    for finding in found.findings:
        if finding.waived is None:
            said = finding.message_en if lang == "en" else finding.message_zh
            click.echo(f"  {finding.code} {finding.severity} {said}")
    return FINDINGS if found.verdict in _CLOSED[fail_on] else OK
