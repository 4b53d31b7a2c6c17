"""`gouji check --package`: a folder or a zip as one submission."""

from __future__ import annotations

from datetime import date
from functools import partial

import click

from gouji import __version__
from gouji.batch import inputs
from gouji.cli.check import Order, announce, progress, say, spare
from gouji.engine import catalogue, gate, runner
from gouji.engine.package import File, audit_package
from gouji.engine.sources import Sources
from gouji.engine.waivers import Waiver
from gouji.model.profile import Profile
from gouji.model.result import AuditResult
from gouji.model.text import Text


def collect(order: Order, profile: Profile, waived: tuple[Waiver, ...]) -> AuditResult | None:
    """The result of the submission and of its files; None where there is nothing to read, which is said."""
    folder = order.package
    assert folder is not None
    if order.paths:
        raise click.UsageError(Text("--package 之外不再给出文件", "no further files beside --package").get(order.lang))
    if not folder.is_dir() and folder.suffix.lower() != inputs.ZIP:
        said = Text(f"{folder}：不是目录，也不是 .zip", f"{folder}: neither a directory nor a .zip")
        raise click.UsageError(said.get(order.lang))
    found = inputs.find([folder])
    announce(Sources((), found.missing, found.skipped), order.lang)
    if not found.items:
        say(Text("没有可检查的文件", "there is nothing to check"), order.lang)
        return None
    spare(order, {item.path for item in found.items})
    files = [File(item.name, partial(inputs.load, item)) for item in found.items]
    known = catalogue.load()
    with progress(len(files), order.lang) as shown:
        results = audit_package(str(folder), files, profile, known, skipped=found.skipped, progress=shown)
    documents = tuple(runner.waive(r, waived, date.today()) for r in results)
    return AuditResult(documents, gate.worst(d.verdict for d in documents), known.infos, __version__)
