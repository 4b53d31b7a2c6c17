"""The subcommands over profiles, declared in one language: show, new, validate."""

from __future__ import annotations

from pathlib import Path

import click

from gouji.cli import options
from gouji.model.text import Text

_PROFILE_GROUP = Text("查看、新建、核对规则集。", "Show, start and validate profiles.")
_PROFILE_SHOW = Text("打印生效的规则集，含继承而来的内容。", "Print a profile as it is in force, with all that it inherits.")
_PROFILE_NEW = Text(
    "新建规则集文件（NAME.toml），只写不同之处。", "Write a file to start from (NAME.toml): only what differs goes in."
)
_PROFILE_VALIDATE = Text(
    "核对规则集文件；有误则指出键和原因，退出码 2。", "Validate files; a wrong key is named with its reason, exit code 2."
)
_EXTENDS = Text("继承的规则集", "the profile to extend")
_NEW_OUTPUT = Text("写入的文件", "the file to write")


def add(root: click.Group, lang: str) -> None:
    """Add `gouji profile` to the command line."""
    option_lang = options.lang(lang)

    @root.group(help=_PROFILE_GROUP.get(lang))
    def profile() -> None:
        pass

    @profile.command(help=_PROFILE_SHOW.get(lang))
    @click.argument("word", metavar="NAME|FILE")
    @option_lang
    def show(word: str, lang: str) -> int:
        from gouji.cli.profile import show as body

        return body(word, lang)

    @profile.command(help=_PROFILE_NEW.get(lang))
    @click.argument("name")
    @click.option("--extends", "base", default="national", show_default=True, metavar="NAME", help=_EXTENDS.get(lang))
    @click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help=_NEW_OUTPUT.get(lang))
    @option_lang
    def new(name: str, base: str, output: Path | None, lang: str) -> int:
        from gouji.cli.profile import new as body

        return body(name, base, output, lang)

    @profile.command(help=_PROFILE_VALIDATE.get(lang))
    @click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
    @option_lang
    def validate(files: tuple[Path, ...], lang: str) -> int:
        from gouji.cli.profile import validate as body

        return body(files, lang)
