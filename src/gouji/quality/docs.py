"""Data Docs as a site that can be read offline.

The library's pages ask a dozen servers for style, scripts and pictures, and their index is empty without them. Here they get a
style of their own, a policy that lets nothing out, and an index that leads to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gouji.quality.run import Fault
    from gouji.quality.suite import Suite

_SITE = "site"
_OUTSIDE = re.compile(
    r"<script\b[^>]*\bsrc=\"https?:[^>]*>\s*</script>|<link\b[^>]*\bhref=\"https?:[^>]*>|<img\b[^>]*\bsrc=\"https?:[^>]*>",
    re.IGNORECASE,
)
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)
_INDEX = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>质量检查 Data Docs</title></head>
<body><div class="container">
<h1>质量检查 <small>Data Docs</small></h1>
<h2>不符之处 <small>{{ faults|length }}</small></h2>
{% if faults %}<table><thead><tr><th>编号</th><th>级别</th><th>对象</th><th>问题</th><th>数值</th></tr></thead><tbody>
{% for f in faults %}<tr class="{{ f.severity.value }}"><td>{{ f.id }}</td><td>{{ names[f.severity.value] }}</td><td>{{ f.subject or "整批" }}</td><td>{{ f.said.zh }}</td><td>{{ f.value }}</td></tr>
{% endfor %}</tbody></table>{% else %}<p>无</p>{% endif %}
{% for suite, pages in suites %}<h2>{{ suite.title.zh }} <small>{{ suite.name }}</small></h2>
<table><thead><tr><th>数据</th><th>要求</th></tr></thead><tbody>
{% for view, link, wanted in pages %}<tr><td>{% if link %}<a href="{{ link }}">{{ view }}</a>{% else %}{{ view }}（未能执行）{% endif %}</td>
<td>{% for e in wanted %}{{ "<span class='bad'>✗</span>"|safe if e.id in bad else "<span class='good'>✓</span>"|safe }} {{ e.id }} {{ e.said.zh }}<br>{% endfor %}</td></tr>
{% endfor %}</tbody></table>
{% endfor %}</div></body></html>
"""
_NAMES = {"error": "错误", "warning": "警告", "notice": "提示"}


def site(context: Any, folder: Path) -> Any:
    """A site of Data Docs under `folder`, and the action that adds a page after each checkpoint."""
    from great_expectations.checkpoint import UpdateDataDocsAction

    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder.absolute())}
    builder = {"class_name": "DefaultSiteIndexBuilder"}
    context.add_data_docs_site(_SITE, {"class_name": "SiteBuilder", "store_backend": store, "site_index_builder": builder})
    return UpdateDataDocsAction(name="docs", site_names=[_SITE])


def finish(folder: Path, suites: Sequence[Suite], faults: Sequence[Fault]) -> None:
    """Write the index, and make every page of the site one that asks no server for anything."""
    from jinja2 import Environment

    listed = [(suite, list(_pages(folder, suite))) for suite in suites]
    template = Environment(autoescape=True).from_string(_INDEX)
    index = template.render(suites=listed, faults=faults, bad={f.id for f in faults}, names=_NAMES)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(index, "utf-8")
    style = files("gouji.quality").joinpath("docs.css").read_text("utf-8")
    head = f"<head>{_POLICY}<style>{style}</style>"
    for page in folder.rglob("*.html"):
        text = _OUTSIDE.sub("", page.read_text("utf-8"))
        page.write_text(text.replace("<head>", head, 1), "utf-8")


def _pages(folder: Path, suite: Suite) -> Any:
    for view in dict.fromkeys(e.view for e in suite.expectations):
        found = sorted((folder / "validations" / suite.name / view).rglob("*.html"))
        link = found[0].relative_to(folder).as_posix() if found else ""
        yield view, link, [e for e in suite.expectations if e.view == view]
