"""Pictures of the service's pages for docs/service/: a service with people, a campaign and the sample documents, seen by Chromium.

python tests/service/screenshots.py
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from PIL import Image

from gouji.service.tables import now

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "docs" / "service"
UNITS = {
    "water": "清水县水利局",
    "roads": "清水县公路局",
    "archive": "清水县档案馆",
    "culture": "清水县文化馆",
    "education": "清水县教育局",
    "civil": "清水县民政局",
    "science": "清水县科协",
}
# name, who looks, address, height of the window
PAGES = [
    ("login", None, "/login", 620),
    ("mine", "water", "/", 520),
    ("comparison", "water", "/submissions/1/comparison?old=1&new=2", 900),
    ("upload", "roads", "/campaigns/1/upload", 560),
    ("returned", "roads", "/submissions/2", 900),
    ("queue", "reviewer", "/queue?state=all", 620),
    ("review", "reviewer", "/submissions/2/review", 900),
    ("campaigns", "admin", "/", 520),
    ("dashboard", "admin", "/campaigns/1", 1180),
    ("settings", "admin", "/campaigns/1/settings", 1100),
    ("people", "admin", "/people", 760),
    ("webhooks", "admin", "/webhooks", 420),
    ("account", "admin", "/account", 480),
    ("trail", "admin", "/trail?verify=1", 820),
]


def helper(path: str):
    """A module of the tests."""
    spec = importlib.util.spec_from_file_location(f"shots_{Path(path).stem}", ROOT / path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def furnish(gates, gate) -> None:
    """People, campaigns, submissions in every state."""
    for login, unit in UNITS.items():
        gate.add(login, "submitter", unit)
    gate.add("reviewer", "reviewer")
    units = list(UNITS.values())
    whole = {"title": "2024年度部门整体支出绩效自评", "deadline": now() + timedelta(days=20)}
    gate.open_campaign("campaign", units, ["reviewer"], **whole)
    late = {"title": "2024年度项目支出绩效自评", "kind": "project", "deadline": now() - timedelta(days=3)}
    gate.open_campaign("older", units[:3], ["reviewer"], **late)
    samples = ROOT / "sample_inputs"
    submitted = [
        ("water", (samples / "seeded/water_bureau.docx").read_bytes(), "水利局自评报告.docx"),
        ("water", (samples / "clean/water_bureau.docx").read_bytes(), "水利局自评报告（更正）.docx"),
        ("roads", (samples / "seeded/justice_bureau.docx").read_bytes(), "自评报告.docx"),
        ("archive", gates.DOUBTFUL, "档案馆.txt"),
        ("culture", (samples / "seeded/school_accounts.pdf").read_bytes(), "文化馆.pdf"),
        ("education", gates.RIGHT, "教育局.txt"),
        ("civil", (samples / "seeded/forestry_tab_table.txt").read_bytes(), "民政局.txt"),
    ]
    for login, content, name in submitted:
        gate.submit(login, content, names=(name,))
    with gate.api("reviewer") as client:
        client.post("/v1/submissions/1/acceptance")


def sign_in(browser, gate, login: str, password: str) -> None:
    """Through the form."""
    browser.call("Network.clearBrowserCookies")
    browser._go(f"{gate.url}/login")
    fields = "document.querySelector('[name=login]').value = {!r}; document.querySelector('[name=password]').value = {!r};"
    browser.js(fields.format(login, password) + " document.querySelector('main button.main').click(); 0")
    while browser.js("location.pathname") == "/login":
        time.sleep(0.1)


def main() -> None:
    """Take them all."""
    OUT.mkdir(parents=True, exist_ok=True)
    gates, browsers = helper("tests/service/gate.py"), helper("tests/reports/browser.py")
    with tempfile.TemporaryDirectory() as folder, gates.running(Path(folder) / "data") as gate:
        furnish(gates, gate)
        with browsers.Browser(Path(folder) / "profile") as browser:
            before = None
            for name, who, path, height in PAGES:
                if who and who != before:
                    sign_in(browser, gate, who, gates.PASSWORD)
                    before = who
                browser._go(gate.url + path)
                picture = Path(folder) / f"{name}.png"
                browser.picture(picture, 1280, height)
                Image.open(picture).convert("RGB").quantize(128).save(OUT / f"{name}.png", optimize=True)
                print(name, browser.complaints() or "")


if __name__ == "__main__":
    main()
