"""Fixtures for every test: where things are, and documents, claims and checks made on the spot."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.engine.kit import AuditContext, Check, Hit, check
from gouji.model.document import Anchor, Block, BlockKind, Document
from gouji.model.fact import BlockFacts, Facts, Quantity, Span
from gouji.model.profile import Band, Profile
from gouji.model.quantity import Dimension, Figure, Hedge, Unit
from gouji.model.result import Severity

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository, or of what stands in for it when the built wheel is tested."""
    return ROOT


@pytest.fixture(scope="session")
def source_tree() -> Path:
    """The root of the repository; tests of the sources are skipped where only the built wheel is installed."""
    if not (ROOT / "src" / "gouji").is_dir():
        pytest.skip("needs the source tree")
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Real reports that lie beside the repository and are no part of it."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("needs the real reports beside the repository")
    return folder


@pytest.fixture
def make_document() -> Callable[..., Document]:
    """A document of plain paragraphs."""

    def make(*texts: str, unread: tuple = ()) -> Document:
        blocks = tuple(Block(i, BlockKind.PARAGRAPH, t, Anchor(paragraph=i + 1)) for i, t in enumerate(texts))
        return Document("report.txt", "0" * 64, "txt", texts[0] if texts else "", blocks, unread=unread)

    return make


@pytest.fixture
def make_quantity() -> Callable[..., Quantity]:
    """A figure that stands in a document."""

    def make(document: Document, raw: str, block: int = 0, *, hedge: Hedge = Hedge.NONE, bare: bool = False) -> Quantity:
        start = document.blocks[block].text.index(raw)
        number = "".join(c for c in raw if c in "0123456789.")
        unit = Unit("", Dimension.BARE) if bare else Unit(raw.removeprefix(number), Dimension.MONEY, Decimal(10000))
        places = len(number.partition(".")[2])
        return Quantity(Span(block, start, start + len(raw)), raw, Figure(Decimal(number), places, unit, hedge))

    return make


@pytest.fixture
def profile() -> Profile:
    return Profile("test", "测试", (Band(Decimal(90), ("优",)), Band(Decimal(0), ("差",))))


@pytest.fixture
def make_context(profile: Profile) -> Callable[..., AuditContext]:
    """What a check looks at, from a document and the figures and claims given."""

    def make(document: Document, quantities: tuple = (), claims: tuple = (), rules: Profile = profile) -> AuditContext:
        facts = Facts(tuple(BlockFacts() for _ in document.blocks), quantities)
        return AuditContext(document, facts, claims, rules)

    return make


@pytest.fixture
def make_check() -> Callable[..., Check]:
    """A check that yields the hits given, or raises the exception given."""

    def make(*hits: Hit, code: str = "AR901", severity: Severity = Severity.ERROR, fails: Exception | None = None) -> Check:
        def fault(context: AuditContext) -> Iterator[Hit]:
            """What it does"""
            yield from hits
            if fails:
                raise fails

        declare = check(code=code, name=f"fault-{code.lower()}", theme="arithmetic", severity=severity, zh="错", en="wrong")
        return declare(fault)

    return make


@pytest.fixture
def gouji(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run gouji as a user does, in a process of its own."""

    def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gouji", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={k: v for k, v in os.environ.items() if k != "GOUJI_LANG"} | environment,
            stdin=subprocess.DEVNULL,
        )

    return run
