"""`gouji explain`, `gouji checks` and `gouji profiles`."""

from __future__ import annotations

import json

import click

from gouji.engine import catalogue, gate
from gouji.engine import profiles as profile_files
from gouji.engine.catalogue import Catalogue
from gouji.engine.manual import clean
from gouji.engine.packs import PackError
from gouji.engine.profiles import ProfileError
from gouji.model.text import Text


class _PackFailure(click.ClickException):
    exit_code = gate.CRASHED


_SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "notice": Text("提示", "notice")}


def explain(word: str, lang: str) -> int:
    """Print the manual of one check."""
    info = installed(lang).find(word)
    if info is None:
        raise click.UsageError(
            Text(f"没有检查 {word}；gouji checks 列出全部", f"no check {word}; gouji checks lists them").get(lang)
        )
    click.echo(f"{info.code} {info.name} · {_SEVERITY[info.severity.value].get(lang)} · {info.theme}")
    click.echo(f"{info.title.zh}\n{info.title.en}\n")
    click.echo(clean(info.manual))
    return gate.OK


def checks(form: str, lang: str) -> int:
    """List the catalogue."""
    infos = installed(lang).infos
    if form == "json":
        click.echo(
            json.dumps(
                [
                    {
                        "code": i.code,
                        "name": i.name,
                        "theme": i.theme,
                        "severity": i.severity.value,
                        "title": {"zh": i.title.zh, "en": i.title.en},
                    }
                    for i in infos
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
        return gate.OK
    width = max((len(i.name) for i in infos), default=0)
    for info in infos:
        click.echo(f"{info.code}  {info.name:<{width}}  {_SEVERITY[info.severity.value].get(lang)}  {info.title.get(lang)}")
    return gate.OK


def profiles(name: str | None, form: str, lang: str) -> int:
    """List the profiles, or print one as it stands."""
    found = installed(lang)
    if name is not None:
        if name not in found.profiles:
            known = ", ".join(sorted(found.profiles))
            raise click.UsageError(Text(f"没有规则集 {name}；现有：{known}", f"no profile {name}; known: {known}").get(lang))
        click.echo(found.profiles[name].read_text("utf-8"), nl=False)
        return gate.OK
    try:
        listed = [(key, profile_files.load(key, found).title) for key in sorted(found.profiles)]
    except ProfileError as error:
        raise click.ClickException(str(error)) from error
    if form == "json":
        click.echo(json.dumps([{"name": n, "title": t} for n, t in listed], ensure_ascii=False, indent=2))
    else:
        for key, title in listed:
            click.echo(f"{key}  {title}")
    return gate.OK


def installed(lang: str) -> Catalogue:
    """The catalogue of the installed packs; a pack that cannot be used ends the program with its reason."""
    try:
        return catalogue.load()
    except PackError as error:
        raise _PackFailure(Text(f"检查包无法使用：{error}", f"a pack of checks cannot be used: {error}").get(lang)) from error
