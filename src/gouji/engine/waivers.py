"""Waivers: findings that somebody answered for, by fingerprint, with a reason and perhaps a last day."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from gouji.model import patterns as re
from gouji.model.record import record
from gouji.model.result import DocumentResult, Finding
from gouji.model.text import Text

_TEXTS = ("fingerprint", "reason", "by", "finding")
_DAYS = ("until", "on")
_FINGERPRINT = re.compile(r"[0-9a-f]{20}(-\d+)?")


class WaiverError(Exception):
    """A waiver file that cannot be used; the message names file, entry and reason."""


@record(frozen=True, slots=True)
class Waiver:
    """One waived finding. `until` is the last day on which the waiver holds; None = it never ends."""

    fingerprint: str
    reason: str
    until: date | None = None
    by: str | None = None  # who answers for it
    on: date | None = None  # the day it was given
    finding: str | None = None  # what it excuses, for those who read the file

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


def add(path: Path, waiver: Waiver, today: date) -> None:
    """Enter a waiver at the end of a file, which is made where it is not there; comments and order in it stay.

    Raises WaiverError where the waiver or the file is no good, the fingerprint is waived already, or nothing could have it.
    """
    if not _FINGERPRINT.fullmatch(waiver.fingerprint):
        raise WaiverError(f"{waiver.fingerprint!r} is no fingerprint of a finding: 20 digits of the JSON or HTML report")
    if not waiver.holds(today):
        raise WaiverError(f"the last day of the waiver, {waiver.until}, has passed")
    if path.exists() and any(w.fingerprint == waiver.fingerprint for w in load(path)):
        raise WaiverError(f"{path}: fingerprint {waiver.fingerprint} is waived already")
    before = path.read_text("utf-8-sig") if path.exists() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_text(before + gap + _entry(waiver), "utf-8", newline="")
        load(draft)
        draft.replace(path)
    except UnicodeEncodeError as error:
        raise WaiverError(f"{path}: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _entry(waiver: Waiver) -> str:
    lines = ["[[waiver]]"]
    lines += [f"{key} = {_quoted(value)}" for key in _TEXTS if (value := getattr(waiver, key)) is not None]
    lines += [f"{key} = {value.isoformat()}" for key in _DAYS if (value := getattr(waiver, key)) is not None]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's escapes, and U+007F, which JSON leaves as it is."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


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
                    f"豁免 {waiver.fingerprint} 已于 {waiver.until} 到期，不再生效",
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
    if unknown := set(entry) - {*_TEXTS, *_DAYS}:
        raise WaiverError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    for key in _TEXTS:
        required = key in {"fingerprint", "reason"}
        if (required or key in entry) and (not isinstance(entry.get(key), str) or not entry[key].strip()):
            raise WaiverError(f"{where}: {key} must be a text that is not empty")
    for key in _DAYS:
        if key in entry and (not isinstance(entry[key], date) or isinstance(entry[key], datetime)):
            raise WaiverError(f"{where}: {key} must be a day, written 2025-12-31 without quotes")
    return Waiver(
        fingerprint=entry["fingerprint"].strip(),
        reason=entry["reason"].strip(),
        until=entry.get("until"),
        by=entry.get("by"),
        on=entry.get("on"),
        finding=entry.get("finding"),
    )
