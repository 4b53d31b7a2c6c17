"""Waivers: findings that somebody answered for, by fingerprint, with a reason and perhaps a last day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from gouji.model.result import DocumentResult, Finding
from gouji.model.text import Text

_KEYS = {"fingerprint", "reason", "until"}


class WaiverError(Exception):
    """A waiver file that cannot be used; the message names file, entry and reason."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waived finding. `until` is the last day on which the waiver holds; None = it never ends."""

    fingerprint: str
    reason: str
    until: date | None = None

    def holds(self, today: date) -> bool:
        return self.until is None or today <= self.until


def load(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a TOML file: tables `[[waiver]]` with fingerprint, reason and, optionally, until."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WaiverError(f"{path}: {error}") from error
    entries = data.pop("waiver", [])
    if data or not isinstance(entries, list):
        raise WaiverError(f"{path}: only tables [[waiver]] are known, found {', '.join(sorted(data)) or 'waiver'}")
    waivers = tuple(_waiver(path, number, entry) for number, entry in enumerate(entries, 1))
    seen: set[str] = set()
    for waiver in waivers:
        if waiver.fingerprint in seen:
            raise WaiverError(f"{path}: fingerprint {waiver.fingerprint} is waived twice")
        seen.add(waiver.fingerprint)
    return waivers


def apply(findings: Iterable[Finding], waivers: Sequence[Waiver], today: date) -> tuple[Finding, ...]:
    """The findings, those with a waiver in force marked with its reason."""
    reasons = {w.fingerprint: w.reason for w in waivers if w.holds(today)}
    return tuple(replace(f, waived=reasons[f.fingerprint]) if f.fingerprint in reasons else f for f in findings)


def leftovers(waivers: Sequence[Waiver], documents: Iterable[DocumentResult], today: date) -> list[Text]:
    """What to say about waivers that have expired or that no finding of the run answers to."""
    found = {f.fingerprint for d in documents for f in d.findings}
    said = []
    for waiver in waivers:
        if not waiver.holds(today):
            said.append(
                Text(
                    f"豁免 {waiver.fingerprint} 已于 {waiver.until} 到期,不再生效",
                    f"waiver {waiver.fingerprint} expired on {waiver.until} and no longer holds",
                )
            )
        elif waiver.fingerprint not in found:
            said.append(Text(f"豁免 {waiver.fingerprint} 没有对应的问题", f"waiver {waiver.fingerprint} answers to no finding"))
    return said


def _waiver(path: Path, number: int, entry: object) -> Waiver:
    where = f"{path}: waiver {number}"
    if not isinstance(entry, dict):
        raise WaiverError(f"{where}: not a table")
    if unknown := set(entry) - _KEYS:
        raise WaiverError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    for key in ("fingerprint", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise WaiverError(f"{where}: {key} must be a text that is not empty")
    until = entry.get("until")
    if until is not None and (not isinstance(until, date) or isinstance(until, datetime)):
        raise WaiverError(f"{where}: until must be a day, written 2025-12-31 without quotes")
    return Waiver(entry["fingerprint"].strip(), entry["reason"].strip(), until)
