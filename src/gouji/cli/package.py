"""`gouji check --package` and `--actuals`: the files of one submission, and the bureau's ledger of payments."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from gouji import __version__
from gouji.batch import inputs
from gouji.cli.check import Order, announce, progress, say, spare
from gouji.engine import actuals, catalogue, gate, runner
from gouji.engine.actuals import ActualsError, Ledger
from gouji.engine.package import File, audit_against, audit_package
from gouji.engine.sources import Sources
from gouji.engine.waivers import Waiver
from gouji.model.profile import Profile
from gouji.model.result import AuditResult
from gouji.model.text import Text


def collect(order: Order, profile: Profile, waived: tuple[Waiver, ...]) -> tuple[AuditResult | None, bool]:
    """The result, None where there is nothing to read, which is said; and whether a path was missing."""
    ledger = _ledger(order)
    if order.package is not None:
        found = _package(order, order.package)
    elif order.paths:
        found = inputs.find(order.paths)
    else:
        raise click.UsageError(
            Text("请给出文件、目录，或 --package", "name files, directories, or a --package").get(order.lang)
        )
    announce(Sources((), found.missing, found.skipped), order.lang)
    if not found.items:
        say(Text("没有可检查的文件", "there is nothing to check"), order.lang)
        return None, True
    spare(order, {item.path for item in found.items} | ({order.actuals} if order.actuals else set()))
    files = [File(item.name, partial(inputs.load, item)) for item in found.items]
    known = catalogue.load()
    with progress(len(files), order.lang) as shown:
        if order.package is not None:
            results = audit_package(
                str(order.package), files, profile, known, skipped=found.skipped, progress=shown, ledger=ledger
            )
        else:
            assert ledger is not None
            results = audit_against(files, profile, known, ledger, shown)
    documents = tuple(runner.waive(r, waived, date.today()) for r in results)
    return AuditResult(documents, gate.worst(d.verdict for d in documents), known.infos, __version__), bool(found.missing)


def _package(order: Order, folder: Path) -> inputs.Inputs:
    if order.paths:
        raise click.UsageError(Text("--package 之外不再给出文件", "no further files beside --package").get(order.lang))
    if not folder.is_dir() and folder.suffix.lower() != inputs.ZIP:
        said = Text(f"{folder}：不是目录，也不是 .zip", f"{folder}: neither a directory nor a .zip")
        raise click.UsageError(said.get(order.lang))
    return inputs.find([folder])


def _ledger(order: Order) -> Ledger | None:
    """The ledger of payments; how its columns were taken is said."""
    if order.actuals is None:
        return None
    try:
        how = actuals.mapping(order.actuals_map) if order.actuals_map else None
        ledger = actuals.load(order.actuals, how)
    except ActualsError as error:
        raise click.UsageError(error.reason.get(order.lang)) from error
    say(ledger.said, order.lang)
    if ledger.skipped:
        said = Text(
            f"台账有{ledger.skipped}行金额不是数字，未使用", f"{ledger.skipped} rows of the ledger have no figure: not used"
        )
        say(said, order.lang)
    return ledger
