"""Many submissions against one another: who shares whose text, last year's with the year changed, and slips in shared text.

Sentences are compared by MinHash with locality-sensitive hashing (Broder 1997; Indyk and Motwani 1998). Their texts lie on disk, their
hashes in flat arrays that are sorted: memory grows with some dozens of bytes a sentence, time with n·log n.
"""

from __future__ import annotations

from gouji.compare.run import LEAST, compare

__all__ = ["LEAST", "compare"]
