"""Options that several subcommands share, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from gouji.model.text import Text

Decorator = Callable[[Any], Any]

FAIL_ON = Text(
    "门槛：error 有错误即 1；warning 有警告或未检查之处也为 1；never 从不为 1",
    "the gate: error = 1 on errors; warning = 1 also on warnings and on anything not checked; never = never 1",
)
PROFILE = Text(
    "规则集：名称或 TOML 文件；auto 按文中写明的地区或等级标准选定，否则用 national",
    "profile: a name or a TOML file; auto = by the place or the scale that the document names, else national",
)
LANG = Text("界面语言（也可用环境变量 GOUJI_LANG）", "language of the messages (also: environment variable GOUJI_LANG)")


def lang(default: str) -> Decorator:
    """`--lang`, in the language of the help unless given."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), default=default, help=LANG.get(default))


def fail_on(lang: str) -> Decorator:
    """`--fail-on` as of `gouji check`."""
    choice = click.Choice(["error", "warning", "never"])
    return click.option("--fail-on", type=choice, default="error", show_default=True, help=FAIL_ON.get(lang))


def profile(lang: str) -> Decorator:
    """`--profile`."""
    return click.option("--profile", default="auto", show_default=True, metavar="NAME|FILE", help=PROFILE.get(lang))
