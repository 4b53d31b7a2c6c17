"""The command line. Declared here and in `commands`; what a subcommand does is imported when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code. Nothing is printed as a traceback but a bug of this program."""
    import click

    from gouji.cli.commands import build

    arguments = list(sys.argv[1:] if argv is None else argv)
    lang = language(arguments)
    try:
        code = build(lang, *arguments[:1]).main(arguments, prog_name="gouji", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("已中断" if lang == "zh" else "interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        hush()
        return 0
    finally:
        keep()
    return code if isinstance(code, int) else 0


def language(arguments: Sequence[str]) -> str:
    """The language: zh unless `--lang en` or, without it, GOUJI_LANG=en says otherwise; known before parsing, for the help texts."""
    said = os.environ.get("GOUJI_LANG", "")
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            said = arguments[position + 1]
        elif argument.startswith("--lang="):
            said = argument.removeprefix("--lang=")
    return "en" if said.lower().startswith("en") else "zh"


def keep() -> None:
    """Keep the expressions that this run has compiled, for the next."""
    if patterns := sys.modules.get("gouji.model.kept"):
        patterns.KEPT.save()


def hush() -> None:
    """After the reader of standard output has gone: nothing more goes there, not even at exit."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
