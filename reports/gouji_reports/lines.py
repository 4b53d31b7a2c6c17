"""Lines for a terminal or a pipe: both looks come from the same segments.

Text of the document never reaches a markup parser, and its control characters are shown by number, so that a submission
cannot steer the terminal it is read on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TextIO

from gouji.model.record import record
from gouji_reports.plain import one_line

STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "notice": "bold blue",
    "pass": "bold green",
    "review": "bold yellow",
    "block": "bold red",
    "unreadable": "bold magenta",
}


class Segment(NamedTuple):
    """A stretch of a line and how a terminal shows it."""

    text: str
    style: str = ""


@record(frozen=True, slots=True)
class Line:
    """A line of output; a terminal folds it with its indent kept."""

    segments: tuple[Segment, ...]
    indent: int = 0


def line(*segments: str | tuple[str, str], indent: int = 0) -> Line:
    made = (Segment(s) if isinstance(s, str) else Segment(*s) for s in segments)
    return Line(tuple(Segment(one_line(s.text), s.style) for s in made if s.text), indent)


def _plain(lines: Iterable[Line], stream: TextIO) -> None:
    for each in lines:
        stream.write((" " * each.indent + "".join(s.text for s in each.segments)).rstrip() + "\n")


def _styled(lines: Iterable[Line], stream: TextIO, width: int) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text as Styled

    console = Console(file=stream, force_terminal=True, color_system="standard", width=width, legacy_windows=False)
    for each in lines:
        text = Styled.assemble(*((s.text, s.style) for s in each.segments))
        console.print(Padding(text, (0, 0, 0, each.indent), expand=False) if each.indent else text)


def show(lines: Iterable[Line], stream: TextIO, width: int, *, color: bool) -> None:
    """Print lines, styled for a terminal or plain for a pipe."""
    if color:
        _styled(lines, stream, width)
    else:
        _plain(lines, stream)
