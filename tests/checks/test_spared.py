"""What the checks pass over unread holds none of their findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.engine import catalogue, profiles
from gouji.engine.runner import examine, prepare
from gouji.model.document import Document
from gouji.model.wording import Wording
from gouji.readers import read


def texts() -> Iterator[str]:
    """Reports with faults, and the examples of every check."""
    for folder in sorted((Path(__file__).parents[1] / "corpus").iterdir()):
        yield from (path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))[:6])
    for check in catalogue.load().checks:
        example = check.info.manual.partition("Flagged::")[2].partition("Rests on")[0]
        yield from (re.sub(r"(?m)^ +", "", part) for part in re.split(r"(?m)^ *-{4}$|Accepted::", example))


def test_a_block_without_the_words_holds_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings are the same when every check is made to look into every block."""
    checks = catalogue.load()
    profile = profiles.load(profiles.DEFAULT, checks)
    prepared = [prepare(read(Path("report.txt"), text.encode()), profile).context for text in texts() if text.strip()]
    spared = [examine(context, checks.checks).findings for context in prepared]
    monkeypatch.setattr(Wording, "having", lambda self, *_words: set(range(len(self._texts))))
    assert [examine(context, checks.checks).findings for context in prepared] == spared
    assert sum(map(len, spared)) > 200


def test_words_are_found_in_print_and_in_normal_form(make_document) -> None:
    """A word is found as it is printed and as it is read, in the blocks that hold it and in no other."""
    document: Document = make_document("绩效目标", "ＸＸ县，项目", "目标：绩效")
    profile = profiles.load(profiles.DEFAULT, catalogue.load())
    wording = prepare(document, profile).context.wording
    assert wording.having("绩效") == {0, 2}
    assert wording.having("目标绩效") == set()
    assert wording.having("项", "标：") == {1, 2}
    assert wording.having("ＸＸ") == wording.having("XX") == {1}
    assert wording.has("目标")
    assert not wording.has("目的")
    assert wording.whole.count("\n") == 2
