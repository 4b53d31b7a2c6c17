"""What a worker does with one document, in a process of this machine or of another: bytes in, rows and report out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from io import StringIO

from gouji import __version__
from gouji.batch.keys import program
from gouji.batch.layout import text
from gouji.engine import catalogue as catalogues
from gouji.model.profile import Profile
from gouji.model.result import AuditResult, DocumentResult
from gouji.model.writer import Writer


class VersionError(Exception):
    """A worker that runs another version of the program than the one that asks."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What every document of a batch is judged by; `program` is the digest of the code that must do it."""

    program: str
    profile: Profile
    writer: Writer | None
    lang: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document judged: its rows, and its report where one was asked for."""

    entry: bytes
    report: bytes | None


def judge(name: str, data: bytes, rules: Rules) -> Outcome:
    """Check one document and give its rows. Raises VersionError only: what is wrong with the document is in the rows."""
    from gouji.engine.runner import audit_file

    if rules.program != _program():
        raise VersionError
    return pack(audit_file(name, rules.profile, data), rules)


def pack(result: DocumentResult, rules: Rules) -> Outcome:
    """A result as the batch keeps it."""
    from gouji.batch.tables import entry

    return Outcome(entry(result), _report(result, rules) if rules.writer else None)


def _report(result: DocumentResult, rules: Rules) -> bytes:
    assert rules.writer is not None
    shown = replace(result, path=text(result.path) or "")
    stream = StringIO(newline="")
    whole = AuditResult((shown,), result.verdict, catalogues.load().infos, __version__)
    rules.writer.write(whole, stream, lang=rules.lang)
    return stream.getvalue().encode("utf-8", "backslashreplace")


@lru_cache(1)
def _program() -> str:
    return program()
