"""What a writer of results is: the interface behind the entry point group `gouji.writers`."""

from __future__ import annotations

from typing import Protocol, TextIO

from gouji.model.result import AuditResult


class Writer(Protocol):
    """Writes one result to a text stream. Same result and language, same characters: no clock, no randomness.

    A writer opens and closes nothing, ends its output with a line feed, and writes only line feeds: a caller that opens a
    file opens it as UTF-8 with `newline=""`.
    """

    @property
    def name(self) -> str:
        """The word for `--format`."""

    @property
    def suffix(self) -> str:
        """The suffix of a file in this format, with its dot."""

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh") -> None:
        """Write `result` with its messages in `lang` (zh or en)."""


class TerminalWriter(Writer, Protocol):
    """A writer that also fits its output to a terminal."""

    def write(self, result: AuditResult, stream: TextIO, *, lang: str = "zh", color: bool = False, width: int = 100) -> None:
        """Write `result`; `color` = the stream is a terminal that takes styles, `width` = its columns."""
