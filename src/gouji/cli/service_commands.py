"""The subcommands of the upload gate, declared. What they do needs `gouji[serve]` (`push`: `gouji[client]`) and is imported on use."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from gouji.model.text import Text

_Command = Callable[..., Any]
_SERVE = Text(
    "启动上传审核服务。空目录即可启动：自动建库，并打印地址和首位管理员的一次性密码。",
    "Run the upload gate. An empty folder will do: it makes the database and prints the address and the first "
    "administrator's one-time password.",
)
_WORKER = Text(
    "在 PostgreSQL 上领取并完成检查任务（可在任意多台机器上运行）。",
    "Take and do the checks of a service on PostgreSQL; on any number of machines.",
)
_PUSH = Text(
    "把文件交给服务检查；退出码即结论：0 通过，1 退回或待审核（见 --fail-on），2 用法或连接有误，3 服务未能在时限内给出结论。",
    "Have files checked by a service; the exit code is the verdict: 0 pass; 1 returned or in review (see --fail-on); "
    "2 usage or no connection; 3 no verdict in time.",
)
_TRAIL = Text("审计轨迹。", "The audit trail.")
_VERIFY = Text(
    "验证审计轨迹：未被改动、删除。退出码 0 完好，1 已破坏。",
    "Prove that nothing in the audit trail was changed or removed. Exit code 0: whole; 1: broken.",
)
_EXPORT = Text("以 JSON Lines 导出审计轨迹。", "Write the audit trail as JSON Lines.")
_DATA = Text("数据目录", "the folder that everything is kept in")
_DATABASE = Text("数据库地址（缺省为数据目录内的 SQLite）", "database URL (default: SQLite in the data folder)")
_FILES = Text("文件库地址，任何 fsspec 地址（缺省在数据目录内）", "file store, any fsspec URL (default: in the data folder)")
_HOST = Text("监听地址", "address to listen on")
_PORT = Text("端口", "port")
_WORKERS = Text("检查进程数", "number of worker processes")
_SERVER = Text("服务地址", "the service's address")
_TOKEN = Text("令牌（或环境变量 GOUJI_TOKEN）", "the token (or environment variable GOUJI_TOKEN)")
_CAMPAIGN = Text(
    "报送批次编号；不给则只检查，不报送", "number of the campaign to submit to; without it, the files are only checked"
)
_FAIL_ON = Text(
    "error 仅退回为 1；warning 待审核也为 1", "error = 1 if returned; warning = 1 also if in review; never = never 1"
)
_TIMEOUT = Text("最多等待的秒数", "seconds to wait for the verdict")
_EXPECT = Text("先前记下的摘要，须仍在轨迹内", "a digest noted down earlier that must still be in the trail")
_LANG = Text("界面语言", "language of the messages")
_PROFILE = Text("规则集", "profile")


def _body(module: str, extra: str, lang: str) -> Any:
    """The module that does it; a clear word where its libraries are not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        said = Text(f"缺少 {error.name}；请安装 gouji[{extra}]", f"{error.name} is missing; install gouji[{extra}]")
        raise click.UsageError(said.get(lang)) from error


def add(root: click.Group, lang: str) -> None:
    """Declare them on the command line."""

    def option(*names: str, text: Text, **more: Any) -> Callable[[_Command], _Command]:
        return click.option(*names, help=text.get(lang), **more)

    def places(function: _Command) -> _Command:
        function = option("--files", text=_FILES, metavar="URL")(function)
        function = option("--database", text=_DATABASE, metavar="URL")(function)
        data = option("--data", text=_DATA, type=click.Path(path_type=Path), default=Path("gouji-data"), show_default=True)
        return data(function)

    tongue = option("--lang", text=_LANG, type=click.Choice(["zh", "en"]), default=lang)
    workers = option("--workers", text=_WORKERS, type=click.IntRange(1, 64), default=2, show_default=True)

    @root.command(help=_SERVE.get(lang))
    @places
    @option("--host", text=_HOST, default="127.0.0.1", show_default=True)
    @option("--port", text=_PORT, type=click.IntRange(0, 65535), default=8040, show_default=True)
    @workers
    @tongue
    def serve(**options: Any) -> int:
        return int(_body("gouji.service.run", "serve", options["lang"]).serve(**options))

    @root.command(help=_WORKER.get(lang))
    @places
    @workers
    @tongue
    def worker(**options: Any) -> int:
        return int(_body("gouji.service.run", "serve", options["lang"]).worker(**options))

    @root.command(help=_PUSH.get(lang))
    @click.argument(
        "paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE..."
    )
    @option("--server", text=_SERVER, required=True, metavar="URL")
    @option("--token", text=_TOKEN, envvar="GOUJI_TOKEN", default="", metavar="WORD")
    @option("--campaign", text=_CAMPAIGN, type=click.IntRange(min=1))
    @option("--profile", text=_PROFILE, default="auto", show_default=True)
    @option("--fail-on", text=_FAIL_ON, type=click.Choice(["error", "warning", "never"]), default="error", show_default=True)
    @option("--timeout", text=_TIMEOUT, type=click.FloatRange(min=1), default=300.0, show_default=True)
    @tongue
    def push(**options: Any) -> int:
        return int(_body("gouji.cli.push", "client", options["lang"]).push(**options))

    @root.group("audit-trail", help=_TRAIL.get(lang))
    def audit_trail() -> None:
        pass

    @audit_trail.command(help=_VERIFY.get(lang))
    @places
    @option("--expect", text=_EXPECT, metavar="DIGEST")
    @tongue
    def verify(**options: Any) -> int:
        return int(_body("gouji.service.run", "serve", options["lang"]).verify(**options))

    @audit_trail.command(help=_EXPORT.get(lang))
    @places
    @tongue
    def export(**options: Any) -> int:
        return int(_body("gouji.service.run", "serve", options["lang"]).export(**options))
