"""The manual of a check: its docstring under fixed headings, with examples that run as tests.

One sentence: the fault.

What it does
------------
…
Why is this bad
---------------
…
Example
-------
Flagged::

    a small document that the check reports

Accepted::

    a small document that it leaves alone
    ----
    another one

Rests on
--------
the clause
"""

from __future__ import annotations

import textwrap

from gouji.model import patterns as re
from gouji.model.record import record

HEADINGS = ("What it does", "Why is this bad", "Example", "Rests on")
_BLOCK = re.compile(r"^(Flagged|Accepted)::[ ]*$")
_UNDERLINE = re.compile(r"^[-=~]{3,}$")
_BETWEEN = re.compile(r"^-{4,}$", re.MULTILINE)


@record(frozen=True, slots=True)
class Manual:
    """A manual taken apart. `sections` maps each heading to its text, in order; `summary` is what stands before them."""

    summary: str
    sections: dict[str, str]
    flagged: tuple[str, ...]
    accepted: tuple[str, ...]


def clean(docstring: str) -> str:
    """The docstring without its indentation. Unlike `inspect.cleandoc` it keeps tabs: they part the cells of a table."""
    first, _, rest = docstring.partition("\n")
    return f"{first.strip()}\n{textwrap.dedent(rest)}".strip()


def parse(docstring: str) -> Manual:
    """Take a manual apart."""
    sections: dict[str, list[str]] = {"": []}
    heading = ""
    for line in clean(docstring).splitlines():
        bare = line.strip().lstrip("#").strip().rstrip(":")
        if bare in HEADINGS and not line.startswith(" "):
            heading = bare
            sections[heading] = []
        elif not (_UNDERLINE.fullmatch(line) and sections[heading] == []):
            sections[heading].append(line)
    summary = "\n".join(sections.pop("")).strip()
    examples = _examples(sections.get("Example", []))
    texts = {name: "\n".join(lines).strip() for name, lines in sections.items()}
    return Manual(summary, texts, tuple(examples["Flagged"]), tuple(examples["Accepted"]))


def _examples(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"Flagged": [], "Accepted": []}
    kind, block = "", list[str]()
    for line in [*lines, "Flagged::"]:
        match = _BLOCK.match(line)
        if kind and line.strip() and (match or not line[:1].isspace()):
            parts = _BETWEEN.split(textwrap.dedent("\n".join(block)))
            found[kind] += [part.strip("\n") for part in parts if part.strip()]
            kind, block = "", []
        if match:
            kind = match[1]
        elif kind:
            block.append(line)
    return found
