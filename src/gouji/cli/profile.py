"""`gouji profile show`, `new` and `validate`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from gouji.cli.lists import installed
from gouji.engine import gate, profiles
from gouji.engine.profiles import ProfileError
from gouji.model.text import Text

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")
_TEMPLATE = """\
# {zh}

name = "{name}"
title = "{name}"
extends = "{base}"

# match = ["某某市"]
# over_achievement = 1.3
# execution_weights = [10]
# execution = "free"
# sections = ["存在问题|不足"]

# [[scale]]
# low = 90
# words = ["优", "优秀"]

# [weights]
# "预算执行" = 10
# "产出指标" = 50
# "效益指标" = 30
# "满意度指标" = 10

# [columns]
# score = ["自评得分"]

# [severities]
# AR101 = "warning"
"""


def show(word: str, lang: str) -> int:
    """Print the profile as it is in force, with all that it inherits."""
    try:
        click.echo(profiles.to_toml(profiles.load(word, installed(lang))), nl=False)
    except ProfileError as error:
        raise click.UsageError(str(error)) from error
    return gate.OK


def new(name: str, base: str, output: Path | None, lang: str) -> int:
    """Write a file to start from: a profile that extends another one, every key that may be set in a comment."""
    if not _NAME.fullmatch(name):
        said = Text("名称只能用字母、数字、点、短横线", "a name has letters, digits, dots and dashes only")
        raise click.UsageError(f"{name}: {said.get(lang)}")
    known = installed(lang).profiles
    if base not in known:
        listed = ", ".join(sorted(known))
        raise click.UsageError(Text(f"没有规则集 {base}；现有：{listed}", f"no profile {base}; known: {listed}").get(lang))
    if name in known:
        raise click.UsageError(Text(f"已有规则集 {name}", f"there is a profile {name} already").get(lang))
    target = output or Path(f"{name}.toml")
    comment = Text(
        "只写与所继承规则集不同之处；去掉行首的 # 即生效。各键含义见 README，用 gouji profile validate 核对。",
        "Write only what differs; take the # away. README.md tells the keys, gouji profile validate checks them.",
    )
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(_TEMPLATE.format(zh=comment.get(lang), name=name, base=base))
    except FileExistsError as error:
        raise click.UsageError(Text(f"{target} 已存在，不覆盖", f"{target} exists; not overwritten").get(lang)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.UsageError(
            Text(f"{target}：无法写入（{reason}）", f"{target}: cannot be written ({reason})").get(lang)
        ) from error
    click.echo(str(target))
    return gate.OK


def validate(files: tuple[Path, ...], lang: str) -> int:
    """Read each file as a profile; the first wrong key of each is named with its reason."""
    catalogue = installed(lang)
    worst = gate.OK
    for file in files:
        try:
            profile = profiles.load(str(file), catalogue)
        except ProfileError as error:
            click.echo(str(error), err=True)
            worst = gate.USAGE
            continue
        said = Text(f"可用：规则集 {profile.name}（{profile.title}）", f"valid: profile {profile.name} ({profile.title})")
        click.echo(f"{file}: {said.get(lang)}")
        if profile.scale[-1].low > 0:
            low = profile.scale[-1].low
            click.echo(f"{file}: {Text(f'{low}分以下没有等级', f'no grade below {low}').get(lang)}", err=True)
    return worst
