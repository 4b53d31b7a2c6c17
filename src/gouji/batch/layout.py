"""What the tables of a batch are called and how text stands in them: all that a run needs which finds everything done.

Apart from the tables themselves, for those need Arrow, and to load that takes longer than to look a thousand documents up.
"""

from __future__ import annotations

SCHEMA_VERSION = "1"
NAMES = ("documents", "quantities", "claims", "findings", "not_checked")


def text(value: str | None) -> str | None:
    """Text that UTF-8 can hold; what it cannot (a file name of unknown encoding) is escaped as Python prints it."""
    if value is None or value.isascii():
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8")
