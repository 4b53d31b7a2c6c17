"""What a writer is: the interface behind the entry point groups `gouji.writers` and `gouji.comparison_writers`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol, TextIO, TypeVar, runtime_checkable

from gouji.model.result import AuditResult, DocumentResult
from gouji.model.text import Text

if TYPE_CHECKING:
    from gouji.model.comparison import Comparison

Shown_contra = TypeVar("Shown_contra", contravariant=True)  # what is written: an AuditResult or a Comparison
Original = Callable[[DocumentResult], bytes]  # the bytes of the file that was checked; raises WriterError


class WriterError(Exception):
    """Something that cannot be written in the format asked for; `reason` says what and why, for the user."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


class WriterOf(Protocol[Shown_contra]):
    """Writes one record to a text stream. Same record and language, same characters: no clock, no randomness.

    A writer opens and closes nothing, ends its output with a line feed, and writes only line feeds: a caller that opens a
    file opens it as UTF-8 with `newline=""`.
    """

    @property
    def name(self) -> str:
        """The word for `--format`."""

    @property
    def suffix(self) -> str:
        """The suffix of a file in this format, with its dot."""

    def write(self, result: Shown_contra, stream: TextIO, *, lang: str = "zh") -> None:
        """Write `result` with its messages in `lang` (zh or en)."""


class PictureWriter(WriterOf[Shown_contra], Protocol[Shown_contra]):
    """A writer that shows more where it may read the original files again."""

    def write(self, result: Shown_contra, stream: TextIO, *, lang: str = "zh", original: Original | None = None) -> None:
        """Write `result`; `original` gives the bytes of the file that a document was read from."""


class TerminalWriter(WriterOf[Shown_contra], Protocol[Shown_contra]):
    """A writer that also fits its output to a terminal."""

    def write(self, result: Shown_contra, stream: TextIO, *, lang: str = "zh", color: bool = False, width: int = 100) -> None:
        """Write `result`; `color` = the stream is a terminal that takes styles, `width` = its columns."""


@runtime_checkable
class BinaryWriter(Protocol):
    """Writes one result as bytes: an office file, a marked-up original. Same result and originals, same bytes."""

    @property
    def name(self) -> str:
        """The word for `--format`."""

    @property
    def suffix(self) -> str:
        """The suffix of a file in this format, with its dot; "" where it is that of the original."""

    def write_binary(self, result: AuditResult, stream: BinaryIO, *, lang: str = "zh", original: Original) -> None:
        """Write `result`. `original` gives the bytes of the file that a document was read from. Raises WriterError."""


Writer = WriterOf[AuditResult]
if TYPE_CHECKING:
    ComparisonWriter = WriterOf[Comparison]
